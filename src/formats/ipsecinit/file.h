/*
 * /etc/inet/ipsecinit.conf, as ipsecconf(8) has it and as the illumos program reads it.
 *
 * An entry is a pattern in braces, an action, and properties in braces; or may add alternatives:
 *
 *	{laddr 192.0.2.1 raddr 192.0.2.5} ipsec {encr_algs aes encr_auth_algs sha256 sa shared}
 *
 * The file is read line by line, and where a line ends decides more than one would think: an entry
 * begins on a line of its own, or stands on the line of the } before it, and the last } needs white
 * space or a newline behind it. There are no quotes and no escapes; # cuts a line anywhere.
 *
 * Making a document of ipsecinit_format cuts the bytes into tokens and the tokens into entries:
 * policies, and runs that are none. The scanner says what is wrong with lines and braces.
 * policy_read then says what one policy holds and what is wrong with that; it allocates nothing
 * after its first calls with the same item. policy_normalize makes one line of it.
 *
 * A value that is wrong counts as not understood, not as absent: nobody is told that a direction is
 * missing which stands there misspelt. Names of hosts, services and protocols are not looked up:
 * those that every host has are in a table (ipsecinit_words.h), others stay names.
 */
#ifndef FORMATS_IPSECINIT_FILE_H
#define FORMATS_IPSECINIT_FILE_H

#include "base/address.h"
#include "doc/doc.h"
#include "formats/ipsecinit/words.h"

extern const struct format ipsecinit_format;

enum policy_entry_kind {
	POLICY_ENTRY_POLICY,
	POLICY_ENTRY_OTHER /* not understood; the scanner has said why */
};

/* Flags of an entry. */
enum {
	POLICY_ENTRY_INCOMPLETE = 1, /* its last group in braces is missing or not closed */
	POLICY_ENTRY_SPELLING = 2    /* a keyword or action of it has capitals, or is dest */
};

/* What the tool has room for. More pairs than these overflow its memory. */
#define POLICY_LINE_MAX         1022 /* bytes of a line, without its newline */
#define POLICY_ENTRY_MAX        8191 /* bytes of an entry's lines, without comments */
#define POLICY_PAIRS_MAX        8    /* keywords in one pattern */
#define POLICY_PROPERTIES_MAX   5    /* properties in one group */
#define POLICY_ALTERNATIVES_MAX 20
#define POLICY_WORDS_MAX        115 /* words of one entry, braces and or not among them */
#define POLICY_TUNNEL_NAME_MAX  31

/* What can be wrong with the text itself. The checks' table has a row for each. */
enum policy_problem {
	/* of the scanner */
	POLICY_PROBLEM_BOM = 1,
	POLICY_PROBLEM_NUL,              /* a NUL byte outside comments */
	POLICY_PROBLEM_HIGH_BYTE,        /* a byte beyond ASCII outside comments */
	POLICY_PROBLEM_LONG_LINE,        /* arg: its length in bytes */
	POLICY_PROBLEM_LONG_ENTRY,       /* arg: bytes so far */
	POLICY_PROBLEM_BACKSLASH,        /* a backslash at the end of a line joins nothing */
	POLICY_PROBLEM_OUTSIDE,          /* text that does not begin with { */
	POLICY_PROBLEM_STRAY_CLOSE,      /* } without { */
	POLICY_PROBLEM_STRAY_OPEN,       /* { within braces */
	POLICY_PROBLEM_STRAY_WORD,       /* between the action and its { */
	POLICY_PROBLEM_OPEN_AFTER_CLOSE, /* a second entry on the line of the first */
	POLICY_PROBLEM_TEXT_AFTER_CLOSE, /* the tool rejects the entry and loses the text */
	POLICY_PROBLEM_COMMENT_GLUED,    /* }# swallows the line that follows */
	POLICY_PROBLEM_NO_NEWLINE,       /* the file ends with the last } */
	POLICY_PROBLEM_OR_NEW_LINE,      /* or is not on the line of the } before it */
	POLICY_PROBLEM_OR_GLUED,         /* oripsec */
	POLICY_PROBLEM_OR_SHORT,         /* o */
	/* of the reader: the entry */
	POLICY_PROBLEM_UNCLOSED,
	POLICY_PROBLEM_NO_ACTION,
	POLICY_PROBLEM_NO_PROPERTIES,  /* no braces behind the action */
	POLICY_PROBLEM_ACTION,         /* not an action */
	POLICY_PROBLEM_LAYOUT,         /* a line ends between } and the action */
	POLICY_PROBLEM_TOO_MANY_PAIRS, /* in one group; arg: how many fit */
	POLICY_PROBLEM_TOO_MANY_ALTERNATIVES,
	POLICY_PROBLEM_TOO_MANY_WORDS,
	/* keywords and properties */
	POLICY_PROBLEM_UNKNOWN,
	POLICY_PROBLEM_CASE,      /* a word with capitals in it */
	POLICY_PROBLEM_DEST,      /* dest, which one sentence of the manual has for dst */
	POLICY_PROBLEM_MISPLACED, /* a property in the pattern, a keyword in the properties */
	POLICY_PROBLEM_NO_VALUE,
	POLICY_PROBLEM_REPEATED,     /* arg: offset of the first one */
	POLICY_PROBLEM_VALUE,        /* not one of the keyword's values */
	POLICY_PROBLEM_VALUE_PREFIX, /* more than the value, of which the tool reads the beginning
				      */
	/* style and direction */
	POLICY_PROBLEM_STYLE_MIX,     /* a keyword of the other style */
	POLICY_PROBLEM_STYLE_ACTION,  /* an action the manual has for the other style */
	POLICY_PROBLEM_OR_OLD_STYLE,  /* alternatives are for the new style */
	POLICY_PROBLEM_DIR_NEW_STYLE, /* the property dir is for the old style */
	POLICY_PROBLEM_DIR_CONFLICT,  /* apply is for packets that go out, permit for the others */
	POLICY_PROBLEM_DIR_REQUIRED,  /* ipsec in the old style */
	POLICY_PROBLEM_DIR_NO_EFFECT, /* bypass or drop without a direction does nothing */
	POLICY_PROBLEM_DROP_ALL,      /* drop for every packet */
	POLICY_PROBLEM_MIXED_ACTIONS, /* alternatives with and without protection */
	/* addresses */
	POLICY_PROBLEM_ADDRESS,
	POLICY_PROBLEM_ADDRESS_NAME,  /* a name, and name service may not be up yet */
	POLICY_PROBLEM_ADDRESS_SCOPE, /* with a scope id */
	POLICY_PROBLEM_PREFIX,        /* no number behind the / */
	POLICY_PROBLEM_PREFIX_SIZE,   /* longer than an address */
	POLICY_PROBLEM_HOST_BITS,     /* arg: length of the prefix, of the mask too */
	POLICY_PROBLEM_MASK,
	POLICY_PROBLEM_MASK_ZERO,
	POLICY_PROBLEM_MASK_HOLES,
	POLICY_PROBLEM_MASK_ALONE,  /* without its address */
	POLICY_PROBLEM_MASK_PREFIX, /* with a prefix */
	POLICY_PROBLEM_MASK_V6,
	POLICY_PROBLEM_FAMILIES, /* one end IPv4, the other IPv6 */
	/* ports and protocols */
	POLICY_PROBLEM_PORT,      /* no number up to 65535, and no name; a range is none either */
	POLICY_PROBLEM_PORT_NAME, /* a service that a host's own table has to have */
	POLICY_PROBLEM_PORT_NO_ULP,
	POLICY_PROBLEM_ULP,
	POLICY_PROBLEM_ULP_NAME,
	POLICY_PROBLEM_ULP_SIZE, /* arg: what the tool makes of it in 8 bits */
	/* ICMP */
	POLICY_PROBLEM_ICMP_TYPE,
	POLICY_PROBLEM_ICMP_CODE,    /* not a code, and read as any */
	POLICY_PROBLEM_ICMP_SIZE,    /* a type above 255, a code above 254 */
	POLICY_PROBLEM_ICMP_ORDER,   /* a range that ends before it begins */
	POLICY_PROBLEM_ICMP_NO_ULP,  /* ulp is not icmp or ipv6-icmp: the type is ignored */
	POLICY_PROBLEM_ICMP_FAMILY,  /* a word of ICMPv6 with icmp, or the reverse */
	POLICY_PROBLEM_ICMP_NO_TYPE, /* no type before the code */
	/* tunnels */
	POLICY_PROBLEM_TUNNEL_NAME,     /* too long */
	POLICY_PROBLEM_TUNNEL_ALONE,    /* tunnel without negotiate, or the reverse */
	POLICY_PROBLEM_TUNNEL_SELECTOR, /* with negotiate transport */
	POLICY_PROBLEM_UNIQUE_TUNNEL,   /* sa unique with negotiate tunnel */
	POLICY_PROBLEM_UNIQUE_NO_IPSEC, /* sa unique with bypass or drop */
	/* algorithms */
	POLICY_PROBLEM_ALG,          /* no algorithm of that name */
	POLICY_PROBLEM_ALG_CLASS,    /* a cipher for integrity, or the reverse */
	POLICY_PROBLEM_ALG_NUMBER,   /* not 1 to 255 */
	POLICY_PROBLEM_ALG_UNLISTED, /* a number that is in no table of ours */
	POLICY_PROBLEM_ALG_ANY,
	POLICY_PROBLEM_ALG_WEAK,
	POLICY_PROBLEM_ALG_NULL,      /* the null cipher: integrity alone */
	POLICY_PROBLEM_KEY_LENGTH,    /* what is in parentheses is no length, or text follows */
	POLICY_PROBLEM_KEY_BLANK,     /* white space before ( or within the parentheses */
	POLICY_PROBLEM_KEY_DOT,       /* one dot for two */
	POLICY_PROBLEM_KEY_RANGE,     /* no key of the algorithm has such a length */
	POLICY_PROBLEM_KEY_STEP,      /* within the limits, but no key has such a length */
	POLICY_PROBLEM_NO_ALGORITHM,  /* nothing to protect with */
	POLICY_PROBLEM_ALG_NO_IPSEC,  /* an algorithm with bypass or drop */
	POLICY_PROBLEM_ENCR_ALONE,    /* encryption without integrity */
	POLICY_PROBLEM_NULL_ALONE,    /* neither */
	POLICY_PROBLEM_COMBINED_AUTH, /* encr_auth_algs with CCM or GCM */
	POLICY_PROBLEM_COMBINED_KEPT, /* the same with CCM or GCM of an alternative before */
	POLICY_PROBLEM_COUNT
};

/*
 * A keyword or property with its value: tokens TOK to END - 1, of which ARG to END - 1 are the
 * value: one token or none, and more only where white space is wrong.
 */
struct policy_stmt {
	uint32_t tok, arg, end;
	uint8_t word;    /* as it is spelt: enum policy_word */
	uint8_t keyword; /* by its usual name */
	uint8_t value;   /* enum policy_word of a value */
	bool good;       /* the value was understood */
};

/* A port, a protocol, or a range of types or codes. */
struct policy_number {
	bool set;   /* it is there, was understood, and is not 0 for any */
	bool named; /* by a name that is in no table of ours; the rest means nothing then */
	uint16_t first, last;
};

/* One end. In the old style LOCAL is the source and REMOTE the destination. */
struct policy_end {
	struct ip_range range; /* family IP_NONE where there is none, or not understood */
	bool named;            /* it is a name */
	struct policy_number port;
};

struct policy_alg {
	const struct ipsec_alg *alg; /* NULL: not there, not understood, or NUMBER alone */
	uint8_t number;              /* 0 where it is not there or not understood */
	bool ranged;                 /* with parentheses */
	uint16_t min, max;           /* bits of the key; 0 for no limit */
};

/* The property's place among those of an alternative. */
#define POLICY_PROPERTY(word) ((word)-POLICY_AUTH_ALGS)
#define POLICY_PROPERTY_COUNT POLICY_PROPERTY(POLICY_PROPERTY_END)

/* An action with its properties. */
struct policy_alternative {
	uint32_t action;                    /* its token; 0 where it is missing */
	uint32_t open, close;               /* tokens of the braces; 0 where one is missing */
	uint32_t first, count;              /* its statements, in the item's list of properties */
	uint32_t at[POLICY_PROPERTY_COUNT]; /* of each property: index + 1 of its first statement */
	uint8_t word;                       /* the action by its usual name, or 0 */
	uint8_t sa;                         /* POLICY_SHARED or POLICY_UNIQUE */
	struct policy_alg ah, encr, auth;
};

enum policy_direction { POLICY_DIRECTION_IN = 1, POLICY_DIRECTION_OUT = 2 };

/*
 * What one policy holds. The arrays belong to the item and are used again by the next reading;
 * release it with policy_item_release.
 */
struct policy_item {
	const struct doc *doc;
	uint32_t entry;
	uint32_t open, close;      /* tokens of the pattern's braces; close 0 where it is missing */
	struct policy_stmt *stmts; /* of the pattern */
	size_t nstmts, stmts_cap;
	struct policy_stmt *properties; /* of all alternatives */
	size_t nproperties, properties_cap;
	struct policy_alternative *alternatives;
	size_t nalternatives, alternatives_cap;
	uint32_t
		first[POLICY_KEYWORD_COUNT]; /* of each keyword: index + 1 of its first statement */
	uint8_t style;                       /* enum policy_style */
	uint8_t direction; /* enum policy_direction bits; 0: the kernel gets no rule */
	uint8_t negotiate; /* POLICY_MODE_TUNNEL, POLICY_MODE_TRANSPORT or 0 */
	bool unknown;      /* a word of it was not understood */
	struct policy_end local, remote;
	struct policy_number ulp, type, code;
};

#define POLICY_ITEM_INIT                                                                           \
	{                                                                                          \
		.doc = NULL                                                                        \
	}
void policy_item_release(struct policy_item *item);

/*
 * Reads entry number ENTRY, which is of kind POLICY_ENTRY_POLICY. PROBLEMS may be NULL; what is
 * added to them is in no particular order.
 */
void policy_read(const struct doc *doc, uint32_t entry, struct policy_item *item,
		 struct problems *problems);

/* The first statement of a keyword of the pattern, by its usual name, or NULL. */
static inline const struct policy_stmt *policy_find(const struct policy_item *item,
						    enum policy_word keyword)
{
	return item->first[keyword] != 0 ? &item->stmts[item->first[keyword] - 1] : NULL;
}

/* The first statement of a property of one alternative, or NULL. */
static inline const struct policy_stmt *policy_find_property(
	const struct policy_item *item, const struct policy_alternative *alternative,
	enum policy_word property)
{
	uint32_t at = alternative->at[POLICY_PROPERTY(property)];

	return at != 0 ? &item->properties[at - 1] : NULL;
}

/* Whether the source is the peer's end: in the old style, for packets that come in. */
static inline bool policy_is_swapped(const struct policy_item *item)
{
	return item->style == POLICY_STYLE_OLD && item->direction == POLICY_DIRECTION_IN;
}

/*
 * Adds the policy as one line in the way ipsecconf -l shows the kernel's: new style, usual names,
 * ports as numbers, masks as prefixes, algorithms by their first name, the direction that holds.
 * Two policies that mean the same have the same line. What was not understood stands as it is in
 * the file.
 */
void policy_normalize(const struct policy_item *item, struct strbuf *sb);

#endif
