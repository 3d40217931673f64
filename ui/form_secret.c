#include "config.h"

#include "ui/form_secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/secret.h"
#include "pki/pki.h"
#include "ui/w_prompt.h"

#define KEY_FILE_MOST 8192

void secret_add_named(struct w_form *form, const char *name, const char *label, const char *hint)
{
	w_form_add(form,
		   &(struct w_field){
			   .kind = FIELD_SECRET, .name = name, .label = label, .hint = hint });
}

void secret_add_field(struct w_form *form, const char *hint)
{
	secret_add_named(form, "key", _("Preshared key"), hint);
}

bool secret_check(const char *text, bool may_be_empty, struct strbuf *problem)
{
	struct error err = ERROR_INIT;
	struct blob key;

	if (text[0] == '\0' && may_be_empty)
		return true;
	if (psk_normalize(text, strlen(text), &key, &err)) {
		blob_release(&key);
		return true;
	}
	strbuf_addstr(problem, err.text);
	error_clear(&err);
	return false;
}

/* The fingerprint stands behind the field: the one that the list will show. */
void secret_put(struct console *console, struct w_form *form, size_t field, const struct blob *key)
{
	struct error err = ERROR_INIT;
	const struct pki *pki = pki_open(&err);
	struct strbuf note = STRBUF_INIT;
	char fingerprint[9] = "";

	error_clear(&err);
	w_form_set(form, field, key->data);
	if (pki != NULL) {
		struct blob bytes = psk_bytes(key);

		pki->fingerprint(bytes.data, bytes.len, console->work->salt,
				 strlen(console->work->salt), fingerprint);
		blob_release(&bytes);
	}
	strbuf_addf(&note, _("%zu bits, fingerprint %s"), key->len * 4, fingerprint);
	w_form_note(form, field, note.buf);
	strbuf_release(&note);
	ui_stale(console->ui);
}

void secret_generate(struct console *console, struct w_form *form, size_t field)
{
	unsigned bits = profile_number(console->work->profile, "limits.psk_generate_bits", 256);
	struct error err = ERROR_INIT;
	struct blob key;

	if (!psk_generate(bits, &key, &err)) {
		console_refuse(console, &err);
		return;
	}
	secret_put(console, form, field, &key);
	blob_release(&key);
}

static bool read_key(const char *path, struct blob *key, struct error *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct blob text;
	bool good;

	if (fd < 0)
		return error_set_errno(err, ERROR_IO, errno, _("cannot open '%s'"), path);
	good = blob_read(&text, fd, KEY_FILE_MOST, KEY_FILE_MOST, true, path, err);
	close(fd);
	if (!good)
		return false;
	good = psk_normalize(text.data, text.len, key, err);
	blob_release(&text);
	return good;
}

static void file_named(void *data, struct ui *ui, const char *path)
{
	struct console *console = data;
	struct error err = ERROR_INIT;
	struct blob key;

	(void)ui;
	if (path == NULL || path[0] == '\0')
		return;
	if (read_key(path, &key, &err)) {
		secret_put(console, console->asking, console->asking_field, &key);
		blob_release(&key);
	} else {
		console_refuse(console, &err);
	}
}

void secret_from_file(struct console *console, struct w_form *form, size_t field)
{
	static const struct w_prompt_ops ops = { .done = file_named };

	console->asking = form;
	console->asking_field = field;
	w_prompt_open(console->ui, _("Read the key from file: "), "", NULL, &ops, console);
}
