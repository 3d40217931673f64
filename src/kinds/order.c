/* Filtering and sorting the items of a kind. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/xalloc.h"
#include "kinds/kind.h"

static bool contains(const char *text, const char *word, size_t len)
{
	size_t n = strlen(text), i;

	for (i = 0; i + len <= n; i++)
		if (strncasecmp(text + i, word, len) == 0)
			return true;
	return false;
}

static bool cell_contains(const struct kind *kind, struct view *view, size_t item, size_t column,
			  const char *word, size_t len)
{
	struct strbuf text = STRBUF_INIT;
	bool found;

	kind_cell(kind, view, item, column, &text, NULL);
	found = contains(text.buf, word, len);
	strbuf_release(&text);
	return found;
}

static bool word_matches(const struct kind *kind, struct view *view, size_t item, const char *word,
			 size_t len)
{
	const char *colon = memchr(word, ':', len);
	size_t i;

	if (colon != NULL) {
		char *name = xstrndup(word, (size_t)(colon - word));

		i = kind_column(kind, name);
		free(name);
		/* An IPv6 address has colons too: only the name of a column makes it a prefix. */
		if (i < kind->ncolumns)
			return cell_contains(kind, view, item, i, colon + 1,
					     len - (size_t)(colon + 1 - word));
	}
	for (i = 0; i < kind->ncolumns; i++)
		if (cell_contains(kind, view, item, i, word, len))
			return true;
	return false;
}

bool kind_matches(const struct kind *kind, struct view *view, size_t item, const char *filter)
{
	while (*filter != '\0') {
		size_t len;
		bool without;

		filter += strspn(filter, " ");
		len = strcspn(filter, " ");
		without = *filter == '!' && len > 1;
		if (len > 0 &&
		    word_matches(kind, view, item, filter + without, len - without) == without)
			return false;
		filter += len;
	}
	return true;
}

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

static void sort(const struct kind *kind, struct view *view, size_t column, bool descending,
		 uint32_t *order, size_t count)
{
	struct sort_key *keys = xmalloc(count * sizeof *keys);
	size_t i;

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

size_t kind_order(const struct kind *kind, struct view *view, const char *filter, size_t column,
		  bool descending, uint32_t *order, size_t count)
{
	size_t n = 0, i;

	for (i = 0; i < count; i++)
		if (filter == NULL || kind_matches(kind, view, i, filter))
			order[n++] = (uint32_t)i;
	if (column < kind->ncolumns && n > 1)
		sort(kind, view, column, descending, order, n);
	return n;
}
