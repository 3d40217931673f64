#include "config.h"

#include "tests/console/vt.h"

#include <string.h>

#include "base/print.h"
#include "tests/console/vt_private.h"

static void row_add(struct vt *vt, int row, struct strbuf *sb)
{
	size_t start = sb->len;
	VTermPos pos = { .row = row };
	VTermScreenCell cell;
	int rows, cols, i;

	vterm_get_size(vt->term, &rows, &cols);
	while (pos.col < cols) {
		vterm_screen_get_cell(vt->screen, pos, &cell);
		if (cell.chars[0] == 0)
			strbuf_addch(sb, ' ');
		for (i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
			utf8_add(sb, cell.chars[i]);
		pos.col += cell.width > 0 ? cell.width : 1;
	}
	while (sb->len > start && sb->buf[sb->len - 1] == ' ')
		strbuf_truncate(sb, sb->len - 1);
}

const char *vt_row(struct vt *vt, int row)
{
	strbuf_clear(&vt->text);
	row_add(vt, row, &vt->text);
	return vt->text.buf;
}

const char *vt_screen(struct vt *vt)
{
	int rows, cols, row;

	vterm_get_size(vt->term, &rows, &cols);
	strbuf_clear(&vt->text);
	for (row = 0; row < rows; row++) {
		row_add(vt, row, &vt->text);
		strbuf_addch(&vt->text, '\n');
	}
	return vt->text.buf;
}

/* The column of the screen where byte OFFSET of the row's text stands. */
static int column_of(struct vt *vt, int row, size_t offset)
{
	VTermPos pos = { .row = row };
	VTermScreenCell cell;
	struct strbuf sb = STRBUF_INIT;
	int i;

	for (;;) {
		vterm_screen_get_cell(vt->screen, pos, &cell);
		if (cell.chars[0] == 0)
			strbuf_addch(&sb, ' ');
		for (i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
			utf8_add(&sb, cell.chars[i]);
		if (sb.len > offset)
			break;
		pos.col += cell.width > 0 ? cell.width : 1;
	}
	strbuf_release(&sb);
	return pos.col;
}

bool vt_find(struct vt *vt, const char *text, int *row, int *col)
{
	int rows, cols;

	vterm_get_size(vt->term, &rows, &cols);
	for (*row = 0; *row < rows; (*row)++) {
		const char *line = vt_row(vt, *row), *at = strstr(line, text);

		if (at != NULL) {
			*col = column_of(vt, *row, (size_t)(at - line));
			return true;
		}
	}
	return false;
}

static int colour_of(VTermColor colour)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(&colour) || VTERM_COLOR_IS_DEFAULT_BG(&colour))
		return VT_DEFAULT;
	return VTERM_COLOR_IS_INDEXED(&colour) ? colour.indexed.idx : 256;
}

struct vt_look vt_look(struct vt *vt, int row, int col)
{
	VTermPos pos = { .row = row, .col = col };
	VTermScreenCell cell;

	vterm_screen_get_cell(vt->screen, pos, &cell);
	return (struct vt_look){ .bold = cell.attrs.bold,
				 .reverse = cell.attrs.reverse,
				 .underline = cell.attrs.underline != 0,
				 .foreground = colour_of(cell.fg),
				 .background = colour_of(cell.bg) };
}

void vt_cursor(struct vt *vt, int *row, int *col)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(vt->term), &pos);
	*row = pos.row;
	*col = pos.col;
}
