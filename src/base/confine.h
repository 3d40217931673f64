/*
 * Read-only mode, held by the kernel: once confined, a process can change nothing any more, by no
 * way and for no mistake of ours, and root is no exception.
 *
 * It can read files, write to what was open before (its output, the terminal), ask for memory and
 * load modules. It cannot open anything for writing, make, rename or remove a file, change a mode,
 * an owner, a time or an attribute, lock, reach the network or another process, start a program, or
 * become somebody else. Such a call fails with EPERM or EACCES; the process goes on. There is no
 * way back.
 */
#ifndef BASE_CONFINE_H
#define BASE_CONFINE_H

enum confinement {
	CONFINED_NOT,        /* confine_process was not called */
	CONFINED_BY_PROGRAM, /* the kernel cannot, or not all of it: the program's own word holds */
	CONFINED_BY_KERNEL,  /* all of the above */
};

/*
 * Confines this process, which has one thread, as far as the kernel can, and tells how far that
 * was. Never CONFINED_NOT.
 */
enum confinement confine_process(void);

#endif
