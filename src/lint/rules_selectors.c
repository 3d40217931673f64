/* Certificate selectors of ike/config as they are written: cert_root, cert_trust, local_id,
 * remote_id (ike.config(5), ikecert(8)). */
#include "config.h"

#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"
#include "lint/rules_ike.h"
#include "pki/selector.h"

/* A part of a name as nearly all are: TYPE=value, and nothing in it that means anything else. */
static const char *plain_part(const char *p, const char *end)
{
	const char *start;

	while (p < end && *p == ' ')
		p++;
	for (start = p; p < end && *p >= 'A' && *p <= 'Z'; p++)
		;
	if (p == start || p == end || *p != '=')
		return NULL;
	for (start = ++p; p < end && *p != ',' && strchr("\\@!#\"", *p) == NULL; p++)
		;
	return p > start && (p == end || *p == ',') ? p : NULL;
}

/* Whether the text is a name without anything odd: there is no need to read it in full. It begins
 * with a type that is no tag as well. */
static bool is_plain(const char *p, size_t len)
{
	const char *end = p + len;

	if (len < 3 || strchr("CLOS", *p) == NULL || (*p == 'S' && p[1] != 'T'))
		return false;
	for (;;) {
		p = plain_part(p, end);
		if (p == NULL || p == end)
			return p != NULL;
		p++;
	}
}

/* The rows behind the first: what is no selector, its tag, and what could be two things. */
enum { ROW_COMMA, ROW_BAD, ROW_CASE, ROW_AMBIGUOUS };

static void report_bad(struct lint *lint, unsigned row, const struct ike_item *item,
		       const struct ike_stmt *s, const struct selector_problem *problem,
		       const struct strbuf *text)
{
	size_t part = problem->dn.off;
	bool comma = problem->error == SELECTOR_ERROR_DN &&
		     problem->dn.error == DN_ERROR_NO_EQUALS && part > 0;
	struct strbuf sentence = STRBUF_INIT;

	/* Another row says that a comma has one backslash where it needs two. */
	if (comma && memchr(doc_text(item->doc, s->end - 1), '\\',
			    item->doc->tokens[s->end - 1].len) != NULL)
		return;
	if (comma)
		strbuf_add(&sentence, text->buf + part, strcspn(text->buf + part, ",+;"));
	else
		selector_describe(problem, text->buf, text->len, &sentence);
	finding_text(lint_add_stmt(lint, lint_row_after(row, comma ? ROW_COMMA : ROW_BAD), item, s),
		     sentence.buf);
	strbuf_release(&sentence);
}

static void report_selector(struct lint *lint, unsigned row, const struct ike_item *item,
			    const struct ike_stmt *s)
{
	const struct token *t = &item->doc->tokens[s->end - 1];
	struct selector_problem problem;
	struct strbuf text = STRBUF_INIT;
	struct selector selector;

	if (t->kind == TOKEN_STRING && is_plain(doc_text(item->doc, s->end - 1) + 1, t->len - 2))
		return;
	ike_unquote(item->doc, s, &text);
	if (!selector_parse(&selector, text.buf, text.len, &problem))
		report_bad(lint, row, item, s, &problem, &text);
	else if (selector.remarks & SELECTOR_LOWER_CASE)
		finding_text(lint_add_stmt(lint, lint_row_after(row, ROW_CASE), item, s),
			     selector_tag(selector.kind));
	else if (selector.remarks & SELECTOR_AMBIGUOUS)
		lint_add_stmt(lint, lint_row_after(row, ROW_AMBIGUOUS), item, s);
	selector_release(&selector);
	strbuf_release(&text);
}

static void report_selectors(struct lint *lint, unsigned row, const struct ike_item *item)
{
	size_t i;

	for (i = 0; i < item->nstmts; i++)
		if (ike_words[item->stmts[i].word].arg == IKE_ARG_SELECTOR && item->stmts[i].good)
			report_selector(lint, row, item, &item->stmts[i]);
}

void check_global_selectors(struct lint *lint, unsigned row)
{
	report_selectors(lint, row, &lint->host->globals);
}

void check_selectors(struct lint *lint, unsigned row, const struct lint_rule *rule)
{
	report_selectors(lint, row, rule->item);
}

/* host[:port], separated by commas; an IPv6 address would have brackets around it. */
static bool is_server(const char *p, size_t len)
{
	const char *end = p + len, *colon;
	uint32_t port;

	if (len > 0 && *p == '[') {
		p = memchr(p, ']', len);
		if (p == NULL || ++p == end)
			return p != NULL;
		return *p == ':' && ike_parse_number(p + 1, (size_t)(end - p - 1), &port) == 0 &&
		       port >= 1 && port <= 65535;
	}
	colon = memchr(p, ':', len);
	if (colon == NULL)
		return len > 0 && memchr(p, '/', len) == NULL && memchr(p, ' ', len) == NULL;
	return colon > p && memchr(p, ' ', len) == NULL &&
	       ike_parse_number(colon + 1, (size_t)(end - colon - 1), &port) == 0 && port >= 1 &&
	       port <= 65535;
}

void check_ldap_servers(struct lint *lint, unsigned row)
{
	const struct ike_item *g = &lint->host->globals;
	struct strbuf list = STRBUF_INIT;
	size_t i;

	for (i = 0; i < g->nstmts; i++) {
		const char *p;
		bool good = true;

		if (g->stmts[i].word != IKE_LDAP_SERVER || !g->stmts[i].good)
			continue;
		strbuf_clear(&list);
		ike_unquote(g->doc, &g->stmts[i], &list);
		for (p = list.buf; good; p++) {
			size_t len;

			p += strspn(p, " \t");
			len = strcspn(p, ",");
			while (len > 0 && (p[len - 1] == ' ' || p[len - 1] == '\t'))
				len--;
			good = is_server(p, len);
			p += strcspn(p, ",");
			if (*p == '\0')
				break;
		}
		if (!good)
			lint_add_value(lint, row, g, &g->stmts[i]);
	}
	strbuf_release(&list);
}
