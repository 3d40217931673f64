/* The findings: one entry an id, with what it can say and how grave that is. */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "formats/dialect.h"
#include "lint/check.h"
#include "man/tables.h"

static const char *severity_of(char letter)
{
	return letter == 'E' ? "error" : letter == 'W' ? "warning" : letter == 'N' ? "note" : "";
}

/* By letters, and by numbers as numbers: A2 before A10. */
static int compare_ids(const char *a, const char *b)
{
	while (*a != '\0' && *b != '\0') {
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			char *a_end, *b_end;
			unsigned long x = strtoul(a, &a_end, 10), y = strtoul(b, &b_end, 10);

			if (x != y)
				return x < y ? -1 : 1;
			a = a_end;
			b = b_end;
		} else if (*a != *b) {
			return *a < *b ? -1 : 1;
		} else {
			a++;
			b++;
		}
	}
	return (*a != '\0') - (*b != '\0');
}

static int compare_rows(const void *a, const void *b)
{
	const struct check *x = &checks[*(const size_t *)a], *y = &checks[*(const size_t *)b];
	int order = compare_ids(x->id, y->id);

	return order != 0 ? order : (x > y) - (x < y);
}

/* One severity, or one for each dialect: "error for sol9 sol10, warning for illumos". */
static void put_severity(const char *letters)
{
	const char *between = "";
	const char *letter;
	size_t i;

	if (letters[1] == '\0') {
		fputs(severity_of(letters[0]), stdout);
		return;
	}
	for (letter = "EWN"; *letter != '\0'; letter++) {
		if (strchr(letters, *letter) == NULL)
			continue;
		printf("%s%s for", between, severity_of(*letter));
		for (i = 0; letters[i] != '\0'; i++)
			if (letters[i] == *letter)
				printf(" %s", dialect_name((enum dialect)i));
		between = ", ";
	}
}

static bool same_line(const struct check *a, const struct check *b)
{
	return strcmp(a->id, b->id) == 0 && strcmp(a->title, b->title) == 0 &&
	       strcmp(a->severity, b->severity) == 0 && a->when == b->when &&
	       (a->repair != NULL) == (b->repair != NULL);
}

static void put_row(const struct check *check)
{
	char first[2] = { (char)toupper((unsigned char)check->title[0]), '\0' };

	put_text(strchr(check->title, '_') != NULL ? check->title : first);
	if (strchr(check->title, '_') == NULL)
		put_text(check->title + 1);
	fputs(": ", stdout);
	if (strcmp(check->severity, "-") == 0)
		fputs("a change is refused by it", stdout);
	else
		put_severity(check->severity);
	fputs(check->when == WHEN_COEXISTENCE ? ", where MDM and SSM share the host"
	      : check->when == WHEN_ALONE     ? ", where they do not"
					      : "",
	      stdout);
	puts(check->repair != NULL ? "; may have a repair." : ".");
}

static bool is_named_before(const size_t *rows, size_t first, size_t end, const char *id)
{
	for (; first < end; first++)
		if (check_is_named(&checks[rows[first]], id))
			return true;
	return false;
}

/* All other names of the rows with this id. */
static void put_aka(const size_t *rows, size_t first)
{
	size_t i;

	for (i = first; i < check_count; i++) {
		const char *aka = checks[rows[i]].aka;

		if (strcmp(checks[rows[i]].id, checks[rows[first]].id) != 0)
			break;
		while (aka != NULL) {
			size_t len = strcspn(aka, ",");
			char *id = xstrndup(aka, len);

			if (!is_named_before(rows, first, i, id))
				printf(" , %s", id);
			free(id);
			aka = aka[len] != '\0' ? aka + len + 2 : NULL;
		}
	}
}

void put_findings(void)
{
	size_t *rows = xmalloc(check_count * sizeof *rows), i, k;

	for (i = 0; i < check_count; i++)
		rows[i] = i;
	qsort(rows, check_count, sizeof *rows, compare_rows);
	puts(".Bl -tag -width 10n");
	for (i = 0; i < check_count; i++) {
		const struct check *check = &checks[rows[i]];
		bool new_id = i == 0 || strcmp(checks[rows[i - 1]].id, check->id) != 0;

		if (new_id) {
			printf(".It Sy %s", check->id);
			put_aka(rows, i);
			putchar('\n');
		}
		for (k = i; k > 0 && !same_line(&checks[rows[k - 1]], check); k--)
			;
		if (k > 0)
			continue;
		if (!new_id)
			puts(".br");
		put_row(check);
	}
	puts(".El");
	free(rows);
}
