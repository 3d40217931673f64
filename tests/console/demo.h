/* The parts of the demonstration program. */
#ifndef TESTS_CONSOLE_DEMO_H
#define TESTS_CONSOLE_DEMO_H

#include <stdint.h>

#include "ui/ui.h"
#include "ui/w_list.h"
#include "ui/w_prompt.h"
#include "ui/w_text.h"

struct demo_row {
	uint64_t id;
	unsigned number;
};

struct demo {
	struct pane pane;
	size_t screen; /* the tab */
	struct demo_row *rows, *shown;
	size_t count, cap, shown_count;
	struct w_list list;
	struct w_text detail;
	uint64_t detail_of;
	struct w_search search;
	struct w_history history;
	char *filter;
	size_t counted, problems; /* by the idle work */
	unsigned keys;            /* how many it has seen */
	uint64_t last_id;
};

struct demo *demo_new(struct ui *ui, size_t rows);

/* Shows the rows that pass the filter, in the order wanted. */
void demo_refresh(struct demo *demo);
void demo_row_add(struct demo *demo, unsigned number);

/* demo_dialogs.c: what the actions open. */
bool demo_act_dialog(struct demo *demo, struct ui *ui, enum action action);
void demo_fill_detail(const struct demo *demo, size_t row, struct w_text *text);

#endif
