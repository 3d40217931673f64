#include "config.h"

#include "change/several.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/edits.h"

enum { NAMES_IN_TITLE = 3 };

static bool remove_manual(struct change *change, size_t number, struct error *err)
{
	return manual_sa_remove(change, number, false, err);
}

/* How one item of a kind is removed. Parameters go by their names, of which a number is only the
 * place. */
static const struct {
	const struct kind *kind;
	bool (*remove)(struct change *change, size_t number, struct error *err);
} removals[] = {
	{ &kind_rules, rule_remove },      { &kind_psks, psk_remove },
	{ &kind_policies, policy_remove }, { &kind_manual_sas, remove_manual },
	{ &kind_globals, NULL },
};

static int compare_down(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return *x < *y ? 1 : *x > *y ? -1 : 0;
}

/* From the end, so that the numbers of those that are still to go stay as they are. */
static bool remove_numbers(struct change *change, const struct kind *kind, const size_t *down,
			   size_t count, struct error *err)
{
	size_t row = 0, i;

	while (removals[row].kind != kind)
		row++;
	for (i = 0; i < count; i++)
		if ((i == 0 || down[i] != down[i - 1]) &&
		    !removals[row].remove(change, down[i], err))
			return false;
	return true;
}

/* All parameters of one name go together. */
static bool remove_globals(struct change *change, const size_t *numbers, size_t count,
			   struct error *err)
{
	const struct ike_item *g = &change_host(change)->globals;
	bool wanted[IKE_KEYWORD_COUNT] = { false };
	size_t i;

	for (i = 0; i < count; i++)
		wanted[g->stmts[numbers[i]].word] = true;
	for (i = 0; i < IKE_KEYWORD_COUNT; i++)
		if (wanted[i] && !global_remove(change, ike_words[i].name, err))
			return false;
	return true;
}

/* "A, B, C, 4 more" */
static void add_names(const struct kind *kind, struct view *view, const size_t *numbers,
		      size_t count, struct strbuf *sb)
{
	size_t i;

	for (i = 0; i < count && i < NAMES_IN_TITLE; i++) {
		strbuf_addstr(sb, i > 0 ? ", " : "");
		kind->name_of(view, numbers[i], sb);
	}
	if (i < count)
		strbuf_addf(sb, ngettext(", %zu more", ", %zu more", count - i), count - i);
}

static void add_title(struct change *change, const struct kind *kind, const size_t *numbers,
		      size_t count, struct strbuf *title)
{
	struct strbuf names = STRBUF_INIT;
	struct view view;

	view_init(&view, change_host(change), NULL, change_profile(change));
	add_names(kind, &view, numbers, count, &names);
	view_release(&view);
	/* TRANSLATORS: a step that is listed: "Rules: remove INDEXID_1, INDEXID_2" */
	strbuf_addf(title, _("%s: remove %s"), _(kind->title), names.buf);
	strbuf_release(&names);
}

bool several_remove(struct change *change, const struct kind *kind, const size_t *numbers,
		    size_t count, struct error *err)
{
	size_t *down = xmalloc(count * sizeof *down);
	struct strbuf title = STRBUF_INIT;
	bool good;

	add_title(change, kind, numbers, count, &title);
	memcpy(down, numbers, count * sizeof *down);
	qsort(down, count, sizeof *down, compare_down);
	if (count > 1)
		change_begin_group(change, title.buf);
	good = kind == &kind_globals ? remove_globals(change, down, count, err)
				     : remove_numbers(change, kind, down, count, err);
	if (count > 1)
		change_end_group(change, good);
	if (!good && count > 1)
		error_append(err, "; %s", _("none of them was removed"));
	free(down);
	strbuf_release(&title);
	return good;
}
