# What looks at the sources themselves, and at what is installed beside the program.
source_checks = \
	tests/tools/check-includes \
	tests/tools/check-potfiles \
	tests/tools/test-check-includes
dist_check_SCRIPTS += $(source_checks) tests/tools/test-completion
TESTS += $(source_checks) tests/tools/test-completion

# For ./check, which builds in several ways and looks at what comes of it.
EXTRA_DIST += \
	tests/tools/check-bare \
	tests/tools/check-format \
	tests/tools/check-install \
	tests/tools/coverage \
	tests/tools/install-missing \
	tests/tools/sanitized \
	tests/tools/test-sanitized
