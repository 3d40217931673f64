/*
 * /etc/inet/secret/ike.preshared, as ike.preshared(5) has it.
 *
 * The file is read line by line, so much of what ike.config(5) allows is wrong here: a comment
 * begins in the first column, } stands behind white space and ends its line, and lines have a
 * largest length. Where the manual is silent, the open in.ikev2d's reader is the model.
 *
 * Making a document of preshared_format cuts the bytes into tokens and the tokens into entries:
 * keys, and runs that are none. preshared_read then says what one entry holds; it allocates nothing
 * after its first calls with the same item.
 *
 * Everything a key might be is secret: doc_print shows words of this file only where they are
 * certainly none (the format's secrets callback), and a key's bytes are made by
 * preshared_key_bytes alone.
 */
#ifndef FORMATS_IKE_PRESHARED_FILE_H
#define FORMATS_IKE_PRESHARED_FILE_H

#include "base/address.h"
#include "doc/doc.h"
#include "formats/ike_preshared/words.h"

extern const struct format preshared_format;

enum preshared_entry_kind {
	PRESHARED_ENTRY_KEY,
	PRESHARED_ENTRY_OTHER /* not understood; the scanner has said why */
};

/* Flags of an entry. */
enum { PRESHARED_ENTRY_UNCLOSED = 1 }; /* without its closing brace */

/* Bytes of text the daemon takes for one line. */
#define PRESHARED_LINE_MAX 1022

/* What can be wrong with the text itself. The checks' table has a row for each. */
enum preshared_problem {
	/* of the scanner */
	PRESHARED_PROBLEM_BOM = 1,
	PRESHARED_PROBLEM_CRLF,      /* lines end in CR LF */
	PRESHARED_PROBLEM_LONG_LINE, /* arg: its length in bytes */
	PRESHARED_PROBLEM_NUL,       /* a NUL byte outside comments */
	PRESHARED_PROBLEM_HIGH_BYTE, /* a byte beyond ASCII outside comments */
	PRESHARED_PROBLEM_COMMENT_NOT_COLUMN_1,
	PRESHARED_PROBLEM_SLASH_COMMENT,    /* // is no comment here */
	PRESHARED_PROBLEM_OUTSIDE,          /* text outside the braces */
	PRESHARED_PROBLEM_STRAY_CLOSE,      /* } without { */
	PRESHARED_PROBLEM_GLUED_CLOSE,      /* } without white space before it */
	PRESHARED_PROBLEM_OPEN_AFTER_CLOSE, /* } { on one line: the second entry is lost */
	PRESHARED_PROBLEM_TEXT_AFTER_CLOSE,
	PRESHARED_PROBLEM_KEY_UNTERMINATED,  /* no closing quote */
	PRESHARED_PROBLEM_KEY_BACKSLASH_END, /* \\" with something behind it on its line */
	PRESHARED_PROBLEM_KEY_QUOTE,         /* something behind the closing quote */
	/* of the reader: the entry */
	PRESHARED_PROBLEM_UNCLOSED,
	PRESHARED_PROBLEM_UNKNOWN,  /* no field */
	PRESHARED_PROBLEM_ALIAS,    /* a field's other name */
	PRESHARED_PROBLEM_REPEATED, /* arg: offset of the first one */
	PRESHARED_PROBLEM_MISSING,  /* a required field; word says which */
	PRESHARED_PROBLEM_NO_VALUE,
	PRESHARED_PROBLEM_QUOTE, /* a quote where none belongs */
	/* ids */
	PRESHARED_PROBLEM_ID_TYPE_MISSING,
	PRESHARED_PROBLEM_ID_TYPE_UNDOCUMENTED, /* IPv4, IP_SUBNET … */
	PRESHARED_PROBLEM_ID_TYPE_UNSUPPORTED,  /* an id, but no address */
	PRESHARED_PROBLEM_ID_TYPE_UNKNOWN,
	PRESHARED_PROBLEM_ADDRESS_NAME,
	PRESHARED_PROBLEM_ADDRESS_SCOPE,
	PRESHARED_PROBLEM_ADDRESS_PREFIX,
	PRESHARED_PROBLEM_ADDRESS_MASK,
	PRESHARED_PROBLEM_ADDRESS_RANGE,
	PRESHARED_PROBLEM_ADDRESS_BLANK, /* white space before / or - */
	PRESHARED_PROBLEM_ADDRESS_MULTICAST,
	PRESHARED_PROBLEM_ADDRESS_V4_IN_V6,
	PRESHARED_PROBLEM_ADDRESS_ANY,       /* 0.0.0.0 or :: without a prefix */
	PRESHARED_PROBLEM_ADDRESS_BROADCAST, /* 255.255.255.255 */
	PRESHARED_PROBLEM_PREFIX_ID,         /* a prefix instead of an address */
	PRESHARED_PROBLEM_PREFIX_ZERO,
	PRESHARED_PROBLEM_HOST_BITS,
	PRESHARED_PROBLEM_IPV6,        /* an IPv6 address */
	PRESHARED_PROBLEM_TYPE_FAMILY, /* IPv4 with an IPv6 address, or the reverse */
	PRESHARED_PROBLEM_FAMILIES,    /* one end IPv4, the other IPv6 */
	/* mode */
	PRESHARED_PROBLEM_MODE, /* aggressive or both */
	PRESHARED_PROBLEM_MODE_UNKNOWN,
	/* key */
	PRESHARED_PROBLEM_KEY_EMPTY,
	PRESHARED_PROBLEM_KEY_NOT_HEX,
	PRESHARED_PROBLEM_KEY_0X,
	PRESHARED_PROBLEM_KEY_ASCII,
	PRESHARED_PROBLEM_KEY_ASCII_SHORT, /* fewer than three bytes between the quotes */
	PRESHARED_PROBLEM_KEY_BITS,        /* no number behind the / */
	PRESHARED_PROBLEM_KEY_BITS_TOO_LARGE,
	PRESHARED_PROBLEM_KEY_BITS_TRUNCATE, /* arg: bits that are used */
	PRESHARED_PROBLEM_KEY_ODD,           /* an odd number of digits */
	PRESHARED_PROBLEM_KEY_SHORT_64,      /* fewer than 64 bits; arg: bits */
	PRESHARED_PROBLEM_KEY_SHORT_128,     /* fewer than 128 bits; arg: bits */
	PRESHARED_PROBLEM_KEY_PATTERN,       /* one byte repeated, or a manual's example */
	PRESHARED_PROBLEM_KEY_TEXT,          /* digits that spell text */
	PRESHARED_PROBLEM_KEY_DIGITS, /* text, in quotes or spelt by digits, that is digits */
	PRESHARED_PROBLEM_COUNT
};

/*
 * A field with its value: tokens TOK to END - 1, of which ARG to END - 1 are the value, one token
 * or none.
 */
struct preshared_stmt {
	uint32_t tok, arg, end;
	uint8_t word;  /* as it is spelt: enum preshared_word */
	uint8_t field; /* by its usual name */
	uint8_t value; /* enum preshared_word of a type or mode */
	bool good;     /* the value was understood */
};

struct preshared_id {
	uint8_t type;          /* enum preshared_word, usual name; IP where it is missing */
	struct ip_range range; /* family IP_NONE where it was not understood */
};

enum preshared_form {
	PRESHARED_FORM_NONE, /* no key, or one that was not understood */
	PRESHARED_FORM_HEX,
	PRESHARED_FORM_0X,
	PRESHARED_FORM_ASCII
};

struct preshared_key {
	uint8_t form;     /* enum preshared_form */
	bool bits_given;  /* with /BITS behind the digits */
	uint32_t bits;    /* its length */
	struct span text; /* the digits alone, or what stands between the quotes */
};

/*
 * What one entry holds. The array belongs to the item and is used again by the next reading;
 * release it with preshared_item_release.
 */
struct preshared_item {
	const struct doc *doc;
	uint32_t entry;
	uint32_t open, close; /* tokens of the braces; close 0 where it is missing */
	struct preshared_stmt *stmts;
	size_t nstmts, stmts_cap;
	uint32_t first[PRESHARED_FIELD_COUNT]; /* of each field: index + 1 of its first statement */
	struct preshared_id local, remote;
	uint8_t mode; /* enum preshared_word; main where it is missing, 0 where not understood */
	struct preshared_key key;
};

#define PRESHARED_ITEM_INIT                                                                        \
	{                                                                                          \
		.doc = NULL                                                                        \
	}
void preshared_item_release(struct preshared_item *item);

/*
 * Reads entry number ENTRY, which is of kind PRESHARED_ENTRY_KEY. PROBLEMS may be NULL; what is
 * added to them is in no particular order.
 */
void preshared_read(const struct doc *doc, uint32_t entry, struct preshared_item *item,
		    struct problems *problems);

/* The first statement of a field, by its usual name, or NULL. */
static inline const struct preshared_stmt *preshared_find(const struct preshared_item *item,
							  enum preshared_word field)
{
	return item->first[field] != 0 ? &item->stmts[item->first[field] - 1] : NULL;
}

/*
 * The bytes of the key, in memory for secrets that the caller releases. False where the key was
 * not understood; OUT is then empty.
 */
bool preshared_key_bytes(const struct doc *doc, const struct preshared_item *item,
			 struct blob *out);

/* Whether both items' keys were understood and are the same bytes, however they are written. */
bool preshared_key_equal(const struct preshared_item *a, const struct preshared_item *b);

#endif
