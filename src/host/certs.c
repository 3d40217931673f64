#include "config.h"

#include "host/certs.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "host/joins.h"
#include "host/location.h"
#include "pki/dn.h"
#include "pki/selector.h"

/* Revocation lists may be long; no slot is as long as this. */
#define SLOT_MAX_BYTES ((size_t)64 << 20)

struct reading {
	struct host_certs *certs;
	const struct pki *pki; /* NULL: not there */
	const char *root;
	struct file_info *folders; /* by enum location */
};

static struct host_slot read_slot(const struct reading *r, enum location folder, const char *name,
				  struct blob *blob)
{
	struct host_slot slot = { .name = xstrdup(name) };
	struct strbuf path = STRBUF_INIT;

	strbuf_addf(&path, "%s/%s", locations[folder].path, name);
	slot.path = strbuf_detach(&path, NULL);
	file_read_up_to(r->root, slot.path, SLOT_MAX_BYTES, locations[folder].secret, blob,
			&slot.info);
	return slot;
}

static void add_cert(const struct reading *r, const char *name)
{
	struct host_certs *certs = r->certs;
	struct host_cert cert = { 0 };
	struct blob blob;

	cert.slot = read_slot(r, LOCATION_PUBLICKEYS, name, &blob);
	if (r->pki != NULL && blob.data != NULL)
		r->pki->cert_read(blob.data, blob.len, &cert.cert);
	else
		cert.cert.head.state = PKI_BROKEN;
	blob_release(&blob);
	VEC_PUSH(certs->certs, certs->ncerts, certs->certs_cap, cert);
}

static void add_key(const struct reading *r, const char *name)
{
	struct host_certs *certs = r->certs;
	struct host_key key = { 0 };
	struct blob blob;

	key.slot = read_slot(r, LOCATION_PRIVATEKEYS, name, &blob);
	if (r->pki != NULL && blob.data != NULL)
		r->pki->key_read(blob.data, blob.len, &key.key);
	else
		key.key.head.state = PKI_BROKEN;
	blob_release(&blob);
	VEC_PUSH(certs->keys, certs->nkeys, certs->keys_cap, key);
}

static void add_crl(const struct reading *r, const char *name)
{
	struct host_certs *certs = r->certs;
	struct host_crl crl = { 0 };
	struct blob blob;

	crl.slot = read_slot(r, LOCATION_CRLS, name, &blob);
	if (r->pki != NULL && blob.data != NULL)
		r->pki->crl_read(blob.data, blob.len, &crl.crl);
	else
		crl.crl.head.state = PKI_BROKEN;
	blob_release(&blob);
	VEC_PUSH(certs->crls, certs->ncrls, certs->crls_cap, crl);
}

static const struct {
	enum location folder;
	void (*add)(const struct reading *r, const char *name);
} folders[] = {
	{ LOCATION_PUBLICKEYS, add_cert },
	{ LOCATION_PRIVATEKEYS, add_key },
	{ LOCATION_CRLS, add_crl },
};

/* The part that needs OpenSSL is loaded with the first file that it is needed for. */
static void read_folder(struct reading *r, size_t which)
{
	enum location folder = folders[which].folder;
	struct file_names names;
	size_t i;

	file_list(r->root, locations[folder].path, &names, &r->folders[folder]);
	if (names.count > 0 && r->pki == NULL && r->certs->missing == NULL) {
		struct error err = ERROR_INIT;

		r->pki = pki_open(&err);
		if (r->pki == NULL)
			r->certs->missing = xstrdup(err.text);
		error_clear(&err);
	}
	for (i = 0; i < names.count; i++)
		folders[which].add(r, names.items[i]);
	file_names_free(&names);
}

void host_certs_read(struct host_certs *certs, const char *root, struct file_info *folder_infos)
{
	struct reading r = { certs, NULL, root, folder_infos };
	size_t i;

	*certs = (struct host_certs){ 0 };
	for (i = 0; i < ARRAY_SIZE(folders); i++)
		read_folder(&r, i);
	joins_keys(certs);
	joins_crls(certs);
	joins_names(certs);
}

void host_certs_release(struct host_certs *certs)
{
	size_t i;

	for (i = 0; i < certs->ncerts; i++) {
		free(certs->certs[i].slot.name);
		free(certs->certs[i].slot.path);
		pki_cert_release(&certs->certs[i].cert);
	}
	for (i = 0; i < certs->nkeys; i++) {
		free(certs->keys[i].slot.name);
		free(certs->keys[i].slot.path);
		pki_key_release(&certs->keys[i].key);
	}
	for (i = 0; i < certs->ncrls; i++) {
		free(certs->crls[i].slot.name);
		free(certs->crls[i].slot.path);
		pki_crl_release(&certs->crls[i].crl);
	}
	free(certs->certs);
	free(certs->keys);
	free(certs->crls);
	free(certs->names);
	free(certs->missing);
	*certs = (struct host_certs){ 0 };
}

int host_name_compare(const struct host_name *a, const struct host_name *b)
{
	return a->kind != b->kind ? (a->kind < b->kind ? -1 : 1) : strcmp(a->key, b->key);
}

/* The first of the names that are the same is the best. */
static size_t select_name(const struct host_certs *certs, const struct selector *selector)
{
	const struct host_name wanted = { .kind = (uint8_t)selector->kind, .key = selector->key };
	size_t low = 0, high = certs->nnames;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (host_name_compare(&certs->names[mid], &wanted) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == certs->nnames || host_name_compare(&certs->names[low], &wanted) != 0)
		return 0;
	return certs->names[low].cert + 1u;
}

/* Nearly every certificate is not the one that is excluded. */
static size_t select_other(const struct host_certs *certs, const struct selector *selector)
{
	size_t best = 0, i;

	for (i = 0; i < certs->ncerts; i++) {
		const struct host_cert *cert = &certs->certs[i];

		if ((best != 0 && cert->key == 0) ||
		    !selector_matches(selector, &cert->cert, cert->slot.name))
			continue;
		best = i + 1;
		if (cert->key != 0)
			break;
	}
	return best;
}

size_t host_certs_select(const struct host_certs *certs, const char *text, size_t len, bool *bad)
{
	struct selector selector;
	struct selector_problem problem;
	bool good = selector_parse(&selector, text, len, &problem);
	size_t best = 0;

	if (bad != NULL)
		*bad = !good;
	if (good && (selector.negated || selector.kind == SELECTOR_ANY))
		best = select_other(certs, &selector);
	else if (good)
		best = select_name(certs, &selector);
	selector_release(&selector);
	return best;
}

bool host_cert_is_own(const struct host_cert *cert)
{
	return cert->key != 0 && cert->cert.head.state == PKI_OK && cert->cert.ca != PKI_CA_TRUE;
}

bool host_cert_is_writable(const struct host_cert *cert)
{
	struct strbuf key = STRBUF_INIT;
	struct dn_problem problem;
	const char *subject = cert->cert.subject;
	bool same = subject != NULL && cert->cert.subject_key != NULL &&
		    dn_canonical(subject, strlen(subject), &key, &problem) &&
		    strcmp(key.buf, cert->cert.subject_key) == 0;

	strbuf_release(&key);
	return same;
}

size_t host_certs_own(const struct host_certs *certs)
{
	size_t i, own = 0;

	for (i = 0; i < certs->ncerts; i++) {
		if (!host_cert_is_own(&certs->certs[i]))
			continue;
		if (own != 0)
			return 0;
		own = i + 1;
	}
	return own;
}
