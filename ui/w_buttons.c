#include "config.h"

#include "ui/w_buttons.h"

#include "base/strbuf.h"

enum { GAP = 3 };

void w_buttons_draw(struct w_buttons *buttons, struct term *term, struct rect row, int here)
{
	struct strbuf sb = STRBUF_INIT;
	int count = buttons->labels[1] != NULL ? 2 : 1, total = GAP * (count - 1), col, i;

	for (i = 0; i < count; i++) {
		buttons->width[i] = term_width(term, buttons->labels[i]) + 4;
		total += buttons->width[i];
	}
	col = total < row.cols ? (row.cols - total) / 2 : 0;
	buttons->row = row.row;
	term_row_begin(term, row.cols, STYLE_TEXT);
	for (i = 0; i < count; i++) {
		strbuf_clear(&sb);
		strbuf_addf(&sb, "[ %s ]", buttons->labels[i]);
		term_row_add(term, col, buttons->width[i],
			     i == here ? STYLE_BUTTON_HERE : STYLE_BUTTON, sb.buf, sb.len);
		buttons->col[i] = row.col + col;
		col += buttons->width[i] + GAP;
	}
	term_row_end(term, row.row, row.col);
	if (here >= 0)
		term_cursor(term, row.row, buttons->col[here] + 2);
	strbuf_release(&sb);
}

int w_buttons_at(const struct w_buttons *buttons, int row, int col)
{
	int i;

	for (i = 0; i < 2; i++)
		if (row == buttons->row && buttons->labels[i] != NULL && col >= buttons->col[i] &&
		    col < buttons->col[i] + buttons->width[i])
			return i;
	return -1;
}
