/* history, diff and restore: what was changed, by whom, and the way back. */
#include "config.h"

#include "commands/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/restore.h"
#include "change/restore_plan.h"
#include "commands/apply.h"
#include "commands/command.h"
#include "commands/output.h"

/* The entry of an item, whole. False with ERR where it is none that can be read and believed. */
static bool load(struct view *view, size_t item, struct blob *whole,
		 const struct history_entry **entry, struct error *err)
{
	const struct history *history = host_history(view->host);
	const struct history_item *one = &history->items[history->count - 1 - item];
	struct strbuf fault = STRBUF_INIT;

	*whole = (struct blob){ 0 };
	*entry = &one->entry;
	if (one->entry.role != NULL)
		return history_load(view->host->root, &one->entry, whole, err);
	history_tell_fault(one, &fault);
	error_set(err, ERROR_IO, _("the history was tampered with: %s"), fault.buf);
	strbuf_release(&fault);
	return false;
}

void history_print_diff(struct view *view, size_t item, struct error *err)
{
	const struct history_entry *entry;
	struct strbuf text = STRBUF_INIT;
	struct blob whole;

	if (load(view, item, &whole, &entry, err)) {
		history_add_diff(entry, &whole, &text);
		printf("\n%s", text.buf);
	}
	blob_release(&whole);
	strbuf_release(&text);
}

void history_put_diff(json_t *object, struct view *view, size_t item, struct error *err)
{
	const struct history_entry *entry;
	struct strbuf text = STRBUF_INIT;
	struct blob whole;

	if (load(view, item, &whole, &entry, err)) {
		history_add_diff(entry, &whole, &text);
		json_object_set_new(object, "diff", json_stringn(text.buf, text.len));
	} else {
		json_object_set_new(object, "diff", json_null());
	}
	blob_release(&whole);
	strbuf_release(&text);
}

/* Whether the history can be read at all: to have none is no failure. */
static bool may_read(const struct history *history, struct error *err)
{
	return history->folder.state == FILE_DIRECTORY || history->folder.state == FILE_MISSING ||
	       error_set(err, history->folder.state == FILE_DENIED ? ERROR_REFUSED : ERROR_IO,
			 _("the history of this host %s; run this as its owner"),
			 file_state_text(&history->folder));
}

/* Says what cannot be believed. Returns the exit status. */
static enum error_code tell_doubt(const struct history *history)
{
	struct strbuf doubt = STRBUF_INIT;

	if (history_is_sound(history))
		return ERROR_NONE;
	history_tell_doubt(history, &doubt);
	fprintf(stderr, "ikeconsole: %s\n", doubt.buf);
	strbuf_release(&doubt);
	return ERROR_FINDINGS;
}

static void list_json(struct view *view, const uint32_t *order, size_t count)
{
	const struct history *history = host_history(view->host);
	json_t *object = json_object(), *list = json_array();
	struct strbuf doubt = STRBUF_INIT;
	size_t i;

	for (i = 0; i < count; i++)
		json_array_append_new(list, output_item(&kind_history, view, order[i]));
	history_tell_doubt(history, &doubt);
	json_object_set_new(object, "schema", json_integer(1));
	json_object_set_new(object, "history", list);
	json_object_set_new(object, "doubt",
			    doubt.len > 0 ? json_printable(doubt.buf, doubt.len) : json_null());
	output_json(stdout, object);
	strbuf_release(&doubt);
}

static enum error_code list(struct work *work, struct error *err)
{
	const struct options *options = work->options;
	enum error_code status;
	struct view view;
	struct filter *filter;
	uint32_t *order;
	size_t count;

	if (!work_open(work, err) || !may_read(host_history(work->host), err))
		return err->code;
	work_tell_interrupted(work);
	history_verify(work->host->history, work->host->root);
	view_init(&view, work->host, NULL, work->profile);
	count = kind_history.count(&view);
	order = xmalloc((count + 1) * sizeof *order);
	filter = output_filter(&kind_history, options->match);
	count = kind_order(&kind_history, &view, filter, kind_history.ncolumns, false, order,
			   count);
	filter_free(filter);
	if (options->json)
		list_json(&view, order, count);
	else if (count > 0)
		output_table(stdout, &kind_history, &view, order, count);
	status = tell_doubt(work->host->history);
	free(order);
	view_release(&view);
	return status;
}

enum error_code cmd_history(struct work *work, const char **words, size_t nwords, struct error *err)
{
	const char *show[2] = { kind_history.name, NULL };

	if (nwords == 0)
		return list(work, err);
	if (nwords == 1) {
		show[1] = words[0];
		return cmd_show(work, show, 2, err);
	}
	error_set(err, ERROR_USAGE, _("history takes the number of one change, or nothing"));
	return ERROR_USAGE;
}

/* Number of a change; 0 only where ZERO says that it may be. */
static bool parse_number(const char *word, bool zero, uint32_t *number, struct error *err)
{
	if (zero && strcmp(word, "0") == 0) {
		*number = 0;
		return true;
	}
	return history_number(word, number) ||
	       error_set(err, ERROR_USAGE,
			 _("'%s' is no number of a change; see ikeconsole history"), word);
}

static void print_text(struct work *work, const struct strbuf *text)
{
	json_t *object;

	if (!work->options->json) {
		fputs(text->buf, stdout);
		return;
	}
	object = json_object();
	json_object_set_new(object, "schema", json_integer(1));
	json_object_set_new(object, "diff", json_stringn(text->buf, text->len));
	output_json(stdout, object);
}

static void diff_change(struct work *work, const char *name, struct error *err)
{
	const struct history_entry *entry;
	struct strbuf text = STRBUF_INIT;
	struct blob whole = { 0 };
	struct view view;
	size_t item;

	view_init(&view, work->host, NULL, work->profile);
	if (kind_find(&kind_history, &view, name, &item, err) &&
	    load(&view, item, &whole, &entry, err)) {
		history_add_diff(entry, &whole, &text);
		print_text(work, &text);
	}
	blob_release(&whole);
	strbuf_release(&text);
	view_release(&view);
}

/* What others have done since the last change of each file. */
static void diff_drift(struct work *work, struct error *err)
{
	const struct history *history = host_history(work->host);
	struct strbuf text = STRBUF_INIT;
	const char **paths;
	size_t count, i;
	bool good = true;

	paths = plan_paths(history, &count);
	for (i = 0; good && i < count; i++)
		good = plan_add_drift(work->host, paths[i], &text, err);
	if (good)
		print_text(work, &text);
	if (good && history->count == 0)
		fprintf(stderr, "ikeconsole: %s\n", _("the history has no change yet"));
	free(paths);
	strbuf_release(&text);
}

enum error_code cmd_diff(struct work *work, const char **words, size_t nwords, struct error *err)
{
	uint32_t number;

	if (nwords > 1) {
		error_set(err, ERROR_USAGE, _("diff takes the number of one change, or nothing"));
		return ERROR_USAGE;
	}
	if ((nwords == 1 && !parse_number(words[0], false, &number, err)) ||
	    !work_open(work, err) || !may_read(host_history(work->host), err))
		return err->code;
	work_tell_interrupted(work);
	if (nwords == 1)
		diff_change(work, words[0], err);
	else
		diff_drift(work, err);
	if (err->code != ERROR_NONE)
		return err->code;
	return tell_doubt(host_history(work->host));
}

static bool is_discarded(void *ctx, const char *path)
{
	const struct options *options = ctx;
	size_t i;

	for (i = 0; i < options->ndiscards; i++)
		if (strcmp(options->discards[i], "all") == 0 ||
		    strcmp(options->discards[i], path) == 0 ||
		    strcmp(options->discards[i], path + 1) == 0)
			return true;
	return false;
}

static void tell_lost(const struct restore *restore)
{
	size_t i;

	for (i = 0; i < restore->nlost; i++) {
		const struct restore_lost *lost = &restore->lost[i];

		fprintf(stderr,
			lost->may_go ? _("what others have changed in %s goes:\n%s")
				     : _("others have changed %s, and this would go:\n%s"),
			lost->path, lost->what.buf);
	}
}

enum error_code cmd_restore(struct work *work, const char **words, size_t nwords, struct error *err)
{
	struct restore restore = { .may_lose = is_discarded, .ctx = (void *)work->options };
	enum error_code status;
	struct apply apply;
	uint32_t number;

	if (nwords != 1) {
		error_set(err, ERROR_USAGE,
			  _("restore takes the number of one change: restore 12"));
		return ERROR_USAGE;
	}
	if (!parse_number(words[0], true, &number, err) || !apply_begin(&apply, work, err))
		return err->code;
	apply.show = true;
	if (restore_to(apply.change, number, &restore, err)) {
		change_end(apply.change, true);
		tell_lost(&restore);
		status = apply_end(&apply, err);
	} else {
		tell_lost(&restore);
		if (restore.is_lost && err->code == ERROR_CHANGED)
			error_append(err, "; %s",
				     _("--discard FILE, or --discard all, lets it go"));
		status = err->code;
		apply_abandon(&apply);
	}
	restore_release(&restore);
	return status;
}
