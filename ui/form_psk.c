/* Forms and questions for preshared keys. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/form_secret.h"

struct psk_form {
	struct console *console;
	bool adding;
	uint32_t entry; /* of the key that is edited */
};

static bool form_check(void *data, const struct w_form *form, size_t field, struct strbuf *problem)
{
	struct psk_form *psk = data;
	const char *name = w_form_name(form, field), *value = w_form_value(form, field);
	struct error err = ERROR_INIT;
	bool good;

	if (strcmp(name, "key") == 0)
		return secret_check(value, !psk->adding, problem);
	good = psk_field_check(name, value, &err);
	if (!good)
		strbuf_addstr(problem, err.text);
	error_clear(&err);
	return good;
}

static bool apply(struct psk_form *psk, struct w_form *form, size_t *number, struct error *err)
{
	struct console *console = psk->console;
	const char *text = w_form_value(form, w_form_find(form, "key"));
	static const char *const names[] = { "localid", "remoteid" };
	struct field fields[ARRAY_SIZE(names)];
	struct blob key = { 0 };
	size_t i, count = 0;
	bool with_key = text[0] != '\0', good;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		size_t field = w_form_find(form, names[i]);

		if (psk->adding || w_form_is_changed(form, field))
			fields[count++] = (struct field){ names[i], w_form_value(form, field) };
	}
	if (with_key && !psk_normalize(text, strlen(text), &key, err))
		return false;
	if (psk->adding)
		good = psk_add(console->change, fields, count, &key, number, err);
	else
		good = (count == 0 && !with_key) ||
		       psk_edit(console->change, host_key_of_entry(console->work->host, psk->entry),
				fields, count, with_key ? &key : NULL, err);
	blob_release(&key);
	return good;
}

static bool form_accept(void *data, struct ui *ui, struct w_form *form)
{
	struct psk_form *psk = data;
	struct error err = ERROR_INIT;
	size_t number;

	(void)ui;
	if (!apply(psk, form, &number, &err)) {
		console_refuse(psk->console, &err);
		return false;
	}
	console_changed(psk->console);
	if (psk->adding)
		console_select(psk->console, number);
	return true;
}

static void form_generate(void *data, struct ui *ui, struct w_form *form, size_t field)
{
	(void)ui;
	secret_generate(((struct psk_form *)data)->console, form, field);
}

static void form_from_file(void *data, struct ui *ui, struct w_form *form, size_t field)
{
	(void)ui;
	secret_from_file(((struct psk_form *)data)->console, form, field);
}

static void form_release(void *data)
{
	free(data);
}

static const struct w_form_ops psk_form_ops = {
	.check = form_check,
	.accept = form_accept,
	.generate = form_generate,
	.from_file = form_from_file,
	.release = form_release,
};

static void open_form(struct psk_form *psk, const char *title, const char *local,
		      const char *remote)
{
	struct w_form *form = w_form_new(title, &psk_form_ops, psk);

	w_form_set_help(
		form,
		_("A key for one pair of addresses. It is never shown; the fingerprint tells it from others while the program runs. Give the key to the other end by a safe way."));
	w_form_add(form, &(struct w_field){ .kind = FIELD_TEXT,
					    .name = "localid",
					    .label = _("Local address"),
					    .hint = _("address of this host's end"),
					    .value = local });
	w_form_add(form, &(struct w_field){ .kind = FIELD_TEXT,
					    .name = "remoteid",
					    .label = _("Remote address"),
					    .hint = _("address of the peer's end"),
					    .value = remote });
	secret_add_field(form, psk->adding ? _("in hexadecimal digits, twice; or generate it")
					   : _("a new key; empty: the key stays as it is"));
	w_form_open(psk->console->ui, form);
}

void psk_form_add(struct console *console)
{
	struct psk_form *psk = xcalloc(1, sizeof *psk);

	psk->console = console;
	psk->adding = true;
	open_form(psk, _("Add a preshared key"), "", "");
}

void psk_form_edit(struct console *console, size_t number)
{
	struct psk_form *psk = xcalloc(1, sizeof *psk);
	struct strbuf local = STRBUF_INIT, remote = STRBUF_INIT;

	psk->console = console;
	psk->entry = console->work->host->keys[number];
	kind_cell(&kind_psks, &console->view, number, kind_column(&kind_psks, "localid"), &local,
		  NULL);
	kind_cell(&kind_psks, &console->view, number, kind_column(&kind_psks, "remoteid"), &remote,
		  NULL);
	open_form(psk, _("Edit a preshared key"), local.buf, remote.buf);
	strbuf_release(&local);
	strbuf_release(&remote);
}

void psk_form_clone(struct console *console, size_t number)
{
	struct psk_form *psk = xcalloc(1, sizeof *psk);
	struct strbuf local = STRBUF_INIT;

	psk->console = console;
	psk->adding = true;
	kind_cell(&kind_psks, &console->view, number, kind_column(&kind_psks, "localid"), &local,
		  NULL);
	open_form(psk, _("Add a preshared key"), local.buf, "");
	strbuf_release(&local);
}

void psk_ask_remove(struct console *console, size_t number)
{
	console_ask_remove(console, number, _("Remove the key of %s?"), psk_remove);
}
