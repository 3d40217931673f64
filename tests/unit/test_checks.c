/* The table of checks is whole: nothing points beside it, and it leaves nothing without words. */
#include "config.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

#include "base/xalloc.h"
#include "formats/ike_preshared/file.h"
#include "formats/ipsecinit/file.h"
#include "formats/ipseckeys/file.h"
#include "lint/check.h"
#include "tests/unit/checked.h"

static void expect_rows(enum check_reader reader, unsigned codes, const char *name)
{
	unsigned code;
	size_t i;

	for (code = 1; code < codes; code++) {
		bool found = false;

		for (i = 0; i < check_count; i++)
			found |= checks[i].reader == reader && checks[i].problem == code;
		cr_expect(found, "problem %u of %s has no row", code, name);
	}
	for (i = 0; i < check_count; i++)
		cr_expect(checks[i].reader != reader ||
				  (checks[i].problem > 0 && checks[i].problem < codes),
			  "%s: %s is about problem %u", checks[i].id, name, checks[i].problem);
}

Test(checks, every_problem_has_a_row)
{
	expect_rows(READER_IKE, IKE_PROBLEM_COUNT, "ike/config");
	expect_rows(READER_PRESHARED, PRESHARED_PROBLEM_COUNT, "ike.preshared");
	expect_rows(READER_MANUAL, MANUAL_PROBLEM_COUNT, "ipseckeys");
	expect_rows(READER_POLICY, POLICY_PROBLEM_COUNT, "ipsecinit.conf");
}

/* What a comparison finds has one row in a profile, or would be lost or said by the wrong one. */
Test(checks, every_comparison_has_a_row)
{
	int join;
	size_t i;

	for (join = JOIN_NONE + 1; join < JOIN_COUNT; join++) {
		size_t together = 0, alone = 0;

		for (i = 0; i < check_count; i++) {
			if (checks[i].join != join)
				continue;
			together += checks[i].when != WHEN_ALONE;
			alone += checks[i].when != WHEN_COEXISTENCE;
			cr_expect_eq(checks[i].problem, 0, "%s", checks[i].id);
		}
		cr_expect_geq(together + alone, 1, "comparison %d", join);
		cr_expect_leq(together, 1, "comparison %d", join);
		cr_expect_leq(alone, 1, "comparison %d", join);
	}
}

/* A problem in a context for which no row is meant would be lost without a word. */
Test(checks, the_last_row_of_a_problem_is_about_all_of_it)
{
	size_t i, k;

	for (i = 0; i < check_count; i++) {
		const struct check *last = &checks[i];

		if (last->reader == READER_NONE)
			continue;
		for (k = i + 1; k < check_count; k++)
			if (checks[k].reader == last->reader && checks[k].problem == last->problem)
				last = &checks[k];
		cr_expect(last->when == WHEN_ALWAYS, "%s", last->id);
		cr_expect(last->scope == 0, "%s", last->id);
		cr_expect(last->words[0] == 0 || last->problem == IKE_PROBLEM_VALUE, "%s",
			  last->id);
	}
}

/* Other names are ids as well, with a comma and a blank between them, and not the row's own. */
static void expect_names(const struct check *check)
{
	const char *aka = check->aka;

	while (aka != NULL) {
		size_t len = strcspn(aka, ",");
		char id[32];

		cr_assert_lt(len, sizeof id);
		memcpy(id, aka, len);
		id[len] = '\0';
		cr_expect(isupper((unsigned char)id[0]) && strcspn(id, " ,") == len, "%s: '%s'",
			  check->id, check->aka);
		cr_expect(strcmp(id, check->id) != 0, "%s", check->id);
		cr_expect(check_is_named(check, id), "%s: '%s'", check->id, id);
		cr_expect_geq(check_find(id), 0, "%s", id);
		cr_expect(aka[len] == '\0' || aka[len + 1] == ' ', "%s: '%s'", check->id, aka);
		aka = aka[len] != '\0' ? aka + len + 2 : NULL;
	}
	cr_expect(check_is_named(check, check->id));
	cr_expect_not(check_is_named(check, ""));
	cr_expect_not(check_is_named(check, "B0"));
}

Test(checks, ids_and_titles)
{
	size_t i, k;

	for (i = 0; i < check_count; i++) {
		const struct check *check = &checks[i];

		cr_expect(check->id != NULL && isupper((unsigned char)check->id[0]));
		cr_expect_eq(strcspn(check->id, " ,"), strlen(check->id), "%s", check->id);
		expect_names(check);
		for (k = i + 1; k < check_count; k++)
			cr_expect(strcmp(check->id, checks[k].id) != 0 ||
					  strcmp(check->title, checks[k].title) != 0,
				  "%s has two rows '%s'", check->id, check->title);
		cr_expect_eq(check_row(check->id, check->title), (int)i);
		cr_expect_geq(check_find(check->id), 0);
	}
	cr_expect_eq(check_find("nonsense"), -1);
	cr_expect_eq(check_row("A05", "nonsense"), -1);
}

/* Whether something may report the row itself. */
static bool is_reported(const struct check *check)
{
	return check->reader != READER_NONE || check->rule != NULL || check->globals != NULL ||
	       check->key != NULL || check->policy != NULL || check->manual != NULL ||
	       check->host != NULL;
}

Test(checks, severities)
{
	size_t i;

	for (i = 0; i < check_count; i++) {
		const char *s = checks[i].severity;
		size_t len = strlen(s);

		cr_expect(len == 1 || len == DIALECT_COUNT, "%s: '%s'", checks[i].id, s);
		cr_expect_eq(strspn(s, "EWN-"), len, "%s: '%s'", checks[i].id, s);
		if (strcmp(s, "-") == 0)
			cr_expect(!is_reported(&checks[i]), "%s", checks[i].id);
		else
			cr_expect_lt(strspn(s, "-"), len, "%s is never reported", checks[i].id);
	}
}

/* Every {name} is a place; a brace that the text means is none. */
static void expect_places(const struct check *check, const char *text)
{
	const char *open = text, *close;

	while ((open = strchr(open, '{')) != NULL) {
		size_t len = strspn(++open, "abcdefghijklmnopqrstuvwxyz_");

		close = open + len;
		if (len > 0 && *close == '}')
			cr_expect(check_has_place(open, len), "%s: {%.*s} in '%s'", check->id,
				  (int)len, open, text);
	}
}

Test(checks, texts)
{
	size_t i;

	for (i = 0; i < check_count; i++) {
		const struct check *check = &checks[i];
		const char *texts[] = { check->title, check->message, check->why, check->fix };
		struct strbuf fix = STRBUF_INIT;
		size_t k;

		for (k = 0; k < ARRAY_SIZE(texts); k++) {
			cr_assert_not_null(texts[k], "%s", check->id);
			cr_expect(texts[k][0] != '\0', "%s: text %zu", check->id, k);
			cr_expect_null(strchr(texts[k], '\n'), "%s: text %zu", check->id, k);
		}
		expect_places(check, check->message);
		expect_places(check, check->fix);
		/* These two are shown as they are. */
		cr_expect_null(strstr(check->title, "{a}"), "%s", check->id);
		for (k = 0; k < 2; k++) {
			const char *open = strchr(k == 0 ? check->title : check->why, '{');

			cr_expect(open == NULL ||
					  !check_has_place(open + 1, strcspn(open + 1, "}")),
				  "%s: %s", check->id, open);
		}
		check_explain_fix(check, &fix);
		cr_expect(fix.len > 0);
		cr_expect_null(strstr(fix.buf, "{b}"), "%s", fix.buf);
		strbuf_release(&fix);
	}
	cr_expect_not(check_has_place("nonsense", 8));
	cr_expect_not(check_has_place("", 0));
}

/* Whether a string of the source is an id: no title has capitals throughout. */
static bool is_id(const char *text)
{
	return isupper((unsigned char)text[0]) && strpbrk(text, "-0123456789") != NULL &&
	       strchr(text, ' ') == NULL;
}

/* The strings of one call: all ids with all titles, since conditions choose between them. */
static size_t expect_call(const char *call)
{
	char ids[4][64], titles[4][64];
	size_t nids = 0, ntitles = 0, i, k;
	const char *end = strstr(call, "),") != NULL ? strstr(call, "),") : call;

	if (strchr(call, ';') != NULL && (end == call || strchr(call, ';') < end))
		end = strchr(call, ';');
	while ((call = strchr(call, '"')) != NULL && call < end) {
		const char *close = strchr(call + 1, '"');
		char text[64];

		cr_assert_lt((size_t)(close - call), sizeof text);
		memcpy(text, call + 1, (size_t)(close - call - 1));
		text[close - call - 1] = '\0';
		memcpy(is_id(text) ? ids[nids++] : titles[ntitles++], text, sizeof text);
		call = close + 1;
	}
	for (i = 0; i < nids; i++)
		for (k = 0; k < ntitles; k++)
			cr_expect_geq(check_row(ids[i], titles[k]), 0, "%s '%s'", ids[i],
				      titles[k]);
	return nids * ntitles;
}

/* Rows that functions name by id and title, wherever the source does. */
Test(checks, rows_that_are_named_exist)
{
	static const char *const files[] = { "/src/lint/compare.c", "/src/lint/foreign.c",
					     "/src/lint/join.c" };
	size_t calls = 0, i;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		struct file_info info;
		struct blob blob;
		const char *call;

		file_read(SOURCE, files[i], false, &blob, &info);
		cr_assert_eq(info.state, FILE_READ);
		for (call = blob.data; (call = strstr(call, "check_row(")) != NULL; call++)
			calls += expect_call(call);
		blob_release(&blob);
	}
	cr_expect_geq(calls, 10, "%zu", calls);
}

/* Those that are named by a location's rule. */
Test(checks, every_location_has_its_rows)
{
	int i;

	for (i = 0; i < LOCATION_COUNT; i++) {
		const char *rule = locations[i].rule;

		cr_assert_not_null(rule);
		cr_expect_geq(check_row(rule, "owner is not root"), 0, "%s", rule);
		if (i == LOCATION_PRIVATEKEYS)
			cr_expect_geq(check_row(rule, "private key that others can read"), 0);
		else if (locations[i].secret)
			cr_expect_geq(check_row(rule, "secret that others can read"), 0, "%s",
				      rule);
		else
			cr_expect_geq(check_row(rule, "others may change it"), 0, "%s", rule);
		if (!locations[i].secret && i < LOCATION_FILES)
			cr_expect_geq(check_row(rule, "file that may be run"), 0, "%s", rule);
	}
}

/* What a profile sets aside or makes graver is an id that there is. */
Test(checks, profiles_name_ids_that_there_are)
{
	static const char *const names[] = { "mdm-ssm", "solaris" };
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct profile *profile = checked_profile(names[i]);

		for (k = 0; k < profile->nsettings; k++)
			if (strncmp(profile->settings[k].key, "severity.", 9) == 0)
				cr_expect_geq(check_find(profile->settings[k].key + 9), 0, "%s",
					      profile->settings[k].key);
		profile_free(profile);
	}
}
