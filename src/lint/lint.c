#include "config.h"

#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"

enum stage {
	STAGE_FILES,
	STAGE_GLOBALS,
	STAGE_RULES,
	STAGE_COMPARE_RULES,
	STAGE_KEYS,
	STAGE_COMPARE_KEYS,
	STAGE_HOST,
	STAGE_SORT,
	STAGE_DONE
};

/* What a row's letter for the dialect says, before the profile has its say. */
static enum severity table_severity(const struct check *check, enum dialect dialect)
{
	char letter = check->severity[check->severity[1] != '\0' ? dialect : 0];

	return letter == 'E'   ? SEVERITY_ERROR
	       : letter == 'W' ? SEVERITY_WARNING
	       : letter == 'N' ? SEVERITY_NOTE
			       : SEVERITY_OFF;
}

static void resolve_rows(struct lint *lint)
{
	const struct profile *profile = lint->profile;
	size_t i;

	lint->severities = xmalloc(check_count);
	lint->rule_rows = xmalloc(check_count * sizeof *lint->rule_rows);
	lint->key_rows = xmalloc(check_count * sizeof *lint->key_rows);
	for (i = 0; i < check_count; i++) {
		const struct check *check = &checks[i];
		enum severity severity = table_severity(check, lint->host->dialect);

		if (severity != SEVERITY_OFF)
			severity = profile_severity(profile, check->id, severity);
		if ((check->when == WHEN_COEXISTENCE && !profile->coexistence) ||
		    (check->when == WHEN_ALONE && profile->coexistence))
			severity = SEVERITY_OFF;
		lint->severities[i] = (uint8_t)severity;
	}
}

/* Whether a row has words only: for a problem, or for the function of a row before it. */
static bool is_words(const struct check *check)
{
	return check->rule == NULL && check->key == NULL && check->globals == NULL &&
	       check->host == NULL;
}

/* Functions that are to run: those with a row that counts, their own or one behind it. */
static void select_functions(struct lint *lint)
{
	size_t i, last = 0;

	for (i = 0; i < check_count; i++) {
		bool listed;

		if (!is_words(&checks[i]))
			last = i;
		if (lint->severities[i] == SEVERITY_OFF)
			continue;
		if (checks[last].rule != NULL) {
			listed = lint->rule_row_count > 0 &&
				 lint->rule_rows[lint->rule_row_count - 1] == last;
			if (!listed)
				lint->rule_rows[lint->rule_row_count++] = (uint16_t)last;
		} else if (checks[last].key != NULL) {
			listed = lint->key_row_count > 0 &&
				 lint->key_rows[lint->key_row_count - 1] == last;
			if (!listed)
				lint->key_rows[lint->key_row_count++] = (uint16_t)last;
		}
	}
}

struct lint *lint_new(struct host *host, const struct profile *profile, enum role role, int64_t now)
{
	struct lint *lint = xcalloc(1, sizeof *lint);
	int i;

	lint->host = host;
	lint->profile = profile;
	lint->role = role;
	lint->now = now;
	lint->nrules = host->nrules;
	lint->rules = xcalloc(host->nrules, sizeof *lint->rules);
	lint->keys = xcalloc(host->nkeys, sizeof *lint->keys);
	for (i = 0; i < LOCATION_FILES; i++)
		if (host->files[i].doc != NULL)
			lint->worst[i] = xcalloc(host->files[i].doc->nentries, 1);
	resolve_rows(lint);
	select_functions(lint);
	return lint;
}

void lint_only_errors_of(struct lint *lint, const struct lint *other, const struct doc *config,
			 const struct doc *preshared)
{
	bool *wanted = xcalloc(check_count, sizeof *wanted);
	size_t i;

	for (i = 0; i < other->findings.count; i++)
		if (other->findings.items[i].severity == SEVERITY_ERROR)
			wanted[other->findings.items[i].check] = true;
	for (i = 0; i < check_count; i++)
		if (!wanted[i])
			lint->severities[i] = SEVERITY_OFF;
	free(wanted);
	lint->rule_row_count = lint->key_row_count = 0;
	select_functions(lint);
	lint_know(lint, other, config, preshared);
}

void lint_free(struct lint *lint)
{
	int i;

	if (lint == NULL)
		return;
	findings_release(&lint->findings);
	problems_release(&lint->problems);
	ike_item_release(&lint->item);
	preshared_item_release(&lint->key_item);
	free(lint->rules);
	free(lint->keys);
	free(lint->severities);
	free(lint->rule_rows);
	free(lint->key_rows);
	for (i = 0; i < LOCATION_FILES; i++)
		free(lint->worst[i]);
	free(lint);
}

struct finding *lint_add(struct lint *lint, unsigned row, uint32_t file, uint32_t entry,
			 struct span at)
{
	enum severity severity = lint_severity(lint, row);
	struct finding finding = {
		.check = (uint16_t)row,
		.severity = (uint8_t)severity,
		.file = file,
		.entry = entry,
		.at = at,
	};

	if (severity == SEVERITY_OFF)
		return NULL;
	VEC_PUSH(lint->findings.items, lint->findings.count, lint->findings.cap, finding);
	if (entry != FINDING_NOWHERE && file < LOCATION_FILES && lint->worst[file] != NULL &&
	    lint->worst[file][entry] < severity)
		lint->worst[file][entry] = (uint8_t)severity;
	return &lint->findings.items[lint->findings.count - 1];
}

struct finding *lint_add_file(struct lint *lint, unsigned row, uint32_t file)
{
	return lint_add(lint, row, file, FINDING_NOWHERE, (struct span){ FINDING_NOWHERE, 0 });
}

struct finding *lint_add_rule(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	const struct ike_item *item = rule->item;
	const struct ike_stmt *label = ike_find(item, IKE_LABEL);
	struct span at = label != NULL ? doc_span(item->doc, label->tok, label->end)
				       : doc_span(item->doc, item->open, item->open + 1);

	return lint_add(lint, row, LOCATION_IKE_CONFIG, item->entry, at);
}

static struct finding *add_tokens(struct lint *lint, unsigned row, const struct ike_item *item,
				  unsigned word, uint32_t tok, uint32_t end)
{
	struct finding *finding = lint_add(lint, row, LOCATION_IKE_CONFIG,
					   item->file_level ? FINDING_NOWHERE : item->entry,
					   doc_span(item->doc, tok, end));

	if (finding != NULL)
		finding->word = (uint8_t)word;
	return finding;
}

struct finding *lint_add_stmt(struct lint *lint, unsigned row, const struct ike_item *item,
			      const struct ike_stmt *stmt)
{
	return add_tokens(lint, row, item, stmt->word, stmt->tok, stmt->end);
}

struct finding *lint_add_value(struct lint *lint, unsigned row, const struct ike_item *item,
			       const struct ike_stmt *stmt)
{
	return add_tokens(lint, row, item, stmt->word,
			  stmt->end > stmt->arg ? stmt->arg : stmt->tok, stmt->end);
}

struct finding *lint_add_key(struct lint *lint, unsigned row, const struct lint_key *key)
{
	const struct doc *doc = host_doc(lint->host, LOCATION_PRESHARED);
	uint32_t entry = lint->host->keys[key->number], tok = doc->entries[entry].tok;

	return lint_add(lint, row, LOCATION_PRESHARED, entry, doc_span(doc, tok, tok + 1));
}

void finding_text(struct finding *finding, const char *text)
{
	if (finding == NULL)
		return;
	free(finding->text);
	finding->text = xstrdup(text);
}

struct finding *finding_numbers(struct finding *finding, uint32_t a, uint32_t b)
{
	if (finding != NULL) {
		finding->a = a;
		finding->b = b;
	}
	return finding;
}

static bool has_word(const struct check *check, unsigned word)
{
	size_t i;

	if (check->words[0] == 0)
		return true;
	for (i = 0; i < ARRAY_SIZE(check->words) && check->words[i] != 0; i++)
		if (check->words[i] == word)
			return true;
	return false;
}

/* The row that gives words to a problem: the first one that is about it and not about other cases.
 */
static int problem_row(const struct lint *lint, enum check_reader reader,
		       const struct problem *problem)
{
	size_t i;

	for (i = 0; i < check_count; i++) {
		const struct check *check = &checks[i];

		if (check->reader != reader || check->problem != problem->code ||
		    !has_word(check, problem->word) ||
		    (check->scope != 0 && check->scope != problem->arg))
			continue;
		if ((check->when == WHEN_COEXISTENCE && !lint->profile->coexistence) ||
		    (check->when == WHEN_ALONE && lint->profile->coexistence))
			continue;
		return (int)i;
	}
	return -1;
}

static void add_problems(struct lint *lint, enum check_reader reader,
			 const struct problems *problems, uint32_t file, uint32_t entry)
{
	size_t i;

	for (i = 0; i < problems->count; i++) {
		const struct problem *problem = &problems->items[i];
		int row = problem_row(lint, reader, problem);
		struct finding *finding =
			row >= 0 ? lint_add(lint, (unsigned)row, file, entry, problem->at) : NULL;

		if (finding != NULL) {
			finding->word = (uint8_t)problem->word;
			finding->a = finding->b = problem->arg;
		}
	}
}

/* The lexer's problems carry no entry: it is looked up, so that the lists can mark the rule. */
static void add_scan_problems(struct lint *lint, enum check_reader reader, uint32_t file)
{
	struct doc *doc = host_doc(lint->host, file);
	size_t i;

	for (i = 0; doc != NULL && i < doc->problems.count; i++) {
		struct problem *problem = &doc->problems.items[i];
		struct problems one = { problem, 1, 1 };
		size_t entry = doc_entry_at(doc, problem->at.off);

		if (entry < doc->nentries &&
		    problem->at.off >=
			    doc_span(doc, doc->entries[entry].tok, doc->entries[entry].end).off +
				    doc_span(doc, doc->entries[entry].tok, doc->entries[entry].end)
					    .len)
			entry = doc->nentries;
		add_problems(lint, reader, &one, file,
			     entry < doc->nentries ? (uint32_t)entry : FINDING_NOWHERE);
	}
}

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
		case IKE_PROBLEM_UNCLOSED:
		case IKE_PROBLEM_NO_OPEN:
			return true;
		default:
			break;
		}
	}
	return false;
}

static void check_globals(struct lint *lint)
{
	struct doc *doc = host_doc(lint->host, LOCATION_IKE_CONFIG);
	size_t i;

	/* Of an empty file A01 says all there is to say; by itself it is a file without rules. */
	if (doc == NULL || (doc->blob.len == 0 && !lint->host->single))
		return;
	add_scan_problems(lint, READER_IKE, LOCATION_IKE_CONFIG);
	lint->problems.count = 0;
	ike_read_globals(doc, &lint->item, &lint->problems);
	add_problems(lint, READER_IKE, &lint->problems, LOCATION_IKE_CONFIG, FINDING_NOWHERE);
	for (i = 0; i < check_count; i++)
		if (checks[i].globals != NULL)
			checks[i].globals(lint, (unsigned)i);
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
	if (lint->problems.count > 0) {
		rule.broken = is_breaking(&lint->problems);
		add_problems(lint, READER_IKE, &lint->problems, LOCATION_IKE_CONFIG,
			     host->rules[number]);
	}
	fact_of_rule(&lint->rules[number], &rule);
	lint_count_rule(lint, &lint->rules[number]);
	for (i = 0; i < lint->rule_row_count; i++)
		checks[lint->rule_rows[i]].rule(lint, lint->rule_rows[i], &rule);
}

/* Where a field is misspelt, nothing may be called missing: it stands there. */
static void forget_missing(struct problems *problems)
{
	bool unknown = false;
	size_t i, count = 0;

	for (i = 0; i < problems->count; i++)
		unknown |= problems->items[i].code == PRESHARED_PROBLEM_UNKNOWN;
	for (i = 0; i < problems->count; i++)
		if (!unknown || (problems->items[i].code != PRESHARED_PROBLEM_MISSING &&
				 problems->items[i].code != PRESHARED_PROBLEM_ID_TYPE_MISSING))
			problems->items[count++] = problems->items[i];
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
	forget_missing(&lint->problems);
	if (lint->problems.count > 0)
		add_problems(lint, READER_PRESHARED, &lint->problems, LOCATION_PRESHARED,
			     host->keys[number]);
	fact_of_key(&lint->keys[number], key.item, host->keys[number]);
	for (i = 0; i < lint->key_row_count; i++)
		checks[lint->key_rows[i]].key(lint, lint->key_rows[i], &key);
}

static int compare_findings(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	uint32_t off_x = x->at.off + 1,
		 off_y = y->at.off + 1; /* nowhere in particular comes first */

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	if (off_x != off_y)
		return off_x < off_y ? -1 : 1;
	return x->check < y->check ? -1 : x->check > y->check;
}

/* Where no check looks at each rule or key, what is known of one that has not changed is enough. */
static void take_rule(struct lint *lint, size_t number)
{
	struct lint_fact *fact = &lint->rules[number];

	if (lint->rule_row_count > 0 || !lint_known_rule(lint, number, fact)) {
		check_rule(lint, number);
		return;
	}
	lint_count_rule(lint, fact);
}

static void take_key(struct lint *lint, size_t number)
{
	if (lint->key_row_count > 0 || !lint_known_key(lint, number, &lint->keys[number]))
		check_key(lint, number);
}

/* Goes on with the rules or keys; returns whether there are more of them. */
static bool step_entries(struct lint *lint, size_t count, size_t total,
			 void (*check)(struct lint *lint, size_t number))
{
	size_t stop = total - lint->next < count ? total : lint->next + count;

	while (lint->next < stop)
		check(lint, lint->next++);
	if (lint->next < total)
		return true;
	lint->next = 0;
	return false;
}

bool lint_step(struct lint *lint, size_t count)
{
	size_t i;

	switch (lint->stage) {
	case STAGE_FILES:
		add_scan_problems(lint, READER_PRESHARED, LOCATION_PRESHARED);
		break;
	case STAGE_GLOBALS:
		check_globals(lint);
		break;
	case STAGE_RULES:
		if (step_entries(lint, count, lint->host->nrules, take_rule))
			return true;
		break;
	case STAGE_COMPARE_RULES:
		lint_compare_rules(lint);
		break;
	case STAGE_KEYS:
		if (step_entries(lint, count, lint->host->nkeys, take_key))
			return true;
		break;
	case STAGE_COMPARE_KEYS:
		lint_compare_keys(lint);
		lint_join_keys(lint);
		break;
	case STAGE_HOST:
		for (i = 0; i < check_count; i++)
			if (checks[i].host != NULL)
				checks[i].host(lint, (unsigned)i);
		break;
	case STAGE_SORT:
		if (lint->findings.count > 1)
			qsort(lint->findings.items, lint->findings.count,
			      sizeof *lint->findings.items, compare_findings);
		break;
	default:
		return false;
	}
	return ++lint->stage < STAGE_DONE;
}

const struct findings *lint_findings(const struct lint *lint)
{
	return &lint->findings;
}

struct doc *lint_doc(const struct lint *lint, const struct finding *finding)
{
	return finding->file < LOCATION_FILES ? host_doc(lint->host, finding->file) : NULL;
}

enum severity lint_worst(const struct lint *lint, enum location file, uint32_t entry)
{
	return lint->worst[file] != NULL ? (enum severity)lint->worst[file][entry] : SEVERITY_OFF;
}
