#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "pki/dn.h"

/* The canonical form as a string the caller frees, or NULL. */
static char *canonical(const char *text)
{
	struct strbuf sb = STRBUF_INIT;
	struct dn_problem problem;

	if (!dn_canonical(text, strlen(text), &sb, &problem)) {
		cr_assert_eq(sb.len, 0);
		return NULL;
	}
	cr_assert_eq(problem.error, DN_OK);
	return strbuf_detach(&sb, NULL);
}

Test(dn, canonical_forms)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "CN=a", "CN=a" },
		{ " C = US ,O=Example ", "C=us,O=example" },
		{ "O=Ex\\, Inc., CN=CA", "O=ex\\, inc.,CN=ca" },
		{ "CN=two  \t blanks ", "CN=two blanks" },
		{ "CN=", "CN=" },
		{ "2.5.4.3=x", "CN=x" },
		{ "oid.2.5.4.3=x", "CN=x" },
		{ "1.2.3.4=X", "1.2.3.4=x" },
		{ "E=a@B", "emailAddress=a@b" },
		{ "S=NC", "ST=nc" },
		{ "uid=u,dc=example", "UID=u,DC=example" },
		{ "serialNumber=12,SN=x", "serialNumber=12,SN=x" },
		{ "CN=b + OU=a", "CN=b+OU=a" },
		{ "OU=a+CN=b", "CN=b+OU=a" },
		{ "CN=C++ and a+b", "CN=c\\+\\+ and a\\+b" },
		{ "CN=a\\+OU=b", "CN=a\\+ou=b" },
		{ "CN=\\C3\\84", "CN=\xc3\xa4" },
		{ "CN=a\\00b", "CN=a\\0b" },
		{ "CN=a\\\\0b", "CN=a\\\\0b" },
		{ "CN=#040a", "CN=#040a" },
		{ "CN=#040A , O=x", "CN=#040a,O=x" },
		{ "CN=\\#040a", "CN=\\#040a" },
		{ "CN=a=b", "CN=a=b" },
		{ "CN=\"quoted\"", "CN=\"quoted\"" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *out = canonical(cases[i].in);

		cr_assert_not_null(out, "'%s' is refused", cases[i].in);
		cr_assert_str_eq(out, cases[i].out, "'%s' gives '%s'", cases[i].in, out);
		free(out);
	}
}

Test(dn, different_names_stay_different)
{
	static const struct {
		const char *a, *b;
	} cases[] = {
		{ "C=US, O=x", "O=x, C=US" },
		{ "C=US, O=x", "C=US+O=x" },
		{ "CN=ab", "CN=a b" },
		{ "CN=a, CN=b", "CN=a\\,CN=b" },
		{ "CN=a+OU=b", "CN=a\\+OU=b" },
		{ "CN=#0401", "CN=\\#0401" },
		{ "CN=a", "OU=a" },
		{ "CN=\xc3\xa4", "CN=a" },
		{ "CN=a\\00", "CN=a\\\\0" },
		{ "CN=\xc3\xb7", "CN=\xc3\x97" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *a = canonical(cases[i].a), *b = canonical(cases[i].b);

		cr_assert_str_neq(a, b, "'%s' and '%s' are one", cases[i].a, cases[i].b);
		free(a);
		free(b);
	}
}

Test(dn, case_of_letters_beyond_ascii)
{
	static const struct {
		const char *a, *b;
	} cases[] = {
		{ "CN=\xc3\x84\xc3\x96\xc3\x9c",
		  "CN=\xc3\xa4\xc3\xb6\xc3\xbc" },                /* A, O, U umlaut */
		{ "CN=\xc5\xbd", "CN=\xc5\xbe" },                 /* Z caron */
		{ "CN=\xce\xa9", "CN=\xcf\x89" },                 /* omega */
		{ "CN=\xd0\x96\xd0\x80", "CN=\xd0\xb6\xd1\x90" }, /* zhe, ie grave */
		{ "CN=\xe1\xba\xa0", "CN=\xe1\xba\xa1" },         /* A dot below */
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *a = canonical(cases[i].a), *b = canonical(cases[i].b);

		cr_assert_str_eq(a, b, "case %zu", i);
		free(a);
		free(b);
	}
}

Test(dn, what_is_no_name_is_told_and_where)
{
	static const struct {
		const char *text;
		enum dn_error error;
		size_t off, len;
	} cases[] = {
		{ "", DN_ERROR_EMPTY, 0, 0 },
		{ "  ", DN_ERROR_EMPTY, 0, 2 },
		{ "C=US,,O=x", DN_ERROR_NO_PART, 5, 0 },
		{ "C=US, ", DN_ERROR_NO_PART, 6, 0 },
		{ ",C=US", DN_ERROR_NO_PART, 0, 0 },
		{ "C=US, O=Ex, Inc., CN=CA", DN_ERROR_NO_EQUALS, 12, 4 },
		{ "hosta", DN_ERROR_NO_EQUALS, 0, 5 },
		{ "C=US, FOO=x", DN_ERROR_TYPE, 6, 3 },
		{ "=x", DN_ERROR_TYPE, 0, 0 },
		{ "1..2=x", DN_ERROR_TYPE, 0, 4 },
		{ ".1=x", DN_ERROR_TYPE, 0, 2 },
		{ "1.=x", DN_ERROR_TYPE, 0, 2 },
		{ "12=x", DN_ERROR_TYPE, 0, 2 },
		{ "/C=US/CN=x", DN_ERROR_TYPE, 0, 2 },
		{ "CN=x\\", DN_ERROR_ESCAPE, 4, 1 },
		{ "CN=#04zz, O=x", DN_ERROR_HEX, 3, 5 },
		{ "CN=#", DN_ERROR_HEX, 3, 1 },
		{ "CN=#040", DN_ERROR_HEX, 3, 4 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *text = cases[i].text;
		struct strbuf sb = STRBUF_INIT;
		struct dn_problem problem;

		cr_assert_not(dn_canonical(text, strlen(text), &sb, &problem), "'%s' is taken",
			      text);
		cr_assert_eq(problem.error, cases[i].error, "'%s' gives %d", text, problem.error);
		cr_assert_eq(problem.off, cases[i].off, "'%s' at %zu", text, problem.off);
		cr_assert_eq(problem.len, cases[i].len, "'%s' of %zu", text, problem.len);
		dn_describe(&problem, text, &sb);
		cr_assert_gt(sb.len, 10);
		strbuf_release(&sb);
	}
}

Test(dn, a_sentence_about_a_hostile_name_is_printable)
{
	const char *text = "C=US, \033[2Jx=y";
	struct strbuf sb = STRBUF_INIT;
	struct dn_problem problem;

	cr_assert_not(dn_canonical(text, strlen(text), &sb, &problem));
	dn_describe(&problem, text, &sb);
	cr_assert_str_eq(sb.buf, "'^[[2Jx' is no attribute type, such as C, O, OU or CN");
	strbuf_release(&sb);
}

Test(dn, prints_values_that_need_escapes)
{
	static const struct {
		const char *value, *out;
	} cases[] = {
		{ "a, b", "CN=a\\, b" },       { "a\\b", "CN=a\\\\b" },
		{ "#x", "CN=\\#x" },           { " #x", "CN= \\#x" },
		{ "a+b", "CN=a+b" },           { "a+ou=b", "CN=a\\+ou=b" },
		{ "\033[2J", "CN=^[[2J" },     { "\xe2\x80\xae", "CN=\\xe2\\x80\\xae" },
		{ "\xc3\xbc", "CN=\xc3\xbc" }, { "", "CN=" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf sb = STRBUF_INIT;
		struct dn dn = DN_INIT;

		dn_add(&dn, "2.5.4.3", cases[i].value, strlen(cases[i].value), 0);
		dn_print(&dn, &sb);
		cr_assert_str_eq(sb.buf, cases[i].out);
		dn_release(&dn);
		strbuf_release(&sb);
	}
}

Test(dn, what_is_printed_reads_back_as_the_same_name)
{
	static const char letters[] = "aZ ,+=#\\\"0C1.OU";
	unsigned seed = 7;
	int round;

	for (round = 0; round < 5000; round++) {
		struct strbuf text = STRBUF_INIT, before = STRBUF_INIT, after = STRBUF_INIT;
		struct dn_problem problem;
		struct dn dn = DN_INIT;
		int parts = 1 + round % 3, i, j;

		for (i = 0; i < parts; i++) {
			char value[12];

			for (j = 0; j < 12; j++) {
				seed = seed * 1103515245u + 12345u;
				value[j] = letters[(seed >> 16) % (sizeof letters - 1)];
			}
			dn_add(&dn, i == 1 ? "1.2.3" : "OU", value, (size_t)(round % 13),
			       i > 0 && round % 5 == 0 ? DN_SAME_PART : 0);
		}
		dn_print(&dn, &text);
		dn_print_canonical(&dn, &before);
		cr_assert(dn_canonical(text.buf, text.len, &after, &problem), "'%s'", text.buf);
		cr_assert_str_eq(after.buf, before.buf, "'%s'", text.buf);
		dn_release(&dn);
		strbuf_release(&text);
		strbuf_release(&before);
		strbuf_release(&after);
	}
}

Test(dn, finds_a_value)
{
	const char *text = "CN=first, O=x, CN=Last\033";
	struct strbuf sb = STRBUF_INIT;
	struct dn_problem problem;
	struct dn dn = DN_INIT;

	cr_assert(dn_parse(&dn, text, strlen(text), &problem));
	cr_assert(dn_value(&dn, "cn", &sb));
	cr_assert_str_eq(sb.buf, "Last^[");
	cr_assert_not(dn_value(&dn, "OU", &sb));
	dn_release(&dn);
	strbuf_release(&sb);
}

Test(dn, every_beginning_of_a_name_is_survived)
{
	const char *text = "C=US+ST=#0401ff, O=Ex\\, \\C3\\84 Inc., 1.2.3=x\\";
	size_t len;

	for (len = 0; len <= strlen(text); len++) {
		char *cut = xstrndup(text, len);
		struct strbuf sb = STRBUF_INIT;
		struct dn_problem problem;
		bool ok = dn_canonical(cut, len, &sb, &problem);

		cr_assert_eq(ok, problem.error == DN_OK);
		cr_assert_leq(problem.off + problem.len, len);
		strbuf_release(&sb);
		free(cut);
	}
}
