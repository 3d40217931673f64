/* Forms and questions for manual SAs. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/form_manual.h"
#include "ui/form_secret.h"
#include "ui/w_pick.h"

/* A key that was for another algorithm does not suit the new one. */
static void follow_alg(const struct sa_form *sa, struct w_form *form, const char *from,
		       const struct ipsec_alg *old, const struct ipsec_alg *now)
{
	size_t field = w_form_find(form, from);

	if (!sa->adding && manual_alg_has_key(now) && now != old &&
	    strcmp(w_form_value(form, field), KEY_STAYS) == 0)
		w_form_set(form, field, KEY_NEW);
}

static void form_changed(void *data, struct w_form *form, size_t field)
{
	struct sa_form *sa = data;

	if (strcmp(w_form_name(form, field), "encralg") == 0)
		follow_alg(sa, form, "encr_from", sa->encr_alg,
			   manual_field_alg(form, MANUAL_ENCRALG));
	if (strcmp(w_form_name(form, field), "authalg") == 0)
		follow_alg(sa, form, "auth_from", sa->auth_alg,
			   manual_field_alg(form, MANUAL_AUTHALG));
	manual_fields_adapt(sa, form);
}

static bool is_encr(const char *name)
{
	return strcmp(name, "encrkey") == 0;
}

static bool is_key(const char *name)
{
	return is_encr(name) || strcmp(name, "authkey") == 0;
}

/* Fields of the form that are no extensions. */
static bool is_own(const char *name)
{
	static const char *const names[] = { "encr_from", "auth_from", "direction", "more",
					     "partner" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return is_key(name);
}

static bool check_key(const struct sa_form *sa, const struct w_form *form, const char *name,
		      const char *text, struct strbuf *problem)
{
	const struct ipsec_alg *alg =
		manual_field_alg(form, is_encr(name) ? MANUAL_ENCRALG : MANUAL_AUTHALG);
	struct error err = ERROR_INIT;
	struct blob key;
	bool good;

	if (!secret_check(text, false, problem))
		return false;
	psk_normalize(text, strlen(text), &key, &err);
	good = manual_key_check(sa->console->work->profile, alg, name, &key, &err);
	if (!good)
		strbuf_addstr(problem, err.text);
	blob_release(&key);
	error_clear(&err);
	return good;
}

static bool form_check(void *data, const struct w_form *form, size_t field, struct strbuf *problem)
{
	const struct sa_form *sa = data;
	const char *name = w_form_name(form, field), *value = w_form_value(form, field);
	struct error err = ERROR_INIT;
	bool good = true;

	if (is_key(name))
		return check_key(sa, form, name, value, problem);
	if (value[0] == '\0' &&
	    (strcmp(name, "dst") == 0 || (!sa->adding && strcmp(name, "spi") == 0))) {
		strbuf_addstr(problem, _("a manual SA needs it"));
		return false;
	}
	if (!is_own(name) && (sa->adding || w_form_is_changed(form, field)))
		good = manual_sa_field_check(sa->console->work->profile, name, value, &err);
	if (!good)
		strbuf_addstr(problem, err.text);
	error_clear(&err);
	return good;
}

static void form_release(void *data)
{
	free(data);
}

static void form_generate(void *data, struct ui *ui, struct w_form *form, size_t field)
{
	struct sa_form *sa = data;
	const struct ipsec_alg *alg = manual_field_alg(
		form, is_encr(w_form_name(form, field)) ? MANUAL_ENCRALG : MANUAL_AUTHALG);
	struct error err = ERROR_INIT;
	struct blob key;

	(void)ui;
	if (!manual_key_generate(sa->console->work->profile, alg, 0, &key, &err)) {
		console_refuse(sa->console, &err);
		return;
	}
	secret_put(sa->console, form, field, &key);
	blob_release(&key);
}

static void form_from_file(void *data, struct ui *ui, struct w_form *form, size_t field)
{
	(void)ui;
	secret_from_file(((struct sa_form *)data)->console, form, field);
}

/* What the form asks for: fields, and keys with their memory. */
struct asked {
	struct field *fields;
	size_t count;
	struct manual_sa_keys keys;
	struct blob encr, auth;
};

static void ask(struct asked *asked, const char *name, const char *value)
{
	asked->fields[asked->count++] = (struct field){ name, value };
}

static void collect_direction(const struct w_form *form, struct asked *asked)
{
	size_t field = w_form_find(form, "direction");
	const char *value = manual_field_value(form, "direction");

	if (field == w_form_count(form) || !w_form_is_changed(form, field))
		return;
	ask(asked, "inbound", strcmp(value, "inbound") == 0 ? "yes" : "no");
	ask(asked, "outbound", strcmp(value, "outbound") == 0 ? "yes" : "no");
}

static bool collect_key(const struct w_form *form, const char *from, const char *name,
			struct manual_sa_key *key, struct blob *blob, struct error *err)
{
	const char *source = manual_field_value(form, from), *text = manual_field_value(form, name);

	*key = (struct manual_sa_key){ NULL, strcmp(source, KEY_NEW) == 0 };
	if (strcmp(source, KEY_GIVEN) != 0)
		return true;
	key->digits = blob;
	return psk_normalize(text, strlen(text), blob, err);
}

/* Keys of algorithms that there are; where there is none any more, its key goes too. */
static bool collect_keys(const struct sa_form *sa, const struct w_form *form, struct asked *asked,
			 struct error *err)
{
	struct manual_sa_keys *keys = &asked->keys;
	bool encr = manual_alg_has_key(manual_field_alg(form, MANUAL_ENCRALG)),
	     auth = manual_alg_has_key(manual_field_alg(form, MANUAL_AUTHALG));

	if (!sa->adding && manual_alg_has_key(sa->encr_alg) && !encr)
		ask(asked, "encrkey", "");
	if (!sa->adding && manual_alg_has_key(sa->auth_alg) && !auth)
		ask(asked, "authkey", "");
	if ((encr && !collect_key(form, "encr_from", "encrkey", &keys->encr, &asked->encr, err)) ||
	    (auth && !collect_key(form, "auth_from", "authkey", &keys->auth, &asked->auth, err)))
		return false;
	/* Random keys are another one for each direction, given ones are for both. */
	keys->back_encr.generate = keys->encr.generate;
	keys->back_auth.generate = keys->auth.generate;
	return true;
}

static bool collect(const struct sa_form *sa, const struct w_form *form, struct asked *asked,
		    struct error *err)
{
	bool ah = strcmp(manual_field_value(form, "type"), "ah") == 0;
	size_t i;

	*asked = (struct asked){ .fields = xcalloc(w_form_count(form) + 4, sizeof(struct field)) };
	for (i = 0; i < w_form_count(form); i++) {
		const char *name = w_form_name(form, i), *value = w_form_value(form, i);

		if (is_own(name) || (ah && strcmp(name, "encralg") == 0) ||
		    (sa->adding ? value[0] == '\0' : !w_form_is_changed(form, i)))
			continue;
		ask(asked, name, value);
	}
	collect_direction(form, asked);
	return collect_keys(sa, form, asked, err);
}

static void release(struct asked *asked)
{
	blob_release(&asked->encr);
	blob_release(&asked->auth);
	free(asked->fields);
}

/* The field that an error names in front is marked. */
static void mark_problem(struct w_form *form, const struct error *err)
{
	size_t len = strcspn(err->text, ":"), field;
	char *name = xstrndup(err->text, len);

	field = w_form_find(form, name);
	if (field < w_form_count(form))
		w_form_problem(form, field, err->text);
	free(name);
}

static bool asks_nothing(const struct asked *asked)
{
	const struct manual_sa_keys *keys = &asked->keys;

	return asked->count == 0 && !keys->encr.generate && !keys->auth.generate &&
	       keys->encr.digits == NULL && keys->auth.digits == NULL;
}

static bool form_accept(void *data, struct ui *ui, struct w_form *form)
{
	struct sa_form *sa = data;
	struct console *console = sa->console;
	size_t number = SIZE_MAX, notes = change_note_count(console->change);
	struct error err = ERROR_INIT;
	struct asked asked;
	bool good = collect(sa, form, &asked, &err), nothing = good && asks_nothing(&asked);

	(void)ui;
	if (!sa->adding)
		number = host_command_of_entry(console->work->host, sa->entry);
	if (good && sa->adding)
		good = manual_sa_add(console->change, asked.fields, asked.count, &asked.keys,
				     &number, &err);
	else if (good && !nothing)
		good = manual_sa_edit(console->change, number, asked.fields, asked.count,
				      &asked.keys, &err);
	release(&asked);
	if (!good) {
		mark_problem(form, &err);
		console_refuse(console, &err);
		return false;
	}
	if (nothing)
		return true;
	console_changed(console);
	if (sa->adding)
		console_select(console, number);
	console_say_note(console, notes);
	return true;
}

static const struct w_form_ops sa_form_ops = {
	.check = form_check,
	.changed = form_changed,
	.accept = form_accept,
	.generate = form_generate,
	.from_file = form_from_file,
	.release = form_release,
};

/* Whether the role may; says why where it may not. */
static bool may_change(struct console *console)
{
	struct error err = ERROR_INIT;

	if (manual_sa_may_change(console->change, &err))
		return true;
	console_refuse(console, &err);
	return false;
}

/* The form for a new one, like ITEM unless that is NULL. */
static void open_add(struct console *console, const char *title, const struct manual_item *item)
{
	const struct w_choice types[] = {
		{ "esp", _(manual_words[MANUAL_ESP].help) },
		{ "ah", _(manual_words[MANUAL_AH].help) },
	};
	struct sa_form *sa = xcalloc(1, sizeof *sa);
	struct w_form *form;

	*sa = (struct sa_form){ .console = console, .adding = true, .command = MANUAL_ADD };
	form = w_form_new(title, &sa_form_ops, sa);
	w_form_set_help(
		form,
		_("A security association whose keys are set by hand: one direction, or with the way back a pair. The peer needs the same SAs with the same keys; give them to it by a safe way."));
	w_form_add(form,
		   &(struct w_field){
			   .kind = FIELD_CHOICE,
			   .name = "type",
			   .label = _("Type"),
			   .hint = _("esp encrypts and authenticates, ah authenticates alone"),
			   .value = item != NULL && item->sa_type == MANUAL_AH ? "ah" : "esp",
			   .choices = types,
			   .choice_count = ARRAY_SIZE(types) });
	manual_fields_add(form, sa, item);
	if (item == NULL) {
		w_form_set(form, w_form_find(form, "encralg"), "aes-cbc");
		w_form_set(form, w_form_find(form, "authalg"), "hmac-sha1");
	}
	manual_fields_adapt(sa, form);
	w_form_open(console->ui, form);
}

void manual_form_add(struct console *console)
{
	if (may_change(console))
		open_add(console, _("Add a manual SA"), NULL);
}

void manual_form_clone(struct console *console, size_t number)
{
	struct manual_item item = MANUAL_ITEM_INIT;
	struct strbuf title = STRBUF_INIT;

	if (!may_change(console))
		return;
	manual_read(host_doc(console->work->host, LOCATION_IPSECKEYS),
		    console->work->host->commands[number], &item, NULL);
	strbuf_addf(&title, "%s ", _("Add a manual SA like"));
	kind_manual_sas.name_of(&console->view, number, &title);
	if (item.command == MANUAL_ADD)
		open_add(console, title.buf, &item);
	else
		ui_say(console->ui, STYLE_NOTE,
		       _("this command adds no SA; there is nothing to add another one like it"));
	strbuf_release(&title);
	manual_item_release(&item);
}

/* Who the other direction is; only shown. */
static void add_partner(struct w_form *form, struct console *console, size_t number)
{
	size_t partner = manual_sa_partner(console->work->host, number);
	struct strbuf name = STRBUF_INIT;

	if (partner == console->work->host->ncommands)
		return;
	kind_manual_sas.name_of(&console->view, partner, &name);
	w_form_add(form, &(struct w_field){ .kind = FIELD_SHOWN,
					    .name = "partner",
					    .label = _("Partner"),
					    .value = name.buf });
	strbuf_release(&name);
}

static void open_edit(struct console *console, size_t number, const struct manual_item *item)
{
	struct sa_form *sa = xcalloc(1, sizeof *sa);
	struct strbuf title = STRBUF_INIT;
	struct w_form *form;

	*sa = (struct sa_form){ .console = console,
				.entry = item->entry,
				.command = (enum manual_word)item->command,
				.encr_alg = item->encr_alg,
				.auth_alg = item->auth_alg };
	strbuf_addf(&title, "%s ", _("Edit manual SA"));
	kind_manual_sas.name_of(&console->view, number, &title);
	form = w_form_new(title.buf, &sa_form_ops, sa);
	w_form_set_help(
		form,
		_("Only what you change is written; everything else in the file stays as it is. The other direction is a command of its own and stays, too."));
	w_form_add(form,
		   &(struct w_field){ .kind = FIELD_SHOWN,
				      .name = "type",
				      .label = _("Type"),
				      .value = item->sa_type != 0 ? manual_words[item->sa_type].name
								  : "" });
	add_partner(form, console, number);
	manual_fields_add(form, sa, item);
	manual_fields_adapt(sa, form);
	w_form_open(console->ui, form);
	strbuf_release(&title);
}

void manual_form_edit(struct console *console, size_t number)
{
	struct manual_item item = MANUAL_ITEM_INIT;

	if (!may_change(console))
		return;
	manual_read(host_doc(console->work->host, LOCATION_IPSECKEYS),
		    console->work->host->commands[number], &item, NULL);
	if (manual_is_about_sa(item.command))
		open_edit(console, number, &item);
	else
		ui_say(console->ui, STYLE_NOTE,
		       _("this command is about no SA and has nothing to edit; d removes it"));
	manual_item_release(&item);
}

static bool remove_one(struct change *change, size_t number, struct error *err)
{
	return manual_sa_remove(change, number, false, err);
}

static void pair_answered(void *data, struct ui *ui, size_t picked)
{
	struct console *console = data;
	struct error err = ERROR_INIT;
	size_t number;

	if (picked > 1 || !console_item(console, &number))
		return;
	if (!manual_sa_remove(console->change, number, picked == 1, &err)) {
		console_refuse(console, &err);
		return;
	}
	console_changed(console);
	ui_say(ui, STYLE_OK, _("removed; u takes it back, w writes it"));
}

void manual_ask_remove(struct console *console, size_t number)
{
	size_t partner;
	struct strbuf name = STRBUF_INIT, title = STRBUF_INIT;

	if (!may_change(console))
		return;
	partner = manual_sa_partner(console->work->host, number);
	if (partner == console->work->host->ncommands) {
		console_ask_remove(console, number, _("Remove %s?"), remove_one);
		return;
	}
	kind_manual_sas.name_of(&console->view, number, &name);
	strbuf_addf(&title, _("Remove %s?"), name.buf);
	strbuf_clear(&name);
	strbuf_addf(&name, "%s ", _("and the other direction,"));
	kind_manual_sas.name_of(&console->view, partner, &name);
	w_pick_open(console->ui, title.buf,
		    (struct w_choice[]){ { _("this one"), _("the other direction stays") },
					 { _("both"), name.buf } },
		    2, 0, pair_answered, console);
	strbuf_release(&name);
	strbuf_release(&title);
}
