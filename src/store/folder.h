/*
 * The folders that a save works in, each open for as long as it lasts. For this folder's modules.
 *
 * They are opened one below the other from the root on, and no symbolic link is followed: the paths
 * are resolved before, and whoever puts a link there meanwhile makes the save fail.
 */
#ifndef STORE_FOLDER_H
#define STORE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"
#include "host/file.h"
#include "store/store.h"

struct folder {
	char *path;
	int fd;                /* -1: it is not there yet */
	struct folder *parent; /* NULL: the root */
	bool made;             /* by us */
	bool changed;          /* names were added, removed or replaced in it */
};

struct folders {
	struct folder **items; /* a parent before what is in it */
	size_t count, cap;
	size_t root_len; /* of the paths, the part that is the root's */
};

bool folders_open(struct folders *folders, const char *root, struct error *err);
void folders_close(struct folders *folders);

/* The folder PATH, which is resolved and begins with the root's path; NULL with ERR set. */
struct folder *folder_open(struct folders *folders, const char *path, struct error *err);

/* The same for a path below the root: "/etc/inet", or "/" for the root itself. */
struct folder *folder_below(struct folders *folders, const char *path, struct error *err);

/*
 * The path of NAME ("/etc/inet/ike/config") below ROOT, links resolved, of which the last folders
 * may be missing; a string the caller frees. NULL with the reason in INFO.
 */
char *folder_resolve(const char *root, const char *name, struct file_info *info);

/* Makes it and the folders above it where they are not there, with the modes of WANTED. */
bool folder_make(struct folders *folders, struct folder *folder, const struct store_folder *wanted,
		 size_t nwanted, struct error *err);

/* Brings the names in all folders that changed to the disk. */
bool folders_sync(struct folders *folders, struct error *err);

/* Takes back what folder_make made, where it is empty. */
void folders_unmake(struct folders *folders);

/* Names of our temporary files: what they are for, the process, and the number of the item. */
#define TEMP_NAME_SIZE 64
void temp_name(char name[TEMP_NAME_SIZE], const char *purpose, size_t number);

bool temp_is_ours(const char *name);

/*
 * Removes the temporary files of ours that dead processes left in the folder; process DEAD is known
 * to be one (0: none), whoever has its number now. Returns how many were removed.
 */
size_t folder_sweep(const struct folder *folder, long dead);

#endif
