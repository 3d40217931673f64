/* manual-sa: changes of ipseckeys. Keys are generated, or come from a file, standard input or a
 * prompt, never from an argument. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "commands/apply.h"
#include "commands/command.h"
#include "commands/key_input.h"
#include "commands/names.h"
#include "formats/hide.h"

/* What the words behind the verb and the name say. */
struct request {
	struct field *fields;
	size_t count;
	bool encr, auth; /* "encrkey", "authkey": new ones are wanted */
	bool pair;
};

/* Which keys there are to be, in the order in which they are read. */
struct wanted {
	const char *prompts[KEY_INPUT_MOST];
	struct manual_sa_key *keys[KEY_INPUT_MOST];
	size_t least, most;
};

static bool is_key_name(const char *word, bool *encr, bool *auth)
{
	bool is_encr = strcmp(word, "encrkey") == 0, is_auth = strcmp(word, "authkey") == 0;

	*encr = *encr || is_encr;
	*auth = *auth || is_auth;
	return is_encr || is_auth;
}

static void request_release(struct request *r)
{
	if (r->fields != NULL)
		apply_fields_free(r->fields, r->count);
}

/* What is neither a field nor a key's name may be a key, typed where it does not belong: it is not
 * repeated. */
static bool parse_words(struct request *r, const char **words, size_t count, struct error *err)
{
	const char **fields = xcalloc(count + 1, sizeof *fields);
	size_t i, n = 0;
	bool good = true;

	*r = (struct request){ .count = 0 };
	for (i = 0; i < count && good; i++) {
		if (strchr(words[i], '=') != NULL && words[i][0] != '=')
			fields[n++] = words[i];
		else if (!is_key_name(words[i], &r->encr, &r->auth))
			good = error_set(
				err, ERROR_USAGE,
				_("word %zu is no field; a key is never given as an argument but generated or read from --key-file, standard input or a prompt"),
				i + 1);
	}
	if (good) {
		r->fields = apply_fields(fields, n, err);
		r->count = n;
		good = r->fields != NULL;
	}
	for (i = 0; i < r->count && good; i++)
		if (strcmp(r->fields[i].name, "pair") == 0)
			r->pair = r->fields[i].value[0] != '\0' &&
				  strcmp(r->fields[i].value, "no") != 0;
	free(fields);
	return good;
}

static void want(struct wanted *w, struct manual_sa_key *key, const char *prompt)
{
	w->prompts[w->most] = prompt;
	w->keys[w->most++] = key;
}

/* The keys of one direction, then those of the other one. */
static void list_wanted(struct wanted *w, const struct request *r, struct manual_sa_keys *keys,
			bool own)
{
	*w = (struct wanted){ .least = 0 };
	if (r->encr)
		want(w, &keys->encr, N_("Encryption key, in hexadecimal digits: "));
	if (r->auth)
		want(w, &keys->auth, N_("Authentication key, in hexadecimal digits: "));
	w->least = w->most;
	if (r->pair && r->encr)
		want(w, &keys->back_encr,
		     N_("Encryption key of the other direction, in hexadecimal digits: "));
	if (r->pair && r->auth)
		want(w, &keys->back_auth,
		     N_("Authentication key of the other direction, in hexadecimal digits: "));
	if (own)
		w->least = w->most;
}

static bool get_keys(const struct options *options, struct wanted *w, struct blob *blobs,
		     struct error *err)
{
	size_t count = 0, i;

	for (i = 0; i < w->most; i++)
		w->keys[i]->generate = options->generate;
	if (options->generate && options->key_file != NULL)
		return error_set(err, ERROR_USAGE,
				 _("--generate and --key-file exclude each other"));
	if (options->generate || w->most == 0)
		return true;
	if (!key_input(options->key_file, w->prompts, w->least, w->most, blobs, &count, err))
		return false;
	for (i = 0; i < count; i++)
		w->keys[i]->digits = &blobs[i];
	return true;
}

/* NUMBER is SIZE_MAX for a new one. */
static bool change_sa(struct work *work, struct change *change, size_t number,
		      struct request *request, struct error *err)
{
	const struct options *options = work->options;
	struct blob blobs[KEY_INPUT_MOST] = { { 0 } };
	struct manual_sa_keys keys = { { 0 } };
	const struct ipsec_alg *encr, *auth;
	struct wanted wanted;
	bool adding = number == SIZE_MAX, good;
	size_t i;

	if (!manual_sa_algs(change, number, request->fields, request->count, &encr, &auth, err))
		return false;
	/* A new SA needs all its keys; so does an old one where nothing else is to change. */
	if (adding || (!request->encr && !request->auth &&
		       (request->count == 0 || options->generate || options->key_file != NULL))) {
		request->encr = encr != NULL;
		request->auth = auth != NULL;
	}
	list_wanted(&wanted, request, &keys, encr != NULL && encr->combined);
	good = get_keys(options, &wanted, blobs, err) &&
	       (adding ? manual_sa_add(change, request->fields, request->count, &keys, NULL, err)
		       : manual_sa_edit(change, number, request->fields, request->count, &keys,
					err));
	for (i = 0; i < KEY_INPUT_MOST; i++)
		blob_release(&blobs[i]);
	return good;
}

/* A name as "show manual-sas" takes it; the number of the command. */
static bool find_sa(struct work *work, const char *name, size_t *number, struct error *err)
{
	struct view view;
	bool found;

	view_init(&view, work->host, NULL, work->profile);
	found = kind_find(&kind_manual_sas, &view, name, number, err);
	view_release(&view);
	return found;
}

/* Several names, or one with pair=yes. What is neither may be a key, typed where it does not belong,
 * and is not repeated. */
static bool take(struct work *work, struct change *change, const char **words, size_t count,
		 struct error *err)
{
	struct request request;
	size_t names = 0, number;
	bool good;

	while (names < count && strchr(words[names], '=') == NULL)
		names++;
	for (number = 1; number < names; number++)
		if (hide_may_be_key(words[number]))
			return error_set(
				err, ERROR_USAGE,
				_("word %zu looks like a key; a key is never given as an argument"),
				number + 1);
	if (names == count)
		return names_remove(work, change, &kind_manual_sas, find_sa, words, count, err);
	if (names != 1 || count != 2 || strncmp(words[1], "pair=", 5) != 0)
		return error_set(err, ERROR_USAGE,
				 _("remove takes names, or one name with pair=yes behind it"));
	good = find_sa(work, words[0], &number, err);
	if (!good)
		return false;
	good = parse_words(&request, words + 1, 1, err) &&
	       manual_sa_remove(change, number, request.pair, err);
	request_release(&request);
	return good;
}

static bool edit(struct work *work, struct change *change, const char **words, size_t count,
		 struct error *err)
{
	struct request request;
	size_t number;
	bool good = find_sa(work, words[0], &number, err);

	if (!good)
		return false;
	good = parse_words(&request, words + 1, count - 1, err) &&
	       change_sa(work, change, number, &request, err);
	request_release(&request);
	return good;
}

static bool add(struct work *work, struct change *change, const char **words, size_t count,
		struct error *err)
{
	struct request request;
	struct like all = { 0 };
	bool good =
		parse_words(&request, words, count, err) &&
		names_like(work, find_sa, manual_sa_like, request.fields, request.count, &all, err);

	if (good) {
		struct request whole = request;

		whole.fields = all.fields;
		whole.count = all.count;
		good = change_sa(work, change, SIZE_MAX, &whole, err);
	}
	like_release(&all);
	request_release(&request);
	return good;
}

enum error_code cmd_manual_sa(struct work *work, const char **words, size_t count,
			      struct error *err)
{
	const char *verb = count + (work->options->like != NULL) > 1 && count > 0 ? words[0] : "";
	bool adding = strcmp(verb, "add") == 0, removing = strcmp(verb, "remove") == 0, good;
	struct apply apply;

	if (!adding && !removing && strcmp(verb, "edit") != 0) {
		error_set(
			err, ERROR_USAGE,
			_("use: manual-sa add type=esp src=ADDRESS dst=ADDRESS encralg=... authalg=..., manual-sa edit NAME NAME=VALUE..., manual-sa remove NAME..."));
		return ERROR_USAGE;
	}
	if (!names_fit(work, verb, err) || !apply_begin(&apply, work, err))
		return err->code;
	good = (adding     ? add
		: removing ? take
			   : edit)(work, apply.change, words + 1, count - 1, err);
	if (!good) {
		apply_abandon(&apply);
		return err->code;
	}
	return apply_end(&apply, err);
}
