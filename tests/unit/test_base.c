#include "config.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/error.h"
#include "base/print.h"
#include "base/strbuf.h"

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
