/* psk: changes of ike.preshared. The key comes from a file, standard input or a prompt, never from
 * an argument. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "commands/apply.h"
#include "commands/command.h"
#include "commands/key_input.h"
#include "commands/names.h"
#include "commands/output.h"
#include "formats/hide.h"

static bool read_key(const struct options *options, struct blob *key, struct error *err)
{
	static const char *const prompt[] = { N_("Key, in hexadecimal digits: ") };
	size_t count;

	return key_input(options->key_file, prompt, 1, 1, key, &count, err);
}

/* A name as "show psks" takes it; the number of the key. */
static bool find_key(struct work *work, const char *name, size_t *number, struct error *err)
{
	struct view view;

	view_init(&view, work->host, NULL, work->profile);
	*number = kind_psks.find(&view, name);
	view_release(&view);
	if (*number == work->host->nkeys && hide_may_be_key(name))
		return error_set(err, ERROR_NOT_FOUND, _("there is no key of that name"));
	if (*number == work->host->nkeys)
		return error_set(err, ERROR_NOT_FOUND,
				 _("there is no key '%s', or several; name it by LOCAL,REMOTE"),
				 name);
	return true;
}

/* What is no field may be a key, typed where it does not belong: it is not repeated. */
static bool check_words(const char **words, size_t count, struct error *err)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strchr(words[i], '=') == NULL || strncasecmp(words[i], "key=", 4) == 0)
			return error_set(
				err, ERROR_USAGE,
				_("word %zu is no field; a key is never given as an argument but read from --key-file, standard input or a prompt"),
				i + 1);
	return true;
}

static bool add_key(struct work *work, struct change *change, const char **words, size_t count,
		    struct error *err)
{
	struct field *fields =
		check_words(words, count, err) ? apply_fields(words, count, err) : NULL;
	struct like all = { 0 };
	struct blob key = { 0 };
	bool good = fields != NULL &&
		    names_like(work, find_key, psk_like, fields, count, &all, err) &&
		    read_key(work->options, &key, err) &&
		    psk_add(change, all.fields, all.count, &key, NULL, err);

	blob_release(&key);
	like_release(&all);
	if (fields != NULL)
		apply_fields_free(fields, count);
	return good;
}

/* Without fields it is the key that is to be changed; with fields only where a file is named for
 * it. */
static bool edit_key(struct work *work, struct change *change, const char **words, size_t count,
		     struct error *err)
{
	bool with_key = count == 1 || work->options->key_file != NULL, good;
	struct field *fields;
	struct blob key = { 0 };
	size_t number;

	if (!find_key(work, words[0], &number, err))
		return false;
	if (!check_words(words + 1, count - 1, err))
		return false;
	fields = apply_fields(words + 1, count - 1, err);
	good = fields != NULL && (!with_key || read_key(work->options, &key, err)) &&
	       psk_edit(change, number, fields, count - 1, with_key ? &key : NULL, err);
	blob_release(&key);
	if (fields != NULL)
		apply_fields_free(fields, count - 1);
	return good;
}

static enum error_code generate(const char *word, struct error *err)
{
	char *end;
	unsigned long bits = strtoul(word, &end, 10);
	struct blob key;

	if (*word == '\0' || *end != '\0') {
		error_set(err, ERROR_USAGE, _("'%s' is no number of bits"), word);
		return err->code;
	}
	if (psk_generate((unsigned)bits, &key, err)) {
		if (output_secret(&key, err))
			putchar('\n');
		blob_release(&key);
	}
	return err->code;
}

enum error_code cmd_psk(struct work *work, const char **words, size_t count, struct error *err)
{
	const char *verb = count > 0 ? words[0] : "";
	struct apply apply;
	bool good;

	if (count == 2 && strcmp(verb, "generate") == 0)
		return generate(words[1], err);
	if (count < 2 || (strcmp(verb, "add") != 0 && strcmp(verb, "edit") != 0 &&
			  strcmp(verb, "remove") != 0)) {
		error_set(
			err, ERROR_USAGE,
			_("use: psk add localid=ADDRESS remoteid=ADDRESS, psk edit NAME, psk remove NAME..., psk generate BITS"));
		return ERROR_USAGE;
	}
	if (!names_fit(work, verb, err) || !apply_begin(&apply, work, err))
		return err->code;
	if (strcmp(verb, "add") == 0)
		good = add_key(work, apply.change, words + 1, count - 1, err);
	else if (strcmp(verb, "edit") == 0)
		good = edit_key(work, apply.change, words + 1, count - 1, err);
	else
		good = names_remove(work, apply.change, &kind_psks, find_key, words + 1, count - 1,
				    err);
	if (!good) {
		apply_abandon(&apply);
		return err->code;
	}
	return apply_end(&apply, err);
}
