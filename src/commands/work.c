#include "config.h"

#include "commands/work.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/paths.h"
#include "base/print.h"
#include "commands/demo.h"
#include "pki/pki.h"
#include "store/recover.h"

int64_t work_now(void)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");

	return fixed != NULL ? strtoll(fixed, NULL, 10) : (int64_t)time(NULL);
}

/* A salt of this run alone: fingerprints of two runs tell nothing about each other. */
static void make_salt(struct work *work)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(work->salt, sizeof work->salt, "%lx%lx", (unsigned long)now.tv_sec,
		 (unsigned long)now.tv_nsec);
}

static bool load_profile(struct work *work, struct error *err)
{
	const char *name = work->options->profile;
	char *dir = paths_find(PATHS_DATA, "profiles");

	if (name == NULL)
		name = settings_get(&work->settings, "general", "profile");
	if (dir == NULL && strchr(name, '/') == NULL)
		return error_set(
			err, ERROR_IO,
			_("the profiles are not where they were installed; is the program installed whole?"));
	work->profile = profile_load(dir != NULL ? dir : "", name, err);
	free(dir);
	return work->profile != NULL;
}

static bool set_role(struct work *work, struct error *err)
{
	const char *name = work->options->role;
	struct near near;
	int i;

	if (name == NULL)
		name = settings_get(&work->settings, "general", "role");
	if (role_parse(name, &work->role))
		return true;
	near = near_to(name, strlen(name));
	for (i = ROLE_ADMIN; i <= ROLE_MDM; i++)
		near_try(&near, role_name((enum role)i));
	error_set(err, ERROR_USAGE, _("'%s' is no role"), name);
	return near_tell(&near, err, _("choose admin, ssm or mdm"));
}

static bool no_dialect(const char *name, struct error *err)
{
	struct near near = near_to(name, strlen(name));
	int i;

	for (i = 0; i < DIALECT_COUNT; i++)
		near_try(&near, dialect_name((enum dialect)i));
	error_set(err, ERROR_USAGE, _("'%s' is no dialect"), name);
	return near_tell(&near, err, _("choose sol9, sol10, sol11, sol114, illumos or ikev2d"));
}

static bool set_dialect(struct work *work, struct error *err)
{
	const char *name = work->options->dialect;

	if (name == NULL)
		name = settings_get(&work->settings, "general", "dialect");
	if (strcmp(name, "auto") == 0)
		work->dialect = work->profile->dialect;
	else if (!dialect_parse(name, &work->dialect))
		return no_dialect(name, err);
	work->profile->dialect = work->dialect;
	return true;
}

/* The copy for --demo is the last thing that is written. */
static bool confine(struct work *work, struct error *err)
{
	if (work->options->demo && !work_find_root(work, err))
		return false;
	work->confinement = confine_process();
	return true;
}

bool work_init(struct work *work, const struct options *options, struct error *err)
{
	size_t i;

	*work = (struct work){ .options = options };
	make_salt(work);
	if (!settings_load(&work->settings, options->settings, err))
		return false;
	for (i = 0; i < work->settings.nwarnings; i++)
		fprintf(stderr, "ikeconsole: %s\n", work->settings.warnings[i]);
	return load_profile(work, err) && set_role(work, err) && set_dialect(work, err) &&
	       (!work_is_read_only(work) || confine(work, err));
}

bool work_find_root(struct work *work, struct error *err)
{
	const char *root = work->options->root;
	struct file_info info;

	if (work->root != NULL)
		return true;
	if (work->options->demo) {
		if (root != NULL)
			return error_set(err, ERROR_USAGE,
					 _("--demo and --root exclude each other"));
		work->demo = demo_make(err);
		if (work->demo == NULL)
			return false;
		root = demo_folder(work->demo);
	}
	if (root == NULL)
		root = settings_get(&work->settings, "general", "root");
	file_look(root, "/", &info);
	if (info.state != FILE_DIRECTORY)
		return error_set(err, ERROR_IO,
				 _("'%s' %s; --root takes the folder of a host's tree"), root,
				 file_state_text(&info));
	work->root = strdup(root);
	return work->root != NULL;
}

bool work_open(struct work *work, struct error *err)
{
	if (!work_find_root(work, err))
		return false;
	work->host = host_open(work->root, work->dialect);
	if (work->host->certs.missing != NULL)
		fprintf(stderr, "ikeconsole: %s: %s\n",
			_("certificates and keys were not looked at"), work->host->certs.missing);
	return true;
}

bool work_recover(struct work *work, struct strbuf *said, struct error *err)
{
	struct lock_wait wait = { 0 };
	struct lock *lock;
	bool good;

	if (work_is_read_only(work) || state_of_save(work->root) <= SAVE_RUNNING)
		return true;
	lock = lock_take(work->root, &wait, err);
	if (lock == NULL && err->errnum == EAGAIN) {
		error_clear(err);
		return true;
	}
	good = lock != NULL && store_recover(lock, said, err);
	lock_release(lock);
	return good;
}

void work_tell_interrupted(const struct work *work)
{
	if (work->host->save == SAVE_INTERRUPTED)
		fprintf(stderr, "ikeconsole: %s\n",
			_("a save of this host was interrupted: some files may be new and others "
			  "as they were before (check --explain FILE-8)"));
}

void work_release(struct work *work)
{
	host_free(work->host);
	profile_free(work->profile);
	settings_release(&work->settings);
	demo_free(work->demo);
	free(work->root);
	*work = (struct work){ 0 };
}

static unsigned long number_setting(const struct work *work, const char *key)
{
	return strtoul(settings_get(&work->settings, "history", key), NULL, 10);
}

struct change *work_change(const struct work *work)
{
	struct change *change = change_new(work->host, work->profile, work->role);
	bool log = strcmp(settings_get(&work->settings, "history", "syslog"), "yes") == 0;
	struct change_history history = {
		.why = work->options->why,
		.entries = number_setting(work, "entries"),
		.bytes = (uint64_t)number_setting(work, "megabytes") << 20,
		/* The sample host is nobody's. */
		.system_log = log && work->demo == NULL,
	};

	change_keep_history(change, &history);
	return change;
}

struct lint *work_lint(const struct work *work)
{
	struct lint *lint = lint_new(work->host, work->profile, work->role, work_now());

	while (lint_step(lint, SIZE_MAX))
		;
	return lint;
}

bool work_is_read_only(const struct work *work)
{
	return work->options->read_only ||
	       strcmp(settings_get(&work->settings, "general", "read_only"), "yes") == 0;
}

bool work_may_write(const struct work *work, struct error *err)
{
	if (work_is_read_only(work) && !work->options->dry_run)
		return error_set(
			err, ERROR_REFUSED,
			_("this is read-only mode: nothing is changed; --dry-run shows what would be"));
	return true;
}
