/* Reading the files again with the pending changes on top, and choosing where both changed one item.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "change/merge.h"
#include "ui/console_private.h"
#include "ui/keyname.h"

/* The conflicts, until there is a choice for each. */
struct choosing {
	struct pane pane;
	struct console *console;
	struct host *fresh;
	struct merge merge;
	bool writing; /* the changes are to be written then */
	struct w_list list;
	struct w_text text; /* of the conflict under the cursor */
	size_t shown;
};

static void say_merged(struct console *console)
{
	size_t pending = change_count(console->change);

	if (pending > 0)
		ui_say(console->ui, STYLE_OK,
		       ngettext("the files were read again; your %zu change is on top of them",
				"the files were read again; your %zu changes are on top of them",
				pending),
		       pending);
	else
		ui_say(console->ui, STYLE_OK,
		       _("the files were read again; nothing of yours is left to write"));
}

/* The merged change and its host take the place of what there was. */
static void take(struct console *console, struct host *fresh, struct change *merged, bool writing)
{
	console_swap(console, fresh, merged);
	say_merged(console);
	if (writing && change_is_any(merged))
		console_review_write(console);
}

static void say_why(struct console *console, struct error *err)
{
	error_append(err, ". %s", _("Nothing was written. Your changes are still here."));
	console_refuse(console, err);
}

static void choose(struct console *console, struct host *fresh, struct merge *merge, bool writing);

void console_merge(struct console *console, bool writing)
{
	struct work *work = console->work;
	struct host *fresh = host_open(work->root, work->dialect);
	struct merge merge = { 0 };
	struct error err = ERROR_INIT;
	struct change *merged = change_merge(console->change, fresh, &merge, &err);

	if (merged == NULL && err.code == ERROR_NONE) {
		choose(console, fresh, &merge, writing);
		return;
	}
	merge_release(&merge);
	if (merged != NULL) {
		take(console, fresh, merged, writing);
	} else {
		host_free(fresh);
		say_why(console, &err);
	}
}

static size_t conflict_count(void *data)
{
	return ((struct choosing *)data)->merge.count;
}

static uint64_t conflict_id(void *data, size_t row)
{
	(void)data;
	return row;
}

static const char *choice_text(const struct conflict *c)
{
	return c->choice == MERGE_THEIRS ? _("theirs") : c->choice == MERGE_OURS ? _("ours") : "?";
}

static void conflict_cell(void *data, size_t row, size_t column, struct strbuf *text,
			  enum style *style)
{
	struct choosing *choosing = data;
	const struct conflict *c = &choosing->merge.items[row];

	if (column == 0) {
		strbuf_addstr(text, choice_text(c));
		*style = c->choice == MERGE_OPEN ? STYLE_WARNING : STYLE_OK;
	} else if (column == 1) {
		strbuf_addstr(text, c->item);
	} else {
		print_addstr(text, host_name(choosing->fresh, c->number));
		if (c->line > 0)
			strbuf_addf(text, ":%u", c->line);
	}
}

static size_t count_open(const struct choosing *choosing)
{
	size_t i, open = 0;

	for (i = 0; i < choosing->merge.count; i++)
		open += choosing->merge.items[i].choice == MERGE_OPEN;
	return open;
}

static void conflict_footer(void *data, struct strbuf *text)
{
	struct choosing *choosing = data;
	size_t open = count_open(choosing);

	strbuf_addf(text, _("%zu of %zu"), choosing->list.cursor + 1, choosing->merge.count);
	if (open > 0)
		strbuf_addf(text, ngettext(", %zu to be chosen", ", %zu to be chosen", open), open);
	else
		strbuf_addstr(text, _(", all chosen"));
}

static const struct w_column columns[] = {
	{ .title = N_("Keep"), .width = { .min = 7, .want = 7, .priority = 0 } },
	{ .title = N_("Item"), .width = { .min = 24, .want = 40, .priority = 1, .least = 12 } },
	{ .title = N_("File"), .width = { .min = 20, .want = 60, .priority = 2, .least = 12 } },
};

static const struct w_list_source source = {
	.columns = columns,
	.column_count = ARRAY_SIZE(columns),
	.count = conflict_count,
	.id = conflict_id,
	.cell = conflict_cell,
	.footer = conflict_footer,
};

static void add_version(struct w_text *text, const char *title, enum style style, const char *lines)
{
	w_text_line(text, STYLE_STRONG, title);
	if (lines == NULL || *lines == '\0')
		w_text_line(text, STYLE_DIM, _("  (nothing)"));
	else
		w_text_lines(text, style, lines, strlen(lines) - 1);
	w_text_line(text, STYLE_TEXT, "");
}

static void fill(struct choosing *choosing)
{
	const struct conflict *c = &choosing->merge.items[choosing->list.cursor];
	struct w_text *text = &choosing->text;

	choosing->shown = choosing->list.cursor;
	w_text_clear(text);
	w_text_top(text);
	w_text_addf(text, STYLE_WARNING, "%s: ", c->item);
	w_text_add(text, STYLE_TEXT, c->why);
	w_text_end_indented(text, 2);
	if (c->theirs_only)
		w_text_line(
			text, STYLE_NOTE,
			_("Yours cannot be put there any more; make it again after the merge."));
	if (c->hidden)
		w_text_line(text, STYLE_NOTE, _("They differ in what is not shown."));
	if (c->was == NULL && c->theirs == NULL && c->ours == NULL)
		return;
	w_text_line(text, STYLE_TEXT, "");
	add_version(text, _("What it was"), STYLE_DIM, c->was);
	add_version(text, _("Theirs: what is in the file now"), STYLE_TEXT, c->theirs);
	add_version(text, _("Ours: what you made of it"), STYLE_TEXT, c->ours);
}

static void choosing_draw(struct pane *pane, struct ui *ui, struct rect area, bool whole)
{
	struct choosing *choosing = (struct choosing *)pane;
	struct rect inside = rect_inside(area), list, text;
	int most = inside.rows / 2;

	if (whole) {
		term_frame(ui->term, area, _("Changed by somebody else, and by you"));
		term_fill(ui->term, inside, STYLE_TEXT);
	}
	inside.col++;
	inside.cols -= 2;
	list = text = inside;
	list.rows =
		choosing->merge.count + 2 < (size_t)most ? (int)choosing->merge.count + 2 : most;
	text.row += list.rows + 1;
	text.rows -= list.rows + 1;
	if (choosing->shown != choosing->list.cursor)
		fill(choosing);
	w_text_draw(&choosing->text, ui->term, text, false);
	w_list_draw(&choosing->list, ui->term, list, ui->top == pane, whole);
}

/* Goes to the next one without a choice, where there is one. */
static void go_on(struct choosing *choosing)
{
	size_t i;

	for (i = 1; i <= choosing->merge.count; i++) {
		size_t row = (choosing->list.cursor + i) % choosing->merge.count;

		if (choosing->merge.items[row].choice == MERGE_OPEN) {
			w_list_go(&choosing->list, row);
			return;
		}
	}
}

static void set_choice(struct choosing *choosing, struct ui *ui, enum merge_choice choice)
{
	struct conflict *c = &choosing->merge.items[choosing->list.cursor];

	if (choice == MERGE_OURS && c->theirs_only) {
		ui_say(ui, STYLE_WARNING,
		       _("yours cannot be put there any more; take theirs and make it again"));
		return;
	}
	c->choice = choice;
	go_on(choosing);
	if (count_open(choosing) == 0)
		ui_say(ui, STYLE_NOTE,
		       _("all chosen: Enter merges, Esc leaves everything as it was"));
	ui_stale(ui);
}

static void merge_now(struct choosing *choosing, struct ui *ui)
{
	struct console *console = choosing->console;
	struct error err = ERROR_INIT;
	struct change *merged;
	struct host *fresh = choosing->fresh;
	bool writing = choosing->writing;

	if (count_open(choosing) > 0) {
		go_on(choosing);
		ui_say(ui, STYLE_WARNING,
		       _("choose for each of them first: t keeps theirs, o takes yours"));
		return;
	}
	merged = change_merge(console->change, fresh, &choosing->merge, &err);
	if (merged == NULL && err.code == ERROR_NONE) {
		/* A choice has brought a new question. */
		w_list_changed(&choosing->list);
		go_on(choosing);
		ui_stale(ui);
		return;
	}
	if (merged != NULL)
		choosing->fresh = NULL;
	ui_close(ui, &choosing->pane);
	if (merged != NULL)
		take(console, fresh, merged, writing);
	else
		say_why(console, &err);
}

static bool choosing_act(struct pane *pane, struct ui *ui, enum action action,
			 const struct event *event)
{
	struct choosing *choosing = (struct choosing *)pane;
	size_t column;

	switch (action) {
	case ACTION_NONE:
		if (event->key == K_MOUSE)
			w_list_mouse(&choosing->list, event, &column);
		return event->key == K_MOUSE;
	case ACTION_THEIRS:
		set_choice(choosing, ui, MERGE_THEIRS);
		return true;
	case ACTION_OURS:
		set_choice(choosing, ui, MERGE_OURS);
		return true;
	case ACTION_MERGE:
		merge_now(choosing, ui);
		return true;
	case ACTION_CANCEL:
		ui_say(ui, STYLE_NOTE, _("nothing was done; your changes are still here"));
		ui_close(ui, pane);
		return true;
	case ACTION_DETAIL_UP:
	case ACTION_DETAIL_DOWN:
		return w_text_act(&choosing->text,
				  action == ACTION_DETAIL_UP ? ACTION_UP : ACTION_DOWN);
	default:
		return w_list_act(&choosing->list, action);
	}
}

static void choosing_free(struct pane *pane)
{
	struct choosing *choosing = (struct choosing *)pane;

	merge_release(&choosing->merge);
	host_free(choosing->fresh);
	w_list_release(&choosing->list);
	w_text_release(&choosing->text);
	free(choosing);
}

/* Adopts FRESH and MERGE. */
static void choose(struct console *console, struct host *fresh, struct merge *merge, bool writing)
{
	static const struct pane_ops ops = { .draw = choosing_draw,
					     .act = choosing_act,
					     .free = choosing_free };
	struct choosing *choosing = xcalloc(1, sizeof *choosing);

	choosing->pane.ops = &ops;
	choosing->pane.context = CONTEXT_CHOICE;
	choosing->pane.help = _(
		"Somebody else changed the same items as you. Choose for each what stays. All else that they changed and you changed is kept. Nothing is written before you say so with w.");
	choosing->console = console;
	choosing->fresh = fresh;
	choosing->merge = *merge;
	choosing->writing = writing;
	choosing->shown = SIZE_MAX;
	w_list_init(&choosing->list, &source, choosing);
	choosing->list.sort_column = ARRAY_SIZE(columns);
	w_text_init(&choosing->text);
	ui_push(console->ui, &choosing->pane);
}
