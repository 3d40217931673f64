#include "config.h"

#include "tests/fault/scenario.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/xalloc.h"
#include "tests/fault/tree.h"

#define CONFIG "/etc/inet/ike/config"
#define KEYS   "/etc/inet/secret/ike.preshared"

/* One row a file. */
/* clang-format off */
const struct scenario scenarios[] = {
	{ .title = "replace", .count = 1, .steps = {
		{ .name = CONFIG, .old = "old config\n", .mode = 0644,
		  .new = "new config\n", .new_mode = 0644 } } },
	{ .title = "link", .count = 1, .steps = {
		{ .name = CONFIG, .old = "old config\n", .mode = 0640,
		  .new = "new config\n", .new_mode = 0640, .link = "../../real/config" } } },
	{ .title = "secret", .count = 1, .steps = {
		{ .name = KEYS, .old = "old keys\n", .mode = 0600,
		  .new = "new keys\n", .new_mode = 0600, .flags = STORE_SECRET } } },
	{ .title = "loose secret", .count = 1, .steps = {
		{ .name = KEYS, .old = "old keys\n", .mode = 0640,
		  .new = "new keys\n", .new_mode = 0640, .flags = STORE_SECRET } } },
	{ .title = "first set-up", .count = 2, .steps = {
		{ .name = CONFIG, .new = "new config\n", .new_mode = 0755, .flags = STORE_SET_MODE },
		{ .name = KEYS, .new = "new keys\n", .new_mode = 0600, .flags = STORE_SECRET } } },
	{ .title = "several", .count = 4, .steps = {
		{ .name = KEYS, .old = "old keys\n", .mode = 0600,
		  .new = "new keys\n", .new_mode = 0600, .flags = STORE_SECRET },
		{ .name = CONFIG, .old = "old config\n", .mode = 0644,
		  .new = "new config\n", .new_mode = 0644 },
		{ .name = "/etc/inet/ike/publickeys/1", .old = "certificate\n", .mode = 0644,
		  .action = STORE_REMOVE },
		{ .name = "/etc/inet/ike/crls/1", .old = "list\n", .mode = 0666, .new_mode = 0644,
		  .action = STORE_ATTRIBUTES, .flags = STORE_SET_MODE } } },
};
/* clang-format on */

const size_t scenario_count = ARRAY_SIZE(scenarios);

static const struct store_folder folders[] = { { "/etc/inet/secret", 0700 } };

static void make_file(const struct step *step, const char *root)
{
	struct strbuf target = STRBUF_INIT;
	char *path = tree_path(root, step->name);

	if (step->link != NULL) {
		tree_folder(root, "/etc/inet/ike", 0755);
		if (symlink(step->link, path) != 0)
			fatal("cannot make the link");
		/* As the link has it, seen from /etc/inet/ike. */
		strbuf_addf(&target, "/etc/real/%s", strrchr(step->link, '/') + 1);
		tree_file(root, target.buf, step->old, step->mode);
	} else {
		tree_file(root, step->name, step->old, step->mode);
	}
	strbuf_release(&target);
	free(path);
}

void scenario_make(const struct scenario *scenario, const char *root)
{
	size_t i;

	tree_empty(root);
	tree_folder(root, "/var/run", 0755);
	tree_folder(root, "/etc/inet", 0755);
	/* Where some files are there already, this is not the first save. */
	if (scenario->steps[0].old != NULL)
		tree_folder(root, "/var/lib/ikeconsole", 0700);
	for (i = 0; i < scenario->count; i++) {
		const struct step *step = &scenario->steps[i];

		if (step->old == NULL)
			continue;
		if ((step->flags & STORE_SECRET) != 0)
			tree_folder(root, "/etc/inet/secret", 0700);
		make_file(step, root);
	}
}

void work_load(struct work *work, const struct scenario *scenario, const char *root,
	       const char *text)
{
	size_t i;

	*work = (struct work){ .plan = { .count = scenario->count,
					 .folders = folders,
					 .nfolders = ARRAY_SIZE(folders) } };
	work->plan.items = work->items;
	for (i = 0; i < work->plan.count; i++) {
		const struct step *step = &scenario->steps[i];
		const char *new = text != NULL ? text : step->new;
		struct store_item *item = &work->items[i];

		file_read(root, step->name, false, &work->old[i], &work->infos[i]);
		if (new != NULL)
			work->new[i] = blob_copy(new, strlen(new), false);
		*item = (struct store_item){ .name = step->name,
					     .action = text != NULL ? STORE_WRITE : step->action,
					     .flags = step->flags,
					     .loaded = &work->infos[i],
					     .mode = step->new_mode };
		item->old = work->infos[i].state == FILE_READ ? &work->old[i] : NULL;
		item->new = new != NULL ? &work->new[i] : NULL;
	}
}

void work_release(struct work *work)
{
	size_t i;

	for (i = 0; i < work->plan.count; i++) {
		blob_release(&work->old[i]);
		blob_release(&work->new[i]);
	}
}
