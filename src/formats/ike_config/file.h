/*
 * /etc/inet/ike/config, as ike.config(5) has it.
 *
 * Reading has two steps. Making a document of ike_config_format cuts the bytes into tokens and the
 * tokens into entries: global parameters, rules, and runs that are neither. ike_read_globals and
 * ike_read_rule then say what the file level, or one rule, holds; they are cheap enough to be
 * called again whenever a rule is looked at, so that nothing but tokens is kept of a large file.
 *
 * What is wrong with a value or a place becomes a problem. A value that is wrong counts as not
 * understood, not as absent: nobody is told that an address is missing which stands there misspelt.
 */
#ifndef FORMATS_IKE_CONFIG_FILE_H
#define FORMATS_IKE_CONFIG_FILE_H

#include "base/address.h"
#include "doc/doc.h"
#include "formats/ike_config/words.h"

extern const struct format ike_config_format;

enum ike_entry_kind {
	IKE_ENTRY_GLOBAL, /* entry.word is the keyword */
	IKE_ENTRY_RULE,
	IKE_ENTRY_OTHER /* not understood */
};

/* Flags of an entry. */
enum { IKE_ENTRY_UNCLOSED = 1 }; /* a rule without its closing brace */

/* What can be wrong with the text itself. The checks' table has a row for each. */
enum ike_problem {
	IKE_PROBLEM_BOM = 1,          /* the file begins with a byte order mark */
	IKE_PROBLEM_NUL,              /* arg: how many NUL bytes */
	IKE_PROBLEM_CRLF,             /* lines end in CR LF */
	IKE_PROBLEM_HIGH_BYTE_WORD,   /* a byte beyond ASCII outside comments and strings */
	IKE_PROBLEM_HIGH_BYTE_STRING, /* the same in a string */
	IKE_PROBLEM_UNTERMINATED,     /* a string without its closing quote */
	IKE_PROBLEM_BACKSLASH_NEWLINE,
	IKE_PROBLEM_UNKNOWN,     /* a word that is no keyword; arg 1: it begins a line of what may
				    all be one mistake with the one before it */
	IKE_PROBLEM_OLD_KEYWORD, /* localid, remoteid of the Solaris 9 guides */
	IKE_PROBLEM_STRAY,       /* text that cannot stand there */
	IKE_PROBLEM_SCOPE,       /* a keyword in the wrong place */
	IKE_PROBLEM_STRAY_CLOSE,
	IKE_PROBLEM_CLOSED_EARLY, /* a } with more behind it that belongs before it; word p1_xform:
				     a transform's, else a rule's */
	IKE_PROBLEM_UNCLOSED,     /* a rule or transform without its closing brace */
	IKE_PROBLEM_NO_OPEN,      /* p1_xform without { */
	IKE_PROBLEM_NO_VALUE,
	IKE_PROBLEM_REPEATED,          /* in a rule or transform; arg: offset of the first one */
	IKE_PROBLEM_REPEATED_GLOBAL,   /* at file level; arg: offset of the first one */
	IKE_PROBLEM_REPEATED_LOCAL_ID, /* arg: offset of the first one, which is used */
	IKE_PROBLEM_BARE_STRING,       /* text that should be in quotes */
	IKE_PROBLEM_QUOTED_WORD,       /* a word that should not be in quotes */
	IKE_PROBLEM_ESCAPE,            /* a backslash before something that needs none */
	IKE_PROBLEM_COMMA_ESCAPE,      /* \, where \\, is meant */
	IKE_PROBLEM_EMPTY_STRING,
	IKE_PROBLEM_NUMBER,          /* not a number */
	IKE_PROBLEM_NUMBER_SIZE,     /* does not fit in 32 bits */
	IKE_PROBLEM_NUMBER_RANGE,    /* outside what the keyword takes */
	IKE_PROBLEM_VALUE,           /* not one of the keyword's values */
	IKE_PROBLEM_GROUP,           /* no such group */
	IKE_PROBLEM_GROUP_NAME,      /* a group by its name; arg: its number */
	IKE_PROBLEM_PFS,             /* not 0 and no such group */
	IKE_PROBLEM_KEY_SIZE_CIPHER, /* a key size for a cipher that takes none */
	IKE_PROBLEM_KEY_SIZE,        /* not 128, 192 or 256, or the lower one is larger */
	IKE_PROBLEM_KEY_SIZE_SINGLE, /* aes(256) instead of aes(256..256) */
	IKE_PROBLEM_BLOWFISH_CDC,
	IKE_PROBLEM_ADDRESS_NAME,
	IKE_PROBLEM_ADDRESS_SCOPE,
	IKE_PROBLEM_ADDRESS_PREFIX,
	IKE_PROBLEM_ADDRESS_MASK,
	IKE_PROBLEM_ADDRESS_ORDER,
	IKE_PROBLEM_ADDRESS_FAMILIES,
	IKE_PROBLEM_ADDRESS_MULTICAST,
	IKE_PROBLEM_ADDRESS_V4_IN_V6, /* an IPv4 address in IPv6 form */
	IKE_PROBLEM_HOST_BITS,
	IKE_PROBLEM_V6_RANGE,
	IKE_PROBLEM_V6_MASK,
	IKE_PROBLEM_LABEL_LONG,
	IKE_PROBLEM_LABEL_KEYWORD, /* a bare label that is a keyword */
	IKE_PROBLEM_LABEL_EMPTY,
	IKE_PROBLEM_URL,
	IKE_PROBLEM_COUNT
};

/* A keyword with its value: tokens TOK to END - 1, of which ARG to END - 1 are the value. */
struct ike_stmt {
	uint32_t tok, arg, end;
	uint32_t value; /* a number, a group, or a value's word in its usual spelling */
	uint8_t word;   /* enum ike_word */
	bool good;      /* the value was understood */
};

struct ike_xform {
	uint32_t stmt;         /* index of the p1_xform among the item's statements */
	uint32_t open, close;  /* tokens of the braces; 0 where one is missing */
	uint32_t first, count; /* its own statements, in the item's list of inner statements */
};

struct ike_address {
	uint32_t stmt; /* index among the item's statements */
	bool remote;
	struct ip_range range; /* family IP_NONE where it was not understood */
};

/*
 * What one rule, or the file level, holds. The arrays belong to the item and are used again by the
 * next reading; release it with ike_item_release.
 */
struct ike_item {
	const struct doc *doc;
	bool file_level;      /* it is the file level and no rule */
	uint32_t entry;       /* of a rule */
	uint32_t open, close; /* of a rule: tokens of the braces; close 0 where it is missing */
	struct ike_stmt *stmts;
	size_t nstmts, stmts_cap;
	struct ike_stmt *inner; /* the statements of the transforms */
	size_t ninner, inner_cap;
	struct ike_xform *xforms;
	size_t nxforms, xforms_cap;
	struct ike_address *addresses;
	size_t naddresses, addresses_cap;
	uint32_t first[IKE_KEYWORD_COUNT]; /* of each keyword: index + 1 of its first statement */
	uint8_t methods;                   /* enum ike_method bits of its transforms */
};

enum ike_method {
	IKE_METHOD_PRESHARED = 1,
	IKE_METHOD_RSA_SIG = 2,
	IKE_METHOD_RSA_ENCRYPT = 4,
	IKE_METHOD_DSS_SIG = 8,
	IKE_METHODS_CERTIFICATE = 14
};

#define IKE_ITEM_INIT                                                                              \
	{                                                                                          \
		.doc = NULL                                                                        \
	}
void ike_item_release(struct ike_item *item);

/* Reads everything at file level. PROBLEMS may be NULL. */
void ike_read_globals(const struct doc *doc, struct ike_item *item, struct problems *problems);

/* Reads the rule that is entry number ENTRY. PROBLEMS may be NULL. */
void ike_read_rule(const struct doc *doc, uint32_t entry, struct ike_item *item,
		   struct problems *problems);

/* The first statement of a keyword, or NULL. */
static inline const struct ike_stmt *ike_find(const struct ike_item *item, enum ike_word word)
{
	return item->first[word] != 0 ? &item->stmts[item->first[word] - 1] : NULL;
}

/* Whether the rule that is entry number RULE ends too early: more of it stands behind its }, and
 * another } behind that. */
bool ike_closed_early(const struct doc *doc, uint32_t rule);

/* The number or value of a keyword that stands there and was understood. */
bool ike_value(const struct ike_item *item, enum ike_word word, uint32_t *value);

/* The first statement of a keyword in a transform, or NULL. */
const struct ike_stmt *ike_xform_find(const struct ike_item *item, const struct ike_xform *xform,
				      enum ike_word word);

/* The item whose transforms hold for RULE: itself, or the file level where it has none. */
static inline const struct ike_item *ike_effective(const struct ike_item *rule,
						   const struct ike_item *globals)
{
	return rule->first[IKE_P1_XFORM] != 0 ? rule : globals;
}

/* What a statement's value stands for: without quotes and escapes. Adds to SB. */
void ike_unquote(const struct doc *doc, const struct ike_stmt *stmt, struct strbuf *sb);

/* The value as it stands in the file, its tokens one blank apart. Adds to SB. */
void ike_raw_value(const struct doc *doc, const struct ike_stmt *stmt, struct strbuf *sb);

/* Whether a label is INDEXID_n, which makes the rule MDM's; sets *NUMBER, which may be NULL. */
bool ike_is_index_label(const char *label, size_t len, uint32_t *number);

/* The same of the rule's label. */
bool ike_index_label(const struct ike_item *rule, uint32_t *number);

/*
 * Reads a number in C notation that takes up all LEN bytes. Returns 0, IKE_PROBLEM_NUMBER or
 * IKE_PROBLEM_NUMBER_SIZE.
 */
unsigned ike_parse_number(const char *text, size_t len, uint32_t *value);

#endif
