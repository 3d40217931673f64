/* Forms and questions for rules. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/like.h"
#include "ui/console_private.h"
#include "ui/form_secret.h"

#define MOST_CHOICES 48
#define MOST_XFORMS  16

struct rule_form {
	struct console *console;
	bool adding;
	uint32_t entry;   /* of the rule that is edited */
	struct like like; /* adding: all of the rule that the new one is like; empty: of none */
};

/* The fields of a rule, in the order in which they are asked. */
static const uint8_t rule_words[] = {
	IKE_LABEL,    IKE_LOCAL_ADDR, IKE_REMOTE_ADDR, IKE_LOCAL_ID_TYPE,
	IKE_LOCAL_ID, IKE_REMOTE_ID,  IKE_P2_PFS,      IKE_P2_LIFETIME_SECS,
};
static const uint8_t xform_words[] = { IKE_AUTH_METHOD, IKE_ENCR_ALG, IKE_AUTH_ALG,
				       IKE_OAKLEY_GROUP, IKE_P1_LIFETIME_SECS };

/* What stands in front of a field; the same words as in the lists. */
static const char *word_label(enum ike_word word)
{
	switch (word) {
	case IKE_LABEL:
		return _("Label");
	case IKE_LOCAL_ADDR:
		return _("Local address");
	case IKE_REMOTE_ADDR:
		return _("Remote address");
	case IKE_LOCAL_ID_TYPE:
		return _("Identity type");
	case IKE_LOCAL_ID:
		return _("Local id");
	case IKE_REMOTE_ID:
		return _("Remote id");
	case IKE_P2_PFS:
		return _("Phase 2 PFS");
	case IKE_P2_LIFETIME_SECS:
		return _("Phase 2 lifetime");
	case IKE_AUTH_METHOD:
		return _("Authentication");
	case IKE_ENCR_ALG:
		return _("Cipher");
	case IKE_AUTH_ALG:
		return _("Hash");
	case IKE_OAKLEY_GROUP:
		return _("Group");
	case IKE_P1_LIFETIME_SECS:
		return _("Phase 1 lifetime");
	default:
		return ike_words[word].name;
	}
}

/* A closed set as a pick list: the values that the release has. */
static size_t fill_choices(enum ike_word word, enum dialect dialect, struct w_choice *choices,
			   char (*numbers)[4])
{
	size_t count = 0, i;
	int value;

	if (ike_words[word].arg == IKE_ARG_GROUP || ike_words[word].arg == IKE_ARG_PFS) {
		if (ike_words[word].arg == IKE_ARG_PFS)
			choices[count++] =
				(struct w_choice){ "0", _("no perfect forward secrecy") };
		for (i = 0; i < ike_group_count; i++) {
			const struct ike_group *g = &ike_groups[i];

			if (!(g->known & IKE_IN(dialect)) ||
			    (ike_words[word].arg == IKE_ARG_PFS && !g->pfs))
				continue;
			snprintf(numbers[i], sizeof numbers[i], "%u", g->number & 0xffu);
			choices[count++] = (struct w_choice){ numbers[i], _(g->title) };
		}
		return count;
	}
	for (value = IKE_KEYWORD_COUNT; value < IKE_WORD_COUNT && count < MOST_CHOICES; value++) {
		const struct ike_word_info *info = &ike_words[value];

		if (info->set == word && info->same_as == 0 && (info->known & IKE_IN(dialect)))
			choices[count++] =
				(struct w_choice){ info->name,
						   info->help != NULL ? _(info->help) : NULL };
	}
	return count;
}

static bool is_choice(enum ike_word word)
{
	return ike_words[word].arg == IKE_ARG_ENUM || ike_words[word].arg == IKE_ARG_ENCR ||
	       ike_words[word].arg == IKE_ARG_GROUP || ike_words[word].arg == IKE_ARG_PFS;
}

static void add_field(struct w_form *form, struct rule_form *rule, const char *name,
		      const char *label, enum ike_word word, const char *value)
{
	struct w_choice choices[MOST_CHOICES + 1];
	char numbers[32][4];
	const struct ike_word_info *info = &ike_words[word];
	struct w_field field = {
		.kind = is_choice(word)               ? FIELD_CHOICE
			: info->arg == IKE_ARG_NUMBER ? FIELD_NUMBER
						      : FIELD_TEXT,
		.name = name,
		.label = label,
		.unit = info->unit != NULL ? _(info->unit) : NULL,
		.hint = _(info->help),
		.value = value,
	};

	if (field.kind == FIELD_CHOICE) {
		/* Nothing is a choice too, where the file's or the daemon's default may hold; a
		 * transform needs all its parts. */
		if (memchr(xform_words, word, sizeof xform_words) == NULL)
			choices[field.choice_count++] =
				(struct w_choice){ "", _("not set: the default holds") };
		field.choices = choices;
		field.choice_count += fill_choices(word, rule->console->work->dialect,
						   choices + field.choice_count, numbers);
	}
	w_form_add(form, &field);
}

static void part_value(const struct ike_item *item, const struct ike_xform *x, enum ike_word word,
		       struct strbuf *sb)
{
	const struct ike_stmt *s = ike_xform_find(item, x, word);
	uint32_t tok;

	if (s != NULL)
		for (tok = s->arg; tok < s->end; tok++)
			strbuf_add(sb, doc_text(item->doc, tok), item->doc->tokens[tok].len);
}

static bool is_preshared(const struct w_form *form)
{
	size_t field = w_form_find(form, "auth_method");

	if (field == w_form_count(form))
		field = w_form_find(form, "p1_xform.1.auth_method");
	return field < w_form_count(form) && (strcmp(w_form_value(form, field), "preshared") == 0 ||
					      w_form_value(form, field)[0] == '\0');
}

static void hide_field(struct w_form *form, const char *name, bool hidden)
{
	size_t field = w_form_find(form, name);

	if (field < w_form_count(form))
		w_form_hide(form, field, hidden);
}

/* Whether the rule is, or will be, one of MDM's. */
static bool is_mdm(const struct rule_form *rule, const struct w_form *form)
{
	unsigned number;

	return rule->console->work->profile->coexistence &&
	       sscanf(w_form_value(form, w_form_find(form, "label")), "INDEXID_%u", &number) == 1;
}

/* COEX-R2 and COEX-R8: forced values are filled in, locked, and say so. */
static void show_forced(struct rule_form *rule, struct w_form *form)
{
	const struct profile *profile = rule->console->work->profile;
	size_t type = w_form_find(form, "local_id_type"), i;
	bool mdm = is_mdm(rule, form);

	if (mdm)
		w_form_set(form, type, is_preshared(form) ? "ip" : "dn");
	w_form_lock(form, type,
		    !mdm                 ? NULL
		    : is_preshared(form) ? _("COEX-R2, MDM needs ip here")
					 : _("COEX-R2, MDM needs dn here"));
	for (i = 0; profile->p1_lifetime != 0 && i < w_form_count(form); i++) {
		const char *name = w_form_name(form, i);
		size_t len = strlen(name);
		char text[16];

		if (len < 16 || strcmp(name + len - 16, "p1_lifetime_secs") != 0)
			continue;
		snprintf(text, sizeof text, "%u", profile->p1_lifetime);
		if (mdm)
			w_form_set(form, i, text);
		w_form_lock(form, i, mdm ? _("COEX-R8, MDM needs it") : NULL);
	}
}

static void adapt(struct rule_form *rule, struct w_form *form)
{
	bool preshared = is_preshared(form);

	hide_field(form, "local_id", preshared);
	hide_field(form, "remote_id", preshared);
	hide_field(form, "key", !preshared);
	show_forced(rule, form);
}

static void form_changed(void *data, struct w_form *form, size_t field)
{
	(void)field;
	adapt(data, form);
}

static bool form_check(void *data, const struct w_form *form, size_t field, struct strbuf *problem)
{
	struct rule_form *rule = data;
	const char *name = w_form_name(form, field), *value = w_form_value(form, field);
	struct error err = ERROR_INIT;
	bool good;

	if (strcmp(name, "key") == 0)
		return secret_check(value, true, problem);
	if (value[0] == '\0' && (strcmp(name, "local_addr") == 0 ||
				 strcmp(name, "remote_addr") == 0 || strcmp(name, "label") == 0)) {
		strbuf_addstr(problem, _("a rule needs it"));
		return false;
	}
	good = rule_field_check(rule->console->work->profile, name, value, &err);
	if (!good)
		strbuf_addstr(problem, err.text);
	error_clear(&err);
	return good;
}

static void form_release(void *data)
{
	struct rule_form *rule = data;

	like_release(&rule->like);
	free(rule);
}

static void form_generate(void *data, struct ui *ui, struct w_form *form, size_t field)
{
	struct rule_form *rule = data;

	(void)ui;
	secret_generate(rule->console, form, field);
}

static void form_from_file(void *data, struct ui *ui, struct w_form *form, size_t field)
{
	struct rule_form *rule = data;

	(void)ui;
	secret_from_file(rule->console, form, field);
}

/* Whether the field is a part of the only transform, which the form has under another name. */
static bool is_part(const char *name)
{
	enum ike_word word = ike_word_find(name, strlen(name));

	return word != IKE_NO_WORD && (ike_words[word].scopes & IKE_SCOPE_XFORM) != 0;
}

/* The fields that were changed, or for a new rule all that are filled in. The caller frees the
 * array. */
static struct field *collect(const struct rule_form *rule, const struct w_form *form, size_t *count)
{
	size_t most = w_form_count(form) + rule->like.count, i;
	struct field *fields = xcalloc(most, sizeof *fields);
	bool preshared = is_preshared(form), like = rule->like.count > 0;

	*count = 0;
	for (i = 0; i < w_form_count(form); i++) {
		const char *name = w_form_name(form, i), *value = w_form_value(form, i);

		if (strcmp(name, "key") == 0 ||
		    (rule->adding ? value[0] == '\0' && !like : !w_form_is_changed(form, i)))
			continue;
		if (preshared && (strcmp(name, "local_id") == 0 || strcmp(name, "remote_id") == 0))
			continue;
		fields[(*count)++] = (struct field){ name, value };
	}
	/* What the form does not ask is as it is there. */
	for (i = 0; i < rule->like.count; i++)
		if (w_form_find(form, rule->like.fields[i].name) == w_form_count(form) &&
		    strncmp(rule->like.fields[i].name, "p1_xform.", 9) != 0 &&
		    !is_part(rule->like.fields[i].name))
			fields[(*count)++] = rule->like.fields[i];
	return fields;
}

/* The key that goes with a new preshared rule, as a step of its own. */
static bool add_key(struct rule_form *rule, const struct w_form *form, struct error *err)
{
	size_t field = w_form_find(form, "key");
	struct field ends[2] = {
		{ "localid", w_form_value(form, w_form_find(form, "local_addr")) },
		{ "remoteid", w_form_value(form, w_form_find(form, "remote_addr")) },
	};
	struct blob key;
	bool good;

	if (field == w_form_count(form) || w_form_value(form, field)[0] == '\0' ||
	    !is_preshared(form))
		return true;
	if (!psk_normalize(w_form_value(form, field), strlen(w_form_value(form, field)), &key, err))
		return false;
	good = psk_add(rule->console->change, ends, 2, &key, NULL, err);
	blob_release(&key);
	return good;
}

static bool form_accept(void *data, struct ui *ui, struct w_form *form)
{
	struct rule_form *rule = data;
	struct console *console = rule->console;
	struct error err = ERROR_INIT;
	size_t count, number, notes = change_note_count(console->change);
	struct field *fields = collect(rule, form, &count);
	bool good;

	(void)ui;
	if (rule->adding) {
		good = rule_add(console->change, fields, count, &number, &err);
		if (good && !add_key(rule, form, &err)) {
			change_undo(console->change);
			good = false;
		}
	} else {
		number = host_rule_of_entry(console->work->host, rule->entry);
		good = count == 0 || rule_edit(console->change, number, fields, count, &err);
	}
	free(fields);
	if (!good) {
		console_refuse(console, &err);
		return false;
	}
	if (count > 0)
		console_changed(console);
	if (rule->adding)
		console_select(console, number);
	console_say_note(console, notes);
	return true;
}

static const struct w_form_ops rule_form_ops = {
	.check = form_check,
	.changed = form_changed,
	.accept = form_accept,
	.generate = form_generate,
	.from_file = form_from_file,
	.release = form_release,
};

/* The value a new rule begins with. */
static const char *start_value(struct console *console, enum ike_word word)
{
	struct strbuf key = STRBUF_INIT;
	const char *value;

	strbuf_addf(&key, "rules.%s.default", ike_words[word].name);
	value = profile_get(console->work->profile, key.buf);
	strbuf_release(&key);
	if (word == IKE_AUTH_METHOD)
		return "preshared";
	return value;
}

static void add_new_fields(struct w_form *form, struct rule_form *rule)
{
	struct console *console = rule->console;
	char label[32];
	size_t i;

	snprintf(label, sizeof label, "INDEXID_%u", host_unused_label(console->work->host));
	for (i = 0; i < ARRAY_SIZE(rule_words); i++) {
		enum ike_word word = rule_words[i];

		add_field(form, rule, ike_words[word].name, word_label(word), word,
			  word == IKE_LABEL ? label : start_value(console, word));
		if (word == IKE_REMOTE_ADDR)
			add_field(form, rule, "auth_method", word_label(IKE_AUTH_METHOD),
				  IKE_AUTH_METHOD, "preshared");
	}
	for (i = 1; i < ARRAY_SIZE(xform_words); i++)
		add_field(form, rule, ike_words[xform_words[i]].name, word_label(xform_words[i]),
			  xform_words[i], start_value(console, xform_words[i]));
	secret_add_field(form, _("the key that the peer has; empty: add it later"));
}

void rule_form_add(struct console *console)
{
	struct rule_form *rule = xcalloc(1, sizeof *rule);
	struct w_form *form = w_form_new(_("Add a rule"), &rule_form_ops, rule);

	rule->console = console;
	rule->adding = true;
	w_form_set_help(
		form,
		_("A rule says which peer is negotiated with, and how. Values that the agreement of MDM and SSM forces are filled in."));
	add_new_fields(form, rule);
	adapt(rule, form);
	w_form_open(console->ui, form);
}

/* The parts of each transform of the rule's own; where it has none, those of the file's that hold.
 */
static void add_xform_fields(struct w_form *form, struct rule_form *rule,
			     const struct ike_item *item)
{
	const struct ike_item *xs = ike_effective(item, &rule->console->work->host->globals);
	size_t x, i;

	for (x = 0; x < xs->nxforms && x < MOST_XFORMS; x++) {
		for (i = 0; i < ARRAY_SIZE(xform_words); i++) {
			enum ike_word word = xform_words[i];
			struct strbuf name = STRBUF_INIT, label = STRBUF_INIT, value = STRBUF_INIT;

			if (xs == item)
				strbuf_addf(&name, "p1_xform.%zu.", x + 1);
			strbuf_addstr(&name, ike_words[word].name);
			strbuf_addstr(&label, word_label(word));
			if (xs->nxforms > 1)
				strbuf_addf(&label, " %zu", x + 1);
			part_value(xs, &xs->xforms[x], word, &value);
			add_field(form, rule, name.buf, label.buf, word, value.buf);
			strbuf_release(&name);
			strbuf_release(&label);
			strbuf_release(&value);
		}
		if (xs != item)
			break;
	}
}

/* The fields of a rule that is there; LABEL, unless NULL, instead of its own. */
static void add_own_fields(struct w_form *form, struct rule_form *rule, const struct ike_item *item,
			   const char *label)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rule_words); i++) {
		enum ike_word word = (enum ike_word)rule_words[i];
		struct strbuf value = STRBUF_INIT;

		rule_own_value(item, word, &value);
		add_field(form, rule, ike_words[word].name, word_label(word), word,
			  word == IKE_LABEL && label != NULL ? label : value.buf);
		strbuf_release(&value);
	}
	add_xform_fields(form, rule, item);
}

static void open_form(struct console *console, struct rule_form *rule, size_t number,
		      const char *title, const char *help, const char *label)
{
	struct w_form *form = w_form_new(title, &rule_form_ops, rule);
	struct ike_item item = IKE_ITEM_INIT;

	w_form_set_help(form, help);
	ike_read_rule(host_doc(console->work->host, LOCATION_IKE_CONFIG),
		      console->work->host->rules[number], &item, NULL);
	add_own_fields(form, rule, &item, label);
	if (rule->adding)
		secret_add_field(form, _("the key that the peer has; empty: add it later"));
	adapt(rule, form);
	w_form_open(console->ui, form);
	ike_item_release(&item);
}

void rule_form_edit(struct console *console, size_t number)
{
	struct rule_form *rule = xcalloc(1, sizeof *rule);
	struct strbuf title = STRBUF_INIT;

	rule->console = console;
	rule->entry = console->work->host->rules[number];
	strbuf_addf(&title, "%s ", _("Edit rule"));
	kind_rules.name_of(&console->view, number, &title);
	open_form(console, rule, number, title.buf,
		  _("Only what you change is written; everything else in the file stays as it is."),
		  NULL);
	strbuf_release(&title);
}

void rule_form_clone(struct console *console, size_t number)
{
	struct rule_form *rule = xcalloc(1, sizeof *rule);
	struct strbuf title = STRBUF_INIT, label = STRBUF_INIT;

	rule->console = console;
	rule->adding = true;
	rule_like(console->work->host, number, &rule->like);
	rule_free_label(console->work->host, number, &label);
	strbuf_addf(&title, "%s ", _("Add a rule like"));
	kind_rules.name_of(&console->view, number, &title);
	open_form(
		console, rule, number, title.buf,
		_("A new rule with the values of another one, its transforms too. The label is a free one; the peer's address is most likely another."),
		label.buf);
	strbuf_release(&title);
	strbuf_release(&label);
}

void rule_ask_remove(struct console *console, size_t number)
{
	console_ask_remove(console, number, _("Remove rule %s?"), rule_remove);
}
