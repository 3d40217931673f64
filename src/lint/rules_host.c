/* Files and folders as they are: FILE-1 to FILE-5. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"
#include "lint/rules_coexist.h"

static mode_t permissions(const struct file_info *info)
{
	return info->mode & 07777;
}

static bool is_file(const struct file_info *info)
{
	return info->state == FILE_READ || info->state == FILE_TOO_LARGE;
}

static bool is_there(const struct file_info *info)
{
	return is_file(info) || info->state == FILE_DIRECTORY;
}

static void report_mode(struct lint *lint, unsigned row, uint32_t file,
			const struct file_info *info, mode_t wanted)
{
	struct finding *finding = lint_add_file(lint, row, file);

	if (finding != NULL) {
		finding->a = (uint32_t)permissions(info);
		finding->b = (uint32_t)wanted;
	}
}

bool lint_is_lost(const struct lint *lint, enum location location)
{
	enum location parent = location_parent(location);
	enum file_state state =
		parent != LOCATION_COUNT ? lint->host->folders[parent].state : FILE_DIRECTORY;

	return state != FILE_DIRECTORY && state != FILE_MISSING;
}

void check_config_file(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;
	const struct host_file *file = &host->files[LOCATION_IKE_CONFIG];

	if (host->single || lint_is_lost(lint, LOCATION_IKE_CONFIG))
		return;
	if (file->doc == NULL && file->info.state == FILE_MISSING)
		lint_add_file(lint, row, LOCATION_IKE_CONFIG);
	else if (file->doc != NULL && file->doc->blob.len == 0)
		lint_add_file(lint, lint_row_after(row, 1), LOCATION_IKE_CONFIG);
}

void check_interrupted(struct lint *lint, unsigned row)
{
	if (lint->host->save == SAVE_INTERRUPTED)
		lint_add_file(lint, row, LOCATION_IKE_CONFIG);
}

static const struct file_info *info_of(const struct lint *lint, enum location location)
{
	return location < LOCATION_FILES ? &lint->host->files[location].info
					 : &lint->host->folders[location];
}

/* Whether all that a folder should hold may not be looked at: it is the folder, then. */
static bool is_closed(const struct lint *lint, enum location folder)
{
	size_t denied = 0;
	int i;

	for (i = 0; i < LOCATION_COUNT; i++) {
		if (location_parent((enum location)i) != folder)
			continue;
		if (info_of(lint, (enum location)i)->state != FILE_DENIED)
			return false;
		denied++;
	}
	return denied > 1;
}

void check_readable(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;
	int i;

	if (host->single)
		return;
	for (i = 0; i < LOCATION_COUNT; i++) {
		enum location parent = location_parent((enum location)i);
		const struct file_info *info = info_of(lint, (enum location)i);
		bool read = i < LOCATION_FILES
				    ? host->files[i].doc != NULL || info->state == FILE_READ
				    : info->state == FILE_DIRECTORY;

		if (i >= LOCATION_FILES && is_closed(lint, (enum location)i))
			lint_add_file(lint, lint_row_after(row, 1), (uint32_t)i);
		else if (!read && info->state != FILE_MISSING &&
			 !lint_is_lost(lint, (enum location)i) &&
			 !(parent != LOCATION_COUNT && is_closed(lint, parent)))
			lint_add_file(lint, row, (uint32_t)i);
	}
}

/* What the profile wants of a file or folder, else what is usual. */
static mode_t wanted_mode(const struct lint *lint, enum location location)
{
	const struct location_info *where = &locations[location];
	const char *mode = NULL;
	char key[64];

	if (where->setting != NULL) {
		snprintf(key, sizeof key, "files.%s.mode", where->setting);
		mode = profile_get(lint->profile, key);
	}
	return mode != NULL ? (mode_t)strtoul(mode, NULL, 8) : where->mode;
}

/* The row of a location's own coexistence rule with this title, or -1. */
static int row_of(enum location location, const char *title)
{
	return check_row(locations[location].rule, title);
}

static const char *title_of_secret(enum location folder)
{
	return folder == LOCATION_PRIVATEKEYS ? "private key that others can read"
					      : "secret that others can read";
}

/* What the file or folder gives to others than its owner, and should not. */
static void check_mode(struct lint *lint, enum location location)
{
	const struct file_info *info = host_info(lint->host, location);
	mode_t wanted = wanted_mode(lint, location), more = permissions(info) & ~wanted;
	const char *title = NULL;

	if (locations[location].secret)
		title = permissions(info) & 077 ? title_of_secret(location) : NULL;
	else if (more & 022)
		title = "others may change it";
	else if (location < LOCATION_FILES && (more & 0111))
		title = "file that may be run";
	if (info->state == (location < LOCATION_FILES ? FILE_READ : FILE_DIRECTORY) &&
	    title != NULL)
		report_mode(lint, (unsigned)row_of(location, title), location, info, wanted);
}

/* Calls VISIT for the file of each certificate, key and revocation list. */
static void each_slot(struct lint *lint, void (*visit)(struct lint *lint, enum location folder,
						       uint32_t file, const struct file_info *info))
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	for (i = 0; i < certs->ncerts; i++)
		visit(lint, LOCATION_PUBLICKEYS,
		      host_slot_number(lint->host, LOCATION_PUBLICKEYS, i),
		      &certs->certs[i].slot.info);
	for (i = 0; i < certs->nkeys; i++)
		visit(lint, LOCATION_PRIVATEKEYS,
		      host_slot_number(lint->host, LOCATION_PRIVATEKEYS, i),
		      &certs->keys[i].slot.info);
	for (i = 0; i < certs->ncrls; i++)
		visit(lint, LOCATION_CRLS, host_slot_number(lint->host, LOCATION_CRLS, i),
		      &certs->crls[i].slot.info);
}

static void check_slot_mode(struct lint *lint, enum location folder, uint32_t file,
			    const struct file_info *info)
{
	bool secret = locations[folder].secret;
	const char *title = secret ? title_of_secret(folder) : "others may change it";

	if (is_file(info) && (permissions(info) & (secret ? 077 : 022)))
		report_mode(lint, (unsigned)row_of(folder, title), file, info,
			    locations[folder].file_mode);
}

void check_modes(struct lint *lint, unsigned row)
{
	int i;

	(void)row;
	if (lint->host->single)
		return;
	for (i = 0; i < LOCATION_COUNT; i++)
		check_mode(lint, (enum location)i);
	each_slot(lint, check_slot_mode);
}

void check_links(struct lint *lint, unsigned row)
{
	struct finding *finding;
	int i;

	for (i = 0; i < LOCATION_FILES && !lint->host->single; i++) {
		const struct file_info *info = host_info(lint->host, (uint32_t)i);

		if (!locations[i].secret || !is_file(info))
			continue;
		if (info->linked)
			report_mode(lint, row, (uint32_t)i, info,
				    wanted_mode(lint, (enum location)i));
		if (info->links < 2)
			continue;
		finding = lint_add_file(lint, lint_row_after(row, 1), (uint32_t)i);
		finding_numbers(finding, (uint32_t)info->links, 0);
	}
}

void check_other_secrets(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;
	struct finding *finding;

	if (host->nloose == 0)
		return;
	finding = lint_add_file(lint, row, LOCATION_SECRET);
	finding_numbers(finding, (uint32_t)(host->loose_mode & 07777), (uint32_t)host->nloose);
	finding_text(finding, host->loose_name);
}

static void check_owner(struct lint *lint, enum location location, uint32_t file,
			const struct file_info *info)
{
	struct finding *finding;

	if (!is_there(info) || info->uid == 0)
		return;
	finding = lint_add_file(lint, (unsigned)row_of(location, "owner is not root"), file);
	if (finding != NULL)
		finding->a = (uint32_t)info->uid;
}

/*
 * Whose the files should be. A copy of a tree that an ordinary user made is his own, and says
 * nothing about the host: only where the tree itself is root's are its files expected to be.
 */
void check_owners(struct lint *lint, unsigned row)
{
	struct file_info top;
	int i;

	(void)row;
	if (lint->host->single)
		return;
	file_look(lint->host->root, "/", &top);
	if (top.state != FILE_DIRECTORY || top.uid != 0)
		return;
	for (i = 0; i < LOCATION_COUNT; i++)
		check_owner(lint, (enum location)i, (uint32_t)i,
			    host_info(lint->host, (uint32_t)i));
	each_slot(lint, check_owner);
}