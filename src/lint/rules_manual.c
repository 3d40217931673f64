/* Commands of ipseckeys: what the release does not have, and what no longer protects. */
#include "config.h"

#include "lint/rules_manual.h"

#include <inttypes.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "lint/lint_internal.h"

static struct finding *add_field(struct lint *lint, unsigned row, const struct lint_manual *manual,
				 const struct manual_field *f)
{
	const struct manual_item *item = manual->item;
	struct finding *finding = lint_add(lint, row, LOCATION_IPSECKEYS, item->entry,
					   doc_span(item->doc, f->tok, f->end));

	if (finding != NULL)
		finding->word = f->word;
	return finding;
}

static void report_word(struct lint *lint, unsigned row, const struct lint_manual *manual,
			unsigned word, uint32_t tok)
{
	unsigned known = manual_words[word].known;
	struct finding *finding;

	if (known == 0 || (known & MANUAL_IN(lint->host->dialect)))
		return;
	finding = lint_add(lint, row, LOCATION_IPSECKEYS, manual->item->entry,
			   doc_span(manual->item->doc, tok, tok + 1));
	if (finding != NULL)
		finding->word = (uint8_t)word;
}

/* The algorithm itself, and the lengths of its key where releases differ in them. */
static void report_algorithm(struct lint *lint, unsigned row, const struct lint_manual *manual,
			     const struct ipsec_alg *alg, enum manual_word name)
{
	const struct manual_item *item = manual->item;
	const struct manual_field *f = manual_find(item, name);
	unsigned here = IPSEC_IN(lint->host->dialect);
	size_t number;

	if (alg == NULL)
		return;
	number = (size_t)(alg - ipsec_algs);
	if (!(alg->known & here) && !(alg->unsure & here)) {
		finding_text(add_field(lint, lint_row_after(row, 1), manual, f), alg->names[0]);
	} else if (!(alg->known & here) && !(lint->unsure_algs & (uint32_t)1 << number)) {
		/* Nobody knows it better in the second command than in the first. */
		lint->unsure_algs |= (uint32_t)1 << number;
		finding_text(add_field(lint, lint_row_after(row, 2), manual, f), alg->names[0]);
	}
	if ((alg->usual_only & here) && item->encr_key.text.len > 0 &&
	    item->encr_key.bits != alg->usual && ipsec_alg_has_size(alg, item->encr_key.bits)) {
		f = manual_find(item, MANUAL_ENCRKEY);
		finding_numbers(add_field(lint, lint_row_after(row, 3), manual, f),
				item->encr_key.bits, 0);
	}
}

void check_manual_release(struct lint *lint, unsigned row, const struct lint_manual *manual)
{
	const struct manual_item *item = manual->item;
	const struct token *command = &item->doc->tokens[item->doc->entries[item->entry].tok];
	size_t i;

	if (item->command == 0)
		return;
	report_word(lint, row, manual, command->word, item->doc->entries[item->entry].tok);
	for (i = 0; i < item->nfields; i++)
		report_word(lint, row, manual, item->fields[i].word, item->fields[i].tok);
	report_algorithm(lint, row, manual, item->auth_alg, MANUAL_AUTHALG);
	report_algorithm(lint, row, manual, item->encr_alg, MANUAL_ENCRALG);
}

void check_manual_weak(struct lint *lint, unsigned row, const struct lint_manual *manual)
{
	const struct manual_item *item = manual->item;
	const struct ipsec_alg *auth = item->auth_alg, *encr = item->encr_alg;
	bool weak_auth = auth != NULL && auth->weak, weak_encr = encr != NULL && encr->weak;
	struct strbuf text = STRBUF_INIT;

	if (!weak_auth && !weak_encr)
		return;
	if (weak_encr)
		strbuf_addstr(&text, encr->names[0]);
	if (weak_auth)
		strbuf_addf(&text, "%s%s", weak_encr ? ", " : "", auth->names[0]);
	finding_text(add_field(lint, row, manual,
			       manual_find(item, weak_encr ? MANUAL_ENCRALG : MANUAL_AUTHALG)),
		     text.buf);
	strbuf_release(&text);
}

/* The name as it stands in the command; a number tells nobody anything. */
void manual_fill_algorithm(const struct lint *lint, const struct finding *finding,
			   struct strbuf *sb)
{
	enum manual_word name = finding->word == MANUAL_AUTHKEY ? MANUAL_AUTHALG : MANUAL_ENCRALG;
	struct manual_item item = MANUAL_ITEM_INIT;
	const struct ipsec_alg *alg;
	const struct doc *doc = lint_doc(lint, finding);
	const struct manual_field *f;

	manual_read(doc, finding->entry, &item, NULL);
	f = manual_find(&item, name);
	alg = name == MANUAL_AUTHALG ? item.auth_alg : item.encr_alg;
	if (f != NULL && alg != NULL) {
		char first = *doc_text(doc, f->arg);

		if (first >= '0' && first <= '9' && doc->tokens[f->arg].len < 4)
			strbuf_addstr(sb, alg->names[0]);
		else
			doc_print(doc, doc_span(doc, f->arg, f->end), sb);
	}
	manual_item_release(&item);
}

/* "128", "128, 192 or 256", "32 to 448". EXTRA bits come to each length. */
static void add_sizes(const struct ipsec_alg *alg, bool usual_only, uint64_t extra,
		      struct strbuf *sb)
{
	unsigned min = usual_only ? alg->usual : alg->min, max = usual_only ? min : alg->max, size;

	if (alg->step == 0 || max == min) {
		strbuf_addf(sb, "%" PRIu64, min + extra);
		return;
	}
	if ((max - min) / alg->step > 3) {
		strbuf_addf(sb, _("%" PRIu64 " to %" PRIu64), min + extra, max + extra);
		return;
	}
	for (size = min; size < max; size += alg->step)
		strbuf_addf(sb, "%s%" PRIu64, size > min ? ", " : "", size + extra);
	strbuf_addf(sb, _(" or %" PRIu64), max + extra);
}

void manual_fill_sizes(const struct lint *lint, const struct finding *finding, struct strbuf *sb)
{
	bool encr = finding->word == MANUAL_ENCRKEY;
	struct manual_item item = MANUAL_ITEM_INIT;
	const struct ipsec_alg *alg;

	manual_read(lint_doc(lint, finding), finding->entry, &item, NULL);
	alg = encr ? item.encr_alg : item.auth_alg;
	if (alg != NULL)
		add_sizes(alg, (alg->usual_only & IPSEC_IN(lint->host->dialect)) != 0,
			  encr ? alg->salt + manual_number(&item, MANUAL_RESERVED_BITS) : 0, sb);
	manual_item_release(&item);
}
