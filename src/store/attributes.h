/*
 * Who may do what with a file: owner, group, mode and access list, read and set through an open
 * descriptor. For this folder's modules.
 */
#ifndef STORE_ATTRIBUTES_H
#define STORE_ATTRIBUTES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct attributes {
	uid_t uid;   /* -1: whoever it is */
	gid_t gid;   /* the same */
	mode_t mode; /* permission bits */
	void *acl;   /* the access list in the kernel's form; NULL: none */
	size_t acl_len;
	bool inherit; /* leave the list that a new file got from its folder */
};

/* Both return false with errno set. */
bool attributes_read(int fd, struct attributes *attributes);

/*
 * Sets what differs. With NARROW no permission beyond the owner's reading and writing is given; the
 * rest is for a second call.
 */
bool attributes_set(int fd, const struct attributes *attributes, bool narrow);

/* Whether NARROW leaves something out. */
bool attributes_are_wide(const struct attributes *attributes);
void attributes_release(struct attributes *attributes);

#endif
