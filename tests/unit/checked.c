#include "config.h"

#include "tests/unit/checked.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/xalloc.h"

struct profile *checked_profile(const char *name)
{
	struct error err = ERROR_INIT;
	struct profile *profile = profile_load(DATA "/profiles", name, &err);

	cr_assert_not_null(profile, "%s", err.text);
	return profile;
}

static void run(struct checked *c)
{
	c->lint = lint_new(c->host, c->profile, ROLE_ADMIN, CHECKED_NOW);
	while (lint_step(c->lint, 2))
		;
}

void checked_text(struct checked *c, enum location location, const char *text, size_t len,
		  enum dialect dialect)
{
	bool secret = locations[location].secret;

	c->profile = checked_profile("solaris");
	c->profile->dialect = dialect;
	c->host = host_open_single(location, "the file", blob_copy(text, len, secret), dialect);
	run(c);
}

void checked_tree(struct checked *c, const char *root, const char *profile)
{
	c->profile = checked_profile(profile);
	c->host = host_open(root, c->profile->dialect);
	cr_assert_null(c->host->certs.missing);
	run(c);
}

void checked_release(struct checked *c)
{
	lint_free(c->lint);
	host_free(c->host);
	profile_free(c->profile);
	*c = (struct checked){ 0 };
}

bool checked_is_advice(const struct finding *finding)
{
	const char *id = checks[finding->check].id;

	return strcmp(id, "A36") == 0 || strcmp(id, "MSS-WEAK") == 0 || strcmp(id, "D09") == 0 ||
	       strcmp(id, "E01") == 0;
}

enum severity checked_worst(const struct checked *c)
{
	const struct findings *findings = lint_findings(c->lint);
	enum severity worst = SEVERITY_OFF;
	size_t i;

	for (i = 0; i < findings->count; i++)
		if (findings->items[i].severity > worst && !checked_is_advice(&findings->items[i]))
			worst = (enum severity)findings->items[i].severity;
	return worst;
}

uint32_t checked_line(const struct checked *c, const struct finding *finding)
{
	struct doc *doc = lint_doc(c->lint, finding);

	if (doc == NULL || finding->at.off == FINDING_NOWHERE)
		return 0;
	return doc_position(doc, finding->at.off).line;
}

void checked_print(const struct checked *c, struct strbuf *sb)
{
	const struct findings *findings = lint_findings(c->lint);
	size_t i;

	for (i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];

		if (checked_is_advice(f))
			continue;
		strbuf_addf(sb, "%s%c %s ", sb->len > 0 ? "; " : "", "-NWE"[f->severity],
			    checks[f->check].id);
		if (!c->host->single)
			strbuf_addf(sb, "%s:", strrchr(lint_path(c->lint, f), '/') + 1);
		strbuf_addf(sb, "%u", checked_line(c, f));
	}
}

static enum verdict verdict_of(enum severity severity)
{
	return severity == SEVERITY_ERROR ? ERR : severity == SEVERITY_WARNING ? WARN : OK;
}

void checked_samples(enum location location, const struct checked_sample *samples, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct checked_sample *s = &samples[i];
		struct strbuf sb = STRBUF_INIT;
		struct checked c;

		checked_text(&c, location, s->text, strlen(s->text), s->dialect);
		checked_print(&c, &sb);
		cr_expect_eq(verdict_of(checked_worst(&c)), s->verdict, "%s (%s): %s", s->name,
			     dialect_name(s->dialect), sb.buf);
		cr_expect_str_eq(sb.buf, s->findings, "%s (%s): found '%s', not '%s'", s->name,
				 dialect_name(s->dialect), sb.buf, s->findings);
		strbuf_release(&sb);
		checked_release(&c);
	}
}
