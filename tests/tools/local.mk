# What looks at the sources themselves.
source_checks = \
	tests/tools/check-includes \
	tests/tools/check-potfiles \
	tests/tools/test-check-includes
dist_check_SCRIPTS += $(source_checks)
TESTS += $(source_checks)
EXTRA_DIST += tests/tools/check-format tests/tools/install-missing
