/* list and show: what the host has. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "change/key_text.h"
#include "commands/command.h"
#include "commands/history.h"
#include "commands/output.h"
#include "lint/check.h"

enum { TITLE_COLS = 22 };

static const struct kind *find_kind(const char *name, struct error *err)
{
	const struct kind *kind = kind_by_name(name);
	struct near near = near_to(name, strlen(name));
	struct strbuf all = STRBUF_INIT;
	size_t i;

	if (kind != NULL)
		return kind;
	for (i = 0; kinds[i] != NULL; i++) {
		near_try(&near, kinds[i]->name);
		strbuf_addf(&all, "%s%s", i > 0 ? ", " : _("the kinds are "), kinds[i]->name);
	}
	error_set(err, ERROR_USAGE, _("there is no kind '%s'"), name);
	near_tell(&near, err, all.buf);
	strbuf_release(&all);
	return NULL;
}

static void print_list(const struct kind *kind, struct view *view, const struct options *options,
		       const uint32_t *order, size_t count)
{
	size_t i;

	if (options->json) {
		json_t *object = json_object(), *list = json_array();

		for (i = 0; i < count; i++)
			json_array_append_new(list, output_item(kind, view, order[i]));
		json_object_set_new(object, "schema", json_integer(1));
		json_object_set_new(object, kind->name, list);
		output_json(stdout, object);
	} else if (count > 0) {
		output_table(stdout, kind, view, order, count);
	}
}

enum error_code cmd_list(struct work *work, const char **words, size_t nwords, struct error *err)
{
	const struct options *options = work->options;
	const struct kind *kind;
	struct filter *filter;
	struct lint *lint = NULL;
	struct view view;
	uint32_t *order;
	size_t count, column;
	bool descending;

	if (nwords != 1) {
		error_set(err, ERROR_USAGE, _("list takes one kind: list rules"));
		return ERROR_USAGE;
	}
	kind = find_kind(words[0], err);
	if (kind == NULL || !output_sort_column(kind, options->sort, &column, &descending, err) ||
	    !work_open(work, err))
		return err->code;
	if (kind == &kind_findings)
		lint = work_lint(work);
	else
		work_tell_interrupted(work);
	view_init(&view, work->host, lint, work->profile);
	view.salt = work->salt;
	count = kind->count(&view);
	order = xmalloc(count * sizeof *order);
	filter = output_filter(kind, options->match);
	count = kind_order(kind, &view, filter, column, descending, order, count);
	filter_free(filter);
	print_list(kind, &view, options, order, count);
	free(order);
	view_release(&view);
	lint_free(lint);
	return ERROR_NONE;
}

static json_t *findings_about(const struct kind *kind, struct view *view, size_t item)
{
	const struct findings *findings = lint_findings(view->lint);
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < findings->count; i++)
		if (kind_about(kind, view, item, &findings->items[i]))
			json_array_append_new(list, output_item(&kind_findings, view, i));
	return list;
}

static void show_json(const struct kind *kind, struct view *view, size_t item, struct error *err)
{
	json_t *object = json_object(), *origins = json_object();
	size_t i;

	for (i = 0; i < kind->ncolumns; i++) {
		const struct column *column = &kind->columns[i];
		enum origin origin;

		if (column->origin == NULL || !(column->flags & COLUMN_DETAIL))
			continue;
		origin = column->origin(view, item);
		json_object_set_new(origins, column->name,
				    json_string(origin == ORIGIN_OWN      ? "own"
						: origin == ORIGIN_FILE   ? "file"
						: origin == ORIGIN_DAEMON ? "daemon"
						: origin == ORIGIN_FORCED ? "forced"
									  : "none"));
	}
	json_object_set_new(object, "schema", json_integer(1));
	json_object_set_new(object, "item", output_item(kind, view, item));
	json_object_set_new(object, "origins", origins);
	json_object_set_new(object, "findings", findings_about(kind, view, item));
	if (kind == &kind_history)
		history_put_diff(object, view, item, err);
	output_json(stdout, object);
}

static void print_title(const char *title)
{
	size_t pad = output_width(title);

	printf("%s%*s ", title, pad < TITLE_COLS ? (int)(TITLE_COLS - pad) : 0, "");
}

/* Values of several lines stand one below the other. */
static void print_value(const char *value)
{
	const char *newline;

	while ((newline = strchr(value, '\n')) != NULL) {
		printf("%.*s\n%*s", (int)(newline - value), value, TITLE_COLS + 1, "");
		value = newline + 1;
	}
	fputs(value, stdout);
}

/* Prints the bytes of a key and releases them. */
static void print_key(const char *title, struct blob *key, struct error *err)
{
	struct blob digits = key_digits((const unsigned char *)key->data, key->len);

	print_title(title);
	if (output_secret(&digits, err))
		putchar('\n');
	blob_release(&digits);
	blob_release(key);
}

static void print_psk(struct view *view, size_t item, struct error *err)
{
	struct blob key;

	if (preshared_key_bytes(host_doc(view->host, LOCATION_PRESHARED), view_key(view, item),
				&key))
		print_key(_("Key"), &key, err);
}

/* FILE-7: of manual keys the role ssm sees everything but the keys. */
static void print_manual_keys(const struct work *work, struct view *view, size_t item,
			      struct error *err)
{
	const struct manual_item *sa = view_manual(view, item);
	struct blob key;

	if (work->role == ROLE_SSM && view->profile->coexistence) {
		print_title(_("Keys"));
		puts(_("not for the role ssm (FILE-7)"));
		return;
	}
	if (manual_key_bytes(sa->doc, &sa->encr_key, &key))
		print_key(manual_words[MANUAL_ENCRKEY].name, &key, err);
	if (manual_key_bytes(sa->doc, &sa->auth_key, &key))
		print_key(manual_words[MANUAL_AUTHKEY].name, &key, err);
}

static void print_secrets(const struct work *work, const struct kind *kind, struct view *view,
			  size_t item, struct error *err)
{
	if (kind == &kind_psks)
		print_psk(view, item, err);
	else if (kind == &kind_manual_sas)
		print_manual_keys(work, view, item, err);
}

/* What the item has beyond its columns, each with what it is. */
static void print_more(const struct kind *kind, struct view *view, size_t item)
{
	struct kind_more more;
	size_t i;

	for (i = 0; kind->more != NULL && kind->more(view, item, i, &more); i++) {
		print_title(more.name);
		puts(more.value.buf);
		if (more.help != NULL)
			printf("    %s\n", _(more.help));
		strbuf_release(&more.value);
	}
}

static void show_text(const struct work *work, const struct kind *kind, struct view *view,
		      size_t item, struct error *err)
{
	const struct findings *findings = lint_findings(view->lint);
	struct strbuf text = STRBUF_INIT, origin = STRBUF_INIT;
	size_t i;

	for (i = 0; i < kind->ncolumns; i++) {
		const struct column *column = &kind->columns[i];

		if (!(column->flags & COLUMN_DETAIL))
			continue;
		strbuf_clear(&text);
		if (!kind_cell(kind, view, item, i, &text, NULL) && text.len == 0)
			strbuf_addch(&text, '-');
		strbuf_clear(&origin);
		column_origin(column, view, item, &origin);
		print_title(_(column->title));
		print_value(text.buf);
		if (origin.len > 0)
			printf("  (%s)", origin.buf);
		putchar('\n');
	}
	print_more(kind, view, item);
	if (work->options->show_secrets)
		print_secrets(work, kind, view, item, err);
	for (i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];

		if (!kind_about(kind, view, item, f))
			continue;
		strbuf_clear(&text);
		lint_message(view->lint, f, &text);
		printf("%s: %s [%s]\n", severity_name((enum severity)f->severity), text.buf,
		       checks[f->check].id);
		strbuf_clear(&text);
		lint_fix(view->lint, f, &text);
		printf("    %s: %s\n", _("way out"), text.buf);
	}
	if (kind == &kind_history)
		history_print_diff(view, item, err);
	strbuf_release(&text);
	strbuf_release(&origin);
}

enum error_code cmd_show(struct work *work, const char **words, size_t nwords, struct error *err)
{
	const struct kind *kind;
	struct lint *lint;
	struct view view;
	size_t item;

	if (nwords != 2) {
		error_set(err, ERROR_USAGE,
			  _("show takes a kind and a name: show rules INDEXID_1"));
		return ERROR_USAGE;
	}
	kind = find_kind(words[0], err);
	if (kind == NULL || !work_open(work, err))
		return err->code;
	work_tell_interrupted(work);
	lint = work_lint(work);
	view_init(&view, work->host, lint, work->profile);
	view.salt = work->salt;
	if (!kind_find(kind, &view, words[1], &item, err))
		;
	else if (work->options->json)
		show_json(kind, &view, item, err);
	else
		show_text(work, kind, &view, item, err);
	view_release(&view);
	lint_free(lint);
	return err->code;
}
