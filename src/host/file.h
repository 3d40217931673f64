/*
 * One file of a host, as it was when it was read.
 *
 * Anything may stand where a file is expected: nothing, a directory, a FIFO that would hang a
 * reader, a link that leads nowhere or out of the tree. All of that is a state of the file and no
 * error; a check reports it, and a save refuses to replace what is no regular file.
 *
 * Below a root other than "/" a symbolic link is followed as the host itself would follow it: an
 * absolute one begins at the root. So nothing outside the tree is read or written.
 */
#ifndef HOST_FILE_H
#define HOST_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/blob.h"

enum file_state {
	FILE_MISSING,     /* it, or a folder on the way to it, is not there */
	FILE_READ,        /* regular, and its bytes are in the blob */
	FILE_DIRECTORY,   /* a folder */
	FILE_DENIED,      /* permission is missing */
	FILE_NOT_REGULAR, /* a FIFO, a socket, a device */
	FILE_DANGLING,    /* a symbolic link to nothing */
	FILE_LOOP,        /* symbolic links in a circle */
	FILE_TOO_LARGE,   /* beyond the limit */
	FILE_FAILED       /* any other error; see errnum */
};

struct file_info {
	enum file_state state;
	int errnum;
	bool linked; /* the last component is a symbolic link */
	mode_t mode; /* type and permission bits, of the target */
	uid_t uid;
	gid_t gid;
	dev_t device;
	ino_t inode;
	nlink_t links;
	off_t size;
	int64_t mtime; /* seconds since 1970 */
	long mtime_nsec;
};

/*
 * The path of NAME ("/etc/inet/ike/config") below ROOT with every link on the way resolved, as a
 * string the caller frees; the last component too where it is a link to something that is there.
 * NULL with a state of FILE_MISSING, FILE_DANGLING, FILE_LOOP, FILE_DENIED or FILE_FAILED in INFO;
 * FILE_MISSING gives the path all the same where only the last component is missing.
 */
char *file_resolve(const char *root, const char *name, struct file_info *info);

/*
 * Reads the file NAME below ROOT. INFO is always set; BLOB holds the bytes where the state is
 * FILE_READ and is then the caller's, otherwise it is empty. A file in a folder of secrets is read
 * into memory for secrets.
 */
void file_read(const char *root, const char *name, bool secret, struct blob *blob,
	       struct file_info *info);

/* The same for a file of at most LIMIT bytes; a larger one is FILE_TOO_LARGE. */
void file_read_up_to(const char *root, const char *name, size_t limit, bool secret,
		     struct blob *blob, struct file_info *info);

/* Only looks, and reads nothing: a folder is FILE_DIRECTORY, a regular file FILE_READ. */
void file_look(const char *root, const char *name, struct file_info *info);

/* What stands there, as the end of a sentence: "is a FIFO". Translated, borrowed. */
const char *file_state_text(const struct file_info *info);

/*
 * The names in the folder NAME below ROOT, sorted, without "." and ".."; release with
 * file_names_free. INFO says what the folder is; no names unless it is FILE_DIRECTORY.
 */
struct file_names {
	char **items;
	size_t count, cap;
};
void file_list(const char *root, const char *name, struct file_names *names,
	       struct file_info *info);
void file_names_free(struct file_names *names);

#endif
