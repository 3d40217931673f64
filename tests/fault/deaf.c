/* deaf.so, loaded into a program: the system tells nothing of files (inotify(7)). */
#include "config.h"

#include <errno.h>

int inotify_init1(int flags);

int inotify_init1(int flags)
{
	(void)flags;
	errno = EMFILE;
	return -1;
}
