#include "config.h"

#include "ui/keyname.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/print.h"
#include "base/xalloc.h"

static const struct {
	const char *name;
	int key;
} names[] = {
	{ "Up", K_UP },          { "Down", K_DOWN },           { "Left", K_LEFT },
	{ "Right", K_RIGHT },    { "Home", K_HOME },           { "End", K_END },
	{ "PageUp", K_PAGE_UP }, { "PageDown", K_PAGE_DOWN },  { "Insert", K_INSERT },
	{ "Delete", K_DELETE },  { "Backspace", K_BACKSPACE }, { "S-Tab", K_BACK_TAB },
	{ "Tab", K_TAB },        { "Enter", K_ENTER },         { "Esc", K_ESC },
	{ "Space", K_SPACE },
};

bool keyname_is_text(int key)
{
	return key >= 0x20 && key < K_UP && utf8_is_printable((uint32_t)key);
}

/* N in "FN" when the name is that of a function key, else 0. */
static int function_number(const char *name, size_t len)
{
	int n = 0;
	size_t i;

	if (len < 2 || len > 3 || (name[0] != 'F' && name[0] != 'f') || name[1] == '0')
		return 0;
	for (i = 1; i < len; i++) {
		if (name[i] < '0' || name[i] > '9')
			return 0;
		n = n * 10 + (name[i] - '0');
	}
	return n <= K_LAST - K_F0 ? n : 0;
}

int keyname_parse(const char *name, size_t len)
{
	uint32_t character;
	size_t i;

	if (len == 0)
		return K_NONE;
	if (utf8_decode((const unsigned char *)name, len, &character) == len)
		return keyname_is_text((int)character) ? (int)character : K_NONE;
	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (strlen(names[i].name) == len && strncasecmp(names[i].name, name, len) == 0)
			return names[i].key;
	if (function_number(name, len) > 0)
		return K_F(function_number(name, len));
	/* Terminals send these two for Backspace and Enter as well; they cannot be told apart. */
	if (len == 3 && (strncasecmp(name, "C-h", 3) == 0 || strncasecmp(name, "C-j", 3) == 0))
		return name[2] == 'h' ? K_BACKSPACE : K_ENTER;
	if (len == 3 && (name[0] == 'C' || name[0] == 'c') && name[1] == '-' &&
	    ((name[2] >= 'a' && name[2] <= 'z') || (name[2] >= '@' && name[2] <= '_')))
		return K_CTRL(name[2]);
	return K_NONE;
}

void keyname_add(struct strbuf *sb, int key)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (names[i].key == key) {
			strbuf_addstr(sb, names[i].name);
			return;
		}
	}
	if (key > K_F0 && key <= K_LAST)
		strbuf_addf(sb, "F%d", key - K_F0);
	else if (key >= 0 && key < 0x20)
		strbuf_addf(sb, "C-%c", key >= 1 && key <= 26 ? key + 'a' - 1 : key + '@');
	else if (keyname_is_text(key))
		utf8_add(sb, (uint32_t)key);
	else
		strbuf_addch(sb, '?');
}
