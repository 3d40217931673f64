# The program's command line on throwaway trees. They run by themselves too: IKECONSOLE=PROGRAM tests/cli/test-check
cli_tests = \
	tests/cli/test-change \
	tests/cli/test-check \
	tests/cli/test-confirm \
	tests/cli/test-drift \
	tests/cli/test-dump \
	tests/cli/test-fix \
	tests/cli/test-history \
	tests/cli/test-hostile \
	tests/cli/test-interrupted \
	tests/cli/test-list \
	tests/cli/test-near \
	tests/cli/test-policy \
	tests/cli/test-manual-sa \
	tests/cli/test-read-only \
	tests/cli/test-roles \
	tests/cli/test-scenarios \
	tests/cli/test-secrets

# With the sanitizers most of the memory cannot be read.
if !SANITIZERS
cli_tests += tests/cli/test-memory
endif

dist_check_SCRIPTS += $(cli_tests)
EXTRA_DIST += tests/cli/common.bash tests/cli/explained-ids tests/cli/scenarios
TESTS += $(cli_tests)
