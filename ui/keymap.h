/*
 * Which key does what where: the table of actions with its default keys, and what the settings
 * changed in it.
 */
#ifndef UI_KEYMAP_H
#define UI_KEYMAP_H

#include <stdbool.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "ui/actions.h"

struct action_info {
	const char *name;  /* in the settings */
	unsigned contexts; /* enum context */
	enum action_group group;
	unsigned flags;   /* enum action_flag */
	const char *keys; /* the default ones, by name, with a blank between */
	const char *label;
	const char *help; /* both not yet translated */
};

/* The row of an action; not for ACTION_NONE. */
const struct action_info *action_info(enum action action);

/* The action of that name, or ACTION_NONE. */
enum action action_find(const char *name);

/* The heading of a group, translated. */
const char *action_group_title(enum action_group group);

struct keymap;

/* With the default keys. */
struct keymap *keymap_new(void);
void keymap_free(struct keymap *map);

/*
 * Gives an action the KEYS (names with blanks between) in place of those it has; none if the string
 * is empty. Fails, changing nothing, on an unknown action or key and on a key that does something
 * else in the same place.
 */
bool keymap_bind(struct keymap *map, const char *action, const char *keys, struct error *err);

/* What KEY does in the context; ACTION_NONE for nothing, and for text where text is typed. */
enum action keymap_find(const struct keymap *map, enum context context, int key);

/* Adds the names of an action's keys that work in the context, at most MAX, with SEPARATOR between.
 */
void keymap_keys(const struct keymap *map, enum action action, enum context context, unsigned max,
		 const char *separator, struct strbuf *sb);

#endif
