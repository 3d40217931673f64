/* A line to type in place of the message line: for a search, a filter, the command line. */
#ifndef UI_W_PROMPT_H
#define UI_W_PROMPT_H

#include "ui/ui.h"
#include "ui/w_input.h"

/* Lines typed before, oldest first; belongs to whoever opens prompts. */
struct w_history {
	char **lines;
	size_t count, cap;
};

void w_history_release(struct w_history *history);

struct w_prompt_ops {
	/* The text changed; NULL: not of interest. */
	void (*changed)(void *data, struct ui *ui, const char *text);

	/* Enter, or with NULL for TEXT: given up. The prompt is gone by then. */
	void (*done)(void *data, struct ui *ui, const char *text);

	/* Completes what is before the cursor; may ui_say() what it could become. NULL: no
	 * completion. */
	void (*complete)(void *data, struct ui *ui, struct w_input *input);
};

/*
 * Opens a prompt that starts with LABEL and holds TEXT. OPS and HISTORY (NULL: none) are borrowed
 * until it is done.
 */
void w_prompt_open(struct ui *ui, const char *label, const char *text, struct w_history *history,
		   const struct w_prompt_ops *ops, void *data);

#endif
