# The console: the only place that knows curses. The program loads it as a module when there is no
# command, or has it linked in with --disable-modules. The tests always have it linked in.
EXTRA_DIST += ui/README.md
console_sources = \
	ui/actions.h \
	ui/console.c ui/console.h ui/console_private.h \
	ui/console_confirm.c \
	ui/console_copy.c \
	ui/console_detail.c \
	ui/console_dump.c \
	ui/console_filter.c \
	ui/console_marks.c \
	ui/console_keys.c \
	ui/console_merge.c \
	ui/console_repair.c \
	ui/console_restore.c \
	ui/console_rows.c \
	ui/console_save.c \
	ui/console_watch.c \
	ui/form_global.c \
	ui/form_policy.c \
	ui/form_policy_fields.c ui/form_policy_fields.h \
	ui/form_manual.h ui/form_manual_fields.c ui/form_manual_sa.c \
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
	ui/shot.c ui/shot.h \
	ui/term.c ui/term.h ui/term_private.h \
	ui/term_draw.c ui/term_guard.c ui/term_guard.h ui/term_key.c \
	ui/term_text.c \
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

libconsole_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
libconsole_a_SOURCES = $(console_sources)

if MODULES
check_LIBRARIES += libconsole.a

# The module takes the rest of the library from the program, which therefore has all of it.
pkglibexec_PROGRAMS += console.so
console_so_SOURCES = $(console_sources)
console_so_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
console_so_CFLAGS = $(AM_CFLAGS) -fPIC
console_so_LDFLAGS = $(AM_LDFLAGS) -shared
console_so_LDADD = $(CURSES_LIBS) $(LTLIBINTL)
console_libs += $(WHOLE_LIBRARY)
console_ldflags += -Wl,--export-dynamic
else
noinst_LIBRARIES += libconsole.a
console_libs += libconsole.a libikeconsole.a $(CURSES_LIBS)
endif

