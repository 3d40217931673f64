/* Every edit of every policy of the corpus: what it does not mean stays, byte for byte, and every
 * other policy says what it said. */
#include "config.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "change/edits.h"
#include "tests/tools/corpus.h"
#include "tests/tools/lossless.h"
#include "tests/unit/checked.h"

TestSuite(policy_corpus, .timeout = 300);

/* What the policies say, a line each; release with forget. */
struct lines {
	char **items;
	size_t count, cap;
};

static void remember(const struct host *host, struct lines *lines)
{
	struct policy_item item = POLICY_ITEM_INIT;
	size_t i;

	for (i = 0; i < host->npolicies; i++) {
		struct strbuf sb = STRBUF_INIT;

		policy_read(host_doc(host, LOCATION_IPSECINIT), host->policies[i], &item, NULL);
		policy_normalize(&item, &sb);
		VEC_PUSH(lines->items, lines->count, lines->cap, strbuf_detach(&sb, NULL));
	}
	policy_item_release(&item);
}

static void forget(struct lines *lines)
{
	size_t i;

	for (i = 0; i < lines->count; i++)
		free(lines->items[i]);
	free(lines->items);
	*lines = (struct lines){ 0 };
}

/* A file that is being tried: what it was, and how often something was done or refused. */
struct trial {
	const char *path;
	struct profile *profile;
	struct host *host;
	struct change *change;
	struct blob old;
	struct lines lines;
	size_t done, refused;
};

static void trial_open(struct trial *t, const char *path, struct profile *profile)
{
	struct error err = ERROR_INIT;
	struct blob blob;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	cr_assert(fd >= 0 && blob_read(&blob, fd, 4096, 1 << 20, false, path, &err), "%s", path);
	close(fd);
	t->path = path;
	t->profile = profile;
	t->old = blob_copy(blob.data, blob.len, false);
	t->host = host_open_single(LOCATION_IPSECINIT, path, blob, DIALECT_ILLUMOS);
	t->change = change_new(t->host, profile, ROLE_ADMIN);
	remember(t->host, &t->lines);
}

static void trial_close(struct trial *t)
{
	forget(&t->lines);
	blob_release(&t->old);
	change_free(t->change);
	host_free(t->host);
}

static const struct blob *bytes(const struct trial *t)
{
	return &host_doc(t->host, LOCATION_IPSECINIT)->blob;
}

/* How many bytes are the same at the beginning, and of the others at the end. */
static void compare(const struct trial *t, size_t *head, size_t *tail)
{
	const struct blob *a = &t->old, *b = bytes(t);
	size_t most = a->len < b->len ? a->len : b->len;

	for (*head = 0; *head < most && a->data[*head] == b->data[*head]; ++*head)
		;
	for (*tail = 0;
	     *head + *tail < most && a->data[a->len - 1 - *tail] == b->data[b->len - 1 - *tail];
	     ++*tail)
		;
}

/* Takes back what was done, which must leave nothing, and makes sure it can be done again. */
static void take_back(struct trial *t, const char *what)
{
	struct blob made = blob_copy(bytes(t)->data, bytes(t)->len, false);

	if (change_count(t->change) > 0) {
		cr_assert(change_undo(t->change));
		cr_assert(blob_equal(bytes(t), &t->old), "%s: %s, taken back", t->path, what);
		cr_assert(change_redo(t->change));
		cr_assert(blob_equal(bytes(t), &made), "%s: %s, done again", t->path, what);
		cr_assert(change_undo(t->change));
	}
	cr_assert(blob_equal(bytes(t), &t->old), "%s: %s", t->path, what);
	blob_release(&made);
}

/* Whether it was done; a refusal must have a sentence and leave all as it is. */
static bool was_done(struct trial *t, bool good, struct error *err, const char *what)
{
	if (!good) {
		cr_assert(err->text != NULL && err->text[0] != '\0');
		cr_assert(blob_equal(bytes(t), &t->old), "%s: %s, refused: %s", t->path, what,
			  err->text);
		cr_assert_eq(change_count(t->change), 0);
		t->refused++;
	} else {
		t->done++;
		cr_assert(lossless_is_as_new(host_doc(t->host, LOCATION_IPSECINIT)));
	}
	error_clear(err);
	return good;
}

/* The policies from OLD on are those from NEW on. */
static void expect_same(const struct trial *t, const struct lines *now, size_t old, size_t new,
			size_t count, const char *what)
{
	size_t i;

	for (i = 0; i < count; i++)
		cr_assert_str_eq(t->lines.items[old + i], now->items[new + i],
				 "%s: %s: policy %zu is %s, not %s", t->path, what, new + i + 1,
				 now->items[new + i], t->lines.items[old + i]);
}

/* The bytes of a policy. */
static struct span span_of(const struct trial *t, size_t number)
{
	const struct doc *doc = host_doc(t->host, LOCATION_IPSECINIT);
	const struct entry *e = &doc->entries[t->host->policies[number]];

	return doc_span(doc, e->tok, e->end);
}

static const struct field fields[] = {
	{ "laddr", "192.0.2.77" },
	{ "raddr", "2001:db8::/32" },
	{ "saddr", "192.0.2.78" },
	{ "daddr", "10.0.0.0/8" },
	{ "smask", "255.255.0.0" },
	{ "lport", "7777" },
	{ "rport", "telnet" },
	{ "sport", "0x50" },
	{ "dport", "7778" },
	{ "ulp", "sctp" },
	{ "type", "echo" },
	{ "code", "7" },
	{ "tunnel", "ip.tun7" },
	{ "negotiate", "transport" },
	{ "dir", "in" },
	{ "dir", "both" },
	{ "action", "drop" },
	{ "1.action", "ipsec" },
	{ "auth_algs", "hmac-md5" },
	{ "encr_algs", "aes(192)" },
	{ "1.encr_auth_algs", "sha512" },
	{ "sa", "unique" },
	{ "2.sa", "shared" },
	{ "2.encr_algs", "3des" },
	{ "2.action", "bypass" },
	{ "3.action", "drop" },
	{ "laddr", "" },
	{ "raddr", "" },
	{ "saddr", "" },
	{ "daddr", "" },
	{ "lport", "" },
	{ "ulp", "" },
	{ "type", "" },
	{ "tunnel", "" },
	{ "dir", "" },
	{ "auth_algs", "" },
	{ "encr_algs", "" },
	{ "2.auth_algs", "" },
	{ "1.action", "" },
	{ "2.action", "" },
};

/* AT is where the policy was. */
static void expect_edited(struct trial *t, size_t number, struct span at, const char *what)
{
	const struct blob *a = &t->old, *b = bytes(t);
	size_t behind = a->len - at.off - at.len;
	struct lines now = { 0 };

	cr_assert(b->len >= at.off + behind);
	cr_assert_eq(memcmp(a->data, b->data, at.off), 0, "%s: %s: before it", t->path, what);
	cr_assert_eq(memcmp(a->data + a->len - behind, b->data + b->len - behind, behind), 0,
		     "%s: %s: behind it", t->path, what);
	remember(t->host, &now);
	cr_assert_eq(now.count, t->lines.count);
	expect_same(t, &now, 0, 0, number, what);
	expect_same(t, &now, number + 1, number + 1, now.count - number - 1, what);
	forget(&now);
}

/* How often the word of a field stands in the policy. */
static size_t count_words(const struct trial *t, size_t number, const char *name)
{
	const char *plain = name + strspn(name, "0123456789.");
	enum policy_word word =
		policy_word_find(plain, strlen(plain), POLICY_SET_PATTERN | POLICY_SET_PROPERTY);
	struct policy_item item = POLICY_ITEM_INIT;
	size_t i, count = 0;

	policy_read(host_doc(t->host, LOCATION_IPSECINIT), t->host->policies[number], &item, NULL);
	for (i = 0; i < item.nstmts; i++)
		count += item.stmts[i].keyword == word;
	for (i = 0; i < item.nproperties; i++)
		count += item.properties[i].keyword == word;
	policy_item_release(&item);
	return count;
}

/* Whether the bytes differ in one place: something went, something came, or the value became
 * another one. */
static bool is_one_place(const struct trial *t, const char *value)
{
	size_t head, tail, len = bytes(t)->len;

	compare(t, &head, &tail);
	if (value[0] == '\0')
		return head + tail == len;
	return head + tail == t->old.len || len - head - tail <= strlen(value);
}

static void try_edit(struct trial *t, size_t number, const struct field *field)
{
	struct span at = span_of(t, number);
	size_t words = count_words(t, number, field->name);
	struct strbuf what = STRBUF_INIT;
	struct error err = ERROR_INIT;
	bool good = policy_edit(t->change, number, field, 1, &err);

	strbuf_addf(&what, "%s=%s of %zu", field->name, field->value, number + 1);
	if (was_done(t, good, &err, what.buf)) {
		expect_edited(t, number, at, what.buf);
		cr_assert(words > 1 || is_one_place(t, field->value), "%s: %s makes\n%s", t->path,
			  what.buf, bytes(t)->data);
		take_back(t, what.buf);
	}
	strbuf_release(&what);
}

static void try_edits(struct trial *t)
{
	size_t number, i;

	for (number = 0; number < t->lines.count; number++)
		for (i = 0; i < ARRAY_SIZE(fields); i++)
			try_edit(t, number, &fields[i]);
}

/* Several fields at once, and several edits one after the other; all are taken back at the end. */
static void try_sequences(struct trial *t)
{
	enum { MOST = 5 };
	uint32_t seed = (uint32_t)t->old.len + 1;
	struct error err = ERROR_INIT;
	size_t rounds, steps, i;

	for (rounds = 0; rounds < 20 && t->lines.count > 0; rounds++) {
		for (steps = 0; steps < 4; steps++) {
			size_t number = lossless_random(&seed) % t->lines.count,
			       count = 1 + lossless_random(&seed) % MOST;
			struct span at = span_of(t, number);
			struct field some[MOST];
			struct trial now = *t;

			for (i = 0; i < count; i++)
				some[i] = fields[lossless_random(&seed) % ARRAY_SIZE(fields)];
			now.lines = (struct lines){ 0 };
			now.old = blob_copy(bytes(t)->data, bytes(t)->len, false);
			remember(t->host, &now.lines);
			if (policy_edit(t->change, number, some, count, &err)) {
				t->done++;
				expect_edited(&now, number, at, "several");
			} else {
				t->refused++;
				cr_assert(blob_equal(bytes(t), &now.old), "%s: %s", t->path,
					  err.text);
			}
			error_clear(&err);
			blob_release(&now.old);
			forget(&now.lines);
		}
		while (change_undo(t->change))
			;
		cr_assert(blob_equal(bytes(t), &t->old), "%s: taken back", t->path);
	}
}

static void try_removals(struct trial *t)
{
	struct error err = ERROR_INIT;
	size_t number, head, tail;

	for (number = 0; number < t->lines.count; number++) {
		struct lines now = { 0 };
		struct span at = span_of(t, number);

		if (!was_done(t, policy_remove(t->change, number, &err), &err, "remove"))
			continue;
		compare(t, &head, &tail);
		cr_assert_eq(head + tail, bytes(t)->len, "%s: remove %zu: something came in",
			     t->path, number + 1);
		cr_assert(t->old.len - bytes(t)->len >= at.len);
		/* Of the rest of its lines: blanks and its own comment alone. */
		remember(t->host, &now);
		cr_assert_eq(now.count, t->lines.count - 1, "%s: remove %zu", t->path, number + 1);
		expect_same(t, &now, 0, 0, number, "remove");
		expect_same(t, &now, number + 1, number, now.count - number, "remove");
		forget(&now);
		take_back(t, "remove");
	}
}

static void try_additions(struct trial *t)
{
	static const struct field added[] = { { "action", "ipsec" },
					      { "lport", "7777" },
					      { "ulp", "tcp" },
					      { "auth_algs", "sha1" } };
	static const char line[] =
		"{ ulp tcp lport 7777 dir both } ipsec { auth_algs hmac-sha1 sa shared }";
	struct error err = ERROR_INIT;
	size_t number, head, tail, at, before;

	for (number = 0; number <= t->lines.count; number++) {
		for (before = 0; before < 2; before++) {
			struct policy_place place = { number, before };
			struct lines now = { 0 };

			if (!was_done(t,
				      policy_add(t->change, added, ARRAY_SIZE(added), place, &at,
						 &err),
				      &err, "add"))
				continue;
			compare(t, &head, &tail);
			cr_assert_eq(head + tail, t->old.len, "%s: add: something went", t->path);
			cr_assert_eq(at, number == t->lines.count ? number : number + !before);
			remember(t->host, &now);
			cr_assert_eq(now.count, t->lines.count + 1);
			cr_assert_str_eq(now.items[at], line);
			expect_same(t, &now, 0, 0, at, "add");
			expect_same(t, &now, at, at + 1, t->lines.count - at, "add");
			forget(&now);
			take_back(t, "add");
		}
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines of a file, sorted, as one text. */
static char *sorted_lines(const struct blob *blob)
{
	char *copy = xstrndup(blob->data, blob->len), *line, *save = NULL;
	struct lines lines = { 0 };
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	for (line = strtok_r(copy, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save))
		VEC_PUSH(lines.items, lines.count, lines.cap, xstrdup(line));
	if (lines.count > 0)
		qsort(lines.items, lines.count, sizeof *lines.items, by_text);
	for (i = 0; i < lines.count; i++)
		strbuf_addf(&sb, "%s\n", lines.items[i]);
	forget(&lines);
	free(copy);
	return strbuf_detach(&sb, NULL);
}

static void try_moves(struct trial *t)
{
	struct error err = ERROR_INIT;
	char *old = sorted_lines(&t->old);
	size_t number, to;

	for (number = 0; number < t->lines.count; number++) {
		for (to = 0; to < t->lines.count; to++) {
			struct lines now = { 0 };
			size_t low = number < to ? number : to, high = number < to ? to : number;
			char *new;

			if (!was_done(t, policy_move(t->change, number, to, &err), &err, "move"))
				continue;
			new = sorted_lines(bytes(t));
			cr_assert_str_eq(new, old, "%s: move %zu %zu: other lines", t->path,
					 number + 1, to + 1);
			free(new);
			remember(t->host, &now);
			cr_assert_eq(now.count, t->lines.count);
			cr_assert_str_eq(now.items[to], t->lines.items[number]);
			expect_same(t, &now, 0, 0, low, "move");
			expect_same(t, &now, low + (number < to), low + (number > to), high - low,
				    "move");
			expect_same(t, &now, high + 1, high + 1, now.count - high - 1, "move");
			forget(&now);
			take_back(t, "move");
		}
	}
	free(old);
}

/* Tries all on each file of the corpus; so much of it has to be done. */
static void try_all(void (*try)(struct trial *t), size_t least)
{
	struct profile *profile = checked_profile("solaris");
	struct corpus corpus;
	size_t i, done = 0, refused = 0;

	corpus_find(&corpus, &ipsecinit_format);
	for (i = 0; i < corpus.count; i++) {
		struct trial t = { 0 };

		trial_open(&t, corpus.paths[i], profile);
		try(&t);
		done += t.done;
		refused += t.refused;
		trial_close(&t);
	}
	cr_log_info("%zu done, %zu refused", done, refused);
	cr_assert_geq(done, least, "only %zu were done, %zu refused", done, refused);
	corpus_release(&corpus);
	profile_free(profile);
}

Test(policy_corpus, edits)
{
	try_all(try_edits, 6000);
}

Test(policy_corpus, sequences)
{
	try_all(try_sequences, 2000);
}

Test(policy_corpus, removals)
{
	try_all(try_removals, 220);
}

Test(policy_corpus, additions)
{
	try_all(try_additions, 550);
}

Test(policy_corpus, moves)
{
	try_all(try_moves, 1900);
}
