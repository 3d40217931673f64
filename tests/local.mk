# The tests, one folder a ring.
if HAVE_CRITERION
include tests/unit/local.mk
endif

if HAVE_CRITERION
unit_programs += tests/unit/test_diff
tests_unit_test_diff_CFLAGS = $(unit_cflags)
tests_unit_test_diff_LDADD = $(unit_ldadd)
endif
