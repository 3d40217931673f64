/* Forms and questions for IPsec policies. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/console_private.h"
#include "ui/form_policy_fields.h"

struct policy_form {
	struct console *console;
	struct pane *pane;
	bool adding;
	struct w_form *form;
	size_t here;         /* adding: the policy under the cursor; else the one that is edited */
	size_t alternatives; /* that the form has */
};

static enum dialect dialect_of(const struct policy_form *policy)
{
	return policy->console->work->dialect;
}

/* The fields, in the order in which they are asked; the action stands before them. */
static const uint8_t pattern_words[] = {
	POLICY_LADDR, POLICY_LPORT, POLICY_RADDR,  POLICY_RPORT,     POLICY_SADDR, POLICY_SMASK,
	POLICY_SPORT, POLICY_DADDR, POLICY_DMASK,  POLICY_DPORT,     POLICY_ULP,   POLICY_TYPE,
	POLICY_CODE,  POLICY_DIR,   POLICY_TUNNEL, POLICY_NEGOTIATE,
};
static const uint8_t property_words[] = { POLICY_ENCR_ALGS, POLICY_ENCR_AUTH_ALGS, POLICY_AUTH_ALGS,
					  POLICY_SA };

static const char *value_of(const struct w_form *form, const char *name)
{
	size_t field = w_form_find(form, name);

	return field < w_form_count(form) ? w_form_value(form, field) : "";
}

/* The value of the field that belongs to the same alternative. */
static const char *sibling(const struct w_form *form, const char *name, const char *other)
{
	struct strbuf text = STRBUF_INIT;
	const char *value;

	strbuf_add(&text, name, strspn(name, "0123456789."));
	strbuf_addstr(&text, other);
	value = value_of(form, text.buf);
	strbuf_release(&text);
	return value;
}

/* The action of the first alternative, which decides on the direction. */
static size_t first_action(const struct w_form *form)
{
	size_t field = w_form_find(form, "action");

	return field < w_form_count(form) ? field : w_form_find(form, "1.action");
}

static bool protects(const char *action)
{
	return strcmp(action, "bypass") != 0 && strcmp(action, "pass") != 0 &&
	       strcmp(action, "drop") != 0;
}

static bool is_icmp(const char *ulp)
{
	const struct policy_name *name = policy_protocol_find(ulp, strlen(ulp));
	unsigned long number = name != NULL ? name->number : strtoul(ulp, NULL, 0);

	return number == 1 || number == 58;
}

/* The style that is chosen, or that the policy has: then its fields are there. */
static bool is_old(const struct w_form *form)
{
	if (w_form_find(form, "style") < w_form_count(form))
		return strcmp(value_of(form, "style"), "old") == 0;
	return w_form_find(form, "saddr") < w_form_count(form);
}

/* Whether a field has no place beside what the others say. */
static bool is_out_of_place(const struct policy_form *policy, const struct w_form *form,
			    const char *name)
{
	enum policy_word word = policy_field_word(name);
	unsigned style = policy_words[word].style;

	if (strcmp(name, "place") == 0 || strcmp(name, "style") == 0)
		return false;
	if (policy->adding && style != POLICY_STYLE_NEUTRAL &&
	    style != (is_old(form) ? POLICY_STYLE_OLD : POLICY_STYLE_NEW))
		return true;
	if (word == POLICY_TYPE || word == POLICY_CODE)
		return !is_icmp(value_of(form, "ulp")) && value_of(form, "type")[0] == '\0' &&
		       value_of(form, "code")[0] == '\0';
	if (word == POLICY_NEGOTIATE)
		return value_of(form, "tunnel")[0] == '\0' && value_of(form, name)[0] == '\0';
	return word >= POLICY_AUTH_ALGS && word <= POLICY_SA &&
	       !protects(sibling(form, name, "action"));
}

/* What is out of place is not asked, and taken out where it was there. */
static void adapt(struct policy_form *policy, struct w_form *form)
{
	size_t i;

	for (i = 0; i < w_form_count(form); i++) {
		bool hidden = is_out_of_place(policy, form, w_form_name(form, i));

		if (hidden && !policy->adding)
			w_form_set(form, i, "");
		w_form_hide(form, i, hidden);
	}
}

/* Each style has actions of its own; bypass and drop are of both. */
static void follow_style(struct w_form *form)
{
	size_t action = first_action(form);
	const char *value = w_form_value(form, action);

	if (protects(value))
		w_form_set(form, action, is_old(form) ? "apply" : "ipsec");
}

/* Without a direction bypass and drop do nothing; both is what one means. */
static void follow_action(struct w_form *form)
{
	size_t dir = w_form_find(form, "dir");

	if (!protects(w_form_value(form, first_action(form))) && !is_old(form) &&
	    w_form_value(form, dir)[0] == '\0')
		w_form_set(form, dir, "both");
}

static void form_changed(void *data, struct w_form *form, size_t field)
{
	struct policy_form *policy = data;

	if (strcmp(w_form_name(form, field), "style") == 0)
		follow_style(form);
	if (field == first_action(form))
		follow_action(form);
	adapt(policy, form);
}

static bool problem_of(const struct w_form *form, const char *name, const char *value,
		       struct strbuf *problem)
{
	enum policy_word word = policy_field_word(name);

	if (word == POLICY_NEGOTIATE && value[0] == '\0')
		strbuf_addstr(problem, _("a tunnel's policy says how its SAs are negotiated"));
	else if (word == POLICY_TUNNEL && value[0] == '\0' &&
		 value_of(form, "negotiate")[0] != '\0')
		strbuf_addstr(problem, _("negotiate is for a tunnel; name it"));
	else if (word == POLICY_DIR && value[0] == '\0' &&
		 first_action(form) < w_form_count(form) &&
		 !protects(w_form_value(form, first_action(form))))
		strbuf_addstr(problem, _("without a direction bypass and drop do nothing"));
	else if (word == POLICY_ENCR_ALGS && value[0] == '\0' &&
		 sibling(form, name, "encr_auth_algs")[0] == '\0' &&
		 sibling(form, name, "auth_algs")[0] == '\0')
		strbuf_addstr(
			problem,
			_("what protects needs an algorithm: a cipher with integrity, or AH"));
	return problem->len > 0;
}

static bool form_check(void *data, const struct w_form *form, size_t field, struct strbuf *problem)
{
	struct policy_form *policy = data;
	const char *name = w_form_name(form, field), *value = w_form_value(form, field);
	struct error err = ERROR_INIT;
	bool good;

	if (strcmp(name, "place") == 0 || strcmp(name, "style") == 0)
		return true;
	if (problem_of(form, name, value, problem))
		return false;
	/* What the file has may be odd and stay. */
	if (!policy->adding && !w_form_is_changed(form, field))
		return true;
	good = policy_field_check(policy->console->work->profile, name, value, &err);
	if (!good)
		strbuf_addstr(problem, err.text);
	error_clear(&err);
	return good;
}

/* The places beside the policy under the cursor, as the form has them. */
static void add_place_name(const struct policy_form *policy, bool before, struct strbuf *sb)
{
	strbuf_addf(sb, before ? _("before policy %zu") : _("behind policy %zu"), policy->here + 1);
}

static struct policy_place chosen_place(const struct policy_form *policy, const struct w_form *form)
{
	struct policy_place place = { policy->console->work->host->npolicies, false };
	int before;

	for (before = 0; before < 2; before++) {
		struct strbuf name = STRBUF_INIT;

		add_place_name(policy, before, &name);
		if (strcmp(value_of(form, "place"), name.buf) == 0)
			place = (struct policy_place){ policy->here, before };
		strbuf_release(&name);
	}
	return place;
}

/* The fields that were changed, or for a new policy all that are filled in. The caller frees the
 * array. */
static struct field *collect(const struct policy_form *policy, const struct w_form *form,
			     size_t *count)
{
	struct field *fields = xcalloc(w_form_count(form), sizeof *fields);
	size_t i;

	*count = 0;
	for (i = 0; i < w_form_count(form); i++) {
		const char *name = w_form_name(form, i), *value = w_form_value(form, i);
		bool wanted = policy->adding
				      ? value[0] != '\0' && !is_out_of_place(policy, form, name)
				      : w_form_is_changed(form, i);

		if (wanted && strcmp(name, "place") != 0 && strcmp(name, "style") != 0)
			fields[(*count)++] = (struct field){ name, value };
	}
	return fields;
}

static bool apply(struct policy_form *policy, struct w_form *form)
{
	struct console *console = policy->console;
	struct error err = ERROR_INIT;
	size_t count, number = policy->here;
	struct field *fields = collect(policy, form, &count);
	bool good = true;

	if (policy->adding)
		good = policy_add(console->change, fields, count, chosen_place(policy, form),
				  &number, &err);
	else if (count > 0)
		good = policy_edit(console->change, number, fields, count, &err);
	free(fields);
	if (!good) {
		console_refuse(console, &err);
		return false;
	}
	if (count > 0) {
		console_changed(console);
		console_select(console, number);
	}
	return true;
}

/* Whether nothing chooses packets: no word of the pattern but the direction. */
static bool is_for_all(const struct policy_form *policy, const struct w_form *form)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(pattern_words); i++) {
		const char *name = policy_words[pattern_words[i]].name;

		if (pattern_words[i] != POLICY_DIR && value_of(form, name)[0] != '\0' &&
		    !is_out_of_place(policy, form, name))
			return false;
	}
	return true;
}

static void all_answered(void *data, struct ui *ui, bool yes)
{
	struct policy_form *policy = data;

	if (yes && apply(policy, policy->form))
		ui_close(ui, policy->pane);
}

static bool form_accept(void *data, struct ui *ui, struct w_form *form)
{
	struct policy_form *policy = data;

	if (!policy->adding || !is_for_all(policy, form))
		return apply(policy, form);
	policy->form = form;
	w_dialog_confirm(
		ui, _("Add a policy"),
		_("There is no address, no port and no protocol: this policy is for every packet of the host. Add it all the same?"),
		all_answered, policy);
	return false;
}

static void form_release(void *data)
{
	free(data);
}

static const struct w_form_ops policy_form_ops = {
	.check = form_check,
	.changed = form_changed,
	.accept = form_accept,
	.release = form_release,
};

/* The cipher and hash that are asked for in commissioning (MSS-8), "aes-sha1"; empty: nobody says.
 */
static void start_proposal(struct console *console, struct strbuf *cipher, struct strbuf *hash)
{
	const char *text = profile_get(console->work->profile, "commissioning.p2_proposals");
	size_t dash = text != NULL ? strcspn(text, "-") : 0;

	if (text == NULL || text[dash] == '\0')
		return;
	strbuf_add(cipher, text, dash);
	strbuf_add(hash, text + dash + 1, strcspn(text + dash + 1, ", "));
}

static void add_place(struct w_form *form, struct policy_form *policy)
{
	size_t count = policy->console->work->host->npolicies;
	struct strbuf before = STRBUF_INIT, behind = STRBUF_INIT;
	struct w_choice choices[] = {
		{ _("at the end"), _("behind the last policy") },
		{ NULL, _("directly before the policy under the cursor") },
		{ NULL, _("directly behind the policy under the cursor") },
	};

	add_place_name(policy, true, &before);
	add_place_name(policy, false, &behind);
	choices[1].value = before.buf;
	choices[2].value = behind.buf;
	w_form_add(form,
		   &(struct w_field){ .kind = FIELD_CHOICE,
				      .name = "place",
				      .label = _("Place"),
				      .hint = _("where it goes in the file; the order has meaning"),
				      .choices = choices,
				      .choice_count = count > 0 ? ARRAY_SIZE(choices) : 1 });
	strbuf_release(&before);
	strbuf_release(&behind);
}

static void add_style(struct w_form *form)
{
	struct w_choice choices[] = {
		{ "new", _("this end and the peer's, in both directions") },
		{ "old", _("source and destination, for one direction") },
	};

	w_form_add(form, &(struct w_field){ .kind = FIELD_CHOICE,
					    .name = "style",
					    .label = _("Style"),
					    .hint = _("how the two ends are named"),
					    .choices = choices,
					    .choice_count = ARRAY_SIZE(choices) });
}

void policy_form_add(struct console *console)
{
	struct policy_form *policy = xcalloc(1, sizeof *policy);
	struct w_form *form = w_form_new(_("Add a policy"), &policy_form_ops, policy);
	struct strbuf cipher = STRBUF_INIT, hash = STRBUF_INIT;
	size_t i;

	*policy = (struct policy_form){ .console = console, .adding = true, .alternatives = 1 };
	console_item(console, &policy->here);
	w_form_set_help(
		form,
		_("A policy says which packets are protected, let through or dropped. What bypasses holds before what protects; among equals the first one in the file."));
	start_proposal(console, &cipher, &hash);
	add_place(form, policy);
	add_style(form);
	policy_field_add(form, dialect_of(policy), "action", policy_field_label(POLICY_NO_WORD),
			 POLICY_NO_WORD, "ipsec");
	for (i = 0; i < ARRAY_SIZE(pattern_words); i++) {
		enum policy_word word = (enum policy_word)pattern_words[i];

		policy_field_add(form, dialect_of(policy), policy_words[word].name,
				 policy_field_label(word), word, "");
	}
	for (i = 0; i < ARRAY_SIZE(property_words); i++) {
		enum policy_word word = (enum policy_word)property_words[i];

		policy_field_add(form, dialect_of(policy), policy_words[word].name,
				 policy_field_label(word), word,
				 word == POLICY_ENCR_ALGS        ? cipher.buf
				 : word == POLICY_ENCR_AUTH_ALGS ? hash.buf
								 : "");
	}
	adapt(policy, form);
	policy->pane = w_form_open(console->ui, form);
	strbuf_release(&cipher);
	strbuf_release(&hash);
}

/* The value as it is spelt. */
static void spelt_value(const struct policy_item *item, const struct policy_stmt *s,
			struct strbuf *sb)
{
	uint32_t tok;

	for (tok = s != NULL ? s->arg : 0; s != NULL && tok < s->end; tok++)
		strbuf_add(sb, doc_text(item->doc, tok), item->doc->tokens[tok].len);
}

/* The fields of the pattern: those of the policy's style, and whatever else it has. */
static void add_pattern(struct w_form *form, struct policy_form *policy,
			const struct policy_item *item)
{
	unsigned style = item->style == POLICY_STYLE_OLD ? POLICY_STYLE_OLD : POLICY_STYLE_NEW;
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(pattern_words); i++) {
		enum policy_word word = (enum policy_word)pattern_words[i];
		const struct policy_stmt *s = policy_find(item, word);
		struct strbuf value = STRBUF_INIT;

		for (k = 0; word == POLICY_DIR && s == NULL && k < item->nalternatives; k++)
			s = policy_find_property(item, &item->alternatives[k], POLICY_PROPERTY_DIR);
		if (s == NULL && policy_words[word].style != POLICY_STYLE_NEUTRAL &&
		    policy_words[word].style != style)
			continue;
		spelt_value(item, s, &value);
		policy_field_add(form, dialect_of(policy), policy_words[word].name,
				 policy_field_label(word), word, value.buf);
		strbuf_release(&value);
	}
}

/* The action of an alternative, or one of its properties; numbered where there are several. */
static void add_part(struct w_form *form, struct policy_form *policy, size_t number,
		     enum policy_word word, const char *value)
{
	struct strbuf name = STRBUF_INIT, label = STRBUF_INIT;

	if (policy->alternatives > 1)
		strbuf_addf(&name, "%zu.", number + 1);
	strbuf_addstr(&name, word == POLICY_NO_WORD ? "action" : policy_words[word].name);
	strbuf_addstr(&label, policy_field_label(word));
	if (policy->alternatives > 1)
		strbuf_addf(&label, " %zu", number + 1);
	policy_field_add(form, dialect_of(policy), name.buf, label.buf, word, value);
	strbuf_release(&name);
	strbuf_release(&label);
}

static void add_action(struct w_form *form, struct policy_form *policy,
		       const struct policy_item *item, size_t number)
{
	const struct policy_alternative *a = &item->alternatives[number];
	struct strbuf value = STRBUF_INIT;

	if (a->action != 0)
		strbuf_add(&value, doc_text(item->doc, a->action),
			   item->doc->tokens[a->action].len);
	add_part(form, policy, number, POLICY_NO_WORD, value.buf);
	strbuf_release(&value);
}

static void add_properties(struct w_form *form, struct policy_form *policy,
			   const struct policy_item *item, size_t number)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(property_words); i++) {
		enum policy_word word = (enum policy_word)property_words[i];
		struct strbuf value = STRBUF_INIT;

		spelt_value(item, policy_find_property(item, &item->alternatives[number], word),
			    &value);
		add_part(form, policy, number, word, value.buf);
		strbuf_release(&value);
	}
}

/* A form with all that the policy has; in front of it what NEW_FIELDS, unless NULL, adds. */
static void open_form(struct policy_form *policy, const char *title, const char *help,
		      void (*new_fields)(struct w_form *form, struct policy_form *policy))
{
	struct console *console = policy->console;
	struct policy_item item = POLICY_ITEM_INIT;
	struct w_form *form = w_form_new(title, &policy_form_ops, policy);
	size_t i;

	policy_read(host_doc(console->work->host, LOCATION_IPSECINIT),
		    console->work->host->policies[policy->here], &item, NULL);
	policy->alternatives = item.nalternatives;
	w_form_set_help(form, help);
	if (new_fields != NULL)
		new_fields(form, policy);
	if (item.nalternatives > 0)
		add_action(form, policy, &item, 0);
	add_pattern(form, policy, &item);
	for (i = 0; i < item.nalternatives; i++) {
		if (i > 0)
			add_action(form, policy, &item, i);
		add_properties(form, policy, &item, i);
	}
	adapt(policy, form);
	policy->pane = w_form_open(console->ui, form);
	policy_item_release(&item);
}

void policy_form_edit(struct console *console, size_t number)
{
	struct policy_form *policy = xcalloc(1, sizeof *policy);
	struct strbuf title = STRBUF_INIT;

	*policy = (struct policy_form){ .console = console, .here = number };
	strbuf_addf(&title, _("Edit policy %zu"), number + 1);
	open_form(policy, title.buf,
		  _("Only what you change is written; everything else in the file stays as it is."),
		  NULL);
	strbuf_release(&title);
}

static void add_place_behind(struct w_form *form, struct policy_form *policy)
{
	struct strbuf behind = STRBUF_INIT;

	add_place(form, policy);
	add_place_name(policy, false, &behind);
	w_form_set(form, w_form_find(form, "place"), behind.buf);
	strbuf_release(&behind);
}

void policy_form_clone(struct console *console, size_t number)
{
	struct policy_form *policy = xcalloc(1, sizeof *policy);
	struct strbuf title = STRBUF_INIT;

	*policy = (struct policy_form){ .console = console, .here = number, .adding = true };
	strbuf_addf(&title, _("Add a policy like policy %zu"), number + 1);
	open_form(
		policy, title.buf,
		_("A new policy with the values of another one, behind it unless you say where. Among equals the first one in the file holds."),
		add_place_behind);
	strbuf_release(&title);
}

/* A place says little about what goes: the question shows the policy. */
void policy_ask_remove(struct console *console, size_t number)
{
	struct strbuf question = STRBUF_INIT, text = STRBUF_INIT;
	const char *p;

	kind_cell(&kind_policies, &console->view, number, kind_column(&kind_policies, "text"),
		  &text, NULL);
	strbuf_addf(&question, "%s\n\n", _("Remove policy %s?"));
	for (p = text.buf; *p != '\0'; p++)
		strbuf_addf(&question, *p == '%' ? "%%%%" : "%c", *p);
	console_ask_remove(console, number, question.buf, policy_remove);
	strbuf_release(&question);
	strbuf_release(&text);
}

/* Whether the rows are the policies in the order of the file. */
static bool is_in_order(const struct console *console)
{
	const struct screen *screen = &console->screens[console->here];
	size_t row;

	if (screen->filter != NULL)
		return false;
	for (row = 0; screen->order != NULL && row < screen->count; row++)
		if (screen->order[row] != row)
			return false;
	return true;
}

void policy_shift(struct console *console, size_t number, bool up)
{
	struct error err = ERROR_INIT;

	if (!is_in_order(console)) {
		ui_say(console->ui, STYLE_NOTE,
		       _("the list is filtered or sorted; policies move in the order of the file"));
		return;
	}
	if (up ? number == 0 : number + 1 == console->work->host->npolicies) {
		ui_say(console->ui, STYLE_NOTE,
		       up ? _("this is the first policy") : _("this is the last policy"));
		return;
	}
	number = up ? number - 1 : number + 1;
	if (!policy_move(console->change, up ? number + 1 : number - 1, number, &err)) {
		console_refuse(console, &err);
		return;
	}
	console_changed(console);
	console_select(console, number);
}
