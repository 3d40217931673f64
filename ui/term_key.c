#include "config.h"

#include "ui/term_private.h"

#include <poll.h>
#include <sys/ioctl.h>
#ifdef HAVE_SYS_FILIO_H
#include <sys/filio.h>
#endif

#include "base/xalloc.h"
#include "ui/keyname.h"

static const struct {
	int curses, key;
} keys[] = {
	{ KEY_UP, K_UP },
	{ KEY_DOWN, K_DOWN },
	{ KEY_LEFT, K_LEFT },
	{ KEY_RIGHT, K_RIGHT },
	{ KEY_HOME, K_HOME },
	{ KEY_FIND, K_HOME },
	{ KEY_END, K_END },
	{ KEY_SELECT, K_END },
	{ KEY_PPAGE, K_PAGE_UP },
	{ KEY_NPAGE, K_PAGE_DOWN },
	{ KEY_A1, K_HOME },
	{ KEY_A3, K_PAGE_UP },
	{ KEY_C1, K_END },
	{ KEY_C3, K_PAGE_DOWN },
	{ KEY_IC, K_INSERT },
	{ KEY_DC, K_DELETE },
	{ KEY_BACKSPACE, K_BACKSPACE },
	{ KEY_BTAB, K_BACK_TAB },
	{ KEY_ENTER, K_ENTER },
	{ KEY_MOUSE, K_MOUSE },
};

/*
 * What keyboards send though the terminal's description may not say so: people set TERM to vt100
 * and sit before something else.
 */
static const struct {
	const char *sequence;
	int curses;
} usual[] = {
	{ "\033[A", KEY_UP },      { "\033[B", KEY_DOWN },    { "\033[C", KEY_RIGHT },
	{ "\033[D", KEY_LEFT },    { "\033OA", KEY_UP },      { "\033OB", KEY_DOWN },
	{ "\033OC", KEY_RIGHT },   { "\033OD", KEY_LEFT },    { "\033[H", KEY_HOME },
	{ "\033[F", KEY_END },     { "\033OH", KEY_HOME },    { "\033OF", KEY_END },
	{ "\033[1~", KEY_HOME },   { "\033[2~", KEY_IC },     { "\033[3~", KEY_DC },
	{ "\033[4~", KEY_END },    { "\033[5~", KEY_PPAGE },  { "\033[6~", KEY_NPAGE },
	{ "\033[Z", KEY_BTAB },    { "\033OP", KEY_F(1) },    { "\033OQ", KEY_F(2) },
	{ "\033OR", KEY_F(3) },    { "\033OS", KEY_F(4) },    { "\033[11~", KEY_F(1) },
	{ "\033[12~", KEY_F(2) },  { "\033[13~", KEY_F(3) },  { "\033[14~", KEY_F(4) },
	{ "\033[15~", KEY_F(5) },  { "\033[17~", KEY_F(6) },  { "\033[18~", KEY_F(7) },
	{ "\033[19~", KEY_F(8) },  { "\033[20~", KEY_F(9) },  { "\033[21~", KEY_F(10) },
	{ "\033[23~", KEY_F(11) }, { "\033[24~", KEY_F(12) },
};

void term_keys_init(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(usual); i++)
		if (key_defined(usual[i].sequence) == 0)
			define_key(usual[i].sequence, usual[i].curses);
}

static bool read_mouse(struct event *event)
{
	MEVENT mouse;

	if (getmouse(&mouse) != OK)
		return false;
	event->row = mouse.y;
	event->col = mouse.x;
	if (mouse.bstate & BUTTON1_PRESSED)
		event->mouse = MOUSE_PRESS;
	else if (mouse.bstate & BUTTON4_PRESSED)
		event->mouse = MOUSE_WHEEL_UP;
	else if (mouse.bstate & BUTTON5_PRESSED)
		event->mouse = MOUSE_WHEEL_DOWN;
	else
		return false;
	return true;
}

/* A key that curses knows; false for one that the console has no name for. */
static bool read_named(int code, struct event *event)
{
	size_t i;

	if (code >= KEY_F(1) && code <= KEY_F(63)) {
		event->key = K_F(code - KEY_F0);
		return true;
	}
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		if (keys[i].curses == code) {
			event->key = keys[i].key;
			return code != KEY_MOUSE || read_mouse(event);
		}
	}
	return false;
}

/* After the escape: takes the rest of a sequence that nobody knows. False if it was the key Esc. */
static bool skip_sequence(struct term *term)
{
	int c = wgetch(term->keys), n;

	if (c != '[' && c != 'O') {
		if (c != ERR)
			ungetch(c);
		return false;
	}
	for (n = 0; n < 32; n++) {
		c = wgetch(term->keys);
		if (c == '[' && n == 0) /* a function key of the Linux console: one more */
			continue;
		if (c == ERR || (c >= 0x40 && c < 0x7f))
			break;
	}
	return true;
}

/* A byte of text. False while a character is incomplete or for what is none. */
static bool read_text(struct term *term, int byte, struct event *event)
{
	char c = (char)byte;
	wchar_t wide;
	size_t n;

	if (!term->utf8)
		return false;
	n = mbrtowc(&wide, &c, 1, &term->decoder);
	if (n == (size_t)-1)
		term->decoder = (mbstate_t){ 0 };
	if (n == (size_t)-1 || n == (size_t)-2)
		return false;
	event->key = (int)wide;
	return keyname_is_text(event->key);
}

static bool read_one(struct term *term, int code, struct event *event)
{
	if (code >= KEY_MIN)
		return read_named(code, event);
	if (code >= 0x80)
		return read_text(term, code, event);
	term->decoder = (mbstate_t){ 0 };
	event->key = code;
	switch (code) {
	case 8:
	case 127:
		event->key = K_BACKSPACE;
		return true;
	case 10:
		event->key = K_ENTER;
		return true;
	case K_ESC:
		return !skip_sequence(term);
	default:
		return true;
	}
}

bool term_read(struct term *term, struct event *event)
{
	int code;

	while ((code = wgetch(term->keys)) != ERR) {
		*event = (struct event){ .key = K_NONE };
		if (read_one(term, code, event))
			return true;
	}
	return false;
}

bool term_is_gone(struct term *term)
{
	struct pollfd p = { .fd = term_fd(term), .events = POLLIN };
	int waiting = 0;

	if (poll(&p, 1, 0) <= 0)
		return false;
	return ioctl(p.fd, FIONREAD, &waiting) != 0 || waiting == 0;
}
