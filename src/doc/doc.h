/*
 * Documents: a file as its bytes.
 *
 * A document holds the bytes of one file and what its format saw in them: tokens, entries and the
 * places where the lexer stumbled. Reading never fails on content, and the bytes are never made
 * anew from what was understood: writing a document is writing its bytes. A change is a list of
 * replaced ranges (doc/edit.h) that makes a new document from an old one.
 *
 *	struct doc *doc = doc_new(&ike_config_format, blob);   (adopts the blob)
 *	for (i = 0; i < doc->nentries; i++)
 *		... doc->entries[i] ...
 *	doc_free(doc);
 *
 * A token that is not white space or a comment is a span with a kind and, where the format's word
 * table has it, the number of its word. An entry is a run of tokens at the top of the file: a
 * global parameter, a rule, a key, or a run that is not understood. Everything between tokens is
 * white space and comments.
 */
#ifndef DOC_DOC_H
#define DOC_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/blob.h"
#include "base/strbuf.h"

/* A document's largest size: offsets are 32 bits wide, and no host has such a file. */
#define DOC_MAX_BYTES ((size_t)1 << 30)

struct span {
	uint32_t off;
	uint32_t len;
};

enum token_kind {
	TOKEN_WORD,
	TOKEN_STRING, /* with its quotes */
	TOKEN_OPEN,   /* { */
	TOKEN_CLOSE,  /* } */
	TOKEN_LPAREN,
	TOKEN_RPAREN,
	TOKEN_BROKEN /* a string without an end, up to the end of its line */
};

/* One that is longer than this is cut in two; no format has a word of that length. */
#define TOKEN_MAX_LEN ((1u << 20) - 1)

struct token {
	uint32_t off;
	uint32_t len : 20;
	uint32_t kind : 4;
	uint32_t word : 8; /* number in the format's table of words; 0: not one of them */
};

/* Tokens TOK to END - 1. KIND and WORD mean what the format says. */
struct entry {
	uint32_t tok;
	uint32_t end;
	uint8_t kind;
	uint8_t word;
	uint16_t flags;
};

/* Something that was not understood, or is not as it should be, at a place. CODE is the format's.
 */
struct problem {
	uint16_t code;
	uint16_t word;
	struct span at;
	uint32_t arg; /* a number that belongs to the message, often the offset of another place */
};

struct problems {
	struct problem *items;
	size_t count, cap;
};

struct doc;

/* What a file format is to the document layer. One constant of this type a format. */
struct format {
	const char *name;        /* as in --type */
	const char *title;       /* N_() for people */
	const char *entry_title; /* N_() what one entry is called, plural */
	bool secret;             /* its bytes hold keys */
	/* Fills the document's tokens, entries and lexical problems from its bytes. */
	void (*scan)(struct doc *doc);
	/*
	 * The same for a document that was made from OLD, which is scanned, by a change: what OLD
	 * has from byte CHANGED.off on, CHANGED.len bytes of it, is all that may differ. It may
	 * give up and return false, having added nothing; then the whole is scanned. NULL in a
	 * format whose files are small.
	 */
	bool (*rescan)(struct doc *doc, const struct doc *old, struct span changed);
	/*
	 * Calls MARK for each span of the document within RANGE that must not be shown; NULL in a
	 * format without secrets.
	 */
	void (*secrets)(const struct doc *doc, struct span range,
			void (*mark)(void *ctx, struct span span), void *ctx);
	/* How many of the entries count as the file's entries (rules, keys). */
	size_t (*count)(const struct doc *doc);
};

/* Read it, but change it through the functions only. */
struct doc {
	const struct format *format;
	struct blob blob;
	struct token *tokens;
	size_t ntokens, tokens_cap;
	struct entry *entries;
	size_t nentries, entries_cap;
	struct problems problems; /* the lexer's, in the order of the file */
	uint32_t *block_lines;    /* newlines before each block of the bytes, ... */
	uint32_t nblocks;         /* ... as far as somebody has asked for them */
};

/* Reads BLOB as a file of FORMAT and adopts it; it is not longer than DOC_MAX_BYTES. */
struct doc *doc_new(const struct format *format, struct blob blob);
/* The same for a blob made from OLD's by a change of the bytes CHANGED of OLD. */
struct doc *doc_new_from(const struct doc *old, struct blob blob, struct span changed);

void doc_free(struct doc *doc);

/* The bytes of a token; not terminated. */
static inline const char *doc_text(const struct doc *doc, size_t token)
{
	return doc->blob.data + doc->tokens[token].off;
}

/* From the first byte of token TOK to the last byte of token END - 1. */
struct span doc_span(const struct doc *doc, uint32_t tok, uint32_t end);

/* Line and column of a byte, both from 1; a column is a byte of its line. */
struct position {
	uint32_t line;
	uint32_t column;
};
struct position doc_position(struct doc *doc, uint32_t off);

/* The bytes of the line that holds OFF, without its line end. */
struct span doc_line(const struct doc *doc, uint32_t off);

/* Where the line before that of OFF begins; 0 on the first line. */
uint32_t doc_previous_line(const struct doc *doc, uint32_t off);

/* The first token that begins at byte OFF or behind it; ntokens where there is none. */
uint32_t doc_token_from(const struct doc *doc, uint32_t off);

/* The token that holds byte OFF, or else the first behind it; ntokens where there is none. */
uint32_t doc_token_at(const struct doc *doc, uint32_t off);

/* Adds the bytes of SPAN as one printable line, with tabs as blanks and secrets as "<hidden>". */
void doc_print(const struct doc *doc, struct span span, struct strbuf *sb);

/* The entry that holds the byte, or the one before it; nentries where there is none. */
size_t doc_entry_at(const struct doc *doc, uint32_t off);

/* For formats. */
void problem_add(struct problems *problems, unsigned code, unsigned word, struct span at,
		 uint32_t arg);
void problems_release(struct problems *problems);

#endif
