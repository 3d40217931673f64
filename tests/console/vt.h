/*
 * A terminal in memory: runs a program on a pseudo-terminal, types keys, reads the screen.
 *
 *	vt = vt_start(24, 80, (const char *const[]){ "TERM=vt100", NULL }, argv);
 *	vt_type(vt, "/MSS<Enter>");
 *	cr_assert(vt_wait(vt, "MSS-8", LIMIT));
 *	cr_assert_eq(vt_end(vt, LIMIT), 0);
 *
 * Whatever waits has a limit in milliseconds, and goes on as soon as what it waits for is there.
 */
#ifndef TESTS_CONSOLE_VT_H
#define TESTS_CONSOLE_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct vt;

enum vt_colour {
	VT_DEFAULT = -1,
	VT_BLACK,
	VT_RED,
	VT_GREEN,
	VT_YELLOW,
	VT_BLUE,
	VT_MAGENTA,
	VT_CYAN,
	VT_WHITE
};

struct vt_look {
	bool bold, reverse, underline;
	int foreground, background; /* enum vt_colour, or a number of the palette */
};

/*
 * Starts ARGV[0] on a screen of that size. ENV holds NAME=VALUE, or NAME to take it away, up to
 * NULL; without TERM it is xterm-256color, without LC_ALL C.UTF-8; PWD is where it runs. Ends the
 * test program on failure.
 */
struct vt *vt_start(int rows, int cols, const char *const *env, const char *const *argv);

/* Kills the program if it still runs. */
void vt_free(struct vt *vt);

/*
 * Types text, in which <Up> <Down> <Left> <Right> <Home> <End> <PageUp> <PageDown> <Insert>
 * <Delete> <Enter> <Tab> <S-Tab> <Esc> <Backspace> <Space> <F1> to <F12> <C-x> <lt> are keys.
 */
void vt_type(struct vt *vt, const char *keys);
void vt_repeat(struct vt *vt, const char *keys, int times); /* all at once */

/* Presses and releases a button of the mouse; 4 and 5 are the wheel, up and down. */
void vt_mouse(struct vt *vt, int button, int row, int col);

void vt_resize(struct vt *vt, int rows, int cols);

/* Waits until the text stands somewhere in one row, or until it stands nowhere. False: too late. */
bool vt_wait(struct vt *vt, const char *text, int limit);
bool vt_wait_gone(struct vt *vt, const char *text, int limit);

/* Waits until the program has been quiet for so long. */
void vt_settle(struct vt *vt, int quiet);

/* Where the text stands now. */
bool vt_find(struct vt *vt, const char *text, int *row, int *col);

/* A row, or all of them with line ends, as UTF-8 without the blanks at the end. Valid until the
 * next call. */
const char *vt_row(struct vt *vt, int row);
const char *vt_screen(struct vt *vt);

struct vt_look vt_look(struct vt *vt, int row, int col);
void vt_cursor(struct vt *vt, int *row, int *col);

/* Bytes that the program has written so far. */
size_t vt_bytes(const struct vt *vt);
pid_t vt_pid(const struct vt *vt);

/* Keeps these bytes from now on; to be called before anything waits. */
void vt_record(struct vt *vt);

/* Whether such bytes were written since vt_record. */
bool vt_wrote(const struct vt *vt, const char *bytes, size_t len);

/* Closes the terminal, as when a connection breaks. */
void vt_hang_up(struct vt *vt);

/* Waits for the end: the exit status, 256 + the signal, or -1 when it is too late. */
int vt_end(struct vt *vt, int limit);

/* Whether the terminal is as before: first screen, visible cursor, no attributes, same modes. */
bool vt_is_sane(const struct vt *vt);

#endif
