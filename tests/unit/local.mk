# Units: one program a module, written with criterion.
unit_cflags = $(AM_CFLAGS) $(CRITERION_CFLAGS)
unit_ldadd = libikeconsole.a $(pki_static_libs) $(CRITERION_LIBS) $(INIH_LIBS) $(JANSSON_LIBS) $(LTLIBINTL)

unit_programs = tests/unit/test_base
tests_unit_test_base_CFLAGS = $(unit_cflags)
tests_unit_test_base_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_paths
tests_unit_test_paths_CFLAGS = $(unit_cflags)
tests_unit_test_paths_LDADD = $(unit_ldadd)

# src/pki: its files are made by tests/corpus/pki/make.sh.
unit_pki_cppflags = $(AM_CPPFLAGS) -DCORPUS='"$(abs_top_srcdir)/tests/corpus/pki"'
EXTRA_DIST += tests/corpus/pki

unit_programs += tests/unit/test_pki_dn
tests_unit_test_pki_dn_CFLAGS = $(unit_cflags)
tests_unit_test_pki_dn_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_pki_selector
tests_unit_test_pki_selector_CFLAGS = $(unit_cflags)
tests_unit_test_pki_selector_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_pki
tests_unit_test_pki_SOURCES = tests/unit/test_pki.c tests/unit/pki_corpus.h
tests_unit_test_pki_CPPFLAGS = $(unit_pki_cppflags)
tests_unit_test_pki_CFLAGS = $(unit_cflags)
tests_unit_test_pki_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_pki_files
tests_unit_test_pki_files_SOURCES = tests/unit/test_pki_files.c tests/unit/pki_corpus.h
tests_unit_test_pki_files_CPPFLAGS = $(unit_pki_cppflags)
tests_unit_test_pki_files_CFLAGS = $(unit_cflags)
tests_unit_test_pki_files_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_pki_crl
tests_unit_test_pki_crl_SOURCES = tests/unit/test_pki_crl.c tests/unit/pki_corpus.h
tests_unit_test_pki_crl_CPPFLAGS = $(unit_pki_cppflags)
tests_unit_test_pki_crl_CFLAGS = $(unit_cflags) $(CRYPTO_CFLAGS)
tests_unit_test_pki_crl_LDADD = $(unit_ldadd)

if CRYPTO_MODULE
unit_programs += tests/unit/test_pki_module
tests_unit_test_pki_module_SOURCES = tests/unit/test_pki_module.c tests/unit/pki_corpus.h
tests_unit_test_pki_module_CPPFLAGS = $(unit_pki_cppflags)
tests_unit_test_pki_module_CFLAGS = $(unit_cflags)
tests_unit_test_pki_module_LDADD = libikeconsole.a $(pki_libs) $(CRITERION_LIBS) $(LTLIBINTL)
endif

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
# Without criterion, whose libraries use libcrypto before a test does.
tests_unit_pki_wipe_CPPFLAGS = $(unit_pki_cppflags)
tests_unit_pki_wipe_LDADD = libikeconsole.a $(pki_static_libs) $(LTLIBINTL)
check_PROGRAMS += tests/unit/pki_wipe
TESTS += tests/unit/pki_wipe
