#include "config.h"

#include "host/certs.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "host/location.h"
#include "pki/dn.h"
#include "pki/selector.h"

struct reading {
	struct host_certs *certs;
	const struct pki *pki; /* NULL: not there */
	const char *root;
};

static struct host_slot read_slot(const struct reading *r, enum location folder, const char *name,
				  struct blob *blob)
{
	struct host_slot slot = { .name = xstrdup(name) };
	struct strbuf path = STRBUF_INIT;

	strbuf_addf(&path, "%s/%s", locations[folder].path, name);
	slot.path = strbuf_detach(&path, NULL);
	file_read(r->root, slot.path, locations[folder].secret, blob, &slot.info);
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
	struct file_info info;
	struct file_names names;
	size_t i;

	file_list(r->root, locations[folders[which].folder].path, &names, &info);
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

static bool same_key(const struct pki_pubkey *a, const struct pki_pubkey *b)
{
	return a->algorithm != PKI_NO_KEY && a->algorithm == b->algorithm &&
	       memcmp(a->hash, b->hash, sizeof a->hash) == 0;
}

/*
 * A private key belongs to the certificate of the same name (ikecert(8)); where the two public keys
 * can be compared, that decides.
 */
static bool belongs(const struct host_key *key, const struct host_cert *cert)
{
	if (key->key.key.algorithm != PKI_NO_KEY && cert->cert.key.algorithm != PKI_NO_KEY)
		return same_key(&key->key.key, &cert->cert.key);
	return strcmp(key->slot.name, cert->slot.name) == 0;
}

static void join_keys(struct host_certs *certs)
{
	size_t c, k;

	for (k = 0; k < certs->nkeys; k++) {
		for (c = 0; c < certs->ncerts; c++) {
			if (!belongs(&certs->keys[k], &certs->certs[c]))
				continue;
			if (certs->certs[c].key == 0)
				certs->certs[c].key = k + 1;
			/* Of two certificates for one key the one of the same name is its own. */
			if (certs->keys[k].cert == 0 ||
			    strcmp(certs->keys[k].slot.name, certs->certs[c].slot.name) == 0)
				certs->keys[k].cert = c + 1;
		}
	}
}

static void join_crls(struct host_certs *certs)
{
	size_t c, l;

	for (c = 0; c < certs->ncerts; c++) {
		struct host_cert *cert = &certs->certs[c];
		const struct pki_revoked *entry;

		for (l = 0; cert->cert.issuer_key != NULL && l < certs->ncrls; l++) {
			const struct pki_crl *crl = &certs->crls[l].crl;

			if (crl->issuer_key == NULL ||
			    strcmp(crl->issuer_key, cert->cert.issuer_key) != 0)
				continue;
			if (cert->crl == 0)
				cert->crl = l + 1;
			if (pki_crl_revokes(crl, &cert->cert, &entry)) {
				cert->crl = l + 1;
				cert->revoked = true;
			}
		}
	}
}

static const char *subject_of(const struct host_certs *certs, uint32_t index)
{
	const char *key = certs->certs[index].cert.subject_key;

	return key != NULL ? key : "";
}

/* Insertion into the sorted list: hosts have few certificates. */
static void sort_subjects(struct host_certs *certs)
{
	size_t i, k;

	certs->by_subject = xmalloc(certs->ncerts * sizeof *certs->by_subject);
	for (i = 0; i < certs->ncerts; i++) {
		for (k = i; k > 0 && strcmp(subject_of(certs, certs->by_subject[k - 1]),
					    subject_of(certs, (uint32_t)i)) > 0;
		     k--)
			certs->by_subject[k] = certs->by_subject[k - 1];
		certs->by_subject[k] = (uint32_t)i;
	}
}

void host_certs_read(struct host_certs *certs, const char *root)
{
	struct reading r = { certs, NULL, root };
	size_t i;

	*certs = (struct host_certs){ 0 };
	for (i = 0; i < ARRAY_SIZE(folders); i++)
		read_folder(&r, i);
	join_keys(certs);
	join_crls(certs);
	sort_subjects(certs);
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
	free(certs->by_subject);
	free(certs->missing);
	*certs = (struct host_certs){ 0 };
}

static bool better(const struct host_certs *certs, size_t candidate, size_t best)
{
	return best == 0 || (certs->certs[best - 1].key == 0 && certs->certs[candidate].key != 0);
}

/* Names are what files use nearly always: the certificates are sorted by theirs. */
static size_t select_subject(const struct host_certs *certs, const char *key)
{
	size_t low = 0, high = certs->ncerts, best = 0;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (strcmp(subject_of(certs, certs->by_subject[mid]), key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < certs->ncerts; low++) {
		uint32_t index = certs->by_subject[low];

		if (strcmp(subject_of(certs, index), key) != 0)
			break;
		if (better(certs, index, best))
			best = index + 1u;
	}
	return best;
}

size_t host_certs_select(const struct host_certs *certs, const char *text, size_t len, bool *bad)
{
	struct selector selector;
	struct selector_problem problem;
	size_t best = 0, i;
	bool good = selector_parse(&selector, text, len, &problem);

	if (bad != NULL)
		*bad = !good;
	if (good && selector.kind == SELECTOR_SUBJECT && !selector.negated) {
		best = select_subject(certs, selector.key);
	} else if (good) {
		for (i = 0; i < certs->ncerts; i++)
			if (better(certs, i, best) &&
			    selector_matches(&selector, &certs->certs[i].cert,
					     certs->certs[i].slot.name))
				best = i + 1;
	}
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
