/* Shared by the parts of the reader of ipsecinit.conf; nobody else includes this. */
#ifndef FORMATS_IPSECINIT_SCAN_H
#define FORMATS_IPSECINIT_SCAN_H

#include "base/i18n.h"
#include "formats/ipsecinit/file.h"

/* Gives the tokens from FROM on, which are those of one group, their words. Returns whether one has
 * capitals in it, or is dest. */
bool policy_find_words(struct doc *doc, uint32_t from, enum policy_set set);

/* What is being read, and where problems go. */
struct policy_reader {
	const struct doc *doc;
	struct problems *problems; /* NULL: nobody wants to know */
	uint32_t limit;            /* the first token that is not the item's */
	bool unknown;              /* a word was not understood: nothing counts as missing */
	bool mixed;                /* styles are mixed: nothing depends on the style */
	bool spelling;             /* a word is not spelt as it should be */
};

static inline const struct token *policy_token(const struct policy_reader *r, uint32_t tok)
{
	return &r->doc->tokens[tok];
}

/* Adds a problem at a token. */
void policy_problem(const struct policy_reader *r, enum policy_problem code, unsigned word,
		    uint32_t tok, uint32_t arg);

/* A problem of a statement's value; the value then counts as not understood. */
void policy_bad(const struct policy_reader *r, struct policy_stmt *s, enum policy_problem code);

/* Something odd about a value that is understood nevertheless. */
void policy_odd(const struct policy_reader *r, const struct policy_stmt *s,
		enum policy_problem code);

static inline bool policy_is_keyword(const struct token *t, enum policy_set set)
{
	return t->kind == TOKEN_WORD && t->word != 0 && policy_words[t->word].set == set;
}

/* Reads the value of a statement of the pattern, which has one, into the item. */
void policy_read_value(const struct policy_reader *r, struct policy_item *item,
		       struct policy_stmt *s);

/* Reads the algorithm that is a statement's value. ALG is zero where it was not understood. */
void policy_read_alg(const struct policy_reader *r, struct policy_stmt *s, struct policy_alg *alg);

/* Reads a value that is a word, of the pattern or of a property. */
void policy_read_word(const struct policy_reader *r, struct policy_stmt *s);

/* Joins masks with their addresses once the whole pattern was read. */
void policy_read_masks(const struct policy_reader *r, struct policy_item *item);

/* What can only be said of the whole: style, direction, tunnel, ICMP, algorithms. */
void policy_check(struct policy_reader *r, struct policy_item *item);

/* The direction that holds, from the first action and every dir. */
uint8_t policy_direction(const struct policy_item *item);

#endif
