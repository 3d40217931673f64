# The console: the only place that knows curses.
EXTRA_DIST += ui/README.md
noinst_LIBRARIES += libconsole.a
console_libs += libconsole.a libikeconsole.a $(CURSES_LIBS)
libconsole_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
libconsole_a_SOURCES = \
	ui/actions.h \
	ui/console.c ui/console.h ui/console_private.h \
	ui/console_detail.c \
	ui/console_keys.c \
	ui/console_rows.c \
	ui/console_save.c \
	ui/form_global.c \
	ui/form_psk.c \
	ui/form_rule.c \
	ui/form_secret.c ui/form_secret.h \
	ui/scr_table.c \
	ui/cells.c ui/cells.h \
	ui/keymap.c ui/keymap.h \
	ui/keyname.c ui/keyname.h \
	ui/layout.c ui/layout.h \
	ui/loop.c ui/loop.h \
	ui/curses_wide.h \
	ui/term.c ui/term.h ui/term_private.h \
	ui/term_draw.c ui/term_guard.c ui/term_guard.h ui/term_key.c \
	ui/theme.c ui/theme.h \
	ui/ui.c ui/ui.h \
	ui/w_bar.c ui/w_bar.h \
	ui/w_buttons.c ui/w_buttons.h \
	ui/w_dialog.c ui/w_dialog.h \
	ui/w_form.c ui/w_form.h ui/w_form_private.h \
	ui/w_form_draw.c ui/w_form_keys.c \
	ui/w_help.c \
	ui/w_input.c ui/w_input.h \
	ui/w_list.c ui/w_list.h \
	ui/w_pick.c ui/w_pick.h \
	ui/w_prompt.c ui/w_prompt.h \
	ui/w_search.c ui/w_search.h \
	ui/w_text.c ui/w_text.h ui/w_text_view.c
