/* Shared by the parts of the reader of ike.config(5); nobody else includes this. */
#ifndef FORMATS_IKE_CONFIG_SCAN_H
#define FORMATS_IKE_CONFIG_SCAN_H

#include "base/i18n.h"
#include "formats/ike_config/file.h"

/*
 * The end of the statement whose keyword is token TOK, which stands in SCOPE and before token
 * LIMIT: behind its value, as far as there is one.
 */
uint32_t ike_stmt_end(const struct doc *doc, uint32_t tok, uint32_t limit, enum ike_scope scope);

/*
 * Whether the { that is token OPEN begins the parts of a transform, whatever stands before it: no
 * rule begins with one of these. So a misspelt p1_xform is one mistake, and not a rule more.
 */
bool ike_begins_parts(const struct doc *doc, uint32_t open);

/* Behind the } that closes the { that is token OPEN, or LIMIT where none does before it. */
uint32_t ike_group_end(const struct doc *doc, uint32_t open, uint32_t limit);

/*
 * Statements of rules that stand at file level from entry ENTRY on, one behind the other. False:
 * there is none, or none but those that the file level has as well, and not behind a rule.
 */
struct ike_run {
	uint32_t end; /* the entry behind them */
	bool closed;  /* which is a } */
	bool label;   /* one of them is a label: they are a rule by themselves */
};
bool ike_find_run(const struct doc *doc, uint32_t entry, struct ike_run *run);

/* Whether a rule whose last } stands behind it has none for a transform: that one closed the rule
 * before its end. */
bool ike_owes_close(const struct doc *doc, uint32_t rule);

/* Whether a quote that is not closed on its line took a } of the rule with it. */
bool ike_close_is_quoted(const struct doc *doc, uint32_t rule);

/*
 * How many tokens behind an entry may decide where it ends: a { that begins no transform, the
 * lifetime in it with its value and the word that follows; and some more.
 */
#define IKE_LOOKAHEAD 8

/* Adds the tokens that begin in the bytes FROM to STOP - 1. Returns where it ended: STOP, or behind
 * it where a token or comment goes on. FROM is not within a token or comment. */
uint32_t ike_scan_range(struct doc *doc, uint32_t from, uint32_t stop);

/* Adds the entries that begin with the tokens I to STOP - 1. Returns where the last one ends. */
uint32_t ike_split_entries(struct doc *doc, uint32_t i, uint32_t stop);

/* format.rescan */
bool ike_rescan(struct doc *doc, const struct doc *old, struct span changed);

#endif
