# The console: its parts as they are, and whole programs in an emulated terminal.
console_ldadd = libconsole.a libikeconsole.a $(CURSES_LIBS) $(NETTLE_LIBS) $(LTLIBINTL)

# All widgets in one program, for the tests.
check_PROGRAMS += tests/console/demo
tests_console_demo_SOURCES = tests/console/demo.c tests/console/demo.h tests/console/demo_dialogs.c
tests_console_demo_LDADD = $(console_ldadd)

console_programs = tests/console/test_toolkit
tests_console_test_toolkit_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_console_test_toolkit_LDADD = $(console_ldadd) $(CRITERION_LIBS)

if HAVE_VTERM
vterm_sources = tests/console/vt.c tests/console/vt.h tests/console/vt_private.h \
	tests/console/vt_screen.c tests/console/vt_see.h tests/console/demo_vt.h
vterm_cflags = $(AM_CFLAGS) $(CRITERION_CFLAGS) $(VTERM_CFLAGS)
vterm_ldadd = libikeconsole.a $(CRITERION_LIBS) $(VTERM_LIBS) $(NETTLE_LIBS) $(LTLIBINTL)
console_programs += tests/console/test_screen tests/console/test_widgets
tests_console_test_screen_SOURCES = tests/console/test_screen.c $(vterm_sources)
tests_console_test_screen_CFLAGS = $(vterm_cflags)
tests_console_test_screen_LDADD = $(vterm_ldadd)
tests_console_test_widgets_SOURCES = tests/console/test_widgets.c $(vterm_sources)
tests_console_test_widgets_CFLAGS = $(vterm_cflags)
tests_console_test_widgets_LDADD = $(vterm_ldadd)

# The program itself, on copies of the sample host.
host_sources = tests/console/host.c tests/console/host.h $(tree_sources) $(vterm_sources)
host_cppflags = $(AM_CPPFLAGS) -DDATA_DIR='"$(abs_top_srcdir)/data"' \
	-DBUILD_DIR='"$(abs_top_builddir)"' \
	-DSETTINGS_DIR='"$(abs_top_srcdir)/tests/console/settings"'
host_programs = \
	tests/console/test_console_drift \
	tests/console/test_console_forms \
	tests/console/test_console_history \
	tests/console/test_console_lists \
	tests/console/test_console_marks \
	tests/console/test_console_policies \
	tests/console/test_console_repair \
	tests/console/test_console_manual \
	tests/console/test_console_safety \
	tests/console/test_console_screens \
	tests/console/test_console_size \
	tests/console/test_console_story \
	tests/console/test_console_write
if SECCOMP
host_programs += tests/console/test_console_memory tests/console/test_console_read_only
endif
console_programs += $(host_programs)
tests_console_test_console_drift_SOURCES = tests/console/test_console_drift.c $(host_sources)
tests_console_test_console_drift_CPPFLAGS = $(host_cppflags) \
	-DGOLDEN_DIR='"$(abs_top_srcdir)/tests/console/golden"'
tests_console_test_console_drift_CFLAGS = $(vterm_cflags)
tests_console_test_console_drift_LDADD = $(vterm_ldadd)
tests_console_test_console_forms_SOURCES = tests/console/test_console_forms.c $(host_sources)
tests_console_test_console_forms_CPPFLAGS = $(host_cppflags)
tests_console_test_console_forms_CFLAGS = $(vterm_cflags)
tests_console_test_console_forms_LDADD = $(vterm_ldadd)
tests_console_test_console_lists_SOURCES = tests/console/test_console_lists.c $(host_sources)
tests_console_test_console_lists_CPPFLAGS = $(host_cppflags)
tests_console_test_console_lists_CFLAGS = $(vterm_cflags)
tests_console_test_console_lists_LDADD = libconsole.a $(vterm_ldadd)
tests_console_test_console_marks_SOURCES = tests/console/test_console_marks.c $(host_sources)
tests_console_test_console_marks_CPPFLAGS = $(host_cppflags)
tests_console_test_console_marks_CFLAGS = $(vterm_cflags)
tests_console_test_console_marks_LDADD = $(vterm_ldadd)
tests_console_test_console_policies_SOURCES = tests/console/test_console_policies.c $(host_sources)
tests_console_test_console_policies_CPPFLAGS = $(host_cppflags)
tests_console_test_console_policies_CFLAGS = $(vterm_cflags)
tests_console_test_console_policies_LDADD = $(vterm_ldadd)
tests_console_test_console_manual_SOURCES = tests/console/test_console_manual.c $(host_sources)
tests_console_test_console_manual_CPPFLAGS = $(host_cppflags)
tests_console_test_console_manual_CFLAGS = $(vterm_cflags)
tests_console_test_console_manual_LDADD = $(vterm_ldadd)
tests_console_test_console_safety_SOURCES = tests/console/test_console_safety.c $(host_sources)
tests_console_test_console_safety_CPPFLAGS = $(host_cppflags)
tests_console_test_console_safety_CFLAGS = $(vterm_cflags)
tests_console_test_console_safety_LDADD = $(vterm_ldadd)
tests_console_test_console_memory_SOURCES = tests/console/test_console_memory.c $(host_sources)
tests_console_test_console_memory_CPPFLAGS = $(host_cppflags)
tests_console_test_console_memory_CFLAGS = $(vterm_cflags)
tests_console_test_console_memory_LDADD = $(vterm_ldadd)
tests_console_test_console_read_only_SOURCES = tests/console/test_console_read_only.c $(host_sources)
tests_console_test_console_read_only_CPPFLAGS = $(host_cppflags)
tests_console_test_console_read_only_CFLAGS = $(vterm_cflags)
tests_console_test_console_read_only_LDADD = $(vterm_ldadd)
tests_console_test_console_repair_SOURCES = tests/console/test_console_repair.c $(host_sources)
tests_console_test_console_repair_CPPFLAGS = $(host_cppflags)
tests_console_test_console_repair_CFLAGS = $(vterm_cflags)
tests_console_test_console_repair_LDADD = $(vterm_ldadd)
tests_console_test_console_history_SOURCES = tests/console/test_console_history.c $(host_sources)
tests_console_test_console_history_CPPFLAGS = $(host_cppflags)
tests_console_test_console_history_CFLAGS = $(vterm_cflags)
tests_console_test_console_history_LDADD = $(vterm_ldadd)
tests_console_test_console_write_SOURCES = tests/console/test_console_write.c $(host_sources)
tests_console_test_console_write_CPPFLAGS = $(host_cppflags)
tests_console_test_console_write_CFLAGS = $(vterm_cflags)
tests_console_test_console_write_LDADD = $(vterm_ldadd)
tests_console_test_console_screens_SOURCES = tests/console/test_console_screens.c $(host_sources)
tests_console_test_console_screens_CPPFLAGS = $(host_cppflags) \
	-DGOLDEN_DIR='"$(abs_top_srcdir)/tests/console/golden"'
tests_console_test_console_screens_CFLAGS = $(vterm_cflags)
tests_console_test_console_screens_LDADD = $(vterm_ldadd)
tests_console_test_console_size_SOURCES = tests/console/test_console_size.c $(host_sources)
tests_console_test_console_size_CPPFLAGS = $(host_cppflags)
tests_console_test_console_size_CFLAGS = $(vterm_cflags)
tests_console_test_console_size_LDADD = $(vterm_ldadd)
tests_console_test_console_story_SOURCES = tests/console/test_console_story.c $(host_sources)
tests_console_test_console_story_CPPFLAGS = $(host_cppflags)
tests_console_test_console_story_CFLAGS = $(vterm_cflags)
tests_console_test_console_story_LDADD = $(vterm_ldadd)
endif

EXTRA_DIST += tests/console/golden tests/console/settings/ikeconsole.ini
check_PROGRAMS += $(console_programs)
TESTS += $(console_programs)

# Writes the screens in golden/ anew; read the difference before it is committed.
if HAVE_VTERM
goldens: ikeconsole$(EXEEXT) tests/console/test_console_screens
	rm -f $(srcdir)/tests/console/golden/*.txt
	GOLDENS_RENEW=yes tests/console/test_console_screens
endif
