/*
 * Paths as words of a line in a file of ours: blanks, controls, % and what is not ASCII stand as
 * %XX, so that a path is one word whatever it is called.
 */
#ifndef BASE_PATHWORD_H
#define BASE_PATHWORD_H

#include "base/strbuf.h"

void pathword_add(struct strbuf *sb, const char *path);

/*
 * The path that WORD stands for, as a string the caller frees; NULL where it is none that begins
 * with / and leads down, without a .. or an empty name.
 */
char *pathword_take(const char *word);

/* What a hexadecimal digit stands for; -1 for another byte. */
int hex_digit(char c);

#endif
