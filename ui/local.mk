# The console: the only place that knows curses.
EXTRA_DIST += ui/README.md
noinst_LIBRARIES += libconsole.a
libconsole_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
libconsole_a_SOURCES = \
	ui/actions.h \
	ui/cells.c ui/cells.h \
	ui/keymap.c ui/keymap.h \
	ui/keyname.c ui/keyname.h \
	ui/layout.c ui/layout.h \
	ui/loop.c ui/loop.h \
	ui/curses_wide.h \
	ui/term.c ui/term.h ui/term_private.h \
	ui/term_draw.c ui/term_guard.c ui/term_guard.h ui/term_key.c \
	ui/theme.c ui/theme.h
