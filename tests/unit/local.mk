# Units: one program a module, written with criterion.
unit_cflags = $(AM_CFLAGS) $(CRITERION_CFLAGS)
unit_ldadd = libikeconsole.a $(CRITERION_LIBS) $(INIH_LIBS) $(JANSSON_LIBS) $(LTLIBINTL)

unit_programs = tests/unit/test_base
tests_unit_test_base_CFLAGS = $(unit_cflags)
tests_unit_test_base_LDADD = $(unit_ldadd)

check_PROGRAMS += $(unit_programs)
TESTS += $(unit_programs)

# Formats: what a reader makes of a file, as text, is shared with the tool that writes the goldens.
projection_sources = tests/tools/projection.c tests/tools/projection.h
format_programs = tests/unit/test_preshared
tests_unit_test_preshared_SOURCES = tests/unit/test_preshared.c $(projection_sources)
tests_unit_test_preshared_CFLAGS = $(unit_cflags)
tests_unit_test_preshared_LDADD = $(unit_ldadd)

check_PROGRAMS += $(format_programs)
TESTS += $(format_programs)
