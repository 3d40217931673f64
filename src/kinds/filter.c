#include "config.h"

#include "kinds/filter.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/print.h"
#include "base/xalloc.h"

struct term {
	char *text; /* what is looked for; "": any value */
	size_t len;
	size_t column; /* ncolumns: all */
	bool without;
};

struct filter {
	const struct kind *kind;
	uint8_t flags;
	struct term *terms;
	size_t count, cap;
	char *said;
	/* The cells of the item that is looked at, so that each is made once for all terms. */
	struct strbuf *cells;
	bool *made, *set;
};

/* The same text whatever its case is, and with which blanks, _ and - it is written. */
static void fold(const char *name, size_t len, struct strbuf *sb)
{
	size_t i;

	strbuf_clear(sb);
	for (i = 0; i < len; i++)
		if (strchr(" _-", name[i]) == NULL)
			strbuf_addch(sb, (char)tolower((unsigned char)name[i]));
}

/* How well a folded name fits a column: it is its name, its title, the beginning of one. */
enum fit { FIT_NOT, FIT_BEGINNING, FIT_TITLE, FIT_NAME };

static enum fit fit_one(const struct strbuf *name, const char *own, enum fit whole,
			struct strbuf *room)
{
	fold(own, strlen(own), room);
	if (strcmp(room->buf, name->buf) == 0)
		return whole;
	return strncmp(room->buf, name->buf, name->len) == 0 ? FIT_BEGINNING : FIT_NOT;
}

static enum fit fit_column(const struct strbuf *name, const struct column *column,
			   struct strbuf *room)
{
	enum fit fit = fit_one(name, column->name, FIT_NAME, room), other;

	other = fit_one(name, _(column->title), FIT_TITLE, room);
	fit = other > fit ? other : fit;
	other = fit_one(name, column->title, FIT_TITLE, room);
	return other > fit ? other : fit;
}

/* Finds the column; ncolumns where there is none or where the name fits several, COUNT of them. */
static size_t find_column(const struct kind *kind, const char *text, size_t len, size_t *count)
{
	struct strbuf name = STRBUF_INIT, room = STRBUF_INIT;
	size_t column = kind->ncolumns, i;
	enum fit best = FIT_NOT;

	fold(text, len, &name);
	*count = 0;
	for (i = 0; i < kind->ncolumns && name.len > 0; i++) {
		enum fit fit = fit_column(&name, &kind->columns[i], &room);

		if (fit == FIT_NOT || fit < best)
			continue;
		*count = fit > best ? 1 : *count + 1;
		column = i;
		best = fit;
	}
	strbuf_release(&name);
	strbuf_release(&room);
	return *count == 1 ? column : kind->ncolumns;
}

/* Whether somebody may have meant a column: no part of an address, no time, no scheme of a URL. */
static bool is_like_name(const char *name, size_t len, const char *behind)
{
	bool letter = false;
	size_t i;

	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)name[i];

		if (!isalnum(c) && c < 0x80 && strchr(" _-", c) == NULL)
			return false;
		letter |= !isxdigit(c);
	}
	return letter && behind[0] != '/';
}

/* Says that NAME is no column, or may be several; of the first such term alone. */
static void say(struct filter *filter, const char *name, size_t len, size_t count)
{
	const struct kind *kind = filter->kind;
	struct near near = near_to(name, len);
	struct strbuf text = STRBUF_INIT, folded = STRBUF_INIT, room = STRBUF_INIT;
	struct error err = ERROR_INIT;
	const char *before = _("choose one of ");
	size_t i;

	if (filter->said != NULL)
		return;
	print_add(&text, name, len);
	if (count > 1)
		error_set(
			&err, ERROR_USAGE,
			_("'%s' may be several columns, and the term is looked for as it stands; "),
			text.buf);
	else
		error_set(&err, ERROR_USAGE,
			  _("there is no column '%s', and the term is looked for as it stands"),
			  text.buf);
	fold(name, len, &folded);
	for (i = 0; i < kind->ncolumns; i++) {
		near_try(&near, kind->columns[i].name);
		if (count < 2 || fit_column(&folded, &kind->columns[i], &room) == FIT_NOT)
			continue;
		error_append(&err, "%s%s", before, kind->columns[i].name);
		before = ", ";
	}
	if (count < 2)
		near_tell(&near, &err, NULL);
	filter->said = xstrdup(err.text);
	error_clear(&err);
	strbuf_release(&text);
	strbuf_release(&folded);
	strbuf_release(&room);
}

/* Reads what stands in quotes, AT being behind the first; to the end where there is no second one.
 * Returns what is behind it. */
static const char *read_quoted(const char *at, struct strbuf *sb)
{
	for (; *at != '\0'; at++) {
		if (at[0] == '"' && at[1] != '"')
			return at + 1;
		at += at[0] == '"';
		strbuf_addch(sb, *at);
	}
	return at;
}

/* Reads a piece of a term: in quotes, or up to a blank, or where COLON is set to a colon. */
static const char *read_piece(const char *at, bool colon, struct strbuf *sb)
{
	size_t len;

	if (*at == '"')
		return read_quoted(at + 1, sb);
	len = strcspn(at, colon ? " :" : " ");
	strbuf_add(sb, at, len);
	return at + len;
}

/* Reads one term at a place that is no blank. Returns what is behind it. */
static const char *read_term(struct filter *filter, const char *at)
{
	struct term term = { .column = filter->kind->ncolumns };
	struct strbuf text = STRBUF_INIT;
	bool quoted;
	size_t several;

	term.without = at[0] == '!' && at[1] != '\0' && at[1] != ' ';
	at += term.without;
	quoted = *at == '"';
	at = read_piece(at, true, &text);
	if (*at == ':' && text.len > 0) {
		term.column = find_column(filter->kind, text.buf, text.len, &several);
		if (term.column < filter->kind->ncolumns) {
			strbuf_clear(&text);
			at = read_piece(at + 1, false, &text);
		} else if (quoted || is_like_name(text.buf, text.len, at + 1)) {
			say(filter, text.buf, text.len, several);
		}
	}
	/* What follows where no column was named belongs to the text. */
	at = *at == ' ' || *at == '\0' ? at : read_piece(at, false, &text);
	term.text = strbuf_detach(&text, &term.len);
	if (term.len > 0 || term.column < filter->kind->ncolumns)
		VEC_PUSH(filter->terms, filter->count, filter->cap, term);
	else
		free(term.text);
	return at;
}

struct filter *filter_new(const struct kind *kind, uint8_t flags, const char *text)
{
	struct filter *filter = xcalloc(1, sizeof *filter);
	size_t i;

	*filter = (struct filter){ .kind = kind, .flags = flags };
	filter->cells = xcalloc(kind->ncolumns, sizeof *filter->cells);
	filter->made = xcalloc(kind->ncolumns, sizeof *filter->made);
	filter->set = xcalloc(kind->ncolumns, sizeof *filter->set);
	for (i = 0; i < kind->ncolumns; i++)
		strbuf_init(&filter->cells[i]);
	for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " "))
		text = read_term(filter, text);
	return filter;
}

void filter_free(struct filter *filter)
{
	size_t i;

	if (filter == NULL)
		return;
	for (i = 0; i < filter->kind->ncolumns; i++)
		strbuf_release(&filter->cells[i]);
	for (i = 0; i < filter->count; i++)
		free(filter->terms[i].text);
	free(filter->cells);
	free(filter->made);
	free(filter->set);
	free(filter->terms);
	free(filter->said);
	free(filter);
}

bool filter_is_empty(const struct filter *filter)
{
	return filter->count == 0;
}

const char *filter_said(const struct filter *filter)
{
	return filter->said;
}

static bool contains(const struct strbuf *cell, const struct term *term)
{
	int first = tolower((unsigned char)term->text[0]);
	size_t i;

	for (i = 0; i + term->len <= cell->len; i++)
		if (tolower((unsigned char)cell->buf[i]) == first &&
		    strncasecmp(cell->buf + i, term->text, term->len) == 0)
			return true;
	return false;
}

static bool cell_holds(struct filter *filter, struct view *view, size_t item, size_t column,
		       const struct term *term)
{
	struct strbuf *cell = &filter->cells[column];

	if (!filter->made[column]) {
		strbuf_clear(cell);
		filter->set[column] = kind_cell(filter->kind, view, item, column, cell, NULL);
		filter->made[column] = true;
	}
	return term->len > 0 ? contains(cell, term) : filter->set[column];
}

static bool term_holds(struct filter *filter, struct view *view, size_t item,
		       const struct term *term)
{
	const struct kind *kind = filter->kind;
	size_t i;

	if (term->column < kind->ncolumns)
		return cell_holds(filter, view, item, term->column, term);
	for (i = 0; i < kind->ncolumns; i++)
		if ((filter->flags == 0 || (kind->columns[i].flags & filter->flags) != 0) &&
		    cell_holds(filter, view, item, i, term))
			return true;
	return false;
}

bool filter_matches(struct filter *filter, struct view *view, size_t item)
{
	size_t i;

	memset(filter->made, 0, filter->kind->ncolumns * sizeof *filter->made);
	for (i = 0; i < filter->count; i++)
		if (term_holds(filter, view, item, &filter->terms[i]) == filter->terms[i].without)
			return false;
	return true;
}
