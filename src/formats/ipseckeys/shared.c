/* ipseckeys: keys that several security associations have. */
#include "config.h"

#include "formats/ipseckeys/pairs.h"

#include <stdlib.h>

#include "base/secret.h"
#include "base/xalloc.h"

struct shared_key {
	uint64_t hash;
	const struct doc *doc;
	const struct manual_key *key;
	const struct manual_sa *sa;
};

/* Keys themselves are compared where their hashes are equal, which hardly any others are. */
static int compare_keys(const struct shared_key *a, const struct shared_key *b)
{
	int diff = manual_order(a->hash, b->hash);

	return diff != 0 ? diff : manual_key_compare(a->doc, a->key, b->doc, b->key);
}

static int by_key(const void *x, const void *y)
{
	const struct shared_key *a = x, *b = y;
	int diff = compare_keys(a, b);

	return diff != 0 ? diff : manual_order(a->key->text.off, b->key->text.off);
}

/* A key that no command of the tool can hold is nobody's, and takes long to compare. */
static void list_key(const struct manual_pairs *pairs, struct shared_key *list, size_t *count,
		     const struct manual_key *key, const struct manual_sa *sa)
{
	if (key->text.len > 0 && key->text.len <= MANUAL_COMMAND_MAX)
		list[(*count)++] = (struct shared_key){ manual_key_hash(pairs->doc, key),
							pairs->doc, key, sa };
}

/* A name may stand for an address; any source is whoever it has to be. */
static bool may_be_same(const struct manual_end *a, const struct manual_end *b)
{
	return !manual_end_is_known(a) || !manual_end_is_known(b) || (a->len > 0) != (b->len > 0) ||
	       manual_compare_addresses(a, b) == 0;
}

/* Whether two that have found no partner may be the two directions of one pair after all. */
static bool may_be_pair(const struct manual_sa *a, const struct manual_sa *b)
{
	return a->partner == NULL && b->partner == NULL && a->type == b->type &&
	       may_be_same(&a->src, &b->dst) && may_be_same(&a->dst, &b->src);
}

/* Whether the key of B is one that A has as well, although it is nothing to A. */
static bool is_shared(const struct manual_sa *a, const struct manual_sa *b)
{
	bool same = a == b || (a->type == b->type && a->spi == b->spi &&
			       manual_compare_addresses(&a->dst, &b->dst) == 0);

	return !same && b->partner != a && !may_be_pair(a, b);
}

void manual_check_shared(const struct manual_pairs *pairs, struct problems *problems)
{
	struct shared_key *list = xcalloc(pairs->count * 2 + 1, sizeof *list), *first = list;
	size_t count = 0, i;

	for (i = 0; i < pairs->count; i++) {
		list_key(pairs, list, &count, &pairs->sas[i].auth_key, &pairs->sas[i]);
		list_key(pairs, list, &count, &pairs->sas[i].encr_key, &pairs->sas[i]);
	}
	if (count > 1)
		qsort(list, count, sizeof *list, by_key);
	for (i = 1; i < count; i++) {
		if (compare_keys(first, &list[i]) != 0)
			first = &list[i];
		else if (is_shared(first->sa, list[i].sa))
			manual_say(problems, MANUAL_PROBLEM_KEY_SHARED, list[i].key->text,
				   first->sa->off);
	}
	secret_wipe(list, count * sizeof *list);
	free(list);
}
