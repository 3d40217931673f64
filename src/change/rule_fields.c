#include "config.h"

#include "change/rule_fields.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/xalloc.h"
#include "change/value.h"

/* WORD is what NAME ends in. */
static bool no_field(const char *name, const char *word, struct error *err)
{
	struct near near = near_to(word, strlen(word));
	int i;

	for (i = 1; i < IKE_KEYWORD_COUNT; i++)
		if (ike_words[i].scopes & (IKE_SCOPE_RULE | IKE_SCOPE_XFORM))
			near_try(&near, ike_words[i].name);
	error_set(err, ERROR_USAGE, _("'%s' is no field of a rule"), name);
	return near_tell(&near, err, NULL);
}

bool rule_target_parse(const char *name, struct rule_target *target, struct error *err)
{
	const char *word = name;

	target->scope = IKE_SCOPE_RULE;
	target->xform = SIZE_MAX;
	if (strncmp(name, "p1_xform.", 9) == 0) {
		char *end;
		unsigned long number = strtoul(name + 9, &end, 10);

		if (end == name + 9 || *end != '.' || number == 0)
			return error_set(
				err, ERROR_USAGE,
				_("'%s' should be p1_xform.NUMBER.KEYWORD, with numbers from 1"),
				name);
		target->xform = number - 1;
		word = end + 1;
	}
	target->word = ike_word_find(word, strlen(word));
	if (target->word != IKE_NO_WORD && target->word < IKE_KEYWORD_COUNT) {
		if (ike_words[target->word].scopes & IKE_SCOPE_XFORM) {
			target->scope = IKE_SCOPE_XFORM;
			return true;
		}
		if ((ike_words[target->word].scopes & IKE_SCOPE_RULE) && word == name &&
		    target->word != IKE_P1_XFORM)
			return true;
	}
	return no_field(name, word, err);
}

static bool check_field(const struct profile *profile, const struct field *field,
			const struct rule_target *target, struct error *err)
{
	char *copy, *part, *save = NULL;
	bool good = true;

	if (field->value[0] == '\0')
		return true;
	if (ike_words[target->word].arg != IKE_ARG_ADDRESS)
		return value_check(profile, target->scope, target->word, field->value, err);
	copy = xstrdup(field->value);
	for (part = strtok_r(copy, ", ", &save); part != NULL && good;
	     part = strtok_r(NULL, ", ", &save))
		good = value_check(profile, target->scope, target->word, part, err);
	free(copy);
	return good;
}

bool rule_field_check(const struct profile *profile, const char *name, const char *value,
		      struct error *err)
{
	struct field field = { name, value };
	struct rule_target target;

	return rule_target_parse(name, &target, err) && check_field(profile, &field, &target, err);
}

void rule_values_collect(struct rule_values *values, enum ike_word word, const struct field *fields,
			 size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		char *copy, *part, *save = NULL;

		if (strcmp(fields[i].name, ike_words[word].name) != 0 || fields[i].value[0] == '\0')
			continue;
		copy = xstrdup(fields[i].value);
		if (ike_words[word].arg == IKE_ARG_ADDRESS) {
			for (part = strtok_r(copy, ", ", &save); part != NULL;
			     part = strtok_r(NULL, ", ", &save))
				VEC_PUSH(values->items, values->count, values->cap, xstrdup(part));
			free(copy);
		} else {
			VEC_PUSH(values->items, values->count, values->cap, copy);
		}
	}
}

void rule_values_release(struct rule_values *values)
{
	size_t i;

	for (i = 0; i < values->count; i++)
		free(values->items[i]);
	free(values->items);
	*values = (struct rule_values){ 0 };
}

bool rule_fields_check(struct change *change, const struct field *fields, size_t count,
		       struct error *err)
{
	struct rule_target target;
	size_t i;

	for (i = 0; i < count; i++)
		if (!rule_target_parse(fields[i].name, &target, err) ||
		    !check_field(change_profile(change), &fields[i], &target, err))
			return false;
	return true;
}

bool rule_label_check(struct change *change, size_t number, const struct field *fields,
		      size_t count, struct error *err)
{
	const struct host *host = change_host(change);
	size_t i, other;

	for (i = 0; i < count; i++) {
		if (strcmp(fields[i].name, "label") != 0)
			continue;
		if (fields[i].value[0] == '\0')
			return error_set(err, ERROR_USAGE, _("a rule needs a label"));
		other = host_find_rule(host, fields[i].value);
		if (other < host->nrules && other != number)
			return error_set(
				err, ERROR_USAGE,
				_("the label '%s' is used by another rule; the next free one is INDEXID_%u"),
				fields[i].value, host_unused_label(host));
	}
	return true;
}

bool rule_is_given(const struct field *fields, size_t count, enum ike_word word)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(fields[i].name, ike_words[word].name) == 0)
			return true;
	return false;
}

const char *rule_value_or_default(struct change *change, const struct field *fields, size_t count,
				  enum ike_word word, bool certificate)
{
	const char *name = ike_words[word].name, *value;
	struct strbuf key = STRBUF_INIT;
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(fields[i].name, name) == 0)
			return fields[i].value[0] != '\0' ? fields[i].value : NULL;
	strbuf_addf(&key, "rules.%s.%s.default", name, certificate ? "rsasig" : "preshared");
	value = profile_get(change_profile(change), key.buf);
	strbuf_clear(&key);
	strbuf_addf(&key, "rules.%s.default", name);
	if (value == NULL)
		value = profile_get(change_profile(change), key.buf);
	strbuf_release(&key);
	return value;
}

const char *rule_own_subject(struct change *change, struct error *err)
{
	const struct host_certs *certs = &change_host(change)->certs;
	size_t own = host_certs_own(certs);

	if (own != 0 && host_cert_is_writable(&certs->certs[own - 1]))
		return certs->certs[own - 1].cert.subject;
	if (own != 0) {
		error_set(
			err, ERROR_USAGE,
			_("local_id: the name of this host's certificate, in slot %s, holds bytes that cannot be written as they are; name it by local_id=SLOT=%s"),
			certs->certs[own - 1].slot.name, certs->certs[own - 1].slot.name);
		return NULL;
	}
	error_set(
		err, ERROR_USAGE,
		_("local_id: this host has no certificate of its own with its private key, or several; say which one by local_id=NAME (COEX-R4, COEX-R12)"));
	return NULL;
}
