#include "config.h"

#include "change/verify.h"

#include <string.h>

#include "base/i18n.h"
#include "change/rule_fields.h"
#include "formats/ike_config/text.h"

bool verify_misread(const struct host *host, enum location location, struct error *err)
{
	return error_set(
		err, ERROR_IO,
		_("'%s' is broken where this would change it, so that the change would not be read as meant; mend the errors there first (ikeconsole check names them)"),
		host_path(host, location));
}

struct shape verify_shape(struct change *change, enum location location)
{
	const struct host *host = change_host(change);
	const struct doc *doc = host_doc(host, location);
	struct shape shape = { .entries = doc != NULL ? doc->nentries : 0 };

	switch (location) {
	case LOCATION_IKE_CONFIG:
		shape.items = host->nrules;
		break;
	case LOCATION_PRESHARED:
		shape.items = host->nkeys;
		break;
	case LOCATION_IPSECINIT:
		shape.items = host->npolicies;
		break;
	default:
		shape.items = host->ncommands;
	}
	return shape;
}

bool verify_count(struct change *change, enum location location, struct shape before, int more,
		  struct error *err)
{
	struct shape now = verify_shape(change, location);

	return (now.items == before.items + (size_t)more &&
		now.entries == before.entries + (size_t)more) ||
	       verify_misread(change_host(change), location, err);
}

/* Whether a statement has the value, however it is quoted. */
static bool says(const struct doc *doc, const struct ike_stmt *s, const char *value)
{
	struct strbuf raw = STRBUF_INIT, quoted = STRBUF_INIT, bare = STRBUF_INIT;
	bool same = ike_words[s->word].arg == IKE_ARG_NONE;

	if (!same) {
		struct span at = doc_span(doc, s->arg, s->end);

		if (s->end > s->arg)
			strbuf_add(&raw, doc->blob.data + at.off, at.len);
		ike_format_value(&quoted, s->word, value, LABEL_QUOTED);
		ike_format_value(&bare, s->word, value, LABEL_BARE);
		same = strcmp(raw.buf, quoted.buf) == 0 || strcmp(raw.buf, bare.buf) == 0;
	}
	strbuf_release(&raw);
	strbuf_release(&quoted);
	strbuf_release(&bare);
	return same;
}

static bool rule_has_values(const struct ike_item *item, enum ike_word word,
			    const struct rule_values *values)
{
	size_t i, found = 0;

	for (i = 0; i < item->nstmts; i++) {
		if (item->stmts[i].word != word)
			continue;
		if (found == values->count ||
		    !says(item->doc, &item->stmts[i], values->items[found]))
			return false;
		found++;
	}
	return found == values->count;
}

static bool rule_has_field(const struct ike_item *item, const struct rule_target *target,
			   const struct field *field, const struct field *fields, size_t count)
{
	size_t xform = target->xform != SIZE_MAX ? target->xform : 0;
	struct rule_values values = { 0 };
	const struct ike_stmt *s;
	bool same;

	if (target->scope == IKE_SCOPE_XFORM) {
		s = xform < item->nxforms ? ike_xform_find(item, &item->xforms[xform], target->word)
					  : NULL;
		return field->value[0] != '\0' ? s != NULL && says(item->doc, s, field->value)
					       : s == NULL;
	}
	rule_values_collect(&values, target->word, fields, count);
	same = rule_has_values(item, target->word, &values);
	rule_values_release(&values);
	return same;
}

bool verify_rule(struct change *change, size_t number, const struct field *fields, size_t count,
		 struct error *err)
{
	const struct host *host = change_host(change);
	struct ike_item item = IKE_ITEM_INIT;
	struct rule_target target;
	bool good = true;
	size_t i;

	ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[number], &item, NULL);
	for (i = 0; good && i < count; i++)
		good = rule_target_parse(fields[i].name, &target, err) &&
		       (rule_has_field(&item, &target, &fields[i], fields, count) ||
			verify_misread(change_host(change), LOCATION_IKE_CONFIG, err));
	ike_item_release(&item);
	return good;
}

bool verify_global(struct change *change, enum ike_word word, const char *value, struct error *err)
{
	const struct ike_item *g = &change_host(change)->globals;
	size_t i;

	for (i = 0; i < g->nstmts; i++)
		if (g->stmts[i].word == word && says(g->doc, &g->stmts[i], value))
			return true;
	return verify_misread(change_host(change), LOCATION_IKE_CONFIG, err);
}

bool verify_key(struct change *change, size_t number, enum preshared_word field, const char *value,
		size_t len, struct error *err)
{
	const struct host *host = change_host(change);
	struct preshared_item item = PRESHARED_ITEM_INIT;
	const struct preshared_stmt *s;
	struct span at = { 0, 0 };

	if (number >= host->nkeys)
		return verify_misread(change_host(change), LOCATION_PRESHARED, err);
	preshared_read(host_doc(host, LOCATION_PRESHARED), host->keys[number], &item, NULL);
	s = preshared_find(&item, field);
	if (s != NULL && s->end > s->arg)
		at = doc_span(item.doc, s->arg, s->end);
	preshared_item_release(&item);
	return (at.len == len &&
		memcmp(host_doc(host, LOCATION_PRESHARED)->blob.data + at.off, value, len) == 0) ||
	       verify_misread(change_host(change), LOCATION_PRESHARED, err);
}
