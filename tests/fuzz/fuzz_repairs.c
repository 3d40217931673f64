/*
 * Repairs: whatever bytes a file has, repairing all of its findings makes them fewer and brings no
 * others, once more finds nothing to do, and taken back everything is as it was.
 *
 * The first byte of an input chooses the file, the profile and the role; the rest is the file.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "change/repair.h"
#include "lint/check.h"
#include "lint/repair.h"
#include "tests/tools/lossless.h"

static struct profile *profiles[2];

static void release_profiles(void)
{
	profile_free(profiles[0]);
	profile_free(profiles[1]);
}

static void load_profiles(void)
{
	static const char *const names[] = { "solaris", "mdm-ssm" };
	struct error err = ERROR_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		profiles[i] = profile_load(DATA "/profiles", names[i], &err);
	if (profiles[0] == NULL || profiles[1] == NULL)
		abort();
	atexit(release_profiles);
}

struct run {
	struct host *host;
	const struct profile *profile;
	enum role role;
	enum location location;
};

static void fail(const struct run *run, const char *what, const char *id)
{
	const struct doc *doc = host_doc(run->host, run->location);

	fprintf(stderr, "repairs: %s: %s\n%.*s\n", what, id,
		doc->format->secret ? 0 : (int)doc->blob.len, doc->blob.data);
	abort();
}

static struct lint *check(const struct run *run)
{
	struct lint *lint = lint_new(run->host, run->profile, run->role, 0);

	while (lint_step(lint, SIZE_MAX))
		;
	return lint;
}

/* How many findings there are of each id and severity; the caller frees the counts. */
static size_t *count(const struct lint *lint)
{
	const struct findings *findings = lint_findings(lint);
	size_t *counts = xcalloc(check_count * (SEVERITY_ERROR + 1), sizeof *counts), i, severity;

	for (i = 0; i < findings->count; i++)
		for (severity = SEVERITY_NOTE; severity <= findings->items[i].severity; severity++)
			counts[(size_t)check_find(checks[findings->items[i].check].id) *
				       (SEVERITY_ERROR + 1) +
			       severity]++;
	return counts;
}

static void expect_fewer(const struct run *run, const struct lint *before)
{
	struct lint *after = check(run);
	size_t *was = count(before), *is = count(after), i;

	for (i = 0; i < check_count * (SEVERITY_ERROR + 1); i++)
		if (is[i] > was[i])
			fail(run, "more than before of", checks[i / (SEVERITY_ERROR + 1)].id);
	free(was);
	free(is);
	lint_free(after);
}

/* Each repair by itself: it changes something, and what comes of it is read as if it were new. */
static void check_edits(const struct run *run, const struct lint *lint)
{
	const struct findings *findings = lint_findings(lint);
	size_t i;

	for (i = 0; i < findings->count; i++) {
		const char *id = checks[findings->items[i].check].id;
		struct repair repair = REPAIR_INIT;
		bool has = lint_repair(lint, &findings->items[i], &repair);
		struct doc *doc = host_doc(run->host, run->location), *edited;

		if (has != lint_has_repair(lint, &findings->items[i]))
			fail(run, "no telling whether it has a repair", id);
		if (!has)
			continue;
		edited = doc_edit(doc, &repair.edits, NULL);
		if (repair.edits.count == 0 || blob_equal(&doc->blob, &edited->blob))
			fail(run, "a repair that changes nothing", id);
		if (!lossless_is_edited(doc, &repair.edits, edited) || !lossless_is_as_new(edited))
			fail(run, "a repair that changes more", id);
		doc_free(edited);
		repair_release(&repair);
	}
}

static bool is_any(void *ctx, const struct lint *lint, const struct finding *finding)
{
	(void)ctx;
	(void)lint;
	(void)finding;
	return true;
}

/* Returns how many were made; *STOPPED says that it took too long to try them all. */
static size_t repair_all(const struct run *run, struct change *change, bool *stopped)
{
	struct lint *lint = check(run);
	struct repairs repairs = { 0 };
	size_t made, i;

	repair_findings(change, lint, 0, is_any, NULL, &repairs);
	change_end(change, repairs.made > 0);
	for (i = 0; i < repairs.count; i++)
		if ((repairs.items[i].fate == REPAIR_MADE) != (repairs.items[i].why == NULL))
			fail(run, "no reason", repairs.items[i].id);
	made = repairs.made;
	*stopped = repairs.stopped;
	repairs_release(&repairs);
	lint_free(lint);
	return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const enum role roles[] = { ROLE_ADMIN, ROLE_SSM, ROLE_MDM };
	struct run run;
	struct change *change;
	struct lint *lint;
	struct blob before;
	bool stopped;

	if (profiles[0] == NULL)
		load_profiles();
	if (len == 0)
		return 0;
	run.location = (enum location)(bytes[0] % LOCATION_FILES);
	run.profile = profiles[bytes[0] / 4 % 2];
	run.role = roles[bytes[0] / 8 % 3];
	run.host = host_open_single(run.location, "file",
				    blob_copy(bytes + 1, len - 1, locations[run.location].secret),
				    run.profile->dialect);
	before = blob_copy(bytes + 1, len - 1, locations[run.location].secret);
	lint = check(&run);
	check_edits(&run, lint);
	change = change_new(run.host, run.profile, run.role);
	if (repair_all(&run, change, &stopped) > 0) {
		expect_fewer(&run, lint);
		if (!stopped && repair_all(&run, change, &stopped) > 0)
			fail(&run, "something to do the second time", "");
		while (change_undo(change))
			;
	}
	if (!blob_equal(&before, &host_doc(run.host, run.location)->blob))
		fail(&run, "not taken back", "");
	blob_release(&before);
	lint_free(lint);
	change_free(change);
	host_free(run.host);
	return 0;
}
