/* Repairing: what would change is shown first, and asked for. */
#include "config.h"

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/repair.h"
#include "lint/repair.h"
#include "ui/console_private.h"

/* What is to be repaired, in the words of one check of the host; another one begins anew. */
struct choice {
	struct console *console;
	const struct lint *lint;
	struct view view;
};

static bool has(const struct console *console, size_t number)
{
	size_t low = 0, high = console->chosen_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (console->chosen[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < console->chosen_count && console->chosen[low].number == number;
}

/* The item of the kind whose entry the finding is about; the count where it is about none. Entries
 * rise with the numbers. */
static size_t item_of(const struct kind *kind, struct view *view, const struct finding *finding)
{
	const uint32_t *entries = kind->entries(view->host);
	size_t count = kind->count(view), low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (entries[middle] < finding->entry)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && entries[low] == finding->entry && finding->file == kind->file ? low
											    : count;
}

/* Whether it is one of the chosen items' findings, or one of them itself. */
static bool is_chosen(struct choice *choice, const struct lint *lint, const struct finding *finding)
{
	const struct console *console = choice->console;
	const struct kind *kind = console->screens[console->here].info->kind;
	size_t i;

	if (kind == &kind_findings)
		return lint == console->lint &&
		       has(console, (size_t)(finding - lint_findings(lint)->items));
	if (kind->entries != NULL)
		return has(console, item_of(kind, &choice->view, finding));
	for (i = 0; i < console->chosen_count; i++)
		if (kind_about(kind, &choice->view, console->chosen[i].number, finding))
			return true;
	return false;
}

static bool is_wanted(void *ctx, const struct lint *lint, const struct finding *finding)
{
	struct choice *choice = ctx;
	struct console *console = choice->console;
	const struct screen *screen = console_screen(console);
	size_t number = (size_t)(finding - lint_findings(lint)->items);

	if (choice->lint != lint) {
		view_release(&choice->view);
		view_init(&choice->view, console->work->host, lint, console->work->profile);
		choice->lint = lint;
	}
	if (console->repairing_all)
		return screen->terms == NULL ||
		       filter_matches(screen->terms, &choice->view, number);
	if (console->repairing_chosen)
		return is_chosen(choice, lint, finding);
	/* A finding has no name by which the next check would know it: it is the first one's. */
	if (screen->info->kind == &kind_findings)
		return lint == console->lint && number == console->repairing;
	return kind_about(screen->info->kind, &choice->view, console->repairing, finding);
}

/* Makes the repairs in memory; change_end keeps them or takes them back. */
static void make(struct console *console, struct repairs *repairs)
{
	struct choice choice = { .console = console, .lint = console->lint };

	view_init(&choice.view, console->work->host, console->lint, console->work->profile);
	repair_findings(console->change, console->lint, work_now(), is_wanted, &choice, repairs);
	view_release(&choice.view);
}

static void add_repaired(struct w_text *body, const struct repaired *one)
{
	bool made = one->fate == REPAIR_MADE;

	w_text_add(body, made ? STYLE_OK : STYLE_WARNING, made ? "x " : "- ");
	w_text_addf(body, STYLE_STRONG, "%s ", one->id);
	w_text_add(body, STYLE_DIM, one->path);
	if (one->line > 0)
		w_text_addf(body, STYLE_DIM, ":%u", one->line);
	w_text_addf(body, STYLE_TEXT, ": %s", one->text);
	if (one->why != NULL)
		w_text_addf(body, STYLE_WARNING, _(" (not repaired: %s)"), one->why);
	w_text_end_indented(body, 2);
}

/* What was repaired, what was not and why, what was forced with it, and the diff of this step. */
static void add_preview(struct console *console, const struct repairs *repairs, size_t notes,
			struct w_text *body)
{
	struct change *change = console->change;
	struct strbuf diff = STRBUF_INIT;
	size_t i;

	for (i = 0; i < repairs->count; i++)
		add_repaired(body, &repairs->items[i]);
	for (i = notes; i < change_note_count(change); i++) {
		w_text_add(body, STYLE_NOTE, "! ");
		w_text_add(body, STYLE_TEXT, change_note(change, i));
		w_text_end_indented(body, 2);
	}
	change_diff_step(change, &diff);
	if (diff.len > 0)
		w_text_line(body, STYLE_TEXT, "");
	w_text_diff(body, diff.buf, diff.len);
	strbuf_release(&diff);
}

static void repair_answered(void *data, struct ui *ui, bool yes)
{
	struct console *console = data;
	struct screen *screen = console_screen(console);
	size_t row = screen->list.cursor;
	struct repairs repairs = { 0 };

	if (!yes || (console->repairing_chosen && !marks_are_chosen(screen)))
		return;
	make(console, &repairs);
	change_end(console->change, repairs.made > 0);
	console_changed(console);
	/* What has just been checked several times is checked once more, so that the list does not
	 * vanish under the cursor. */
	console_finish_checks(console);
	if (screen->count > 0)
		w_list_go(&screen->list, row < screen->count ? row : screen->count - 1);
	ui_say(ui, STYLE_OK,
	       ngettext("%zu problem repaired, not written yet; u takes it back, w writes it",
			"%zu problems repaired, not written yet; u takes it back, w writes it",
			repairs.made),
	       repairs.made);
	repairs_release(&repairs);
}

static void show(struct console *console, size_t made, struct w_text *body)
{
	w_dialog_open(
		console->ui,
		&(struct w_dialog_spec){
			.kind = made > 0 ? DIALOG_CONFIRM : DIALOG_MESSAGE,
			.full = made > 0,
			.title = made > 0 ? _("Repair this?") : _("Not repaired"),
			.yes = made > 0 ? _("Repair") : NULL,
			.help = _(
				"What is repaired and what changes with it. Nothing is written before you say so with w. A repair that the role may not make, or that would bring another problem, is left out."),
			.done = made > 0 ? repair_answered : NULL,
			.data = console },
		body);
}

/* Makes the repairs to see what comes of them, takes them back, and asks. */
static void ask(struct console *console, const char *nothing)
{
	struct repairs repairs = { 0 };
	size_t notes = change_note_count(console->change);
	struct w_text body;

	make(console, &repairs);
	w_text_init(&body);
	/* What was chosen is repaired together or not at all. */
	if (console->repairing_chosen && repairs.refused > 0) {
		repairs.made = 0;
		w_text_line(&body, STYLE_WARNING,
			    _("Nothing is repaired, because the role may not repair all of it:"));
		w_text_line(&body, STYLE_TEXT, "");
	}
	add_preview(console, &repairs, notes, &body);
	change_end(console->change, false);
	/* The documents are other ones now, with the same bytes. */
	view_reset(&console->view, console->lint);
	if (repairs.count > 0) {
		show(console, repairs.made, &body);
	} else {
		w_text_release(&body);
		ui_say(console->ui, STYLE_NOTE, "%s", nothing);
	}
	repairs_release(&repairs);
}

void console_repair(struct console *console, size_t number)
{
	bool problem = console_screen(console)->info->kind == &kind_findings;

	console->repairing_all = console->repairing_chosen = false;
	console->repairing = number;
	ask(console, problem ? _("this has no repair; its way out is in the detail")
			     : _("none of its problems has a repair"));
}

void console_repair_all(struct console *console)
{
	console->repairing_all = true;
	console->repairing_chosen = false;
	ask(console, _("none of these problems has a repair"));
}

void console_repair_marked(struct console *console)
{
	if (!marks_choose(console_screen(console)))
		return;
	console->repairing_all = false;
	console->repairing_chosen = true;
	ask(console, _("none of the marked rows has a problem with a repair"));
}

bool console_may_repair(const struct console *console)
{
	const struct screen *screen = &console->screens[console->here];
	const struct findings *findings;
	size_t item, i;

	if (console->lint == NULL || !console->lint_done || screen->info->kind == NULL ||
	    screen->count == 0)
		return false;
	item = screen_item(screen, screen->list.cursor);
	findings = lint_findings(console->lint);
	for (i = 0; i < console->repairable_count; i++) {
		uint32_t number = console->repairable[i];

		if (screen->info->kind == &kind_findings
			    ? number == item
			    : kind_about(screen->info->kind, (struct view *)&console->view, item,
					 &findings->items[number]))
			return true;
	}
	return false;
}

void console_find_repairs(struct console *console)
{
	const struct findings *findings = lint_findings(console->lint);
	uint32_t i;

	console->repairable_count = 0;
	for (i = 0; i < findings->count; i++)
		if (lint_has_repair(console->lint, &findings->items[i]))
			VEC_PUSH(console->repairable, console->repairable_count,
				 console->repairable_cap, i);
}
