#include "config.h"

#include "change/policy_fields.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "lint/check.h"
#include "lint/words.h"

const uint8_t policy_pattern_order[] = {
	POLICY_TUNNEL, POLICY_NEGOTIATE, POLICY_LADDR, POLICY_LPORT, POLICY_RADDR, POLICY_RPORT,
	POLICY_SADDR,  POLICY_SMASK,     POLICY_SPORT, POLICY_DADDR, POLICY_DMASK, POLICY_DPORT,
	POLICY_ULP,    POLICY_TYPE,      POLICY_CODE,  POLICY_DIR,
};
const size_t policy_pattern_count = ARRAY_SIZE(policy_pattern_order);

const uint8_t policy_property_order[] = { POLICY_AUTH_ALGS, POLICY_ENCR_ALGS, POLICY_ENCR_AUTH_ALGS,
					  POLICY_SA, POLICY_PROPERTY_DIR };
const size_t policy_property_count = ARRAY_SIZE(policy_property_order);

/* A name of a field, understood. */
struct target {
	enum policy_word word; /* a keyword of the pattern, a property, or none: the action */
	enum policy_word spelt;
	size_t alternative; /* from 0; SIZE_MAX: the only one */
};

static bool no_field(const char *name, const char *word, struct error *err)
{
	struct near near = near_to(word, strlen(word));
	int i;

	for (i = 1; i < POLICY_WORD_COUNT; i++)
		if (policy_words[i].set & (POLICY_SET_PATTERN | POLICY_SET_PROPERTY))
			near_try(&near, policy_words[i].name);
	near_try(&near, "action");
	error_set(err, ERROR_USAGE, _("'%s' is no field of a policy"), name);
	return near_tell(&near, err, NULL);
}

static bool parse_target(const char *name, struct target *target, struct error *err)
{
	const char *word = name;
	size_t digits = strspn(name, "0123456789");

	*target = (struct target){ .alternative = SIZE_MAX };
	if (digits > 0) {
		unsigned long number = strtoul(name, NULL, 10);

		if (name[digits] != '.' || number == 0 || number > POLICY_ALTERNATIVES_MAX)
			return error_set(
				err, ERROR_USAGE,
				_("'%s' should be NUMBER.PROPERTY, with numbers from 1 to %d"),
				name, POLICY_ALTERNATIVES_MAX);
		target->alternative = number - 1;
		word = name + digits + 1;
	}
	if (strcmp(word, "action") == 0)
		return true;
	target->spelt = policy_word_find(word, strlen(word),
					 digits > 0 ? POLICY_SET_PROPERTY : POLICY_SET_PATTERN);
	if (target->spelt == POLICY_NO_WORD)
		target->spelt = policy_word_find(word, strlen(word), POLICY_SET_PROPERTY);
	target->word = policy_word_canonical(target->spelt);
	return target->word != POLICY_NO_WORD || no_field(name, word, err);
}

static bool is_property(enum policy_word word)
{
	return policy_words[word].set == POLICY_SET_PROPERTY;
}

/* The names among which a value has to be, as a list. */
static void add_choices(enum policy_word word, struct strbuf *sb)
{
	unsigned set = word == POLICY_NO_WORD ? POLICY_SET_ACTION : POLICY_SET_VALUE;
	int value;

	for (value = 1; value < POLICY_WORD_COUNT; value++)
		if (policy_words[value].set == set &&
		    (word == POLICY_NO_WORD || policy_words[value].of == word ||
		     policy_words[value].also_of == word))
			strbuf_addf(sb, "%s%s", sb->len > 0 ? ", " : "", policy_words[value].name);
}

static bool not_among(const char *name, enum policy_word word, const char *value, struct error *err)
{
	struct strbuf choices = STRBUF_INIT;

	add_choices(word, &choices);
	error_set(err, ERROR_USAGE, _("%s: '%s' is none of %s"), name, value, choices.buf);
	strbuf_release(&choices);
	return false;
}

/* A value is one word of the file: bytes that end a word, or that no value has, are none. */
static bool check_bytes(const char *name, const char *value, struct error *err)
{
	const char *p;

	for (p = value; *p != '\0'; p++)
		if (*p <= ' ' || *p >= 0x7f || strchr("{}#\\", *p) != NULL)
			return error_set(
				err, ERROR_USAGE,
				_("%s: a value is one word of ASCII letters, digits and signs, without blanks, {, }, # and \\"),
				name);
	return true;
}

/* A policy with this value in which nothing else is wrong that could be said of the value. Returns
 * where the value stands. */
static struct span snippet(enum policy_word word, const char *value, struct strbuf *text)
{
	struct span at = { .len = (uint32_t)strlen(value) };
	enum policy_word icmp = policy_value_find(value, strlen(value), word);
	const char *before = "", *after = "";

	if (word == POLICY_TYPE || word == POLICY_CODE)
		before = policy_words[icmp].protocol == 58 ? "ulp ipv6-icmp " : "ulp icmp ";
	if (!is_property(word)) {
		after = "} ipsec {auth_algs sha1";
	} else {
		before = "} ipsec {";
		after = word == POLICY_ENCR_ALGS ? " encr_auth_algs sha1" : "";
	}
	strbuf_addf(text, "{%s%s ", before, policy_words[word].name);
	at.off = (uint32_t)text->len;
	strbuf_addf(text, "%s%s}\n", value, after);
	return at;
}

/* Whether the reader understands the value. */
static bool is_understood(const struct doc *doc, enum policy_word word)
{
	struct policy_item item = POLICY_ITEM_INIT;
	const struct policy_stmt *s;
	bool good;

	policy_read(doc, 0, &item, NULL);
	s = is_property(word) ? policy_find_property(&item, &item.alternatives[0], word)
			      : policy_find(&item, word);
	good = s != NULL && s->good;
	policy_item_release(&item);
	return good;
}

/* What a check has to say of the value, not of the policy around it. */
static bool judge(const struct profile *profile, struct host *host, struct span at,
		  struct strbuf *message)
{
	struct lint *lint = lint_new(host, profile, ROLE_ADMIN, 0);
	const struct findings *findings;
	size_t i;

	while (lint_step(lint, SIZE_MAX))
		;
	findings = lint_findings(lint);
	for (i = 0; i < findings->count && message->len == 0; i++) {
		const struct finding *f = &findings->items[i];

		if (f->severity == SEVERITY_ERROR && checks[f->check].reader == READER_POLICY &&
		    f->at.off >= at.off && f->at.off < at.off + at.len)
			lint_message(lint, f, message);
	}
	lint_free(lint);
	return message->len == 0;
}

static bool check_value(const struct profile *profile, const char *name, enum policy_word word,
			const char *value, struct error *err)
{
	struct strbuf text = STRBUF_INIT, message = STRBUF_INIT;
	struct host *host;
	struct span at;
	bool good;

	if (word == POLICY_DIR || policy_words[word].arg == POLICY_ARG_WORD)
		return policy_value_find(value, strlen(value), word) != POLICY_NO_WORD ||
		       not_among(name, word, value, err);
	at = snippet(word, value, &text);
	host = host_open_single(LOCATION_IPSECINIT, "", blob_copy(text.buf, text.len, false),
				profile->dialect);
	good = judge(profile, host, at, &message);
	if (!good)
		error_set(err, ERROR_USAGE, "%s: %s", name, message.buf);
	else if (!is_understood(host_doc(host, LOCATION_IPSECINIT), word))
		good = error_set(err, ERROR_USAGE, _("%s: '%s' will not do; what goes here: %s"),
				 name, value, _(policy_words[word].help));
	host_free(host);
	strbuf_release(&text);
	strbuf_release(&message);
	return good;
}

static bool check_target(const struct profile *profile, const char *name,
			 const struct target *target, const char *value, struct error *err)
{
	if (value[0] == '\0')
		return true;
	if (!check_bytes(name, value, err))
		return false;
	if (target->word != POLICY_NO_WORD)
		return check_value(profile, name, target->word, value, err);
	return policy_word_find(value, strlen(value), POLICY_SET_ACTION) != POLICY_NO_WORD ||
	       not_among(name, POLICY_NO_WORD, value, err);
}

bool policy_field_check(const struct profile *profile, const char *name, const char *value,
			struct error *err)
{
	struct target target;

	return parse_target(name, &target, err) && check_target(profile, name, &target, value, err);
}

/* Where the value of a field belongs; NULL with ERR where nobody can tell. */
static struct policy_value *find_place(struct policy_wanted *wanted, const char *name,
				       struct target *target, size_t alternatives,
				       struct error *err)
{
	struct policy_wanted_alternative *a;

	if (target->word != POLICY_NO_WORD && !is_property(target->word))
		return &wanted->pattern[target->word];
	if (target->alternative == SIZE_MAX && alternatives > 1) {
		error_set(err, ERROR_USAGE,
			  _("the policy has %zu alternatives; say which one: 1.%s"), alternatives,
			  name);
		return NULL;
	}
	if (target->alternative == SIZE_MAX)
		target->alternative = 0;
	if (wanted->nalternatives <= target->alternative)
		wanted->nalternatives = target->alternative + 1;
	a = &wanted->alternatives[target->alternative];
	return target->word == POLICY_NO_WORD ? &a->action
					      : &a->properties[POLICY_PROPERTY(target->word)];
}

bool policy_fields_read(const struct profile *profile, const struct field *fields, size_t count,
			size_t alternatives, struct policy_wanted *wanted, struct error *err)
{
	size_t i;

	*wanted = (struct policy_wanted){ .nalternatives = 0 };
	for (i = 0; i < count; i++) {
		const char *name = fields[i].name, *value = fields[i].value;
		struct target target;
		struct policy_value *place;

		if (!parse_target(name, &target, err) ||
		    !check_target(profile, name, &target, value, err))
			return false;
		place = find_place(wanted, name, &target, alternatives, err);
		if (place == NULL)
			return false;
		if (place->text != NULL && strcmp(place->name, name) == 0)
			return error_set(err, ERROR_USAGE, _("%s is given twice"), name);
		if (place->text != NULL)
			return error_set(err, ERROR_USAGE, _("%s and %s are the same, given twice"),
					 place->name, name);
		*place = (struct policy_value){ value, name, target.spelt };
	}
	return true;
}

const struct policy_wanted_alternative *policy_wanted_of(const struct policy_wanted *wanted,
							 size_t i)
{
	static const struct policy_wanted_alternative nothing;

	return i < wanted->nalternatives ? &wanted->alternatives[i] : &nothing;
}

bool policy_is_dropped(const struct policy_wanted *wanted, size_t i)
{
	const char *action = policy_wanted_of(wanted, i)->action.text;

	return action != NULL && action[0] == '\0';
}
