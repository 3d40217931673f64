/*
 * /etc/inet/secret/ipseckeys: security associations whose keys are set by hand, in the command
 * language of ipseckey(8).
 *
 * One command a line; a backslash right before the newline joins the next line to it. The tool runs
 * the commands in their order and goes on after one that fails, so that what a file means is more
 * than its commands: a security association (SA) is one direction and has a mirrored partner, and
 * of a pair the second one names the first.
 *
 * Making a document of ipseckeys_format cuts the bytes into tokens and the tokens into entries: one
 * a command, with the lines that are joined to it. manual_read then says what one command holds and
 * what is wrong with it; it allocates nothing after its first calls with the same item.
 * manual_check_file adds what is wrong between the commands.
 *
 *	struct manual_item item = MANUAL_ITEM_INIT;
 *	for (i = 0; i < doc->nentries; i++)
 *		if (doc->entries[i].kind == MANUAL_ENTRY_COMMAND)
 *			manual_read(doc, i, &item, &problems);
 *	manual_item_release(&item);
 *	manual_check_file(doc, &problems);
 *
 * Everything a key might be is secret: doc_print shows words of this file only where they are
 * certainly none (the format's secrets callback), and a key's bytes are made by manual_key_bytes
 * alone.
 */
#ifndef FORMATS_IPSECKEYS_FILE_H
#define FORMATS_IPSECKEYS_FILE_H

#include "base/address.h"
#include "doc/doc.h"
#include "formats/ipsec_algs.h"
#include "formats/ipseckeys/words.h"

extern const struct format ipseckeys_format;

enum manual_entry_kind {
	MANUAL_ENTRY_COMMAND,
	MANUAL_ENTRY_KEY_REST, /* digits alone on a line, behind a command that ends with a key */
	MANUAL_ENTRY_OTHER     /* what a comment swallowed; the scanner has said so */
};

/* Flags of an entry. */
enum { MANUAL_ENTRY_UNFINISHED = 1 }; /* the file ends where a joined line should follow */

/* Bytes of a line with its newline, and of a command whose lines are joined, that the tool takes;
 * the second of each is what releases up to Solaris 10 take. */
#define MANUAL_LINE_MAX        4094
#define MANUAL_LINE_MAX_OLD    2046
#define MANUAL_COMMAND_MAX     4095
#define MANUAL_COMMAND_MAX_OLD 2047

/* What can be wrong with the text itself. The checks' table has a row for each. */
enum manual_problem {
	/* of the scanner */
	MANUAL_PROBLEM_BOM = 1,
	MANUAL_PROBLEM_CRLF,             /* lines end in CR LF */
	MANUAL_PROBLEM_CRLF_JOIN,        /* and a backslash joins nothing for that */
	MANUAL_PROBLEM_NUL,              /* a NUL byte outside comments */
	MANUAL_PROBLEM_HIGH_BYTE,        /* a byte beyond ASCII outside comments and texts */
	MANUAL_PROBLEM_LONG_LINE,        /* arg: its length in bytes */
	MANUAL_PROBLEM_LONG_LINE_OLD,    /* too long for old releases; arg: its length */
	MANUAL_PROBLEM_LONG_COMMAND,     /* arg: length of the joined lines */
	MANUAL_PROBLEM_LONG_COMMAND_OLD, /* the same for old releases */
	MANUAL_PROBLEM_BACKSLASH,        /* blanks or CR behind a backslash: it joins nothing */
	MANUAL_PROBLEM_UNFINISHED,     /* the last line ends in a backslash: the command is lost */
	MANUAL_PROBLEM_COMMENT_JOINED, /* a line that belongs to the comment before it */
	MANUAL_PROBLEM_COMMENT_INSIDE, /* # within a command is no comment */
	MANUAL_PROBLEM_QUOTE_OPEN,     /* no closing quote */
	MANUAL_PROBLEM_QUOTE_GLUED,    /* text behind the closing quote is lost */
	MANUAL_PROBLEM_QUOTE_INSIDE,   /* a quote within a word */
	MANUAL_PROBLEM_QUOTE_EMPTY,    /* "" is no word at all */
	/* of the reader: the command */
	MANUAL_PROBLEM_COMMAND_UNKNOWN,
	MANUAL_PROBLEM_COMMAND_CASE,        /* a command but for its letter case */
	MANUAL_PROBLEM_COMMAND_NOT_IN_FILE, /* dump, save ... */
	MANUAL_PROBLEM_COMMAND_FLUSH,       /* flush: the keys of IKE go too */
	MANUAL_PROBLEM_COMMAND_ARGUMENTS,   /* flush with too many words */
	MANUAL_PROBLEM_SA_TYPE_MISSING,
	MANUAL_PROBLEM_SA_TYPE_UNKNOWN,
	MANUAL_PROBLEM_SA_TYPE_ALL, /* all, where one type is wanted */
	MANUAL_PROBLEM_EXTENSION_UNKNOWN,
	MANUAL_PROBLEM_EXTENSION_CASE,    /* an extension but for its letter case */
	MANUAL_PROBLEM_EXTENSION_REFUSED, /* a word that no command takes */
	MANUAL_PROBLEM_EXTENSION_COMMAND, /* not with this command */
	MANUAL_PROBLEM_REPEATED,          /* arg: offset of the first one */
	MANUAL_PROBLEM_MISSING,           /* a required extension; word says which */
	MANUAL_PROBLEM_NO_VALUE,
	MANUAL_PROBLEM_QUOTE,           /* a quoted value where none needs quotes */
	MANUAL_PROBLEM_ORDER_DIRECTION, /* inbound or outbound before every parameter */
	MANUAL_PROBLEM_ORDER_RESERVED,  /* reserved_bits behind encrkey */
	MANUAL_PROBLEM_ORDER_LABEL,     /* an outer label without label before it */
	MANUAL_PROBLEM_DIRECTION_BOTH,  /* inbound and outbound */
	MANUAL_PROBLEM_NUMBER,          /* not a number */
	MANUAL_PROBLEM_NUMBER_SIGN,     /* a sign or blanks before it */
	MANUAL_PROBLEM_NUMBER_OCTAL,    /* a leading 0; arg: what the tool reads */
	MANUAL_PROBLEM_NUMBER_RANGE,    /* the tool would cut it */
	MANUAL_PROBLEM_PROTO_NAME,      /* a protocol's name; arg: its number, which is used */
	MANUAL_PROBLEM_SPI_ZERO,
	MANUAL_PROBLEM_SPI_RESERVED, /* 1 to 255 */
	MANUAL_PROBLEM_REPLAY,       /* a replay window with keys set by hand */
	MANUAL_PROBLEM_STATE_UNKNOWN,
	MANUAL_PROBLEM_STATE, /* not mature */
	MANUAL_PROBLEM_ENCAP_UNKNOWN,
	MANUAL_PROBLEM_ID_TYPE_UNKNOWN,
	MANUAL_PROBLEM_PROXY, /* the old word for inner addresses */
	/* addresses */
	MANUAL_PROBLEM_ADDRESS,      /* not an address, nor a name */
	MANUAL_PROBLEM_ADDRESS_NAME, /* a host's name, which has to be looked up */
	MANUAL_PROBLEM_ADDRESS_SCOPE,
	MANUAL_PROBLEM_ADDRESS_PREFIX, /* a bad prefix, or one where none belongs */
	MANUAL_PROBLEM_ADDRESS_FAMILY, /* not of the family that the word takes */
	MANUAL_PROBLEM_HOST_BITS,
	MANUAL_PROBLEM_DST_ANY, /* 0.0.0.0 or :: as destination */
	MANUAL_PROBLEM_SRC_MULTICAST,
	MANUAL_PROBLEM_SRC_MISSING,
	MANUAL_PROBLEM_FAMILIES, /* src and dst differ */
	/* algorithms and keys of one command */
	MANUAL_PROBLEM_ALG_UNKNOWN,
	MANUAL_PROBLEM_ALG_UNLISTED, /* a number that is in no table of ours */
	MANUAL_PROBLEM_ALG_NONE,     /* any, none or 0, which is the same as nothing */
	MANUAL_PROBLEM_NO_ALGORITHM,
	MANUAL_PROBLEM_NO_KEY,
	MANUAL_PROBLEM_AH_ENCRYPTION,
	MANUAL_PROBLEM_ALG_MISSING,    /* a key, but no algorithm for it; word says which */
	MANUAL_PROBLEM_KEY_MISSING,    /* an algorithm, but no key for it; word says which */
	MANUAL_PROBLEM_KEY_NOT_NEEDED, /* a key for null encryption */
	MANUAL_PROBLEM_KEY_ON_UPDATE,
	MANUAL_PROBLEM_COMBINED_AUTH, /* CCM or GCM with authalg */
	MANUAL_PROBLEM_COUNTER_MODE,  /* CCM or GCM with a key set by hand */
	MANUAL_PROBLEM_NO_INTEGRITY,
	MANUAL_PROBLEM_NO_ENCRYPTION, /* esp with authentication alone */
	/* lifetimes, tunnels, address translation */
	MANUAL_PROBLEM_SOFT_BEYOND_HARD,
	MANUAL_PROBLEM_IDLE_BEYOND,   /* idle time beyond the soft or hard limit */
	MANUAL_PROBLEM_TUNNEL_PROTO,  /* proto of a tunnel that is not 4 or 41 */
	MANUAL_PROBLEM_TUNNEL_FAMILY, /* proto 4 around IPv6, or 41 around IPv4 */
	MANUAL_PROBLEM_INNER_MISSING, /* one inner address without the other; word: which */
	MANUAL_PROBLEM_INNER_FAMILIES,
	MANUAL_PROBLEM_PORTS_BOTH, /* inner and outer ports */
	MANUAL_PROBLEM_NAT_NO_ENCAP,
	MANUAL_PROBLEM_ENCAP_NO_NAT,
	MANUAL_PROBLEM_NAT_NO_REMOTE, /* nat_rport without nat_rem, in transport mode */
	MANUAL_PROBLEM_NAT_AH,
	/* keys by themselves */
	MANUAL_PROBLEM_KEY_NOT_HEX,
	MANUAL_PROBLEM_KEY_EMPTY,
	MANUAL_PROBLEM_KEY_0X,
	MANUAL_PROBLEM_KEY_ODD,           /* an odd number of digits */
	MANUAL_PROBLEM_KEY_BITS,          /* no number behind the / */
	MANUAL_PROBLEM_KEY_BITS_LARGE,    /* more bits than digits */
	MANUAL_PROBLEM_KEY_BITS_TRUNCATE, /* arg: bits that are used */
	MANUAL_PROBLEM_KEY_SIZE,          /* not a size of its algorithm; arg: bits */
	MANUAL_PROBLEM_KEY_SALT,          /* a cipher's key without its salt; arg: bits */
	MANUAL_PROBLEM_KEY_CUT,           /* more digits behind a key */
	MANUAL_PROBLEM_KEY_WEAK,          /* a weak DES key, alone or in 3DES */
	MANUAL_PROBLEM_KEY_3DES,          /* two neighbouring keys of 3DES are the same */
	MANUAL_PROBLEM_KEY_PARITY,  /* bytes without odd parity, which is put right silently */
	MANUAL_PROBLEM_KEY_PATTERN, /* one byte repeated, or bytes that count */
	MANUAL_PROBLEM_KEYS_EQUAL,  /* authkey and encrkey are the same */
	MANUAL_PROBLEM_KEY_BROKEN,  /* the rest of the key above it; arg: bits of both */
	/* between commands: of manual_pairs_finish */
	MANUAL_PROBLEM_AFTER_QUIT,   /* what follows is not read */
	MANUAL_PROBLEM_DUPLICATE,    /* type, spi and dst are there; arg: offset of the first */
	MANUAL_PROBLEM_PAIR_MISSING, /* no such spi in the file */
	MANUAL_PROBLEM_PAIR_LATER,   /* it comes later; arg: its offset */
	MANUAL_PROBLEM_PAIR_NOT_MIRRORED, /* it is there, but not the other direction */
	MANUAL_PROBLEM_PAIR_TAKEN,        /* it has another partner already */
	MANUAL_PROBLEM_PAIR_UNNAMED,      /* two directions without pair-spi; arg: the first one */
	MANUAL_PROBLEM_LONE,              /* an SA without its other direction */
	MANUAL_PROBLEM_KEY_SHARED,        /* the key of an SA that is no partner; arg: its offset */
	MANUAL_PROBLEM_COUNT
};

/*
 * An extension with its values: token TOK is the keyword, tokens ARG to END - 1 are the values;
 * none, one or two.
 */
struct manual_field {
	uint32_t tok, arg, end;
	uint8_t word;    /* as it is spelt: enum manual_word */
	uint8_t name;    /* by its usual name */
	uint8_t value;   /* enum manual_word of a state, encapsulation or type of identity */
	bool good;       /* the value was understood */
	uint64_t number; /* of one that takes a number */
};

struct manual_address {
	struct ip_range range; /* family IP_NONE where it is missing, a name or not understood */
	struct span name;      /* of a host; empty where it is none */
};

/* Where a key stands and what it is, never the key. */
struct manual_key {
	struct span text; /* the digits; empty where it is missing or was not understood */
	uint32_t bits;    /* that are used */
	bool bits_given;  /* with /BITS behind the digits */
};

struct manual_identity {
	uint8_t type; /* enum manual_word, usual name; 0 where NUMBER is the type */
	uint16_t number;
	struct span text; /* without its quotes; empty where there is no identity */
};

/*
 * What one command holds. The array belongs to the item and is used again by the next reading;
 * release it with manual_item_release.
 */
struct manual_item {
	const struct doc *doc;
	uint32_t entry;
	uint8_t command; /* enum manual_word, usual name; 0 where it was not understood */
	uint8_t sa_type; /* MANUAL_AH, MANUAL_ESP or MANUAL_ALL; 0 where it was not understood */
	uint32_t sa_tok; /* token of the type; 0 where there is none */
	struct manual_field *fields;
	size_t nfields, fields_cap;
	uint32_t first[MANUAL_FIELD_COUNT]; /* of each name: index + 1 of its first field */
	uint32_t spi, pair_spi;             /* 0 where missing or not understood */
	bool inbound, outbound;
	struct manual_address src, dst, isrc, idst, nat_loc, nat_rem;
	const struct ipsec_alg *auth_alg, *encr_alg; /* NULL where missing or not understood */
	struct manual_key auth_key, encr_key;
	struct manual_identity src_id, dst_id;
	bool tunnel; /* has inner addresses, ports or a protocol */
};

#define MANUAL_ITEM_INIT                                                                           \
	{                                                                                          \
		.doc = NULL                                                                        \
	}
void manual_item_release(struct manual_item *item);

/*
 * Reads entry number ENTRY, which is of kind MANUAL_ENTRY_COMMAND. PROBLEMS may be NULL; what is
 * added to them is in no particular order.
 */
void manual_read(const struct doc *doc, uint32_t entry, struct manual_item *item,
		 struct problems *problems);

/* The first field of that usual name, or NULL. */
static inline const struct manual_field *manual_find(const struct manual_item *item,
						     enum manual_word name)
{
	return item->first[name] != 0 ? &item->fields[item->first[name] - 1] : NULL;
}

/* The number of the field NAME: a port, a protocol, a lifetime. 0 where it is missing or was not
 * understood. */
uint64_t manual_number(const struct manual_item *item, enum manual_word name);

/* How many commands of the document add security associations; its format counts all commands. */
size_t manual_count_sas(const struct doc *doc);

/* Whether the command adds a security association that is understood: its type and spi are. */
bool manual_is_sa(const struct manual_item *item);

/*
 * The bytes of a key of a document, in memory for secrets that the caller releases; the bits beyond
 * its length are zero. False where there is none; OUT is then empty.
 */
bool manual_key_bytes(const struct doc *doc, const struct manual_key *key, struct blob *out);

/* Whether both keys were understood and are the same bits, however they are written. */
bool manual_key_equal(const struct doc *doc_a, const struct manual_key *a, const struct doc *doc_b,
		      const struct manual_key *b);

/*
 * A key that goes on where it should not: behind a blank or a joined line, in the same command, or
 * on lines of their own behind it.
 */
struct manual_broken {
	uint32_t rest, last;   /* the first and the last token of its rest */
	uint64_t digits;       /* of all pieces */
	struct manual_key key; /* all of it, and what stands between the pieces; empty where
				  something else than digits is among them */
	bool fits;             /* all of it is as long as its algorithm wants it */
};

/* Whether the key NAME, MANUAL_AUTHKEY or MANUAL_ENCRKEY, is broken. */
bool manual_find_broken(const struct manual_item *item, enum manual_word name,
			struct manual_broken *broken);

/* Whether a key of so many bits suits the algorithm; RESERVED of them are none of the key. */
bool manual_key_fits(const struct ipsec_alg *alg, uint64_t bits, uint64_t reserved);

/*
 * Makes a key for ALG of LEN bytes, which are random: gives those of DES and 3DES their parity.
 * False where they are weak or a pattern, and other ones are to be taken.
 */
bool manual_key_prepare(const struct ipsec_alg *alg, unsigned char *bytes, size_t len);

/* Adds what is wrong between the commands of the file, in no particular order. */
void manual_check_file(const struct doc *doc, struct problems *problems);

/*
 * The first entry that is never run, because quit or exit stands before it; the number of entries
 * where there is none.
 */
uint32_t manual_stop(const struct doc *doc);

/*
 * The security associations of a document and who belongs to whom, and what is wrong between its
 * commands, as manual_check_file has it; PROBLEMS may be NULL. The document must outlive it;
 * manual_pairs_free releases it, NULL as well.
 *
 * Whoever reads all commands anyway hands them over one after the other, in the order of the file
 * and up to manual_stop.
 */
struct manual_pairs;
struct manual_pairs *manual_pairs_new(const struct doc *doc, struct problems *problems);
struct manual_pairs *manual_pairs_begin(const struct doc *doc);
void manual_pairs_take(struct manual_pairs *pairs, const struct manual_item *item);
void manual_pairs_finish(struct manual_pairs *pairs, struct problems *problems);
void manual_pairs_free(struct manual_pairs *pairs);

/* One end of a security association, as it can be compared. */
struct manual_end {
	uint8_t family; /* IP_NONE: a name, or any address, or not understood */
	struct ip ip;
	const char *name;
	size_t len; /* of the name; 0: none */
	uint16_t port;
};

/* Whether there is an address or a name. */
static inline bool manual_end_is_known(const struct manual_end *end)
{
	return end->family != IP_NONE || end->len > 0;
}

/* What a security association is for. */
struct manual_flow {
	uint32_t entry; /* of the command that adds it */
	uint8_t type;   /* MANUAL_AH or MANUAL_ESP */
	uint32_t spi;
	uint8_t proto; /* 0: any */
	bool tunnel;
	struct manual_end src, dst;
};

/* How many there are, and number I of them; false where it is not there when the file has been run
 * to its end. */
size_t manual_flow_count(const struct manual_pairs *pairs);
bool manual_flow(const struct manual_pairs *pairs, size_t i, struct manual_flow *flow);

/* Whether there is a command of which nobody knows what it was to add. */
bool manual_is_unclear(const struct manual_pairs *pairs);

/*
 * The entry that adds the other direction of what ENTRY adds: the one that a pair-spi names, or
 * else the one with addresses and ports swapped; among several the one of the same rank. The number
 * of entries where there is none.
 */
uint32_t manual_partner(const struct manual_pairs *pairs, uint32_t entry);

#endif
