#include "config.h"

#include "change/repair.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "change/repair_batch.h"
#include "change/repair_may.h"
#include "lint/check.h"

/* How often everything is checked again at most. */
#define PASSES 256

/* How many findings there are of each id, of each severity and above. */
struct census {
	size_t (*counts)[SEVERITY_ERROR + 1];
};

struct run {
	struct change *change;
	int64_t now;
	repair_wanted *wanted;
	void *ctx;
	struct repairs *repairs;
	size_t *ids;    /* of each row: the first row with its id */
	size_t limit;   /* how many repairs are made at one go */
	uint64_t *seen; /* what was left out is not tried again: hashes */
	size_t nseen, seen_cap;
	uint64_t *fresh; /* the same, of this pass */
	size_t nfresh, fresh_cap;
	struct batch batch;
};

/* Takes back what was said of the last ones, from number COUNT on. */
static void forget_records(struct repairs *repairs, size_t count)
{
	while (repairs->count > count) {
		struct repaired *one = &repairs->items[--repairs->count];

		repairs->made -= one->fate == REPAIR_MADE;
		repairs->refused -= one->fate == REPAIR_REFUSED;
		free(one->path);
		free(one->text);
		free(one->why);
	}
}

void repairs_release(struct repairs *repairs)
{
	forget_records(repairs, 0);
	free(repairs->items);
	*repairs = (struct repairs){ 0 };
}

static void find_ids(struct run *run)
{
	size_t i;

	run->ids = xcalloc(check_count, sizeof *run->ids);
	for (i = 0; i < check_count; i++)
		run->ids[i] = (size_t)check_find(checks[i].id);
}

static struct census take_census(const struct run *run, const struct lint *lint)
{
	const struct findings *findings = lint_findings(lint);
	struct census census = { xcalloc(check_count, sizeof *census.counts) };
	size_t i, severity;

	for (i = 0; i < findings->count; i++)
		for (severity = SEVERITY_NOTE; severity <= findings->items[i].severity; severity++)
			census.counts[run->ids[findings->items[i].check]][severity]++;
	return census;
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
static uint64_t hash_finding(const struct lint *lint, const struct host *host,
			     const struct finding *finding)
{
	const struct doc *doc = lint_doc(lint, finding);
	uint64_t hash = 0xcbf29ce484222325u;
	size_t rule = SIZE_MAX;

	if (finding->entry != FINDING_NOWHERE && finding->file == LOCATION_IKE_CONFIG)
		rule = host_rule_of_entry(host, finding->entry);
	hash = add_hash(hash, &finding->check, sizeof finding->check);
	hash = add_hash(hash, &finding->file, sizeof finding->file);
	hash = add_hash(hash, &finding->word, sizeof finding->word);
	hash = add_hash(hash, &rule, sizeof rule);
	if (doc != NULL && finding->at.off != FINDING_NOWHERE)
		hash = add_hash(hash, doc->blob.data + finding->at.off, finding->at.len);
	return hash;
}

static bool was_seen(const struct run *run, uint64_t hash)
{
	size_t low = 0, high = run->nseen;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (run->seen[mid] < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return low < run->nseen && run->seen[low] == hash;
}

static int compare_hashes(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
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

/* Adds the repair of a finding to the batch, unless it has none or may not be made. */
static void consider(struct run *run, const struct lint *lint, const struct finding *finding,
		     struct labels *labels)
{
	const struct host *host = change_host(run->change);
	struct repair repair = REPAIR_INIT;
	struct error err = ERROR_INIT;
	uint64_t hash = hash_finding(lint, host, finding);

	if (was_seen(run, hash))
		return;
	repair.next_label = labels->next;
	if (!lint_repair(lint, finding, &repair))
		return;
	if (repair_may(run->change, finding, &repair, &err)) {
		if (repair.label != 0)
			take_label(labels, host, repair.label);
		batch_add(&run->batch, finding, &repair);
		return;
	}
	repair_release(&repair);
	VEC_PUSH(run->fresh, run->nfresh, run->fresh_cap, hash);
	record(run, lint, finding, REPAIR_REFUSED, err.text);
}

/* From now on what was left out is known. */
static void remember(struct run *run)
{
	size_t i;

	for (i = 0; i < run->nfresh; i++)
		VEC_PUSH(run->seen, run->nseen, run->seen_cap, run->fresh[i]);
	run->nfresh = 0;
	if (run->nseen > 1)
		qsort(run->seen, run->nseen, sizeof *run->seen, compare_hashes);
}

/* Fills the batch with what is wanted, up to the limit. Returns how many repairs it has. */
static size_t collect(struct run *run, const struct lint *lint)
{
	const struct findings *findings = lint_findings(lint);
	struct labels labels = { 0 };
	size_t i;

	batch_release(&run->batch);
	for (i = 0; i < findings->count && run->batch.count < run->limit; i++) {
		const struct finding *finding = &findings->items[i];

		if (checks[finding->check].repair != NULL && run->wanted(run->ctx, lint, finding))
			consider(run, lint, finding, &labels);
	}
	free(labels.used);
	remember(run);
	return batch_settle(&run->batch);
}

/*
 * Whether what was found BEFORE has become less by the findings of the batch, and by nothing more.
 * If not, WHY says what is in the way.
 */
static bool is_better(const struct run *run, const struct census *before,
		      const struct census *after, struct strbuf *why)
{
	size_t *made = xcalloc(check_count, sizeof *made), i, severity;
	bool good = true;

	for (i = 0; i < run->batch.count; i++)
		if (!run->batch.items[i].left_out)
			made[run->ids[run->batch.items[i].finding->check]]++;
	for (i = 0; i < check_count && good; i++) {
		const size_t *was = before->counts[i], *is = after->counts[i];

		for (severity = SEVERITY_NOTE; severity <= SEVERITY_ERROR; severity++)
			good &= is[severity] <= was[severity];
		if (!good)
			strbuf_addf(why, _("the result would have another finding: %s, %s"),
				    checks[i].id, _(checks[i].title));
		else if (is[SEVERITY_NOTE] + made[i] > was[SEVERITY_NOTE])
			good = false;
	}
	if (!good && why->len == 0)
		strbuf_addstr(why, _("it would not put this right"));
	free(made);
	return good;
}

static struct lint *check_again(const struct run *run)
{
	struct lint *lint = lint_new(change_host(run->change), change_profile(run->change),
				     change_role(run->change), run->now);

	while (lint_step(lint, SIZE_MAX))
		;
	return lint;
}

static void record_batch(struct run *run, const struct lint *lint)
{
	size_t i;

	for (i = 0; i < run->batch.count; i++)
		if (!run->batch.items[i].left_out)
			record(run, lint, run->batch.items[i].finding, REPAIR_MADE, NULL);
}

/* A batch of one was taken back: that one is given up. */
static void give_up(struct run *run, const struct lint *lint, struct strbuf *why)
{
	const struct finding *finding = run->batch.items[0].finding;

	VEC_PUSH(run->fresh, run->nfresh, run->fresh_cap,
		 hash_finding(lint, change_host(run->change), finding));
	remember(run);
	record(run, lint, finding, REPAIR_TAKEN_BACK, strbuf_detach(why, NULL));
}

/*
 * Makes the batch and checks the result. Returns the check of the result, or NULL where the batch
 * was taken back: then the next one has half as many, down to the one that is to blame.
 */
static struct lint *try_batch(struct run *run, const struct lint *lint)
{
	struct change_mark mark = change_mark(run->change);
	struct census before = take_census(run, lint), after;
	struct strbuf why = STRBUF_INIT;
	struct lint *result;
	struct repairs *repairs = run->repairs;
	size_t recorded = repairs->count;

	/* Their places and words are those of the files before. */
	record_batch(run, lint);
	batch_apply(&run->batch, run->change);
	result = check_again(run);
	after = take_census(run, result);
	if (is_better(run, &before, &after, &why)) {
		run->limit = run->limit > SIZE_MAX / 2 ? SIZE_MAX : run->limit * 2;
	} else {
		forget_records(repairs, recorded);
		lint_free(result);
		result = NULL;
		change_back_to(run->change, mark);
		run->limit = run->batch.count > 1 ? run->batch.count / 2 : 1;
		if (run->batch.count == 1)
			give_up(run, lint, &why);
	}
	free(before.counts);
	free(after.counts);
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
			   .limit = SIZE_MAX };
	struct lint *own = NULL;
	int pass;

	find_ids(&run);
	change_begin(change, "");
	for (pass = 0; pass < PASSES && collect(&run, own != NULL ? own : lint) > 0; pass++) {
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
	free(run.seen);
	free(run.fresh);
}
