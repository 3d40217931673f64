/*
 * floor_save FILE: the least that a save nobody fears has to do. It reads the file, writes the
 * bytes to a new one beside it, syncs that, renames it over the old one and syncs the folder.
 */
#include "config.h"

#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char *read_file(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY);
	struct stat st;
	size_t at = 0;
	ssize_t n = 1;
	char *bytes;

	if (fd < 0 || fstat(fd, &st) || !(bytes = malloc((size_t)st.st_size + 1)))
		return NULL;
	while (at < (size_t)st.st_size && (n = read(fd, bytes + at, (size_t)st.st_size - at)) > 0)
		at += (size_t)n;
	close(fd);
	*size = at;
	return bytes;
}

static bool write_file(const char *path, const char *bytes, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0644);
	size_t at = 0;
	ssize_t n = 1;

	if (fd < 0)
		return false;
	while (at < size && (n = write(fd, bytes + at, size - at)) > 0)
		at += (size_t)n;
	return at == size && !fsync(fd) && !close(fd);
}

static bool sync_folder_of(char *path)
{
	int fd = open(dirname(path), O_RDONLY);

	return fd >= 0 && !fsync(fd) && !close(fd);
}

int main(int argc, char **argv)
{
	char temporary[PATH_MAX];
	char *bytes;
	size_t size;

	if (argc != 2)
		return 2;
	snprintf(temporary, sizeof temporary, "%s.new", argv[1]);
	bytes = read_file(argv[1], &size);
	if (!bytes || !write_file(temporary, bytes, size) || rename(temporary, argv[1]) ||
	    !sync_folder_of(argv[1])) {
		perror(argv[1]);
		return 3;
	}
	free(bytes);
	return 0;
}
