#include "config.h"

#include "kinds/manual_name.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Choices that are told at most; who has more of them looks at the list. */
#define MOST_CHOICES 8

/* A name taken apart. */
struct wanted {
	bool by_line;
	unsigned long line;
	uint32_t spi;
	enum manual_word type; /* 0: any */
	const char *dst;       /* NULL: any */
	struct ip_range range; /* of DST; family IP_NONE where it is no address */
};

static struct doc *doc_of(struct view *view)
{
	return host_doc(view->host, LOCATION_IPSECKEYS);
}

static uint32_t line_of(struct view *view, uint32_t tok)
{
	struct doc *doc = doc_of(view);

	return doc_position(doc, doc->tokens[tok].off).line;
}

static void add_place(struct view *view, size_t item, struct strbuf *sb)
{
	const struct manual_item *command = view_manual(view, item);
	uint32_t tok = doc_of(view)->entries[command->entry].tok;

	if (command->command != 0)
		strbuf_addstr(sb, manual_words[command->command].name);
	strbuf_addf(sb, "@%u", line_of(view, tok));
}

static void add_dst(const struct manual_item *sa, struct strbuf *sb)
{
	const struct manual_field *dst = manual_find(sa, MANUAL_DST);

	if (sa->dst.range.family != IP_NONE)
		ip_range_print(sb, &sa->dst.range);
	else if (dst != NULL && dst->end > dst->arg)
		doc_print(sa->doc, doc_span(sa->doc, dst->arg, dst->end), sb);
	else
		strbuf_addch(sb, '?');
}

void manual_name_add(struct view *view, size_t item, struct strbuf *sb)
{
	const struct manual_item *sa = view_manual(view, item);

	if (!manual_is_sa(sa)) {
		add_place(view, item, sb);
		return;
	}
	strbuf_addf(sb, "%s/%u/", manual_words[sa->sa_type].name, sa->spi);
	add_dst(sa, sb);
}

/* Decimal, or hexadecimal behind 0x; with nothing behind it up to END. */
static bool parse_number(const char *text, const char *end, unsigned long *number)
{
	int base = text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? 16 : 10;
	const char *digits = base == 16 ? text + 2 : text;
	char *stop;

	if (digits >= end || strchr("0123456789abcdefABCDEF", *digits) == NULL)
		return false;
	*number = strtoul(digits, &stop, base);
	return stop == end && *number <= UINT32_MAX;
}

static bool parse_name(const char *name, struct wanted *wanted)
{
	const char *end = name + strlen(name), *at = strchr(name, '@'), *slash;
	unsigned long spi;

	*wanted = (struct wanted){ .by_line = at != NULL };
	if (at != NULL)
		return parse_number(at + 1, end, &wanted->line);
	slash = strchr(name, '/');
	if (slash != NULL) {
		wanted->type = manual_value_find(name, (size_t)(slash - name), MANUAL_ARG_SA_TYPE);
		if (wanted->type != 0)
			name = slash + 1;
		slash = strchr(name, '/');
	}
	if (!parse_number(name, slash != NULL ? slash : end, &spi))
		return false;
	wanted->spi = (uint32_t)spi;
	if (slash != NULL) {
		wanted->dst = slash + 1;
		if (ip_range_parse(wanted->dst, strlen(wanted->dst), &wanted->range) != IP_OK)
			wanted->range.family = IP_NONE;
	}
	return true;
}

static bool is_dst(const struct manual_item *sa, const struct wanted *wanted)
{
	const struct span *name = &sa->dst.name;

	if (wanted->range.family != IP_NONE)
		return sa->dst.range.family == wanted->range.family &&
		       ip_compare(sa->dst.range.first, wanted->range.first) == 0;
	return name->len == strlen(wanted->dst) &&
	       strncasecmp(sa->doc->blob.data + name->off, wanted->dst, name->len) == 0;
}

static bool is_meant(struct view *view, size_t item, const struct wanted *wanted)
{
	const struct entry *e = &doc_of(view)->entries[view->host->commands[item]];
	const struct manual_item *sa;

	if (wanted->by_line)
		return line_of(view, e->tok) <= wanted->line &&
		       wanted->line <= line_of(view, e->end - 1);
	sa = view_manual(view, item);
	return sa->command == MANUAL_ADD && sa->spi != 0 && sa->spi == wanted->spi &&
	       (wanted->type == 0 || wanted->type == sa->sa_type) &&
	       (wanted->dst == NULL || is_dst(sa, wanted));
}

size_t manual_name_find(struct view *view, const char *name)
{
	size_t i, count = view->host->ncommands, found = count;
	struct wanted wanted;

	if (!parse_name(name, &wanted))
		return count;
	for (i = 0; i < count; i++) {
		if (!is_meant(view, i, &wanted))
			continue;
		if (found < count)
			return count;
		found = i;
	}
	return found;
}

void manual_name_choices(struct view *view, const char *name, struct strbuf *sb)
{
	struct wanted wanted;
	size_t i, hits = 0;

	if (!parse_name(name, &wanted))
		return;
	for (i = 0; i < view->host->ncommands; i++) {
		if (!is_meant(view, i, &wanted))
			continue;
		if (hits++ < MOST_CHOICES) {
			strbuf_addstr(sb, hits > 1 ? ", " : "");
			manual_name_add(view, i, sb);
			strbuf_addstr(sb, " (");
			add_place(view, i, sb);
			strbuf_addch(sb, ')');
		}
	}
	if (hits > MOST_CHOICES)
		strbuf_addstr(sb, ", ...");
}
