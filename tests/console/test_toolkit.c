/* The parts of the console that need no terminal: layout, widths, keys, themes, input. */
#include "config.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <string.h>

#include "base/xalloc.h"
#include "ui/cells.h"
#include "ui/keymap.h"
#include "ui/keyname.h"
#include "ui/layout.h"
#include "ui/theme.h"
#include "ui/w_input.h"
#include "ui/w_text.h"

static void use_utf8(void)
{
	cr_assert_not_null(setlocale(LC_CTYPE, "C.UTF-8"));
}

Test(layout, fills_the_screen_without_overlap)
{
	int rows, cols;

	for (rows = 1; rows <= 60; rows++) {
		for (cols = 1; cols <= 200; cols++) {
			struct layout l = layout_compute(rows, cols);

			cr_assert_eq(l.too_small, rows < 16 || cols < 60);
			if (l.too_small)
				continue;
			cr_assert_eq(l.side.rows > 0, cols >= 120);
			cr_assert_eq(l.detail.rows > 0, cols >= 120);
			cr_assert_eq(l.tabs.rows, cols < 120);
			cr_assert_eq(l.top.rows + l.tabs.rows + l.list.rows + l.message.rows +
					     l.keys.rows,
				     rows);
			cr_assert_eq(l.message.row, l.list.row + l.list.rows);
			if (cols >= 120) {
				cr_assert_eq(l.list.col, l.side.cols + 1);
				cr_assert_eq(l.detail.col, l.list.col + l.list.cols + 1);
				cr_assert_eq(l.detail.col + l.detail.cols, cols);
				cr_assert_geq(l.detail.cols, 36);
			}
		}
	}
}

Test(layout, columns_fit_any_width)
{
	static const struct column_width columns[] = {
		{ 3, 5, 2 }, { 10, 24, 1 }, { 9, 18, 3 }, { 9, 18, 3 }, { 4, 6, 4 },
	};
	int widths[5], total, i, sum, shown;

	for (total = 1; total <= 150; total++) {
		layout_columns(columns, 5, total, widths);
		for (i = sum = shown = 0; i < 5; i++) {
			sum += widths[i] > 0 ? widths[i] + 1 : 0;
			shown += widths[i] > 0;
		}
		cr_assert_eq(sum - 1, total, "width %d has %d", total, sum - 1);
		cr_assert_gt(widths[1], 0, "the most important column is gone at %d", total);
		cr_assert(total < 40 || shown == 5);
	}
	layout_columns(columns, 5, 34, widths);
	cr_assert_eq(widths[4], 0, "the least important column is still there");
}

Test(layout, columns_shrink_before_others_go)
{
	static const struct column_width columns[] = {
		{ 10, 10, 0, 0, false },
		{ 40, 60, 2, 20, false },
		{ 8, 8, 5, 0, true },
		{ 5, 5, 3, 0, false },
	};
	static const struct {
		int total, widths[4];
	} cases[] = {
		{ 100, { 10, 60, 8, 19 } }, /* the last one takes what nobody wants */
		{ 66, { 10, 40, 8, 5 } },   { 65, { 10, 48, 0, 5 } }, { 57, { 10, 40, 0, 5 } },
		{ 56, { 10, 39, 0, 5 } },   { 37, { 10, 20, 0, 5 } }, { 36, { 10, 25, 0, 0 } },
		{ 31, { 10, 20, 0, 0 } },   { 30, { 30, 0, 0, 0 } },
	};
	int widths[4];
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		layout_columns(columns, 4, cases[i].total, widths);
		for (k = 0; k < 4; k++)
			cr_assert_eq(widths[k], cases[i].widths[k], "column %zu is %d at %d", k,
				     widths[k], cases[i].total);
	}
}

Test(cells, widths_and_cuts)
{
	static const struct {
		const char *text;
		int width;
		size_t fit3; /* bytes that fit into three columns */
	} cases[] = {
		{ "", 0, 0 },
		{ "abcd", 4, 3 },
		{ "\xc3\xbc"
		  "ber",
		  4, 4 },
		{ "\xe6\x9d\xb1\xe4\xba\xac", 4, 3 }, /* two wide characters */
		{ "e\xcc\x81"
		  "e\xcc\x81"
		  "xy",
		  4, 7 }, /* with combining accents */
		{ "a\xe6\x9d\xb1"
		  "b",
		  4, 4 },
		{ "\xcc\x81"
		  "ab",
		  3, 4 }, /* an accent without a letter */
	};
	size_t i;
	int used;

	use_utf8();
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t len = strlen(cases[i].text);

		cr_assert_eq(cells_width(cases[i].text, len, true), cases[i].width, "case %zu", i);
		cr_assert_eq(cells_fit(cases[i].text, len, 3, true, &used), cases[i].fit3,
			     "case %zu", i);
		cr_assert_leq(used, 3);
	}
	cr_assert_eq(cells_width("\xe6\x9d\xb1", 3, false), 1, "one sign stands for it in ASCII");
	cr_assert_eq(cells_after("e\xcc\x81x", 4, 0, true), 3);
	cr_assert_eq(cells_before("e\xcc\x81x", 4, 3, true), 0);
}

Test(cells, finds_without_regard_to_case)
{
	size_t matched = 0;

	use_utf8();
	cr_assert_eq(cells_find("one TWO", 7, "two", &matched), 4);
	cr_assert_eq(matched, 3);
	cr_assert_eq(cells_find("B\xc3\x9cRO", 5, "b\xc3\xbcro", &matched), 0);
	cr_assert_eq(matched, 5);
	cr_assert_eq(cells_find("one", 3, "ones", NULL), (size_t)-1);
	cr_assert_eq(cells_find("one", 3, "", NULL), (size_t)-1);
}

Test(theme, every_style_is_there_and_mono_has_no_colour)
{
	const struct theme *theme;
	unsigned i, style;

	for (i = 0; (theme = theme_at(i)) != NULL; i++) {
		cr_assert_eq(theme_find(theme->name), theme);
		for (style = STYLE_TEXT + 1; style < STYLE_COUNT; style++) {
			const struct look *look = &theme->looks[style];

			if (theme == theme_mono())
				cr_assert_eq(look->foreground + look->background, LOOK_DEFAULT);
			else
				cr_assert_neq(
					look->attributes + look->foreground + look->background, 0,
					"theme %s has nothing for style %u", theme->name, style);
		}
	}
	cr_assert_eq(i, 4);
	cr_assert_null(theme_find("pink"));
}

Test(keyname, names_and_numbers_go_both_ways)
{
	static const struct {
		const char *name;
		int key;
	} cases[] = {
		{ "g", 'g' },
		{ "?", '?' },
		{ "C-r", 18 },
		{ "F1", K_F(1) },
		{ "F12", K_F(12) },
		{ "PageDown", K_PAGE_DOWN },
		{ "Esc", K_ESC },
		{ "S-Tab", K_BACK_TAB },
		{ "Space", ' ' },
		{ "\xc3\xbc", 0xfc },
		{ "\xe6\x9d\xb1", 0x6771 },
		{ "Enter", K_ENTER },
		{ "Backspace", K_BACKSPACE },
	};
	static const char *const wrong[] = { "",    "F0",        "F64",  "C-",
					     "C-1", "Pagedown2", "\x01", "F1x" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf sb = STRBUF_INIT;

		cr_assert_eq(keyname_parse(cases[i].name, strlen(cases[i].name)), cases[i].key,
			     "%s", cases[i].name);
		keyname_add(&sb, cases[i].key);
		cr_assert_str_eq(sb.buf, cases[i].name);
		strbuf_release(&sb);
	}
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		cr_assert_eq(keyname_parse(wrong[i], strlen(wrong[i])), K_NONE, "%s", wrong[i]);
	cr_assert_eq(keyname_parse("pagedown", 8), K_PAGE_DOWN, "case doesn't matter in words");
	cr_assert_eq(keyname_parse("C-j", 3), K_ENTER, "terminals cannot tell these apart");
}

Test(keymap, the_table_is_whole)
{
	struct keymap *map = keymap_new();
	int i, j, bit;

	for (i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		const struct action_info *info = action_info((enum action)i);
		struct strbuf keys = STRBUF_INIT;

		cr_assert(info->name != NULL && *info->name != '\0', "action %d", i);
		cr_assert(info->help != NULL && *info->help != '\0', "%s", info->name);
		cr_assert_neq(info->contexts, 0, "%s", info->name);
		cr_assert_eq(action_find(info->name), (enum action)i, "%s is there twice",
			     info->name);
		for (j = i + 1; j < ACTION_COUNT; j++)
			cr_assert_str_neq(info->name, action_info((enum action)j)->name);
		/* A key reaches it wherever it means something. */
		for (bit = 1; bit <= CONTEXT_CHOICE; bit <<= 1) {
			strbuf_clear(&keys);
			if ((info->contexts & (unsigned)bit) != 0)
				keymap_keys(map, (enum action)i, (enum context)bit, 9, " ", &keys);
			cr_assert((info->contexts & (unsigned)bit) == 0 || keys.len > 0,
				  "%s has no key in context %d", info->name, bit);
		}
		strbuf_release(&keys);
	}
	keymap_free(map);
}

/* Every default key does what its row says, in each of the row's contexts: so no two rows share
 * one. */
Test(keymap, no_key_means_two_things)
{
	struct keymap *map = keymap_new();
	const char *name;
	size_t len;
	int i, bit;

	for (i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		const struct action_info *info = action_info((enum action)i);

		for (name = info->keys; *(name += strspn(name, " ")) != '\0'; name += len) {
			int key;

			len = strcspn(name, " ");
			key = keyname_parse(name, len);
			cr_assert_neq(key, K_NONE, "%s: %s", info->name, name);
			for (bit = 1; bit <= CONTEXT_CHOICE; bit <<= 1) {
				if ((info->contexts & (unsigned)bit) == 0)
					continue;
				if (keyname_is_text(key) &&
				    (bit == CONTEXT_FORM || bit == CONTEXT_INPUT))
					cr_assert_eq(keymap_find(map, (enum context)bit, key),
						     ACTION_NONE);
				else
					cr_assert_eq(keymap_find(map, (enum context)bit, key),
						     (enum action)i, "%s in context %d", info->name,
						     bit);
			}
		}
	}
	keymap_free(map);
}

Test(keymap, keys_can_be_given_otherwise)
{
	struct keymap *map = keymap_new();
	struct error err = ERROR_INIT;
	struct strbuf keys = STRBUF_INIT;

	cr_assert(keymap_bind(map, "write", "W C-t", &err));
	cr_assert_eq(keymap_find(map, CONTEXT_LIST, 'W'), ACTION_WRITE);
	cr_assert_eq(keymap_find(map, CONTEXT_LIST, 'w'), ACTION_NONE);
	keymap_keys(map, ACTION_WRITE, CONTEXT_LIST, 9, ", ", &keys);
	cr_assert_str_eq(keys.buf, "W, C-t");
	cr_assert_not(keymap_bind(map, "write", "F9 F8", &err));
	cr_assert_not_null(strstr(err.text, "screen-9"));
	cr_assert_eq(keymap_find(map, CONTEXT_LIST, 'W'), ACTION_WRITE, "nothing has changed");
	cr_assert_not(keymap_bind(map, "write", "F99", &err));
	cr_assert_not(keymap_bind(map, "wirte", "W", &err));
	cr_assert_not(keymap_bind(map, "submit", "s", &err), "a letter is text in a form");
	cr_assert(keymap_bind(map, "screen-9", "", &err));
	cr_assert(keymap_bind(map, "write", "F9", &err), "the key is free now");
	error_clear(&err);
	strbuf_release(&keys);
	keymap_free(map);
}

Test(input, edits_by_characters)
{
	struct w_input input;
	struct event event = { .key = 0 };
	static const int typed[] = { 'a', 0xfc, 0x6771, 'e', 0x301 };
	size_t i;

	use_utf8();
	w_input_init(&input, false);
	for (i = 0; i < ARRAY_SIZE(typed); i++) {
		event.key = typed[i];
		cr_assert(w_input_act(&input, ACTION_NONE, &event));
	}
	cr_assert_str_eq(input.text, "a\xc3\xbc\xe6\x9d\xb1"
				     "e\xcc\x81");
	w_input_act(&input, ACTION_ERASE_BEFORE, &event);
	cr_assert_str_eq(input.text, "a\xc3\xbc\xe6\x9d\xb1", "letter and accent go together");
	w_input_act(&input, ACTION_CURSOR_HOME, &event);
	w_input_act(&input, ACTION_ERASE_BEFORE, &event);
	w_input_act(&input, ACTION_CURSOR_LEFT, &event);
	w_input_act(&input, ACTION_CURSOR_RIGHT, &event);
	w_input_act(&input, ACTION_ERASE_HERE, &event);
	cr_assert_str_eq(input.text, "a\xe6\x9d\xb1");
	w_input_set(&input, "one two  three");
	w_input_act(&input, ACTION_ERASE_WORD, &event);
	cr_assert_str_eq(input.text, "one two  ");
	w_input_act(&input, ACTION_ERASE_WORD, &event);
	cr_assert_str_eq(input.text, "one ");
	w_input_act(&input, ACTION_CURSOR_LEFT, &event);
	w_input_act(&input, ACTION_ERASE_TO_END, &event);
	cr_assert_str_eq(input.text, "one");
	w_input_act(&input, ACTION_ERASE_TO_HOME, &event);
	cr_assert_str_eq(input.text, "");
	event.key = 7;
	cr_assert_not(w_input_act(&input, ACTION_NONE, &event), "a control key types nothing");
	w_input_release(&input);
}

Test(input, a_secret_grows_and_leaves_nothing_behind)
{
	struct w_input input;
	struct event event = { .key = 'k' };
	size_t i;

	w_input_init(&input, true);
	for (i = 0; i < 1000; i++)
		w_input_act(&input, ACTION_NONE, &event);
	cr_assert_eq(input.len, 1000);
	w_input_act(&input, ACTION_ERASE_TO_HOME, &event);
	for (i = 0; i < input.room; i++)
		cr_assert_eq(input.text[i], 0, "byte %zu is still there", i);
	w_input_release(&input);
}

Test(text, breaks_at_blanks_and_shows_every_byte)
{
	struct w_text text;
	static const char words[] = "one two three four five";

	use_utf8();
	w_text_init(&text);
	w_text_line(&text, STYLE_TEXT, words);
	cr_assert_eq(w_text_rows(&text, 80, true), 1);
	cr_assert_eq(w_text_rows(&text, 9, true), 3);
	cr_assert_eq(text.rows[1].start, 8, "the second row starts with 'three'");
	cr_assert_eq(w_text_rows(&text, 1, true), 19, "each letter, without the blanks");
	w_text_clear(&text);
	w_text_line(&text, STYLE_TEXT, "a\tb\033[2J");
	cr_assert_str_eq(text.bytes.buf, "a       b^[[2J");
	w_text_release(&text);
}

Test(text, searches_both_ways_and_round)
{
	struct w_text text;

	w_text_init(&text);
	w_text_line(&text, STYLE_TEXT, "ab ab");
	w_text_line(&text, STYLE_TEXT, "none");
	w_text_line(&text, STYLE_TEXT, "AB");
	w_text_rows(&text, 80, true);
	w_text_find(&text, "", SEARCH_BEGIN);
	cr_assert(w_text_find(&text, "ab", SEARCH_HERE));
	cr_assert_eq(text.match_start, 0);
	cr_assert(w_text_find(&text, "ab", SEARCH_NEXT));
	cr_assert_eq(text.match_start, 3);
	cr_assert(w_text_find(&text, "ab", SEARCH_NEXT));
	cr_assert_eq(text.match_line, 2);
	cr_assert(w_text_find(&text, "ab", SEARCH_NEXT));
	cr_assert_eq(text.match_line, 0);
	cr_assert(w_text_find(&text, "ab", SEARCH_PREVIOUS));
	cr_assert_eq(text.match_line, 2);
	cr_assert(w_text_find(&text, "ab", SEARCH_PREVIOUS));
	cr_assert_eq(text.match_line, 0);
	cr_assert_eq(text.match_start, 3);
	cr_assert_not(w_text_find(&text, "zz", SEARCH_NEXT));
	w_text_release(&text);
}
