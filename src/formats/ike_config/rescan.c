/*
 * ike.config(5) after a change: only what stands around the change is scanned, whatever size the
 * file has. What a token is depends on nothing before it, and where an entry ends on few tokens
 * behind it.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "formats/ike_config/scan.h"

/* What is taken over: tokens and entries before the first two, and from the last two on. */
struct window {
	uint32_t first_token, first_entry;
	uint32_t last_token, last_entry;
	uint32_t from, stop, new_stop; /* bytes between them, in the old and in the new document */
};

/* The last entry that begins LOOKAHEAD tokens before token TOK, or the first of all. */
static uint32_t entry_before(const struct doc *doc, uint32_t tok)
{
	size_t low = 0, high = doc->nentries;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (doc->entries[mid].tok + IKE_LOOKAHEAD <= tok)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 ? (uint32_t)low - 1 : 0;
}

/* The first entry that begins behind byte OFF, or nentries. */
static uint32_t entry_behind(const struct doc *doc, uint32_t off)
{
	size_t at = doc_entry_at(doc, off);

	return at == doc->nentries ? 0 : (uint32_t)at + 1;
}

static struct window find_window(const struct doc *old, const struct doc *doc, struct span changed)
{
	struct window w = { 0 };

	/* A token that ends where the change begins may have grown. */
	w.first_entry = entry_before(old, doc_token_at(old, changed.off > 0 ? changed.off - 1 : 0));
	if (w.first_entry > 0) {
		w.first_token = old->entries[w.first_entry].tok;
		w.from = old->tokens[w.first_token].off;
	}
	w.last_entry = entry_behind(old, changed.off + changed.len);
	if (w.last_entry < old->nentries) {
		w.last_token = old->entries[w.last_entry].tok;
		w.stop = old->tokens[w.last_token].off;
	} else {
		w.last_token = (uint32_t)old->ntokens;
		w.stop = (uint32_t)old->blob.len;
	}
	w.new_stop = w.stop + (uint32_t)(doc->blob.len - old->blob.len);
	return w;
}

/* A file with anything odd in it is read as a whole: oddities are said of the whole file. */
static bool is_plain(const struct doc *doc, const struct window *w)
{
	const char *bytes = doc->blob.data + w->from;
	size_t len = w->new_stop - w->from;

	return memchr(bytes, 0, len) == NULL && memchr(bytes, '\r', len) == NULL &&
	       (w->from > 0 || len < 3 || memcmp(bytes, "\xef\xbb\xbf", 3) != 0);
}

static void forget(struct doc *doc)
{
	free(doc->tokens);
	free(doc->entries);
	problems_release(&doc->problems);
	doc->tokens = NULL;
	doc->entries = NULL;
	doc->ntokens = doc->tokens_cap = doc->nentries = doc->entries_cap = 0;
}

static void copy_head(struct doc *doc, const struct doc *old, const struct window *w)
{
	doc->tokens = vec_grow(NULL, &doc->tokens_cap, old->ntokens + 256, sizeof *doc->tokens);
	doc->entries = vec_grow(NULL, &doc->entries_cap, old->nentries + 8, sizeof *doc->entries);
	doc->ntokens = w->first_token;
	doc->nentries = w->first_entry;
	if (w->first_entry == 0) /* then there may be none at all */
		return;
	memcpy(doc->tokens, old->tokens, doc->ntokens * sizeof *doc->tokens);
	memcpy(doc->entries, old->entries, doc->nentries * sizeof *doc->entries);
}

static void copy_tokens(struct doc *doc, const struct doc *old, const struct window *w)
{
	size_t i, count = old->ntokens - w->last_token, need = doc->ntokens + count;
	uint32_t moved = w->new_stop - w->stop;
	struct token *to;

	if (need > doc->tokens_cap)
		doc->tokens = vec_grow(doc->tokens, &doc->tokens_cap, need, sizeof *doc->tokens);
	to = doc->tokens + doc->ntokens;
	for (i = 0; i < count; i++) {
		to[i] = old->tokens[w->last_token + i];
		to[i].off += moved;
	}
	doc->ntokens = need;
}

/* Splits entries until one begins where an old one began, and takes over the rest. */
static void join_entries(struct doc *doc, const struct doc *old, const struct window *w,
			 uint32_t moved)
{
	uint32_t tok = w->first_token, next = w->last_entry;

	for (;;) {
		uint32_t stop = next < old->nentries ? old->entries[next].tok + moved
						     : (uint32_t)doc->ntokens;

		tok = ike_split_entries(doc, tok, stop);
		if (tok == stop)
			break;
		while (next < old->nentries && old->entries[next].tok + moved < tok)
			next++;
	}
	for (; next < old->nentries; next++) {
		struct entry entry = old->entries[next];

		entry.tok += moved;
		entry.end += moved;
		VEC_PUSH(doc->entries, doc->nentries, doc->entries_cap, entry);
	}
}

bool ike_rescan(struct doc *doc, const struct doc *old, struct span changed)
{
	struct window w = find_window(old, doc, changed);
	uint32_t moved;

	if (old->problems.count > 0 || !is_plain(doc, &w))
		return false;
	copy_head(doc, old, &w);
	if (ike_scan_range(doc, w.from, w.new_stop) != w.new_stop || doc->problems.count > 0) {
		forget(doc);
		return false;
	}
	moved = (uint32_t)doc->ntokens - w.last_token;
	copy_tokens(doc, old, &w);
	join_entries(doc, old, &w, moved);
	return true;
}
