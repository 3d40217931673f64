/* For vt.c (the program) and vt_screen.c (what it shows) alone. */
#ifndef TESTS_CONSOLE_VT_PRIVATE_H
#define TESTS_CONSOLE_VT_PRIVATE_H

#include <termios.h>
#include <vterm.h>

#include "base/strbuf.h"
#include "tests/console/vt.h"

struct vt {
	VTerm *term;
	VTermScreen *screen;
	int master; /* -1: closed */
	pid_t pid;  /* 0: ended */
	int status;
	struct termios before;
	bool ended_output, alternate, cursor_visible, modes_known, modes_same;
	size_t bytes;
	bool recording;
	struct strbuf record;
	struct strbuf text;
};

#endif
