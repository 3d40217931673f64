#include "config.h"

#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/join_manual.h"
#include "lint/lint_internal.h"
#include "lint/policies.h"

enum stage {
	STAGE_FILES,
	STAGE_GLOBALS,
	STAGE_RULES,
	STAGE_COMPARE_RULES,
	STAGE_KEYS,
	STAGE_COMPARE_KEYS,
	STAGE_POLICIES,
	STAGE_COMMANDS,
	STAGE_COMPARE_COMMANDS,
	STAGE_COMPARE_POLICIES,
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
	lint->said = xcalloc(check_count, sizeof *lint->said);
	for (i = 0; i < JOIN_COUNT; i++)
		lint->joins[i] = LINT_NO_ROW;
	for (i = 0; i < ROWS_COUNT; i++)
		lint->each[i].rows = xmalloc(check_count * sizeof *lint->each[i].rows);
	for (i = 0; i < check_count; i++) {
		const struct check *check = &checks[i];
		enum severity severity = table_severity(check, lint->host->dialect);

		if (severity != SEVERITY_OFF)
			severity = profile_severity(profile, check->id, severity);
		if ((check->when == WHEN_COEXISTENCE && !profile->coexistence) ||
		    (check->when == WHEN_ALONE && profile->coexistence))
			severity = SEVERITY_OFF;
		else if (check->join != JOIN_NONE)
			lint->joins[check->join] = (uint16_t)i;
		lint->severities[i] = (uint8_t)severity;
	}
}

/* Which entries a row has a function for; ROWS_COUNT: none. */
static enum lint_rows rows_of(const struct check *check)
{
	return check->rule != NULL     ? ROWS_RULES
	       : check->key != NULL    ? ROWS_KEYS
	       : check->policy != NULL ? ROWS_POLICIES
	       : check->manual != NULL ? ROWS_MANUAL
				       : ROWS_COUNT;
}

/* Whether a row is for the function of a row before it. */
static bool is_words(const struct check *check)
{
	return rows_of(check) == ROWS_COUNT && check->globals == NULL && check->host == NULL &&
	       check->problem == 0 && check->join == JOIN_NONE;
}

/* Which file has to be read for a row to be reported, beside those that always are; 0: none. */
static enum location location_of(const struct check *check)
{
	if (check->reader == READER_POLICY || check->policy != NULL || check->join != JOIN_NONE)
		return LOCATION_IPSECINIT;
	if (check->reader == READER_MANUAL || check->manual != NULL)
		return LOCATION_IPSECKEYS;
	return (enum location)0;
}

/* Functions that are to run: those with a row that counts, their own or one behind it. */
static void select_functions(struct lint *lint)
{
	size_t i, last = 0;

	memset(lint->wanted, 0, sizeof lint->wanted);
	for (i = 0; i < ROWS_COUNT; i++)
		lint->each[i].count = 0;
	for (i = 0; i < check_count; i++) {
		enum lint_rows which;
		size_t count;

		if (!is_words(&checks[i]))
			last = i;
		which = rows_of(&checks[last]);
		if (lint->severities[i] == SEVERITY_OFF)
			continue;
		lint->wanted[location_of(&checks[last])] = true;
		if (checks[last].join >= JOIN_SA_NO_POLICY)
			lint->wanted[LOCATION_IPSECKEYS] = true;
		if (which == ROWS_COUNT)
			continue;
		count = lint->each[which].count;
		if (count == 0 || lint->each[which].rows[count - 1] != last)
			lint->each[which].rows[lint->each[which].count++] = (uint16_t)last;
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
	lint->policies = policies_new(host);
	for (i = 0; i < LOCATION_FILES; i++)
		if (host->files[i].doc != NULL)
			lint->worst[i] = xcalloc(host->files[i].doc->nentries, 1);
	lint_begin_commands(lint);
	resolve_rows(lint);
	select_functions(lint);
	lint_index_problems(lint);
	lint_look_at_store(lint);
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
	policy_item_release(&lint->policy_item);
	manual_item_release(&lint->manual_item);
	manual_pairs_free(lint->manual_pairs);
	free(lint->rules);
	free(lint->keys);
	free(lint->quotes);
	free(lint->used_certs);
	policies_free(lint->policies);
	free(lint->severities);
	free(lint->said);
	for (i = 0; i < ROWS_COUNT; i++)
		free(lint->each[i].rows);
	free(lint->problem_rows);
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

struct finding *lint_add_join(struct lint *lint, enum check_join join, uint32_t file,
			      uint32_t entry, struct span at)
{
	return lint_wants(lint, join) ? lint_add(lint, lint->joins[join], file, entry, at) : NULL;
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

struct finding *lint_add_numbers(struct lint *lint, unsigned row, const struct ike_item *item,
				 const struct ike_stmt *stmt, uint32_t a, uint32_t b)
{
	return finding_numbers(lint_add_value(lint, row, item, stmt), a, b);
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

static int compare_findings(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	uint32_t off_x = x->at.off + 1,
		 off_y = y->at.off + 1; /* nowhere in particular comes first */

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	if (off_x != off_y)
		return off_x < off_y ? -1 : 1;
	if (x->check != y->check)
		return x->check < y->check ? -1 : 1;
	/* Several of one row at one place: qsort(3) may put equal ones in any order. */
	if (x->word != y->word)
		return x->word < y->word ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->b < y->b ? -1 : x->b > y->b;
}

/* Goes on with the rules or keys; returns whether there are more of them. */
static bool step_entries(struct lint *lint, size_t count, enum location file, size_t total,
			 void (*check)(struct lint *lint, size_t number))
{
	size_t stop;

	if (lint->foreign[file])
		return false;
	stop = total - lint->next < count ? total : lint->next + count;

	while (lint->next < stop)
		check(lint, lint->next++);
	if (lint->next < total)
		return true;
	lint->next = 0;
	return false;
}

/* The manual keys are peers of policies too. */
static bool wants_commands(const struct lint *lint)
{
	return lint->wanted[LOCATION_IPSECKEYS] || lint_wants(lint, JOIN_POLICY_NO_PEER);
}

bool lint_step(struct lint *lint, size_t count)
{
	size_t i;

	switch (lint->stage) {
	case STAGE_FILES:
		lint_find_foreign(lint);
		for (i = LOCATION_PRESHARED; i < LOCATION_FILES; i++)
			if (lint_is_known(lint, (enum location)i))
				lint_add_scan_problems(lint, lint_reader_of((enum location)i),
						       (enum location)i);
		break;
	case STAGE_GLOBALS:
		lint_check_globals(lint);
		break;
	case STAGE_RULES:
		if (step_entries(lint, count, LOCATION_IKE_CONFIG, lint->host->nrules,
				 lint_take_rule))
			return true;
		break;
	case STAGE_COMPARE_RULES:
		lint_compare_rules(lint);
		break;
	case STAGE_KEYS:
		if (step_entries(lint, count, LOCATION_PRESHARED, lint->host->nkeys, lint_take_key))
			return true;
		break;
	case STAGE_COMPARE_KEYS:
		lint_compare_keys(lint);
		lint_join_keys(lint);
		break;
	case STAGE_POLICIES:
		if (lint->wanted[LOCATION_IPSECINIT] &&
		    step_entries(lint, count, LOCATION_IPSECINIT, lint->host->npolicies,
				 lint_take_policy))
			return true;
		break;
	case STAGE_COMMANDS:
		if (wants_commands(lint) && step_entries(lint, count, LOCATION_IPSECKEYS,
							 lint->ncommands, lint_take_manual))
			return true;
		break;
	case STAGE_COMPARE_COMMANDS:
		if (lint->wanted[LOCATION_IPSECKEYS])
			lint_compare_commands(lint);
		break;
	case STAGE_COMPARE_POLICIES:
		if (lint->wanted[LOCATION_IPSECINIT])
			lint_compare_policies(lint);
		if (lint->wanted[LOCATION_IPSECINIT] && lint->wanted[LOCATION_IPSECKEYS])
			lint_join_manual(lint);
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
