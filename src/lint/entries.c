/* One entry at a time: read, what its reader stumbled over, and the functions of its rows. */
#include "config.h"

#include "lint/lint_internal.h"
#include "lint/policies.h"
#include "lint/words.h"

/* Problems after which something else in the same item may only seem to be missing. */
static bool is_breaking(const struct problems *problems)
{
	size_t i;

	for (i = 0; i < problems->count; i++) {
		switch (problems->items[i].code) {
		case IKE_PROBLEM_UNKNOWN:
		case IKE_PROBLEM_OLD_KEYWORD:
		case IKE_PROBLEM_STRAY:
		case IKE_PROBLEM_SCOPE:
		case IKE_PROBLEM_STRAY_CLOSE:
		case IKE_PROBLEM_UNCLOSED:
		case IKE_PROBLEM_NO_OPEN:
		case IKE_PROBLEM_CLOSED_EARLY:
			return true;
		default:
			break;
		}
	}
	return false;
}

/* A rule that is not closed may have taken with it what stands behind it. */
static bool has_cut_rule(const struct doc *doc)
{
	size_t i;

	for (i = 0; i < doc->nentries; i++)
		if (doc->entries[i].flags & IKE_ENTRY_UNCLOSED)
			return true;
	return false;
}

/* Of what is one mistake over several lines the lines stay that begin with a misspelt keyword. */
static void forget_lines(struct lint *lint, const struct doc *doc)
{
	struct problems *problems = &lint->problems;
	size_t i, count = 0;

	for (i = 0; i < problems->count; i++) {
		const struct problem *p = &problems->items[i];

		if (p->code == IKE_PROBLEM_UNKNOWN && p->arg != 0) {
			struct near near = lint_word_meant(lint_words(READER_IKE), 0,
							   1u << lint->host->dialect,
							   doc->blob.data + p->at.off, p->at.len);

			if (near_best(&near) == NULL)
				continue;
		}
		problems->items[count++] = *p;
	}
	problems->count = count;
}

void lint_check_globals(struct lint *lint)
{
	struct doc *doc = host_doc(lint->host, LOCATION_IKE_CONFIG);
	size_t i;

	/* Of an empty file A01 says all there is to say; by itself it is a file without rules. */
	if (!lint_is_known(lint, LOCATION_IKE_CONFIG) ||
	    (doc->blob.len == 0 && !lint->host->single))
		return;
	lint_find_quotes(lint);
	lint_add_scan_problems(lint, READER_IKE, LOCATION_IKE_CONFIG);
	lint->problems.count = 0;
	ike_read_globals(doc, &lint->item, &lint->problems);
	forget_lines(lint, doc);
	lint->globals_broken = is_breaking(&lint->problems) || has_cut_rule(doc);
	lint_add_problems(lint, READER_IKE, &lint->problems, LOCATION_IKE_CONFIG, FINDING_NOWHERE);
	for (i = 0; i < check_count; i++)
		if (checks[i].globals != NULL)
			checks[i].globals(lint, (unsigned)i);
}

/* Whether a brace or quote puts the rest of a rule, or its beginning, somewhere else. */
static bool is_cut(const struct lint *lint, const struct doc *doc, uint32_t rule)
{
	const struct entry *e = &doc->entries[rule];

	return (e->flags & IKE_ENTRY_UNCLOSED) != 0 ||
	       (rule > 0 && (e[-1].flags & IKE_ENTRY_UNCLOSED) != 0) ||
	       ike_closed_early(doc, rule) ||
	       (lint->nquotes > 0 && lint_has_quote(lint, doc_span(doc, e->tok, e->end)));
}

static void check_rule(struct lint *lint, size_t number)
{
	const struct host *host = lint->host;
	struct doc *doc = host_doc(host, LOCATION_IKE_CONFIG);
	struct lint_rule rule = {
		.item = &lint->item,
		.globals = &host->globals,
		.number = number,
	};
	size_t i;

	lint->problems.count = 0;
	ike_read_rule(doc, host->rules[number], &lint->item, &lint->problems);
	rule.effective = ike_effective(rule.item, rule.globals);
	if (!ike_index_label(rule.item, &rule.index))
		rule.index = 0;
	rule.mdm = rule.index != 0 && lint->profile->coexistence;
	rule.broken = is_cut(lint, doc, host->rules[number]) || is_breaking(&lint->problems);
	if (lint->problems.count > 0) {
		forget_lines(lint, doc);
		lint_add_problems(lint, READER_IKE, &lint->problems, LOCATION_IKE_CONFIG,
				  host->rules[number]);
	}
	fact_of_rule(&lint->rules[number], &rule);
	lint_count_rule(lint, &lint->rules[number]);
	for (i = 0; i < lint->each[ROWS_RULES].count; i++)
		checks[lint->each[ROWS_RULES].rows[i]].rule(lint, lint->each[ROWS_RULES].rows[i],
							    &rule);
}

/* Whether an entry's } stands too early: what follows begins with a field. */
static bool goes_on(const struct doc *doc, uint32_t entry)
{
	uint32_t tok;

	if (entry + 1u >= doc->nentries || doc->entries[entry + 1].kind != PRESHARED_ENTRY_OTHER)
		return false;
	tok = doc->entries[entry + 1].tok;
	return preshared_field_find(doc_text(doc, tok), doc->tokens[tok].len) != PRESHARED_NO_WORD;
}

/* Whether words of the entry may be anything, or belong to another one. */
static bool has_broken_words(const struct doc *doc, uint32_t entry)
{
	const struct entry *e = &doc->entries[entry];
	uint32_t tok;

	if ((e->flags & PRESHARED_ENTRY_UNCLOSED) != 0 ||
	    (entry > 0 && (e[-1].flags & PRESHARED_ENTRY_UNCLOSED) != 0) || goes_on(doc, entry))
		return true;
	for (tok = e->tok; tok < e->end; tok++)
		if (doc->tokens[tok].kind == TOKEN_BROKEN)
			return true;
	return false;
}

/* What is true only as long as all words of the entry are what they should be. */
static bool is_consequence(const struct problem *p)
{
	switch (p->code) {
	case PRESHARED_PROBLEM_MISSING:
	case PRESHARED_PROBLEM_ID_TYPE_MISSING:
	case PRESHARED_PROBLEM_KEY_ODD:
	case PRESHARED_PROBLEM_KEY_SHORT_64:
	case PRESHARED_PROBLEM_KEY_SHORT_128:
	case PRESHARED_PROBLEM_KEY_PATTERN:
		return true;
	default:
		return false;
	}
}

static bool has_problem(const struct problems *problems, unsigned code, unsigned word)
{
	size_t i;

	for (i = 0; i < problems->count; i++)
		if (problems->items[i].code == code &&
		    (word == 0 || problems->items[i].word == word))
			return true;
	return false;
}

/*
 * Where a field is misspelt or torn from the entry, it is not missing, and a key may be longer than
 * it seems. And an address that is missing has no type.
 */
static void forget_consequences(struct problems *problems, const struct doc *doc, uint32_t entry)
{
	bool broken = has_problem(problems, PRESHARED_PROBLEM_UNKNOWN, 0);
	size_t i, count = 0;

	if (problems->count == 0)
		return;
	broken = broken || has_broken_words(doc, entry);
	for (i = 0; i < problems->count; i++) {
		const struct problem *p = &problems->items[i];

		if (broken && is_consequence(p))
			continue;
		if (p->code == PRESHARED_PROBLEM_ID_TYPE_MISSING &&
		    has_problem(problems, PRESHARED_PROBLEM_MISSING,
				p->word == PRESHARED_LOCALIDTYPE ? PRESHARED_LOCALID
								 : PRESHARED_REMOTEID))
			continue;
		problems->items[count++] = *p;
	}
	problems->count = count;
}

static void check_key(struct lint *lint, size_t number)
{
	const struct host *host = lint->host;
	struct doc *doc = host_doc(host, LOCATION_PRESHARED);
	struct lint_key key = { .item = &lint->key_item, .number = number };
	size_t i;

	lint->problems.count = 0;
	preshared_read(doc, host->keys[number], &lint->key_item, &lint->problems);
	key.broken = lint->problems.count > 0;
	forget_consequences(&lint->problems, doc, host->keys[number]);
	if (lint->problems.count > 0)
		lint_add_problems(lint, READER_PRESHARED, &lint->problems, LOCATION_PRESHARED,
				  host->keys[number]);
	fact_of_key(&lint->keys[number], key.item, host->keys[number]);
	for (i = 0; i < lint->each[ROWS_KEYS].count; i++)
		checks[lint->each[ROWS_KEYS].rows[i]].key(lint, lint->each[ROWS_KEYS].rows[i],
							  &key);
}

/* Where no check looks at each rule or key, what is known of one that has not changed is enough. */
void lint_take_rule(struct lint *lint, size_t number)
{
	struct lint_fact *fact = &lint->rules[number];

	if (lint->each[ROWS_RULES].count > 0 || !lint_known_rule(lint, number, fact)) {
		check_rule(lint, number);
		return;
	}
	lint_count_rule(lint, fact);
}

void lint_take_key(struct lint *lint, size_t number)
{
	if (lint->each[ROWS_KEYS].count > 0 || !lint_known_key(lint, number, &lint->keys[number]))
		check_key(lint, number);
}

void lint_take_policy(struct lint *lint, size_t number)
{
	uint32_t entry = lint->host->policies[number];
	struct lint_policy policy = { .item = &lint->policy_item, .number = number };
	size_t i;

	lint->problems.count = 0;
	policy_read(host_doc(lint->host, LOCATION_IPSECINIT), entry, &lint->policy_item,
		    &lint->problems);
	if (lint->problems.count > 0)
		lint_add_problems(lint, READER_POLICY, &lint->problems, LOCATION_IPSECINIT, entry);
	policies_take(lint, &policy);
	for (i = 0; i < lint->each[ROWS_POLICIES].count; i++) {
		uint16_t row = lint->each[ROWS_POLICIES].rows[i];

		checks[row].policy(lint, row, &policy);
	}
}

void lint_take_manual(struct lint *lint, size_t number)
{
	uint32_t entry = lint->host->commands[number];
	struct lint_manual command = { .item = &lint->manual_item, .number = number };
	size_t i;

	lint->problems.count = 0;
	manual_read(host_doc(lint->host, LOCATION_IPSECKEYS), entry, &lint->manual_item,
		    &lint->problems);
	manual_pairs_take(lint->manual_pairs, &lint->manual_item);
	command.broken = lint->problems.count > 0;
	if (command.broken)
		lint_add_problems(lint, READER_MANUAL, &lint->problems, LOCATION_IPSECKEYS, entry);
	if (lint->policies->count > 0)
		policies_take_manual(lint, &lint->manual_item);
	for (i = 0; i < lint->each[ROWS_MANUAL].count; i++) {
		uint16_t row = lint->each[ROWS_MANUAL].rows[i];

		checks[row].manual(lint, row, &command);
	}
}
