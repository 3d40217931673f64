/* Files, folders and certificates as they are: FILE-1 to FILE-5, and what time does to
 * certificates. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"
#include "lint/rules_coexist.h"

#define DAY 86400

static mode_t permissions(const struct file_info *info)
{
	return info->mode & 07777;
}

static bool is_there(const struct file_info *info)
{
	return info->state == FILE_READ || info->state == FILE_DIRECTORY;
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

void check_config_file(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;
	const struct host_file *file = &host->files[LOCATION_IKE_CONFIG];

	if (host->single)
		return;
	if (file->doc == NULL && file->info.state == FILE_MISSING)
		lint_add_file(lint, row, LOCATION_IKE_CONFIG);
	else if (file->doc != NULL && file->doc->blob.len == 0)
		lint_add_file(lint, lint_row_after(row, 1), LOCATION_IKE_CONFIG);
}

void check_readable(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;
	int i;

	if (host->single)
		return;
	for (i = 0; i < LOCATION_FILES; i++)
		if (host->files[i].doc == NULL && host->files[i].info.state != FILE_MISSING &&
		    host->files[i].info.state != FILE_READ)
			lint_add_file(lint, row, (uint32_t)i);
	for (; i < LOCATION_COUNT; i++)
		if (!is_there(&host->folders[i]) && host->folders[i].state != FILE_MISSING)
			lint_add_file(lint, row, (uint32_t)i);
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

	if (is_there(info) && (permissions(info) & (secret ? 077 : 022)))
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

		if (!locations[i].secret || info->state != FILE_READ)
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

/* A slot that could not be read is a row with a state; the sentence is the reader's. */
static void report_slot(struct lint *lint, unsigned row, enum location folder, size_t number,
			const struct host_slot *slot, const struct pki_head *head)
{
	struct strbuf text = STRBUF_INIT;

	if (slot->info.state == FILE_READ && head->state == PKI_OK)
		return;
	/* A key in Solaris' own format is as it should be: only ikecert can read it. */
	if (slot->info.state == FILE_READ && head->kind == PKI_KEY &&
	    (head->state == PKI_OPAQUE || head->state == PKI_ENCRYPTED))
		return;
	if (slot->info.state == FILE_READ)
		pki_describe(head, &text);
	else
		strbuf_addstr(&text, file_state_text(&slot->info));
	finding_text(lint_add_file(lint, row, host_slot_number(lint->host, folder, number)),
		     text.buf);
	strbuf_release(&text);
}

static void report_dates(struct lint *lint, unsigned row, size_t number)
{
	const struct host_cert *cert = &lint->host->certs.certs[number];
	const struct pki_cert *c = &cert->cert;
	uint32_t file = host_slot_number(lint->host, LOCATION_PUBLICKEYS, number),
		 days = profile_number(lint->profile, "limits.cert_expiry_days", 30);
	struct finding *finding = NULL;
	int64_t when = 0;

	if (c->head.state != PKI_OK)
		return;
	if (c->not_after != PKI_NO_TIME && c->not_after < lint->now) {
		finding = lint_add_file(lint, lint_row_after(row, 1), file);
		when = c->not_after;
	} else if (c->not_before != PKI_NO_TIME && c->not_before > lint->now) {
		finding = lint_add_file(lint, lint_row_after(row, 2), file);
		when = c->not_before;
	} else if (c->not_after != PKI_NO_TIME && c->not_after - lint->now < (int64_t)days * DAY) {
		finding = lint_add_file(lint, lint_row_after(row, 3), file);
		when = c->not_after;
	}
	finding_text(finding, c->subject);
	if (finding != NULL) {
		finding->a = (uint32_t)((uint64_t)when >> 32);
		finding->b = (uint32_t)when;
	}
}

void check_slots(struct lint *lint, unsigned row)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t i;

	if (certs->missing != NULL)
		return;
	for (i = 0; i < certs->ncerts; i++) {
		report_slot(lint, row, LOCATION_PUBLICKEYS, i, &certs->certs[i].slot,
			    &certs->certs[i].cert.head);
		report_dates(lint, row, i);
	}
	for (i = 0; i < certs->nkeys; i++) {
		report_slot(lint, row, LOCATION_PRIVATEKEYS, i, &certs->keys[i].slot,
			    &certs->keys[i].key.head);
		if (certs->keys[i].cert == 0)
			finding_text(lint_add_file(
					     lint, lint_row_after(row, 4),
					     host_slot_number(lint->host, LOCATION_PRIVATEKEYS, i)),
				     certs->keys[i].slot.name);
	}
	for (i = 0; i < certs->ncrls; i++)
		report_slot(lint, row, LOCATION_CRLS, i, &certs->crls[i].slot,
			    &certs->crls[i].crl.head);
}
