#include "config.h"

#include "pki/selector.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/address.h"
#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"

/* A kind's tag, and where in a certificate its value is looked for. */
static const struct {
	const char *tag;
	enum pki_name_tag name;
} kinds[SELECTOR_KIND_COUNT] = {
	[SELECTOR_ANY] = { "", PKI_NAME_TAG_COUNT },
	[SELECTOR_SUBJECT] = { "SUBJECT", PKI_NAME_TAG_COUNT },
	[SELECTOR_ISSUER] = { "ISSUER", PKI_NAME_TAG_COUNT },
	[SELECTOR_SLOT] = { "SLOT", PKI_NAME_TAG_COUNT },
	[SELECTOR_IP] = { "IP", PKI_NAME_IP },
	[SELECTOR_DNS] = { "DNS", PKI_NAME_DNS },
	[SELECTOR_EMAIL] = { "EMAIL", PKI_NAME_EMAIL },
	[SELECTOR_URI] = { "URI", PKI_NAME_URI },
	[SELECTOR_DN] = { "DN", PKI_NAME_DN },
	[SELECTOR_RID] = { "RID", PKI_NAME_RID },
};

const char *selector_tag(enum selector_kind kind)
{
	return kinds[kind].tag;
}

/* A piece of the text. */
struct piece {
	const char *p, *end;
};

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct piece trim(struct piece piece)
{
	while (piece.p < piece.end && is_blank(*piece.p))
		piece.p++;
	while (piece.end > piece.p && is_blank(piece.end[-1]))
		piece.end--;
	return piece;
}

static size_t length(struct piece piece)
{
	return (size_t)(piece.end - piece.p);
}

/* Whether the text is a name by itself; sets *PARTS. */
static bool is_name(struct piece text, size_t *parts)
{
	struct dn_problem ignored;
	struct dn dn = DN_INIT;
	bool ok = dn_parse(&dn, text.p, length(text), &ignored);

	*parts = dn.count;
	dn_release(&dn);
	return ok;
}

/* Takes TAG= off the front of *TEXT. Returns SELECTOR_ANY where there is no tag. */
static enum selector_kind take_tag(struct piece *text, unsigned *remarks)
{
	const char *equals = memchr(text->p, '=', length(*text));
	struct piece tag = { text->p, equals };
	int kind;

	if (equals == NULL)
		return SELECTOR_ANY;
	tag = trim(tag);
	for (kind = SELECTOR_SUBJECT; kind < SELECTOR_KIND_COUNT; kind++) {
		const char *name = kinds[kind].tag;

		if (strlen(name) != length(tag) || strncasecmp(name, tag.p, length(tag)) != 0)
			continue;
		if (memcmp(name, tag.p, length(tag)) != 0)
			*remarks |= SELECTOR_LOWER_CASE;
		*text = trim((struct piece){ equals + 1, text->end });
		return (enum selector_kind)kind;
	}
	return SELECTOR_ANY;
}

static bool all_digits(struct piece text)
{
	for (; text.p < text.end; text.p++)
		if (*text.p < '0' || *text.p > '9')
			return false;
	return true;
}

static bool is_address(struct piece text, struct strbuf *key)
{
	enum ip_family family;
	struct ip ip;

	if (ip_parse(text.p, length(text), &ip, &family) != IP_OK)
		return false;
	if (key != NULL)
		ip_print(key, ip, family);
	return true;
}

/* The kind of a text without a tag. */
static enum selector_kind guess(struct piece text, unsigned *remarks)
{
	bool at = memchr(text.p, '@', length(text)) != NULL;
	bool equals = memchr(text.p, '=', length(text)) != NULL;
	size_t parts;

	*remarks |= SELECTOR_GUESSED;
	if (is_address(text, NULL))
		return SELECTOR_IP;
	if (at && equals && is_name(text, &parts)) {
		*remarks |= SELECTOR_AMBIGUOUS;
		return SELECTOR_SUBJECT;
	}
	if (at)
		return SELECTOR_EMAIL;
	if (equals)
		return SELECTOR_SUBJECT;
	return all_digits(text) ? SELECTOR_SLOT : SELECTOR_DNS;
}

/* The kind of TEXT, from which a tag is taken off. */
static enum selector_kind find_kind(struct piece *text, unsigned *remarks)
{
	struct piece whole = *text;
	enum selector_kind kind = take_tag(text, remarks);
	size_t parts;

	if (kind == SELECTOR_ANY)
		return guess(*text, remarks);
	/* EMAIL=a@b, CN=c: the tag is a type of a name, too, and what follows decides. */
	if (dn_type_name(kinds[kind].tag, strlen(kinds[kind].tag)) != NULL &&
	    is_name(whole, &parts) && parts > 1) {
		*text = whole;
		*remarks = SELECTOR_GUESSED | SELECTOR_AMBIGUOUS;
		return SELECTOR_SUBJECT;
	}
	return kind;
}

static bool is_identifier(struct piece text)
{
	const char *p;

	for (p = text.p; p < text.end; p++)
		if (*p != '.' && (*p < '0' || *p > '9'))
			return false;
	return memchr(text.p, '.', length(text)) != NULL && *text.p != '.' && text.end[-1] != '.';
}

/* Makes the key of VALUE. Sets *PROBLEM and returns false where the kind has no such value. */
static bool make_key(enum selector_kind kind, struct piece value, struct strbuf *key,
		     struct selector_problem *problem)
{
	switch (kind) {
	case SELECTOR_SUBJECT:
	case SELECTOR_ISSUER:
	case SELECTOR_DN:
		if (dn_canonical(value.p, length(value), key, &problem->dn))
			return true;
		problem->error = SELECTOR_ERROR_DN;
		return false;
	case SELECTOR_IP:
		if (is_address(value, key))
			return true;
		problem->error = SELECTOR_ERROR_IP;
		return false;
	case SELECTOR_RID:
		strbuf_add(key, value.p, length(value));
		if (is_identifier(value))
			return true;
		problem->error = SELECTOR_ERROR_RID;
		return false;
	case SELECTOR_SLOT:
		strbuf_add(key, value.p, length(value));
		return true;
	default:
		pki_name_key(kinds[kind].name, value.p, length(value), key);
		return true;
	}
}

bool selector_parse(struct selector *selector, const char *text, size_t len,
		    struct selector_problem *problem)
{
	struct piece value = trim((struct piece){ text, text + len });
	struct strbuf key = STRBUF_INIT;
	bool ok = true;

	*selector = (struct selector){ .kind = SELECTOR_ANY };
	*problem = (struct selector_problem){ .error = SELECTOR_OK };
	if (value.p < value.end && *value.p == '!') {
		selector->negated = true;
		value.p++;
		value = trim(value);
	}
	if (value.p < value.end) {
		selector->kind = find_kind(&value, &selector->remarks);
		if (value.p == value.end) {
			problem->error = SELECTOR_ERROR_EMPTY;
			ok = false;
		} else {
			ok = make_key(selector->kind, value, &key, problem);
		}
	}
	problem->dn.off += (size_t)(value.p - text);
	selector->value = xstrndup(value.p, length(value));
	if (ok)
		selector->key = strbuf_detach(&key, NULL);
	strbuf_release(&key);
	return ok;
}

void selector_release(struct selector *selector)
{
	free(selector->value);
	free(selector->key);
	*selector = (struct selector){ .kind = SELECTOR_ANY };
}

static bool has_name(const struct pki_cert *cert, enum pki_name_tag tag, const char *key)
{
	size_t i;

	for (i = 0; i < cert->nnames; i++)
		if (cert->names[i].tag == tag && strcmp(cert->names[i].key, key) == 0)
			return true;
	return false;
}

static bool is_meant(const struct selector *selector, const struct pki_cert *cert, const char *slot)
{
	switch (selector->kind) {
	case SELECTOR_ANY:
		return true;
	case SELECTOR_SLOT:
		return slot != NULL && strcmp(slot, selector->key) == 0;
	case SELECTOR_SUBJECT:
		return strcmp(cert->subject_key, selector->key) == 0;
	case SELECTOR_ISSUER:
		return strcmp(cert->issuer_key, selector->key) == 0;
	default:
		return has_name(cert, kinds[selector->kind].name, selector->key);
	}
}

bool selector_matches(const struct selector *selector, const struct pki_cert *cert,
		      const char *slot)
{
	if (selector->key == NULL)
		return false;
	if (cert->head.state != PKI_OK && selector->kind != SELECTOR_SLOT)
		return false;
	return is_meant(selector, cert, slot) != selector->negated;
}

void selector_describe(const struct selector_problem *problem, const char *text, size_t len,
		       struct strbuf *sb)
{
	static const char *const sentences[] = {
		[SELECTOR_OK] = N_("the selector is understood"),
		[SELECTOR_ERROR_EMPTY] = N_("'%s' has no value behind its tag"),
		[SELECTOR_ERROR_IP] = N_("'%s' has no IP address behind its tag"),
		[SELECTOR_ERROR_RID] = N_("'%s' has no object identifier behind its tag"),
	};
	struct strbuf printable = STRBUF_INIT;

	if (problem->error == SELECTOR_ERROR_DN) {
		dn_describe(&problem->dn, text, sb);
		return;
	}
	print_add(&printable, text, len);
	strbuf_addf(sb, _(sentences[problem->error]), printable.buf);
	strbuf_release(&printable);
}
