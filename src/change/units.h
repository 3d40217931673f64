/*
 * A file as the items that people change: a rule, a parameter, a key, a policy, a command. What two
 * people did to one file is told apart by them (change/merge_doc.h).
 *
 * To an item belongs what is on its lines alone: the indentation, the comment behind it, the line
 * end. What stands between items belongs to none.
 *
 * An item is known again by its identity: a rule by its label, a parameter by its keyword (where
 * each one counts, with its value), a preshared key by its two ends, a command of ipseckeys by what
 * it does and the type, index and destination of its SA; a policy, and whatever has no such name,
 * by its text.
 */
#ifndef CHANGE_UNITS_H
#define CHANGE_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "doc/doc.h"

/* An identity, or a text, as two hashes of it. */
struct unit_key {
	uint64_t a, b;
};

struct unit {
	struct span at;     /* with what is on its lines alone */
	struct span tokens; /* from its first token to its last one */
	uint32_t entry;     /* in the document */
	uint32_t rank;      /* how many items with its identity stand before it */
	struct unit_key key;
	struct unit_key text; /* of the bytes of TOKENS */
	bool has_name;        /* its identity is more than its text */
};

struct units {
	const struct doc *doc; /* borrowed */
	struct unit *items;    /* in the order of the file */
	size_t count, cap;
	uint32_t *order; /* the items by identity, those with the same one in the file's order */
};

#define UNITS_NONE UINT32_MAX

bool unit_key_equal(const struct unit_key *a, const struct unit_key *b);

/* Cuts DOC, which may be NULL, into items. Release it with units_release. */
void units_cut(struct units *units, const struct doc *doc);
void units_release(struct units *units);

/* How many items have this identity; *FIRST is the place in ORDER of the first one. */
size_t units_find(const struct units *units, const struct unit_key *key, size_t *first);

/* The first item that ends behind byte OFF; the count of items where there is none. */
size_t units_behind(const struct units *units, uint32_t off);

/* The first item whose tokens begin at byte OFF or behind it. */
size_t units_from(const struct units *units, uint32_t off);

/* Adds what people call the item: "rule 'INDEXID_3'", "key 192.0.2.1,192.0.2.2". */
void unit_name(const struct doc *doc, const struct unit *unit, struct strbuf *sb);

#endif
