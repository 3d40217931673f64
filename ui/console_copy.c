/* What names an item, or one of its values, to the clipboard. Values come from the kind's columns,
 * which have no secret, and never from the screen. */
#include "config.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/console_private.h"
#include "ui/w_pick.h"

void copy_item(struct console *console, size_t number)
{
	const struct kind *kind = console_screen(console)->info->kind;
	/* Where the name is a place, it says nothing elsewhere. */
	const char *column = kind == &kind_policies   ? "normalized"
			     : kind == &kind_findings ? "message"
						      : NULL;
	struct strbuf text = STRBUF_INIT;

	if (column != NULL)
		kind_cell(kind, &console->view, number, kind_column(kind, column), &text, NULL);
	else
		kind->name_of(&console->view, number, &text);
	ui_copy(console->ui, text.buf);
	strbuf_release(&text);
}

/* The values one may choose from. */
struct values {
	char **texts;
	size_t count, cap;
};

static void value_picked(void *data, struct ui *ui, size_t picked)
{
	struct values *values = data;
	size_t i;

	if (picked < values->count)
		ui_copy(ui, values->texts[picked]);
	for (i = 0; i < values->count; i++)
		free(values->texts[i]);
	free(values->texts);
	free(values);
}

void copy_value(struct console *console, size_t number)
{
	const struct kind *kind = console_screen(console)->info->kind;
	struct w_choice *choices = xcalloc(kind->ncolumns, sizeof *choices);
	struct values *values = xcalloc(1, sizeof *values);
	size_t i;

	for (i = 0; i < kind->ncolumns; i++) {
		struct strbuf text = STRBUF_INIT;

		if ((kind->columns[i].flags & COLUMN_DETAIL) &&
		    kind_cell(kind, &console->view, number, i, &text, NULL) && text.len > 0) {
			VEC_PUSH(values->texts, values->count, values->cap,
				 strbuf_detach(&text, NULL));
			choices[values->count - 1] =
				(struct w_choice){ _(kind->columns[i].title),
						   values->texts[values->count - 1] };
		}
		strbuf_release(&text);
	}
	w_pick_open(console->ui, _("Copy which value?"), choices, values->count, 0, value_picked,
		    values);
	free(choices);
}
