/* What the runner of the checks and their functions share; nobody outside src/lint includes this.
 */
#ifndef LINT_INTERNAL_H
#define LINT_INTERNAL_H

#include "base/strbuf.h"
#include "lint/check.h"
#include "lint/lint.h"

/* A rule with everything the checks ask about it, read once for all of them. */
struct lint_rule {
	const struct ike_item *item;
	const struct ike_item *globals;
	const struct ike_item *effective; /* whose transforms hold: the rule's own or the file's */
	size_t number;                    /* among the rules, from 0 */
	uint32_t index;                   /* n of INDEXID_n; 0: a foreign rule */
	bool mdm;                         /* an MDM rule in a profile with coexistence */
	bool broken; /* something in it was not understood: nothing may be called missing */
};

struct lint_key {
	const struct preshared_item *item;
	size_t number; /* among the keys, from 0 */
	bool broken;
};

struct lint_policy {
	const struct policy_item *item;
	size_t number; /* among the policies, from 0 */
};

/* A command of ipseckeys. */
struct lint_manual {
	const struct manual_item *item;
	size_t number; /* among the commands, from 0 */
	bool broken;
};

/* What the entries of a file have functions for. */
enum lint_rows { ROWS_RULES, ROWS_KEYS, ROWS_POLICIES, ROWS_MANUAL, ROWS_COUNT };

/* What is kept of each rule and key for the checks that compare them. */
struct lint_fact {
	uint32_t entry;
	uint32_t label_hash; /* of a rule; 0: it has none */
	uint64_t pair_hash;  /* of all local and remote addresses; 0: not understood */
	uint64_t remote_hash;
	uint32_t local, remote; /* with HOSTS */
	uint8_t methods;        /* enum ike_method bits of a rule's effective transforms */
	bool hosts : 1;         /* one local and one remote address, both IPv4 hosts */
	bool index : 1;         /* its label is INDEXID_n */
	bool mdm : 1;           /* ... in a profile with coexistence */
	bool wide : 1;          /* an address of it is no single host */
	bool pfs_zero : 1;      /* p2_pfs 0 under another global */
	bool used : 1;          /* a key: some rule finds it */
};

#define LINT_NO_ROW UINT16_MAX

/* A quote of ike/config that is not closed on its line. */
struct lint_quote {
	uint32_t off;
	uint32_t line;  /* where its line begins */
	uint32_t reach; /* up to here all that follows may belong to the text */
};

struct lint {
	struct host *host;
	const struct profile *profile;
	enum role role;
	int64_t now;
	int stage;
	size_t next; /* the rule or key that the stage goes on with */
	struct findings findings;
	struct problems problems; /* of the entry that is being read */
	struct ike_item item;
	struct preshared_item key_item;
	struct policy_item policy_item;
	struct manual_item manual_item;
	struct manual_pairs *manual_pairs; /* what the commands mean to each other */
	uint32_t manual_stop;              /* the first entry of ipseckeys that is never run */
	size_t ncommands;                  /* so many are */
	struct lint_fact *rules, *keys;
	size_t nrules;
	/*
	 * Whether all certificates, or all private keys, that the host may have were looked at:
	 * then one that is not among them is not there. A folder of keys that is missing has none;
	 * of certificates it is a finding by itself.
	 */
	bool certs_known, keys_known;
	bool *used_certs;             /* see lint_used_certs */
	bool foreign[LOCATION_FILES]; /* a file of another kind stands there */
	struct lint_quote *quotes;
	size_t nquotes, quotes_cap;
	bool globals_broken;       /* the same of the file level as lint_rule.broken */
	struct policies *policies; /* see policies.h */
	/* Another run over the same host: of its rules so many are these, from the beginning and
	 * from the end, and its keys. NULL: none. */
	const struct lint *other;
	size_t same_head, same_tail;
	bool same_keys;
	uint8_t *severities;         /* of each row: what the profile and the dialect make of it */
	uint16_t joins[JOIN_COUNT];  /* the row of each comparison's finding, or LINT_NO_ROW */
	bool wanted[LOCATION_FILES]; /* files that have to be read for a row that is reported */
	uint32_t *said;              /* of each row that is said once: its finding, index + 1 */
	uint8_t *worst[LOCATION_FILES];    /* by entry: enum severity of the worst finding */
	struct problem_rows *problem_rows; /* see problems.c */
	/* Rows with a function for each entry of a file. */
	struct {
		uint16_t *rows;
		size_t count;
	} each[ROWS_COUNT];
	/* What the passes over the rules have counted, for the checks of the host. */
	size_t mdm_rules, foreign_rules, certificate_rules, mdm_certificate_rules, preshared_rules;
	size_t no_xform_rules;            /* without a transform, where the file has none */
	uint32_t first_no_xform;          /* entry */
	size_t soft_alone_rules[2];       /* for which the file's soft lifetime, in seconds and in
					     kilobytes, is ignored */
	bool mss_default_said;            /* that the file's transform is none for an MSS */
	bool kilobytes_said;              /* that the file's lifetime is too much for a cipher */
	size_t pfs_zero_rules;            /* rules with p2_pfs 0 under another global */
	bool unsure_said[IKE_WORD_COUNT]; /* values of which nobody knows whether the release has
					     them, and keywords that no manual has */
	uint32_t unsure_algs;             /* the same for algorithms of manual keys, by row */
	int rules_own_certificate; /* 0: not looked yet; 1: this host has one; 2: it has none, or
				      nobody knows */
	uint32_t unused_label;     /* the least INDEXID that no rule has; 0: not looked for yet */
	uint32_t first_foreign, first_certificate, first_preshared; /* entries */
};

/* A row's severity in this run; SEVERITY_OFF: nothing is to be reported. */
static inline enum severity lint_severity(const struct lint *lint, unsigned row)
{
	return (enum severity)lint->severities[row];
}

/*
 * Adds a finding of ROW. Returns it for the caller to fill in, or NULL where the row is off. It is
 * about FILE, and the place AT in it; ENTRY is the rule or key, or FINDING_NOWHERE.
 */
struct finding *lint_add(struct lint *lint, unsigned row, uint32_t file, uint32_t entry,
			 struct span at);

/* Whether a finding of a comparison would be reported. */
static inline bool lint_wants(const struct lint *lint, enum check_join join)
{
	return lint->joins[join] != LINT_NO_ROW &&
	       lint_severity(lint, lint->joins[join]) != SEVERITY_OFF;
}

/* Adds what a comparison found; NULL where no row wants it. */
struct finding *lint_add_join(struct lint *lint, enum check_join join, uint32_t file,
			      uint32_t entry, struct span at);

/* About a whole file or folder. */
struct finding *lint_add_file(struct lint *lint, unsigned row, uint32_t file);

/* About a rule: at its label, or where it begins. */
struct finding *lint_add_rule(struct lint *lint, unsigned row, const struct lint_rule *rule);

/* About one statement of a rule or of the file level. */
struct finding *lint_add_stmt(struct lint *lint, unsigned row, const struct ike_item *item,
			      const struct ike_stmt *stmt);

/* The same for the value alone. */
struct finding *lint_add_value(struct lint *lint, unsigned row, const struct ike_item *item,
			       const struct ike_stmt *stmt);

/* The same with the numbers that belong to it. */
struct finding *lint_add_numbers(struct lint *lint, unsigned row, const struct ike_item *item,
				 const struct ike_stmt *stmt, uint32_t a, uint32_t b);

/* About a key: where it begins. */
struct finding *lint_add_key(struct lint *lint, unsigned row, const struct lint_key *key);

/* Sets the words that belong to a finding; FINDING may be NULL. */
void finding_text(struct finding *finding, const char *text);

/* Whether a rule without its own p1_xform... : any of its effective transforms has one of METHODS.
 */
static inline bool lint_rule_has(const struct lint_rule *rule, unsigned methods)
{
	return (rule->effective->methods & methods) != 0;
}

/* Whether all of its effective transforms use certificates, or preshared keys. */
static inline bool lint_rule_is_certificate(const struct lint_rule *rule)
{
	return rule->effective->methods != 0 && !lint_rule_has(rule, IKE_METHOD_PRESHARED);
}

static inline bool lint_rule_is_preshared(const struct lint_rule *rule)
{
	return rule->effective->methods == IKE_METHOD_PRESHARED;
}

/* Sets the numbers that belong to a finding; FINDING may be NULL, and is returned. */
struct finding *finding_numbers(struct finding *finding, uint32_t a, uint32_t b);

/* Names the row with the id of ROW that stands N rows further down, for functions that report two.
 */
static inline unsigned lint_row_after(unsigned row, unsigned n)
{
	return row + n;
}

/* problems.c: finds the rows about problems; before the first of the others. */
void lint_index_problems(struct lint *lint);

/* Whether a row gives words to a problem and is not off. */
bool lint_wants_problem(const struct lint *lint, enum check_reader reader,
			const struct problem *problem);

/* Adds what a reader has said, about ENTRY of FILE. */
void lint_add_problems(struct lint *lint, enum check_reader reader, const struct problems *problems,
		       uint32_t file, uint32_t entry);

/* Adds what the scanner of a file has said; each problem is about the entry it stands in. */
void lint_add_scan_problems(struct lint *lint, enum check_reader reader, enum location file);

/*
 * rules_slots.c: of each certificate whether the rules or the trust of the file need it; once the
 * rules are counted. Borrowed. It reads the rules anew, and is only worth asking where something is
 * wrong with a certificate.
 */
const bool *lint_used_certs(struct lint *lint);

/* foreign.c: finds the files that are of another kind, and says so. */
void lint_find_foreign(struct lint *lint);

/* Whether a file was read and is what it should be, so that something may be missing in it. */
static inline bool lint_is_known(const struct lint *lint, enum location file)
{
	return host_doc(lint->host, file) != NULL && !lint->foreign[file];
}

/* Whether everything is known that a file, which need not be there, says. */
static inline bool lint_is_clear(const struct lint *lint, enum location file)
{
	return lint_is_known(lint, file) || lint->host->files[file].info.state == FILE_MISSING;
}

/* rules_host.c: whether something else stands where the folder of a file or folder should: it is
 * missing for that reason alone. */
bool lint_is_lost(const struct lint *lint, enum location location);

/* rules_store.c: sets certs_known and keys_known. */
void lint_look_at_store(struct lint *lint);

/* quotes.c: finds the quotes of ike/config that are not closed. */
void lint_find_quotes(struct lint *lint);

/* Whether a problem of ike/config is there only because of such a quote. */
bool lint_is_of_quote(const struct lint *lint, const struct problem *problem);

/* Whether there is such a quote in the bytes. */
bool lint_has_quote(const struct lint *lint, struct span span);

/* Which reader's codes the problems of a file are; READER_NONE where it is no file of entries. */
enum check_reader lint_reader_of(enum location file);

/* entries.c: reads one entry, says what is wrong with it, and calls the functions of its rows. */
void lint_check_globals(struct lint *lint);
void lint_take_rule(struct lint *lint, size_t number);
void lint_take_key(struct lint *lint, size_t number);
void lint_take_policy(struct lint *lint, size_t number);
void lint_take_manual(struct lint *lint, size_t number);

/* facts.c: what is kept of a rule or key; FACT is all zero before. */
void fact_of_rule(struct lint_fact *fact, const struct lint_rule *rule);
void fact_of_key(struct lint_fact *fact, const struct preshared_item *item, uint32_t entry);

/* Counts a rule for the checks of the host. */
void lint_count_rule(struct lint *lint, const struct lint_fact *fact);

/* Finds out what is as it was when OTHER looked, and hands it out; false: to be read again. */
void lint_know(struct lint *lint, const struct lint *other, const struct doc *config,
	       const struct doc *preshared);
bool lint_known_rule(const struct lint *lint, size_t number, struct lint_fact *fact);
bool lint_known_key(const struct lint *lint, size_t number, struct lint_fact *fact);

/* Compares the rules and keys with each other; run once all have been read. */
void lint_compare_rules(struct lint *lint);
void lint_compare_keys(struct lint *lint);

/* join.c: joins the rules with the keys; run once both have been compared. */
void lint_join_keys(struct lint *lint);

/* Whether ike.preshared was read and has no key at all: that is said once. */
bool lint_has_no_keys(const struct lint *lint);

/* compare_manual.c: finds out which commands are run, before the first one; and what they mean to
 * each other, once all have been read. */
void lint_begin_commands(struct lint *lint);
void lint_compare_commands(struct lint *lint);

/* compare_policy.c: the policies with each other and with the other files. */
void lint_compare_policies(struct lint *lint);

/* message.c: adds TEXT with the places of a row filled in for a finding. */
void lint_fill(const struct lint *lint, const struct finding *finding, const char *text,
	       struct strbuf *sb);

#endif
