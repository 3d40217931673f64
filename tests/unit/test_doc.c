#include "config.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/xalloc.h"
#include "doc/doc.h"
#include "formats/ike_config/file.h"
#include "formats/ike_preshared/file.h"

#define MB ((size_t)1 << 20)

static struct doc *read_text(const struct format *format, const char *text, size_t len)
{
	return doc_new(format, blob_copy(text, len, format->secret));
}

static struct doc *read_string(const char *text)
{
	return read_text(&ike_config_format, text, strlen(text));
}

/* A document of LEN bytes C. */
static struct doc *read_filled(const struct format *format, char c, size_t len)
{
	struct blob blob = blob_new(len, format->secret);

	memset(blob.data, c, len);
	blob.data[len] = '\0';
	return doc_new(format, blob);
}

/* The same as doc_position in the simplest way. */
static struct position count_position(const struct doc *doc, uint32_t off)
{
	struct position position = { 1, 1 };
	uint32_t i;

	for (i = 0; i < off; i++) {
		position.column++;
		if (doc->blob.data[i] == '\n')
			position = (struct position){ position.line + 1, 1 };
	}
	return position;
}

Test(doc, positions)
{
	static const char *const texts[] = {
		"", "\n", "a", "a\n", "a\nb", "\n\n\n", "a\r\nb\r\n", "ab\n\ncd\n", "\r\r\n",
	};
	size_t i;
	uint32_t off;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		struct doc *doc = read_string(texts[i]);

		for (off = 0; off <= doc->blob.len; off++) {
			struct position is = doc_position(doc, off);
			struct position wanted = count_position(doc, off);

			cr_expect(is.line == wanted.line && is.column == wanted.column,
				  "text %zu, byte %u: %u:%u, not %u:%u", i, off, is.line, is.column,
				  wanted.line, wanted.column);
		}
		doc_free(doc);
	}
}

/* Around the borders of the index of lines, with short lines and with lines longer than a block. */
Test(doc, positions_across_blocks)
{
	static const size_t every[] = { 1, 7, 4095, 4096, 4097, 10000, 100000 };
	size_t i, n;

	for (i = 0; i < ARRAY_SIZE(every); i++) {
		struct strbuf sb = STRBUF_INIT;
		struct doc *doc;
		uint32_t off;

		for (n = 1; n <= 4 * 4096 + 17; n++)
			strbuf_addch(&sb, n % every[i] == 0 ? '\n' : ' ');
		doc = read_text(&ike_config_format, sb.buf, sb.len);
		for (off = 0; off <= doc->blob.len;
		     off += off % 4096 > 4090 || off % 4096 < 5 ? 1 : 83) {
			struct position is = doc_position(doc, off);
			struct position wanted = count_position(doc, off);

			cr_assert(is.line == wanted.line && is.column == wanted.column,
				  "every %zu, byte %u", every[i], off);
		}
		doc_free(doc);
		strbuf_release(&sb);
	}
}

Test(doc, lines)
{
	static const struct {
		const char *text;
		uint32_t off;
		const char *line;
	} cases[] = {
		{ "", 0, "" },
		{ "a", 0, "a" },
		{ "a", 1, "a" },
		{ "ab\ncd", 1, "ab" },
		{ "ab\ncd", 2, "ab" },
		{ "ab\ncd", 3, "cd" },
		{ "ab\ncd", 5, "cd" },
		{ "ab\r\ncd\r\n", 0, "ab" },
		{ "ab\r\ncd\r\n", 3, "ab" },
		{ "ab\r\ncd\r\n", 4, "cd" },
		{ "ab\n", 3, "" },
		{ "\n\n", 1, "" },
		{ "\r\n", 0, "" },
		{ "a\rb\n", 2, "a\rb" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct doc *doc = read_string(cases[i].text);
		struct span line = doc_line(doc, cases[i].off);

		cr_expect(line.len == strlen(cases[i].line) &&
				  memcmp(doc->blob.data + line.off, cases[i].line, line.len) == 0,
			  "case %zu: %u bytes from %u", i, line.len, line.off);
		doc_free(doc);
	}
}

Test(doc, previous_line)
{
	struct doc *doc = read_string("ab\n\ncd\r\ne");
	static const uint32_t starts[] = { 0, 0, 0, 0, 3, 3, 3, 3, 4, 4 };
	uint32_t off;

	for (off = 0; off <= doc->blob.len; off++)
		cr_expect_eq(doc_previous_line(doc, off), starts[off], "byte %u: %u", off,
			     doc_previous_line(doc, off));
	doc_free(doc);
}

Test(doc, tokens_by_their_place)
{
	struct doc *doc = read_string(" ab cd\n{");
	static const struct {
		uint32_t from, at;
	} cases[] = { { 0, 0 }, { 0, 0 }, { 1, 0 }, { 1, 1 }, { 1, 1 },
		      { 2, 1 }, { 2, 2 }, { 2, 2 }, { 3, 3 } };
	uint32_t off;

	cr_assert_eq(doc->ntokens, 3);
	for (off = 0; off <= doc->blob.len; off++)
		cr_expect(doc_token_from(doc, off) == cases[off].from &&
				  doc_token_at(doc, off) == cases[off].at,
			  "byte %u: %u %u", off, doc_token_from(doc, off), doc_token_at(doc, off));
	doc_free(doc);
	doc = read_string("");
	cr_expect(doc_token_from(doc, 0) == 0 && doc_token_at(doc, 0) == 0, "none of none");
	doc_free(doc);
}

Test(doc, entry_at)
{
	struct doc *doc = read_string("# c\n\nretry_limit 4\n{ label a }\n# d\n~ x\n");
	static const struct {
		uint32_t off;
		size_t entry;
	} cases[] = {
		{ 0, 3 },  { 4, 3 },  { 5, 0 },  { 17, 0 }, { 18, 0 }, { 19, 1 },
		{ 29, 1 }, { 31, 1 }, { 34, 1 }, { 35, 2 }, { 37, 2 }, { 38, 2 },
	};
	size_t i;

	cr_assert_eq(doc->nentries, 3);
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		cr_expect_eq(doc_entry_at(doc, cases[i].off), cases[i].entry, "byte %u: %zu",
			     cases[i].off, doc_entry_at(doc, cases[i].off));
	doc_free(doc);
	doc = read_string("");
	cr_expect_eq(doc_entry_at(doc, 0), 0, "none of none");
	doc_free(doc);
}

Test(doc, spans_of_tokens)
{
	struct doc *doc = read_string("  retry_limit \n 4 # x\n");
	struct span span = doc_span(doc, 0, 2);

	cr_expect(span.off == 2 && span.len == 15);
	span = doc_span(doc, 1, 1);
	cr_expect(span.off == 16 && span.len == 0);
	doc_free(doc);
}

Test(doc, hostile_bytes)
{
	static const char text[] = "label\0\"a\"\r\n\xff{\x80 \"\xc3\xbc\0\" }\r\n\0";
	struct doc *doc = read_text(&ike_config_format, text, sizeof text - 1);
	struct strbuf sb = STRBUF_INIT;

	cr_expect_eq(doc->blob.len, sizeof text - 1);
	cr_expect_eq(memcmp(doc->blob.data, text, sizeof text), 0);
	doc_print(doc, (struct span){ 0, (uint32_t)doc->blob.len }, &sb);
	cr_expect_str_eq(sb.buf, "label^@\"a\"^M^J\\xff{\\x80 \"\xc3\xbc^@\" }^M^J^@");
	strbuf_release(&sb);
	doc_free(doc);
}

Test(doc, hundred_megabytes_of_blanks, .timeout = 30)
{
	static const struct format *const formats[] = { &ike_config_format, &preshared_format };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(formats); i++) {
		struct doc *doc = read_filled(formats[i], ' ', 100 * MB);
		struct position position = doc_position(doc, (uint32_t)(100 * MB));

		cr_expect_eq(doc->ntokens, 0);
		cr_expect_eq(doc->nentries, 0);
		cr_expect(position.line == 1 && position.column == 100 * MB + 1);
		doc_free(doc);
		doc = read_filled(formats[i], '\n', 100 * MB);
		position = doc_position(doc, (uint32_t)(100 * MB));
		cr_expect(position.line == 100 * MB + 1 && position.column == 1);
		doc_free(doc);
	}
}

/* A token longer than a token can be is cut, and no byte of it is lost. */
Test(doc, ten_megabytes_in_one_token, .timeout = 30)
{
	static const char fills[] = { 'x', '"', '{', '}', '/', '\\', '#', '\0', '\xff', '~' };
	static const struct format *const formats[] = { &ike_config_format, &preshared_format };
	size_t i, j, k;

	for (i = 0; i < ARRAY_SIZE(formats); i++) {
		for (j = 0; j < ARRAY_SIZE(fills); j++) {
			struct doc *doc = read_filled(formats[i], fills[j], 10 * MB);
			uint32_t end = 0;

			for (k = 0; k < doc->ntokens; k++) {
				cr_assert_eq(doc->tokens[k].off, end, "0x%02x", fills[j] & 255);
				cr_assert_neq(doc->tokens[k].len, 0);
				end += doc->tokens[k].len;
			}
			if (fills[j] != '#' && fills[j] != '/')
				cr_expect_eq(end, 10 * MB, "0x%02x: %u", fills[j] & 255, end);
			doc_free(doc);
		}
	}
}

/* Every position on a line of ten megabytes is asked for: none may walk along the line. */
Test(doc, ten_megabytes_in_one_line, .timeout = 30)
{
	struct blob blob = blob_new(10 * MB, false);
	struct doc *doc;
	size_t i;

	for (i = 0; i < 10 * MB; i++)
		blob.data[i] = i % 2 == 0 ? '~' : ' ';
	blob.data[10 * MB] = '\0';
	doc = doc_new(&ike_config_format, blob);
	cr_assert_eq(doc->ntokens, 5 * MB);
	for (i = 0; i < doc->ntokens; i += 16) {
		struct position position = doc_position(doc, doc->tokens[i].off);

		cr_assert(position.line == 1 && position.column == doc->tokens[i].off + 1);
	}
	doc_free(doc);
}

static void hide_tokens(const struct doc *doc, struct span range,
			void (*mark)(void *ctx, struct span span), void *ctx)
{
	size_t i;

	(void)range;
	for (i = 0; i < doc->ntokens; i++)
		if (doc->tokens[i].kind == TOKEN_STRING)
			mark(ctx, (struct span){ doc->tokens[i].off, doc->tokens[i].len });
}

/* A format whose strings are secret: every span that touches one shows that, and nothing of it. */
Test(doc, print_hides_what_is_marked)
{
	struct format format = ike_config_format;
	static const char text[] = "ab \"SSSS\"\"SS\" cd";
	struct doc *doc;
	uint32_t off, end;

	format.secrets = hide_tokens;
	doc = read_text(&format, text, sizeof text - 1);
	for (off = 0; off < sizeof text; off++) {
		for (end = off; end < sizeof text; end++) {
			struct strbuf sb = STRBUF_INIT;

			doc_print(doc, (struct span){ off, end - off }, &sb);
			cr_expect_null(strchr(sb.buf, 'S'), "%u to %u: %s", off, end, sb.buf);
			cr_expect_eq(strstr(sb.buf, "<hidden>") != NULL,
				     off < end && off < 13 && end > 3, "%u to %u: %s", off, end,
				     sb.buf);
			strbuf_release(&sb);
		}
	}
	doc_free(doc);
}
