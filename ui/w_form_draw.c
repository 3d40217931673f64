#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "ui/w_form_private.h"
#include "ui/w_text.h"

enum { MAX_COLS = 92, MAX_LABEL = 26, MIN_LABEL = 8, HINT_ROWS = 2 };

/* Where the parts of a form stand. */
struct form_frame {
	struct rect fields, hint, buttons;
	int label; /* columns of the labels */
};

static int lines_before(const struct w_form *form, size_t end)
{
	int lines = 0;
	size_t i;

	for (i = 0; i < end; i++)
		lines += form_field_lines(&form->fields[i]);
	return lines;
}

struct rect form_place(struct pane *pane, struct rect screen)
{
	const struct w_form *form = (struct w_form *)pane;
	int cols = screen.cols - 2 < MAX_COLS ? screen.cols - 2 : MAX_COLS;

	/* A few lines to spare, so that a problem doesn't move the form. */
	return rect_centre(layout_panes(screen),
			   lines_before(form, form->count) + 2 + HINT_ROWS + 2 + 2, cols);
}

static struct form_frame frame(const struct w_form *form, struct term *term, struct rect area)
{
	struct rect inside = rect_inside(area);
	struct form_frame f = { .label = MIN_LABEL };
	size_t i;

	inside.col++;
	inside.cols -= 2;
	f.fields = f.hint = f.buttons = inside;
	f.buttons.row = inside.row + inside.rows - 1;
	f.buttons.rows = 1;
	f.hint.rows = HINT_ROWS;
	f.hint.row = f.buttons.row - HINT_ROWS;
	f.fields.rows = inside.rows - HINT_ROWS - 1;
	for (i = 0; i < form->count; i++) {
		int width = term_width(term, form->fields[i].label);

		f.label = width > f.label ? width : f.label;
	}
	f.label = f.label > MAX_LABEL ? MAX_LABEL : f.label;
	return f;
}

/* The text that stands for the value of a field that isn't typed. */
static void shown_value(const struct w_form *form, size_t number, struct term *term,
			struct strbuf *sb)
{
	const struct form_field *field = &form->fields[number];

	if (field->kind == FIELD_FLAG)
		strbuf_addstr(sb, field->choice ? "[x] " : "[ ] ");
	if (field->kind == FIELD_FLAG)
		strbuf_addstr(sb, field->choice ? _("yes") : _("no"));
	else if (field->kind != FIELD_SECRET)
		strbuf_addstr(sb, w_form_value(form, number));
	if (field->kind == FIELD_CHOICE && form_field_enterable(field))
		strbuf_addf(sb, " %s", term_glyph(term, GLYPH_DOWN));
}

/* What stands behind a value: its unit, and the note or the lock's reason. */
static void remark(const struct form_field *field, struct strbuf *sb)
{
	if (field->unit != NULL)
		strbuf_addf(sb, "%s ", field->unit);
	if (field->locked != NULL)
		strbuf_addf(sb, _("locked: %s"), field->locked);
	else if (field->note != NULL)
		strbuf_addstr(sb, field->note);
}

static int value_width(const struct form_field *field, struct term *term, int room)
{
	if (field->locked != NULL) /* what is not typed needs no room, why it is not does */
		return room / 4;
	if (field->note != NULL) {
		struct strbuf sb = STRBUF_INIT;
		int left;

		remark(field, &sb);
		left = room - term_width(term, sb.buf) - 1;
		strbuf_release(&sb);
		return left > room / 4 ? left : room / 4;
	}
	return field->unit != NULL ? room - room / 4 : room;
}

static void draw_value(struct w_form *form, size_t number, struct term *term, struct rect row,
		       bool here)
{
	struct form_field *field = &form->fields[number];
	struct strbuf sb = STRBUF_INIT;
	int width = value_width(field, term, row.cols);
	enum style style = here ? STYLE_FIELD_HERE : STYLE_FIELD;

	if (!form_field_enterable(field))
		style = field->locked != NULL ? STYLE_LOCKED : STYLE_TEXT;
	if (form_field_is_typed(field) && form_field_enterable(field)) {
		w_input_draw(&field->input, term, row.row, row.col, width, style,
			     here && !field->in_again);
	} else {
		shown_value(form, number, term, &sb);
		term_putn(term, row.row, row.col, width, style, sb.buf, sb.len);
		if (here)
			term_cursor(term, row.row, row.col);
	}
	strbuf_clear(&sb);
	remark(field, &sb);
	if (width < row.cols)
		term_put(term, row.row, row.col + width + 1, row.cols - width - 1,
			 field->locked != NULL ? STYLE_LOCKED : STYLE_DIM, sb.buf);
	strbuf_release(&sb);
}

/* Draws one field from line AT of the fields on; lines out of sight are left out. */
static void draw_field(struct w_form *form, size_t number, struct term *term,
		       const struct form_frame *f, int at)
{
	struct form_field *field = &form->fields[number];
	bool here = number == form->here;
	struct rect row = f->fields;
	int last = f->fields.row + f->fields.rows;

	row.row += at;
	row.col += f->label + 2;
	row.cols -= f->label + 2;
	if (row.row >= f->fields.row && row.row < last) {
		term_put(term, row.row, f->fields.col, f->label + 2,
			 here ? STYLE_STRONG : STYLE_TEXT, field->label);
		draw_value(form, number, term, row, here);
	}
	if (field->kind == FIELD_SECRET && field->locked == NULL) {
		row.row++;
		if (row.row >= f->fields.row && row.row < last) {
			term_put_right(term, row.row, f->fields.col, f->label, STYLE_DIM,
				       _("again"));
			w_input_draw(&field->again, term, row.row, row.col,
				     value_width(field, term, row.cols),
				     here ? STYLE_FIELD_HERE : STYLE_FIELD,
				     here && field->in_again);
		}
	}
	row.row++;
	if (field->problem != NULL && row.row >= f->fields.row && row.row < last) {
		term_row_begin(term, row.cols, STYLE_ERROR);
		term_row_add(term, 0, 2, STYLE_ERROR, "! ", 2);
		term_row_add(term, 2, row.cols - 2, STYLE_ERROR, field->problem,
			     strlen(field->problem));
		term_row_end(term, row.row, row.col);
	}
}

/* Scrolls so that the field with the keys is in sight with all its lines. */
static void scroll_to_here(struct w_form *form, int rows)
{
	int all = lines_before(form, form->count), top, end;

	if (form->here < form->count) {
		top = lines_before(form, form->here);
		end = top + form_field_lines(&form->fields[form->here]);
		if (end > form->scroll + rows)
			form->scroll = end - rows;
		if (top < form->scroll)
			form->scroll = top;
	}
	if (form->scroll > all - rows)
		form->scroll = all > rows ? all - rows : 0;
}

static void draw_hint(struct w_form *form, struct term *term, struct rect area)
{
	const struct form_field *field;
	struct w_text text;

	w_text_init(&text);
	if (form->here < form->count) {
		field = &form->fields[form->here];
		/* In its own line there may be no room for all of it. */
		if (field->problem != NULL)
			w_text_line(&text, STYLE_ERROR, field->problem);
		else if (field->hint != NULL)
			w_text_line(&text, STYLE_DIM, field->hint);
	}
	w_text_draw(&text, term, area, false);
	w_text_release(&text);
}

static void draw_more_signs(const struct w_form *form, struct term *term, struct rect area,
			    const struct form_frame *f)
{
	int col = area.col + area.cols - 1;

	if (form->scroll > 0)
		term_put(term, f->fields.row, col, 1, STYLE_STRONG, term_glyph(term, GLYPH_UP));
	if (lines_before(form, form->count) > form->scroll + f->fields.rows)
		term_put(term, f->fields.row + f->fields.rows - 1, col, 1, STYLE_STRONG,
			 term_glyph(term, GLYPH_DOWN));
}

void form_draw(struct pane *pane, struct ui *ui, struct rect area, bool whole)
{
	struct w_form *form = (struct w_form *)pane;
	struct form_frame f = frame(form, ui->term, area);
	size_t i;
	int at;

	(void)whole;
	scroll_to_here(form, f.fields.rows);
	term_frame(ui->term, area, form->title);
	term_fill(ui->term, rect_inside(area), STYLE_TEXT);
	draw_hint(form, ui->term, f.hint);
	at = -form->scroll;
	for (i = 0; i < form->count; i++) {
		if (!form->fields[i].hidden)
			draw_field(form, i, ui->term, &f, at);
		at += form_field_lines(&form->fields[i]);
	}
	draw_more_signs(form, ui->term, area, &f);
	w_buttons_draw(&form->buttons, ui->term, f.buttons,
		       form->here == form->count ? form->button : -1);
}

size_t form_field_at(struct w_form *form, struct term *term, int row, bool *again)
{
	struct form_frame f = frame(form, term, form->pane.area);
	int line = row - f.fields.row + form->scroll;
	size_t i;

	if (row < f.fields.row || row >= f.fields.row + f.fields.rows)
		return form->count;
	for (i = 0; i < form->count; i++) {
		int lines = form_field_lines(&form->fields[i]);

		if (line < lines) {
			*again = line == 1 && form->fields[i].kind == FIELD_SECRET;
			return i;
		}
		line -= lines;
	}
	return form->count;
}

int form_value_col(struct w_form *form, struct term *term)
{
	struct form_frame f = frame(form, term, form->pane.area);

	return f.fields.col + f.label + 2;
}
