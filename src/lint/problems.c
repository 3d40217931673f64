/* What the readers stumbled over, as findings: which row gives words to which problem. */
#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"

/* More than any reader has codes. */
enum { PROBLEM_CODES = 256 };

/*
 * Rows about one problem are found by a chain: of each reader's code the first row about it, of
 * each row the next one about the same. A hostile file has a problem at every word.
 */
struct problem_rows {
	uint16_t first[READER_COUNT][PROBLEM_CODES]; /* row + 1; 0: none */
	uint16_t next[];                             /* of each row: row + 1 */
};

void lint_index_problems(struct lint *lint)
{
	struct problem_rows *rows;
	size_t i;

	rows = xcalloc(1, sizeof *rows + check_count * sizeof *rows->next);
	for (i = check_count; i-- > 0;) {
		const struct check *check = &checks[i];

		if (check->problem == 0 || check->problem >= PROBLEM_CODES)
			continue;
		if ((check->when == WHEN_COEXISTENCE && !lint->profile->coexistence) ||
		    (check->when == WHEN_ALONE && lint->profile->coexistence))
			continue;
		rows->next[i] = rows->first[check->reader][check->problem];
		rows->first[check->reader][check->problem] = (uint16_t)(i + 1);
	}
	lint->problem_rows = rows;
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
	const struct problem_rows *rows = lint->problem_rows;
	uint16_t row;

	if (problem->code >= PROBLEM_CODES)
		return -1;
	for (row = rows->first[reader][problem->code]; row != 0; row = rows->next[row - 1]) {
		const struct check *check = &checks[row - 1];

		if (has_word(check, problem->word) &&
		    (check->scope == 0 || check->scope == problem->arg))
			return row - 1;
	}
	return -1;
}

bool lint_wants_problem(const struct lint *lint, enum check_reader reader,
			const struct problem *problem)
{
	int row = problem_row(lint, reader, problem);

	return row >= 0 && lint_severity(lint, (unsigned)row) != SEVERITY_OFF;
}

/* Counts one more of what is said once. The entries are read in the order of the file, so that the
 * first to come is the first in it. */
static bool was_said(struct lint *lint, int row)
{
	if (!checks[row].once || lint->said[row] == 0)
		return false;
	lint->findings.items[lint->said[row] - 1].a++;
	return true;
}

static void add_problem(struct lint *lint, int row, const struct problem *problem, uint32_t file,
			uint32_t entry)
{
	struct finding *finding = lint_add(lint, (unsigned)row, file, entry, problem->at);

	if (finding == NULL)
		return;
	finding->word = (uint8_t)problem->word;
	finding->a = finding->b = problem->arg;
	if (checks[row].once) {
		finding->a = 1;
		lint->said[row] = (uint32_t)lint->findings.count;
	}
}

void lint_add_problems(struct lint *lint, enum check_reader reader, const struct problems *problems,
		       uint32_t file, uint32_t entry)
{
	size_t i;

	for (i = 0; i < problems->count; i++) {
		const struct problem *problem = &problems->items[i];
		int row = problem_row(lint, reader, problem);
		bool quoted = reader == READER_IKE && lint->nquotes > 0 &&
			      lint_is_of_quote(lint, problem);

		if (row >= 0 && !quoted && !was_said(lint, row))
			add_problem(lint, row, problem, file, entry);
	}
}

enum check_reader lint_reader_of(enum location file)
{
	switch (file) {
	case LOCATION_IKE_CONFIG:
		return READER_IKE;
	case LOCATION_PRESHARED:
		return READER_PRESHARED;
	case LOCATION_IPSECINIT:
		return READER_POLICY;
	case LOCATION_IPSECKEYS:
		return READER_MANUAL;
	default:
		return READER_NONE;
	}
}

/* The first byte that nobody reads: behind the line of quit in ipseckeys. */
static uint32_t read_end(const struct lint *lint, enum location file)
{
	const struct doc *doc = host_doc(lint->host, file);
	const struct entry *last;
	struct span span;

	if (file != LOCATION_IPSECKEYS || lint->manual_stop == doc->nentries)
		return UINT32_MAX;
	last = &doc->entries[lint->manual_stop - 1];
	span = doc_line(doc, doc->tokens[last->end - 1].off);
	return span.off + span.len;
}

/* The scanner's problems carry no entry: it is looked up, so that the lists can mark the rule. */
void lint_add_scan_problems(struct lint *lint, enum check_reader reader, enum location file)
{
	struct doc *doc = host_doc(lint->host, file);
	uint32_t end = doc != NULL ? read_end(lint, file) : 0;
	size_t i;

	for (i = 0; doc != NULL && i < doc->problems.count && doc->problems.items[i].at.off < end;
	     i++) {
		struct problem *problem = &doc->problems.items[i];
		struct problems one = { problem, 1, 1 };
		size_t entry = doc_entry_at(doc, problem->at.off);
		uint32_t about = FINDING_NOWHERE;

		if (entry < doc->nentries) {
			const struct entry *e = &doc->entries[entry];
			struct span span = doc_span(doc, e->tok, e->end);

			if (problem->at.off < span.off + span.len)
				about = (uint32_t)entry;
		}
		lint_add_problems(lint, reader, &one, file, about);
	}
}
