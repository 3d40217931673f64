#include "config.h"

#include "change/repair_batch.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "change/force.h"

/* An edit, and which item of the batch it belongs to. */
struct owned {
	struct edit *edit;
	uint32_t item;
	uint32_t number; /* among all, so that what stands at one place keeps its order */
	enum location location;
};

void batch_add(struct batch *batch, const struct finding *finding, struct repair *repair)
{
	struct batch_item item = { .finding = finding, .repair = *repair };

	VEC_PUSH(batch->items, batch->count, batch->cap, item);
	*repair = (struct repair)REPAIR_INIT;
}

/* As a list of edits has them: what is put in before what is replaced there. */
static int compare_owned(const void *a, const void *b)
{
	const struct owned *x = a, *y = b;
	bool x_in = x->edit->at.len == 0, y_in = y->edit->at.len == 0;

	if (x->location != y->location)
		return x->location < y->location ? -1 : 1;
	if (x->edit->at.off != y->edit->at.off)
		return x->edit->at.off < y->edit->at.off ? -1 : 1;
	if (x_in != y_in)
		return x_in ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

/* All edits of items that are not left out, sorted. The caller frees the list. */
static struct owned *collect(struct batch *batch, size_t *count)
{
	struct owned *all = NULL;
	size_t cap = 0, i, k;

	*count = 0;
	for (i = 0; i < batch->count; i++) {
		struct batch_item *item = &batch->items[i];

		for (k = 0; k < item->repair.edits.count && !item->left_out; k++) {
			struct owned one = { &item->repair.edits.items[k], (uint32_t)i,
					     (uint32_t)*count, (enum location)item->finding->file };

			VEC_PUSH(all, *count, cap, one);
		}
	}
	if (*count > 1)
		qsort(all, *count, sizeof *all, compare_owned);
	return all;
}

static bool overlap(const struct owned *before, const struct owned *behind)
{
	return before->location == behind->location &&
	       behind->edit->at.off < before->edit->at.off + before->edit->at.len;
}

size_t batch_settle(struct batch *batch)
{
	size_t count, i, left = 0;
	struct owned *all = collect(batch, &count);
	const struct owned *last = NULL; /* the one that reaches furthest of those that stay */

	for (i = 0; i < count; i++) {
		struct owned *one = &all[i];

		if (batch->items[one->item].left_out)
			continue;
		if (last == NULL || !overlap(last, one)) {
			last = one;
		} else if (last->item <= one->item) {
			batch->items[one->item].left_out = true;
		} else {
			batch->items[last->item].left_out = true;
			last = one;
		}
	}
	free(all);
	for (i = 0; i < batch->count; i++)
		left += !batch->items[i].left_out;
	return left;
}

static void apply_edits(struct batch *batch, struct change *change)
{
	struct edits edits[LOCATION_FILES] = { 0 };
	size_t count, i;
	struct owned *all = collect(batch, &count);

	for (i = 0; i < count; i++) {
		struct edits *list = &edits[all[i].location];

		VEC_PUSH(list->items, list->count, list->cap, *all[i].edit);
		all[i].edit->text = (struct blob){ 0 };
	}
	free(all);
	for (i = 0; i < LOCATION_FILES; i++)
		change_apply(change, (enum location)i, &edits[i]);
}

static void apply_access(const struct batch_item *item, struct change *change)
{
	const struct repair *repair = &item->repair;
	const struct file_info *info = host_info(change_host(change), item->finding->file);
	struct access access = { info->mode & 07777, info->uid, info->gid };

	if (repair->set_mode)
		access.mode = repair->mode;
	if (repair->set_owner) {
		access.uid = repair->uid;
		access.gid = repair->gid;
	}
	change_set_access(change, item->finding->file, &access);
}

/* The rules that are repaired, by their numbers, which no repair changes. The caller frees them. */
static size_t *find_rules(const struct batch *batch, const struct host *host, size_t *count)
{
	size_t *numbers = NULL, cap = 0, i;

	*count = 0;
	for (i = 0; i < batch->count; i++) {
		const struct finding *finding = batch->items[i].finding;
		size_t number;

		if (batch->items[i].left_out || finding->file != LOCATION_IKE_CONFIG ||
		    finding->entry == FINDING_NOWHERE)
			continue;
		number = host_rule_of_entry(host, finding->entry);
		if (number < host->nrules && (*count == 0 || numbers[*count - 1] != number))
			VEC_PUSH(numbers, *count, cap, number);
	}
	return numbers;
}

void batch_apply(struct batch *batch, struct change *change)
{
	struct host *host = change_host(change);
	size_t nrules = host->nrules, count, i;
	size_t *rules = find_rules(batch, host, &count);
	bool config = false;

	for (i = 0; i < batch->count; i++) {
		const struct batch_item *item = &batch->items[i];

		if (item->left_out)
			continue;
		config |=
			item->finding->file == LOCATION_IKE_CONFIG && item->repair.edits.count > 0;
		if (item->repair.set_mode || item->repair.set_owner)
			apply_access(item, change);
	}
	apply_edits(batch, change);
	if (host->nrules == nrules)
		force_rules(change, rules, count);
	if (config)
		force_globals(change);
	free(rules);
}

void batch_release(struct batch *batch)
{
	size_t i;

	for (i = 0; i < batch->count; i++)
		repair_release(&batch->items[i].repair);
	free(batch->items);
	*batch = (struct batch){ 0 };
}
