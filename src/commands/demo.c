#include "config.h"

#include "commands/demo.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/blob.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "base/write.h"
#include "base/xalloc.h"

static bool copy_file(const char *from, const char *to, mode_t mode, struct error *err)
{
	struct blob blob = { 0 };
	struct stat st;
	int in = open(from, O_RDONLY | O_CLOEXEC), out = -1;
	bool good;

	if (in < 0 || fstat(in, &st) != 0) {
		error_set_errno(err, ERROR_IO, errno, _("cannot open '%s'"), from);
		if (in >= 0)
			close(in);
		return false;
	}
	good = blob_read(&blob, in, (size_t)st.st_size, (size_t)1 << 26, false, from, err);
	close(in);
	if (!good)
		return false;
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	good = out >= 0 && write_all(out, blob.data, blob.len) && fchmod(out, mode) == 0;
	if (!good)
		error_set_errno(err, ERROR_IO, errno, _("cannot write '%s'"), to);
	if (out >= 0)
		close(out);
	blob_release(&blob);
	return good;
}

/* One line of the table: "MODE path", a folder with a slash at its end. */
static bool copy_line(const char *line, const char *source, const char *dir, struct error *err)
{
	struct strbuf from = STRBUF_INIT, to = STRBUF_INIT;
	char *path;
	mode_t mode = (mode_t)strtoul(line, &path, 8);
	size_t len;
	bool good = true;

	path += strspn(path, " ");
	len = strcspn(path, "\n");
	if (line[0] == '#' || len == 0)
		return true;
	strbuf_addf(&from, "%s/%.*s", source, (int)len, path);
	strbuf_addf(&to, "%s/%.*s", dir, (int)len, path);
	if (path[len - 1] == '/') {
		good = mkdir(to.buf, 0700) == 0 && chmod(to.buf, mode) == 0;
		if (!good)
			error_set_errno(err, ERROR_IO, errno, _("cannot make folder '%s'"), to.buf);
	} else {
		good = copy_file(from.buf, to.buf, mode, err);
	}
	strbuf_release(&from);
	strbuf_release(&to);
	return good;
}

static bool copy_tree(const char *modes, const char *source, const char *dir, struct error *err)
{
	FILE *file = fopen(modes, "re");
	char line[1024];
	bool good = true;

	if (file == NULL)
		return error_set_errno(err, ERROR_IO, errno, _("cannot open '%s'"), modes);
	while (good && fgets(line, sizeof line, file) != NULL)
		good = copy_line(line, source, dir, err);
	fclose(file);
	return good;
}

struct demo {
	char *folder;
	pid_t keeper; /* 0: there is none */
	int alive;    /* the end of a pipe, open as long as this process lives */
};

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	remove(path);
	return 0;
}

static void remove_tree(const char *folder)
{
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Lets go of everything that somebody may wait for: the terminal, the job, a reader of our output.
 */
static void stand_aside(int waiting)
{
	int null = open("/dev/null", O_RDWR), fd;

	waiting = fcntl(waiting, F_DUPFD, 4);
	setsid();
	for (fd = 0; fd < 3; fd++)
		dup2(null, fd);
	dup2(waiting, 3);
#ifdef HAVE_CLOSEFROM
	closefrom(4);
#else
	for (fd = 4; fd < 256; fd++)
		close(fd);
#endif
}

/* The keeper's life: until the other end of the pipe is gone, however that came about. */
static void keep(const char *folder, int waiting)
{
	char byte;

	stand_aside(waiting);
	while (read(3, &byte, 1) < 0 && errno == EINTR)
		;
	remove_tree(folder);
	_exit(0);
}

static bool start_keeper(struct demo *demo, struct error *err)
{
	int ends[2];

	if (pipe(ends) != 0)
		return error_set_errno(err, ERROR_IO, errno, _("cannot make a pipe"));
	demo->keeper = fork();
	if (demo->keeper == 0) {
		close(ends[1]);
		keep(demo->folder, ends[0]);
	}
	close(ends[0]);
	demo->alive = ends[1];
	fcntl(demo->alive, F_SETFD, FD_CLOEXEC);
	if (demo->keeper > 0)
		return true;
	demo->keeper = 0;
	return error_set_errno(err, ERROR_IO, errno, _("cannot start a process"));
}

static bool make_copy(struct demo *demo, struct error *err)
{
	char *source = paths_find(PATHS_DATA, "sample-host"),
	     *modes = paths_find(PATHS_DATA, "sample-host.modes");
	char *folder = xstrdup("/tmp/ikeconsole-demo.XXXXXX");
	bool good = source != NULL && modes != NULL;

	if (!good)
		error_set(
			err, ERROR_IO,
			_("the sample host is not where it was installed; is the program installed whole?"));
	else if (mkdtemp(folder) == NULL)
		good = error_set_errno(err, ERROR_IO, errno, _("cannot make a folder in /tmp"));
	else
		demo->folder = folder;
	good = good && start_keeper(demo, err) && copy_tree(modes, source, folder, err);
	if (demo->folder == NULL)
		free(folder);
	free(source);
	free(modes);
	return good;
}

struct demo *demo_make(struct error *err)
{
	struct demo *demo = xcalloc(1, sizeof *demo);

	demo->alive = -1;
	/* A reader that goes away ("list rules | head") is to leave the end as it is. */
	signal(SIGPIPE, SIG_IGN);
	if (make_copy(demo, err))
		return demo;
	demo_free(demo);
	return NULL;
}

const char *demo_folder(const struct demo *demo)
{
	return demo->folder;
}

void demo_free(struct demo *demo)
{
	if (demo == NULL)
		return;
	if (demo->alive >= 0)
		close(demo->alive);
	if (demo->keeper > 0)
		while (waitpid(demo->keeper, NULL, 0) < 0 && errno == EINTR)
			;
	else if (demo->folder != NULL)
		remove_tree(demo->folder);
	free(demo->folder);
	free(demo);
}
