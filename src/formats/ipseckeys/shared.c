/* ipseckeys: keys that several security associations have. */
#include "config.h"

#include "formats/ipseckeys/pairs.h"

#include <stdlib.h>

#include "base/secret.h"
#include "base/sort.h"
#include "base/xalloc.h"

struct shared_key {
	const struct doc *doc;
	struct manual_key key;
	const struct manual_sa *sa;
};

static struct shared_key key_at(const struct manual_pairs *pairs, uint32_t number)
{
	const struct manual_sa_key *key = &pairs->keys[number];

	return (struct shared_key){ pairs->doc,
				    { { key->off, key->len }, key->bits, false },
				    &pairs->sas[key->sa] };
}

static int compare_keys(const struct shared_key *a, const struct shared_key *b)
{
	return manual_key_compare(a->doc, &a->key, b->doc, &b->key);
}

static int by_key(const void *x, const void *y)
{
	const struct shared_key *a = x, *b = y;
	uint32_t a_off = a->key.text.off, b_off = b->key.text.off;
	int diff = compare_keys(a, b);

	return diff != 0 ? diff : (a_off > b_off) - (a_off < b_off);
}

/* A name may stand for an address; any source is whoever it has to be. */
static bool may_be_same(const struct manual_side *a, const struct manual_side *b)
{
	return a->kind == MANUAL_SIDE_ANY || b->kind == MANUAL_SIDE_ANY ||
	       (a->kind == MANUAL_SIDE_NAME) != (b->kind == MANUAL_SIDE_NAME) ||
	       manual_side_equal(a, b);
}

/* Whether two that have found no partner may be the two directions of one pair after all. */
static bool may_be_pair(const struct manual_sa *a, const struct manual_sa *b)
{
	return a->partner == MANUAL_NOBODY && b->partner == MANUAL_NOBODY && a->type == b->type &&
	       may_be_same(&a->src, &b->dst) && may_be_same(&a->dst, &b->src);
}

/* Whether the key of B is one that A has as well, although it is nothing to A. */
static bool is_shared(const struct manual_pairs *pairs, const struct manual_sa *a,
		      const struct manual_sa *b)
{
	bool same = a == b ||
		    (a->type == b->type && a->spi == b->spi && manual_side_equal(&a->dst, &b->dst));

	return !same && b->partner != (uint32_t)(a - pairs->sas) && !may_be_pair(a, b);
}

/* Keys with one hash, which are the same or, hardly ever, not. Nobody's choice of keys makes that
 * slow: they are sorted. */
static void check_same(const struct manual_pairs *pairs, struct problems *problems,
		       const uint64_t *numbers, size_t count)
{
	struct shared_key *keys = xmalloc(count * sizeof *keys), *first = keys;
	size_t i;

	for (i = 0; i < count; i++)
		keys[i] = key_at(pairs, (uint32_t)numbers[i]);
	qsort(keys, count, sizeof *keys, by_key);
	for (i = 1; i < count; i++) {
		if (compare_keys(first, &keys[i]) != 0)
			first = &keys[i];
		else if (is_shared(pairs, first->sa, keys[i].sa))
			manual_say(problems, MANUAL_PROBLEM_KEY_SHARED, keys[i].key.text,
				   manual_command_span(pairs, first->sa).off);
	}
	free(keys);
}

void manual_check_shared(const struct manual_pairs *pairs, struct problems *problems)
{
	const uint64_t hash = (uint64_t)UINT32_MAX << 32;
	uint64_t *list = xmalloc((pairs->nkeys + 1) * 2 * sizeof *list);
	size_t count = pairs->nkeys, i, end;

	for (i = 0; i < count; i++) {
		struct shared_key key = key_at(pairs, (uint32_t)i);

		list[i] = (manual_key_hash(key.doc, &key.key) & hash) | i;
	}
	sort_words(list, list + count, count, 1, &hash);
	for (i = 0; i < count; i = end) {
		for (end = i + 1; end < count && ((list[end] ^ list[i]) & hash) == 0;)
			end++;
		if (end - i > 1)
			check_same(pairs, problems, list + i, end - i);
	}
	secret_wipe(list, count * 2 * sizeof *list);
	free(list);
}
