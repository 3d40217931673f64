/*
 * Fields of an item that is there, for one that is to be like it.
 *
 *	struct like like = { 0 };
 *
 *	rule_like(host, number, &like);
 *	like_give(&like, fields, count);        (what is given instead)
 *	rule_add(change, like.fields, like.count, NULL, &err);
 *	like_release(&like);
 *
 * What two items cannot share is another one or left out: a rule gets a free label, a preshared key
 * no remoteid, a manual SA no spi. Keys are never among the fields.
 */
#ifndef CHANGE_LIKE_H
#define CHANGE_LIKE_H

#include "change/edits.h"

/* Names and values are its own. */
struct like {
	struct field *fields;
	size_t count, cap;
};

void rule_like(const struct host *host, size_t number, struct like *like);
void policy_like(const struct host *host, size_t number, struct like *like);
void psk_like(const struct host *host, size_t number, struct like *like);
void manual_sa_like(const struct host *host, size_t number, struct like *like);

/* Takes over the fields given, which are borrowed, instead of those for the same words. */
void like_give(struct like *like, const struct field *fields, size_t count);

void like_release(struct like *like);

/* A label that no rule has, for one like the rule with this number. */
void rule_free_label(const struct host *host, size_t number, struct strbuf *label);

/* All values of a keyword of a rule as one field has them: addresses with commas. */
void rule_own_value(const struct ike_item *item, enum ike_word word, struct strbuf *sb);

/* What a command says of an extension as a field has it: numbers decimal, but for SPIs, and
 * algorithms by their first name. */
void manual_own_value(const struct manual_item *item, enum manual_word word, struct strbuf *sb);

#endif
