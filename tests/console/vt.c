#include "config.h"

#include "tests/console/vt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "base/xalloc.h"
#include "tests/console/vt_private.h"

static void die(const char *what)
{
	perror(what);
	exit(99);
}

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Feeds what the program wrote, waiting up to LIMIT ms for it. False: nothing came. */
static bool feed(struct vt *vt, int limit)
{
	struct pollfd p = { .fd = vt->master, .events = POLLIN };
	char bytes[4096];
	ssize_t n;

	if (vt->master < 0 || vt->ended_output || poll(&p, 1, limit > 0 ? limit : 0) <= 0)
		return false;
	n = read(vt->master, bytes, sizeof bytes);
	if (n <= 0) {
		vt->ended_output = n == 0 || (errno != EAGAIN && errno != EINTR);
		return false;
	}
	vt->bytes += (size_t)n;
	if (vt->recording)
		strbuf_add(&vt->record, bytes, (size_t)n);
	vterm_input_write(vt->term, bytes, (size_t)n);
	return true;
}

static void send(struct vt *vt, const char *bytes, size_t len)
{
	while (len > 0 && vt->master >= 0) {
		ssize_t n = write(vt->master, bytes, len);

		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		} else if (errno != EAGAIN || !feed(vt, 2000)) {
			return; /* the program doesn't read any more */
		}
	}
}

/*
 * Sends what the terminal has for the program: a key, a button, an answer. At once, as a terminal
 * does: bytes of one sequence that come apart are keys of their own.
 */
static void send_output(struct vt *vt)
{
	char bytes[1024];
	size_t len;

	while ((len = vterm_output_read(vt->term, bytes, sizeof bytes)) > 0)
		send(vt, bytes, len);
}

static int on_property(VTermProp property, VTermValue *value, void *data)
{
	struct vt *vt = data;

	if (property == VTERM_PROP_ALTSCREEN)
		vt->alternate = value->boolean;
	else if (property == VTERM_PROP_CURSORVISIBLE)
		vt->cursor_visible = value->boolean;
	return 1;
}

static const char *value_of(const char *const *env, const char *name, const char *otherwise)
{
	size_t len = strlen(name);

	for (; env != NULL && *env != NULL; env++)
		if (strncmp(*env, name, len) == 0 && (*env)[len] == '=')
			return *env + len + 1;
	return otherwise;
}

static void child(int slave, const char *const *env, const char *const *argv)
{
	static const char *const unwanted[] = { "LINES", "COLUMNS", "ESCDELAY", "NO_COLOR",
						"LANGUAGE" };
	const char *folder = value_of(env, "PWD", NULL);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(unwanted); i++)
		unsetenv(unwanted[i]);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	for (; env != NULL && *env != NULL; env++) {
		const char *value = strchr(*env, '=');
		char *name = xstrndup(*env, value != NULL ? (size_t)(value - *env) : strlen(*env));

		if (value != NULL)
			setenv(name, value + 1, 1);
		else
			unsetenv(name);
		free(name);
	}
	if ((folder == NULL || chdir(folder) == 0) && login_tty(slave) == 0)
		execvp(argv[0], (char *const *)argv);
	_exit(127);
}

struct vt *vt_start(int rows, int cols, const char *const *env, const char *const *argv)
{
	static const VTermScreenCallbacks callbacks = { .settermprop = on_property };
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
	struct vt *vt = xcalloc(1, sizeof *vt);
	int slave;

	strbuf_init(&vt->text);
	strbuf_init(&vt->record);
	vt->cursor_visible = true;
	vt->term = vterm_new(rows, cols);
	vterm_set_utf8(vt->term, strstr(value_of(env, "LC_ALL", "C.UTF-8"), "UTF-8") != NULL);
	vt->screen = vterm_obtain_screen(vt->term);
	vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
	vterm_screen_enable_altscreen(vt->screen, 1);
	vterm_screen_reset(vt->screen, 1);
	if (openpty(&vt->master, &slave, NULL, NULL, &size) != 0 ||
	    tcgetattr(slave, &vt->before) != 0)
		die("openpty");
	fcntl(vt->master, F_SETFD, FD_CLOEXEC);
	fcntl(vt->master, F_SETFL, O_NONBLOCK);
	vt->pid = fork();
	if (vt->pid < 0)
		die("fork");
	if (vt->pid == 0)
		child(slave, env, argv);
	close(slave);
	return vt;
}

void vt_free(struct vt *vt)
{
	if (vt->pid > 0) {
		kill(vt->pid, SIGKILL);
		waitpid(vt->pid, NULL, 0);
	}
	if (vt->master >= 0)
		close(vt->master);
	vterm_free(vt->term);
	strbuf_release(&vt->text);
	strbuf_release(&vt->record);
	free(vt);
}

static bool type_named(struct vt *vt, const char *name, size_t len)
{
	static const struct {
		const char *name;
		VTermKey key;
	} keys[] = { { "Up", VTERM_KEY_UP },         { "Down", VTERM_KEY_DOWN },
		     { "Left", VTERM_KEY_LEFT },     { "Right", VTERM_KEY_RIGHT },
		     { "Home", VTERM_KEY_HOME },     { "End", VTERM_KEY_END },
		     { "PageUp", VTERM_KEY_PAGEUP }, { "PageDown", VTERM_KEY_PAGEDOWN },
		     { "Insert", VTERM_KEY_INS },    { "Delete", VTERM_KEY_DEL },
		     { "Enter", VTERM_KEY_ENTER },   { "Tab", VTERM_KEY_TAB },
		     { "Esc", VTERM_KEY_ESCAPE },    { "Backspace", VTERM_KEY_BACKSPACE } };
	char control;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		if (strlen(keys[i].name) == len && strncmp(name, keys[i].name, len) == 0) {
			vterm_keyboard_key(vt->term, keys[i].key, VTERM_MOD_NONE);
			send_output(vt);
			return true;
		}
	}
	if (len == 3 && strncmp(name, "C-", 2) == 0) {
		control = (char)(name[2] & 0x1f);
		send(vt, &control, 1);
	} else if (name[0] == 'F' && len <= 3) {
		vterm_keyboard_key(vt->term, (VTermKey)VTERM_KEY_FUNCTION(atoi(name + 1)),
				   VTERM_MOD_NONE);
		send_output(vt);
	} else if (len == 5 && strncmp(name, "S-Tab", len) == 0) {
		send(vt, "\033[Z", 3);
	} else if (len == 5 && strncmp(name, "Space", len) == 0) {
		send(vt, " ", 1);
	} else if (len == 2 && strncmp(name, "lt", len) == 0) {
		send(vt, "<", 1);
	} else {
		return false;
	}
	return true;
}

void vt_type(struct vt *vt, const char *keys)
{
	const char *end;
	size_t len;

	/* The program must have said how it wants the cursor keys. */
	while (*keys != '\0') {
		end = *keys == '<' ? strchr(keys, '>') : NULL;
		if (end != NULL && type_named(vt, keys + 1, (size_t)(end - keys - 1))) {
			keys = end + 1;
			continue;
		}
		len = 1 + strcspn(keys + 1, "<"); /* a sequence at once */
		send(vt, keys, len);
		keys += len;
	}
}

void vt_repeat(struct vt *vt, const char *keys, int times)
{
	while (times-- > 0)
		vt_type(vt, keys);
}

void vt_mouse(struct vt *vt, int button, int row, int col)
{
	vterm_mouse_move(vt->term, row, col, VTERM_MOD_NONE);
	vterm_mouse_button(vt->term, button, true, VTERM_MOD_NONE);
	if (button < 4)
		vterm_mouse_button(vt->term, button, false, VTERM_MOD_NONE);
	send_output(vt);
}

void vt_resize(struct vt *vt, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	vterm_set_size(vt->term, rows, cols);
	ioctl(vt->master, TIOCSWINSZ, &size);
}

static bool wait_for(struct vt *vt, const char *text, bool there, int limit)
{
	long end = now_ms() + limit;
	int row, col;

	for (;;) {
		while (feed(vt, 0))
			;
		if (vt_find(vt, text, &row, &col) == there)
			return true;
		if (now_ms() >= end || (!feed(vt, (int)(end - now_ms())) && vt->ended_output))
			return vt_find(vt, text, &row, &col) == there;
	}
}

bool vt_wait(struct vt *vt, const char *text, int limit)
{
	return wait_for(vt, text, true, limit);
}

bool vt_wait_gone(struct vt *vt, const char *text, int limit)
{
	return wait_for(vt, text, false, limit);
}

void vt_settle(struct vt *vt, int quiet)
{
	while (feed(vt, quiet))
		;
}

size_t vt_bytes(const struct vt *vt)
{
	return vt->bytes;
}

void vt_record(struct vt *vt)
{
	vt->recording = true;
}

bool vt_wrote(const struct vt *vt, const char *bytes, size_t len)
{
	size_t i;

	for (i = 0; i + len <= vt->record.len; i++)
		if (memcmp(vt->record.buf + i, bytes, len) == 0)
			return true;
	return false;
}

pid_t vt_pid(const struct vt *vt)
{
	return vt->pid;
}

void vt_hang_up(struct vt *vt)
{
	close(vt->master);
	vt->master = -1;
}

/* Whether the modes of the terminal are what they were; to be asked while it is open. */
static void compare_modes(struct vt *vt)
{
	struct termios now;

	vt->modes_known = vt->master >= 0 && tcgetattr(vt->master, &now) == 0;
	vt->modes_same = vt->modes_known && now.c_iflag == vt->before.c_iflag &&
			 now.c_oflag == vt->before.c_oflag && now.c_lflag == vt->before.c_lflag &&
			 memcmp(now.c_cc, vt->before.c_cc, sizeof now.c_cc) == 0;
}

int vt_end(struct vt *vt, int limit)
{
	long end = now_ms() + limit;
	int status = 0;

	while (vt->pid > 0) {
		if (waitpid(vt->pid, &status, WNOHANG) == vt->pid) {
			vt->pid = 0;
			vt->status =
				WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status);
		} else if (now_ms() >= end) {
			return -1;
		} else if (!feed(vt, 5)) {
			poll(NULL, 0, 1);
		}
	}
	while (feed(vt, 0))
		;
	compare_modes(vt);
	return vt->status;
}

bool vt_is_sane(const struct vt *vt)
{
	VTermState *state = vterm_obtain_state(vt->term);
	VTermValue bold, reverse;

	vterm_state_get_penattr(state, VTERM_ATTR_BOLD, &bold);
	vterm_state_get_penattr(state, VTERM_ATTR_REVERSE, &reverse);
	return !vt->alternate && vt->cursor_visible && vt->modes_same && !bold.boolean &&
	       !reverse.boolean;
}
