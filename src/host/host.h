/*
 * One host's tree: every file in.iked reads, below a root, read and joined.
 *
 * Opening a host reads what is there and never fails on it: a file that is missing, broken or no
 * file at all is a state. Whoever changes a document gives the host the new one; the joins are made
 * anew.
 */
#ifndef HOST_HOST_H
#define HOST_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/near.h"
#include "formats/ike_config/file.h"
#include "formats/ike_preshared/file.h"
#include "formats/ipsecinit/file.h"
#include "formats/ipseckeys/file.h"
#include "host/certs.h"
#include "host/file.h"
#include "host/history.h"
#include "host/location.h"
#include "host/pairs.h"
#include "host/state.h"

struct host_file {
	struct file_info info;
	struct doc *doc; /* NULL unless it was read, or has been created by a change */
};

struct host {
	char *root; /* "/" or a folder without a slash at its end */
	enum dialect dialect;
	bool single; /* one file by itself: what other files say is unknown, not missing */
	char *single_path;
	struct host_file files[LOCATION_FILES];
	struct file_info folders[LOCATION_COUNT]; /* of LOCATION_FILES and up */
	/* Files in the folder of secrets that have no location, and that others may get at: how
	 * many, and the first one's name and mode. */
	size_t nloose;
	char *loose_name;
	mode_t loose_mode;
	struct host_certs certs;
	enum state_save save; /* what became of the last one, before the files were read */
	/* Of ike/config; empty where there is none. */
	struct ike_item globals;
	uint32_t *rules; /* entries that are rules, in the file's order */
	size_t nrules, rules_cap;
	uint32_t *keys; /* entries of ike.preshared that are keys */
	size_t nkeys, keys_cap;
	uint32_t *policies; /* entries of ipsecinit.conf that are policies */
	size_t npolicies, policies_cap;
	uint32_t *commands; /* entries of ipseckeys that are commands */
	size_t ncommands, commands_cap;
	struct pairs pairs; /* use host_pairs */
	bool pairs_built;
	struct history *history; /* use host_history */
};

/* Reads the tree below ROOT. Never fails. */
struct host *host_open(const char *root, enum dialect dialect);

/* A host of the one file at LOCATION with these bytes, which are adopted; PATH is what it is
 * called. */
struct host *host_open_single(enum location location, const char *path, struct blob blob,
			      enum dialect dialect);
void host_free(struct host *host);

/* Puts DOC, which is adopted, in the place of a file's document. Returns the old one to the caller.
 */
struct doc *host_replace(struct host *host, enum location location, struct doc *doc);

/* The path as it is shown: below the root, with a slash in front; or what a single file is called.
 */
const char *host_path(const struct host *host, enum location location);

/* The document, or NULL. */
static inline struct doc *host_doc(const struct host *host, enum location location)
{
	return host->files[location].doc;
}

/*
 * Files and folders by a number: the locations come first, then the files of certificates, private
 * keys and revocation lists. It stays the same for as long as the host is open.
 */
uint32_t host_slot_number(const struct host *host, enum location folder, size_t slot);

/* The path below the root of what has this number, or what a single file is called. */
const char *host_name(const struct host *host, uint32_t number);

/* The location itself, or the folder a slot is in. */
enum location host_location(const struct host *host, uint32_t number);

/* What it is: state, mode, owner. Whoever changes these in memory does it here. */
struct file_info *host_info(struct host *host, uint32_t number);

/* A path of this host as programs are told it: relative to the root. PATH itself where it is the
 * one file's. Borrowed from PATH. */
const char *host_relative(const struct host *host, const char *path);

/* The keys by the addresses they are for; made when first asked for. */
struct pairs *host_pairs(struct host *host);

/* The history of its changes; read when first asked for, and again after host_forget_history. Of a
 * file by itself there is none. */
const struct history *host_history(struct host *host);
void host_forget_history(struct host *host);

/* The number of the rule, key, policy or command with this entry; the count of them where there is
 * none. */
size_t host_rule_of_entry(const struct host *host, uint32_t entry);
size_t host_key_of_entry(const struct host *host, uint32_t entry);
size_t host_policy_of_entry(const struct host *host, uint32_t entry);
size_t host_command_of_entry(const struct host *host, uint32_t entry);

/* The smallest number n for which no rule of the file has the label INDEXID_n (COEX-R1). */
uint32_t host_unused_label(const struct host *host);

/* Of each number from 1 to nrules whether a rule has it; for several new labels at once. The caller
 * frees it. */
bool *host_used_labels(const struct host *host);

/* The number of the first rule with this label, or nrules. */
size_t host_find_rule(const struct host *host, const char *label);

/* The label that may have been meant where none is LABEL, which is borrowed; see near_best. */
struct near host_near_rule(const struct host *host, const char *label);

#endif
