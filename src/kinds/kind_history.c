/* History: every change that was applied, the newest first. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "kinds/kind.h"

static const struct history_item *item_of(struct view *view, size_t item)
{
	const struct history *history = host_history(view->host);

	return &history->items[history->count - 1 - item];
}

static const struct history_entry *entry_of(struct view *view, size_t item)
{
	return &item_of(view, item)->entry;
}

/* Of one that is not there, or no entry, only the number is known. */
static bool is_read(const struct history_entry *entry)
{
	return entry->role != NULL;
}

static size_t count(struct view *view)
{
	return host_history(view->host)->count;
}

static uint64_t id(struct view *view, size_t item)
{
	return entry_of(view, item)->number;
}

static void name_of(struct view *view, size_t item, struct strbuf *sb)
{
	strbuf_addf(sb, "%u", (unsigned)entry_of(view, item)->number);
}

static size_t find(struct view *view, const char *name)
{
	size_t n = count(view), i;
	uint32_t number;

	if (!history_number(name, &number))
		return n;
	for (i = 0; i < n; i++)
		if (entry_of(view, i)->number == number)
			break;
	return i;
}

static enum owner owner(struct view *view, size_t item)
{
	(void)view;
	(void)item;
	return OWNER_NONE;
}

static bool about(struct view *view, size_t item, const struct finding *finding)
{
	(void)view;
	(void)item;
	(void)finding;
	return false;
}

static void get_number(struct view *view, size_t item, struct sink *sink)
{
	sink_number(sink, entry_of(view, item)->number);
}

static void get_time(struct view *view, size_t item, struct sink *sink)
{
	const struct history_entry *e = entry_of(view, item);

	if (is_read(e))
		sink_time(sink, e->time);
	else
		sink_null(sink);
}

static void get_when(struct view *view, size_t item, struct sink *sink)
{
	const struct history_entry *e = entry_of(view, item);
	time_t when = (time_t)e->time;
	char text[40];
	struct tm tm;

	if (is_read(e) && gmtime_r(&when, &tm) != NULL &&
	    strftime(text, sizeof text, "%Y-%m-%d %H:%M", &tm) > 0)
		sink_string(sink, text);
	else
		sink_null(sink);
}

static void put_user(struct sink *sink, bool known, const char *name, uid_t uid)
{
	char number[24];

	snprintf(number, sizeof number, "%lu", (unsigned long)uid);
	sink_string(sink, !known ? NULL : name != NULL ? name : number);
}

static void get_who(struct view *view, size_t item, struct sink *sink)
{
	const struct history_entry *e = entry_of(view, item);

	put_user(sink, is_read(e), whoami_person(&e->who),
		 e->who.has_login ? e->who.login_uid : e->who.uid);
}

static void get_user(struct view *view, size_t item, struct sink *sink)
{
	const struct history_entry *e = entry_of(view, item);

	put_user(sink, is_read(e), e->who.user, e->who.uid);
}

static void get_login(struct view *view, size_t item, struct sink *sink)
{
	const struct history_entry *e = entry_of(view, item);

	put_user(sink, e->who.has_login, e->who.login, e->who.login_uid);
}

static void get_sudo(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, entry_of(view, item)->who.sudo_user);
}

static void get_role(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, entry_of(view, item)->role);
}

static void get_profile(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, entry_of(view, item)->profile);
}

static void get_host(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, entry_of(view, item)->host);
}

static void get_root(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, entry_of(view, item)->root);
}

static void get_why(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, entry_of(view, item)->why);
}

static void put_list(struct sink *sink, char *const *items, size_t n)
{
	size_t i;

	sink_begin_list(sink);
	for (i = 0; i < n; i++)
		sink_string(sink, items[i]);
	sink_end(sink);
}

static void get_what(struct view *view, size_t item, struct sink *sink)
{
	const struct history_entry *e = entry_of(view, item);

	put_list(sink, e->steps, e->nsteps);
}

static void get_overrides(struct view *view, size_t item, struct sink *sink)
{
	const struct history_entry *e = entry_of(view, item);

	put_list(sink, e->overrides, e->noverrides);
}

static void add_change(const struct history_file *file, struct strbuf *sb)
{
	const struct history_side *a = &file->before, *b = &file->after;

	strbuf_addf(sb, "%s: ", file->path);
	if (!a->exists)
		strbuf_addf(sb, _("created, %llu bytes, mode %04o"), (unsigned long long)b->size,
			    (unsigned)b->mode);
	else if (!b->exists)
		strbuf_addf(sb, _("removed, %llu bytes"), (unsigned long long)a->size);
	else if (b->has_content && strcmp(a->hash, b->hash) != 0)
		strbuf_addf(sb, _("changed, %llu -> %llu bytes"), (unsigned long long)a->size,
			    (unsigned long long)b->size);
	if (a->exists && b->exists && a->mode != b->mode)
		strbuf_addf(sb, _(" mode %04o -> %04o"), (unsigned)a->mode, (unsigned)b->mode);
	if (a->exists && b->exists && (a->uid != b->uid || a->gid != b->gid))
		strbuf_addf(sb, _(" owner %lu:%lu -> %lu:%lu"), (unsigned long)a->uid,
			    (unsigned long)a->gid, (unsigned long)b->uid, (unsigned long)b->gid);
}

static void get_changed(struct view *view, size_t item, struct sink *sink)
{
	const struct history_entry *e = entry_of(view, item);
	size_t i;

	sink_begin_list(sink);
	for (i = 0; i < e->nfiles; i++) {
		struct strbuf text = STRBUF_INIT;

		add_change(&e->files[i], &text);
		sink_string(sink, text.buf);
		strbuf_release(&text);
	}
	sink_end(sink);
}

/* Of a file with keys the digest is not shown: whoever guesses a key could try it. */
static void put_side(struct sink *sink, const struct history_side *side, bool secret)
{
	char mode[8], own[48];

	snprintf(mode, sizeof mode, "%04o", (unsigned)side->mode);
	snprintf(own, sizeof own, "%lu:%lu", (unsigned long)side->uid, (unsigned long)side->gid);
	sink_begin_record(sink);
	sink_key(sink, "mode");
	sink_string(sink, side->exists ? mode : NULL);
	sink_key(sink, "owner");
	sink_string(sink, side->exists ? own : NULL);
	sink_key(sink, "bytes");
	if (side->has_content)
		sink_number(sink, (int64_t)side->size);
	else
		sink_null(sink);
	sink_key(sink, "sha256");
	sink_string(sink, side->has_content && !secret ? side->hash : NULL);
	sink_end(sink);
}

static void get_files(struct view *view, size_t item, struct sink *sink)
{
	const struct history_entry *e = entry_of(view, item);
	size_t i;

	sink_begin_list(sink);
	for (i = 0; i < e->nfiles; i++) {
		sink_begin_record(sink);
		sink_key(sink, "path");
		sink_string(sink, e->files[i].path);
		sink_key(sink, "secret");
		sink_boolean(sink, e->files[i].secret);
		sink_key(sink, "before");
		put_side(sink, &e->files[i].before, e->files[i].secret);
		sink_key(sink, "after");
		put_side(sink, &e->files[i].after, e->files[i].secret);
		sink_end(sink);
	}
	sink_end(sink);
}

/* Not translated: one filters by them. */
static void get_state(struct view *view, size_t item, struct sink *sink)
{
	static const char *const states[] = {
		[HISTORY_GOOD] = "good",      [HISTORY_DOUBTED] = "doubted",
		[HISTORY_GONE] = "missing",   [HISTORY_CHANGED] = "changed",
		[HISTORY_SPOILT] = "changed", [HISTORY_STRAY] = "stray",
	};

	sink_string(sink, states[item_of(view, item)->fault]);
}

/* A table reads best as rows. */
/* clang-format off */
static const struct column columns[] = {
	{ "number", "#", N_("number of the change"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 3, .get = get_number },
	{ "when", N_("When"), N_("when it was saved, UTC"),
	  COLUMN_LIST | COLUMN_DETAIL, 16, .get = get_when },
	{ "time", N_("Time"), N_("when it was saved, UTC"),
	  COLUMN_JSON, 20, .get = get_time },
	{ "who", N_("Who"), N_("the person: who logged in, else who called sudo, else the user"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_who },
	{ "role", N_("Role"), N_("whom the person acted as"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 5, .get = get_role },
	{ "what", N_("What"), N_("the steps of the change"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 30, .get = get_what },
	{ "state", N_("State"), N_("good; missing, changed or stray where it was tampered with; doubted where nothing vouches for it any more"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 7, .get = get_state },
	{ "why", N_("Why"), N_("what the person said it is for (--why)"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON, 20, .get = get_why },
	{ "user", N_("User"), N_("the real user of the process"),
	  COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_user },
	{ "login", N_("Logged in"), N_("who logged in, as the kernel has it"),
	  COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_login },
	{ "sudo", N_("By sudo"), N_("who called sudo, as sudo said"),
	  COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_sudo },
	{ "profile", N_("Profile"), N_("the profile that held"),
	  COLUMN_DETAIL | COLUMN_JSON, 10, .get = get_profile },
	{ "host", N_("Host"), N_("the name of the machine"),
	  COLUMN_DETAIL | COLUMN_JSON, 10, .get = get_host },
	{ "root", N_("Root"), N_("where the tree was"),
	  COLUMN_DETAIL | COLUMN_JSON, 10, .get = get_root },
	{ "overrides", N_("Set aside"), N_("the coexistence rules that were set aside (--override)"),
	  COLUMN_DETAIL | COLUMN_JSON, 10, .get = get_overrides },
	{ "changed", N_("Files"), N_("what became of each file"),
	  COLUMN_DETAIL | COLUMN_LINES, 20, .get = get_changed },
	{ "files", N_("Files"), N_("each file before and after; without digests of files with keys"),
	  COLUMN_JSON, 20, .get = get_files },
};
/* clang-format on */

const struct kind kind_history = {
	.name = "history",
	.title = N_("History"),
	.item = N_("change"),
	.help = N_("Every change that was written: who made it, when and why, and what it was."),
	.columns = columns,
	.ncolumns = ARRAY_SIZE(columns),
	.count = count,
	.id = id,
	.find = find,
	.name_of = name_of,
	.owner = owner,
	.about = about,
	.file = LOCATION_COUNT,
};
