/* The demonstration program in the emulated terminal. */
#ifndef TESTS_CONSOLE_DEMO_VT_H
#define TESTS_CONSOLE_DEMO_VT_H

#include "tests/console/vt_see.h"

#define DEMO      "tests/console/demo"
#define ARGV(...) ((const char *const[]){ DEMO, __VA_ARGS__, NULL })
#define PLAIN     ((const char *const[]){ DEMO, NULL })

/* Starts it and waits until it has drawn and counted. */
static inline struct vt *demo_start(int rows, int cols, const char *const *env,
				    const char *const *argv)
{
	struct vt *vt = vt_start(rows, cols, env, argv);

	SEE(vt, "problems, ");
	return vt;
}

#endif
