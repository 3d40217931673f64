#include "config.h"

#include "host/history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/secret.h"
#include "base/xalloc.h"
#include "host/state.h"

#define FOLDER STATE_FOLDER "/" STATE_HISTORY

/* A head is read in one go where it is not longer than the first. */
enum { USUAL_HEAD = 1 << 14, MAX_HEAD = 1 << 26 };

bool history_number(const char *name, uint32_t *number)
{
	char again[16], *end;
	unsigned long value;

	if (name[0] < '1' || name[0] > '9')
		return false;
	errno = 0;
	value = strtoul(name, &end, 10);
	if (errno != 0 || *end != '\0' || value >= UINT32_MAX)
		return false;
	snprintf(again, sizeof again, "%lu", value);
	*number = (uint32_t)value;
	return strcmp(again, name) == 0;
}

void history_mark(char text[HISTORY_MARK_SIZE], uint32_t number, const char *hash)
{
	snprintf(text, HISTORY_MARK_SIZE, "%u:%s", (unsigned)number, hash);
}

bool history_mark_parse(const char *text, uint32_t *number, char hash[SHA256_TEXT])
{
	size_t len = strcspn(text, ":");
	char name[16];

	if (len >= sizeof name || text[len] != ':')
		return false;
	memcpy(name, text, len);
	name[len] = '\0';
	text += len + 1;
	if (!history_number(name, number) || !sha256_is_text(text) || text[SHA256_DIGITS] != '\0')
		return false;
	memcpy(hash, text, SHA256_TEXT);
	return true;
}

/* The open entry NAME in the folder PATH, a regular file of SIZE bytes; -1 with errno set. */
static int open_entry(const char *path, const char *name, uint64_t *size)
{
	struct strbuf whole = STRBUF_INIT;
	struct stat st;
	int fd;

	strbuf_addf(&whole, "%s/%s", path, name);
	fd = open(whole.buf, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	strbuf_release(&whole);
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		errno = EINVAL;
		return -1;
	}
	*size = (uint64_t)st.st_size;
	return fd;
}

/* Reads up to LEN bytes from the beginning, with a NUL behind them. */
static size_t read_start(int fd, char *bytes, size_t len)
{
	size_t done = 0;

	while (done < len) {
		ssize_t n = pread(fd, bytes + done, len - done, (off_t)done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	bytes[done] = '\0';
	return done;
}

/* Behind the head may stand what is secret. */
static bool read_head(int fd, uint64_t size, struct history_entry *entry)
{
	size_t room = USUAL_HEAD;
	bool good = false, more = true;

	while (!good && more) {
		char *bytes = secret_alloc(room + 1);
		size_t len = read_start(fd, bytes, room);

		history_entry_release(entry);
		good = history_entry_parse(entry, bytes, len);
		secret_free(bytes, room + 1);
		more = !good && len == room && len < size && room < MAX_HEAD;
		room *= 16;
	}
	return good && history_entry_bytes(entry) == size;
}

/* One that is no entry has its number alone. */
static void add_item(struct history *history, const char *path, uint32_t number)
{
	struct history_item item = { .fault = HISTORY_GOOD };
	char name[16];
	uint64_t size;
	int fd;

	snprintf(name, sizeof name, "%u", (unsigned)number);
	fd = open_entry(path, name, &size);
	if (fd < 0 || !read_head(fd, size, &item.entry) || item.entry.number != number) {
		history_entry_release(&item.entry);
		item.entry.number = number;
		item.fault = HISTORY_CHANGED;
	}
	if (fd >= 0)
		close(fd);
	VEC_PUSH(history->items, history->count, history->cap, item);
}

static int compare_items(const void *a, const void *b)
{
	const struct history_item *x = a, *y = b;

	return x->entry.number < y->entry.number ? -1 : x->entry.number > y->entry.number;
}

/* Which entry another one vouches for. */
struct vouch {
	bool known; /* false: nobody says anything any more */
	bool none;  /* that there is none */
	uint32_t number;
	char hash[SHA256_TEXT];
};

static struct vouch vouch_of(const struct history_entry *entry)
{
	struct vouch vouch = { .known = entry->role != NULL,
			       .none = entry->previous_hash[0] == '\0',
			       .number = entry->previous };

	memcpy(vouch.hash, entry->previous_hash, sizeof vouch.hash);
	return vouch;
}

static struct vouch read_mark(const char *path)
{
	struct strbuf whole = STRBUF_INIT;
	char text[HISTORY_MARK_SIZE + 1];
	struct vouch vouch = { .known = false };
	ssize_t len;

	strbuf_addf(&whole, "%s/%s", path, STATE_HISTORY_LAST);
	len = readlink(whole.buf, text, sizeof text - 1);
	strbuf_release(&whole);
	if (len > 0) {
		text[len] = '\0';
		vouch.known = history_mark_parse(text, &vouch.number, vouch.hash);
	}
	return vouch;
}

static void add_gone(struct history *history, uint32_t number)
{
	struct history_item item = { .fault = HISTORY_GONE, .entry.number = number };

	VEC_PUSH(history->items, history->count, history->cap, item);
}

/* From the newest one on: each against what the one behind it says. COUNT of them are files. */
static void check_chain(struct history *history, struct vouch vouch, size_t count)
{
	bool doubted = !vouch.known;
	size_t i;

	if (count == 0 && vouch.known)
		add_gone(history, vouch.number);
	for (i = count; i-- > 0;) {
		struct history_item *item = &history->items[i];
		uint32_t number = item->entry.number;

		if (vouch.known && (vouch.none || number > vouch.number)) {
			item->fault = HISTORY_STRAY;
			continue;
		}
		if (vouch.known && number < vouch.number) {
			add_gone(history, vouch.number);
			item = &history->items[i];
			doubted = true;
		} else if (vouch.known && item->fault == HISTORY_GOOD &&
			   strcmp(item->entry.hash, vouch.hash) != 0) {
			item->fault = HISTORY_CHANGED;
		}
		if (item->fault == HISTORY_CHANGED)
			doubted = true;
		else if (doubted)
			item->fault = HISTORY_DOUBTED;
		vouch = vouch_of(&item->entry);
	}
}

struct history *history_read(const char *root)
{
	struct history *history = xcalloc(1, sizeof *history);
	struct file_info info;
	struct file_names names;
	struct vouch mark;
	char *path;
	size_t i;

	file_list(root, FOLDER, &names, &history->folder);
	path = history->folder.state == FILE_DIRECTORY ? file_resolve(root, FOLDER, &info) : NULL;
	for (i = 0; path != NULL && i < names.count; i++) {
		uint32_t number;

		if (history_number(names.items[i], &number))
			add_item(history, path, number);
	}
	file_names_free(&names);
	if (path == NULL)
		return history;
	if (history->count > 1)
		qsort(history->items, history->count, sizeof *history->items, compare_items);
	mark = read_mark(path);
	history->is_marked = mark.known;
	check_chain(history, mark, history->count);
	if (history->count > 1)
		qsort(history->items, history->count, sizeof *history->items, compare_items);
	free(path);
	return history;
}

void history_free(struct history *history)
{
	size_t i;

	if (history == NULL)
		return;
	for (i = 0; i < history->count; i++)
		history_entry_release(&history->items[i].entry);
	free(history->items);
	free(history);
}

const struct history_item *history_find(const struct history *history, uint32_t number)
{
	size_t i;

	for (i = 0; i < history->count; i++)
		if (history->items[i].entry.number == number)
			return &history->items[i];
	return NULL;
}

size_t history_believed(const struct history *history)
{
	size_t i = history->count;

	while (i > 0 && (history->items[i - 1].fault == HISTORY_GOOD ||
			 history->items[i - 1].fault == HISTORY_STRAY ||
			 history->items[i - 1].fault == HISTORY_SPOILT))
		i--;
	return i;
}

bool history_is_sound(const struct history *history)
{
	size_t i;

	for (i = 0; i < history->count; i++)
		if (history->items[i].fault != HISTORY_GOOD)
			return false;
	return true;
}

void history_verify(struct history *history, const char *root)
{
	struct error err = ERROR_INIT;
	struct blob whole;
	size_t i;

	for (i = 0; i < history->count; i++) {
		struct history_item *item = &history->items[i];

		if (item->fault == HISTORY_GOOD && !history_load(root, &item->entry, &whole, &err))
			item->fault = HISTORY_SPOILT;
		else if (item->fault != HISTORY_GOOD)
			continue;
		blob_release(&whole);
		error_clear(&err);
	}
}

void history_tell_fault(const struct history_item *item, struct strbuf *sb)
{
	unsigned number = (unsigned)item->entry.number;

	switch (item->fault) {
	case HISTORY_GOOD:
	case HISTORY_DOUBTED:
		break;
	case HISTORY_GONE:
		strbuf_addf(sb, _("entry %u is missing"), number);
		break;
	case HISTORY_CHANGED:
		strbuf_addf(sb, _("entry %u is not as it was written"), number);
		break;
	case HISTORY_SPOILT:
		strbuf_addf(sb, _("the contents of entry %u are not as they were written"), number);
		break;
	case HISTORY_STRAY:
		strbuf_addf(sb, _("entry %u was not written by ikeconsole"), number);
		break;
	}
}

void history_tell_doubt(const struct history *history, struct strbuf *sb)
{
	size_t believed = history_believed(history), i, start = sb->len;

	for (i = history->count; i-- > 0;) {
		enum history_fault fault = history->items[i].fault;

		if (fault == HISTORY_GOOD || fault == HISTORY_DOUBTED)
			continue;
		strbuf_addstr(sb, sb->len > start ? "; " : _("the history was tampered with: "));
		history_tell_fault(&history->items[i], sb);
	}
	if (believed == 0)
		return;
	if (sb->len == start)
		strbuf_addstr(sb, _("the history was tampered with: what marks its newest entry is "
				    "missing"));
	if (believed == history->count)
		strbuf_addstr(sb, _("; nothing in it can be believed"));
	else
		strbuf_addf(sb, _("; nothing in it from entry %u back can be believed"),
			    (unsigned)history->items[believed - 1].entry.number);
}

static bool has_secret(const struct history_entry *entry)
{
	size_t i;

	for (i = 0; i < entry->nfiles; i++)
		if (entry->files[i].secret)
			return true;
	return false;
}

static bool is_side(const struct history_side *side, const struct blob *blob)
{
	char hash[SHA256_TEXT];

	if (!side->has_content)
		return true;
	sha256_text(blob->len > 0 ? blob->data : "", blob->len, hash);
	return strcmp(hash, side->hash) == 0;
}

static bool is_as_written(const struct history_entry *entry, const struct blob *whole)
{
	struct history_entry again;
	char hash[SHA256_TEXT];
	size_t i;
	bool good = history_entry_parse(&again, whole->data, whole->len) &&
		    strcmp(again.hash, entry->hash) == 0 &&
		    history_entry_bytes(entry) == whole->len;

	history_entry_release(&again);
	if (!good)
		return false;
	sha256_text(whole->data + entry->head_len, (size_t)entry->diff_size, hash);
	good = strcmp(hash, entry->diff_hash) == 0;
	for (i = 0; good && i < entry->nfiles; i++) {
		struct blob before = history_before(entry, whole, i),
			    after = history_after(entry, whole, i);

		good = is_side(&entry->files[i].before, &before) &&
		       is_side(&entry->files[i].after, &after);
		blob_release(&before);
		blob_release(&after);
	}
	return good;
}

bool history_load(const char *root, const struct history_entry *entry, struct blob *whole,
		  struct error *err)
{
	struct file_info info;
	char *path = file_resolve(root, FOLDER, &info), name[16];
	uint64_t size = 0;
	bool good;
	int fd;

	*whole = (struct blob){ 0 };
	snprintf(name, sizeof name, "%u", (unsigned)entry->number);
	fd = path != NULL ? open_entry(path, name, &size) : -1;
	free(path);
	if (fd < 0)
		return error_set_errno(err, ERROR_IO, errno,
				       _("cannot read entry %s of the history"), name);
	good = blob_read(whole, fd, (size_t)size, (size_t)-1 / 4, has_secret(entry), name, err);
	close(fd);
	return good &&
	       (is_as_written(entry, whole) ||
		error_set(err, ERROR_IO,
			  _("entry %s of the history is not as it was written: somebody has "
			    "changed it"),
			  name));
}

void history_add_diff(const struct history_entry *entry, const struct blob *whole,
		      struct strbuf *sb)
{
	const char *p = whole->data + entry->head_len, *end = p + entry->diff_size;

	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		size_t len = newline != NULL ? (size_t)(newline - p) : (size_t)(end - p);
		const char *tab;

		/* A tab is no order to a terminal. */
		for (; (tab = memchr(p, '\t', len)) != NULL; p = tab + 1) {
			print_add(sb, p, (size_t)(tab - p));
			strbuf_addch(sb, '\t');
			len -= (size_t)(tab + 1 - p);
		}
		print_add(sb, p, len);
		strbuf_addch(sb, '\n');
		p += len + 1;
	}
}

struct blob history_before(const struct history_entry *entry, const struct blob *whole,
			   size_t number)
{
	const struct history_file *file = &entry->files[number];

	return blob_copy(whole->data + history_entry_offset(entry, number),
			 file->before.has_content ? (size_t)file->before.size : 0, file->secret);
}

struct blob history_after(const struct history_entry *entry, const struct blob *whole,
			  size_t number)
{
	const struct history_file *file = &entry->files[number];
	size_t was = file->before.has_content ? (size_t)file->before.size : 0,
	       len = file->after.has_content ? (size_t)file->after.size : 0;
	const char *before = whole->data + history_entry_offset(entry, number);
	struct blob blob = blob_new(len, file->secret);
	size_t from = (size_t)file->from, window = (size_t)file->window;

	if (len == 0)
		return blob;
	memcpy(blob.data, before, from);
	memcpy(blob.data + from, before + was, window);
	memcpy(blob.data + from + window, before + was - (len - from - window),
	       len - from - window);
	return blob;
}
