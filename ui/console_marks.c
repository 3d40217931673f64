/* Marked items, and what is done with them. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/several.h"
#include "ui/console_private.h"

enum { NAMES_SHOWN = 10 }; /* in a question */

static int compare_numbers(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static int compare_ids(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static const struct mark *find_mark(const struct mark *marks, size_t count, size_t item)
{
	struct mark key = { .number = (uint32_t)item };

	return count > 0 ? bsearch(&key, marks, count, sizeof *marks, compare_numbers) : NULL;
}

bool marks_have(const struct screen *screen, size_t item)
{
	return find_mark(screen->marks, screen->mark_count, item) != NULL;
}

static void add_mark(struct screen *screen, size_t item)
{
	struct mark mark = { screen->info->kind->id(&screen->console->view, item), (uint32_t)item };

	VEC_PUSH(screen->marks, screen->mark_count, screen->mark_cap, mark);
}

static void changed(struct screen *screen)
{
	screen->marks_shown = SIZE_MAX;
	screen->list.drawn = false;
}

void marks_toggle(struct screen *screen, size_t item)
{
	const struct mark *mark = find_mark(screen->marks, screen->mark_count, item);
	size_t at;

	if (mark != NULL) {
		at = (size_t)(mark - screen->marks);
		memmove(screen->marks + at, screen->marks + at + 1,
			(--screen->mark_count - at) * sizeof *screen->marks);
	} else {
		add_mark(screen, item);
		qsort(screen->marks, screen->mark_count, sizeof *screen->marks, compare_numbers);
	}
	changed(screen);
}

size_t marks_count_shown(struct screen *screen)
{
	size_t row;

	if (screen->marks_shown != SIZE_MAX)
		return screen->marks_shown;
	screen->marks_shown = 0;
	for (row = 0; row < screen->count && screen->mark_count > 0; row++)
		screen->marks_shown += marks_have(screen, screen_item(screen, row));
	return screen->marks_shown;
}

/* Takes away the marks of what is shown, or of what is not. */
static void drop(struct screen *screen, bool shown)
{
	size_t all = screen->info->kind->count(&screen->console->view), row, i, kept = 0;
	bool *in_list = xcalloc(all + 1, sizeof *in_list);

	for (row = 0; row < screen->count; row++)
		in_list[screen_item(screen, row)] = true;
	for (i = 0; i < screen->mark_count; i++)
		if (screen->marks[i].number >= all || in_list[screen->marks[i].number] != shown)
			screen->marks[kept++] = screen->marks[i];
	screen->mark_count = kept;
	free(in_list);
}

void marks_toggle_all(struct screen *screen)
{
	bool all = marks_count_shown(screen) == screen->count;
	size_t row;

	drop(screen, true);
	for (row = 0; row < screen->count && !all; row++)
		add_mark(screen, screen_item(screen, row));
	if (screen->mark_count > 1)
		qsort(screen->marks, screen->mark_count, sizeof *screen->marks, compare_numbers);
	changed(screen);
}

/* Finds the COUNT marks that have lost their items, by their ids, and adds them again. */
static void find_lost(struct screen *screen, struct mark *lost, size_t count)
{
	const struct kind *kind = screen->info->kind;
	struct view *view = &screen->console->view;
	size_t all = kind->count(view), kept = screen->mark_count, item, at;
	bool *found = xcalloc(count, sizeof *found);

	qsort(lost, count, sizeof *lost, compare_ids);
	for (item = 0; item < all; item++) {
		struct mark key = { .id = kind->id(view, item) };
		const struct mark *mark = bsearch(&key, lost, count, sizeof *lost, compare_ids);

		if (mark == NULL || find_mark(screen->marks, kept, item) != NULL)
			continue;
		/* Of several with the same id each finds one. */
		for (at = (size_t)(mark - lost); at > 0 && lost[at - 1].id == key.id; at--)
			;
		while (at < count && lost[at].id == key.id && found[at])
			at++;
		if (at == count || lost[at].id != key.id)
			continue;
		found[at] = true;
		add_mark(screen, item);
	}
	free(found);
	if (screen->mark_count > 1)
		qsort(screen->marks, screen->mark_count, sizeof *screen->marks, compare_numbers);
}

void marks_follow(struct screen *screen)
{
	const struct kind *kind = screen->info->kind;
	struct view *view = &screen->console->view;
	struct mark *lost = NULL;
	size_t count = 0, cap = 0, kept = 0, i;

	/* There are no findings before all are there. */
	if (screen->mark_count == 0 || (kind == &kind_findings && !screen->console->lint_done))
		return;
	for (i = 0; i < screen->mark_count; i++) {
		struct mark mark = screen->marks[i];

		if (mark.number < kind->count(view) && kind->id(view, mark.number) == mark.id)
			screen->marks[kept++] = mark;
		else
			VEC_PUSH(lost, count, cap, mark);
	}
	screen->mark_count = kept;
	if (count > 0)
		find_lost(screen, lost, count);
	free(lost);
	changed(screen);
}

void marks_footer(struct screen *screen, struct strbuf *text)
{
	size_t hidden;

	if (screen->mark_count == 0)
		return;
	strbuf_addf(text, ngettext(", %zu marked", ", %zu marked", screen->mark_count),
		    screen->mark_count);
	hidden = screen->filtering != 0 ? 0 : screen->mark_count - marks_count_shown(screen);
	if (hidden > 0)
		strbuf_addf(text, ngettext(" (%zu not shown)", " (%zu not shown)", hidden), hidden);
}

bool marks_choose(struct screen *screen)
{
	struct console *console = screen->console;
	size_t row, count = 0;

	screen_finish(screen);
	free(console->chosen);
	console->chosen = xcalloc(screen->mark_count + 1, sizeof *console->chosen);
	for (row = 0; row < screen->count; row++) {
		const struct mark *mark =
			find_mark(screen->marks, screen->mark_count, screen_item(screen, row));

		if (mark != NULL)
			console->chosen[count++] = *mark;
	}
	console->chosen_count = count;
	if (count > 1)
		qsort(console->chosen, count, sizeof *console->chosen, compare_numbers);
	if (count == 0)
		ui_say(console->ui, STYLE_WARNING,
		       _("the filter hides what is marked, and nothing was done; f changes the filter"));
	return count > 0;
}

bool marks_are_chosen(struct screen *screen)
{
	const struct kind *kind = screen->info->kind;
	struct console *console = screen->console;
	size_t i;

	for (i = 0; i < console->chosen_count; i++)
		if (console->chosen[i].number >= kind->count(&console->view) ||
		    kind->id(&console->view, console->chosen[i].number) != console->chosen[i].id) {
			ui_say(console->ui, STYLE_WARNING,
			       _("the files have changed meanwhile, and nothing was done"));
			return false;
		}
	return true;
}

static size_t *chosen_numbers(const struct console *console)
{
	size_t *numbers = xmalloc(console->chosen_count * sizeof *numbers), i;

	for (i = 0; i < console->chosen_count; i++)
		numbers[i] = console->chosen[i].number;
	return numbers;
}

static void remove_answered(void *data, struct ui *ui, bool yes)
{
	struct console *console = data;
	struct screen *screen = console_screen(console);
	size_t count = console->chosen_count, *numbers;
	struct error err = ERROR_INIT;
	bool good;

	if (!yes || !marks_are_chosen(screen))
		return;
	numbers = chosen_numbers(console);
	good = several_remove(console->change, screen->info->kind, numbers, count, &err);
	free(numbers);
	if (!good) {
		/* What was removed before the refusal has been taken back. */
		console_changed(console);
		console_refuse(console, &err);
		return;
	}
	console_changed(console);
	ui_say(ui, STYLE_OK,
	       ngettext("%zu removed; u takes it back, w writes it",
			"%zu removed; u takes them back, w writes it", count),
	       count);
}

/* A place says little about what goes: a policy is shown with its text. */
static void add_names(struct console *console, const size_t *numbers, struct strbuf *text)
{
	const struct kind *kind = console_screen(console)->info->kind;
	size_t i, count = console->chosen_count;

	for (i = 0; i < count && i < NAMES_SHOWN; i++) {
		strbuf_addstr(text, "\n  ");
		kind->name_of(&console->view, numbers[i], text);
		if (kind != &kind_policies)
			continue;
		strbuf_addstr(text, "  ");
		kind_cell(kind, &console->view, numbers[i], kind_column(kind, "normalized"), text,
			  NULL);
	}
	if (count > NAMES_SHOWN) {
		strbuf_addstr(text, "\n  ");
		strbuf_addf(text, ngettext("and %zu more", "and %zu more", count - NAMES_SHOWN),
			    count - NAMES_SHOWN);
	}
}

void marks_ask_remove(struct console *console)
{
	struct screen *screen = console_screen(console);
	struct strbuf text = STRBUF_INIT;
	size_t *numbers, hidden;

	if (!marks_choose(screen))
		return;
	numbers = chosen_numbers(console);
	strbuf_addf(&text,
		    ngettext("Remove the marked item?", "Remove these %zu marked items?",
			     console->chosen_count),
		    console->chosen_count);
	add_names(console, numbers, &text);
	free(numbers);
	hidden = screen->mark_count - console->chosen_count;
	if (hidden > 0)
		strbuf_addf(&text,
			    ngettext("\n%zu more is marked but not shown, and stays.",
				     "\n%zu more are marked but not shown, and stay.", hidden),
			    hidden);
	w_dialog_confirm(console->ui, _("Remove"), text.buf, remove_answered, console);
	strbuf_release(&text);
}
