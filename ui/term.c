#include "config.h"

#include "ui/term.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/term_guard.h"
#include "ui/term_private.h"

/* Long enough for the rest of a key's sequence, too short to be felt after Esc. */
enum { ESCAPE_DELAY_MS = 25 };

static bool locale_is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static void colours_start(struct term *term, bool wanted)
{
	const char *no_colour = getenv("NO_COLOR");

	term->colour = wanted && (no_colour == NULL || *no_colour == '\0') && has_colors();
	if (!term->colour || start_color() == ERR) {
		term->colour = false;
		return;
	}
	term->default_colours = use_default_colors() == OK;
}

static void modes_start(struct term *term)
{
	raw();
	noecho();
	nonl();
	if (getenv("ESCDELAY") == NULL)
		set_escdelay(ESCAPE_DELAY_MS);
	term->keys = newpad(1, 1);
	keypad(term->keys, TRUE);
	nodelay(term->keys, TRUE);
	/* Curses may put an update off while input waits (curs_inopts(3X)), and what waits may be
	 * nothing that makes us draw again. All keys that wait are served before we draw anyway. */
	typeahead(-1);
	term_keys_init();
	idlok(stdscr, TRUE);
}

struct term *term_start(const struct term_options *options, struct error *err)
{
	const char *type = options->type != NULL ? options->type : getenv("TERM");
	struct term *term;
	SCREEN *screen;

	if (type == NULL || *type == '\0') {
		error_set(err, ERROR_USAGE, _("TERM is not set: the terminal's type is not known"));
		return NULL;
	}
	term_guard_prepare(fileno(options->in));
	screen = newterm(type, options->out, options->in);
	if (screen == NULL) {
		error_set(err, ERROR_USAGE,
			  _("terminal type '%s' is not known here; set TERM to one that is, such "
			    "as vt100"),
			  type);
		return NULL;
	}
	term = xcalloc(1, sizeof *term);
	term->screen = screen;
	term->in = options->in;
	term->out = options->out;
	term->type = xstrdup(type);
	if (options->rows > 0)
		resizeterm(options->rows, options->cols);
	term->utf8 = locale_is_utf8();
	strbuf_init(&term->text);
	if (tigetstr("cup") == NULL) {
		term_stop(term);
		error_set(err, ERROR_USAGE,
			  _("terminal type '%s' cannot move its cursor; set TERM to one that can, "
			    "such as vt100"),
			  type);
		return NULL;
	}
	modes_start(term);
	colours_start(term, !options->no_colour);
	term_set_theme(term, options->theme);
	term_set_mouse(term, options->mouse);
	term_guard_arm();
	return term;
}

void term_stop(struct term *term)
{
	if (term == NULL)
		return;
	term_leave(term);
	term_guard_disarm();
	if (term->keys != NULL)
		delwin(term->keys);
	delscreen(term->screen);
	strbuf_release(&term->text);
	free(term->row);
	free(term->covered);
	free(term->type);
	free(term);
}

void term_leave(struct term *term)
{
	if (!term->left)
		endwin();
	term->left = true;
}

void term_return(struct term *term)
{
	term->left = false;
	term_resize(term);
	term_repaint(term);
}

void term_resize(struct term *term)
{
	struct winsize size;

	if (ioctl(term_fd(term), TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return;
	if (size.ws_row == LINES && size.ws_col == COLS)
		return;
	resizeterm(size.ws_row, size.ws_col);
	term_repaint(term); /* terminals differ in what they leave on the screen */
}

int term_rows(const struct term *term)
{
	(void)term;
	return LINES;
}

int term_cols(const struct term *term)
{
	(void)term;
	return COLS;
}

int term_fd(const struct term *term)
{
	return fileno(term->in);
}

bool term_utf8(const struct term *term)
{
	return term->utf8;
}

void term_set_theme(struct term *term, const struct theme *theme)
{
	if (theme == NULL)
		theme = theme_find("dark");
	term->theme = term->colour ? theme : theme_mono();
	term_paints_init(term);
}

void term_set_mouse(struct term *term, bool on)
{
	if (on == term->mouse)
		return;
	term->mouse = on;
	mouseinterval(0); /* a press is told at once, not held back for a click */
	mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
}

void term_flush(struct term *term)
{
	if (term->left)
		return;
	wmove(stdscr, term->cursor_row, term->cursor_col);
	wnoutrefresh(stdscr);
	doupdate();
}

void term_repaint(struct term *term)
{
	(void)term;
	clearok(curscr, TRUE);
}

void term_bell(struct term *term)
{
	(void)term;
	beep();
}
