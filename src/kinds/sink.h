/*
 * Where a column puts an item's value: a cell on the screen, a JSON value, a key for sorting.
 *
 * A column says its value once, through these functions; who asked decides what becomes of it.
 * Texts given to a sink are raw: the sink makes them printable.
 */
#ifndef KINDS_SINK_H
#define KINDS_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

struct sink;

struct sink_ops {
	void (*null)(struct sink *sink); /* nowhere set */
	void (*text)(struct sink *sink, const char *text, size_t len);
	void (*number)(struct sink *sink, int64_t number);
	void (*boolean)(struct sink *sink, bool value);
	void (*time)(struct sink *sink, int64_t seconds); /* since 1970, UTC */
	void (*begin)(struct sink *sink, bool record);    /* a list, or a record of named values */
	void (*key)(struct sink *sink, const char *name); /* before each value of a record */
	void (*end)(struct sink *sink);
};

/* The beginning of each sink. */
struct sink {
	const struct sink_ops *ops;
};

static inline void sink_null(struct sink *sink)
{
	sink->ops->null(sink);
}

static inline void sink_number(struct sink *sink, int64_t number)
{
	sink->ops->number(sink, number);
}

static inline void sink_boolean(struct sink *sink, bool value)
{
	sink->ops->boolean(sink, value);
}

static inline void sink_time(struct sink *sink, int64_t seconds)
{
	sink->ops->time(sink, seconds);
}

static inline void sink_text(struct sink *sink, const char *text, size_t len)
{
	sink->ops->text(sink, text, len);
}

/* TEXT may be NULL, which is nowhere set. */
void sink_string(struct sink *sink, const char *text);

static inline void sink_begin_list(struct sink *sink)
{
	sink->ops->begin(sink, false);
}

static inline void sink_begin_record(struct sink *sink)
{
	sink->ops->begin(sink, true);
}

static inline void sink_key(struct sink *sink, const char *name)
{
	sink->ops->key(sink, name);
}

static inline void sink_end(struct sink *sink)
{
	sink->ops->end(sink);
}

/* A sink that makes one printable line: lists with ", " and records with "/" between their values,
 * an empty text as "". With LINES a list has a newline between its values.
 */
struct cell_sink {
	struct sink sink;
	struct strbuf *text; /* what it is added to */
	bool set;            /* there was a value */
	bool lines;
	bool numeric; /* it was a number or a time, and this is it */
	int64_t number;
	int depth;
	bool record[4], first[4];
};

void cell_sink_init(struct cell_sink *cell, struct strbuf *text);

#endif
