/*
 * What people call a command of ipseckeys.
 *
 * A security association is called by its index, decimal or 0x..., where that is enough, and whole
 * by TYPE/SPI/DST. Any command can be called by its place, COMMAND@LINE or @LINE: flush@4.
 */
#ifndef KINDS_MANUAL_NAME_H
#define KINDS_MANUAL_NAME_H

#include "kinds/kind.h"

/* Adds TYPE/SPI/DST of what adds a security association, COMMAND@LINE of anything else. */
void manual_name_add(struct view *view, size_t item, struct strbuf *sb);

/* As find and choices of a kind. */
size_t manual_name_find(struct view *view, const char *name);
void manual_name_choices(struct view *view, const char *name, struct strbuf *sb);

#endif
