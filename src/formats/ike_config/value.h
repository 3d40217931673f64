/*
 * What reads the values of statements, for the two halves of the reader of ike.config(5); nobody
 * else includes this.
 */
#ifndef FORMATS_IKE_CONFIG_VALUE_H
#define FORMATS_IKE_CONFIG_VALUE_H

#include "formats/ike_config/scan.h"

/* What is being read, and where problems go. */
struct ike_reader {
	const struct doc *doc;
	struct problems *problems; /* NULL: nobody wants to know */
	enum ike_scope scope;
	uint32_t limit; /* the first token that is not the item's */
};

static inline const struct token *ike_token(const struct ike_reader *r, uint32_t tok)
{
	return &r->doc->tokens[tok];
}

void ike_problem(const struct ike_reader *r, enum ike_problem code, unsigned word, uint32_t tok,
		 uint32_t end, uint32_t arg);

/* Whether the token is a keyword that may stand in one of SCOPES (enum ike_scope bits). */
bool ike_is_keyword(const struct token *t, unsigned scopes);

/*
 * Reads the value of a statement whose keyword and token are set; sets everything else of it, and
 * *RANGE where the value is an address.
 */
void ike_read_value(const struct ike_reader *r, struct ike_stmt *s, struct ip_range *range);

/* The text of a value token, without quotes where it has them. */
const char *ike_bare_text(const struct doc *doc, uint32_t tok, size_t *len);

#endif
