#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/near.h"
#include "base/pathword.h"
#include "base/print.h"
#include "base/sort.h"
#include "base/strbuf.h"
#include "base/xalloc.h"

Test(strbuf, grows_and_stays_terminated)
{
	struct strbuf sb = STRBUF_INIT;
	int i;

	cr_assert_str_eq(sb.buf, "");
	for (i = 0; i < 1000; i++)
		strbuf_addf(&sb, "%d,", i);
	cr_assert_eq(sb.len, strlen(sb.buf));
	strbuf_truncate(&sb, 4);
	cr_assert_str_eq(sb.buf, "0,1,");
	strbuf_add(&sb, "a\0b", 3);
	cr_assert_eq(sb.len, 7);
	strbuf_release(&sb);
	cr_assert_str_eq(sb.buf, "");
}

Test(error, keeps_code_and_takes_a_prefix)
{
	struct error err = ERROR_INIT;

	cr_assert_not(error_set_errno(&err, ERROR_IO, 2, "cannot open '%s'", "x"));
	cr_assert_not(error_prefix(&err, "saving"));
	cr_assert_eq(err.code, ERROR_IO);
	cr_assert_eq(err.errnum, 2);
	cr_assert_str_eq(err.text, "saving: cannot open 'x': No such file or directory");
	error_clear(&err);
	cr_assert_null(err.text);
}

Test(print, nothing_hostile_passes)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "plain", "plain" },
		{ "\033[2J", "^[[2J" },
		{ "a\tb\n", "a^Ib^J" },
		{ "\x7f", "^?" },
		{ "gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f" },
		{ "\xc2\x9b"
		  "2J",
		  "\\xc2\\x9b2J" },                    /* C1 control sequence introducer */
		{ "\xe2\x80\xae", "\\xe2\\x80\\xae" }, /* right-to-left override */
		{ "\xff\xfe", "\\xff\\xfe" },
		{ "\xc0\xaf", "\\xc0\\xaf" },          /* overlong */
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" }, /* surrogate */
		{ "\xe4\xb8", "\\xe4\\xb8" },          /* cut off */
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct strbuf sb = STRBUF_INIT;

		print_addstr(&sb, cases[i].in);
		cr_assert_str_eq(sb.buf, cases[i].out);
		strbuf_release(&sb);
	}
}

/* What is near, and what is not: text, the words there are, the one that was meant. */
static const struct {
	const char *text, *words, *meant;
} nears[] = {
	{ "kye", "key esp dst", "key" },
	{ "dts", "key dsa dst", "dst" },
	{ "dsa", "key dst", NULL },
	{ "ab", "ba", "ba" },
	{ "bca", "abc", NULL },
	{ "ad", "add get", "add" },
	{ "dd", "add get", NULL },
	{ "encr-alg", "auth_alg encr_alg", "encr_alg" },
	{ "Label", "label lable", "label" },
	{ "lable", "label", "label" },
	{ "lbl", "label", NULL },
	{ "sha2", "sha sha1 sha256 sha384", "sha256" },
	{ "sha3", "sha1 sha256 sha384", "sha384" },
	{ "sha", "sha256 sha384", NULL },
	{ "p1_nonce_length", "p1_nonce_len p2_nonce_len", "p1_nonce_len" },
	{ "des3", "des 3des", NULL },
	{ "AES", "des aes", "aes" },
	{ "aess", "aes", NULL },
	{ "pre", "preshared rsa_sig", "preshared" },
	{ "pr", "preshared", NULL },
	{ "", "a label", NULL },
	{ "nonsense", "check list show", NULL },
	{ "INDEXID_1x", "INDEXID_11 INDEXID_1", "INDEXID_11" },
};

Test(near, tells_what_was_meant)
{
	char large[NEAR_MAX + 2], beyond[NEAR_MAX + 2];
	struct near near;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nears); i++) {
		char *words = xstrdup(nears[i].words), *word, *save = NULL;
		const char *best;

		near = near_to(nears[i].text, strlen(nears[i].text));
		for (word = strtok_r(words, " ", &save); word != NULL;
		     word = strtok_r(NULL, " ", &save))
			near_try(&near, word);
		best = near_best(&near);
		cr_expect((best == NULL) == (nears[i].meant == NULL) &&
				  (best == NULL || strcmp(best, nears[i].meant) == 0),
			  "'%s': '%s'", nears[i].text, best != NULL ? best : "nothing");
		free(words);
	}
	/* Words of any length are taken; those that are too long are nobody's neighbours. */
	memset(large, 'a', sizeof large);
	memcpy(beyond, large, sizeof beyond);
	large[NEAR_MAX] = beyond[NEAR_MAX + 1] = '\0';
	near = near_to(beyond, strlen(beyond));
	near_try(&near, beyond);
	cr_expect_null(near_best(&near));
	near_try(&near, large);
	cr_expect_str_eq(near_best(&near), large);
}

Test(near, is_said_behind_the_error)
{
	struct near near = near_to("chekc", 5);
	struct error err = ERROR_INIT;

	error_set(&err, ERROR_USAGE, "no");
	cr_expect_not(near_tell(&near, &err, NULL));
	cr_expect_str_eq(err.text, "no");
	cr_expect_not(near_tell(&near, &err, "look"));
	cr_expect_str_eq(err.text, "no; look");
	near_try(&near, "check");
	cr_expect_not(near_tell(&near, &err, "look"));
	cr_expect_str_eq(err.text, "no; look; did you mean 'check'?");
	cr_expect_eq(err.code, ERROR_USAGE);
	error_clear(&err);
}

#define SORTED 3000

/* Sorts as sort_words does, the slow way. */
static void insert_in_order(uint64_t (*items)[3], size_t count, const uint64_t *mask)
{
	size_t i, j, word;

	for (i = 1; i < count; i++) {
		for (j = i; j > 0; j--) {
			uint64_t swap[3];

			for (word = 0;
			     word < 2 && ((items[j - 1][word] ^ items[j][word]) & mask[word]) == 0;)
				word++;
			if ((items[j - 1][word] & mask[word]) <= (items[j][word] & mask[word]))
				break;
			memcpy(swap, items[j], sizeof swap);
			memcpy(items[j], items[j - 1], sizeof swap);
			memcpy(items[j - 1], swap, sizeof swap);
		}
	}
}

/* The last word's low half is no part of the order: it says where an item stood before. */
Test(sort, by_words_and_stable)
{
	static uint64_t wanted[SORTED][3], items[SORTED * 3], scratch[SORTED * 3];
	static const uint64_t masks[] = { UINT64_MAX, 0xffffu, 0xff00ff00ff0000ffu };
	size_t words, kind, count, i, word;

	srand(7);
	for (words = 1; words <= 3; words++) {
		for (kind = 0; kind < ARRAY_SIZE(masks); kind++) {
			uint64_t mask[3] = { 0, 0, 0 };

			for (word = 3 - words; word < 3; word++)
				mask[word] = masks[kind];
			mask[2] &= 0xffffffff00000000u;
			count = kind == 0 ? SORTED : (size_t)rand() % 5;
			for (i = 0; i < count; i++) {
				for (word = 0; word < 3; word++)
					wanted[i][word] = word < 3 - words
								  ? 0
								  : (uint64_t)(rand() % 3) << 56 |
									    (uint64_t)rand() << 24;
				wanted[i][2] = (wanted[i][2] & mask[2]) | i;
				memcpy(&items[i * words], &wanted[i][3 - words],
				       words * sizeof *items);
			}
			insert_in_order(wanted, count, mask);
			sort_words(items, scratch, count, words, &mask[3 - words]);
			for (i = 0; i < count; i++)
				cr_assert_arr_eq(&items[i * words], &wanted[i][3 - words],
						 words * sizeof *items, "%zu words, item %zu",
						 words, i);
		}
	}
}

Test(pathword, there_and_back)
{
	static const char *const paths[] = { "/etc", "/etc/in et/\t%41", "/\xc3\xa9/\x01\x7f.." };
	static const char *const none[] = { "",     "etc",   "/",     "/a//b",  "/a/../b", "/a/..",
					    "/./a", "/a/",   "/%",    "/%4",    "/%4G",    "/%00",
					    "/a%",  "/%2E.", "/.%2e", "/a%2F.." };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(paths); i++) {
		struct strbuf word = STRBUF_INIT;
		char *path;

		pathword_add(&word, paths[i]);
		cr_expect_null(strpbrk(word.buf, " \t\n"), "%s", word.buf);
		path = pathword_take(word.buf);
		cr_assert_not_null(path, "%s", word.buf);
		cr_expect_str_eq(path, paths[i]);
		free(path);
		strbuf_release(&word);
	}
	for (i = 0; i < ARRAY_SIZE(none); i++)
		cr_expect_null(pathword_take(none[i]), "'%s'", none[i]);
}
