# The tests, one folder a ring.
if HAVE_CRITERION
include tests/unit/local.mk
if WITH_CONSOLE
include tests/console/local.mk
endif
endif
