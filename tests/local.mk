# The tests, one folder a ring.
if HAVE_CRITERION
include tests/unit/local.mk
endif
EXTRA_DIST += tests/corpus
.PHONY: corpus
