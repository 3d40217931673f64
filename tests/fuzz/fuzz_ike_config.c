/* ike/config: tokens, entries, rules, edits. */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include "formats/ike_config/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	fuzz_format(&ike_config_format, bytes, len);
	return 0;
}
