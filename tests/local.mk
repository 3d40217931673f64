# The tests, one folder a ring.
repaired_sources = tests/tools/repaired.c tests/tools/repaired.h
if HAVE_CRITERION
include tests/unit/local.mk
if WITH_CONSOLE
include tests/console/local.mk
endif
endif
include tests/bench/local.mk
include tests/fault/local.mk
include tests/tools/local.mk
include tests/cli/local.mk

if HAVE_CRITERION
unit_programs += tests/unit/test_diff tests/unit/test_file tests/unit/test_recover tests/unit/test_store
tests_unit_test_diff_CFLAGS = $(unit_cflags)
tests_unit_test_diff_LDADD = $(unit_ldadd)
tests_unit_test_file_SOURCES = tests/unit/test_file.c $(tree_sources)
tests_unit_test_file_CFLAGS = $(unit_cflags)
tests_unit_test_file_LDADD = $(unit_ldadd)
tests_unit_test_recover_SOURCES = tests/unit/test_recover.c $(tree_sources)
tests_unit_test_recover_CFLAGS = $(unit_cflags)
tests_unit_test_recover_LDADD = $(unit_ldadd)
tests_unit_test_store_SOURCES = tests/unit/test_store.c $(tree_sources)
tests_unit_test_store_CFLAGS = $(unit_cflags)
tests_unit_test_store_LDADD = $(unit_ldadd)
endif

EXTRA_DIST += tests/README.md \
	tests/console/README.md \
	tests/corpus/README.md \
	tests/fault/README.md \
	tests/fuzz/README.md \
	tests/tools/README.md \
	tests/unit/README.md \
	tests/corpus/ike-config tests/corpus/ike-preshared \
	tests/corpus/ipsecinit tests/corpus/ipseckeys
include tests/fuzz/local.mk
.PHONY: corpus fuzz goldens
