/*
 * What a reader made of a file, as text: goldens of the corpora, and what the tests compare
 * problems by.
 */
#ifndef TESTS_TOOLS_PROJECTION_H
#define TESTS_TOOLS_PROJECTION_H

#include "doc/doc.h"

/* The format of that name, or NULL. */
const struct format *projection_format(const char *name);

/* How many problems a format knows, and the name of one ("KEY_ODD"); NULL where it has none. */
unsigned projection_problem_count(const struct format *format);
const char *projection_problem_name(const struct format *format, unsigned code);

/* The bytes of a file as a document of FORMAT, or NULL with errno. */
struct doc *projection_load(const struct format *format, const char *path);

/* All problems, the lexer's and those of reading every entry, in the order of the file. */
void projection_collect(const struct doc *doc, struct problems *problems);

/* One line a token, with a line in front of each entry: "3:1 word label  text". */
void projection_tokens(struct doc *doc, struct strbuf *sb);

/* One line a problem: "3:1 UNKNOWN text". */
void projection_problems(struct doc *doc, struct strbuf *sb);

/* The file as doc_print shows it, line by line. */
void projection_shown(const struct doc *doc, struct strbuf *sb);

#endif
