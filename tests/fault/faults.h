/*
 * Calls into the system that fail when a test wants them to.
 *
 * A program that is linked with faults.c calls these instead of the C library's functions for
 * files: all that a save and its recovery use, but those that list a folder. They count, and the
 * one with the number asked for fails or kills the process. fsync is not passed on: the tests look
 * at the kernel's files and not at the disk.
 *
 * The functions stand in the program itself and not in a preloaded library, so that the same test
 * runs under the sanitizers.
 */
#ifndef TESTS_FAULT_FAULTS_H
#define TESTS_FAULT_FAULTS_H

#include <stdbool.h>

enum fault_kind {
	FAULT_NONE,   /* only counts */
	FAULT_KILL,   /* SIGKILL before the call */
	FAULT_ERROR,  /* the call fails once */
	FAULT_STICKY, /* it and all later calls that change something fail */
	FAULT_SHORT   /* every write takes three bytes at most; SIGKILL before call KILL_AT */
};

struct fault {
	enum fault_kind kind;
	unsigned at;      /* from 1 */
	bool changing;    /* only calls that change something count */
	const char *only; /* of FAULT_STICKY: only calls of this name fail; NULL: all */
	int errnum;
	unsigned kill_at; /* the call before which it comes; 0: never */
	/* Called before each call with its name; the calls it makes itself do not count. */
	void (*watch)(void *ctx, const char *call);
	void *ctx;
};

/* What is counted, in memory that a child process shares. */
struct fault_log {
	unsigned calls;
	char hit[16];  /* the name of the call that failed or would have */
	bool unsynced; /* a changed file or folder was closed without fsync */
	bool lost;     /* closing a written file failed */
};

/* LOG stays in use until faults_disarm. */
void faults_arm(const struct fault *fault, struct fault_log *log);
void faults_disarm(void);

#endif
