/*
 * Keys as numbers and as names.
 *
 * A key is the character it types (Unicode; control keys are 0 to 31) or one of the numbers below.
 * Names are what the settings, the key bar and the help show: "g", "C-r", "F5", "PageDown", "Esc".
 */
#ifndef UI_KEYNAME_H
#define UI_KEYNAME_H

#include <stdbool.h>

#include "base/strbuf.h"

enum {
	K_NONE = -1,
	K_TAB = 9,
	K_ENTER = 13,
	K_ESC = 27,
	K_SPACE = ' ',
	K_UP = 0x110000, /* behind the last character */
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PAGE_UP,
	K_PAGE_DOWN,
	K_INSERT,
	K_DELETE,
	K_BACKSPACE,
	K_BACK_TAB,
	K_MOUSE,
	K_F0, /* the function keys: K_F0 + 1 to K_F0 + 63 */
	K_LAST = K_F0 + 63
};

#define K_F(n)    (K_F0 + (n))
#define K_CTRL(c) ((c)&0x1f)

/* Whether the key types a character. */
bool keyname_is_text(int key);

/* The key of that name, or K_NONE. */
int keyname_parse(const char *name, size_t len);

/* Adds the name of a key. */
void keyname_add(struct strbuf *sb, int key);

#endif
