/* The console itself in the emulated terminal, on throwaway copies of the sample host. */
#ifndef TESTS_CONSOLE_HOST_H
#define TESTS_CONSOLE_HOST_H

#include "tests/console/vt_see.h"
#include "tests/fault/tree.h"

#define CONFIG "/etc/inet/ike/config"
#define KEYS   "/etc/inet/secret/ike.preshared"
#define POLICY "/etc/inet/ipsecinit.conf"
#define MANUAL "/etc/inet/secret/ipseckeys"

/* The screens, by the numbers that lead to them. */
enum {
	SCREEN_OVERVIEW = 1,
	SCREEN_RULES,
	SCREEN_GLOBALS,
	SCREEN_KEYS,
	SCREEN_CERTIFICATES,
	SCREEN_CRLS,
	SCREEN_POLICIES,
	SCREEN_MANUAL_SAS,
	SCREEN_PROBLEMS,
	SCREEN_HISTORY,
	SCREEN_END
};

/* 2025-01-01: one certificate of the sample host has expired, the others are good. */
#define NOW "SOURCE_DATE_EPOCH=1735689600"

/* Where the program can neither be traced nor its memory read. */
#if defined __SANITIZE_ADDRESS__
#define WITH_ASAN 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#ifndef WITH_ASAN
#define WITH_ASAN 0
#endif

#define ARGS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define NO_ARGS   ((const char *const[]){ NULL })

/* A copy of the sample host with the modes it is meant to have; tree_free removes it. */
char *host_copy(void);

/* Has the program change one rule of it, so that there is a history. */
void host_change(const char *root);

/*
 * Starts the program on ROOT (NULL: without --root), with these arguments in front of it, on a
 * screen of that size, without anybody's settings. ENV is as for vt_start, NULL: nothing more. Does
 * not wait.
 */
struct vt *host_start(int rows, int cols, const char *root, const char *const *env,
		      const char *const *args);

/* The same, and waits until all is read and checked. */
struct vt *host_open_console(int rows, int cols, const char *root);

/* Goes to the screen with this number and waits until its list is there. */
void host_go(struct vt *vt, int screen);

/* Everything below ROOT with modes, owners, contents, inodes and times; the caller frees it. */
char *host_dump(const char *root);

/* Whether ROOT holds a lock or a temporary file. */
bool host_has_leftovers(const char *root);

/* TEXT with the one place where it says OLD changed into NEW; the caller frees it. */
char *text_with(const char *text, const char *old, const char *new);

/* Whether the file holds TEXT, and nothing else. */
#define HOLDS(root, name, text)                                                                    \
	do {                                                                                       \
		char *holds_now = tree_text(root, name);                                           \
                                                                                                   \
		cr_assert_str_eq(holds_now, text, "%s is not as it should be", name);              \
		free(holds_now);                                                                   \
	} while (0)

/* Leaves the program by q, which must ask nothing, and removes the tree. */
#define LEAVE(vt, root)                                                                            \
	do {                                                                                       \
		vt_type(vt, "q");                                                                  \
		ENDS(vt, 0);                                                                       \
		tree_free(root);                                                                   \
	} while (0)

#endif
