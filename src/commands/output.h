/* What commands print: tables for people, one JSON object for programs. Only src/commands writes to
 * standard output. */
#ifndef COMMANDS_OUTPUT_H
#define COMMANDS_OUTPUT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/blob.h"
#include "kinds/filter.h"

/* A sink that makes a JSON value. */
struct json_sink {
	struct sink sink;
	json_t *stack[8]; /* lists and records that are open */
	const char *key;  /* of the next value in a record */
	int depth;
	json_t *value; /* the finished value; the caller's */
};

void json_sink_init(struct json_sink *json);

/* TEXT as a JSON string, with what is not printable UTF-8 made visible. */
json_t *json_printable(const char *text, size_t len);

/* One item of a kind with its JSON columns. */
json_t *output_item(const struct kind *kind, struct view *view, size_t item);

/* The items of ORDER as a table with headings, columns as wide as their widest cell. */
void output_table(FILE *out, const struct kind *kind, struct view *view, const uint32_t *order,
		  size_t count);

/* The column of --sort, and its direction; ncolumns where SORT is NULL. False where there is none.
 */
bool output_sort_column(const struct kind *kind, const char *sort, size_t *column, bool *descending,
			struct error *err);

/* The filter that --match MATCH asks for, or NULL; what it names and there is not is said on standard
 * error. The caller frees it. */
struct filter *output_filter(const struct kind *kind, const char *match);

/* Ends the one JSON object of a command: prints and releases it. */
void output_json(FILE *out, json_t *object);

/* Writes what is secret to standard output, past its buffers, which would keep it. */
bool output_secret(const struct blob *text, struct error *err);

/* How many cells a printable UTF-8 text takes. */
size_t output_width(const char *text);

#endif
