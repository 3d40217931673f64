#include "config.h"

#include "tests/unit/repairing.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/check.h"
#include "lint/repair.h"
#include "tests/tools/lossless.h"
#include "tests/unit/checked.h"

void repairing_init(struct repairing *r)
{
	*r = (struct repairing){ .rows = xcalloc(check_count, sizeof *r->rows) };
}

void repairing_release(struct repairing *r)
{
	free(r->rows);
}

struct lint *repairing_check(struct host *host, const struct profile *profile, enum role role)
{
	struct lint *lint = lint_new(host, profile, role, CHECKED_NOW);

	while (lint_step(lint, SIZE_MAX))
		;
	return lint;
}

/* How many findings there are of an id, wherever they are. */
static size_t count_id(const struct lint *lint, const char *id, enum severity least)
{
	const struct findings *findings = lint_findings(lint);
	size_t i, count = 0;

	for (i = 0; i < findings->count; i++)
		count += findings->items[i].severity >= least &&
			 strcmp(checks[findings->items[i].check].id, id) == 0;
	return count;
}

/* The first id of which LATER has more than EARLIER; NULL where there is none. */
static const char *find_more(const struct lint *earlier, const struct lint *later)
{
	const struct findings *findings = lint_findings(later);
	enum severity severity;
	size_t i;

	for (i = 0; i < findings->count; i++) {
		const char *id = checks[findings->items[i].check].id;

		for (severity = SEVERITY_NOTE; severity <= SEVERITY_ERROR; severity++)
			if (count_id(later, id, severity) > count_id(earlier, id, severity))
				return id;
	}
	return NULL;
}

/* What the files of a host hold, and their modes and owners. */
static char *dump(struct host *host)
{
	struct strbuf sb = STRBUF_INIT;
	size_t slots = host->certs.ncerts + host->certs.nkeys + host->certs.ncrls;
	uint32_t i;

	for (i = 0; i < LOCATION_FILES; i++)
		if (host_doc(host, i) != NULL)
			strbuf_add(&sb, host_doc(host, i)->blob.data, host_doc(host, i)->blob.len),
				strbuf_addf(&sb, "\n-- %u\n", i);
	for (i = 0; i < LOCATION_COUNT + slots; i++) {
		const struct file_info *info = host_info(host, i);

		strbuf_addf(&sb, "%u %o %u %u\n", i, (unsigned)info->mode, (unsigned)info->uid,
			    (unsigned)info->gid);
	}
	for (i = 0; i < sb.len; i++)
		if (sb.buf[i] == '\0')
			sb.buf[i] = '\1';
	return strbuf_detach(&sb, NULL);
}

/* The edits of a repair by themselves: every byte outside them stays, and what comes of them is
 * read as if it were new. */
static void check_edits(const char *name, const struct lint *lint, const struct finding *finding)
{
	const char *id = checks[finding->check].id;
	struct repair repair = REPAIR_INIT;
	struct doc *doc = lint_doc(lint, finding), *edited;

	cr_assert(lint_repair(lint, finding, &repair), "%s: %s has a repair and has none", name,
		  id);
	cr_assert(repair.edits.count > 0 || repair.set_mode || repair.set_owner,
		  "%s: the repair of %s does nothing", name, id);
	if (repair.edits.count > 0) {
		edited = doc_edit(doc, &repair.edits, NULL);
		cr_expect(lossless_is_edited(doc, &repair.edits, edited), "%s: %s", name, id);
		cr_expect(lossless_is_as_new(edited), "%s: %s", name, id);
		cr_expect_not(blob_equal(&doc->blob, &edited->blob), "%s: %s changes nothing", name,
			      id);
		doc_free(edited);
	}
	repair_release(&repair);
}

static bool is_this(void *ctx, const struct lint *lint, const struct finding *finding)
{
	(void)lint;
	return finding == ctx;
}

static bool is_any(void *ctx, const struct lint *lint, const struct finding *finding)
{
	(void)ctx;
	(void)lint;
	(void)finding;
	return true;
}

/* Undone it is as it was, and done again as it became. */
static void check_undo(const char *name, const char *id, struct change *change, const char *before)
{
	struct host *host = change_host(change);
	char *after = dump(host), *text;

	cr_assert(change_undo(change));
	text = dump(host);
	cr_expect_str_eq(text, before, "%s: %s is not undone", name, id);
	free(text);
	cr_assert(change_redo(change));
	text = dump(host);
	cr_expect_str_eq(text, after, "%s: %s is not done again", name, id);
	free(text);
	cr_assert(change_undo(change));
	free(after);
}

static void repair_one(struct repairing *r, const char *name, struct host *host,
		       const struct profile *profile, enum role role, const struct lint *lint,
		       const struct finding *finding)
{
	const char *id = checks[finding->check].id, *more;
	struct change *change = change_new(host, profile, role);
	struct repairs repairs = { 0 };
	char *before = dump(host), *text;
	struct lint *after;

	check_edits(name, lint, finding);
	repair_findings(change, lint, CHECKED_NOW, is_this, (void *)finding, &repairs);
	change_end(change, repairs.made > 0);
	cr_assert_eq(repairs.count, 1, "%s: %s: %zu", name, id, repairs.count);
	after = repairing_check(host, profile, role);
	more = find_more(lint, after);
	cr_expect_null(more, "%s: the repair of %s brings %s", name, id, more);
	if (repairs.made == 1) {
		cr_expect_lt(count_id(after, id, SEVERITY_NOTE), count_id(lint, id, SEVERITY_NOTE),
			     "%s: %s is still there", name, id);
		cr_expect_null(repairs.items[0].why);
		r->rows[finding->check] = true;
		r->made++;
		check_undo(name, id, change, before);
	} else {
		cr_expect_not_null(repairs.items[0].why, "%s: %s", name, id);
		cr_expect_neq(repairs.items[0].fate, REPAIR_MADE);
		r->taken_back += repairs.items[0].fate == REPAIR_TAKEN_BACK;
	}
	text = dump(host);
	cr_expect_str_eq(text, before, "%s: %s is not taken back", name, id);
	free(text);
	free(before);
	lint_free(after);
	repairs_release(&repairs);
	change_free(change);
}

/* All at once: fewer findings and no others, and once more there is nothing to do. */
static void repair_all(const char *name, struct host *host, const struct profile *profile,
		       enum role role, const struct lint *lint)
{
	struct change *change = change_new(host, profile, role);
	struct repairs repairs = { 0 }, again = { 0 };
	char *before = dump(host), *once, *twice;
	struct lint *after;
	const char *more;

	repair_findings(change, lint, CHECKED_NOW, is_any, NULL, &repairs);
	change_end(change, true);
	cr_expect_not(repairs.stopped, "%s", name);
	once = dump(host);
	after = repairing_check(host, profile, role);
	more = find_more(lint, after);
	cr_expect_null(more, "%s: repairing all brings %s", name, more);
	cr_expect_leq(lint_findings(after)->count + repairs.made, lint_findings(lint)->count,
		      "%s: %zu made", name, repairs.made);
	repair_findings(change, after, CHECKED_NOW, is_any, NULL, &again);
	change_end(change, true);
	cr_expect_eq(again.made, 0, "%s: %zu more the second time", name, again.made);
	twice = dump(host);
	cr_expect_str_eq(once, twice, "%s: the second time changes something", name);
	while (change_undo(change))
		;
	free(twice);
	twice = dump(host);
	cr_expect_str_eq(before, twice, "%s: not all is undone", name);
	lint_free(after);
	free(before);
	free(once);
	free(twice);
	repairs_release(&repairs);
	repairs_release(&again);
	change_free(change);
}

void repairing_host(struct repairing *r, const char *name, struct host *host,
		    const struct profile *profile, enum role role)
{
	struct lint *lint = repairing_check(host, profile, role);
	const struct findings *findings = lint_findings(lint);
	size_t i;

	for (i = 0; i < findings->count; i++)
		if (lint_has_repair(lint, &findings->items[i]))
			repair_one(r, name, host, profile, role, lint, &findings->items[i]);
	repair_all(name, host, profile, role, lint);
	lint_free(lint);
}
