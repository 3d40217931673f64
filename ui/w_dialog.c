#include "config.h"

#include "ui/w_dialog.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/cells.h"
#include "ui/keyname.h"
#include "ui/w_buttons.h"
#include "ui/w_input.h"

enum { MIN_COLS = 44, MAX_COLS = 76, YES = 0, NO = 1 };

struct w_dialog {
	struct pane pane;
	struct w_dialog_spec spec; /* its texts are copies */
	struct w_text body;
	struct w_search search;
	struct w_input input;
	struct w_buttons buttons;
	int here; /* the button with the keys */
	bool utf8;
};

static char *copy(const char *text)
{
	return text != NULL ? xstrdup(text) : NULL;
}

static bool has_buttons(const struct w_dialog *dialog)
{
	return dialog->spec.kind != DIALOG_READ;
}

static int rows_below(const struct w_dialog *dialog)
{
	return has_buttons(dialog)
		       ? 2 + (dialog->spec.question != NULL) + (dialog->spec.kind == DIALOG_WORD)
		       : 0;
}

static int widest_line(const struct w_dialog *dialog)
{
	const struct w_text *body = &dialog->body;
	int widest = dialog->spec.question != NULL
			     ? cells_width(dialog->spec.question, strlen(dialog->spec.question),
					   dialog->utf8)
			     : 0;
	size_t i;

	for (i = 0; i < body->line_count; i++) {
		int width = cells_width(body->bytes.buf + body->lines[i].start, body->lines[i].len,
					dialog->utf8);

		widest = width > widest ? width : widest;
	}
	return widest;
}

static struct rect dialog_place(struct pane *pane, struct rect screen)
{
	struct w_dialog *dialog = (struct w_dialog *)pane;
	int cols, rows;

	if (dialog->spec.kind == DIALOG_READ || dialog->spec.full) {
		return layout_panes(screen);
	}
	cols = widest_line(dialog) + 4;
	cols = cols < MIN_COLS ? MIN_COLS : cols > MAX_COLS ? MAX_COLS : cols;
	cols = cols < screen.cols - 4 ? cols : screen.cols - 4;
	rows = (int)w_text_rows(&dialog->body, cols - 4, dialog->utf8);
	return rect_centre(screen, rows + 2 + rows_below(dialog), cols);
}

static void draw_below(struct w_dialog *dialog, struct term *term, struct rect area)
{
	int row = area.row + area.rows - rows_below(dialog) + 1, label;

	term_fill(term, (struct rect){ row - 1, area.col, 1, area.cols }, STYLE_TEXT);
	if (dialog->spec.question != NULL)
		term_put(term, row++, area.col, area.cols, STYLE_STRONG, dialog->spec.question);
	w_buttons_draw(&dialog->buttons, term,
		       (struct rect){ area.row + area.rows - 1, area.col, 1, area.cols },
		       dialog->here);
	if (dialog->spec.kind != DIALOG_WORD)
		return;
	label = term_width(term, _("Type:")) + 1;
	term_put(term, row, area.col, area.cols, STYLE_TEXT, _("Type:"));
	term_put(term, row, area.col + label, area.cols - label, STYLE_STRONG, dialog->spec.word);
	label += term_width(term, dialog->spec.word) + 2;
	w_input_draw(&dialog->input, term, row, area.col + label, area.cols - label,
		     STYLE_FIELD_HERE, true);
}

static void dialog_draw(struct pane *pane, struct ui *ui, struct rect area, bool whole)
{
	struct w_dialog *dialog = (struct w_dialog *)pane;
	struct rect inside = rect_inside(area), body;

	if (whole) {
		term_frame(ui->term, area, dialog->spec.title);
		term_fill(ui->term, inside, STYLE_TEXT);
	}
	inside.col++;
	inside.cols -= 2;
	body = inside;
	body.rows -= rows_below(dialog);
	w_text_draw(&dialog->body, ui->term, body, true);
	if (has_buttons(dialog))
		draw_below(dialog, ui->term, inside);
}

static void finish(struct w_dialog *dialog, struct ui *ui, bool yes)
{
	void (*done)(void *data, struct ui *ui, bool yes) = dialog->spec.done;
	void *data = dialog->spec.data;

	ui_close(ui, &dialog->pane);
	if (done != NULL)
		done(data, ui, yes);
}

/* Takes "yes", unless the word is still missing. */
static void accept(struct w_dialog *dialog, struct ui *ui)
{
	if (dialog->spec.kind == DIALOG_WORD &&
	    strcmp(dialog->input.text, dialog->spec.word) != 0) {
		ui_say(ui, STYLE_WARNING, _("type the word '%s' to go on, or Esc to leave it"),
		       dialog->spec.word);
		return;
	}
	finish(dialog, ui, true);
}

static void press(struct w_dialog *dialog, struct ui *ui, int button)
{
	if (button == YES)
		accept(dialog, ui);
	else if (button == NO)
		finish(dialog, ui, false);
}

static bool mouse(struct w_dialog *dialog, struct ui *ui, const struct event *event)
{
	if (event->mouse != MOUSE_PRESS)
		return w_text_mouse(&dialog->body, event);
	press(dialog, ui,
	      has_buttons(dialog) ? w_buttons_at(&dialog->buttons, event->row, event->col) : -1);
	return true;
}

static bool act_read(struct w_dialog *dialog, struct ui *ui, enum action action)
{
	if (action == ACTION_BACK) {
		finish(dialog, ui, false);
		return true;
	}
	if (w_text_act(&dialog->body, action) || w_search_act(&dialog->search, ui, action))
		return true;
	return dialog->spec.act != NULL &&
	       dialog->spec.act(dialog->spec.data, ui, &dialog->pane, action);
}

static bool act_confirm(struct w_dialog *dialog, struct ui *ui, enum action action)
{
	bool two = dialog->buttons.labels[NO] != NULL;

	switch (action) {
	case ACTION_NEXT_FIELD:
	case ACTION_PREVIOUS_FIELD:
	case ACTION_LEFT:
	case ACTION_RIGHT:
		dialog->here = two ? 1 - dialog->here : YES;
		return true;
	case ACTION_YES:
		finish(dialog, ui, true);
		return true;
	case ACTION_NO:
	case ACTION_CANCEL:
		finish(dialog, ui, false);
		return true;
	case ACTION_ACCEPT:
		press(dialog, ui, dialog->here);
		return true;
	default:
		return w_text_act(&dialog->body, action);
	}
}

static bool act_word(struct w_dialog *dialog, struct ui *ui, enum action action,
		     const struct event *event)
{
	switch (action) {
	case ACTION_CANCEL:
		finish(dialog, ui, false);
		return true;
	case ACTION_ACCEPT:
		accept(dialog, ui);
		return true;
	case ACTION_HISTORY_BACK:
		return w_text_act(&dialog->body, ACTION_UP);
	case ACTION_HISTORY_FORTH:
		return w_text_act(&dialog->body, ACTION_DOWN);
	default:
		return w_input_act(&dialog->input, action, event);
	}
}

static bool dialog_act(struct pane *pane, struct ui *ui, enum action action,
		       const struct event *event)
{
	struct w_dialog *dialog = (struct w_dialog *)pane;

	if (action == ACTION_NONE && event->key == K_MOUSE)
		return mouse(dialog, ui, event);
	switch (dialog->spec.kind) {
	case DIALOG_READ:
		return act_read(dialog, ui, action);
	case DIALOG_WORD:
		return act_word(dialog, ui, action, event);
	default:
		return act_confirm(dialog, ui, action);
	}
}

static bool dialog_offers(const struct pane *pane, const struct ui *ui, enum action action)
{
	const struct w_dialog *dialog = (const struct w_dialog *)pane;
	const struct action_info *info = action_info(action);

	switch (action) {
	case ACTION_YES:
	case ACTION_NO:
	case ACTION_NEXT_FIELD:
	case ACTION_PREVIOUS_FIELD:
		return dialog->buttons.labels[NO] != NULL;
	case ACTION_HISTORY_BACK:
	case ACTION_HISTORY_FORTH:
	case ACTION_COMPLETE:
		return false;
	default:
		break;
	}
	if (action == ACTION_COPY)
		return dialog->spec.offers != NULL &&
		       dialog->spec.offers(dialog->spec.data, ui, action);
	if (dialog->spec.kind != DIALOG_READ || action == ACTION_HELP || action == ACTION_BACK ||
	    action == ACTION_REPAINT || action == ACTION_SUSPEND || action == ACTION_SAVE_SCREEN ||
	    info->group == GROUP_MOVE || info->group == GROUP_FIND)
		return true;
	return dialog->spec.offers != NULL && dialog->spec.offers(dialog->spec.data, ui, action);
}

static void dialog_free(struct pane *pane)
{
	struct w_dialog *dialog = (struct w_dialog *)pane;

	w_text_release(&dialog->body);
	w_search_release(&dialog->search);
	w_input_release(&dialog->input);
	free((char *)dialog->spec.title);
	free((char *)dialog->spec.question);
	free((char *)dialog->spec.word);
	free((char *)dialog->buttons.labels[YES]);
	free((char *)dialog->buttons.labels[NO]);
	free(dialog);
}

static enum context dialog_context(enum w_dialog_kind kind)
{
	return kind == DIALOG_READ   ? CONTEXT_TEXT
	       : kind == DIALOG_WORD ? CONTEXT_INPUT
				     : CONTEXT_DIALOG;
}

struct pane *w_dialog_open(struct ui *ui, const struct w_dialog_spec *spec, struct w_text *body)
{
	static const struct pane_ops ops = { .place = dialog_place,
					     .draw = dialog_draw,
					     .act = dialog_act,
					     .offers = dialog_offers,
					     .free = dialog_free };
	bool question = spec->kind == DIALOG_CONFIRM || spec->kind == DIALOG_WORD;
	struct w_dialog *dialog = xcalloc(1, sizeof *dialog);

	dialog->pane.ops = &ops;
	dialog->pane.context = dialog_context(spec->kind);
	dialog->pane.help = spec->help;
	dialog->spec = *spec;
	dialog->spec.title = copy(spec->title);
	dialog->spec.question = copy(spec->question);
	dialog->spec.word = copy(spec->word);
	dialog->body = *body;
	w_text_init(body);
	dialog->utf8 = term_utf8(ui->term);
	w_search_init(&dialog->search, w_text_find, &dialog->body);
	w_input_init(&dialog->input, false);
	if (question) {
		dialog->buttons.labels[YES] = xstrdup(spec->yes != NULL ? spec->yes : _("Yes"));
		dialog->buttons.labels[NO] = xstrdup(spec->no != NULL ? spec->no : _("No"));
		dialog->here = NO;
	} else {
		dialog->buttons.labels[YES] = xstrdup(spec->yes != NULL ? spec->yes : _("OK"));
		dialog->here = YES;
	}
	ui_push(ui, &dialog->pane);
	return &dialog->pane;
}

struct w_text *w_dialog_text(struct pane *pane)
{
	return &((struct w_dialog *)pane)->body;
}

void w_dialog_message(struct ui *ui, const char *title, enum style style, const char *text)
{
	struct w_text body;

	w_text_init(&body);
	w_text_lines(&body, style, text, strlen(text));
	w_dialog_open(ui, &(struct w_dialog_spec){ .kind = DIALOG_MESSAGE, .title = title }, &body);
}

void w_dialog_confirm(struct ui *ui, const char *title, const char *text,
		      void (*done)(void *data, struct ui *ui, bool yes), void *data)
{
	struct w_text body;

	w_text_init(&body);
	w_text_lines(&body, STYLE_TEXT, text, strlen(text));
	w_dialog_open(ui,
		      &(struct w_dialog_spec){
			      .kind = DIALOG_CONFIRM, .title = title, .done = done, .data = data },
		      &body);
}
