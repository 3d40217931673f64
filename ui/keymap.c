#include "config.h"

#include "ui/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "base/fatal.h"
#include "base/xalloc.h"
#include "ui/keyname.h"

#define ACTION_ROW(id, name_, contexts_, group_, flags_, keys_, label_, help_)                     \
	[ACTION_##id] = { .name = name_,                                                           \
			  .contexts = contexts_,                                                   \
			  .group = group_,                                                         \
			  .flags = flags_,                                                         \
			  .keys = keys_,                                                           \
			  .label = label_,                                                         \
			  .help = help_ },

static const struct action_info actions[ACTION_COUNT] = { ACTIONS(ACTION_ROW) };

struct binding {
	int key;
	enum action action;
};

struct keymap {
	struct binding *bindings;
	size_t count, cap;
};

const struct action_info *action_info(enum action action)
{
	return &actions[action];
}

enum action action_find(const char *name)
{
	int i;

	for (i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
		if (strcmp(actions[i].name, name) == 0)
			return (enum action)i;
	return ACTION_NONE;
}

const char *action_group_title(enum action_group group)
{
	static const char *const titles[] = {
		[GROUP_GENERAL] = N_("General"), [GROUP_MOVE] = N_("Moving"),
		[GROUP_FIND] = N_("Finding"),    [GROUP_CHANGE] = N_("Changing"),
		[GROUP_SCREENS] = N_("Screens"), [GROUP_TYPE] = N_("Typing"),
	};

	return _(titles[group]);
}

static bool types_text(unsigned contexts)
{
	return (contexts & (CONTEXT_FORM | CONTEXT_INPUT)) != 0;
}

/* The contexts in which a key of the action works: text is typed, not a command. */
static unsigned working_contexts(enum action action, int key)
{
	unsigned contexts = actions[action].contexts;

	return keyname_is_text(key) ? contexts & ~(unsigned)(CONTEXT_FORM | CONTEXT_INPUT)
				    : contexts;
}

/* Another action that KEY already stands for in a place where it would stand for ACTION. */
static enum action conflict(const struct keymap *map, enum action action, int key)
{
	size_t i;

	for (i = 0; i < map->count; i++) {
		const struct binding *b = &map->bindings[i];

		if (b->key == key && b->action != action &&
		    (working_contexts(b->action, key) & working_contexts(action, key)) != 0)
			return b->action;
	}
	return ACTION_NONE;
}

static bool key_check(const struct keymap *map, enum action action, const char *name, size_t len,
		      struct error *err)
{
	int key = keyname_parse(name, len);
	enum action other;

	if (key == K_NONE)
		return error_set(err, ERROR_USAGE, _("'%.*s' is not the name of a key"), (int)len,
				 name);
	other = conflict(map, action, key);
	if (other != ACTION_NONE)
		return error_set(err, ERROR_USAGE,
				 _("key '%.*s' cannot be '%s': it is '%s' in the same place"),
				 (int)len, name, actions[action].name, actions[other].name);
	if (working_contexts(action, key) == 0)
		return error_set(err, ERROR_USAGE,
				 _("key '%.*s' cannot be '%s': it types a character there"),
				 (int)len, name, actions[action].name);
	return true;
}

static void unbind(struct keymap *map, enum action action)
{
	size_t i, kept = 0;

	for (i = 0; i < map->count; i++)
		if (map->bindings[i].action != action)
			map->bindings[kept++] = map->bindings[i];
	map->count = kept;
}

static bool bind_keys(struct keymap *map, enum action action, const char *keys, struct error *err)
{
	const char *name;
	size_t len;

	for (name = keys; *(name += strspn(name, " ")) != '\0'; name += len) {
		len = strcspn(name, " ");
		if (!key_check(map, action, name, len, err))
			return false;
	}
	unbind(map, action);
	for (name = keys; *(name += strspn(name, " ")) != '\0'; name += len) {
		struct binding b = { .action = action };

		len = strcspn(name, " ");
		b.key = keyname_parse(name, len);
		VEC_PUSH(map->bindings, map->count, map->cap, b);
	}
	return true;
}

bool keymap_bind(struct keymap *map, const char *name, const char *keys, struct error *err)
{
	enum action action = action_find(name);

	if (action == ACTION_NONE)
		return error_set(err, ERROR_USAGE, _("'%s' is not the name of an action"), name);
	return bind_keys(map, action, keys, err);
}

struct keymap *keymap_new(void)
{
	struct keymap *map = xcalloc(1, sizeof *map);
	struct error err = ERROR_INIT;
	int i;

	for (i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
		if (!bind_keys(map, (enum action)i, actions[i].keys, &err))
			fatal("%s", err.text);
	return map;
}

void keymap_free(struct keymap *map)
{
	if (map == NULL)
		return;
	free(map->bindings);
	free(map);
}

enum action keymap_find(const struct keymap *map, enum context context, int key)
{
	size_t i;

	if (key == K_NONE || (types_text(context) && keyname_is_text(key)))
		return ACTION_NONE;
	for (i = 0; i < map->count; i++)
		if (map->bindings[i].key == key &&
		    (actions[map->bindings[i].action].contexts & (unsigned)context) != 0)
			return map->bindings[i].action;
	return ACTION_NONE;
}

void keymap_keys(const struct keymap *map, enum action action, enum context context, unsigned max,
		 const char *separator, struct strbuf *sb)
{
	unsigned found = 0;
	size_t i;

	for (i = 0; i < map->count && found < max; i++) {
		const struct binding *b = &map->bindings[i];

		if (b->action != action ||
		    (working_contexts(action, b->key) & (unsigned)context) == 0)
			continue;
		if (found++ > 0)
			strbuf_addstr(sb, separator);
		keyname_add(sb, b->key);
	}
}
