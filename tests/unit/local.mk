# Units: one program a module, written with criterion.
unit_cflags = $(AM_CFLAGS) $(CRITERION_CFLAGS)
unit_ldadd = libikeconsole.a $(CRITERION_LIBS) $(INIH_LIBS) $(JANSSON_LIBS) $(LTLIBINTL)

unit_programs = tests/unit/test_base
tests_unit_test_base_CFLAGS = $(unit_cflags)
tests_unit_test_base_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_paths
tests_unit_test_paths_CFLAGS = $(unit_cflags)
tests_unit_test_paths_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_pki_dn
tests_unit_test_pki_dn_CFLAGS = $(unit_cflags)
tests_unit_test_pki_dn_LDADD = $(unit_ldadd)

check_PROGRAMS += $(unit_programs)
TESTS += $(unit_programs)
