/*
 * Kinds: what a host has, one description each.
 *
 * A kind (rules, globals, psks, certs, policies, findings ...) is a table of columns. The command
 * "list" in text and JSON, "show", the console's lists, details and forms, and the manual read that
 * table. A column is added by adding a row.
 *
 *	struct view view;
 *
 *	view_init(&view, host, lint, &profile);
 *	for (i = 0; i < kind->count(&view); i++)
 *		kind_cell(kind, &view, i, column, &cell);
 *	view_release(&view);
 */
#ifndef KINDS_KIND_H
#define KINDS_KIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/host.h"
#include "kinds/sink.h"
#include "lint/lint.h"

/* What is being looked at, and the item that was read last. */
struct view {
	struct host *host;
	const struct lint *lint; /* NULL: nothing has been checked */
	const struct profile *profile;
	const char *salt; /* for the fingerprints of secrets; the same within one run */
	struct ike_item rule;
	size_t rule_number; /* of RULE; SIZE_MAX: none */
	struct preshared_item key;
	size_t key_number;
	struct policy_item policy;
	size_t policy_number;
	uint32_t *
		key_rules; /* of each key: the first rule that uses it; made when first asked for */
	struct manual_item manual;
	size_t manual_number;              /* of MANUAL */
	struct manual_item manual_other;   /* of a partner */
	struct manual_pairs *manual_pairs; /* made when first asked for */
};

void view_init(struct view *view, struct host *host, const struct lint *lint,
	       const struct profile *profile);
void view_release(struct view *view);

/* Forgets what was read, after the host has changed; LINT is the new one. */
void view_reset(struct view *view, const struct lint *lint);

/* The rule, key or policy with this number, read and kept until the next call. */
const struct ike_item *view_rule(struct view *view, size_t number);
const struct preshared_item *view_key(struct view *view, size_t number);
const struct policy_item *view_policy(struct view *view, size_t number);

/* The same for a command of ipseckeys. */
const struct manual_item *view_manual(struct view *view, size_t number);

/* Where a value comes from. */
enum origin {
	ORIGIN_NONE, /* nowhere set, and nobody says what holds then; or it is the item's nature */
	ORIGIN_OWN,  /* this rule, this key */
	ORIGIN_FILE, /* the file's default */
	ORIGIN_DAEMON, /* the daemon's default */
	ORIGIN_FORCED  /* what the profile forces, by the column's FORCED_BY */
};

/* Who a thing belongs to; the badge of its row. */
enum owner { OWNER_NONE, OWNER_MDM, OWNER_SSM, OWNER_SHARED, OWNER_FOREIGN };

/* "MDM", "SSM", "shared", "foreign"; NULL for none. */
const char *owner_name(enum owner owner);

enum column_flag {
	COLUMN_LIST = 1,    /* in the list, from 80 columns on */
	COLUMN_WIDE = 2,    /* in the list where there is room */
	COLUMN_DETAIL = 4,  /* in the detail */
	COLUMN_JSON = 8,    /* in the JSON of "list" */
	COLUMN_NUMBER = 16, /* numbers: aligned to the right, sorted by value */
	COLUMN_FLEX = 32,   /* takes what room is left */
	COLUMN_LINES = 64   /* its values are lines, which people see one below the other */
};

struct column {
	const char *name;  /* in JSON, for --sort, for column:text in a filter */
	const char *title; /* N_() the heading */
	const char *help;  /* N_() one sentence */
	uint8_t flags;     /* enum column_flag */
	uint8_t width;     /* cells it wants in a list */
	uint8_t word; /* the keyword of ike/config it shows, whose help and limits hold for it; or 0
		       */
	void (*get)(struct view *view, size_t item, struct sink *sink);
	/* NULL: what it shows is the item's nature and has no origin. */
	enum origin (*origin)(struct view *view, size_t item);
	uint8_t priority; /* where there is little room, a larger one goes first; 0: by its place */
	/* What it is sorted by; NULL: its number or its text. */
	int64_t (*rank)(struct view *view, size_t item);
	const char *forced_by; /* the id of the coexistence rule by which a profile forces it */
};

/* Where the value of an item comes from: "the file's default", "forced by the profile, COEX-R8";
 * translated. Adds nothing where there is nothing to say. */
void column_origin(const struct column *column, struct view *view, size_t item, struct strbuf *sb);

/* Something that an item has beyond its columns. */
struct kind_more {
	const char *name;    /* as the file calls it */
	const char *help;    /* N_() what it is; NULL: nobody knows */
	struct strbuf value; /* printable, without secrets; the caller's to release */
};

struct kind {
	const char *name;  /* "rules": in "list", and the name of the array in its JSON */
	const char *title; /* N_() "Rules" */
	const char *item;  /* N_() "rule" */
	const char *help;  /* N_() one sentence */
	const struct column *columns;
	size_t ncolumns;
	size_t (*count)(struct view *view);
	/* A number that stays the item's own while others come and go. */
	uint64_t (*id)(struct view *view, size_t item);
	/* The item a person calls NAME ("show KIND NAME"); the count where there is none. Callers
	 * want kind_find. */
	size_t (*find)(struct view *view, const char *name);
	/* Adds the items that NAME may mean where it means several; NULL: it never does. */
	void (*choices)(struct view *view, const char *name, struct strbuf *sb);
	/* Adds what a person calls it. */
	void (*name_of)(struct view *view, size_t item, struct strbuf *sb);
	enum owner (*owner)(struct view *view, size_t item);
	/* Where the items are entries of one file: the file, and the entry of each item. */
	enum location file;
	const uint32_t *(*entries)(const struct host *host);
	/* Elsewhere: whether a finding is about the item. Use kind_about. */
	bool (*about)(struct view *view, size_t item, const struct finding *finding);
	/* Number I, from 0, of what the detail has behind the columns; false behind the last one.
	 * NULL: the columns are all. */
	bool (*more)(struct view *view, size_t item, size_t i, struct kind_more *more);
};

/* All kinds, in the order of the screens; ended by NULL. */
extern const struct kind *const kinds[];

extern const struct kind kind_rules, kind_globals, kind_psks, kind_certs, kind_keys, kind_crls,
	kind_policies, kind_manual_sas, kind_findings, kind_history;

const struct kind *kind_by_name(const char *name);

/* The item that a person calls NAME. False with ERR where there is none, or several. */
bool kind_find(const struct kind *kind, struct view *view, const char *name, size_t *item,
	       struct error *err);

/* The number of the column, or ncolumns. */
size_t kind_column(const struct kind *kind, const char *name);

/*
 * Adds the text of one cell, printable; returns whether there is a value. CELL may be NULL. It is
 * one line, but for a column of COLUMN_LINES.
 */
bool kind_cell(const struct kind *kind, struct view *view, size_t item, size_t column,
	       struct strbuf *text, struct cell_sink *cell);

/* Whether a finding is about an item. */
bool kind_about(const struct kind *kind, struct view *view, size_t item,
		const struct finding *finding);

/* The worst severity of the findings about an item. */
enum severity kind_worst(const struct kind *kind, struct view *view, size_t item);

struct filter;

/*
 * Fills ORDER, room for COUNT numbers, with the items that fit FILTER (kinds/filter.h; NULL: all),
 * sorted by COLUMN (ncolumns: as they are); items that compare equal stay in their order. Returns
 * how many there are.
 */
size_t kind_order(const struct kind *kind, struct view *view, struct filter *filter, size_t column,
		  bool descending, uint32_t *order, size_t count);

/* Sorts the COUNT items in ORDER, which are in the order of their numbers, in the same way. */
void kind_sort(const struct kind *kind, struct view *view, size_t column, bool descending,
	       uint32_t *order, size_t count);

#endif
