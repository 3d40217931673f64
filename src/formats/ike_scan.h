/* Shared by the two halves of the reader of ike.config(5); nobody else includes this. */
#ifndef FORMATS_IKE_SCAN_H
#define FORMATS_IKE_SCAN_H

#include "base/i18n.h"
#include "formats/ike_config.h"

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

#endif
