/*
 * ipseckeys: type, spi and destination are what identifies a security association. Which are there
 * twice, which are deleted again, and which pair-spi makes partners of.
 */
#include "config.h"

#include "formats/ipseckeys/pairs.h"

#include <stdlib.h>

#include "base/xalloc.h"

/* The commands by what they are about, in the order of the file among those about the same. */
struct ids {
	struct manual_pairs *pairs;
	struct problems *problems; /* NULL: nobody wants to know */
	struct manual_rank *items;
	size_t count;
	/* Where a pair-spi makes it matter: of each item the last one like it that is added here or
	 * before, no copy, and the first one that is added here or later; or MANUAL_NOBODY. */
	uint32_t *added, *next;
	struct manual_item item; /* to read a command again */
};

static struct manual_rank rank_of(unsigned type, uint32_t spi, const struct manual_side *dst,
				  size_t index)
{
	return (struct manual_rank){ (uint64_t)type << 34 | (uint64_t)spi << 2 | dst->kind,
				     dst->number, (uint32_t)index };
}

static struct manual_sa *sa_at(const struct ids *ids, size_t i)
{
	return &ids->pairs->sas[ids->items[i].index];
}

static void sort_ids(struct ids *ids)
{
	size_t i;

	ids->items = xmalloc((ids->count + 1) * sizeof *ids->items);
	for (i = 0; i < ids->count; i++) {
		const struct manual_sa *sa = &ids->pairs->sas[i];

		ids->items[i] = rank_of(sa->type, sa->spi, &sa->dst, i);
	}
	manual_rank_sort(ids->items, ids->count);
}

/* Whether all of the type were flushed between two commands about it. */
static bool is_flushed(const struct ids *ids, const struct manual_sa *a, const struct manual_sa *b)
{
	return manual_is_between(&ids->pairs->flushes[a->type == MANUAL_ESP], a->entry, b->entry);
}

/* Whether a delete-pair may have taken A before B, as somebody's partner. */
static bool may_be_taken(const struct ids *ids, const struct manual_sa *a,
			 const struct manual_sa *b)
{
	return manual_is_between(&ids->pairs->deletes[a->type == MANUAL_ESP], a->entry, b->entry);
}

/* Finds what is there twice and what is deleted or flushed again. */
static void find_copies(const struct ids *ids, size_t begin, size_t end)
{
	struct manual_sa *alive = NULL;
	size_t i;

	for (i = begin; i < end; i++) {
		struct manual_sa *sa = sa_at(ids, i);

		if (alive != NULL && (is_flushed(ids, alive, sa) || may_be_taken(ids, alive, sa)))
			alive = NULL;
		if (sa->command == MANUAL_ADD && alive != NULL) {
			sa->is_copy = true;
			manual_say(ids->problems, MANUAL_PROBLEM_DUPLICATE,
				   manual_command_span(ids->pairs, sa),
				   manual_command_span(ids->pairs, alive).off);
		} else if (sa->command == MANUAL_ADD) {
			alive = sa;
		} else if (alive != NULL &&
			   (sa->command == MANUAL_DELETE || sa->command == MANUAL_DELETE_PAIR)) {
			alive->gone = sa->entry;
			alive->took_pair = sa->command == MANUAL_DELETE_PAIR;
			alive = NULL;
		}
	}
}

/* Notes for each where its like is added: many commands may be about the same one. */
static void find_adds(const struct ids *ids, size_t begin, size_t end)
{
	uint32_t last = MANUAL_NOBODY;
	size_t i;

	for (i = begin; i < end; i++) {
		const struct manual_sa *sa = sa_at(ids, i);

		if (sa->command == MANUAL_ADD && !sa->is_copy)
			last = ids->items[i].index;
		ids->added[i] = last;
	}
	for (last = MANUAL_NOBODY; i > begin; i--) {
		if (sa_at(ids, i - 1)->command == MANUAL_ADD)
			last = ids->items[i - 1].index;
		ids->next[i - 1] = last;
	}
}

static void look_at_same(const struct ids *ids)
{
	size_t begin, end;

	for (begin = 0; begin < ids->count; begin = end) {
		for (end = begin + 1;
		     end < ids->count && manual_rank_equal(&ids->items[begin], &ids->items[end]);)
			end++;
		if (end - begin > 1)
			find_copies(ids, begin, end);
		if (ids->added != NULL)
			find_adds(ids, begin, end);
	}
}

/* The first of the list that is not before WANTED. */
static size_t lower_bound(const struct ids *ids, struct manual_rank wanted)
{
	size_t low = 0, high = ids->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct manual_rank *rank = &ids->items[mid];

		if (rank->high < wanted.high ||
		    (rank->high == wanted.high &&
		     (rank->low < wanted.low ||
		      (rank->low == wanted.low && rank->index < wanted.index))))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct manual_sa *sa_numbered(const struct ids *ids, uint32_t number)
{
	return number != MANUAL_NOBODY ? &ids->pairs->sas[number] : NULL;
}

/*
 * The last one with the id WANTED that is added before the command that WANTED is about, whether it
 * is deleted again or not, or NULL; *LATER is the first one that is added behind it, if there is
 * one.
 */
static struct manual_sa *find_added(const struct ids *ids, struct manual_rank wanted,
				    struct manual_sa **later)
{
	size_t i = lower_bound(ids, wanted);

	*later = NULL;
	if (i < ids->count && manual_rank_equal(&ids->items[i], &wanted))
		*later = sa_numbered(ids, ids->next[i]);
	if (i > 0 && manual_rank_equal(&ids->items[i - 1], &wanted))
		return sa_numbered(ids, ids->added[i - 1]);
	return NULL;
}

/* Says it of the value of a command's pair-spi. */
static void say(struct ids *ids, enum manual_problem code, const struct manual_sa *command,
		const struct manual_sa *other)
{
	const struct doc *doc = ids->pairs->doc;
	uint32_t arg = other != NULL ? manual_command_span(ids->pairs, other).off : 0;

	if (ids->problems == NULL)
		return;
	manual_read(doc, command->entry, &ids->item, NULL);
	manual_say(ids->problems, code,
		   manual_unquoted(doc, manual_find(&ids->item, MANUAL_PAIR_SPI)->arg), arg);
}

static void join(struct ids *ids, struct manual_sa *sa, struct manual_sa *partner,
		 const struct manual_sa *command)
{
	uint32_t a = (uint32_t)(sa - ids->pairs->sas), b = (uint32_t)(partner - ids->pairs->sas);

	if (partner == sa || (partner->partner != MANUAL_NOBODY && partner->partner != a) ||
	    (sa->partner != MANUAL_NOBODY && sa->partner != b)) {
		say(ids, MANUAL_PROBLEM_PAIR_TAKEN, command, partner);
		sa->is_said = true;
		return;
	}
	sa->partner = b;
	partner->partner = a;
}

/* Why what pair-spi names is no partner: as far as that is certain. */
static void say_no_partner(struct ids *ids, const struct manual_sa *command)
{
	const struct manual_side any = { .kind = MANUAL_SIDE_ANY };
	size_t i = lower_bound(ids, rank_of(command->type, command->pair_spi, &any, 0));
	const struct manual_sa *other = i < ids->count ? sa_at(ids, i) : NULL;
	bool there =
		other != NULL && other->type == command->type && other->spi == command->pair_spi;

	if (!there && !ids->pairs->unclear)
		say(ids, MANUAL_PROBLEM_PAIR_MISSING, command, NULL);
	else if (there && !ids->pairs->named && !other->unclear)
		say(ids, MANUAL_PROBLEM_PAIR_NOT_MIRRORED, command, other);
}

/* What the pair-spi of one command, which is about SA, comes to. */
static void pair(struct ids *ids, struct manual_sa *sa, const struct manual_sa *command)
{
	struct manual_sa *later = NULL, *partner = NULL;

	if (sa->src.kind != MANUAL_SIDE_ANY)
		partner = find_added(ids,
				     rank_of(sa->type, command->pair_spi, &sa->src,
					     (size_t)(command - ids->pairs->sas)),
				     &later);
	if (partner != NULL &&
	    (partner->gone < command->entry || is_flushed(ids, partner, command))) {
		say(ids, MANUAL_PROBLEM_PAIR_MISSING, command, NULL);
		sa->is_said = true;
		return;
	}
	if (partner == NULL && later != NULL && manual_side_equal(&later->src, &sa->dst)) {
		say(ids, MANUAL_PROBLEM_PAIR_LATER, command, later);
		partner = later;
	}
	if (partner == NULL || !manual_side_equal(&partner->src, &sa->dst)) {
		sa->is_said = true;
		say_no_partner(ids, command);
		return;
	}
	join(ids, sa, partner, command);
}

static void pair_all(struct ids *ids)
{
	size_t i;

	for (i = 0; i < ids->count; i++) {
		struct manual_sa *sa = &ids->pairs->sas[i], *later;

		if (sa->pair_spi == 0 || sa->is_copy || sa->unclear)
			continue;
		if (sa->command == MANUAL_UPDATE) {
			struct manual_sa *added =
				find_added(ids, rank_of(sa->type, sa->spi, &sa->dst, i), &later);

			if (added != NULL && added->gone > sa->entry && !added->unclear)
				pair(ids, added, sa);
		} else if (sa->command == MANUAL_ADD) {
			pair(ids, sa, sa);
		}
	}
}

void manual_match_ids(struct manual_pairs *pairs, struct problems *problems)
{
	struct ids ids = { .pairs = pairs, .problems = problems, .count = pairs->count };

	sort_ids(&ids);
	if (pairs->paired) {
		ids.added = xmalloc((ids.count + 1) * sizeof *ids.added);
		ids.next = xmalloc((ids.count + 1) * sizeof *ids.next);
	}
	look_at_same(&ids);
	if (pairs->paired)
		pair_all(&ids);
	manual_item_release(&ids.item);
	free(ids.added);
	free(ids.next);
	free(ids.items);
}
