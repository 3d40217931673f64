/* The language of filters: a table of cases, bytes that nobody meant, and many rules. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/xalloc.h"
#include "kinds/filter.h"

static const char rules[] =
	"p2_pfs 5\n"
	"{ label \"INDEXID_1\" local_addr 192.0.2.1 remote_addr 198.51.100.1 p2_pfs 2\n"
	"  p1_xform { auth_method preshared oakley_group 5 auth_alg sha1 encr_alg 3des } }\n"
	"{ label \"INDEXID_2\" local_addr 192.0.2.1 remote_addr 2001:db8::2 local_id_type dn\n"
	"  local_id \"CN=own host\" remote_id \"CN=Peer, O=Two words\"\n"
	"  p1_xform { auth_method rsa_sig oakley_group 2 auth_alg sha1 encr_alg aes } }\n"
	"{ label \"label:odd\" local_addr 192.0.2.1 remote_addr 198.51.100.3\n"
	"  p1_xform { auth_method preshared oakley_group 2 auth_alg md5 encr_alg des } }\n"
	"{ label \"say \\\"x\\\" twice\" local_addr 192.0.2.1 remote_addr dead:beef::1\n"
	"  p1_xform { auth_method preshared oakley_group 2 auth_alg md5 encr_alg des } }\n";

struct rig {
	struct host *host;
	struct profile *profile;
	struct view view;
};

static struct rig rig_open(const char *text, size_t len)
{
	struct error err = ERROR_INIT;
	struct rig rig = { .profile = profile_load(DATA_DIR "/profiles", "mdm-ssm", &err) };

	cr_assert_not_null(rig.profile, "%s", err.text);
	rig.host = host_open_single(LOCATION_IKE_CONFIG, "", blob_copy(text, len, false),
				    rig.profile->dialect);
	return rig;
}

static void rig_close(struct rig *rig)
{
	view_release(&rig->view);
	host_free(rig->host);
	profile_free(rig->profile);
}

/* The numbers of the rules that fit, from 1, without anything between. */
static void matching(struct rig *rig, const char *text, uint8_t flags, struct strbuf *found,
		     struct strbuf *said)
{
	struct filter *filter = filter_new(&kind_rules, flags, text);
	size_t i;

	strbuf_clear(found);
	strbuf_clear(said);
	for (i = 0; i < kind_rules.count(&rig->view); i++)
		if (filter_matches(filter, &rig->view, i))
			strbuf_addf(found, "%zu", i + 1);
	if (filter_said(filter) != NULL)
		strbuf_addstr(said, filter_said(filter));
	filter_free(filter);
}

Test(filter, cases)
{
	static const struct {
		const char *text, *found, *says; /* part of what is said; "": nothing is */
	} cases[] = {
		{ "", "1234", "" },
		{ "   ", "1234", "" },
		{ "indexid", "12", "" },
		{ "INDEXID_2", "2", "" },
		{ "indexid 198", "1", "" },
		{ "  indexid   198  ", "1", "" },
		{ "indexid nowhere", "", "" },
		{ "!indexid", "34", "" },
		{ "!indexid !md5", "", "" },
		{ "!rsasig !198.51.100.3", "14", "" },
		{ "!", "", "" },
		{ "!!", "1234", "" },
		{ "! indexid", "", "" },
		/* Columns: name, title, beginning, case, blanks. */
		{ "remote_addr:198", "13", "" },
		{ "REMOTE_ADDR:198", "13", "" },
		{ "remote:198", "13", "" },
		{ "remoteaddr:198", "13", "" },
		{ "remote-addr:198", "13", "" },
		{ "local_addr:198", "", "" },
		{ "lab:indexid_1", "1", "" },
		{ "\"remote id\":peer", "2", "" },
		{ "remote_id:peer", "2", "" },
		{ "!remote:198", "24", "" },
		{ "remote:198 !lab:odd", "1", "" },
		{ "label:label:odd", "3", "" },
		/* A column alone: it has a value. */
		{ "remote_id:", "2", "" },
		{ "!remote_id:", "134", "" },
		/* Quotes. */
		{ "\"two words\"", "2", "" },
		{ "\"words two\"", "", "" },
		{ "remote_id:\"two words\"", "2", "" },
		{ "!\"two words\"", "134", "" },
		{ "\"two wor", "2", "" },
		{ "\"\"", "1234", "" },
		{ "\"say \"\"x\"\" tw\"", "4", "" },
		{ "\"label:odd\"", "3", "" },
		{ "o=two", "2", "" },
		/* Addresses are no columns, and neither is what is said to be none. */
		{ "2001:db8", "2", "" },
		{ "dead:beef", "4", "" },
		{ "remote:2001:db8", "2", "" },
		{ "remot_adr:198", "", "did you mean 'remote_addr'?" },
		{ "nonsense:198", "", "there is no column 'nonsense'" },
		{ "!nonsense:198", "1234", "there is no column 'nonsense'" },
		{ "local:192", "1234", "" },
		{ "local_i:own", "", "local_id_type" },
		{ "p:1", "", "may be several columns" },
		{ "http://x", "", "" },
		{ "500:4500", "", "" },
		{ ":", "234", "" },
		{ ":odd", "3", "" },
		{ "::", "24", "" },
	};
	struct rig rig = rig_open(rules, sizeof rules - 1);
	struct strbuf found = STRBUF_INIT, said = STRBUF_INIT;
	size_t i;

	view_init(&rig.view, rig.host, NULL, rig.profile);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		matching(&rig, cases[i].text, 0, &found, &said);
		cr_expect_str_eq(found.buf, cases[i].found, "'%s': %s, not %s", cases[i].text,
				 found.buf, cases[i].found);
		cr_expect(cases[i].says[0] != '\0' ? strstr(said.buf, cases[i].says) != NULL
						   : said.len == 0,
			  "'%s' says '%s'", cases[i].text, said.buf);
	}
	/* Some columns alone; one that is named is looked at all the same. */
	matching(&rig, "indexid", COLUMN_NUMBER, &found, &said);
	cr_assert_str_eq(found.buf, "");
	matching(&rig, "indexid", COLUMN_LIST, &found, &said);
	cr_assert_str_eq(found.buf, "12");
	matching(&rig, "label:indexid", COLUMN_NUMBER, &found, &said);
	cr_assert_str_eq(found.buf, "12");
	strbuf_release(&found);
	strbuf_release(&said);
	rig_close(&rig);
}

/* Whatever is typed is a filter, and what is said of it is printable. */
Test(filter, hostile_bytes)
{
	static const char alphabet[] = " !:\"\\ax\x1b[\xff\xc3\n\t_-%s";
	struct rig rig = rig_open(rules, sizeof rules - 1);
	struct strbuf found = STRBUF_INIT, said = STRBUF_INIT;
	uint32_t seed = 1;
	char text[24];
	size_t i, k;

	view_init(&rig.view, rig.host, NULL, rig.profile);
	for (i = 0; i < 20000; i++) {
		size_t len;

		seed = seed * 1664525u + 1013904223u;
		len = (seed >> 8) % (sizeof text - 1);
		for (k = 0; k < len; k++) {
			seed = seed * 1664525u + 1013904223u;
			text[k] = alphabet[(seed >> 8) % (sizeof alphabet - 1)];
		}
		text[len] = '\0';
		matching(&rig, text, 0, &found, &said);
		for (k = 0; k < said.len; k++)
			cr_assert((unsigned char)said.buf[k] >= 0x20 && said.buf[k] != 0x7f,
				  "a control character is said");
	}
	matching(&rig, "\x1b]52;name:x", 0, &found, &said);
	matching(&rig, "n\x1b[31m:x", 0, &found, &said);
	cr_assert_null(strchr(said.buf, 0x1b));
	strbuf_release(&found);
	strbuf_release(&said);
	rig_close(&rig);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double time_filter(struct rig *rig, const char *text)
{
	struct filter *filter = filter_new(&kind_rules, 0, text);
	size_t count = kind_rules.count(&rig->view), i, fit = 0;
	double start = seconds();

	for (i = 0; i < count; i++)
		fit += filter_matches(filter, &rig->view, i);
	filter_free(filter);
	cr_assert_lt(fit, count);
	return seconds() - start;
}

/* Each cell is made once, however many terms look at it. */
Test(filter, many_rules_and_many_terms, .timeout = 120)
{
	struct strbuf text = STRBUF_INIT;
	double one, ten;
	struct rig rig;
	int i;

	for (i = 0; i < 100000; i++)
		strbuf_addf(&text,
			    "{ label \"INDEXID_%d\" local_addr 192.0.2.1 remote_addr 10.%d.%d.%d\n"
			    "p1_xform { auth_method preshared oakley_group 2 auth_alg md5 encr_alg "
			    "des } }\n",
			    i, i >> 16, i >> 8 & 255, i & 255);
	rig = rig_open(text.buf, text.len);
	view_init(&rig.view, rig.host, NULL, rig.profile);
	one = time_filter(&rig, "!192.0.2.1");
	one = time_filter(&rig, "!zzzzz 10.0.0.77");
	ten = time_filter(&rig, "!a1b !a2b !a3b !a4b !a5b !a6b !a7b !a8b !a9b nowhere");
	cr_log_info("one term %.3f s, ten terms %.3f s", one, ten);
	cr_assert_lt(ten, 4 * one, "one term %.3f s, ten terms %.3f s", one, ten);
	strbuf_release(&text);
	rig_close(&rig);
}
