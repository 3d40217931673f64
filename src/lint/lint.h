/*
 * Checking a host: every row of the table of checks, over all files and what they say about each
 * other.
 *
 *	struct lint *lint = lint_new(host, profile, role);
 *	while (lint_step(lint, 1000))   (in slices, while nobody presses a key)
 *		;
 *	... lint_findings(lint) ...
 *	lint_free(lint);
 *
 * The host must not change while it is being checked; a changed host is checked anew.
 */
#ifndef LINT_LINT_H
#define LINT_LINT_H

#include <stdbool.h>

#include "host/host.h"
#include "lint/finding.h"
#include "lint/profile.h"

struct lint;

/* HOST and PROFILE are borrowed until lint_free. NOW is the time for the validity of certificates.
 */
struct lint *lint_new(struct host *host, const struct profile *profile, enum role role,
		      int64_t now);
void lint_free(struct lint *lint);

/*
 * Before the first step: looks only for what OTHER has errors of, and reports nothing else. OTHER
 * is done; it was about the same host when it had these documents (NULL: none) for ike/config and
 * ike.preshared. It and they are borrowed until lint_free, so that what has not changed is not read
 * again.
 */
void lint_only_errors_of(struct lint *lint, const struct lint *other, const struct doc *config,
			 const struct doc *preshared);

/* Works on about COUNT entries. Returns whether there is more to do. */
bool lint_step(struct lint *lint, size_t count);

/* What was found; sorted by file and place once lint_step has returned false. */
const struct findings *lint_findings(const struct lint *lint);

/* The path below the root of the file or folder a finding is about. */
const char *lint_path(const struct lint *lint, const struct finding *finding);

/* The document a finding's place is in, or NULL. */
struct doc *lint_doc(const struct lint *lint, const struct finding *finding);

/* Adds the sentence of a finding, or the way out of it. Both printable and without secrets. */
void lint_message(const struct lint *lint, const struct finding *finding, struct strbuf *sb);
void lint_fix(const struct lint *lint, const struct finding *finding, struct strbuf *sb);

/* How many findings there are of each severity, for rules and keys by entry: the worst one. */
enum severity lint_worst(const struct lint *lint, enum location file, uint32_t entry);

#endif
