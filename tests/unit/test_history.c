/* The history: its text, the chain, and what is found where somebody has touched it. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sha256.h"
#include "base/xalloc.h"
#include "host/history.h"
#include "host/state.h"
#include "store/history.h"
#include "store/store.h"
#include "tests/fault/tree.h"

TestSuite(history, .timeout = 30);

#define FOLDER STATE_FOLDER "/" STATE_HISTORY
#define CONFIG "/etc/inet/ike/config"
#define KEYS   "/etc/inet/secret/ike.preshared"

/* NIST's examples, and nothing at all. */
Test(history, sha256_is_sha256)
{
	static const struct {
		const char *text, *digest;
	} rows[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};
	char text[SHA256_TEXT];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		sha256_text(rows[i].text, strlen(rows[i].text), text);
		cr_expect_str_eq(text, rows[i].digest);
		cr_expect(sha256_is_text(text));
	}
	cr_expect_not(sha256_is_text("e3b0"));
}

/* Whatever somebody is called, and wherever a file is, the head says it on its own line. */
Test(history, an_entry_is_read_as_it_was_written)
{
	static const char *const names[] = { "plain",    "two words",   "a\nrole mdm\nend",
					     "\033[31m", "\xff\xfe",    "-",
					     "",         "\xe2\x80\xae" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		char *name = (char *)names[i];
		char *steps[] = { name, (char *)"second" };
		struct strbuf path = STRBUF_INIT, text = STRBUF_INIT, again = STRBUF_INIT;
		struct history_file file = { .secret = true,
					     .after = { .exists = true,
							.mode = 0600,
							.uid = 1,
							.gid = 2,
							.has_content = true,
							.size = 3 },
					     .window = 3 };
		struct history_entry entry = { .number = 7,
					       .time = 1763771845,
					       .previous = 6,
					       .who = { .uid = 0,
							.user = name,
							.has_login = true,
							.login_uid = 5,
							.sudo_user = name,
							.sudo_uid = name },
					       .role = (char *)"admin",
					       .profile = name,
					       .host = name,
					       .root = name,
					       .why = name,
					       .steps = steps,
					       .nsteps = 2,
					       .files = &file,
					       .nfiles = 1 },
				     read;

		strbuf_addf(&path, "/etc/x%s", name);
		file.path = path.buf;
		sha256_text("abc", 3, file.after.hash);
		sha256_text("", 0, entry.previous_hash);
		sha256_text("", 0, entry.diff_hash);
		history_entry_add(&text, &entry);
		cr_expect(history_entry_parse(&read, text.buf, text.len), "%s", text.buf);
		cr_expect_eq(read.head_len, text.len);
		cr_expect_eq(read.number, 7);
		cr_expect_eq(read.nsteps, 2);
		cr_expect_str_eq(read.role, "admin");
		cr_expect_str_eq(read.files[0].path, path.buf);
		cr_expect_eq(history_entry_bytes(&read), text.len + 3);
		history_entry_add(&again, &read);
		cr_expect_str_eq(again.buf, text.buf);
		history_entry_release(&read);
		strbuf_release(&path);
		strbuf_release(&text);
		strbuf_release(&again);
	}
}

/* Cut anywhere it is none, and no line may be another one. */
Test(history, what_is_no_entry_is_not_read)
{
#define H "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	static const char good[] =
		"ikeconsole-history 1\nnumber 2\ntime 1 x\nprevious 1 " H
		"\nuser 0 root\nrole admin\nroot /\nfile public 1 1 /f\nbefore 0644 0 0 2 " H
		"\nafter 0644 0 0 3 " H "\ndiff 4 " H "\nend\n";
	static const struct {
		const char *old, *new;
	} rows[] = {
		{ "history 1", "history 2" },
		{ "number 2", "number 0" },
		{ "number 2", "number -2" },
		{ "number 2", "number 99999999999" },
		{ "previous 1", "previous 2" },
		{ "role admin\n", "" },
		{ "role admin", "rule admin" },
		{ "/f", "f" },
		{ "/f", "/../f" },
		{ "/f", "/%zz" },
		{ "/f", "/%00" },
		{ "public 1 1", "public 3 1" },
		{ "public 1 1", "public 1 4" },
		{ "public", "secretly" },
		{ "0 0 2", "0 0 1" },
		{ "0644 0 0 3", "0999 0 0 3" },
		{ "end", "ende" },
		{ "diff 4", "diff 18446744073709551615" },
	};
	struct history_entry entry;
	size_t i;

	cr_assert(history_entry_parse(&entry, good, sizeof good - 1));
	history_entry_release(&entry);
	for (i = 0; i < sizeof good - 1; i++) {
		cr_expect_not(history_entry_parse(&entry, good, i), "%zu bytes", i);
		history_entry_release(&entry);
	}
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *at = strstr(good, rows[i].old);
		struct strbuf text = STRBUF_INIT;

		strbuf_add(&text, good, (size_t)(at - good));
		strbuf_addstr(&text, rows[i].new);
		strbuf_addstr(&text, at + strlen(rows[i].old));
		cr_expect_not(history_entry_parse(&entry, text.buf, text.len), "%s", rows[i].new);
		history_entry_release(&entry);
		strbuf_release(&text);
	}
}

/* Saves TEXT into the file, and has it recorded. NULL: the file goes. */
static void save(const char *root, const char *name, const char *text, size_t entries,
		 uint64_t bytes)
{
	static const struct whoami who = { .uid = 0 };
	static const char *const steps[] = { "step" };
	const struct history_note note = { .who = &who,
					   .role = "admin",
					   .profile = "none",
					   .steps = steps,
					   .nsteps = 1,
					   .diff = "diff\n",
					   .diff_len = 5,
					   .most_entries = entries,
					   .most_bytes = bytes };
	struct lock_wait wait = { 0 };
	struct error err = ERROR_INIT;
	struct store_report report;
	struct file_info info;
	struct blob old, new = { 0 };
	struct lock *lock = lock_take(root, &wait, &err);
	struct store_item item = { .name = name,
				   .loaded = &info,
				   .action = text != NULL ? STORE_WRITE : STORE_REMOVE,
				   .flags = strcmp(name, KEYS) == 0 ? STORE_SECRET : 0u,
				   .new = &new };
	struct store_plan plan = { .items = &item, .count = 1, .history = &note };

	file_read(root, name, false, &old, &info);
	item.old = info.state == FILE_READ ? &old : NULL;
	if (text != NULL)
		new = blob_copy(text, strlen(text), false);
	cr_assert(lock != NULL && store_save(lock, &plan, &report, &err), "%s", err.text);
	cr_assert_gt(report.number, 0);
	store_report_release(&report);
	lock_release(lock);
	blob_release(&old);
	blob_release(&new);
}

static char *make(size_t changes)
{
	char *root = tree_new(), text[40];
	size_t i;

	tree_folder(root, "/var/run", 0755);
	for (i = 1; i <= changes; i++) {
		snprintf(text, sizeof text, "line\ntext %zu\nlast\n", i);
		save(root, CONFIG, text, 100, UINT64_MAX);
	}
	return root;
}

static void expect_side(const struct blob *blob, const char *text)
{
	cr_expect(blob->len == strlen(text) && memcmp(blob->data, text, blob->len) == 0, "%.*s",
		  (int)blob->len, blob->data);
}

Test(history, has_what_a_file_was_before_and_after)
{
	static const char *const texts[] = { "a\n",      "a\nb\n", "b\n",     "xbx\n", "x\n",
					     "xx\nxx\n", "x\n",    "\nx\n\n", NULL,    "new\n" };
	char *root = make(0);
	struct history *history;
	struct error err = ERROR_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		save(root, CONFIG, texts[i], 100, UINT64_MAX);
	history = history_read(root);
	cr_assert(history_is_sound(history));
	cr_assert_eq(history->count, ARRAY_SIZE(texts));
	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		const struct history_entry *entry = &history->items[i].entry;
		struct blob whole, before, after;

		cr_assert(history_load(root, entry, &whole, &err), "%s", err.text);
		before = history_before(entry, &whole, 0);
		after = history_after(entry, &whole, 0);
		expect_side(&before, i > 0 && texts[i - 1] != NULL ? texts[i - 1] : "");
		expect_side(&after, texts[i] != NULL ? texts[i] : "");
		cr_expect_eq(entry->files[0].after.exists, texts[i] != NULL);
		cr_expect_eq(entry->previous, i);
		blob_release(&before);
		blob_release(&after);
		blob_release(&whole);
	}
	history_free(history);
	tree_free(root);
}

/* What is done to a history of four, what becomes of each, and from where on it is believed. */
static void replace_host(const char *root, const char *name)
{
	char *text = tree_text(root, name), *at = strstr(text, "\nhost ") + strlen("\nhost ");

	/* Still an entry in every respect. */
	*at = *at == 'Z' ? 'Y' : 'Z';
	tree_file(root, name, text, 0600);
	free(text);
}

static void change_2(const char *root)
{
	replace_host(root, FOLDER "/2");
}

static void change_4(const char *root)
{
	replace_host(root, FOLDER "/4");
}

static void fill_2(const char *root)
{
	tree_file(root, FOLDER "/2", "nothing of ours\n", 0600);
}

static void unlink_name(const char *root, const char *name)
{
	char *path = tree_path(root, name);

	cr_assert_eq(unlink(path), 0);
	free(path);
}

static void remove_2(const char *root)
{
	unlink_name(root, FOLDER "/2");
}

static void remove_4(const char *root)
{
	unlink_name(root, FOLDER "/4");
}

static void remove_1(const char *root)
{
	unlink_name(root, FOLDER "/1");
}

static void remove_mark(const char *root)
{
	unlink_name(root, FOLDER "/last");
}

static void add_5(const char *root)
{
	char *text = tree_text(root, FOLDER "/4");

	*(strstr(text, "number 4") + 7) = '5';
	tree_file(root, FOLDER "/5", text, 0600);
	free(text);
}

static void swap_2_3(const char *root)
{
	char *two = tree_text(root, FOLDER "/2"), *three = tree_text(root, FOLDER "/3");

	tree_file(root, FOLDER "/2", three, 0600);
	tree_file(root, FOLDER "/3", two, 0600);
	free(two);
	free(three);
}

static void leave(const char *root)
{
	(void)root;
}

Test(history, whatever_is_done_to_it_is_found)
{
	static const struct {
		const char *what;
		void (*act)(const char *root);
		const char *faults; /* of each item: Good, Doubted, mIssing, Changed, Stray */
		size_t believed;
	} rows[] = {
		{ "nothing", leave, "GGGG", 0 },
		{ "2 changed", change_2, "DCGG", 2 },
		{ "2 another file", fill_2, "DCGG", 2 },
		{ "4 changed", change_4, "DDDC", 4 },
		{ "2 removed", remove_2, "DIGG", 2 },
		{ "4 removed", remove_4, "DDDI", 4 },
		{ "1 removed, as by age", remove_1, "GGG", 0 },
		{ "the mark removed", remove_mark, "DDDD", 4 },
		{ "one too many", add_5, "GGGGS", 0 },
		{ "2 and 3 exchanged", swap_2_3, "DCCG", 3 },
	};
	static const char letters[] = {
		[HISTORY_GOOD] = 'G',    [HISTORY_DOUBTED] = 'D', [HISTORY_GONE] = 'I',
		[HISTORY_CHANGED] = 'C', [HISTORY_SPOILT] = 'P',  [HISTORY_STRAY] = 'S'
	};
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		char *root = make(4), faults[16] = "";
		struct strbuf doubt = STRBUF_INIT;
		struct history *history;

		rows[i].act(root);
		history = history_read(root);
		for (k = 0; k < history->count && k < sizeof faults - 1; k++)
			faults[k] = letters[history->items[k].fault];
		cr_expect_str_eq(faults, rows[i].faults, "%s: %s", rows[i].what, faults);
		cr_expect_eq(history_believed(history), rows[i].believed, "%s", rows[i].what);
		history_tell_doubt(history, &doubt);
		cr_expect_eq(doubt.len > 0, strspn(faults, "G") < strlen(faults), "%s",
			     rows[i].what);
		strbuf_release(&doubt);
		history_free(history);
		tree_free(root);
	}
}

/* The contents are not the head's business, but the head has their digests. */
Test(history, contents_are_covered)
{
	char *root = make(3), *text = tree_text(root, FOLDER "/2");
	struct history *history;

	*strstr(text, "text 1") = 'T';
	tree_file(root, FOLDER "/2", text, 0600);
	free(text);
	history = history_read(root);
	cr_expect(history_is_sound(history));
	history_verify(history, root);
	cr_expect_eq(history->items[1].fault, HISTORY_SPOILT);
	cr_expect_eq(history->items[0].fault, HISTORY_GOOD);
	cr_expect_eq(history_believed(history), 0);
	history_free(history);
	tree_free(root);
}

static void expect_kept(const char *root, uint32_t from, uint32_t to)
{
	struct history *history = history_read(root);

	cr_expect(history_is_sound(history));
	cr_expect_eq(history->count, to - from + 1, "%zu", history->count);
	cr_expect_eq(history->items[0].entry.number, from);
	history_free(history);
}

Test(history, the_oldest_go_first_and_the_newest_never)
{
	char *root = make(4);
	struct stat st;
	char *path = tree_path(root, FOLDER "/4");

	save(root, CONFIG, "five\n", 3, UINT64_MAX);
	expect_kept(root, 3, 5);
	cr_assert_eq(stat(path, &st), 0);
	save(root, CONFIG, "six\n", 100, 2 * (uint64_t)st.st_size + 20);
	expect_kept(root, 5, 6);
	save(root, CONFIG, "seven\n", 100, 0);
	expect_kept(root, 7, 7);
	free(path);
	tree_free(root);
}

/* What is good stays good behind it, and what is not is still found. */
Test(history, a_change_behind_does_not_hide_it)
{
	char *root = make(3);
	struct history *history;

	replace_host(root, FOLDER "/3");
	save(root, CONFIG, "four\n", 100, UINT64_MAX);
	history = history_read(root);
	cr_expect_eq(history->items[2].fault, HISTORY_CHANGED);
	cr_expect_eq(history_believed(history), 3);
	history_free(history);
	/* Nor does it where the mark is gone too. */
	unlink_name(root, FOLDER "/last");
	save(root, CONFIG, "five\n", 100, UINT64_MAX);
	history = history_read(root);
	cr_expect_not(history_is_sound(history));
	history_free(history);
	tree_free(root);
}
