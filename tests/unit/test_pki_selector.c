#include "config.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/xalloc.h"
#include "pki/selector.h"

Test(selector, kinds_and_keys)
{
	static const struct {
		const char *text;
		enum selector_kind kind;
		bool negated;
		unsigned remarks;
		const char *key;
	} cases[] = {
		{ "", SELECTOR_ANY, false, 0, "" },
		{ "  ", SELECTOR_ANY, false, 0, "" },
		{ "SUBJECT=C=US, CN=A", SELECTOR_SUBJECT, false, 0, "C=us,CN=a" },
		{ "ISSUER=CN=Root", SELECTOR_ISSUER, false, 0, "CN=root" },
		{ "SLOT=3", SELECTOR_SLOT, false, 0, "3" },
		{ "SLOT=Name", SELECTOR_SLOT, false, 0, "Name" },
		{ "IP=2001:DB8::0:1", SELECTOR_IP, false, 0, "2001:db8::1" },
		{ "!DNS=Host.Example", SELECTOR_DNS, true, 0, "host.example" },
		{ "! EMAIL=Me@Host.Example", SELECTOR_EMAIL, true, 0, "Me@host.example" },
		{ "URI=https://A/b?c=D", SELECTOR_URI, false, 0, "https://A/b?c=D" },
		{ "DN=CN=x, O=y", SELECTOR_DN, false, 0, "CN=x,O=y" },
		{ "RID=1.2.3", SELECTOR_RID, false, 0, "1.2.3" },
		{ " DNS = h ", SELECTOR_DNS, false, 0, "h" },
		{ "dns=h", SELECTOR_DNS, false, SELECTOR_LOWER_CASE, "h" },
		{ "192.0.2.1", SELECTOR_IP, false, SELECTOR_GUESSED, "192.0.2.1" },
		{ "::1", SELECTOR_IP, false, SELECTOR_GUESSED, "::1" },
		{ "me@host", SELECTOR_EMAIL, false, SELECTOR_GUESSED, "me@host" },
		{ "a=b@host", SELECTOR_EMAIL, false, SELECTOR_GUESSED, "a=b@host" },
		{ "CN=A, O=B", SELECTOR_SUBJECT, false, SELECTOR_GUESSED, "CN=a,O=b" },
		{ "!CN=A", SELECTOR_SUBJECT, true, SELECTOR_GUESSED, "CN=a" },
		{ "12", SELECTOR_SLOT, false, SELECTOR_GUESSED, "12" },
		{ "host.example", SELECTOR_DNS, false, SELECTOR_GUESSED, "host.example" },
		{ "12a", SELECTOR_DNS, false, SELECTOR_GUESSED, "12a" },
		{ "CN=A, E=a@b", SELECTOR_SUBJECT, false, SELECTOR_GUESSED | SELECTOR_AMBIGUOUS,
		  "CN=a,emailAddress=a@b" },
		{ "EMAIL=a@b, CN=c", SELECTOR_SUBJECT, false, SELECTOR_GUESSED | SELECTOR_AMBIGUOUS,
		  "emailAddress=a@b,CN=c" },
		{ "email=a@b, CN=c", SELECTOR_SUBJECT, false, SELECTOR_GUESSED | SELECTOR_AMBIGUOUS,
		  "emailAddress=a@b,CN=c" },
		{ "EMAIL=a@b", SELECTOR_EMAIL, false, 0, "a@b" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *text = cases[i].text;
		struct selector_problem problem;
		struct selector s;

		cr_assert(selector_parse(&s, text, strlen(text), &problem), "'%s'", text);
		cr_assert_eq(s.kind, cases[i].kind, "'%s' is %d", text, s.kind);
		cr_assert_eq(s.negated, cases[i].negated, "'%s'", text);
		cr_assert_eq(s.remarks, cases[i].remarks, "'%s' has %u", text, s.remarks);
		cr_assert_str_eq(s.key, cases[i].key, "'%s' has '%s'", text, s.key);
		selector_release(&s);
	}
}

Test(selector, what_makes_no_sense)
{
	static const struct {
		const char *text;
		enum selector_error error;
		const char *sentence;
	} cases[] = {
		{ "DNS=", SELECTOR_ERROR_EMPTY, "'DNS=' has no value behind its tag" },
		{ "IP=host", SELECTOR_ERROR_IP, "'IP=host' has no IP address behind its tag" },
		{ "IP=192.0.2.0/24", SELECTOR_ERROR_IP,
		  "'IP=192.0.2.0/24' has no IP address behind its tag" },
		{ "RID=x", SELECTOR_ERROR_RID, "'RID=x' has no object identifier behind its tag" },
		{ "RID=.1", SELECTOR_ERROR_RID,
		  "'RID=.1' has no object identifier behind its tag" },
		{ "SUBJECT=O=Ex, Inc.", SELECTOR_ERROR_DN,
		  "'Inc.' is no TYPE=value; a comma within a value needs a backslash before it" },
		{ "FOO=x", SELECTOR_ERROR_DN,
		  "'FOO' is no attribute type, such as C, O, OU or CN" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *text = cases[i].text;
		struct pki_cert cert = { .head = { .state = PKI_OK } };
		struct strbuf sb = STRBUF_INIT;
		struct selector_problem problem;
		struct selector s;

		cr_assert_not(selector_parse(&s, text, strlen(text), &problem), "'%s'", text);
		cr_assert_eq(problem.error, cases[i].error, "'%s'", text);
		selector_describe(&problem, text, strlen(text), &sb);
		cr_assert_str_eq(sb.buf, cases[i].sentence, "'%s'", sb.buf);
		cr_assert_not(selector_matches(&s, &cert, "0"));
		selector_release(&s);
		strbuf_release(&sb);
	}
}

static bool matches(const char *text, const struct pki_cert *cert)
{
	struct selector_problem problem;
	struct selector s;
	bool result;

	cr_assert(selector_parse(&s, text, strlen(text), &problem), "'%s'", text);
	result = selector_matches(&s, cert, "4");
	selector_release(&s);
	return result;
}

Test(selector, matches_a_certificate)
{
	static char subject[] = "C=us,CN=a", issuer[] = "CN=root", dns[] = "host.example",
		    ip[] = "192.0.2.1", dn[] = "CN=alias";
	static struct pki_name names[] = { { PKI_NAME_DNS, dns, dns },
					   { PKI_NAME_IP, ip, ip },
					   { PKI_NAME_DN, dn, dn } };
	struct pki_cert cert = { .subject_key = subject,
				 .issuer_key = issuer,
				 .names = names,
				 .nnames = ARRAY_SIZE(names) };
	static const char *const yes[] = {
		"",       "C=US, CN=A", "ISSUER=CN=ROOT", "HOST.example", "192.0.2.1",
		"SLOT=4", "4",          "DN=CN=Alias",    "!CN=b",        "!DNS=other.example",
	};
	static const char *const no[] = {
		"CN=A, C=US", "ISSUER=CN=a", "EMAIL=host.example", "DNS=192.0.2.1",
		"SLOT=5",     "!4",          "!C=US, CN=A",        "CN=alias",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(yes); i++)
		cr_assert(matches(yes[i], &cert), "'%s'", yes[i]);
	for (i = 0; i < ARRAY_SIZE(no); i++)
		cr_assert_not(matches(no[i], &cert), "'%s'", no[i]);
	cert = (struct pki_cert){ .head = { .state = PKI_BROKEN } };
	cr_assert(matches("SLOT=4", &cert));
	cr_assert_not(matches("CN=a", &cert));
	cr_assert_not(matches("!CN=a", &cert));
}

Test(selector, each_kind_but_any_has_a_tag)
{
	int kind;

	for (kind = SELECTOR_SUBJECT; kind < SELECTOR_KIND_COUNT; kind++)
		cr_assert_neq(*selector_tag((enum selector_kind)kind), '\0');
}
