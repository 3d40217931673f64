#include "config.h"

#include "change/manual_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"

#define SPI_FIRST 256 /* the ones below are reserved */

/* TEXT may be NULL or empty: then the field is not there. */
static void add_field(struct strbuf *sb, enum manual_word name, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	if (manual_words[name].arg == MANUAL_ARG_NONE && !manual_flag_is_set(text))
		return;
	strbuf_addf(sb, " %s", manual_words[name].name);
	if (manual_words[name].arg != MANUAL_ARG_NONE) {
		strbuf_addch(sb, ' ');
		manual_value_format(sb, name, text);
	}
}

static void add_key(struct strbuf *sb, enum manual_word name, const struct blob *key)
{
	if (key == NULL)
		return;
	strbuf_addf(sb, " %s ", manual_words[name].name);
	strbuf_add(sb, key->data, key->len);
}

/* In the order of the manual's examples: who, from where to where, how. reserved_bits counts for an
 * encrkey behind it alone. */
static const uint8_t first_words[] = {
	MANUAL_SPI,   MANUAL_PAIR_SPI, MANUAL_INBOUND,       MANUAL_OUTBOUND,
	MANUAL_PROTO, MANUAL_SRC,      MANUAL_SPORT,         MANUAL_DST,
	MANUAL_DPORT, MANUAL_ENCRALG,  MANUAL_RESERVED_BITS,
};

/* Room for all of it at once, so that no copy of a key is left behind when the string grows. */
static void reserve(struct strbuf *sb, const struct manual_new *sa)
{
	size_t i, room = 256;

	for (i = 0; i < MANUAL_FIELD_COUNT; i++)
		room += sa->values[i] != NULL ? strlen(sa->values[i]) + 32 : 0;
	strbuf_reserve(sb, room + (sa->encr != NULL ? sa->encr->len : 0) +
				   (sa->auth != NULL ? sa->auth->len : 0));
}

void manual_compose_fields(struct strbuf *sb, const struct manual_new *sa)
{
	bool done[MANUAL_FIELD_COUNT] = { false };
	unsigned name;
	size_t i;

	reserve(sb, sa);
	for (i = 0; i < ARRAY_SIZE(first_words); i++) {
		name = first_words[i];
		done[name] = true;
		add_field(sb, (enum manual_word)name, sa->values[name]);
	}
	add_key(sb, MANUAL_ENCRKEY, sa->encr);
	for (name = 1; name < MANUAL_FIELD_COUNT; name++) {
		if (!done[name])
			add_field(sb, (enum manual_word)name, sa->values[name]);
		if (name == MANUAL_AUTHALG)
			add_key(sb, MANUAL_AUTHKEY, sa->auth);
	}
}

void manual_compose(struct strbuf *sb, const struct manual_new *sa)
{
	reserve(sb, sa);
	strbuf_addf(sb, "add %s", manual_words[sa->type].name);
	manual_compose_fields(sb, sa);
}

/* Where the first command stands that ends the run; UINT32_MAX where none does. */
static uint32_t find_end(const struct doc *doc)
{
	size_t i;

	for (i = 0; i < doc->nentries; i++) {
		const struct entry *e = &doc->entries[i];
		unsigned word = doc->tokens[e->tok].word;

		if (e->kind == MANUAL_ENTRY_COMMAND &&
		    manual_word_canonical((enum manual_word)word) == MANUAL_QUIT)
			return doc->tokens[e->tok].off;
	}
	return UINT32_MAX;
}

/* Whether the last line joins whatever comes behind it. */
static bool ends_joining(const struct doc *doc)
{
	const char *bytes = doc->blob.data;
	size_t len = doc->blob.len;

	if (len > 0 && bytes[len - 1] == '\n')
		len--;
	return len > 0 && bytes[len - 1] == '\\';
}

bool manual_insert(struct edits *edits, const struct doc *doc, const char *text, struct error *err)
{
	uint32_t end = find_end(doc),
		 off = doc->blob.len > 0 ? (uint32_t)doc->blob.len - 1 : UINT32_MAX;
	struct strbuf behind = STRBUF_INIT;

	if (end != UINT32_MAX) {
		uint32_t start = doc_line(doc, end).off;

		edit_insert_lines(edits, doc, start > 0 ? start - 1 : UINT32_MAX, text);
		return true;
	}
	if (!ends_joining(doc)) {
		edit_insert_lines(edits, doc, off, text);
		return true;
	}
	if (doc->nentries > 0 && (doc->entries[doc->nentries - 1].flags & MANUAL_ENTRY_UNFINISHED))
		return error_set(
			err, ERROR_REFUSED,
			_("the file ends with a backslash, so that its last command is not read; mend that first"));
	/* A comment that would take the command with it: an empty line ends it. */
	strbuf_reserve(&behind, strlen(text) + 2);
	strbuf_addf(&behind, "\n%s", text);
	edit_insert_lines(edits, doc, off, behind.buf);
	strbuf_wipe(&behind);
	return true;
}

bool manual_spi_is_hex(const struct doc *doc)
{
	struct manual_item item = MANUAL_ITEM_INIT;
	bool hex = false, found = false;
	size_t i;

	for (i = doc != NULL ? doc->nentries : 0; i-- > 0 && !found;) {
		const struct manual_field *spi;

		if (doc->entries[i].kind != MANUAL_ENTRY_COMMAND)
			continue;
		manual_read(doc, (uint32_t)i, &item, NULL);
		spi = manual_find(&item, MANUAL_SPI);
		found = manual_is_sa(&item) && spi != NULL;
		hex = found && doc->tokens[spi->arg].len > 2 &&
		      (doc_text(doc, spi->arg)[1] | 0x20) == 'x';
	}
	manual_item_release(&item);
	return hex;
}

static void note_spi(unsigned char *used, size_t count, uint32_t spi)
{
	if (spi >= SPI_FIRST && spi - SPI_FIRST < count)
		used[spi - SPI_FIRST] = 1;
}

uint32_t manual_unused_spi(const struct doc *doc, uint32_t other)
{
	size_t count = doc != NULL ? doc->nentries * 2 + 2 : 2, i;
	unsigned char *used = xcalloc(count, 1);
	struct manual_item item = MANUAL_ITEM_INIT;

	note_spi(used, count, other);
	for (i = 0; doc != NULL && i < doc->nentries; i++) {
		if (doc->entries[i].kind != MANUAL_ENTRY_COMMAND)
			continue;
		manual_read(doc, (uint32_t)i, &item, NULL);
		note_spi(used, count, item.spi);
		note_spi(used, count, item.pair_spi);
	}
	manual_item_release(&item);
	for (i = 0; used[i]; i++)
		;
	free(used);
	return SPI_FIRST + (uint32_t)i;
}
