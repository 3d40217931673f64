#include "config.h"

#include "change/like.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "formats/ipsecinit/words.h"

static void put(struct like *like, const char *name, const char *value)
{
	struct field field = { xstrdup(name), xstrdup(value) };

	VEC_PUSH(like->fields, like->count, like->cap, field);
}

static void drop(struct like *like, size_t i)
{
	free((char *)like->fields[i].name);
	free((char *)like->fields[i].value);
	memmove(&like->fields[i], &like->fields[i + 1], (--like->count - i) * sizeof *like->fields);
}

void like_release(struct like *like)
{
	while (like->count > 0)
		drop(like, like->count - 1);
	free(like->fields);
	*like = (struct like){ 0 };
}

/* A word by its usual name, which several names may have; the name itself where it is no such word.
 */
static const char *usual_name(const char *name)
{
	const char *plain = name + strspn(name, "0123456789.");
	enum policy_word policy =
		policy_word_find(plain, strlen(plain), POLICY_SET_PATTERN | POLICY_SET_PROPERTY);
	enum manual_word manual = manual_word_canonical(manual_extension_find(name, strlen(name)));

	if (policy != POLICY_NO_WORD && policy_words[policy].same_as != 0)
		policy = (enum policy_word)policy_words[policy].same_as;
	return policy != POLICY_NO_WORD   ? policy_words[policy].name
	       : manual != MANUAL_NO_WORD ? manual_words[manual].name
					  : plain;
}

/* Whether two fields are for the same word: by any of its names, of the same alternative, which is
 * the first one where none is named. */
static bool is_same(const char *a, const char *b)
{
	unsigned long first = strtoul(a, NULL, 10), second = strtoul(b, NULL, 10);

	if (strcmp(a, b) == 0)
		return true;
	return (first > 0 ? first : 1) == (second > 0 ? second : 1) &&
	       strcmp(usual_name(a), usual_name(b)) == 0;
}

void like_give(struct like *like, const struct field *fields, size_t count)
{
	size_t own = like->count, i, k;

	for (i = 0; i < count; i++)
		for (k = own; k-- > 0;)
			if (is_same(like->fields[k].name, fields[i].name)) {
				drop(like, k);
				own--;
			}
	for (i = 0; i < count; i++)
		put(like, fields[i].name, fields[i].value);
}

void rule_own_value(const struct ike_item *item, enum ike_word word, struct strbuf *sb)
{
	size_t i;

	for (i = 0; i < item->nstmts; i++) {
		const struct ike_stmt *s = &item->stmts[i];
		uint32_t tok;

		if (s->word != word || s->end == s->arg)
			continue;
		if (sb->len > 0)
			strbuf_addstr(sb, ", ");
		if (ike_words[word].arg == IKE_ARG_ADDRESS)
			for (tok = s->arg; tok < s->end; tok++)
				strbuf_add(sb, doc_text(item->doc, tok),
					   item->doc->tokens[tok].len);
		else
			ike_unquote(item->doc, s, sb);
		if (word == IKE_REMOTE_ID && sb->len == 0)
			strbuf_addstr(sb, "\"\"");
	}
}

void rule_free_label(const struct host *host, size_t number, struct strbuf *label)
{
	struct ike_item item = IKE_ITEM_INIT;
	struct strbuf own = STRBUF_INIT;
	unsigned next = 2;

	ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[number], &item, NULL);
	rule_own_value(&item, IKE_LABEL, &own);
	if (own.len == 0 || ike_is_index_label(own.buf, own.len, NULL)) {
		strbuf_addf(label, "INDEXID_%u", host_unused_label(host));
	} else {
		do {
			strbuf_clear(label);
			strbuf_addf(label, "%s-%u", own.buf, next++);
		} while (host_find_rule(host, label->buf) < host->nrules);
	}
	strbuf_release(&own);
	ike_item_release(&item);
}

/* A part of transform number I; numbered where there are several. */
static void put_part(const struct ike_item *xs, size_t i, enum ike_word word, const char *value,
		     struct like *like)
{
	struct strbuf name = STRBUF_INIT;

	if (xs->nxforms > 1)
		strbuf_addf(&name, "p1_xform.%zu.", i + 1);
	strbuf_addstr(&name, ike_words[word].name);
	put(like, name.buf, value);
	strbuf_release(&name);
}

/* The parts of the transforms that hold for the rule. */
static void put_transforms(const struct ike_item *xs, struct like *like)
{
	struct strbuf value = STRBUF_INIT;
	size_t i, k;
	uint32_t tok;

	for (i = 0; i < xs->nxforms; i++) {
		for (k = 0; k < xs->xforms[i].count; k++) {
			const struct ike_stmt *s = &xs->inner[xs->xforms[i].first + k];

			strbuf_clear(&value);
			for (tok = s->arg; tok < s->end; tok++)
				strbuf_add(&value, doc_text(xs->doc, tok),
					   xs->doc->tokens[tok].len);
			if (value.len > 0 && s == ike_xform_find(xs, &xs->xforms[i], s->word))
				put_part(xs, i, s->word, value.buf, like);
		}
		/* Where it has no lifetime the file's holds, not what a new rule begins with. */
		if (ike_xform_find(xs, &xs->xforms[i], IKE_P1_LIFETIME_SECS) == NULL)
			put_part(xs, i, IKE_P1_LIFETIME_SECS, "", like);
	}
	strbuf_release(&value);
}

/* Each remote_id is a field. */
static void put_remote_ids(const struct ike_item *item, struct like *like)
{
	struct strbuf value = STRBUF_INIT;
	size_t i;

	for (i = 0; i < item->nstmts; i++) {
		if (item->stmts[i].word != IKE_REMOTE_ID)
			continue;
		strbuf_clear(&value);
		ike_unquote(item->doc, &item->stmts[i], &value);
		put(like, ike_words[IKE_REMOTE_ID].name, value.len > 0 ? value.buf : "\"\"");
	}
	strbuf_release(&value);
}

void rule_like(const struct host *host, size_t number, struct like *like)
{
	struct ike_item item = IKE_ITEM_INIT;
	const struct ike_item *xs;
	struct strbuf value = STRBUF_INIT;
	bool preshared;
	int word;

	ike_read_rule(host_doc(host, LOCATION_IKE_CONFIG), host->rules[number], &item, NULL);
	xs = ike_effective(&item, &host->globals);
	preshared = xs->methods == IKE_METHOD_PRESHARED;
	rule_free_label(host, number, &value);
	put(like, "label", value.buf);
	for (word = 1; word < IKE_KEYWORD_COUNT; word++) {
		if (!(ike_words[word].scopes & IKE_SCOPE_RULE) || word == IKE_LABEL ||
		    word == IKE_P1_XFORM || word == IKE_REMOTE_ID ||
		    ike_words[word].arg == IKE_ARG_NONE || (word == IKE_LOCAL_ID && preshared))
			continue;
		strbuf_clear(&value);
		rule_own_value(&item, (enum ike_word)word, &value);
		/* What the rule does not have, the new one has not either. */
		if (value.len > 0 || word != IKE_LOCAL_ID)
			put(like, ike_words[word].name, value.buf);
	}
	if (!preshared)
		put_remote_ids(&item, like);
	put_transforms(xs, like);
	strbuf_release(&value);
	ike_item_release(&item);
}

static void put_tokens(struct like *like, const char *name, const struct doc *doc, uint32_t tok,
		       uint32_t end)
{
	struct strbuf value = STRBUF_INIT;

	for (; tok < end; tok++)
		strbuf_add(&value, doc_text(doc, tok), doc->tokens[tok].len);
	if (value.len > 0)
		put(like, name, value.buf);
	strbuf_release(&value);
}

/* The action and the properties of an alternative; of a direction among them *DIR is told. */
static void put_alternative(const struct policy_item *item, size_t number, bool *dir,
			    struct like *like)
{
	const struct policy_alternative *a = &item->alternatives[number];
	struct strbuf name = STRBUF_INIT;
	size_t i;

	if (item->nalternatives > 1)
		strbuf_addf(&name, "%zu.", number + 1);
	strbuf_addstr(&name, "action");
	put_tokens(like, name.buf, item->doc, a->action, a->action != 0 ? a->action + 1 : 0);
	for (i = 0; i < item->nproperties; i++) {
		const struct policy_stmt *s = &item->properties[i];
		bool is_dir = s->keyword == POLICY_PROPERTY_DIR;

		if (s != policy_find_property(item, a, s->keyword) || (is_dir && *dir))
			continue;
		strbuf_clear(&name);
		/* A direction is for the whole policy, wherever it stands. */
		if (item->nalternatives > 1 && !is_dir)
			strbuf_addf(&name, "%zu.", number + 1);
		strbuf_addstr(&name, policy_words[is_dir ? POLICY_DIR : s->keyword].name);
		put_tokens(like, name.buf, item->doc, s->arg, s->end);
		*dir |= is_dir;
	}
	strbuf_release(&name);
}

void policy_like(const struct host *host, size_t number, struct like *like)
{
	struct policy_item item = POLICY_ITEM_INIT;
	bool dir = false;
	size_t i;

	policy_read(host_doc(host, LOCATION_IPSECINIT), host->policies[number], &item, NULL);
	for (i = 0; i < item.nstmts; i++) {
		const struct policy_stmt *s = &item.stmts[i];

		dir |= s->keyword == POLICY_DIR;
		if (s == policy_find(&item, s->keyword))
			put_tokens(like, policy_words[s->keyword].name, item.doc, s->arg, s->end);
	}
	for (i = 0; i < item.nalternatives; i++)
		put_alternative(&item, i, &dir, like);
	policy_item_release(&item);
}

void psk_like(const struct host *host, size_t number, struct like *like)
{
	static const enum preshared_word words[] = { PRESHARED_LOCALIDTYPE, PRESHARED_LOCALID,
						     PRESHARED_REMOTEIDTYPE };
	struct preshared_item item = PRESHARED_ITEM_INIT;
	size_t i;

	preshared_read(host_doc(host, LOCATION_PRESHARED), host->keys[number], &item, NULL);
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		const struct preshared_stmt *s = preshared_find(&item, words[i]);

		if (s != NULL)
			put_tokens(like, preshared_words[words[i]].name, item.doc, s->arg, s->end);
	}
	preshared_item_release(&item);
}

void manual_own_value(const struct manual_item *item, enum manual_word word, struct strbuf *sb)
{
	const struct manual_field *f = manual_find(item, word);
	const struct ipsec_alg *alg = word == MANUAL_AUTHALG   ? item->auth_alg
				      : word == MANUAL_ENCRALG ? item->encr_alg
							       : NULL;
	uint32_t tok;

	if (f == NULL || f->end == f->arg)
		return;
	if (alg != NULL) {
		strbuf_addstr(sb, alg->names[0]);
		return;
	}
	if (manual_words[word].arg == MANUAL_ARG_NUMBER && f->good && word != MANUAL_SPI &&
	    word != MANUAL_PAIR_SPI) {
		strbuf_addf(sb, "%" PRIu64, f->number);
		return;
	}
	for (tok = f->arg; tok < f->end; tok++) {
		struct span at = doc_span(item->doc, tok, tok + 1);

		if (item->doc->tokens[tok].kind == TOKEN_STRING)
			at = (struct span){ at.off + 1, at.len - 2 };
		strbuf_addstr(sb, tok > f->arg ? " " : "");
		doc_print(item->doc, at, sb);
	}
}

void manual_sa_like(const struct host *host, size_t number, struct like *like)
{
	struct manual_item item = MANUAL_ITEM_INIT;
	struct strbuf value = STRBUF_INIT;
	int word;

	manual_read(host_doc(host, LOCATION_IPSECKEYS), host->commands[number], &item, NULL);
	if (item.sa_type != 0)
		put(like, "type", manual_words[item.sa_type].name);
	for (word = 1; word < MANUAL_FIELD_COUNT; word++) {
		const struct manual_field *f = manual_find(&item, (enum manual_word)word);

		if (f == NULL || word == MANUAL_SPI || word == MANUAL_PAIR_SPI ||
		    manual_words[word].arg == MANUAL_ARG_KEY ||
		    manual_words[word].arg == MANUAL_ARG_REFUSED)
			continue;
		strbuf_clear(&value);
		if (manual_words[word].arg == MANUAL_ARG_NONE)
			strbuf_addstr(&value, "yes");
		else
			manual_own_value(&item, (enum manual_word)word, &value);
		if (value.len > 0)
			put(like, manual_words[word].name, value.buf);
	}
	strbuf_release(&value);
	manual_item_release(&item);
}
