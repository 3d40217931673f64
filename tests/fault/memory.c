/*
 * memory.so: loaded into a program (LD_PRELOAD), it searches at the program's end all memory that
 * the program could write to for bytes that should be gone by then.
 *
 * MARKS is a file with what to look for: a line each, a name and the bytes as hexadecimal digits,
 * each byte with MASK over it, so that the search does not find itself. MARKS_FOUND is the file to
 * which a line is added for each place, and one at the end that says how much was searched.
 */
#include "config.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MASK = 0x5a, MOST = 64, LONGEST = 64, SHOWN = 24 };

static struct mark {
	char name[32];
	unsigned char masked[LONGEST];
	size_t len;
} marks[MOST];
static size_t mark_count;
static pid_t program;
static char text[65536]; /* of files; not on the heap, which is searched */

/* The whole file; the end of a longer one is left out. */
static bool read_text(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	ssize_t n;

	if (fd < 0)
		return false;
	while ((n = read(fd, text + len, sizeof text - 1 - len)) > 0)
		len += (size_t)n;
	close(fd);
	text[len] = '\0';
	return true;
}

__attribute__((constructor)) static void prepare(void)
{
	const char *path = getenv("MARKS");
	char *line, *save = NULL;

	if (path == NULL || getenv("MARKS_FOUND") == NULL || !read_text(path))
		return;
	for (line = strtok_r(text, "\n", &save); line != NULL && mark_count < MOST;
	     line = strtok_r(NULL, "\n", &save)) {
		struct mark *mark = &marks[mark_count++];
		const char *p = line + strcspn(line, " ");
		unsigned byte;

		snprintf(mark->name, sizeof mark->name, "%.*s", (int)(p - line), line);
		for (p += *p == ' '; mark->len < LONGEST && sscanf(p, "%2x", &byte) == 1; p += 2)
			mark->masked[mark->len++] = (unsigned char)byte;
	}
	program = getpid();
}

static bool is_at(const unsigned char *p, const struct mark *mark)
{
	size_t i;

	for (i = 0; i < mark->len; i++)
		if ((p[i] ^ MASK) != mark->masked[i])
			return false;
	return true;
}

/* Tells of a place, with what stands in front of it, where letters and digits are left. */
static void tell(int out, const struct mark *mark, const char *map, const unsigned char *from,
		 const unsigned char *p)
{
	const unsigned char *q = (size_t)(p - from) > SHOWN ? p - SHOWN : from;
	char before[SHOWN + 1], line[400];
	size_t n = 0;

	for (; q < p; q++)
		before[n++] = *q > ' ' && *q < 0x7f ? (char)*q : '.';
	before[n] = '\0';
	n = (size_t)snprintf(line, sizeof line, "%s in %.100s at %p behind %s\n", mark->name, map,
			     (const void *)p, before);
	if (write(out, line, n) < 0)
		_exit(99);
}

static size_t search(int out, const char *map, const unsigned char *from, const unsigned char *to)
{
	const unsigned char *p;
	size_t i, found = 0;

	for (i = 0; i < mark_count; i++) {
		if (to - from < (ptrdiff_t)marks[i].len)
			continue;
		for (p = from; (p = memchr(p, marks[i].masked[0] ^ MASK,
					   (size_t)(to - p) - marks[i].len + 1)) != NULL;
		     p++)
			if (is_at(p, &marks[i])) {
				tell(out, &marks[i], map, from, p);
				found++;
			}
	}
	return found;
}

__attribute__((destructor)) static void search_all(void)
{
	size_t found = 0, bytes = 0;
	char *line, *save = NULL, end[100], mode[5], map[200];
	unsigned long from, to;
	int out, n;

	if (program != getpid())
		return;
	/* Read-only mode opens nothing to write: it is the standard error that it has. */
	out = open(getenv("MARKS_FOUND"), O_WRONLY | O_APPEND | O_CLOEXEC);
	if (out < 0)
		out = STDERR_FILENO;
	if (!read_text("/proc/self/maps"))
		_exit(99);
	for (line = strtok_r(text, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
		map[0] = '\0';
		if (sscanf(line, "%lx-%lx %4s %*s %*s %*s %199s", &from, &to, mode, map) < 3 ||
		    mode[0] != 'r' || mode[1] != 'w')
			continue;
		bytes += to - from;
		found += search(out, map, (const unsigned char *)from, (const unsigned char *)to);
	}
	n = snprintf(end, sizeof end, "memory: %zu found in %zu bytes\n", found, bytes);
	if (write(out, end, (size_t)n) < 0)
		_exit(99);
}
