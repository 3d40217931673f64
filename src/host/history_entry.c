#include "config.h"

#include "host/history_entry.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/print.h"
#include "base/pathword.h"
#include "base/xalloc.h"

#define MAGIC "ikeconsole-history 1"

/* No change has more than this of anything; a file that says so is none of ours. */
enum { MAX_ITEMS = 100000 };

static void free_list(char **items, size_t count)
{
	while (count > 0)
		free(items[--count]);
	free(items);
}

void history_entry_release(struct history_entry *entry)
{
	size_t i;

	whoami_release(&entry->who);
	free(entry->role);
	free(entry->profile);
	free(entry->host);
	free(entry->root);
	free(entry->why);
	free_list(entry->steps, entry->nsteps);
	free_list(entry->overrides, entry->noverrides);
	for (i = 0; i < entry->nfiles; i++)
		free(entry->files[i].path);
	free(entry->files);
	*entry = (struct history_entry){ 0 };
}

/* A line of one printable value; none where it is NULL. */
static void add_value(struct strbuf *text, const char *name, const char *value)
{
	if (value == NULL)
		return;
	strbuf_addf(text, "%s ", name);
	print_addstr(text, value);
	strbuf_addch(text, '\n');
}

static void add_person(struct strbuf *text, const char *name, const char *uid, const char *person)
{
	strbuf_addf(text, "%s ", name);
	print_addstr(text, uid);
	strbuf_addch(text, ' ');
	print_addstr(text, person != NULL ? person : "-");
	strbuf_addch(text, '\n');
}

static void add_user(struct strbuf *text, const char *name, uid_t uid, const char *person)
{
	struct strbuf number = STRBUF_INIT;

	strbuf_addf(&number, "%lu", (unsigned long)uid);
	add_person(text, name, number.buf, person);
	strbuf_release(&number);
}

static void add_who(struct strbuf *text, const struct whoami *who)
{
	add_user(text, "user", who->uid, who->user);
	if (who->has_login)
		add_user(text, "login", who->login_uid, who->login);
	/* A blank would end the number. */
	if (who->sudo_user != NULL)
		add_person(text, "sudo",
			   who->sudo_uid != NULL && who->sudo_uid[0] != '\0' &&
					   strchr(who->sudo_uid, ' ') == NULL
				   ? who->sudo_uid
				   : "-",
			   who->sudo_user);
}

static void add_time(struct strbuf *text, int64_t seconds)
{
	time_t when = (time_t)seconds;
	char shown[40] = "?";
	struct tm tm;

	if (gmtime_r(&when, &tm) != NULL)
		(void)strftime(shown, sizeof shown, "%Y-%m-%d %H:%M:%S UTC", &tm);
	strbuf_addf(text, "time %lld %s\n", (long long)seconds, shown);
}

static void add_side(struct strbuf *text, const char *name, const struct history_side *side)
{
	if (!side->exists) {
		strbuf_addf(text, "%s -\n", name);
		return;
	}
	strbuf_addf(text, "%s %04o %lu %lu ", name, (unsigned)side->mode, (unsigned long)side->uid,
		    (unsigned long)side->gid);
	if (side->has_content)
		strbuf_addf(text, "%llu %s\n", (unsigned long long)side->size, side->hash);
	else
		strbuf_addstr(text, "- -\n");
}

static void add_file(struct strbuf *text, const struct history_file *file)
{
	strbuf_addf(text, "file %s %llu %llu ", file->secret ? "secret" : "public",
		    (unsigned long long)file->from, (unsigned long long)file->window);
	pathword_add(text, file->path);
	strbuf_addch(text, '\n');
	add_side(text, "before", &file->before);
	add_side(text, "after", &file->after);
}

void history_entry_add(struct strbuf *text, const struct history_entry *entry)
{
	size_t i;

	strbuf_addf(text, MAGIC "\nnumber %u\n", (unsigned)entry->number);
	add_time(text, entry->time);
	if (entry->previous_hash[0] != '\0')
		strbuf_addf(text, "previous %u %s\n", (unsigned)entry->previous,
			    entry->previous_hash);
	else
		strbuf_addstr(text, "previous -\n");
	add_who(text, &entry->who);
	add_value(text, "role", entry->role);
	add_value(text, "profile", entry->profile);
	add_value(text, "host", entry->host);
	add_value(text, "root", entry->root);
	add_value(text, "why", entry->why);
	for (i = 0; i < entry->nsteps; i++)
		add_value(text, "step", entry->steps[i]);
	for (i = 0; i < entry->noverrides; i++)
		add_value(text, "override", entry->overrides[i]);
	for (i = 0; i < entry->nfiles; i++)
		add_file(text, &entry->files[i]);
	strbuf_addf(text, "diff %llu %s\nend\n", (unsigned long long)entry->diff_size,
		    entry->diff_hash);
}

/* A line being read: its first word is gone, and P stands behind it. */
struct line {
	char *text;
	char *p;
};

/* The next word, ended; NULL where there is none. */
static char *take_word(struct line *line)
{
	char *word = line->p;
	size_t len = strcspn(word, " ");

	if (len == 0)
		return NULL;
	line->p = word[len] == ' ' ? word + len + 1 : word + len;
	word[len] = '\0';
	return word;
}

static bool take_number(struct line *line, int base, uint64_t max, uint64_t *value)
{
	char *word = take_word(line), *end;

	if (word == NULL || !isdigit((unsigned char)word[0]))
		return false;
	errno = 0;
	*value = strtoull(word, &end, base);
	return errno == 0 && *end == '\0' && *value <= max;
}

static bool take_hash(struct line *line, char hash[SHA256_TEXT])
{
	const char *word = take_word(line);

	if (word == NULL || !sha256_is_text(word) || word[SHA256_DIGITS] != '\0')
		return false;
	memcpy(hash, word, SHA256_TEXT);
	return true;
}

/* The rest of the line as a new string; once only. */
static bool take_rest(const struct line *line, char **value)
{
	if (*value != NULL)
		return false;
	*value = xstrdup(line->p);
	return true;
}

static bool parse_number(struct history_entry *entry, struct line *line)
{
	uint64_t value;

	if (!take_number(line, 10, UINT32_MAX - 1, &value) || value == 0)
		return false;
	entry->number = (uint32_t)value;
	return *line->p == '\0';
}

static bool parse_time(struct history_entry *entry, struct line *line)
{
	uint64_t value;

	if (!take_number(line, 10, INT64_MAX, &value))
		return false;
	entry->time = (int64_t)value;
	return true;
}

static bool parse_previous(struct history_entry *entry, struct line *line)
{
	uint64_t value;

	if (strcmp(line->p, "-") == 0)
		return true;
	if (!take_number(line, 10, UINT32_MAX - 1, &value) ||
	    !take_hash(line, entry->previous_hash))
		return false;
	entry->previous = (uint32_t)value;
	return true;
}

/* "-" is no name. */
static bool take_person(const struct line *line, char **name)
{
	return strcmp(line->p, "-") == 0 || take_rest(line, name);
}

static bool parse_user(struct history_entry *entry, struct line *line)
{
	uint64_t uid;

	if (!take_number(line, 10, UINT32_MAX, &uid))
		return false;
	entry->who.uid = (uid_t)uid;
	return take_person(line, &entry->who.user);
}

static bool parse_login(struct history_entry *entry, struct line *line)
{
	uint64_t uid;

	if (!take_number(line, 10, UINT32_MAX, &uid))
		return false;
	entry->who.has_login = true;
	entry->who.login_uid = (uid_t)uid;
	return take_person(line, &entry->who.login);
}

static bool parse_sudo(struct history_entry *entry, struct line *line)
{
	const char *uid = take_word(line);

	if (uid == NULL || entry->who.sudo_uid != NULL)
		return false;
	if (strcmp(uid, "-") != 0)
		entry->who.sudo_uid = xstrdup(uid);
	return take_rest(line, &entry->who.sudo_user);
}

static bool parse_role(struct history_entry *entry, struct line *line)
{
	return take_rest(line, &entry->role);
}

static bool parse_profile(struct history_entry *entry, struct line *line)
{
	return take_rest(line, &entry->profile);
}

static bool parse_host(struct history_entry *entry, struct line *line)
{
	return take_rest(line, &entry->host);
}

static bool parse_root(struct history_entry *entry, struct line *line)
{
	return take_rest(line, &entry->root);
}

static bool parse_why(struct history_entry *entry, struct line *line)
{
	return take_rest(line, &entry->why);
}

static bool parse_step(struct history_entry *entry, struct line *line)
{
	VEC_PUSH(entry->steps, entry->nsteps, entry->steps_cap, xstrdup(line->p));
	return entry->nsteps <= MAX_ITEMS;
}

static bool parse_override(struct history_entry *entry, struct line *line)
{
	VEC_PUSH(entry->overrides, entry->noverrides, entry->overrides_cap, xstrdup(line->p));
	return entry->noverrides <= MAX_ITEMS;
}

static bool parse_file(struct history_entry *entry, struct line *line)
{
	const char *kind = take_word(line);
	struct history_file file = { .secret = kind != NULL && strcmp(kind, "secret") == 0 };

	if (kind == NULL || (!file.secret && strcmp(kind, "public") != 0) ||
	    !take_number(line, 10, SIZE_MAX / 4, &file.from) ||
	    !take_number(line, 10, SIZE_MAX / 4, &file.window) || entry->nfiles == MAX_ITEMS)
		return false;
	file.path = pathword_take(line->p);
	if (file.path == NULL)
		return false;
	VEC_PUSH(entry->files, entry->nfiles, entry->files_cap, file);
	return true;
}

static bool parse_side(struct line *line, struct history_side *side)
{
	uint64_t mode, uid, gid;

	if (side->exists)
		return false;
	if (strcmp(line->p, "-") == 0)
		return true;
	if (!take_number(line, 8, 07777, &mode) || !take_number(line, 10, UINT32_MAX, &uid) ||
	    !take_number(line, 10, UINT32_MAX, &gid))
		return false;
	*side = (struct history_side){
		.exists = true, .mode = (mode_t)mode, .uid = (uid_t)uid, .gid = (gid_t)gid
	};
	side->has_content = strcmp(line->p, "- -") != 0;
	return !side->has_content ||
	       (take_number(line, 10, SIZE_MAX / 4, &side->size) && take_hash(line, side->hash));
}

static bool parse_before(struct history_entry *entry, struct line *line)
{
	return entry->nfiles > 0 && parse_side(line, &entry->files[entry->nfiles - 1].before);
}

static bool parse_after(struct history_entry *entry, struct line *line)
{
	return entry->nfiles > 0 && parse_side(line, &entry->files[entry->nfiles - 1].after);
}

static bool parse_diff(struct history_entry *entry, struct line *line)
{
	return take_number(line, 10, SIZE_MAX / 4, &entry->diff_size) &&
	       take_hash(line, entry->diff_hash);
}

static bool parse_line(struct history_entry *entry, char *text)
{
	static const struct {
		const char *name;
		bool (*parse)(struct history_entry *entry, struct line *line);
	} rows[] = {
		{ "number", parse_number },     { "time", parse_time },
		{ "previous", parse_previous }, { "user", parse_user },
		{ "login", parse_login },       { "sudo", parse_sudo },
		{ "role", parse_role },         { "profile", parse_profile },
		{ "host", parse_host },         { "root", parse_root },
		{ "why", parse_why },           { "step", parse_step },
		{ "override", parse_override }, { "file", parse_file },
		{ "before", parse_before },     { "after", parse_after },
		{ "diff", parse_diff },
	};
	struct line line = { text, text };
	const char *name = take_word(&line);
	size_t i;

	for (i = 0; name != NULL && i < ARRAY_SIZE(rows); i++)
		if (strcmp(rows[i].name, name) == 0)
			return rows[i].parse(entry, &line);
	return false;
}

/* Whether what was read fits together. */
static bool is_whole(const struct history_entry *entry)
{
	size_t i;

	for (i = 0; i < entry->nfiles; i++) {
		const struct history_file *file = &entry->files[i];
		const struct history_side *before = &file->before, *after = &file->after;
		uint64_t was = before->has_content ? before->size : 0;

		if (!before->exists && !after->exists)
			return false;
		if (!after->has_content ? file->window > 0
					: file->window > after->size || file->from > was ||
						  file->from + file->window > after->size ||
						  after->size - file->window > was)
			return false;
	}
	return entry->number > 0 && entry->diff_hash[0] != '\0' && entry->role != NULL &&
	       entry->root != NULL && entry->previous < entry->number;
}

bool history_entry_parse(struct history_entry *entry, const char *text, size_t len)
{
	const char *p = text, *end = text + len;
	bool good = true, ended = false, first = true;

	*entry = (struct history_entry){ 0 };
	while (good && !ended) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		char *line;

		if (newline == NULL || memchr(p, '\0', (size_t)(newline - p)) != NULL)
			return false;
		line = xstrndup(p, (size_t)(newline - p));
		p = newline + 1;
		ended = strcmp(line, "end") == 0;
		good = ended || (first ? strcmp(line, MAGIC) == 0 : parse_line(entry, line));
		first = false;
		free(line);
	}
	entry->head_len = (size_t)(p - text);
	sha256_text(text, entry->head_len, entry->hash);
	return good && is_whole(entry);
}

static uint64_t content_bytes(const struct history_file *file)
{
	return (file->before.has_content ? file->before.size : 0) + file->window;
}

uint64_t history_entry_offset(const struct history_entry *entry, size_t number)
{
	uint64_t at = entry->head_len + entry->diff_size;
	size_t i;

	for (i = 0; i < number; i++)
		at += content_bytes(&entry->files[i]);
	return at;
}

uint64_t history_entry_bytes(const struct history_entry *entry)
{
	return history_entry_offset(entry, entry->nfiles);
}

const struct history_file *history_entry_file(const struct history_entry *entry, const char *path)
{
	size_t i;

	for (i = 0; i < entry->nfiles; i++)
		if (strcmp(entry->files[i].path, path) == 0)
			return &entry->files[i];
	return NULL;
}

bool history_side_equal(const struct history_side *a, const struct history_side *b)
{
	if (a->exists != b->exists)
		return false;
	return !a->exists ||
	       (a->mode == b->mode && a->uid == b->uid && a->gid == b->gid &&
		(!a->has_content || !b->has_content || strcmp(a->hash, b->hash) == 0));
}
