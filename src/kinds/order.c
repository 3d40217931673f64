/* Sorting the items of a kind. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "kinds/filter.h"

struct sort_key {
	char *text; /* NULL: nowhere set, which comes last */
	int64_t number;
	uint32_t item;
	bool numeric;
};

static int compare_keys(const void *a, const void *b)
{
	const struct sort_key *x = a, *y = b;
	int cmp = 0;

	if (x->text == NULL || y->text == NULL)
		cmp = (x->text == NULL) - (y->text == NULL);
	else if (x->numeric && y->numeric)
		cmp = x->number < y->number ? -1 : x->number > y->number;
	else
		cmp = strverscmp(x->text, y->text);
	return cmp != 0 ? cmp : x->item < y->item ? -1 : x->item > y->item;
}

static int compare_descending(const void *a, const void *b)
{
	const struct sort_key *x = a, *y = b;
	struct sort_key swapped_x = *x, swapped_y = *y;

	/* Equal items stay in their order, and what is nowhere set stays last. */
	swapped_x.item = y->item;
	swapped_y.item = x->item;
	if ((x->text == NULL) != (y->text == NULL))
		return compare_keys(a, b);
	return compare_keys(&swapped_y, &swapped_x);
}

void kind_sort(const struct kind *kind, struct view *view, size_t column, bool descending,
	       uint32_t *order, size_t count)
{
	struct sort_key *keys;
	size_t i;

	if (column >= kind->ncolumns || count < 2)
		return;
	keys = xmalloc(count * sizeof *keys);
	for (i = 0; i < count; i++) {
		struct strbuf text = STRBUF_INIT;
		struct cell_sink cell;
		bool set = kind_cell(kind, view, order[i], column, &text, &cell);

		keys[i] = (struct sort_key){ .number = cell.number,
					     .item = order[i],
					     .numeric = cell.numeric };
		if (kind->columns[column].rank != NULL) {
			keys[i].number = kind->columns[column].rank(view, order[i]);
			keys[i].numeric = true;
		}
		if (set)
			keys[i].text = strbuf_detach(&text, NULL);
		strbuf_release(&text);
	}
	qsort(keys, count, sizeof *keys, descending ? compare_descending : compare_keys);
	for (i = 0; i < count; i++) {
		order[i] = keys[i].item;
		free(keys[i].text);
	}
	free(keys);
}

size_t kind_order(const struct kind *kind, struct view *view, struct filter *filter, size_t column,
		  bool descending, uint32_t *order, size_t count)
{
	size_t n = 0, i;

	for (i = 0; i < count; i++)
		if (filter == NULL || filter_matches(filter, view, i))
			order[n++] = (uint32_t)i;
	kind_sort(kind, view, column, descending, order, n);
	return n;
}
