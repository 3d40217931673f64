#include "config.h"

#include "pki/dn.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "pki/fold.h"

/* A value: LEN bytes at OFF, its type as a terminated string at TYPE. */
struct dn_part {
	size_t type, off, len;
	unsigned flags;
};

/*
 * The types with a name. The first row of an identifier has the name that is shown, the others are
 * spellings that are understood.
 */
static const struct {
	const char *name, *oid;
} types[] = {
	{ "C", "2.5.4.6" },
	{ "O", "2.5.4.10" },
	{ "OU", "2.5.4.11" },
	{ "CN", "2.5.4.3" },
	{ "ST", "2.5.4.8" },
	{ "S", "2.5.4.8" },
	{ "SP", "2.5.4.8" },
	{ "L", "2.5.4.7" },
	{ "STREET", "2.5.4.9" },
	{ "emailAddress", "1.2.840.113549.1.9.1" },
	{ "EMAIL", "1.2.840.113549.1.9.1" },
	{ "E", "1.2.840.113549.1.9.1" },
	{ "MAILTO", "1.2.840.113549.1.9.1" },
	{ "DC", "0.9.2342.19200300.100.1.25" },
	{ "UID", "0.9.2342.19200300.100.1.1" },
	{ "mail", "0.9.2342.19200300.100.1.3" },
	{ "serialNumber", "2.5.4.5" },
	{ "SN", "2.5.4.4" },
	{ "surname", "2.5.4.4" },
	{ "GN", "2.5.4.42" },
	{ "givenName", "2.5.4.42" },
	{ "T", "2.5.4.12" },
	{ "title", "2.5.4.12" },
	{ "description", "2.5.4.13" },
	{ "businessCategory", "2.5.4.15" },
	{ "postalAddress", "2.5.4.16" },
	{ "postalCode", "2.5.4.17" },
	{ "telephoneNumber", "2.5.4.20" },
	{ "name", "2.5.4.41" },
	{ "initials", "2.5.4.43" },
	{ "generationQualifier", "2.5.4.44" },
	{ "dnQualifier", "2.5.4.46" },
	{ "pseudonym", "2.5.4.65" },
	{ "organizationIdentifier", "2.5.4.97" },
	{ "unstructuredName", "1.2.840.113549.1.9.2" },
	{ "unstructuredAddress", "1.2.840.113549.1.9.8" },
};

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_oid(const char *s, size_t len)
{
	size_t i, dots = 0;

	for (i = 0; i < len; i++) {
		if (s[i] == '.' && i > 0 && s[i - 1] != '.')
			dots++;
		else if (s[i] < '0' || s[i] > '9')
			return false;
	}
	return dots > 0 && s[len - 1] != '.';
}

const char *dn_type_name(const char *type, size_t len)
{
	size_t i, first;

	for (i = 0; i < ARRAY_SIZE(types); i++) {
		const char *name = types[i].name, *oid = types[i].oid;

		if ((strlen(name) == len && strncasecmp(name, type, len) == 0) ||
		    (strlen(oid) == len && memcmp(oid, type, len) == 0)) {
			for (first = 0; strcmp(types[first].oid, oid) != 0; first++)
				;
			return types[first].name;
		}
	}
	return NULL;
}

void dn_release(struct dn *dn)
{
	strbuf_release(&dn->bytes);
	free(dn->parts);
	*dn = (struct dn)DN_INIT;
}

static const char *part_type(const struct dn *dn, const struct dn_part *part)
{
	return dn->bytes.buf + part->type;
}

static const char *part_value(const struct dn *dn, const struct dn_part *part)
{
	return dn->bytes.buf + part->off;
}

void dn_add(struct dn *dn, const char *type, const void *value, size_t len, unsigned flags)
{
	const char *name = dn_type_name(type, strlen(type));
	struct dn_part part = { .type = dn->bytes.len, .len = len, .flags = flags };

	if (name == NULL)
		name = type;
	strbuf_add(&dn->bytes, name, strlen(name) + 1);
	part.off = dn->bytes.len;
	strbuf_add(&dn->bytes, value, len);
	VEC_PUSH(dn->parts, dn->count, dn->cap, part);
}

/* The reader of a text. */
struct cursor {
	const char *start, *p, *end;
	struct dn_problem *problem;
};

static bool fail(struct cursor *c, enum dn_error error, const char *from, const char *to)
{
	*c->problem = (struct dn_problem){ error, (size_t)(from - c->start), (size_t)(to - from) };
	return false;
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && is_blank(*p))
		p++;
	return p;
}

/*
 * Reads a type up to its = sign: sets *TYPE and *LEN, and returns where the value begins, or NULL
 * where no = comes before the part ends.
 */
static const char *scan_type(const char *p, const char *end, const char **type, size_t *len)
{
	const char *equals, *last;

	p = skip_blanks(p, end);
	for (equals = p; equals < end && *equals != '=' && *equals != ','; equals++)
		;
	if (equals == end || *equals != '=')
		return NULL;
	for (last = equals; last > p && is_blank(last[-1]); last--)
		;
	if (last - p > 4 && strncasecmp(p, "OID.", 4) == 0)
		p += 4;
	*type = p;
	*len = (size_t)(last - p);
	return equals + 1;
}

/* A type as it is kept: its usual name, or the identifier. False where it is neither. */
static bool add_type(struct strbuf *sb, const char *type, size_t len)
{
	const char *name = dn_type_name(type, len);

	if (name == NULL && !is_oid(type, len))
		return false;
	if (name != NULL)
		strbuf_addstr(sb, name);
	else
		strbuf_add(sb, type, len);
	return true;
}

/* Whether a + in a value begins another value, at P behind it: TYPE= must follow. */
static bool plus_separates(const char *p, const char *end)
{
	const char *type;
	size_t len;

	return scan_type(p, end, &type, &len) != NULL &&
	       (dn_type_name(type, len) != NULL || is_oid(type, len));
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool is_hex_pair(const char *p, const char *end)
{
	return end - p >= 2 && hex_digit(p[0]) >= 0 && hex_digit(p[1]) >= 0;
}

static char hex_byte(const char *p)
{
	return (char)(hex_digit(p[0]) << 4 | hex_digit(p[1]));
}

/* Reads #0401ff up to the end of the part. */
static bool read_encoded(struct cursor *c, struct strbuf *value)
{
	const char *start = c->p++;

	for (; is_hex_pair(c->p, c->end); c->p += 2)
		strbuf_addch(value, hex_byte(c->p));
	c->p = skip_blanks(c->p, c->end);
	if (value->len == 0 || (c->p < c->end && *c->p != ',' && *c->p != '+')) {
		while (c->p < c->end && *c->p != ',')
			c->p++;
		return fail(c, DN_ERROR_HEX, start, c->p);
	}
	return true;
}

/* Reads a value up to an unescaped comma, a + that separates, or the end. */
static bool read_value(struct cursor *c, struct strbuf *value)
{
	for (; c->p < c->end && *c->p != ','; c->p++) {
		if (*c->p == '+' && plus_separates(c->p + 1, c->end))
			break;
		if (*c->p != '\\') {
			strbuf_addch(value, *c->p);
			continue;
		}
		if (++c->p == c->end)
			return fail(c, DN_ERROR_ESCAPE, c->p - 1, c->p);
		if (is_hex_pair(c->p, c->end))
			strbuf_addch(value, hex_byte(c->p++));
		else
			strbuf_addch(value, *c->p);
	}
	return true;
}

/* Reads TYPE=VALUE; FLAGS is 0 or DN_SAME_PART. */
static bool read_part(struct cursor *c, struct dn *dn, unsigned flags)
{
	struct strbuf name = STRBUF_INIT, value = STRBUF_INIT;
	const char *start = skip_blanks(c->p, c->end), *stop, *type = NULL;
	size_t len = 0;
	bool ok;

	for (stop = start; stop < c->end && *stop != ','; stop++)
		;
	if (stop == start)
		return fail(c, DN_ERROR_NO_PART, start, stop);
	c->p = scan_type(start, c->end, &type, &len);
	if (c->p == NULL)
		return fail(c, DN_ERROR_NO_EQUALS, start, stop);
	if (!add_type(&name, type, len))
		return fail(c, DN_ERROR_TYPE, type, type + len);
	c->p = skip_blanks(c->p, c->end);
	if (c->p < c->end && *c->p == '#') {
		flags |= DN_ENCODED;
		ok = read_encoded(c, &value);
	} else {
		ok = read_value(c, &value);
		while (value.len > 0 && is_blank(value.buf[value.len - 1]))
			strbuf_truncate(&value, value.len - 1);
	}
	if (ok)
		dn_add(dn, name.buf, value.buf, value.len, flags);
	strbuf_release(&name);
	strbuf_release(&value);
	return ok;
}

bool dn_parse(struct dn *dn, const char *text, size_t len, struct dn_problem *problem)
{
	struct cursor c = { text, text, text + len, problem };
	unsigned flags = 0;

	dn_release(dn);
	if (skip_blanks(c.p, c.end) == c.end)
		return fail(&c, DN_ERROR_EMPTY, text, text + len);
	for (;;) {
		if (!read_part(&c, dn, flags)) {
			dn_release(dn);
			return false;
		}
		if (c.p == c.end)
			break;
		flags = *c.p++ == '+' ? DN_SAME_PART : 0;
	}
	*problem = (struct dn_problem){ .error = DN_OK };
	return true;
}

static void add_hex(struct strbuf *sb, const char *bytes, size_t len)
{
	size_t i;

	strbuf_addch(sb, '#');
	for (i = 0; i < len; i++)
		strbuf_addf(sb, "%02x", (unsigned char)bytes[i]);
}

static void print_value(const struct dn *dn, const struct dn_part *part, struct strbuf *sb)
{
	const char *value = part_value(dn, part), *p, *end = value + part->len;
	const char *first = skip_blanks(value, end);
	struct strbuf escaped = STRBUF_INIT;

	if (part->flags & DN_ENCODED) {
		add_hex(sb, value, part->len);
		return;
	}
	for (p = value; p < end; p++) {
		if (*p == ',' || *p == '\\' || (*p == '#' && p == first) ||
		    (*p == '+' && plus_separates(p + 1, end)))
			strbuf_addch(&escaped, '\\');
		strbuf_addch(&escaped, *p);
	}
	print_add(sb, escaped.buf, escaped.len);
	strbuf_release(&escaped);
}

void dn_print(const struct dn *dn, struct strbuf *sb)
{
	size_t i;

	for (i = 0; i < dn->count; i++) {
		const struct dn_part *part = &dn->parts[i];

		if (i > 0)
			strbuf_addstr(sb, part->flags & DN_SAME_PART ? "+" : ", ");
		strbuf_addf(sb, "%s=", part_type(dn, part));
		print_value(dn, part, sb);
	}
}

/* A value in lower case, without blanks around it, with one blank for each run of them. */
static void canonical_value(const struct dn *dn, const struct dn_part *part, struct strbuf *sb)
{
	const char *p = part_value(dn, part), *end = p + part->len;
	struct strbuf plain = STRBUF_INIT;

	if (part->flags & DN_ENCODED) {
		add_hex(sb, p, part->len);
		return;
	}
	p = skip_blanks(p, end);
	while (p < end) {
		if (is_blank(*p)) {
			p = skip_blanks(p, end);
			if (p < end)
				strbuf_addch(&plain, ' ');
			continue;
		}
		if (*p == ',' || *p == '+' || *p == '\\' || *p == '\0' ||
		    (*p == '#' && plain.len == 0))
			strbuf_addch(&plain, '\\');
		strbuf_addch(&plain, *p != '\0' ? *p : '0');
		p++;
	}
	fold_add(sb, plain.buf, plain.len);
	strbuf_release(&plain);
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Adds the values of one part, COUNT of them from FIRST, in an order that does not depend on
 * theirs. */
static void canonical_part(const struct dn *dn, size_t first, size_t count, struct strbuf *sb)
{
	char **texts = xmalloc(count * sizeof *texts);
	size_t i;

	for (i = 0; i < count; i++) {
		const struct dn_part *part = &dn->parts[first + i];
		struct strbuf text = STRBUF_INIT;

		strbuf_addf(&text, "%s=", part_type(dn, part));
		canonical_value(dn, part, &text);
		texts[i] = strbuf_detach(&text, NULL);
	}
	qsort(texts, count, sizeof *texts, compare_strings);
	for (i = 0; i < count; i++) {
		strbuf_addstr(sb, i > 0 ? "+" : "");
		strbuf_addstr(sb, texts[i]);
		free(texts[i]);
	}
	free(texts);
}

void dn_print_canonical(const struct dn *dn, struct strbuf *sb)
{
	size_t i, count;

	for (i = 0; i < dn->count; i += count) {
		for (count = 1; i + count < dn->count; count++)
			if (!(dn->parts[i + count].flags & DN_SAME_PART))
				break;
		if (i > 0)
			strbuf_addch(sb, ',');
		canonical_part(dn, i, count, sb);
	}
}

bool dn_canonical(const char *text, size_t len, struct strbuf *sb, struct dn_problem *problem)
{
	struct dn dn = DN_INIT;

	if (!dn_parse(&dn, text, len, problem))
		return false;
	dn_print_canonical(&dn, sb);
	dn_release(&dn);
	return true;
}

bool dn_value(const struct dn *dn, const char *type, struct strbuf *sb)
{
	const char *name = dn_type_name(type, strlen(type));
	size_t i;

	for (i = dn->count; i-- > 0;) {
		const struct dn_part *part = &dn->parts[i];

		if (strcmp(part_type(dn, part), name != NULL ? name : type) != 0)
			continue;
		if (part->flags & DN_ENCODED)
			add_hex(sb, part_value(dn, part), part->len);
		else
			print_add(sb, part_value(dn, part), part->len);
		return true;
	}
	return false;
}

void dn_describe(const struct dn_problem *problem, const char *text, struct strbuf *sb)
{
	static const char *const sentences[] = {
		[DN_OK] = N_("the name is understood"),
		[DN_ERROR_EMPTY] = N_("the name is empty"),
		[DN_ERROR_NO_PART] = N_("a part of the name is missing beside a comma"),
		[DN_ERROR_NO_EQUALS] = N_("'%s' is no TYPE=value; a comma within a value needs a "
					  "backslash before it"),
		[DN_ERROR_TYPE] = N_("'%s' is no attribute type, such as C, O, OU or CN"),
		[DN_ERROR_ESCAPE] = N_("the name ends in a backslash"),
		[DN_ERROR_HEX] = N_("'%s' is not in hexadecimal; a value that begins with # needs "
				    "a backslash before it"),
	};
	struct strbuf excerpt = STRBUF_INIT;

	print_add(&excerpt, text + problem->off, problem->len);
	strbuf_addf(sb, _(sentences[problem->error]), excerpt.buf);
	strbuf_release(&excerpt);
}
