/*
 * The table of checks: one row a check, with its id, how grave it is, what it says, why, and the
 * way out.
 *
 * The command "check", the marks in the lists, the Problems screen and the list of ids in the
 * manual read these rows. A check is added by adding a row, and its function where it needs one.
 *
 * The ids are those of the coexistence rules (COEX-, FILE-, MSS-), of the list of
 * diagnoses (A01, C03), and CONF-, PSK-, POL- and SA- for what the file formats themselves demand.
 * Some ids have several rows: one rule can be broken in more than one way.
 */
#ifndef LINT_CHECK_H
#define LINT_CHECK_H

#include <stddef.h>
#include <stdint.h>

#include "formats/ike_config/file.h"
#include "lint/lint.h"

struct lint_rule;
struct lint_key;
struct lint_policy;
struct lint_manual;
struct repair;

/* Which file's problem codes a row is about. */
enum check_reader {
	READER_NONE,
	READER_IKE,
	READER_PRESHARED,
	READER_POLICY,
	READER_MANUAL,
	READER_COUNT
};

/*
 * What a comparison of entries or files finds. A row says that it is about one of them, and so
 * gives it its words; the comparison itself names no row.
 */
enum check_join {
	JOIN_NONE,
	/* between policies */
	JOIN_POLICY_TWICE,
	JOIN_POLICY_OTHER_ACTION, /* the same pattern */
	JOIN_POLICY_BYPASSED,
	JOIN_POLICY_SHADOWED,
	JOIN_POLICY_REDUNDANT, /* shadowed by one that does the same */
	JOIN_POLICY_ORDER,
	JOIN_POLICY_ONE_WAY,
	JOIN_POLICY_ONE_WAY_TUNNEL,
	JOIN_POLICY_NEIGHBORS,
	JOIN_POLICY_NEIGHBORS_MAYBE,
	JOIN_POLICY_ICMP_ACTION,
	JOIN_POLICY_TUNNEL_MODES,
	JOIN_POLICY_FOREIGN, /* keywords that neither MDM nor SSM writes */
	/* between policies, rules and manual keys */
	JOIN_POLICY_NO_PEER,
	JOIN_RULE_NO_POLICY,
	JOIN_NO_PROTECTION,
	JOIN_MSS_PROPOSAL,
	JOIN_MSS_COMMISSIONING,
	JOIN_MSS_PORT,
	/* between manual keys, policies and certificates */
	JOIN_SA_NO_POLICY,
	JOIN_SAS_NO_POLICIES,
	JOIN_SA_FOREIGN,    /* not for CMP */
	JOIN_CMP_NO_POLICY, /* keys for CMP */
	JOIN_CMP_NO_SA,     /* a policy for CMP */
	JOIN_CMP_LEFT,      /* both, and no certificate */
	JOIN_COUNT
};

/* When a row holds. */
enum check_when {
	WHEN_ALWAYS,
	WHEN_COEXISTENCE, /* in a profile in which MDM and SSM share the host */
	WHEN_ALONE        /* in any other */
};

struct check {
	const char *id;
	const char *aka; /* other ids for the same thing, "B01, MSS-9"; or NULL */
	/*
	 * E error, W warning, N note, - none: one letter, or one a dialect in the order
	 * sol9 sol10 sol11 sol114 illumos ikev2d. A row that is - alone explains an id by which a
	 * change is refused; no check reports it.
	 */
	const char *severity;
	enum check_when when;
	enum check_reader reader;
	uint16_t problem; /* the reader's code that this row gives words to; 0: none */
	uint8_t words[6]; /* the row is about a problem of these keywords alone; none: about any */
	uint8_t scope;    /* and of a word in this place (enum ike_scope) alone; 0: in any */
	uint8_t join;     /* enum check_join: the finding of a comparison that this row is about */
	bool once; /* of a problem: said once a file, at the first; {a}: how many there are */
	const char *title; /* N_() a few words */
	const char
		*message; /* N_() a sentence; {text} {label} {word} {a} {b} ... see lint_message */
	const char *why;  /* N_() what happens, and where it is written */
	const char *fix;  /* N_() what to do */
	/* What looks for it, in each rule, at file level, in each key, policy or command of
	 * ipseckeys, or elsewhere; all NULL: the row is
	 * reported by a problem, by a comparison or by another row's function. */
	void (*rule)(struct lint *lint, unsigned row, const struct lint_rule *rule);
	void (*globals)(struct lint *lint, unsigned row);
	void (*key)(struct lint *lint, unsigned row, const struct lint_key *key);
	void (*policy)(struct lint *lint, unsigned row, const struct lint_policy *policy);
	void (*manual)(struct lint *lint, unsigned row, const struct lint_manual *manual);
	void (*host)(struct lint *lint, unsigned row);
	/* Makes the repair of a finding of this row (lint/repair.h), or returns false; NULL: it
	 * never has one. */
	bool (*repair)(const struct lint *lint, const struct finding *finding,
		       struct repair *repair);
};

extern const struct check checks[];
extern const size_t check_count;

/* The row with this id and title: for functions that report rows which have none of their own. */
int check_row(const char *id, const char *title);

/* Whether this is a row's id, or another name of it. */
bool check_is_named(const struct check *check, const char *id);

/* The first row with this id (or that is also known by it), or -1. */
int check_find(const char *id);

/* The id that is nearest to a misspelt one, of several the one that begins most like it; or NULL.
 */
const char *check_near(const char *id);

/* Whether messages may have a place {NAME}. */
bool check_has_place(const char *name, size_t len);

/* Adds the way out in general, for a reader who has no finding before him. */
void check_explain_fix(const struct check *check, struct strbuf *sb);

#endif
