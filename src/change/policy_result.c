#include "config.h"

#include "change/policy_result.h"

#include <string.h>

#include "base/i18n.h"
#include "change/verify.h"

/* Adds what one word says: what is wanted, or else what its statements have. */
static void say_word(const struct doc *doc, const struct policy_stmt *stmts, size_t count,
		     unsigned word, const struct policy_value *wanted, struct strbuf *sb)
{
	size_t i;

	if (wanted->text != NULL) {
		if (wanted->text[0] != '\0')
			strbuf_addf(sb, "%u %s\n", word, wanted->text);
		return;
	}
	for (i = 0; i < count; i++) {
		uint32_t tok;

		if (stmts[i].keyword != word)
			continue;
		strbuf_addf(sb, "%u", word);
		for (tok = stmts[i].arg; tok < stmts[i].end; tok++) {
			strbuf_addch(sb, ' ');
			strbuf_add(sb, doc_text(doc, tok), doc->tokens[tok].len);
		}
		strbuf_addch(sb, '\n');
	}
}

static void say_alternative(const struct policy_item *item, size_t number,
			    const struct policy_wanted_alternative *w, struct strbuf *sb)
{
	static const struct policy_alternative none;
	bool there = item != NULL && number < item->nalternatives;
	const struct policy_alternative *a = there ? &item->alternatives[number] : &none;
	size_t i;

	if (w->action.text != NULL)
		strbuf_addstr(sb, w->action.text);
	else if (a->action != 0)
		strbuf_add(sb, doc_text(item->doc, a->action), item->doc->tokens[a->action].len);
	strbuf_addch(sb, '\n');
	for (i = 0; i < policy_property_count; i++)
		say_word(there ? item->doc : NULL, there ? policy_properties(item, a) : NULL,
			 a->count, policy_property_order[i],
			 &w->properties[POLICY_PROPERTY(policy_property_order[i])], sb);
}

/*
 * Adds what a policy says once WANTED has been done to it, every statement on a line of its own in
 * one order; ITEM NULL: a new one. Two policies that say the same have the same text.
 */
static void say_policy(const struct policy_item *item, const struct policy_wanted *wanted,
		       struct strbuf *sb)
{
	size_t have = item != NULL ? item->nalternatives : 0, i;

	for (i = 0; i < policy_pattern_count; i++)
		say_word(item != NULL ? item->doc : NULL, item != NULL ? item->stmts : NULL,
			 item != NULL ? item->nstmts : 0, policy_pattern_order[i],
			 &wanted->pattern[policy_pattern_order[i]], sb);
	for (i = 0; i < have || i < wanted->nalternatives; i++)
		if (!policy_is_dropped(wanted, i))
			say_alternative(item, i, policy_wanted_of(wanted, i), sb);
}

static const struct problem *find_mix(const struct problems *problems)
{
	size_t i;

	for (i = 0; i < problems->count; i++)
		if (problems->items[i].code == POLICY_PROBLEM_STYLE_MIX ||
		    problems->items[i].code == POLICY_PROBLEM_DIR_NEW_STYLE ||
		    problems->items[i].code == POLICY_PROBLEM_OR_OLD_STYLE)
			return &problems->items[i];
	return NULL;
}

/* The field with which the styles would mix, where one of them brings the mixture about. */
static const char *find_other(const struct policy_item *item, const struct policy_wanted *wanted)
{
	unsigned style = item != NULL ? item->style : POLICY_STYLE_NEUTRAL, own;
	size_t i;

	for (i = 0; i < policy_pattern_count; i++) {
		enum policy_word word = (enum policy_word)policy_pattern_order[i];
		const struct policy_value *value = &wanted->pattern[word];

		if (value->text == NULL || value->text[0] == '\0')
			continue;
		own = policy_words[word].style;
		if (word == POLICY_DIR)
			own = policy_words[policy_value_find(value->text, strlen(value->text),
							     POLICY_DIR)]
				      .style;
		if (style == POLICY_STYLE_NEUTRAL)
			style = own;
		else if (own != POLICY_STYLE_NEUTRAL && own != style)
			return value->name;
	}
	return NULL;
}

static size_t count_long(const struct doc *doc)
{
	size_t i, count = 0;

	for (i = 0; i < doc->problems.count; i++)
		count += doc->problems.items[i].code == POLICY_PROBLEM_LONG_LINE ||
			 doc->problems.items[i].code == POLICY_PROBLEM_LONG_ENTRY;
	return count;
}

void policy_before_init(struct policy_before *before, const struct host *host, size_t after,
			const struct policy_item *item, const struct policy_wanted *wanted)
{
	const struct doc *doc = host_doc(host, LOCATION_IPSECINIT);
	struct policy_item again = POLICY_ITEM_INIT;
	struct problems problems = { 0 };

	*before = (struct policy_before){ .policies = host->npolicies, .said = STRBUF_INIT };
	if (doc != NULL) {
		before->entries = doc->nentries;
		before->problems = doc->problems.count;
		before->too_long = count_long(doc);
		if (after < doc->nentries)
			before->after = doc->blob.len - doc->tokens[doc->entries[after].tok].off;
	}
	before->wanted = wanted;
	if (wanted != NULL) {
		say_policy(item, wanted, &before->said);
		before->other = find_other(item, wanted);
	}
	if (item != NULL) {
		policy_read(item->doc, item->entry, &again, &problems);
		before->mixed = find_mix(&problems) != NULL;
	}
	policy_item_release(&again);
	problems_release(&problems);
}

void policy_before_release(struct policy_before *before)
{
	strbuf_release(&before->said);
}

static bool is_placed(const struct policy_before *before, const struct host *host, int added)
{
	const struct doc *doc = host_doc(host, LOCATION_IPSECINIT);
	size_t i;

	if (host->npolicies != before->policies + (size_t)added ||
	    doc->nentries != before->entries + (size_t)added)
		return false;
	if (before->after == 0)
		return true;
	if (before->after > doc->blob.len)
		return false;
	i = doc_entry_at(doc, (uint32_t)(doc->blob.len - before->after));
	return i < doc->nentries &&
	       doc->blob.len - doc->tokens[doc->entries[i].tok].off == before->after;
}

static bool is_good(const struct policy_stmt *s, const struct policy_value *value,
		    struct error *err)
{
	if (value->text == NULL || value->text[0] == '\0' || (s != NULL && s->good))
		return true;
	return error_set(err, ERROR_USAGE, _("%s: '%s' does not go with the rest of the policy"),
			 value->name, value->text);
}

/* Whether all that was asked for is understood where it stands now. */
static bool check_values(const struct policy_item *item, const struct policy_wanted *wanted,
			 struct error *err)
{
	size_t i, k, gone = 0;

	for (i = 0; i < policy_pattern_count; i++)
		if (!is_good(policy_find(item, (enum policy_word)policy_pattern_order[i]),
			     &wanted->pattern[policy_pattern_order[i]], err))
			return false;
	for (i = 0; i < wanted->nalternatives; i++) {
		if (policy_is_dropped(wanted, i)) {
			gone++;
			continue;
		}
		for (k = 0; k < policy_property_count; k++) {
			enum policy_word word = (enum policy_word)policy_property_order[k];

			if (!is_good(
				    policy_find_property(item, &item->alternatives[i - gone], word),
				    &wanted->alternatives[i].properties[POLICY_PROPERTY(word)],
				    err))
				return false;
		}
	}
	return true;
}

/* Reads the changed policy again. */
static bool check_policy(const struct policy_before *before, const struct host *host, size_t number,
			 struct error *err)
{
	static const struct policy_wanted nothing;
	const struct doc *doc = host_doc(host, LOCATION_IPSECINIT);
	struct policy_item item = POLICY_ITEM_INIT;
	struct problems problems = { 0 };
	struct strbuf says = STRBUF_INIT;
	const struct problem *mix;
	bool good = true;

	policy_read(doc, host->policies[number], &item, &problems);
	say_policy(&item, &nothing, &says);
	mix = before->mixed ? NULL : find_mix(&problems);
	if (strcmp(says.buf, before->said.buf) != 0)
		good = verify_misread(host, LOCATION_IPSECINIT, err);
	else if (mix != NULL && mix->code == POLICY_PROBLEM_OR_OLD_STYLE)
		good = error_set(
			err, ERROR_USAGE,
			_("a policy of the old style, with saddr or daddr, has no alternatives"));
	else if (mix != NULL)
		good = error_set(
			err, ERROR_USAGE,
			_("%s: the old style (saddr, daddr, sport, dport) and the new one (laddr, raddr, lport, rport, dir both) do not go together in one policy"),
			before->other != NULL ? before->other : policy_words[mix->word].name);
	else
		good = check_values(&item, before->wanted, err);
	policy_item_release(&item);
	problems_release(&problems);
	strbuf_release(&says);
	return good;
}

bool policy_result_check(const struct policy_before *before, const struct host *host, int added,
			 size_t number, struct error *err)
{
	const struct doc *doc = host_doc(host, LOCATION_IPSECINIT);

	if (doc != NULL && count_long(doc) > before->too_long)
		return error_set(
			err, ERROR_USAGE,
			_("the policy would be longer than ipsecconf reads: %d bytes in a line, %d in all"),
			POLICY_LINE_MAX, POLICY_ENTRY_MAX);
	if (doc == NULL || doc->problems.count > before->problems ||
	    !is_placed(before, host, added))
		return verify_misread(host, LOCATION_IPSECINIT, err);
	return number == SIZE_MAX || check_policy(before, host, number, err);
}
