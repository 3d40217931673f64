# The tests, one folder a ring.
if HAVE_CRITERION
include tests/unit/local.mk
endif
include tests/bench/local.mk
