#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/paths.h"
#include "base/strbuf.h"
#include "base/xalloc.h"

Test(paths, relative)
{
	static const struct {
		const char *from, *to, *way;
	} cases[] = {
		{ "/usr/bin", "/usr/share/x", "../share/x" },
		{ "/usr/local/bin", "/usr/local/libexec/x", "../libexec/x" },
		{ "/usr/bin", "/opt/x", "../../opt/x" },
		{ "/usr/bin/", "//usr//bin", "" },
		{ "/usr/bin", "/usr/bin/x", "x" },
		{ "/usr/bin", "/usr/binary", "../binary" },
		{ "/usr/bin", "/usr", ".." },
		{ "/", "/a/b", "a/b" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *way = paths_relative(cases[i].from, cases[i].to);

		cr_assert_str_eq(way, cases[i].way, "'%s'", way);
		free(way);
	}
}

Test(paths, the_executable_is_where_it_is)
{
	char *dir = paths_executable_dir(), *found;
	struct strbuf self = STRBUF_INIT;
	struct stat st;

	cr_assert_not_null(dir);
	cr_assert_eq(dir[0], '/');
	strbuf_addf(&self, "%s/test_paths", dir);
	cr_assert_eq(stat(self.buf, &st), 0, "'%s'", self.buf);
	found = paths_find(PATHS_LOADED, "test_paths");
	cr_assert_str_eq(found, self.buf);
	free(found);
	cr_assert_null(paths_find(PATHS_LOADED, "no such file"));
	free(dir);
	strbuf_release(&self);
}

/* A scratch tree; each test removes what it made. */
static char root[] = "/tmp/test-paths-XXXXXX";

static char *make(const char *name, bool folder)
{
	struct strbuf path = STRBUF_INIT;
	FILE *f;

	strbuf_addf(&path, "%s/%s", root, name);
	if (folder) {
		cr_assert_eq(mkdir(path.buf, 0755), 0);
		return strbuf_detach(&path, NULL);
	}
	f = fopen(path.buf, "w");
	cr_assert_not_null(f);
	fclose(f);
	cr_assert_eq(chmod(path.buf, 0644), 0);
	return strbuf_detach(&path, NULL);
}

static void drop(char *path)
{
	cr_assert_eq(remove(path), 0);
	free(path);
}

static void expect(const char *dir, enum paths_kind kind, const char *path)
{
	char *found = paths_find_from(dir, kind, "file");

	if (path == NULL)
		cr_assert_null(found);
	else
		cr_assert_str_eq(found != NULL ? found : "nothing", path);
	free(found);
}

Test(paths, three_places_in_their_order)
{
	struct strbuf moved = STRBUF_INIT;
	char *bin, *share, *near, *far, *built, *way, *module;

	cr_assert_not_null(mkdtemp(root));
	bin = make("bin", true);
	share = make("bin/share", true);
	expect(bin, PATHS_DATA, NULL);
	built = make("bin/share/file", false);
	module = make("bin/file", false);
	expect(bin, PATHS_DATA, built);
	expect(bin, PATHS_LOADED, module);
	expect(NULL, PATHS_DATA, NULL);

	/* The tests are configured with a bindir and a pkgdatadir of one prefix:
	 * ../share/ikeconsole */
	near = make("share", true);
	far = make("share/ikeconsole", true);
	way = make("share/ikeconsole/file", false);
	strbuf_addf(&moved, "%s/../share/ikeconsole/file", bin);
	expect(bin, PATHS_DATA, moved.buf);

	/* What anybody may write is passed over, and so is what lies in a folder of that kind. */
	cr_assert_eq(chmod(way, 0666), 0);
	expect(bin, PATHS_DATA, built);
	cr_assert_eq(chmod(share, 01777), 0);
	expect(bin, PATHS_DATA, NULL);

	strbuf_release(&moved);
	drop(way);
	drop(far);
	drop(near);
	drop(built);
	drop(module);
	drop(share);
	drop(bin);
	cr_assert_eq(rmdir(root), 0);
}
