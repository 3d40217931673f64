/* Commands of ipseckeys that go. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "change/manual_step.h"

/* The command with the lines that hold nothing else, and what follows of its broken key. */
static void take_out(struct edits *edits, const struct doc *doc, uint32_t entry)
{
	uint32_t i, end = entry + manual_rests(doc, entry);

	for (i = entry; i <= end; i++)
		edit_remove(edits, doc, doc->entries[i].tok, doc->entries[i].end);
}

/* Leaves an empty line where each removed range stood: it keeps apart what would run together. */
static void keep_apart(struct edits *edits, const struct doc *doc)
{
	struct edits apart = { 0 };
	const char *eol = edit_line_end(doc);
	size_t i;

	for (i = 0; i < edits->count; i++)
		edits_add(&apart, doc, edits->items[i].at, eol, strlen(eol));
	edits_release(edits);
	*edits = apart;
}

static bool others_stay(struct change *change, const struct edits *edits,
			const struct manual_expected *expected, struct error *err)
{
	const struct doc *doc = manual_doc(change);
	struct doc *now = doc_edit(doc, edits, NULL);
	bool good = manual_check_others(change, now, expected, err);

	doc_free(now);
	return good;
}

/* What becomes of the other direction, entry PARTNER, when ENTRY goes. */
static void add_note(struct change *change, const struct edits *edits, uint32_t entry,
		     uint32_t partner, struct strbuf *note)
{
	const struct doc *doc = manual_doc(change);
	struct doc *left = doc_edit(doc, edits, NULL);
	uint32_t gone = partner > entry ? 1 + manual_rests(doc, entry) : 0;
	struct manual_reading then, now;

	manual_reading_init(&then, doc);
	manual_reading_init(&now, left);
	manual_add_partner_note(change, &then, partner, &now, partner - gone, note);
	manual_reading_release(&then);
	manual_reading_release(&now);
	doc_free(left);
}

static bool make_edits(struct change *change, const struct manual_expected *expected,
		       struct edits *edits, struct error *err)
{
	const struct doc *doc = manual_doc(change);
	struct error first = ERROR_INIT;
	size_t i;

	for (i = 0; i < 2; i++)
		if (expected->removed[i] != MANUAL_NONE)
			take_out(edits, doc, expected->removed[i]);
	if (others_stay(change, edits, expected, &first))
		return true;
	error_clear(&first);
	keep_apart(edits, doc);
	return others_stay(change, edits, expected, err);
}

static void add_title(struct change *change, size_t number, const char *other, bool pair,
		      struct strbuf *title)
{
	struct strbuf name = STRBUF_INIT;

	manual_add_name(change, number, &name);
	if (pair)
		strbuf_addf(title, _("remove manual SAs %s and %s"), name.buf, other);
	else if (strchr(name.buf, '@') == NULL)
		strbuf_addf(title, _("remove manual SA %s"), name.buf);
	else
		strbuf_addf(title, _("remove command %s"), name.buf);
	strbuf_release(&name);
}

bool manual_sa_remove(struct change *change, size_t number, bool pair, struct error *err)
{
	struct manual_expected expected = MANUAL_EXPECTED_NOTHING;
	struct strbuf title = STRBUF_INIT, other = STRBUF_INIT, note = STRBUF_INIT;
	struct host *host = change_host(change);
	size_t partner = manual_sa_partner(host, number);
	bool has_partner = partner < host->ncommands, good;
	struct edits edits = { 0 };

	if (has_partner)
		manual_add_name(change, partner, &other);
	add_title(change, number, other.buf, pair && has_partner, &title);
	expected.removed[0] = host->commands[number];
	if (pair && has_partner)
		expected.removed[1] = host->commands[partner];
	good = manual_may_change(change, title.buf, err);
	if (good && pair && !has_partner)
		good = error_set(err, ERROR_NOT_FOUND,
				 _("%s: no command adds the other direction of it"), title.buf);
	good = good && make_edits(change, &expected, &edits, err);
	if (good) {
		if (has_partner && !pair)
			add_note(change, &edits, expected.removed[0], host->commands[partner],
				 &note);
		manual_make_step(change, title.buf, &edits, note.len > 0 ? note.buf : NULL);
	}
	edits_release(&edits);
	strbuf_release(&title);
	strbuf_release(&other);
	strbuf_release(&note);
	return good;
}
