#include "config.h"

#include "host/state.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "host/file.h"

#define RUN_FOLDER "/var/run"

char *state_lock_path(const char *root)
{
	struct file_info info;
	struct strbuf path = STRBUF_INIT;
	char *run = file_resolve(root, RUN_FOLDER, &info);
	struct stat st;

	if (run != NULL && info.state == FILE_READ && stat(run, &st) == 0 && S_ISDIR(st.st_mode))
		strbuf_addf(&path, "%s/ikeconsole.lock", run);
	else
		strbuf_addf(&path, "%s/.ikeconsole.lock", root);
	free(run);
	return strbuf_detach(&path, NULL);
}

enum lock_state { LOCK_NONE, LOCK_HELD, LOCK_LEFT };

/* Whether somebody has the lock, or died with it. */
static enum lock_state look_at_lock(const char *root)
{
	/* For this kind a descriptor that may only read is enough. */
	struct flock range = { .l_type = F_RDLCK, .l_whence = SEEK_SET };
	char *path = state_lock_path(root);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	enum lock_state state = LOCK_NONE;

	free(path);
	if (fd < 0)
		return state;
	if (fcntl(fd, STATE_GET_LOCK, &range) == 0)
		state = range.l_type == F_UNLCK ? LOCK_LEFT : LOCK_HELD;
	close(fd);
	return state;
}

static bool is_there(const char *root, const char *name, ino_t *inode)
{
	struct strbuf path = STRBUF_INIT;
	struct file_info info;

	strbuf_addf(&path, STATE_FOLDER "/%s", name);
	file_look(root, path.buf, &info);
	strbuf_release(&path);
	*inode = info.inode;
	return info.state != FILE_MISSING && info.state != FILE_DENIED;
}

enum state_save state_of_save(const char *root)
{
	ino_t before = 0, after = 0;
	bool journal = is_there(root, STATE_JOURNAL, &before);
	enum lock_state lock = look_at_lock(root);

	if (lock == LOCK_HELD)
		return SAVE_RUNNING;
	/* Its owner may have ended between the two looks, and have taken the journal along. */
	if (journal && is_there(root, STATE_JOURNAL, &after) && before == after)
		return SAVE_INTERRUPTED;
	if (lock == LOCK_LEFT || is_there(root, STATE_JOURNAL_NEW, &after) ||
	    is_there(root, STATE_HISTORY "/" STATE_HISTORY_NEW, &after))
		return SAVE_LEFT;
	return SAVE_NONE;
}
