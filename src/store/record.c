#include "config.h"

#include "store/record.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/pathword.h"
#include "base/xalloc.h"

#define MAGIC "ikeconsole-journal "

enum { FORMAT = 1, MAX_WORDS = 11, MAX_ACL = 65536 };

static const char *const works[] = {
	[WORK_NONE] = "",
	[WORK_WRITE] = "write",
	[WORK_REMOVE] = "remove",
	[WORK_ADJUST] = "adjust",
};

void record_release(struct record *record)
{
	size_t i;

	for (i = 0; i < record->nfolders; i++)
		free(record->folders[i]);
	for (i = 0; i < record->nplaces; i++)
		free(record->places[i]);
	for (i = 0; i < record->nsteps; i++) {
		free(record->steps[i].path);
		step_release(&record->steps[i].step);
	}
	free(record->folders);
	free(record->places);
	free(record->steps);
	*record = (struct record){ 0 };
}

static void add_identity(struct strbuf *text, const struct identity *identity)
{
	if (identity->known)
		strbuf_addf(text, " %llu:%lld:%lld:%ld", (unsigned long long)identity->inode,
			    (long long)identity->size, identity->seconds, identity->nanoseconds);
	else
		strbuf_addstr(text, " -");
}

static void add_attributes(struct strbuf *text, const struct attributes *attributes)
{
	size_t i;

	strbuf_addf(text, " %o:%lld:%lld:", (unsigned)attributes->mode, (long long)attributes->uid,
		    (long long)attributes->gid);
	for (i = 0; i < attributes->acl_len; i++)
		strbuf_addf(text, "%02x", ((const unsigned char *)attributes->acl)[i]);
	if (attributes->acl_len == 0)
		strbuf_addch(text, '-');
}

void record_add_head(struct strbuf *text, const struct record *record)
{
	size_t i;

	strbuf_addf(text, MAGIC "%d\nsave %lld %ld %ld %zu\n", FORMAT, (long long)record->time,
		    record->uid, record->pid, record->files);
	for (i = 0; i < record->nfolders; i++) {
		strbuf_addstr(text, "folder ");
		pathword_add(text, record->folders[i]);
		strbuf_addch(text, '\n');
	}
	for (i = 0; i < record->nplaces; i++) {
		strbuf_addstr(text, "place ");
		pathword_add(text, record->places[i]);
		strbuf_addch(text, '\n');
	}
}

static const char *name_or_dash(const char *name)
{
	return name[0] != '\0' ? name : "-";
}

void record_add_step(struct strbuf *text, const char *path, const struct step *step)
{
	strbuf_addf(text, "%s ", works[step->work]);
	pathword_add(text, path);
	strbuf_addf(text, " %d %s %s", step->secret, name_or_dash(step->new_name),
		    name_or_dash(step->old_name));
	add_identity(text, &step->old);
	add_identity(text, &step->new);
	add_identity(text, &step->kept);
	add_attributes(text, &step->before);
	add_attributes(text, &step->wanted);
	strbuf_addch(text, '\n');
}

void record_add_end(struct strbuf *text, size_t steps)
{
	strbuf_addf(text, "end %zu\n", steps);
}

/* Reads a number up to STOP and goes behind that. */
static bool take_number(char **p, int base, long long min, long long max, char stop,
			long long *value)
{
	char *end;

	if (!isdigit((unsigned char)**p) && **p != '-')
		return false;
	errno = 0;
	*value = strtoll(*p, &end, base);
	if (errno != 0 || end == *p || *end != stop || *value < min || *value > max)
		return false;
	*p = stop != '\0' ? end + 1 : end;
	return true;
}

static bool is_number(char *word, long long max, long long *value)
{
	return take_number(&word, 10, 0, max, '\0', value);
}

static bool take_name(const char *word, char name[TEMP_NAME_SIZE])
{
	name[0] = '\0';
	if (strcmp(word, "-") == 0)
		return true;
	if (strlen(word) >= TEMP_NAME_SIZE || !temp_is_ours(word))
		return false;
	memcpy(name, word, strlen(word) + 1);
	return true;
}

static bool take_identity(char *word, struct identity *identity)
{
	long long inode, size, seconds, nanoseconds;

	*identity = (struct identity){ 0 };
	if (strcmp(word, "-") == 0)
		return true;
	if (!take_number(&word, 10, 0, INT64_MAX, ':', &inode) ||
	    !take_number(&word, 10, 0, INT64_MAX, ':', &size) ||
	    !take_number(&word, 10, INT64_MIN, INT64_MAX, ':', &seconds) ||
	    !take_number(&word, 10, 0, 999999999, '\0', &nanoseconds))
		return false;
	*identity =
		(struct identity){ true, (ino_t)inode, (off_t)size, seconds, (long)nanoseconds };
	return true;
}

static bool take_list(const char *word, struct attributes *attributes)
{
	size_t len = strlen(word), i;
	unsigned char *acl;

	if (strcmp(word, "-") == 0)
		return true;
	if (len == 0 || len % 2 != 0 || len > (size_t)2 * MAX_ACL)
		return false;
	acl = xmalloc(len / 2);
	attributes->acl = acl;
	attributes->acl_len = len / 2;
	for (i = 0; i < len; i += 2) {
		int high = hex_digit(word[i]), low = hex_digit(word[i + 1]);

		if (high < 0 || low < 0)
			return false;
		acl[i / 2] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static bool take_attributes(char *word, struct attributes *attributes)
{
	long long mode, uid, gid;

	if (!take_number(&word, 8, 0, 07777, ':', &mode) ||
	    !take_number(&word, 10, 0, UINT32_MAX, ':', &uid) ||
	    !take_number(&word, 10, 0, UINT32_MAX, ':', &gid))
		return false;
	attributes->mode = (mode_t)mode;
	attributes->uid = (uid_t)uid;
	attributes->gid = (gid_t)gid;
	return take_list(word, attributes);
}

/* Whether a step has what it needs. */
static bool is_complete(const struct step *step)
{
	bool named = step->old_name[0] != '\0';

	switch (step->work) {
	case WORK_WRITE:
		return step->new_name[0] != '\0' && step->new.known && step->old.known == named &&
		       step->kept.known == named;
	case WORK_REMOVE:
		return named && step->old.known && step->kept.known && !step->new.known;
	case WORK_ADJUST:
		return step->old.known;
	case WORK_NONE:
		break;
	}
	return false;
}

static bool take_step(struct record *record, char **words, size_t count, enum work work)
{
	struct recorded *recorded;
	struct step *step;
	long long secret;

	if (count != 10)
		return false;
	VEC_PUSH(record->steps, record->nsteps, record->steps_cap,
		 ((struct recorded){ .path = pathword_take(words[1]) }));
	recorded = &record->steps[record->nsteps - 1];
	step = &recorded->step;
	step->work = work;
	if (recorded->path == NULL || !is_number(words[2], 1, &secret))
		return false;
	step->secret = secret != 0;
	return take_name(words[3], step->new_name) && take_name(words[4], step->old_name) &&
	       take_identity(words[5], &step->old) && take_identity(words[6], &step->new) &&
	       take_identity(words[7], &step->kept) && take_attributes(words[8], &step->before) &&
	       take_attributes(words[9], &step->wanted) && is_complete(step);
}

static bool take_folder(char ***items, size_t *count, size_t *cap, const char *word)
{
	char *path = strcmp(word, "/") == 0 ? xstrdup(word) : pathword_take(word);

	if (path == NULL)
		return false;
	VEC_PUSH(*items, *count, *cap, path);
	return true;
}

static bool take_save(struct record *record, char **words, size_t count)
{
	long long time, uid, pid, files;

	if (count != 5 || strcmp(words[0], "save") != 0 || !is_number(words[1], INT64_MAX, &time) ||
	    !is_number(words[2], UINT32_MAX, &uid) || !is_number(words[3], INT32_MAX, &pid) ||
	    !is_number(words[4], INT32_MAX, &files))
		return false;
	record->time = time;
	record->uid = (long)uid;
	record->pid = (long)pid;
	record->files = (size_t)files;
	return true;
}

static bool take_line(struct record *record, char **words, size_t count)
{
	long long steps;
	int work;

	if (count == 2 && strcmp(words[0], "folder") == 0)
		return take_folder(&record->folders, &record->nfolders, &record->folders_cap,
				   words[1]);
	if (count == 2 && strcmp(words[0], "place") == 0)
		return take_folder(&record->places, &record->nplaces, &record->places_cap,
				   words[1]);
	if (count == 2 && strcmp(words[0], "end") == 0) {
		record->whole = is_number(words[1], INT32_MAX, &steps) &&
				(size_t)steps == record->nsteps && steps > 0;
		return record->whole;
	}
	for (work = WORK_WRITE; work <= WORK_ADJUST; work++)
		if (strcmp(words[0], works[work]) == 0)
			return take_step(record, words, count, (enum work)work);
	return false;
}

static size_t split(char *line, char *words[MAX_WORDS])
{
	size_t count = 0;

	while (count < MAX_WORDS) {
		words[count++] = line;
		line = strchr(line, ' ');
		if (line == NULL)
			break;
		*line++ = '\0';
	}
	return count;
}

static bool not_understood(const char *name, size_t line, struct error *err)
{
	return error_set(err, ERROR_IO,
			 _("%s:%zu: this is no journal of a save, or not a whole one; compare the "
			   "files with a copy, then move the journal away"),
			 name, line);
}

/* The first line; another version than ours is for the program that wrote it. */
static bool take_version(const char *line, const char *name, struct error *err)
{
	if (strncmp(line, MAGIC, strlen(MAGIC)) != 0)
		return not_understood(name, 1, err);
	return strcmp(line + strlen(MAGIC), "1") == 0 ||
	       error_set(err, ERROR_IO,
			 _("%s:1: another version of ikeconsole has been interrupted; let that one "
			   "finish its save"),
			 name);
}

bool record_parse(struct record *record, char *text, bool head_only, const char *name,
		  struct error *err)
{
	char *words[MAX_WORDS], *newline;
	size_t line = 0;

	*record = (struct record){ 0 };
	while ((newline = strchr(text, '\n')) != NULL && !record->whole) {
		size_t count;

		*newline = '\0';
		line++;
		if (line == 1) {
			if (!take_version(text, name, err))
				return false;
			text = newline + 1;
			continue;
		}
		count = split(text, words);
		if (head_only && line > 2 && strcmp(words[0], "folder") != 0 &&
		    strcmp(words[0], "place") != 0)
			return true;
		if (line == 2 ? !take_save(record, words, count) : !take_line(record, words, count))
			return not_understood(name, line, err);
		text = newline + 1;
	}
	if (head_only ? line >= 2 : record->whole && *text == '\0')
		return true;
	return not_understood(name, line + 1, err);
}
