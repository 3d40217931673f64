/* What the release does not have, and what no longer protects. */
#include "config.h"

#include "lint/rules_ike.h"

#include "base/i18n.h"
#include "lint/lint_internal.h"

static void add_value(struct lint *lint, unsigned row, const struct ike_item *item,
		      const struct ike_stmt *s)
{
	struct strbuf text = STRBUF_INIT;

	if (s->word == IKE_OAKLEY_GROUP || s->word == IKE_P2_PFS)
		strbuf_addf(&text, _("group %u"), s->value);
	else
		strbuf_addstr(&text, ike_words[s->value].name);
	finding_text(lint_add_value(lint, row, item, s), text.buf);
	strbuf_release(&text);
}

static void report_release(struct lint *lint, unsigned row, const struct ike_item *item,
			   const struct ike_stmt *s)
{
	unsigned here = IKE_IN(lint->host->dialect), known, unsure = 0;

	if (!s->good)
		return;
	if (s->word == IKE_OAKLEY_GROUP || s->word == IKE_P2_PFS) {
		if (s->value == 0)
			return;
		known = ike_group_find(s->value)->known;
	} else if (s->word == IKE_AUTH_METHOD || s->word == IKE_ENCR_ALG ||
		   s->word == IKE_AUTH_ALG) {
		known = ike_words[s->value].known;
		unsure = ike_words[s->value].unsure;
	} else {
		return;
	}
	if (known & here)
		return;
	if (!(unsure & here)) {
		add_value(lint, row, item, s);
	} else if (!lint->unsure_said[s->value]) {
		/* Nobody knows it better in the second rule than in the first. */
		lint->unsure_said[s->value] = true;
		add_value(lint, lint_row_after(row, 1), item, s);
	}
}

static void report_release_values(struct lint *lint, unsigned row, const struct ike_item *item)
{
	const struct ike_stmt *pfs = ike_find(item, IKE_P2_PFS);
	size_t i;

	for (i = 0; i < item->ninner; i++)
		report_release(lint, row, item, &item->inner[i]);
	if (pfs != NULL)
		report_release(lint, row, item, pfs);
}

void check_global_release_values(struct lint *lint, unsigned row)
{
	report_release_values(lint, row, &lint->host->globals);
}

void check_release_values(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_release_values(lint, row, rule->item);
}

static void report_release_keywords(struct lint *lint, unsigned row, const struct ike_item *item)
{
	size_t i;

	for (i = 0; i < item->nstmts; i++) {
		unsigned known = ike_words[item->stmts[i].word].known;

		if (known != 0 && (known & IKE_IN(lint->host->dialect)) == 0)
			lint_add_stmt(lint, row, item, &item->stmts[i]);
	}
}

void check_global_release_keywords(struct lint *lint, unsigned row)
{
	report_release_keywords(lint, row, &lint->host->globals);
}

void check_release_keywords(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_release_keywords(lint, row, rule->item);
}

/* Whether a number was not given before; SAID has a bit for each. */
static bool is_new(uint64_t *said, uint32_t number)
{
	uint64_t bit = UINT64_C(1) << number % 64;
	bool fresh = (said[number / 64] & bit) == 0;

	said[number / 64] |= bit;
	return fresh;
}

static void report_weak(struct lint *lint, unsigned row, const struct ike_item *item)
{
	struct strbuf weak = STRBUF_INIT;
	const struct ike_stmt *first = NULL;
	uint64_t words_said[2] = { 0 }, groups_said[1] = { 0 };
	size_t i;

	for (i = 0; i < item->ninner; i++) {
		const struct ike_stmt *s = &item->inner[i];
		bool cipher = s->word == IKE_ENCR_ALG || s->word == IKE_AUTH_ALG;

		if (!s->good || !((cipher && ike_words[s->value].weak) ||
				  (s->word == IKE_OAKLEY_GROUP && ike_group_find(s->value)->weak)))
			continue;
		if (!is_new(cipher ? words_said : groups_said, s->value))
			continue;
		if (first == NULL)
			first = s;
		else
			strbuf_addstr(&weak, ", ");
		if (cipher)
			strbuf_addstr(&weak, ike_words[s->value].name);
		else
			strbuf_addf(&weak, _("group %u"), s->value);
	}
	if (first != NULL)
		finding_text(lint_add_stmt(lint, row, item, first), weak.buf);
	strbuf_release(&weak);
}

void check_global_weak(struct lint *lint, unsigned row)
{
	report_weak(lint, row, &lint->host->globals);
}

void check_weak(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_weak(lint, row, rule->item);
}
