#include "config.h"

#include "change/value.h"

#include <string.h>

#include "base/i18n.h"
#include "formats/ike_config/text.h"
#include "host/host.h"
#include "lint/check.h"

static void snippet(enum ike_scope scope, enum ike_word word, const char *value,
		    struct strbuf *text)
{
	const char *before = scope == IKE_SCOPE_RULE    ? "{ "
			     : scope == IKE_SCOPE_XFORM ? "{ p1_xform { "
							: "",
		   *after = scope == IKE_SCOPE_RULE    ? " }"
			    : scope == IKE_SCOPE_XFORM ? " } }"
						       : "";

	strbuf_addf(text, "%s%s ", before, ike_words[word].name);
	ike_format_value(text, word, value, LABEL_QUOTED);
	strbuf_addf(text, "\n%s", after);
}

/* Whether a finding is about the value itself, and not about what a file with nothing else in it
 * lacks. */
static bool is_about_value(const struct finding *finding, size_t start)
{
	const struct check *check = &checks[finding->check];

	return finding->severity == SEVERITY_ERROR && finding->at.off != FINDING_NOWHERE &&
	       finding->at.off >= start &&
	       (check->reader == READER_IKE || strncmp(check->id, "CONF-", 5) == 0);
}

bool value_check(const struct profile *profile, enum ike_scope scope, enum ike_word word,
		 const char *value, struct error *err)
{
	struct strbuf text = STRBUF_INIT, message = STRBUF_INIT;
	const struct findings *findings;
	struct host *host;
	struct lint *lint;
	size_t i, start;
	bool good = true;

	if (strpbrk(value, "\n\r") != NULL)
		return error_set(err, ERROR_USAGE, _("%s: a value has no line breaks"),
				 ike_words[word].name);
	snippet(scope, word, value, &text);
	start = (size_t)(strstr(text.buf, ike_words[word].name) - text.buf);
	host = host_open_single(LOCATION_IKE_CONFIG, "", blob_copy(text.buf, text.len, false),
				profile->dialect);
	lint = lint_new(host, profile, ROLE_ADMIN, 0);
	while (lint_step(lint, SIZE_MAX))
		;
	findings = lint_findings(lint);
	for (i = 0; i < findings->count && good; i++) {
		if (!is_about_value(&findings->items[i], start))
			continue;
		lint_message(lint, &findings->items[i], &message);
		good = error_set(err, ERROR_USAGE, "%s: %s", ike_words[word].name, message.buf);
	}
	lint_free(lint);
	host_free(host);
	strbuf_release(&text);
	strbuf_release(&message);
	return good;
}
