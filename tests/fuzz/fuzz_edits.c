/*
 * Edit sequences: on any bytes at all as a file, edits that the input chooses either are refused
 * with a sentence and leave everything as it was, or do what was asked and leave every byte that is
 * not theirs. Each is taken back and done again.
 *
 * The first byte of an input chooses the file, the next STEPS bytes the edits; the rest is the
 * file.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "base/xalloc.h"
#include "change/edits.h"
#include "tests/tools/lossless.h"

enum { STEPS = 12 };

static struct profile *profile;

static void release_profile(void)
{
	profile_free(profile);
}

struct run {
	struct change *change;
	enum location location;
	uint32_t seed;
	const char *title; /* of the edit that is being made */
};

static void fail(const struct run *run, const char *what)
{
	const struct doc *doc = host_doc(change_host(run->change), run->location);

	fprintf(stderr, "edits: %s: %s\n%.*s\n", run->title, what,
		doc != NULL && !doc->format->secret ? (int)doc->blob.len : 0,
		doc != NULL ? doc->blob.data : "");
	abort();
}

static unsigned pick(struct run *run, size_t count)
{
	return lossless_random(&run->seed) % (unsigned)count;
}

static const struct doc *doc_of(const struct run *run)
{
	return host_doc(change_host(run->change), run->location);
}

enum effect { EFFECT_EDIT, EFFECT_REMOVE, EFFECT_ADD, EFFECT_MOVE };

static size_t common_head(const struct blob *a, const struct blob *b)
{
	size_t i = 0;

	while (i < a->len && i < b->len && a->data[i] == b->data[i])
		i++;
	return i;
}

static size_t common_tail(const struct blob *a, const struct blob *b)
{
	size_t i = 0;

	while (i < a->len && i < b->len && a->data[a->len - 1 - i] == b->data[b->len - 1 - i])
		i++;
	return i;
}

/* Where the comment behind an entry ends, with its line; where the entry ends if there is none. */
static size_t own_end(const struct doc *doc, size_t at)
{
	struct span span = doc_span(doc, doc->entries[at].tok, doc->entries[at].end);
	size_t to = (size_t)span.off + span.len;
	const char *newline = memchr(doc->blob.data + to, '\n', doc->blob.len - to);
	size_t line = newline != NULL ? (size_t)(newline + 1 - doc->blob.data) : doc->blob.len;
	uint32_t next = doc->entries[at].end;

	return next >= doc->ntokens || doc->tokens[next].off >= line ? line : to;
}

/* How many entries behind one of ipseckeys are the rest of its broken key, and go with it. */
static size_t rests(const struct run *run, const struct doc *doc, size_t at)
{
	size_t count = 0;

	while (run->location == LOCATION_IPSECKEYS && at + 1 + count < doc->nentries &&
	       doc->entries[at + 1 + count].kind == MANUAL_ENTRY_KEY_REST)
		count++;
	return count;
}

/*
 * An edit keeps all bytes but those of its entry, AT, with the comment or blanks behind it; of a
 * removed one the blanks before it go too, and of an added one nothing goes.
 */
static void check_bytes(const struct run *run, const struct doc *old, const struct doc *new,
			enum effect effect, size_t at)
{
	size_t head = common_head(&old->blob, &new->blob);
	size_t tail = common_tail(&old->blob, &new->blob);
	const char *bytes = old->blob.data;
	size_t from, to;

	if (effect == EFFECT_MOVE) {
		if (new->blob.len < old->blob.len || new->blob.len > old->blob.len + 4)
			fail(run, "more than a line end came, or something went");
		return;
	}
	if (effect == EFFECT_ADD) {
		if (head + tail < old->blob.len)
			fail(run, "not all bytes are there that were");
		return;
	}
	from = doc_span(old, old->entries[at].tok, old->entries[at].end).off;
	to = own_end(old, at + rests(run, old, at));
	while (to < old->blob.len && (bytes[to] == ' ' || bytes[to] == '\t'))
		to++;
	while (effect == EFFECT_REMOVE && from > 0 &&
	       (bytes[from - 1] == ' ' || bytes[from - 1] == '\t'))
		from--;
	if (head < from || tail < old->blob.len - to)
		fail(run, "bytes that are not its own are not what they were");
}

static void expect_refused(const struct run *run, struct error *err)
{
	struct strbuf printed = STRBUF_INIT;

	if (err->text == NULL || err->text[0] == '\0')
		fail(run, "refused without a word");
	print_addstr(&printed, err->text);
	if (strcmp(printed.buf, err->text) != 0)
		fail(run, "a sentence that cannot be shown");
	strbuf_release(&printed);
	error_clear(err);
}

/* A rule's statement says VALUE. */
static void expect_statement(const struct run *run, size_t number, enum ike_word word,
			     const char *value)
{
	const struct host *host = change_host(run->change);
	struct ike_item item = IKE_ITEM_INIT;
	struct strbuf text = STRBUF_INIT;
	const struct ike_stmt *s;

	ike_read_rule(doc_of(run), host->rules[number], &item, NULL);
	s = ike_find(&item, word);
	if (s != NULL)
		ike_unquote(item.doc, s, &text);
	if (*value == '\0' ? s != NULL : s == NULL || strcmp(text.buf, value) != 0)
		fail(run, "it does not say what was asked for");
	strbuf_release(&text);
	ike_item_release(&item);
}

static const struct {
	enum ike_word word;
	struct field field;
} rule_values[] = {
	{ IKE_LABEL, { "label", "INDEXID_7" } },
	{ IKE_LABEL, { "label", "two words" } },
	{ IKE_P2_PFS, { "p2_pfs", "2" } },
	{ IKE_P2_PFS, { "p2_pfs", "" } },
	{ IKE_P2_LIFETIME_SECS, { "p2_lifetime_secs", "28800" } },
	{ IKE_LOCAL_ADDR, { "local_addr", "192.0.2.1" } },
	{ IKE_REMOTE_ADDR, { "remote_addr", "2001:db8::/32" } },
	{ IKE_LOCAL_ID, { "local_id", "C=US, O=Ex\\, Inc., CN=a \"quoted\" one" } },
	{ IKE_REMOTE_ID, { "remote_id", "CN=peer" } },
	{ IKE_REMOTE_ID, { "remote_id", "" } },
};

/* Returns whether the edit was made; *AT is the entry it was about. */
static bool edit_rules(struct run *run, enum effect *effect, size_t *at)
{
	static const struct field whole[] = {
		{ "local_addr", "192.0.2.1" },   { "remote_addr", "198.51.100.7" },
		{ "auth_method", "preshared" },  { "oakley_group", "14" },
		{ "encr_alg", "aes(128..256)" }, { "auth_alg", "sha256" },
	};
	struct host *host = change_host(run->change);
	struct error err = ERROR_INIT;
	size_t number = host->nrules > 0 ? pick(run, host->nrules) : 0;
	unsigned value = pick(run, ARRAY_SIZE(rule_values));
	bool done;

	switch (host->nrules == 0 ? 0 : pick(run, 4)) {
	case 0:
		run->title = "add a rule";
		*effect = EFFECT_ADD;
		done = rule_add(run->change, whole, ARRAY_SIZE(whole), &number, &err);
		if (done)
			expect_statement(run, number, IKE_REMOTE_ADDR, "198.51.100.7");
		break;
	case 1:
		run->title = "remove a rule";
		*effect = EFFECT_REMOVE;
		*at = host->rules[number];
		done = rule_remove(run->change, number, &err);
		break;
	default:
		run->title = rule_values[value].field.name;
		*effect = EFFECT_EDIT;
		*at = host->rules[number];
		done = rule_edit(run->change, number, &rule_values[value].field, 1, &err);
		if (done)
			expect_statement(run, number, rule_values[value].word,
					 rule_values[value].field.value);
	}
	if (!done)
		expect_refused(run, &err);
	return done;
}

static bool edit_keys(struct run *run, enum effect *effect, size_t *at)
{
	static const struct field fields[] = { { "localid", "192.0.2.77" },
					       { "remoteid", "198.51.100.7" },
					       { "localidtype", "ip" },
					       { "remoteidtype", "IPv4" },
					       { "remoteid", "2001:db8::1" } };
	static const char digits[] = "9c1e04d75aa27b3f6d8852c1b0e4f3a7";
	struct host *host = change_host(run->change);
	struct blob key = blob_copy(digits, sizeof digits - 1, true);
	struct error err = ERROR_INIT;
	size_t number = host->nkeys > 0 ? pick(run, host->nkeys) : 0;
	unsigned field = pick(run, ARRAY_SIZE(fields));
	bool done;

	switch (host->nkeys == 0 ? 0 : pick(run, 4)) {
	case 0:
		run->title = "add a key";
		*effect = EFFECT_ADD;
		done = psk_add(run->change, fields, 2, &key, &number, &err);
		break;
	case 1:
		run->title = "remove a key";
		*effect = EFFECT_REMOVE;
		*at = host->keys[number];
		done = psk_remove(run->change, number, &err);
		break;
	default:
		run->title = fields[field].name;
		*effect = EFFECT_EDIT;
		*at = host->keys[number];
		done = psk_edit(run->change, number, &fields[field], 1, pick(run, 2) ? &key : NULL,
				&err);
	}
	blob_release(&key);
	if (!done)
		expect_refused(run, &err);
	return done;
}

static const struct field policy_values[] = {
	{ "laddr", "192.0.2.1" }, { "raddr", "2001:db8::/32" },
	{ "saddr", "192.0.2.1" }, { "daddr", "" },
	{ "raddr", "" },          { "rport", "telnet" },
	{ "ulp", "6" },           { "type", "echo" },
	{ "code", "1" },          { "dir", "both" },
	{ "dir", "in" },          { "dir", "" },
	{ "tunnel", "ip.tun0" },  { "action", "drop" },
	{ "1.action", "ipsec" },  { "encr_algs", "aes" },
	{ "encr_auth_algs", "" }, { "1.sa", "unique" },
	{ "2.action", "drop" },   { "2.action", "" },
	{ "1.action", "" },
};

/* A word of the pattern that was asked for is there, or is gone. */
static void expect_word(const struct run *run, size_t number, const struct field *field)
{
	enum policy_word word =
		policy_word_find(field->name, strlen(field->name), POLICY_SET_PATTERN);
	const struct host *host = change_host(run->change);
	struct policy_item item = POLICY_ITEM_INIT;
	const struct policy_stmt *s;

	if (word == POLICY_NO_WORD || word == POLICY_DIR)
		return;
	policy_read(doc_of(run), host->policies[number], &item, NULL);
	s = policy_find(&item, word);
	if (field->value[0] == '\0' ? s != NULL
				    : s == NULL || !s->good ||
					      strncmp(doc_text(item.doc, s->arg), field->value,
						      strlen(field->value)) != 0)
		fail(run, "it does not say what was asked for");
	policy_item_release(&item);
}

static bool edit_policies(struct run *run, enum effect *effect, size_t *at)
{
	static const struct field whole[] = { { "action", "ipsec" },
					      { "raddr", "198.51.100.7" },
					      { "encr_algs", "aes" },
					      { "encr_auth_algs", "sha1" } };
	struct host *host = change_host(run->change);
	struct error err = ERROR_INIT;
	size_t number = host->npolicies > 0 ? pick(run, host->npolicies) : 0;
	const struct field *field = &policy_values[pick(run, ARRAY_SIZE(policy_values))];
	bool done;

	switch (host->npolicies == 0 ? 0 : pick(run, 8)) {
	case 0:
		run->title = "add a policy";
		*effect = EFFECT_ADD;
		done = policy_add(run->change, whole, ARRAY_SIZE(whole),
				  (struct policy_place){ number, pick(run, 2) }, &number, &err);
		if (done)
			expect_word(run, number, &whole[1]);
		break;
	case 1:
		run->title = "remove a policy";
		*effect = EFFECT_REMOVE;
		*at = host->policies[number];
		done = policy_remove(run->change, number, &err);
		break;
	case 2:
		run->title = "move a policy";
		*effect = EFFECT_MOVE;
		done = policy_move(run->change, number, pick(run, host->npolicies), &err);
		break;
	default:
		run->title = field->name;
		*effect = EFFECT_EDIT;
		*at = host->policies[number];
		done = policy_edit(run->change, number, field, 1, &err);
		if (done)
			expect_word(run, number, field);
	}
	if (!done)
		expect_refused(run, &err);
	return done;
}

static const struct {
	enum manual_word word;
	struct field field;
} sa_values[] = {
	{ MANUAL_SPI, { "spi", "0x7abc" } },
	{ MANUAL_SPORT, { "sport", "" } },
	{ MANUAL_DPORT, { "dport", "829" } },
	{ MANUAL_SRC, { "src", "192.0.2.77" } },
	{ MANUAL_DST, { "dst", "2001:db8::7" } },
	{ MANUAL_HARD_ADDTIME, { "hard_addtime", "86400" } },
	{ MANUAL_HARD_ADDTIME, { "hard_addtime", "" } },
	{ MANUAL_ENCRALG, { "encralg", "3des" } },
	{ MANUAL_AUTHALG, { "authalg", "sha1" } },
	{ MANUAL_LABEL, { "label", "a \\b" } },
	{ MANUAL_SRCIDTYPE, { "srcidtype", "fqdn # dst" } },
	{ MANUAL_INBOUND, { "inbound", "no" } },
	{ MANUAL_OUTBOUND, { "outbound", "yes" } },
	{ MANUAL_PAIR_SPI, { "pair-spi", "" } },
	{ MANUAL_RESERVED_BITS, { "reserved_bits", "0" } },
	{ MANUAL_ENCRKEY, { "encrkey", "" } },
};

/* Every command but the one at AT is there, and its words are what they were. */
static void expect_others(const struct run *run, const struct doc *old, size_t at, bool gone)
{
	const struct doc *new = doc_of(run);
	size_t i, k = 0;

	for (i = 0; i < old->nentries; i++) {
		struct span was = doc_span(old, old->entries[i].tok, old->entries[i].end), is;

		if (i == at) {
			size_t left = gone ? 0 : rests(run, new, k);

			i += rests(run, old, at) - left;
			k += !gone;
			continue;
		}
		if (k == new->nentries)
			fail(run, "a command is gone");
		is = doc_span(new, new->entries[k].tok, new->entries[k].end);
		if (was.len != is.len || old->entries[i].kind != new->entries[k].kind ||
		    memcmp(old->blob.data + was.off, new->blob.data + is.off, was.len) != 0)
			fail(run, "another command is not what it was");
		k++;
	}
	if (k != new->nentries)
		fail(run, "a command came from nowhere");
}

/* No sentence holds so many digits that they may be of a key. */
static void expect_no_key(const struct run *run, const char *text)
{
	size_t digits = 0;

	for (; *text != '\0'; text++) {
		digits = strchr("0123456789abcdefABCDEF", *text) != NULL ? digits + 1 : 0;
		if (digits == 16)
			fail(run, "a key is shown");
	}
}

static void expect_hidden(const struct run *run)
{
	size_t i;

	for (i = 0; i < change_note_count(run->change); i++)
		expect_no_key(run, change_note(run->change, i));
	for (i = 0; i < change_count(run->change); i++)
		expect_no_key(run, change_title(run->change, i));
}

static bool edit_sas(struct run *run, enum effect *effect, size_t *at)
{
	static const struct field whole[] = {
		{ "type", "esp" },    { "src", "198.51.100.1" }, { "dst", "198.51.100.2" },
		{ "encralg", "des" }, { "authalg", "sha1" },     { "pair", "yes" },
	};
	struct manual_sa_keys keys = {
		{ NULL, true }, { NULL, true }, { NULL, true }, { NULL, true }
	};
	struct host *host = change_host(run->change);
	struct doc *old = doc_new(&ipseckeys_format,
				  blob_copy(doc_of(run)->blob.data, doc_of(run)->blob.len, true));
	struct error err = ERROR_INIT;
	size_t number = host->ncommands > 0 ? pick(run, host->ncommands) : 0;
	unsigned value = pick(run, ARRAY_SIZE(sa_values));
	bool done;

	*at = host->ncommands > 0 ? host->commands[number] : 0;
	switch (host->ncommands == 0 ? 0 : pick(run, 5)) {
	case 0:
		run->title = "add manual SAs";
		*effect = EFFECT_ADD;
		done = manual_sa_add(run->change, whole, ARRAY_SIZE(whole), &keys, &number, &err);
		break;
	case 1:
		run->title = "remove a command";
		*effect = EFFECT_REMOVE;
		done = manual_sa_remove(run->change, number, false, &err);
		break;
	case 2:
		run->title = "new keys";
		keys.encr.generate = pick(run, 2);
		done = manual_sa_edit(run->change, number, NULL, 0, &keys, &err);
		break;
	default:
		run->title = sa_values[value].field.name;
		keys = (struct manual_sa_keys){ .encr = { NULL, false } };
		done = manual_sa_edit(run->change, number, &sa_values[value].field, 1, &keys, &err);
	}
	if (done && *effect != EFFECT_ADD)
		expect_others(run, old, *at, *effect == EFFECT_REMOVE);
	if (!done && err.text != NULL)
		expect_no_key(run, err.text);
	if (!done)
		expect_refused(run, &err);
	expect_hidden(run);
	doc_free(old);
	return done;
}

static const struct {
	enum location location;
	bool (*edit)(struct run *run, enum effect *effect, size_t *at);
} files[] = {
	{ LOCATION_IKE_CONFIG, edit_rules },
	{ LOCATION_PRESHARED, edit_keys },
	{ LOCATION_IPSECINIT, edit_policies },
	{ LOCATION_IPSECKEYS, edit_sas },
};

/* A copy of the document as it is now, for comparing. */
static struct doc *copy_of(const struct doc *doc)
{
	return doc_new(doc->format, blob_copy(doc->blob.data, doc->blob.len, doc->format->secret));
}

static void make_step(struct run *run, bool (*edit)(struct run *, enum effect *, size_t *))
{
	struct doc *old = copy_of(doc_of(run));
	enum effect effect = EFFECT_EDIT;
	size_t at = 0, steps = change_count(run->change);
	struct doc *new;

	if (!edit(run, &effect, &at) || change_count(run->change) == steps) {
		if (!blob_equal(&old->blob, &doc_of(run)->blob))
			fail(run, "it was refused, or is nothing, and the bytes are others");
		doc_free(old);
		return;
	}
	new = copy_of(doc_of(run));
	if (!lossless_is_as_new(doc_of(run)))
		fail(run, "the document is not what reading its bytes makes of them");
	check_bytes(run, old, new, effect, at);
	change_undo(run->change);
	if (!blob_equal(&old->blob, &doc_of(run)->blob))
		fail(run, "taking it back does not lead back");
	change_redo(run->change);
	if (!blob_equal(&new->blob, &doc_of(run)->blob))
		fail(run, "doing it again is something else");
	doc_free(old);
	doc_free(new);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct error err = ERROR_INIT;
	struct run run = { 0 };
	struct host *host;
	struct doc *first;
	size_t which, i;

	if (len < 1 + STEPS)
		return 0;
	if (profile == NULL) {
		profile = profile_load(DATA "/profiles", "solaris", &err);
		if (profile == NULL)
			abort();
		atexit(release_profile);
	}
	which = bytes[0] % ARRAY_SIZE(files);
	run.location = files[which].location;
	host = host_open_single(
		run.location, "the file",
		blob_copy(bytes + 1 + STEPS, len - 1 - STEPS, locations[run.location].secret),
		profile->dialect);
	run.change = change_new(host, profile, ROLE_ADMIN);
	first = copy_of(doc_of(&run));
	for (i = 0; i < STEPS; i++) {
		run.seed = bytes[1 + i] * 2654435761u;
		make_step(&run, files[which].edit);
	}
	run.title = "all of them";
	while (change_undo(run.change))
		;
	if (!blob_equal(&first->blob, &doc_of(&run)->blob))
		fail(&run, "taking them back does not lead back");
	change_free(run.change);
	host_free(host);
	doc_free(first);
	return 0;
}
