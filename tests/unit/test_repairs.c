/* Repairs: what each makes of a text, and what holds for all of them. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "lint/check.h"
#include "lint/repair.h"
#include "tests/fault/tree.h"
#include "tests/tools/corpus.h"
#include "tests/unit/checked.h"
#include "tests/unit/repair_samples.h"
#include "tests/unit/repairing.h"

TestSuite(repairs, .timeout = 300);

/* What is opened for a sample; released with close_sample. */
struct opened {
	char *root;
	struct profile *profile;
	struct host *host;
};

static void copy_sample(const char *root, const char *name, mode_t mode)
{
	struct file_info info;
	struct blob blob;

	file_read(DATA "/sample-host", name, false, &blob, &info);
	cr_assert_eq(info.state, FILE_READ, "%s", name);
	tree_bytes(root, name, blob.data, blob.len, mode);
	blob_release(&blob);
}

/* A host with a root, and a certificate of its own with its key. */
static char *make_tree(const char *config)
{
	char *root = tree_new();

	tree_folder(root, "/etc/inet/secret", 0700);
	tree_folder(root, "/etc/inet/secret/ike.privatekeys", 0700);
	copy_sample(root, "/etc/inet/ike/publickeys/0", 0644);
	copy_sample(root, "/etc/inet/ike/publickeys/1", 0644);
	copy_sample(root, "/etc/inet/secret/ike.privatekeys/1", 0600);
	tree_file(root, "/etc/inet/ike/config", config, 0644);
	return root;
}

static void open_sample(struct opened *o, const struct repair_sample *s)
{
	*o = (struct opened){ .profile = checked_profile(s->mdm ? "mdm-ssm" : "solaris") };
	if (s->dialect != DIALECT_COUNT)
		o->profile->dialect = s->dialect;
	if (s->tree) {
		o->root = make_tree(s->before);
		o->host = host_open(o->root, o->profile->dialect);
		cr_assert_null(o->host->certs.missing);
	} else {
		o->host = host_open_single(
			s->location, "the file",
			blob_copy(s->before, strlen(s->before), locations[s->location].secret),
			o->profile->dialect);
	}
}

static void close_sample(struct opened *o)
{
	host_free(o->host);
	profile_free(o->profile);
	if (o->root != NULL)
		tree_free(o->root);
}

static bool has_id(void *ctx, const struct lint *lint, const struct finding *finding)
{
	(void)lint;
	return strcmp(checks[finding->check].id, ctx) == 0;
}

static void expect_sample(const struct repair_sample *s)
{
	struct repairs repairs = { 0 };
	struct change *change;
	struct opened o;
	struct lint *lint;
	size_t i, found = 0, repairable = 0;
	const struct blob *now;

	open_sample(&o, s);
	lint = repairing_check(o.host, o.profile, s->role);
	for (i = 0; i < lint_findings(lint)->count; i++) {
		const struct finding *finding = &lint_findings(lint)->items[i];

		if (!has_id((void *)s->id, lint, finding))
			continue;
		found++;
		repairable += lint_has_repair(lint, finding);
	}
	cr_expect_gt(found, 0, "%s: there is no finding %s", s->name, s->id);
	cr_expect_eq(repairable > 0, s->after != NULL, "%s: %zu of %zu findings have a repair",
		     s->name, repairable, found);
	change = change_new(o.host, o.profile, s->role);
	repair_findings(change, lint, CHECKED_NOW, has_id, (void *)s->id, &repairs);
	change_end(change, repairs.made > 0);
	for (i = 0; i < repairs.count; i++)
		cr_expect_null(repairs.items[i].why, "%s: %s", s->name, repairs.items[i].why);
	now = &host_doc(o.host, s->location)->blob;
	cr_expect_str_eq(now->data, s->after != NULL ? s->after : s->before, "%s:\n%s", s->name,
			 now->data);
	cr_expect_eq(now->len, strlen(s->after != NULL ? s->after : s->before), "%s", s->name);
	lint_free(lint);
	repairs_release(&repairs);
	change_free(change);
	close_sample(&o);
}

Test(repairs, samples)
{
	size_t i;

	for (i = 0; i < repair_sample_count; i++)
		expect_sample(&repair_samples[i]);
}

static void repair_samples_all(struct repairing *r)
{
	size_t i;

	for (i = 0; i < repair_sample_count; i++) {
		const struct repair_sample *s = &repair_samples[i];
		struct opened o;

		open_sample(&o, s);
		repairing_host(r, s->name, o.host, o.profile, s->role);
		close_sample(&o);
	}
}

static void repair_file(struct repairing *r, const char *path, enum location location,
			struct profile *profile)
{
	struct file_info info;
	struct blob blob;
	struct host *host;

	file_read("/", path, locations[location].secret, &blob, &info);
	cr_assert_eq(info.state, FILE_READ, "%s", path);
	host = host_open_single(location, path, blob, profile->dialect);
	repairing_host(r, strrchr(path, '/') + 1, host, profile, ROLE_ADMIN);
	host_free(host);
}

/* Every input of every corpus, for each release and among MDM and SSM. */
static void repair_corpora(struct repairing *r)
{
	struct profile *profiles[] = { checked_profile("solaris"), checked_profile("mdm-ssm") };
	size_t i, files = 0;
	int location, dialect;

	for (location = 0; location < LOCATION_FILES; location++) {
		struct corpus corpus;

		corpus_find(&corpus, locations[location].format);
		for (i = 0; i < corpus.count; i++) {
			for (dialect = 0; dialect < DIALECT_COUNT; dialect++) {
				profiles[0]->dialect = (enum dialect)dialect;
				repair_file(r, corpus.paths[i], (enum location)location,
					    profiles[0]);
			}
			repair_file(r, corpus.paths[i], (enum location)location, profiles[1]);
		}
		files += corpus.count;
		corpus_release(&corpus);
	}
	cr_expect_geq(files, 160, "%zu", files);
	profile_free(profiles[0]);
	profile_free(profiles[1]);
}

/* The sample host as it is, and with modes and owners as nobody would have them. */
static void repair_hosts(struct repairing *r)
{
	static const char *const names[] = { "mdm-ssm", "solaris" };
	static const mode_t modes[] = { 0, 0777, 0755 };
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct profile *profile = checked_profile(names[i]);

		for (k = 0; k < ARRAY_SIZE(modes); k++) {
			struct host *host = host_open(DATA "/sample-host", profile->dialect);
			uint32_t number, count = LOCATION_COUNT + (uint32_t)host->certs.ncerts +
						 (uint32_t)host->certs.nkeys +
						 (uint32_t)host->certs.ncrls;

			for (number = 0; modes[k] != 0 && number < count; number++) {
				struct file_info *info = host_info(host, number);

				info->mode = (info->mode & ~(mode_t)07777) | modes[k];
				if (geteuid() == 0)
					info->uid = 1000;
			}
			repairing_host(r, names[i], host, profile, ROLE_ADMIN);
			host_free(host);
		}
		profile_free(profile);
	}
}

/* Whether only root can have such a finding repaired. */
static bool is_owner_row(const struct check *check)
{
	return strcmp(check->title, "owner is not root") == 0;
}

Test(repairs, hold_everywhere)
{
	struct repairing r;
	size_t i;

	repairing_init(&r);
	repair_samples_all(&r);
	repair_corpora(&r);
	repair_hosts(&r);
	for (i = 0; i < check_count; i++)
		if (checks[i].repair != NULL && (geteuid() == 0 || !is_owner_row(&checks[i])))
			cr_expect(r.rows[i], "no repair of %s (%s) was ever made", checks[i].id,
				  checks[i].title);
	cr_expect_gt(r.made, 1000, "%zu", r.made);
	/* A repair that is mostly taken back is a promise that is not kept. */
	cr_expect_lt(r.taken_back * 5, r.made, "%zu of %zu", r.taken_back, r.made);
	repairing_release(&r);
}
