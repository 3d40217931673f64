#include "config.h"

#include "commands/merging.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/print.h"
#include "change/merge.h"
#include "commands/output.h"
#include "commands/single.h"

/* A file that is renamed aside and another one in its place is gone for a moment. */
enum { LOOKS = 10, LOOK_MS = 20 };

static void pause_ms(long ms)
{
	const struct timespec wait = { 0, ms * 1000000 };

	nanosleep(&wait, NULL);
}

/* Whether a file is not there that was. */
static bool lacks_file(const struct work *work, const struct host *fresh)
{
	size_t i;

	for (i = 0; i < LOCATION_FILES; i++)
		if (work->host->files[i].info.state == FILE_READ &&
		    fresh->files[i].info.state == FILE_MISSING)
			return true;
	return false;
}

static struct host *read_again(struct apply *apply, struct error *err)
{
	struct work *work = apply->work, again = *work;
	struct host *fresh;
	int i;

	if (work->host->single) {
		again.host = NULL;
		return single_open(&again, work->options->type, work->host->single_path, err)
			       ? again.host
			       : NULL;
	}
	fresh = host_open(work->root, work->dialect);
	for (i = 0; i < LOOKS && lacks_file(work, fresh); i++) {
		host_free(fresh);
		pause_ms(LOOK_MS);
		fresh = host_open(work->root, work->dialect);
	}
	return fresh;
}

static void print_version(const char *name, const char *text)
{
	const char *end;

	if (text == NULL || *text == '\0') {
		fprintf(stderr, "  %s %s\n", name, _("nothing"));
		return;
	}
	for (; *text != '\0'; text = end + 1) {
		end = strchr(text, '\n');
		fprintf(stderr, "  %s %.*s\n", name, (int)(end - text), text);
	}
}

static void print_conflict(const struct host *host, const struct conflict *c)
{
	struct strbuf path = STRBUF_INIT;

	print_addstr(&path, host_name(host, c->number));
	fprintf(stderr, c->line > 0 ? "%s:%u: " : "%s: ", path.buf, c->line);
	/* TRANSLATORS: an item of a file, and what somebody else did to it. */
	fprintf(stderr, _("conflict: %s: %s\n"), c->item, c->why);
	/* TRANSLATORS: three versions of some lines, in front of each. */
	print_version(_("was:   "), c->was);
	print_version(_("theirs:"), c->theirs);
	print_version(_("ours:  "), c->ours);
	if (c->hidden)
		fprintf(stderr, "  %s\n", _("they differ in what is not shown"));
	strbuf_release(&path);
}

static json_t *text_json(const char *text)
{
	return text != NULL ? json_string(text) : json_null();
}

static void print_json(const struct host *host, const struct merge *merge)
{
	json_t *object = json_object(), *list = json_array();
	size_t i;

	json_object_set_new(object, "schema", json_integer(1));
	for (i = 0; i < merge->count; i++) {
		const struct conflict *c = &merge->items[i];
		const char *path = host_relative(host, host_name(host, c->number));
		json_t *one = json_object();

		json_object_set_new(one, "file", json_printable(path, strlen(path)));
		json_object_set_new(one, "line", c->line > 0 ? json_integer(c->line) : json_null());
		json_object_set_new(one, "item", json_string(c->item));
		json_object_set_new(one, "message", json_string(c->why));
		json_object_set_new(one, "was", text_json(c->was));
		json_object_set_new(one, "theirs", text_json(c->theirs));
		json_object_set_new(one, "ours", text_json(c->ours));
		json_array_append_new(list, one);
	}
	json_object_set_new(object, "conflicts", list);
	output_json(stdout, object);
}

static bool tell_conflicts(const struct apply *apply, const struct host *fresh,
			   const struct merge *merge, struct error *err)
{
	size_t i;

	for (i = 0; i < merge->count; i++)
		print_conflict(fresh, &merge->items[i]);
	if (apply->work->options->json)
		print_json(fresh, merge);
	return error_set(
		err, ERROR_CHANGED,
		ngettext(
			"somebody else changed what this changes (%zu conflict); nothing was written. Look at it as it is now, and call the command again",
			"somebody else changed what this changes (%zu conflicts); nothing was written. Look at it as it is now, and call the command again",
			merge->count),
		merge->count);
}

static void tell_merged(const struct host *host, const struct merge *merge)
{
	struct strbuf paths = STRBUF_INIT;
	size_t i;

	for (i = 0; i < LOCATION_FILES; i++) {
		if (!merge->changed[i])
			continue;
		strbuf_addstr(&paths, paths.len > 0 ? ", " : "");
		print_addstr(&paths, host_path(host, (enum location)i));
	}
	if (paths.len > 0)
		fprintf(stderr,
			_("ikeconsole: %s was changed by somebody else meanwhile; that stays, and this change is put on top of it\n"),
			paths.buf);
	strbuf_release(&paths);
}

/* What the merge had to say beyond what was said before it. */
static void tell_new_notes(const struct change *before, const struct change *after)
{
	size_t i, j;

	for (i = 0; i < change_note_count(after); i++) {
		for (j = 0; j < change_note_count(before); j++)
			if (strcmp(change_note(before, j), change_note(after, i)) == 0)
				break;
		if (j == change_note_count(before))
			fprintf(stderr, "%s\n", change_note(after, i));
	}
}

bool merging_apply(struct apply *apply, struct error *err)
{
	struct host *fresh = read_again(apply, err);
	struct merge merge = { 0 };
	struct change *merged;

	if (fresh == NULL)
		return false;
	merged = change_merge(apply->change, fresh, &merge, err);
	if (merged == NULL) {
		if (merge.open > 0)
			tell_conflicts(apply, fresh, &merge, err);
		host_free(fresh);
		merge_release(&merge);
		return false;
	}
	tell_merged(fresh, &merge);
	tell_new_notes(apply->change, merged);
	merge_release(&merge);
	change_free(apply->change);
	host_free(apply->work->host);
	apply->work->host = fresh;
	apply->change = merged;
	return true;
}
