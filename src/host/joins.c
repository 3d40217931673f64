/* Joins by sorted order: a store may hold thousands of certificates, keys and lists. */
#include "config.h"

#include "host/joins.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "pki/selector.h"

/* What rows of one kind are sorted by. Those that have the same stay in their order. */
struct keyed {
	const void *bytes;
	size_t len;
	uint32_t index;
};

struct keyed_list {
	struct keyed *items;
	size_t count, cap;
};

static int compare_bytes(const struct keyed *a, const struct keyed *b)
{
	int cmp = memcmp(a->bytes, b->bytes, a->len < b->len ? a->len : b->len);

	return cmp != 0 ? cmp : a->len < b->len ? -1 : a->len > b->len;
}

static int compare_keyed(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int cmp = compare_bytes(x, y);

	return cmp != 0 ? cmp : x->index < y->index ? -1 : x->index > y->index;
}

static void add(struct keyed_list *list, const void *bytes, size_t len, size_t index)
{
	struct keyed item = { bytes, len, (uint32_t)index };

	VEC_PUSH(list->items, list->count, list->cap, item);
}

static void sort(struct keyed_list *list)
{
	if (list->count > 1)
		qsort(list->items, list->count, sizeof *list->items, compare_keyed);
}

/* The first of those that have these bytes, or NULL. */
static const struct keyed *find(const struct keyed_list *list, const void *bytes, size_t len)
{
	const struct keyed wanted = { bytes, len, 0 };
	size_t low = 0, high = list->count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (compare_bytes(&list->items[mid], &wanted) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < list->count && compare_bytes(&list->items[low], &wanted) == 0
		       ? &list->items[low]
		       : NULL;
}

static const struct keyed *find_hash(const struct keyed_list *list, const struct pki_pubkey *key)
{
	return key->algorithm != PKI_NO_KEY ? find(list, key->hash, sizeof key->hash) : NULL;
}

/* The indexes of the rows of one kind by their public keys, where those are known, and by their
 * slots' names. */
struct rows {
	struct keyed_list keys, names;
};

static void rows_add(struct rows *rows, const struct host_slot *slot, const struct pki_pubkey *key,
		     size_t index)
{
	if (key->algorithm != PKI_NO_KEY)
		add(&rows->keys, key->hash, sizeof key->hash, index);
	add(&rows->names, slot->name, strlen(slot->name), index);
}

static void rows_release(struct rows *rows)
{
	free(rows->keys.items);
	free(rows->names.items);
}

/*
 * The row that belongs to a key and name, as index + 1; 0: none does. Where both public keys are
 * known they decide, and among several with the same key the one of the same name (PREFER_NAME), or
 * the first; otherwise the name does (ikecert(8)).
 */
static size_t rows_find(const struct rows *rows, const struct host_slot *slot,
			const struct pki_pubkey *key,
			const struct pki_pubkey *(*key_of)(const void *ctx, size_t index),
			const void *ctx, bool prefer_name)
{
	const struct keyed *by_key = find_hash(&rows->keys, key),
			   *by_name = find(&rows->names, slot->name, strlen(slot->name));
	const struct pki_pubkey *named = by_name != NULL ? key_of(ctx, by_name->index) : NULL;
	bool same_name =
		named != NULL && (named->algorithm == PKI_NO_KEY || key->algorithm == PKI_NO_KEY ||
				  memcmp(named->hash, key->hash, sizeof named->hash) == 0);

	if (same_name && (prefer_name || by_key == NULL || by_name->index < by_key->index))
		return by_name->index + 1u;
	return by_key != NULL ? by_key->index + 1u : 0;
}

static const struct pki_pubkey *key_of_cert(const void *ctx, size_t index)
{
	return &((const struct host_certs *)ctx)->certs[index].cert.key;
}

static const struct pki_pubkey *key_of_key(const void *ctx, size_t index)
{
	return &((const struct host_certs *)ctx)->keys[index].key.key;
}

void joins_keys(struct host_certs *certs)
{
	struct rows by_cert = { 0 }, by_key = { 0 };
	size_t i;

	for (i = 0; i < certs->ncerts; i++)
		rows_add(&by_cert, &certs->certs[i].slot, key_of_cert(certs, i), i);
	for (i = 0; i < certs->nkeys; i++)
		rows_add(&by_key, &certs->keys[i].slot, key_of_key(certs, i), i);
	sort(&by_cert.keys);
	sort(&by_cert.names);
	sort(&by_key.keys);
	sort(&by_key.names);
	for (i = 0; i < certs->nkeys; i++)
		certs->keys[i].cert = rows_find(&by_cert, &certs->keys[i].slot,
						key_of_key(certs, i), key_of_cert, certs, true);
	for (i = 0; i < certs->ncerts; i++)
		certs->certs[i].key = rows_find(&by_key, &certs->certs[i].slot,
						key_of_cert(certs, i), key_of_key, certs, false);
	rows_release(&by_cert);
	rows_release(&by_key);
}

/* What a certificate is revoked by: its issuer, a byte that no name has, and its serial number. */
static void add_revocable(struct strbuf *sb, const char *issuer_key, const char *serial)
{
	strbuf_addstr(sb, issuer_key);
	strbuf_addch(sb, '\0');
	strbuf_addstr(sb, serial);
}

static void mark_revoked(struct host_certs *certs, size_t list, const struct keyed_list *revocable)
{
	const struct pki_crl *crl = &certs->crls[list].crl;
	const struct keyed *end;
	struct strbuf wanted = STRBUF_INIT;
	size_t i;

	if (revocable->count == 0)
		return;
	end = revocable->items + revocable->count;
	for (i = 0; i < crl->nrevoked; i++) {
		const struct keyed *item;

		strbuf_clear(&wanted);
		add_revocable(&wanted, crl->issuer_key, crl->serials + crl->revoked[i].serial);
		item = find(revocable, wanted.buf, wanted.len);
		if (item != NULL && certs->certs[item->index].revoked)
			continue; /* and so are all that have the same */
		for (; item != NULL && item < end && item->len == wanted.len &&
		       memcmp(item->bytes, wanted.buf, wanted.len) == 0;
		     item++) {
			certs->certs[item->index].crl = list + 1;
			certs->certs[item->index].revoked = true;
		}
	}
	strbuf_release(&wanted);
}

void joins_crls(struct host_certs *certs)
{
	struct keyed_list lists = { 0 }, revocable = { 0 };
	size_t i;

	for (i = 0; i < certs->ncrls; i++)
		if (certs->crls[i].crl.issuer_key != NULL)
			add(&lists, certs->crls[i].crl.issuer_key,
			    strlen(certs->crls[i].crl.issuer_key), i);
	sort(&lists);
	for (i = 0; i < certs->ncerts && lists.count > 0; i++) {
		const struct pki_cert *cert = &certs->certs[i].cert;
		struct strbuf key = STRBUF_INIT;
		const struct keyed *list;

		list = cert->subject_key != NULL
			       ? find(&lists, cert->subject_key, strlen(cert->subject_key))
			       : NULL;
		certs->certs[i].issued = list != NULL ? list->index + 1u : 0;
		if (cert->issuer_key == NULL || cert->serial == NULL)
			continue;
		list = find(&lists, cert->issuer_key, strlen(cert->issuer_key));
		if (list == NULL)
			continue;
		certs->certs[i].crl = list->index + 1u;
		add_revocable(&key, cert->issuer_key, cert->serial);
		add(&revocable, key.buf, key.len, i);
		strbuf_detach(&key, NULL);
	}
	sort(&revocable);
	for (i = 0; i < certs->ncrls; i++)
		if (certs->crls[i].crl.issuer_key != NULL)
			mark_revoked(certs, i, &revocable);
	for (i = 0; i < revocable.count; i++)
		free((void *)(uintptr_t)revocable.items[i].bytes);
	free(revocable.items);
	free(lists.items);
}

/* What a selector calls an alternative name; SELECTOR_ANY: nothing. */
static const uint8_t kinds[PKI_NAME_TAG_COUNT] = {
	[PKI_NAME_IP] = SELECTOR_IP,       [PKI_NAME_DNS] = SELECTOR_DNS,
	[PKI_NAME_EMAIL] = SELECTOR_EMAIL, [PKI_NAME_URI] = SELECTOR_URI,
	[PKI_NAME_DN] = SELECTOR_DN,       [PKI_NAME_RID] = SELECTOR_RID,
};

static void add_name(struct host_certs *certs, unsigned kind, const char *key, size_t cert)
{
	struct host_name name = { (uint8_t)kind, certs->certs[cert].key == 0, (uint32_t)cert, key };

	if (key != NULL && kind != SELECTOR_ANY)
		VEC_PUSH(certs->names, certs->nnames, certs->names_cap, name);
}

static int compare_names(const void *a, const void *b)
{
	const struct host_name *x = a, *y = b;
	int cmp = host_name_compare(x, y);

	if (cmp == 0)
		cmp = (int)x->keyless - (int)y->keyless;
	return cmp != 0 ? cmp : x->cert < y->cert ? -1 : x->cert > y->cert;
}

void joins_names(struct host_certs *certs)
{
	size_t i, k;

	for (i = 0; i < certs->ncerts; i++) {
		const struct pki_cert *cert = &certs->certs[i].cert;

		add_name(certs, SELECTOR_SLOT, certs->certs[i].slot.name, i);
		if (cert->head.state != PKI_OK)
			continue;
		add_name(certs, SELECTOR_SUBJECT, cert->subject_key, i);
		add_name(certs, SELECTOR_ISSUER, cert->issuer_key, i);
		for (k = 0; k < cert->nnames; k++)
			add_name(certs, kinds[cert->names[k].tag], cert->names[k].key, i);
	}
	if (certs->nnames > 1)
		qsort(certs->names, certs->nnames, sizeof *certs->names, compare_names);
}
