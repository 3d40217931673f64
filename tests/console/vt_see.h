/* What tests say about the emulated terminal. */
#ifndef TESTS_CONSOLE_VT_SEE_H
#define TESTS_CONSOLE_VT_SEE_H

#include <criterion/criterion.h>

#include "tests/console/vt.h"

#define LIMIT    30000 /* ms until a wait has failed: sanitizers are slow on a busy machine */
#define ENV(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define SEE(vt, text)                                                                              \
	cr_assert(vt_wait(vt, text, LIMIT), "there is no '%s' in\n%s", text, vt_screen(vt))
#define GONE(vt, text)                                                                             \
	cr_assert(vt_wait_gone(vt, text, LIMIT), "there still is '%s' in\n%s", text, vt_screen(vt))
#define FIND(vt, text, row, col)                                                                   \
	do {                                                                                       \
		SEE(vt, text);                                                                     \
		vt_find(vt, text, row, col);                                                       \
	} while (0)
#define ENDS(vt, wanted)                                                                           \
	do {                                                                                       \
		cr_assert_eq(vt_end(vt, LIMIT), wanted);                                           \
		cr_assert(vt_is_sane(vt), "the terminal is not as before");                        \
		vt_free(vt);                                                                       \
	} while (0)

#endif
