#include "config.h"

#include "change/repair.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "change/repair_batch.h"
#include "change/repair_judge.h"
#include "change/repair_may.h"
#include "lint/check.h"

/* How often everything is checked again at most. What is good is found in few passes; each of many
 * repairs of one entry that are not costs one. */
#define PASSES 256

/* Findings that are known again by their hashes. */
struct known {
	uint64_t *items; /* sorted, once sort_known was called */
	size_t count, cap;
};

struct run {
	struct change *change;
	int64_t now;
	repair_wanted *wanted;
	void *ctx;
	struct repairs *repairs;
	size_t *ids;           /* see tally_ids */
	size_t limit;          /* how many repairs are made at one go */
	struct known refused;  /* is not tried again in this round */
	struct known given_up; /* nor is this */
	struct known later;    /* waits until something was made, or nothing else is left */
	bool progress;         /* something was made in this round */
	struct batch batch;
};

static void forget_record(struct repairs *repairs, const struct repaired *one)
{
	repairs->made -= one->fate == REPAIR_MADE;
	repairs->refused -= one->fate == REPAIR_REFUSED;
	free(one->path);
	free(one->text);
	free(one->why);
}

/* Takes back what was said of the last ones, from number COUNT on. */
static void forget_records(struct repairs *repairs, size_t count)
{
	while (repairs->count > count)
		forget_record(repairs, &repairs->items[--repairs->count]);
}

/* Keeps of what was said only what was made. */
static void forget_failures(struct repairs *repairs)
{
	size_t i, count = 0;

	for (i = 0; i < repairs->count; i++) {
		if (repairs->items[i].fate == REPAIR_MADE)
			repairs->items[count++] = repairs->items[i];
		else
			forget_record(repairs, &repairs->items[i]);
	}
	repairs->count = count;
}

void repairs_release(struct repairs *repairs)
{
	forget_records(repairs, 0);
	free(repairs->items);
	*repairs = (struct repairs){ 0 };
}

/* Says what was, or was not, done about a finding. WHY is adopted. */
static void record(struct run *run, const struct lint *lint, const struct finding *finding,
		   enum repair_fate fate, char *why)
{
	struct doc *doc = lint_doc(lint, finding);
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	struct repaired one = { .id = checks[finding->check].id, .fate = fate, .why = why };

	print_addstr(&path, lint_path(lint, finding));
	if (doc != NULL && finding->at.off != FINDING_NOWHERE)
		one.line = doc_position(doc, finding->at.off).line;
	lint_message(lint, finding, &text);
	one.path = strbuf_detach(&path, NULL);
	one.text = strbuf_detach(&text, NULL);
	VEC_PUSH(run->repairs->items, run->repairs->count, run->repairs->cap, one);
	run->repairs->made += fate == REPAIR_MADE;
	run->repairs->refused += fate == REPAIR_REFUSED;
}

static uint64_t add_hash(uint64_t hash, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;

	while (len-- > 0)
		hash = (hash ^ *p++) * 0x100000001b3u;
	return hash;
}

/* What a finding is about, so that it is known again where others have moved it. */
static uint64_t hash_finding(const struct run *run, const struct lint *lint,
			     const struct finding *finding)
{
	const struct doc *doc = lint_doc(lint, finding);
	uint32_t number = tally_entry(change_host(run->change), finding);
	uint64_t hash = 0xcbf29ce484222325u;

	hash = add_hash(hash, &finding->check, sizeof finding->check);
	hash = add_hash(hash, &finding->file, sizeof finding->file);
	hash = add_hash(hash, &finding->word, sizeof finding->word);
	hash = add_hash(hash, &number, sizeof number);
	if (doc != NULL && finding->at.off != FINDING_NOWHERE)
		hash = add_hash(hash, doc->blob.data + finding->at.off, finding->at.len);
	return hash;
}

static void know(struct known *known, uint64_t hash)
{
	VEC_PUSH(known->items, known->count, known->cap, hash);
}

static int compare_hashes(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void sort_known(struct known *known)
{
	if (known->count > 1)
		qsort(known->items, known->count, sizeof *known->items, compare_hashes);
}

static bool is_known(const struct known *known, uint64_t hash)
{
	return known->count > 0 &&
	       bsearch(&hash, known->items, known->count, sizeof hash, compare_hashes) != NULL;
}

/* The labels that are left for rules which get one. */
struct labels {
	bool *used;
	uint32_t next; /* 0: nobody has asked yet */
};

static void take_label(struct labels *labels, const struct host *host, uint32_t label)
{
	if (labels->used == NULL)
		labels->used = host_used_labels(host);
	labels->next = label + 1;
	while (labels->next <= host->nrules && labels->used[labels->next])
		labels->next++;
}

/* Adds the repair of a finding to the batch, unless it has none or may not be made: then REFUSED
 * knows it. */
static void consider(struct run *run, const struct lint *lint, const struct finding *finding,
		     struct labels *labels, struct known *refused)
{
	struct repair repair = REPAIR_INIT;
	struct error err = ERROR_INIT;
	uint64_t hash = hash_finding(run, lint, finding);

	if (is_known(&run->refused, hash) || is_known(&run->given_up, hash) ||
	    is_known(&run->later, hash))
		return;
	repair.next_label = labels->next;
	if (!lint_repair(lint, finding, &repair))
		return;
	if (repair_may(run->change, finding, &repair, &err)) {
		if (repair.label != 0)
			take_label(labels, change_host(run->change), repair.label);
		batch_add(&run->batch, finding, &repair);
		return;
	}
	repair_release(&repair);
	know(refused, hash);
	record(run, lint, finding, REPAIR_REFUSED, err.text);
}

/* Fills the batch with what is wanted, up to the limit. Returns how many repairs it has. */
static size_t collect(struct run *run, const struct lint *lint)
{
	const struct findings *findings = lint_findings(lint);
	struct labels labels = { 0 };
	struct known refused = { 0 };
	size_t i;

	batch_release(&run->batch);
	for (i = 0; i < findings->count && run->batch.count < run->limit; i++) {
		const struct finding *finding = &findings->items[i];

		if (checks[finding->check].repair != NULL && run->wanted(run->ctx, lint, finding))
			consider(run, lint, finding, &labels, &refused);
	}
	for (i = 0; i < refused.count; i++)
		know(&run->refused, refused.items[i]);
	sort_known(&run->refused);
	free(refused.items);
	free(labels.used);
	return batch_settle(&run->batch);
}

/* Forgets what could not be made, as if nothing had been tried yet. */
static void begin_round(struct run *run)
{
	run->limit = SIZE_MAX;
	run->refused.count = 0;
	run->given_up.count = 0;
	run->progress = false;
	forget_failures(run->repairs);
}

/*
 * The same, and where nothing else is left, of what had to wait. In the end everything is tried
 * once more, unless nothing was made: so doing all of it again would find nothing to do.
 */
static size_t collect_next(struct run *run, const struct lint *lint)
{
	size_t count = collect(run, lint);

	if (count == 0 && run->later.count > 0) {
		run->later.count = 0;
		count = collect(run, lint);
	}
	if (count == 0 && run->progress) {
		begin_round(run);
		count = collect(run, lint);
	}
	return count;
}

static struct lint *check_again(const struct run *run)
{
	struct lint *lint = lint_new(change_host(run->change), change_profile(run->change),
				     change_role(run->change), run->now);

	while (lint_step(lint, SIZE_MAX))
		;
	return lint;
}

static void give_up(struct run *run, const struct lint *lint, const struct finding *finding,
		    const char *why)
{
	know(&run->given_up, hash_finding(run, lint, finding));
	record(run, lint, finding, REPAIR_TAKEN_BACK, xstrdup(why));
}

/* Whether two findings are about one entry. Those of one entry mostly stand together. */
static bool is_sibling(const struct run *run, const struct batch_item *a,
		       const struct batch_item *b)
{
	const struct host *host = change_host(run->change);

	return a->finding->file == b->finding->file &&
	       tally_entry(host, a->finding) == tally_entry(host, b->finding);
}

/*
 * Finds who is to blame for a batch that was taken back: what was repaired in an entry that has
 * more findings than before. Alone in its entry it is given up; of several the others wait. Returns
 * whether anybody was found.
 */
static bool blame(struct run *run, const struct lint *lint, const struct tally *before,
		  const struct tally *after)
{
	const struct host *host = change_host(run->change);
	const struct batch_item *last = NULL;
	bool found = false, alone = true;
	struct strbuf why = STRBUF_INIT;
	size_t i;

	for (i = 0; i < run->batch.count; i++) {
		const struct batch_item *item = &run->batch.items[i], *next = item + 1;
		uint32_t number = tally_entry(host, item->finding);
		size_t worse;

		if (item->left_out || number == UINT32_MAX)
			continue;
		worse = tally_worse(before, after, item->finding->file, number);
		if (worse == check_count)
			continue;
		found = true;
		if (last != NULL && is_sibling(run, last, item)) {
			know(&run->later, hash_finding(run, lint, item->finding));
			continue;
		}
		last = item;
		for (alone = true;
		     next < run->batch.items + run->batch.count && is_sibling(run, item, next);
		     next++)
			alone &= next->left_out;
		strbuf_clear(&why);
		strbuf_addf(&why, _("the result would have another finding: %s, %s"),
			    checks[worse].id, _(checks[worse].title));
		if (alone)
			give_up(run, lint, item->finding, why.buf);
	}
	sort_known(&run->given_up);
	sort_known(&run->later);
	strbuf_release(&why);
	return found;
}

static bool is_better(const struct run *run, const struct tally *before, const struct tally *after,
		      struct strbuf *why)
{
	size_t *made = xcalloc(check_count, sizeof *made), i;
	bool better;

	for (i = 0; i < run->batch.count; i++)
		if (!run->batch.items[i].left_out)
			made[run->ids[run->batch.items[i].finding->check]]++;
	better = tally_is_better(before, after, made, why);
	free(made);
	return better;
}

/*
 * What becomes of a batch that was taken back: who is to blame is left out. Where nobody is found,
 * the next batch has half as many, down to the one that it must be.
 */
static void learn(struct run *run, const struct lint *lint, const struct tally *before,
		  const struct tally *after, const char *why)
{
	if (run->batch.count == 1) {
		give_up(run, lint, run->batch.items[0].finding, why);
		sort_known(&run->given_up);
	} else if (!blame(run, lint, before, after)) {
		run->limit = run->batch.count / 2;
	}
}

/* Makes the batch and checks the result. Returns the check of the result, or NULL where the batch
 * was taken back. */
static struct lint *try_batch(struct run *run, const struct lint *lint)
{
	struct change_mark mark = change_mark(run->change);
	struct host *host = change_host(run->change);
	size_t recorded = run->repairs->count, i;
	struct strbuf why = STRBUF_INIT;
	struct tally before, after;
	struct lint *result;

	tally_take(&before, lint, host, run->ids);
	/* Their places and words are those of the files before. */
	for (i = 0; i < run->batch.count; i++)
		if (!run->batch.items[i].left_out)
			record(run, lint, run->batch.items[i].finding, REPAIR_MADE, NULL);
	batch_apply(&run->batch, run->change);
	result = check_again(run);
	tally_take(&after, result, host, run->ids);
	if (is_better(run, &before, &after, &why)) {
		run->limit = run->limit > SIZE_MAX / 2 ? SIZE_MAX : run->limit * 2;
		run->later.count = 0;
		run->progress = true;
	} else {
		forget_records(run->repairs, recorded);
		lint_free(result);
		result = NULL;
		change_back_to(run->change, mark);
		learn(run, lint, &before, &after, why.buf);
	}
	tally_release(&before);
	tally_release(&after);
	strbuf_release(&why);
	return result;
}

static void name_step(struct run *run)
{
	const struct repairs *repairs = run->repairs;
	struct strbuf title = STRBUF_INIT;
	size_t i;

	for (i = 0; i < repairs->count && repairs->items[i].fate != REPAIR_MADE; i++)
		;
	if (repairs->made == 1)
		strbuf_addf(&title, _("repair %s"), repairs->items[i].id);
	else
		strbuf_addf(&title,
			    ngettext("repair %zu finding", "repair %zu findings", repairs->made),
			    repairs->made);
	change_name(run->change, title.buf);
	strbuf_release(&title);
}

void repair_findings(struct change *change, const struct lint *lint, int64_t now,
		     repair_wanted *wanted, void *ctx, struct repairs *repairs)
{
	struct run run = { .change = change,
			   .now = now,
			   .wanted = wanted,
			   .ctx = ctx,
			   .repairs = repairs,
			   .ids = tally_ids(),
			   .limit = SIZE_MAX };
	struct lint *own = NULL;
	int pass;

	change_begin(change, "");
	for (pass = 0; pass < PASSES && collect_next(&run, own != NULL ? own : lint) > 0; pass++) {
		struct lint *result = try_batch(&run, own != NULL ? own : lint);

		if (result != NULL) {
			lint_free(own);
			own = result;
		}
	}
	repairs->stopped = pass == PASSES;
	name_step(&run);
	batch_release(&run.batch);
	lint_free(own);
	free(run.ids);
	free(run.refused.items);
	free(run.given_up.items);
	free(run.later.items);
}
