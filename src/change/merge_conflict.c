/* Conflicts, in words. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/merge_private.h"

void conflict_release(struct conflict *conflict)
{
	free(conflict->item);
	free(conflict->why);
	free(conflict->was);
	free(conflict->theirs);
	free(conflict->ours);
	free(conflict->keys);
}

void merge_release(struct merge *merge)
{
	size_t i;

	for (i = 0; i < merge->count; i++)
		conflict_release(&merge->items[i]);
	free(merge->items);
	*merge = (struct merge){ 0 };
}

/* One of the versions of an item: its lines. */
struct version {
	const struct doc *doc; /* NULL: it is not there */
	struct span at;
};

/* The first line of AT with its line end, or the last one. */
static size_t line_length(const struct version *v, bool last)
{
	const char *bytes = v->doc->blob.data + v->at.off;
	size_t len = v->at.len, start = len;
	const char *newline;

	if (!last) {
		newline = memchr(bytes, '\n', len);
		return newline != NULL ? (size_t)(newline + 1 - bytes) : len;
	}
	start = len > 0 ? len - 1 : 0;
	while (start > 0 && bytes[start - 1] != '\n')
		start--;
	return len - start;
}

/* Takes the first line, or the last one, from all versions that are there, where it is the same. */
static bool trim(struct version versions[3], bool last)
{
	const char *line = NULL;
	size_t len = 0, i, there = 0;

	for (i = 0; i < 3; i++) {
		struct version *v = &versions[i];
		size_t own;
		const char *text;

		if (v->doc == NULL)
			continue;
		own = line_length(v, last);
		text = v->doc->blob.data + v->at.off + (last ? v->at.len - own : 0);
		if (own == 0 || (there > 0 && (own != len || memcmp(text, line, len) != 0)))
			return false;
		line = text;
		len = own;
		there++;
	}
	for (i = 0; i < 3 && there > 1; i++) {
		if (versions[i].doc == NULL)
			continue;
		versions[i].at.off += last ? 0 : (uint32_t)len;
		versions[i].at.len -= (uint32_t)len;
	}
	return there > 1;
}

static char *print_lines(const struct version *v)
{
	struct version rest = *v;
	struct strbuf sb = STRBUF_INIT;

	if (v->doc == NULL)
		return NULL;
	while (rest.at.len > 0) {
		size_t len = line_length(&rest, false);
		struct span line = { rest.at.off, (uint32_t)len };

		while (line.len > 0 &&
		       strchr("\r\n", rest.doc->blob.data[line.off + line.len - 1]) != NULL)
			line.len--;
		doc_print(rest.doc, line, &sb);
		strbuf_addch(&sb, '\n');
		rest.at.off += (uint32_t)len;
		rest.at.len -= (uint32_t)len;
	}
	return strbuf_detach(&sb, NULL);
}

static bool alike(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static void set_texts(struct conflict *conflict, struct version versions[3])
{
	char **const texts[3] = { &conflict->was, &conflict->theirs, &conflict->ours };
	size_t i;

	while (trim(versions, false))
		;
	while (trim(versions, true))
		;
	for (i = 0; i < 3; i++) {
		free(*texts[i]);
		*texts[i] = print_lines(&versions[i]);
	}
	conflict->hidden = alike(conflict->was, conflict->theirs) ||
			   alike(conflict->was, conflict->ours) ||
			   alike(conflict->theirs, conflict->ours);
}

static const char *why_text(const struct clash *clash)
{
	switch (clash->kind) {
	case CLASH_BOTH:
		if (clash->theirs == UNITS_NONE)
			return _("somebody else removed it, or it is another one now");
		return clash->ours == UNITS_NONE
			       ? _("somebody else changed it, and this change removes it")
			       : _("somebody else changed it too");
	case CLASH_ADDED:
		return _("somebody else added another one under this name");
	case CLASH_PLACE:
		return _("somebody else put something in the same place, and the order matters");
	case CLASH_UNSURE:
		return _(
			"there are more or fewer of them now, and which one is meant cannot be told");
	case CLASH_BETWEEN:
		return _("somebody else changed the text around it");
	case CLASH_FILE:
		break;
	}
	return _("with what somebody else changed, this change would mean something else");
}

static const struct unit *unit_at(const struct units *units, uint32_t number)
{
	return number != UNITS_NONE ? &units->items[number] : NULL;
}

/* By what a conflict is known again. */
static void set_keys(struct unit_key keys[3], const struct merge_doc *d, const struct clash *clash)
{
	const struct unit *base = unit_at(&d->base_units, clash->base),
			  *theirs = unit_at(&d->theirs_units, clash->theirs),
			  *ours = unit_at(&d->ours_units, clash->ours);

	memset(keys, 0, 3 * sizeof *keys);
	if (base == NULL && ours == NULL)
		keys[0] = (struct unit_key){ clash->kind, clash->base_at.off };
	if (base != NULL)
		keys[0] = base->key;
	if (theirs != NULL && clash->kind != CLASH_PLACE)
		keys[1] = theirs->key;
	if (ours != NULL)
		keys[2] = ours->key;
}

static bool is_set(const struct unit_key *key)
{
	return key->a != 0 || key->b != 0;
}

static bool has_key(const struct conflict *conflict, const struct unit_key *key)
{
	size_t i;

	for (i = 0; i < conflict->nkeys; i++)
		if (unit_key_equal(&conflict->keys[i], key))
			return true;
	return false;
}

static struct conflict *find(struct merge *merge, uint32_t number, const struct unit_key keys[3])
{
	size_t i, j;

	for (i = 0; i < merge->count; i++)
		for (j = 0; j < 3 && merge->items[i].number == number; j++)
			if (is_set(&keys[j]) && has_key(&merge->items[i], &keys[j]))
				return &merge->items[i];
	return NULL;
}

static struct conflict *add(struct merge *merge, uint32_t number, const char *why)
{
	struct conflict conflict = { .number = number, .why = xstrdup(why) };

	VEC_PUSH(merge->items, merge->count, merge->cap, conflict);
	return &merge->items[merge->count - 1];
}

static char *name_of(const struct merge_doc *d, const struct clash *clash)
{
	const struct unit *base = unit_at(&d->base_units, clash->base),
			  *ours = unit_at(&d->ours_units, clash->ours);
	struct strbuf name = STRBUF_INIT;

	if (base != NULL)
		unit_name(d->base, base, &name);
	else if (ours != NULL)
		unit_name(d->ours, ours, &name);
	else
		strbuf_addstr(&name, clash->kind == CLASH_FILE ? _("the file as a whole")
							       : _("text between the items"));
	return strbuf_detach(&name, NULL);
}

/* What this change makes of it in the end: of several steps the last one's. */
static void update(struct conflict *conflict, const struct merge_doc *d, const struct clash *clash)
{
	struct version versions[3] = {
		{ clash->base_at.len > 0 ? d->base : NULL, clash->base_at },
		{ clash->theirs != UNITS_NONE ? d->theirs : NULL, clash->theirs_at },
		{ clash->ours_at.len > 0 ? d->ours : NULL, clash->ours_at }
	};

	/* An item as a whole, whatever else of the group goes with it. */
	if (clash->base != UNITS_NONE)
		versions[0].at = d->base_units.items[clash->base].at;
	set_texts(conflict, versions);
	conflict->theirs_only |= clash->theirs_only;
}

enum merge_choice conflict_choose(struct merge *merge, uint32_t number,
				  const struct merge_doc *documents, const struct clash *clash)
{
	struct unit_key keys[3];
	struct conflict *conflict;
	size_t i;

	set_keys(keys, documents, clash);
	conflict = find(merge, number, keys);
	if (conflict == NULL) {
		conflict = add(merge, number, why_text(clash));
		conflict->item = name_of(documents, clash);
		update(conflict, documents, clash);
		if (clash->theirs != UNITS_NONE)
			conflict->line =
				doc_position(
					(struct doc *)documents->theirs,
					documents->theirs_units.items[clash->theirs].tokens.off)
					.line;
	} else if (conflict->choice == MERGE_OPEN) {
		struct conflict first = *conflict;

		/* What was there before all steps is what it was. */
		conflict->was = conflict->theirs = NULL;
		first.ours = NULL;
		update(conflict, documents, clash);
		free(conflict->was);
		free(conflict->theirs);
		conflict->was = first.was;
		conflict->theirs = first.theirs;
	}
	for (i = 0; i < 3; i++)
		if (is_set(&keys[i]) && !has_key(conflict, &keys[i]))
			VEC_PUSH(conflict->keys, conflict->nkeys, conflict->keys_cap, keys[i]);
	return conflict->choice;
}

static char *copy(const char *text)
{
	return text != NULL ? xstrdup(text) : NULL;
}

enum merge_choice conflict_choose_text(struct merge *merge, uint32_t number, const char *item,
				       const char *why, const char *was, const char *theirs,
				       const char *ours)
{
	/* By its words: a file has one of each kind at most. */
	struct unit_key keys[3] = { { UINT64_MAX, strlen(why) } };
	struct conflict *conflict = find(merge, number, keys);

	if (conflict == NULL) {
		conflict = add(merge, number, why);
		VEC_PUSH(conflict->keys, conflict->nkeys, conflict->keys_cap, keys[0]);
		conflict->item = xstrdup(item);
		conflict->was = copy(was);
		conflict->theirs = copy(theirs);
		conflict->ours = copy(ours);
		conflict->theirs_only = ours == NULL;
	}
	return conflict->choice;
}
