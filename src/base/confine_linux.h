/* The two walls that Linux has. Each can be tried alone, which is for the tests. */
#ifndef BASE_CONFINE_LINUX_H
#define BASE_CONFINE_LINUX_H

#include <stdbool.h>

/*
 * Landlock (landlock(7)): no file is written, made, renamed or removed, no program started, no TCP.
 * What belongs to a file's inode (mode, owner, times, attributes) it lets through. False where the
 * kernel has none.
 */
bool confine_files(void);

/*
 * A filter of system calls (seccomp(2)): those of a list, with arguments that change nothing, and
 * no others. It holds all that confine.h says, without Landlock too. False where the kernel has
 * none, or this processor's calls are not known here.
 */
bool confine_calls(void);

#endif
