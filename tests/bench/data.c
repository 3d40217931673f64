#include "config.h"

#include "tests/bench/bench.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/bench/run.h"

bool data_make(const struct bench *bench, const struct probe *probe, struct strbuf *root)
{
	struct strbuf generator = STRBUF_INIT;
	char rules[24], defects[24], files[32];
	struct run_cost cost;
	bool made;

	snprintf(rules, sizeof rules, "%lu", probe->rules);
	snprintf(defects, sizeof defects, "%lu", probe->defects);
	snprintf(files, sizeof files, "%s", probe->files ? probe->files : "ike");
	strbuf_clear(root);
	strbuf_addf(root, "%s/%s-%s-%s", bench->work, files, rules, defects);
	if (!access(root->buf, F_OK))
		return true;
	strbuf_addf(&generator, "%s/gen_host", bench->tools);
	const char *const argv[] = { generator.buf, "--rules", rules,     "--defects", defects,
				     "--files",     files,     root->buf, NULL };
	made = run_command((char *const *)argv, 120, &cost) && cost.status == 0;
	strbuf_release(&generator);
	return made;
}

void data_label(const char *config, unsigned long number, struct strbuf *label)
{
	static const char mark[] = "label \"";
	FILE *file = fopen(config, "r");
	char line[1024], *at;

	while (file && fgets(line, sizeof line, file)) {
		at = strstr(line, mark);
		if (!at || number-- > 0)
			continue;
		at += sizeof mark - 1;
		strbuf_add(label, at, strcspn(at, "\""));
		break;
	}
	if (file)
		fclose(file);
}

static bool copy_bytes(int from, int to)
{
	char bytes[65536];
	ssize_t n;

	while ((n = read(from, bytes, sizeof bytes)) > 0) {
		if (write(to, bytes, (size_t)n) != n)
			return false;
	}
	return n == 0 && !fsync(to);
}

static void config_path(const char *root, struct strbuf *path)
{
	strbuf_addf(path, "%s/etc/inet/ike/config", root);
}

bool data_copy(const char *config, const char *root)
{
	static const char *const folders[] = { "", "/etc", "/etc/inet", "/etc/inet/ike" };
	struct strbuf path = STRBUF_INIT;
	bool copied = false;
	size_t i;
	int from, to;

	data_remove(root);
	for (i = 0; i < sizeof folders / sizeof *folders; i++) {
		strbuf_clear(&path);
		strbuf_addf(&path, "%s%s", root, folders[i]);
		mkdir(path.buf, 0755);
	}
	strbuf_clear(&path);
	config_path(root, &path);
	from = open(config, O_RDONLY | O_CLOEXEC);
	to = open(path.buf, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (from >= 0 && to >= 0)
		copied = copy_bytes(from, to);
	close(from);
	close(to);
	strbuf_release(&path);
	return copied;
}

struct map {
	const char *bytes;
	size_t size;
};

static bool map_open(struct map *map, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *bytes = MAP_FAILED;

	if (fd >= 0 && !fstat(fd, &st) && st.st_size)
		bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (bytes == MAP_FAILED)
		return false;
	*map = (struct map){ .bytes = bytes, .size = (size_t)st.st_size };
	return true;
}

static void map_close(const struct map *map)
{
	munmap((void *)map->bytes, map->size);
}

/* Whether the maps are the same but for the value of the first local_addr after QUOTED_LABEL. */
static bool is_changed(const struct map *old, const struct map *new, const char *quoted_label)
{
	static const char keyword[] = "local_addr ", value[] = "192.0.2.1";
	const char *end = old->bytes + old->size, *at;
	size_t before, after, length;

	at = memmem(old->bytes, old->size, quoted_label, strlen(quoted_label));
	if (at)
		at = memmem(at, (size_t)(end - at), keyword, sizeof keyword - 1);
	if (!at)
		return false;
	at += sizeof keyword - 1;
	before = (size_t)(at - old->bytes);
	length = strcspn(at, " \n");
	after = old->size - before - length;
	return new->size == before + sizeof value - 1 + after &&
	       !memcmp(new->bytes, old->bytes, before) &&
	       !memcmp(new->bytes + before, value, sizeof value - 1) &&
	       !memcmp(new->bytes + new->size - after, at + length, after);
}

bool data_is_changed(const char *config, const char *root, const char *label)
{
	struct strbuf path = STRBUF_INIT, quoted = STRBUF_INIT;
	struct map old, new;
	bool changed = false;

	config_path(root, &path);
	strbuf_addf(&quoted, "\"%s\"", label);
	if (map_open(&old, config)) {
		if (map_open(&new, path.buf)) {
			changed = is_changed(&old, &new, quoted.buf);
			map_close(&new);
		}
		map_close(&old);
	}
	strbuf_release(&path);
	strbuf_release(&quoted);
	return changed;
}

double data_size(const char *path)
{
	struct stat st;

	return stat(path, &st) ? 0 : (double)st.st_size;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *walk)
{
	(void)st;
	(void)type;
	(void)walk;
	return remove(path);
}

void data_remove(const char *path)
{
	nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}
