#include "config.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/inotify.h>
#endif
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "host/file.h"
#include "tests/fault/tree.h"

static char *root;

static void set_link(const char *target, const char *name)
{
	char *path = tree_path(root, name);

	cr_assert_eq(symlink(target, path), 0);
	free(path);
}

static void set_up(void)
{
	char *path;

	root = tree_new();
	tree_file(root, "/etc/inet/ike/config", "text\n", 0640);
	tree_folder(root, "/etc/inet/secret", 0700);
	set_link("config", "/etc/inet/ike/relative");
	set_link("/etc/inet/ike/config", "/etc/inet/ike/absolute");
	set_link("../../../../../../etc/inet/ike/config", "/etc/inet/ike/above");
	set_link("inet", "/etc/folder");
	set_link("folder/ike/relative", "/etc/chain");
	set_link("nothing", "/etc/dangling");
	set_link("/etc/passwd", "/etc/outside");
	set_link("loop", "/etc/loop");
	path = tree_path(root, "/etc/fifo");
	cr_assert_eq(mkfifo(path, 0600), 0);
	free(path);
}

static void tear_down(void)
{
	tree_free(root);
}

TestSuite(file, .init = set_up, .fini = tear_down, .timeout = 20);

static const struct {
	const char *name, *resolved; /* NULL: none */
	enum file_state state;
	bool linked;
} cases[] = {
	{ "/etc/inet/ike/config", "/etc/inet/ike/config", FILE_READ, false },
	{ "//etc//inet/./ike/../ike/config", "/etc/inet/ike/config", FILE_READ, false },
	{ "/../../etc/inet/ike/config", "/etc/inet/ike/config", FILE_READ, false },
	{ "/etc/inet/ike/relative", "/etc/inet/ike/config", FILE_READ, true },
	{ "/etc/inet/ike/absolute", "/etc/inet/ike/config", FILE_READ, true },
	{ "/etc/inet/ike/above", "/etc/inet/ike/config", FILE_READ, true },
	{ "/etc/folder/ike/config", "/etc/inet/ike/config", FILE_READ, false },
	{ "/etc/chain", "/etc/inet/ike/config", FILE_READ, true },
	{ "/etc/inet/ike/missing", "/etc/inet/ike/missing", FILE_MISSING, false },
	{ "/etc/inet/none/missing", NULL, FILE_MISSING, false },
	{ "/etc/inet/ike/config/below", NULL, FILE_MISSING, false },
	{ "/etc/dangling", NULL, FILE_DANGLING, true },
	{ "/etc/outside", NULL, FILE_DANGLING, true },
	{ "/etc/loop", NULL, FILE_LOOP, true },
	{ "/etc/fifo", "/etc/fifo", FILE_NOT_REGULAR, false },
	{ "/etc/inet/secret", "/etc/inet/secret", FILE_DIRECTORY, false },
};

Test(file, is_found_as_the_host_would_find_it)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct file_info info;
		char *path = file_resolve(root, cases[i].name, &info);

		if (cases[i].resolved == NULL)
			cr_expect_null(path, "%s: %s", cases[i].name, path);
		else
			cr_expect(path != NULL && strncmp(path, root, strlen(root)) == 0 &&
					  strcmp(path + strlen(root), cases[i].resolved) == 0,
				  "%s: %s", cases[i].name, path);
		free(path);
	}
}

Test(file, has_a_state_whatever_stands_there)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct file_info looked, read;
		struct blob blob;

		file_look(root, cases[i].name, &looked);
		file_read(root, cases[i].name, false, &blob, &read);
		cr_expect_eq(looked.state, cases[i].state, "%s: %d", cases[i].name, looked.state);
		cr_expect_eq(read.state, cases[i].state, "%s: %d", cases[i].name, read.state);
		cr_expect_eq(looked.linked, cases[i].linked, "%s", cases[i].name);
		cr_expect_eq(blob.data != NULL, cases[i].state == FILE_READ, "%s", cases[i].name);
		cr_expect_gt(strlen(file_state_text(&looked)), 0);
		blob_release(&blob);
	}
}

#ifdef __linux__
/* Opening a device may do something: a tape is wound back, a watchdog starts to count. */
Test(file, is_not_opened_where_it_is_none)
{
	char *fifo = tree_path(root, "/etc/fifo"),
	     *config = tree_path(root, "/etc/inet/ike/config");
	int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	struct file_info info;
	struct blob blob;
	char events[4096];

	cr_assert_geq(watch, 0);
	cr_assert_geq(inotify_add_watch(watch, fifo, IN_OPEN), 0);
	file_read(root, "/etc/fifo", false, &blob, &info);
	cr_assert_eq(info.state, FILE_NOT_REGULAR);
	cr_expect_eq(read(watch, events, sizeof events), -1);
	cr_assert_geq(inotify_add_watch(watch, config, IN_OPEN), 0);
	file_read(root, "/etc/inet/ike/config", false, &blob, &info);
	blob_release(&blob);
	cr_expect_gt(read(watch, events, sizeof events), 0);
	close(watch);
	free(fifo);
	free(config);
}
#endif

/* A slot is no document: it has a limit of its own. */
Test(file, is_read_up_to_a_limit)
{
	size_t limit;

	for (limit = 3; limit < 8; limit++) {
		struct file_info info;
		struct blob blob;

		file_read_up_to(root, "/etc/inet/ike/config", limit, false, &blob, &info);
		cr_expect_eq(info.state, limit < 5 ? FILE_TOO_LARGE : FILE_READ, "%zu", limit);
		cr_expect_eq(blob.data != NULL, limit >= 5);
		cr_expect_eq(info.size, 5);
		blob_release(&blob);
	}
}

Test(file, is_read_whole_with_its_particulars)
{
	struct file_info info;
	struct blob blob;
	unsigned secret;

	for (secret = 0; secret < 2; secret++) {
		file_read(root, "/etc/inet/ike/config", secret != 0, &blob, &info);
		cr_assert_eq(info.state, FILE_READ);
		cr_assert_eq(blob.len, 5);
		cr_assert_str_eq(blob.data, "text\n");
		cr_assert_eq(blob.secret, secret != 0);
		cr_assert_eq(info.mode & 07777, 0640);
		cr_assert_eq(info.size, 5);
		cr_assert_eq(info.links, 1);
		cr_assert_eq(info.uid, geteuid());
		blob_release(&blob);
	}
}

Test(file, root_may_end_in_slashes)
{
	struct strbuf with_slash = STRBUF_INIT;
	struct file_info info;
	char *path;

	strbuf_addf(&with_slash, "%s//", root);
	path = file_resolve(with_slash.buf, "/etc/inet/ike/config", &info);
	cr_assert_not_null(path);
	cr_assert_str_eq(path + strlen(root), "/etc/inet/ike/config");
	free(path);
	strbuf_release(&with_slash);
}

Test(file, the_hosts_own_root_needs_no_prefix)
{
	struct file_info info;
	struct strbuf name = STRBUF_INIT;
	char *path;

	strbuf_addf(&name, "%s/etc/inet/ike/relative", root);
	path = file_resolve("/", name.buf, &info);
	cr_assert_not_null(path);
	cr_assert_not_null(strstr(path, "/etc/inet/ike/config"));
	free(path);
	file_look("/", name.buf, &info);
	cr_assert(info.linked);
	strbuf_release(&name);
}

Test(file, a_socket_is_no_file)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct file_info info;
	struct blob blob;
	char *path = tree_path(root, "/etc/socket");
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	cr_assert_lt(strlen(path), sizeof address.sun_path);
	memcpy(address.sun_path, path, strlen(path));
	cr_assert_eq(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
	file_read(root, "/etc/socket", false, &blob, &info);
	cr_assert_eq(info.state, FILE_NOT_REGULAR);
	close(fd);
	free(path);
}

Test(file, names_are_listed_sorted)
{
	struct file_names names;
	struct file_info info;

	tree_file(root, "/list/b", "", 0644);
	tree_file(root, "/list/a", "", 0644);
	tree_file(root, "/list/.hidden", "", 0644);
	file_list(root, "/list", &names, &info);
	cr_assert_eq(info.state, FILE_DIRECTORY);
	cr_assert_eq(names.count, 3);
	cr_assert_str_eq(names.items[0], ".hidden");
	cr_assert_str_eq(names.items[1], "a");
	cr_assert_str_eq(names.items[2], "b");
	file_names_free(&names);
	file_list(root, "/etc/inet/ike/config", &names, &info);
	cr_assert_eq(info.state, FILE_READ);
	cr_assert_eq(names.count, 0);
	file_list(root, "/none", &names, &info);
	cr_assert_eq(info.state, FILE_MISSING);
	file_names_free(&names);
}
