/* Files, folders and certificates as they are: FILE-1 to FILE-5, and what time does to
 * certificates. */
#include "config.h"

#include <stdio.h>
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

/* The files that need no secrecy: nobody but root may change them. */
void check_config_mode(struct lint *lint, unsigned row)
{
	static const enum location files[] = { LOCATION_IKE_CONFIG, LOCATION_IPSECINIT };
	size_t i;

	for (i = 0; !lint->host->single && i < ARRAY_SIZE(files); i++) {
		const struct file_info *info = &lint->host->files[files[i]].info;

		if (info->state != FILE_READ)
			continue;
		if (permissions(info) & 022)
			report_mode(lint, row, files[i], info, locations[files[i]].mode);
		else if (permissions(info) & 0111)
			report_mode(lint, lint_row_after(row, 1), files[i], info,
				    locations[files[i]].mode);
	}
}

void check_public_folders(struct lint *lint, unsigned row)
{
	static const enum location folders[] = { LOCATION_IKE, LOCATION_PUBLICKEYS, LOCATION_CRLS };
	size_t i;

	for (i = 0; !lint->host->single && i < ARRAY_SIZE(folders); i++) {
		const struct file_info *info = &lint->host->folders[folders[i]];

		if (info->state == FILE_DIRECTORY && (permissions(info) & 022))
			report_mode(lint, row, folders[i], info, locations[folders[i]].mode);
	}
}

void check_secret_modes(struct lint *lint, unsigned row)
{
	static const enum location secrets[] = { LOCATION_PRESHARED, LOCATION_IPSECKEYS,
						 LOCATION_SECRET, LOCATION_PRIVATEKEYS };
	const struct host *host = lint->host;
	size_t i;

	if (host->single)
		return;
	for (i = 0; i < ARRAY_SIZE(secrets); i++) {
		const struct file_info *info = secrets[i] < LOCATION_FILES
						       ? &host->files[secrets[i]].info
						       : &host->folders[secrets[i]];

		if (is_there(info) && (permissions(info) & 077))
			report_mode(lint,
				    secrets[i] == LOCATION_PRIVATEKEYS ? lint_row_after(row, 1)
								       : row,
				    secrets[i], info, locations[secrets[i]].mode);
	}
	for (i = 0; i < host->certs.nkeys; i++) {
		const struct file_info *info = &host->certs.keys[i].slot.info;

		if (is_there(info) && (permissions(info) & 077))
			report_mode(lint, lint_row_after(row, 1),
				    lint_file_of_slot(lint, LOCATION_PRIVATEKEYS, i), info, 0600);
	}
}

/*
 * Whose the files should be. A copy of a tree that an ordinary user made is his own, and says
 * nothing about the host: only where the tree itself is root's are its files expected to be.
 */
void check_owners(struct lint *lint, unsigned row)
{
	const struct host *host = lint->host;
	struct file_info top;
	int i;

	if (host->single)
		return;
	file_look(host->root, "/", &top);
	if (top.state != FILE_DIRECTORY || top.uid != 0)
		return;
	for (i = 0; i < LOCATION_COUNT; i++) {
		const struct file_info *info =
			i < LOCATION_FILES ? &host->files[i].info : &host->folders[i];
		struct finding *finding;

		if (!is_there(info) || info->uid == 0)
			continue;
		finding = lint_add_file(lint, row, (uint32_t)i);
		if (finding != NULL)
			finding->a = (uint32_t)info->uid;
	}
}

uint32_t lint_file_of_slot(const struct lint *lint, enum location folder, size_t number)
{
	const struct host_certs *certs = &lint->host->certs;
	size_t base = LOCATION_COUNT;

	if (folder == LOCATION_PRIVATEKEYS)
		base += certs->ncerts;
	else if (folder == LOCATION_CRLS)
		base += certs->ncerts + certs->nkeys;
	return (uint32_t)(base + number);
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
	finding_text(lint_add_file(lint, row, lint_file_of_slot(lint, folder, number)), text.buf);
	strbuf_release(&text);
}

static void report_dates(struct lint *lint, unsigned row, size_t number)
{
	const struct host_cert *cert = &lint->host->certs.certs[number];
	const struct pki_cert *c = &cert->cert;
	uint32_t file = lint_file_of_slot(lint, LOCATION_PUBLICKEYS, number),
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
			finding_text(
				lint_add_file(lint, lint_row_after(row, 4),
					      lint_file_of_slot(lint, LOCATION_PRIVATEKEYS, i)),
				certs->keys[i].slot.name);
	}
	for (i = 0; i < certs->ncrls; i++)
		report_slot(lint, row, LOCATION_CRLS, i, &certs->crls[i].slot,
			    &certs->crls[i].crl.head);
}
