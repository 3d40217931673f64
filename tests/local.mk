# The tests, one folder a ring.
if HAVE_CRITERION
include tests/unit/local.mk
endif
EXTRA_DIST += tests/corpus/README.md tests/corpus/ike-config tests/corpus/ike-preshared
include tests/fuzz/local.mk
.PHONY: corpus fuzz
