#include "config.h"

#include "ui/w_prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum { HISTORY_LINES = 200 };

struct w_prompt {
	struct pane pane;
	char *label;
	struct w_input input;
	struct w_history *history;
	size_t history_at; /* history's count: the line being typed */
	const struct w_prompt_ops *ops;
	void *data;
};

void w_history_release(struct w_history *history)
{
	size_t i;

	for (i = 0; i < history->count; i++)
		free(history->lines[i]);
	free(history->lines);
	*history = (struct w_history){ .lines = NULL };
}

static void history_add(struct w_history *history, const char *line)
{
	if (*line == '\0' ||
	    (history->count > 0 && strcmp(history->lines[history->count - 1], line) == 0))
		return;
	if (history->count == HISTORY_LINES) {
		free(history->lines[0]);
		memmove(history->lines, history->lines + 1,
			--history->count * sizeof *history->lines);
	}
	VEC_PUSH(history->lines, history->count, history->cap, xstrdup(line));
}

static struct rect prompt_place(struct pane *pane, struct rect screen)
{
	(void)pane;
	return layout_compute(screen.rows, screen.cols).message;
}

static void prompt_draw(struct pane *pane, struct ui *ui, struct rect area, bool whole)
{
	struct w_prompt *prompt = (struct w_prompt *)pane;
	int label = term_width(ui->term, prompt->label);

	(void)whole;
	if (label > area.cols / 2)
		label = area.cols / 2;
	term_put(ui->term, area.row, area.col, label, STYLE_STRONG, prompt->label);
	w_input_draw(&prompt->input, ui->term, area.row, area.col + label, area.cols - label,
		     STYLE_TEXT, true);
}

static void changed(struct w_prompt *prompt, struct ui *ui)
{
	if (prompt->ops->changed == NULL)
		return;
	prompt->ops->changed(prompt->data, ui, prompt->input.text);
	ui_stale(ui);
}

static void finish(struct w_prompt *prompt, struct ui *ui, bool accepted)
{
	const struct w_prompt_ops *ops = prompt->ops;
	void *data = prompt->data;
	char *text = accepted ? xstrdup(prompt->input.text) : NULL;

	if (accepted && prompt->history != NULL)
		history_add(prompt->history, text);
	ui_close(ui, &prompt->pane);
	ops->done(data, ui, text);
	free(text);
}

static void history_go(struct w_prompt *prompt, struct ui *ui, bool back)
{
	struct w_history *history = prompt->history;

	if (history == NULL ||
	    (back ? prompt->history_at == 0 : prompt->history_at >= history->count))
		return;
	prompt->history_at += back ? (size_t)-1 : 1;
	w_input_set(&prompt->input,
		    prompt->history_at < history->count ? history->lines[prompt->history_at] : "");
	changed(prompt, ui);
}

static bool prompt_act(struct pane *pane, struct ui *ui, enum action action,
		       const struct event *event)
{
	struct w_prompt *prompt = (struct w_prompt *)pane;

	switch (action) {
	case ACTION_ACCEPT:
		finish(prompt, ui, true);
		return true;
	case ACTION_CANCEL:
		finish(prompt, ui, false);
		return true;
	case ACTION_HISTORY_BACK:
	case ACTION_HISTORY_FORTH:
		history_go(prompt, ui, action == ACTION_HISTORY_BACK);
		return true;
	case ACTION_COMPLETE:
		if (prompt->ops->complete == NULL)
			return false;
		prompt->ops->complete(prompt->data, ui, &prompt->input);
		return true;
	default:
		if (!w_input_act(&prompt->input, action, event))
			return false;
		changed(prompt, ui);
		return true;
	}
}

static void prompt_free(struct pane *pane)
{
	struct w_prompt *prompt = (struct w_prompt *)pane;

	w_input_release(&prompt->input);
	free(prompt->label);
	free(prompt);
}

void w_prompt_open(struct ui *ui, const char *label, const char *text, struct w_history *history,
		   const struct w_prompt_ops *ops, void *data)
{
	static const struct pane_ops prompt_ops = {
		.place = prompt_place, .draw = prompt_draw, .act = prompt_act, .free = prompt_free
	};
	struct w_prompt *prompt = xcalloc(1, sizeof *prompt);

	prompt->pane.ops = &prompt_ops;
	prompt->pane.context = CONTEXT_INPUT;
	prompt->label = xstrdup(label);
	w_input_init(&prompt->input, false);
	w_input_set(&prompt->input, text);
	prompt->history = history;
	prompt->history_at = history != NULL ? history->count : 0;
	prompt->ops = ops;
	prompt->data = data;
	ui_push(ui, &prompt->pane);
}
