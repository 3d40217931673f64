/* The commands of ipseckeys among themselves: their format knows what they mean to each other. */
#include "config.h"

#include "lint/lint_internal.h"

void lint_begin_commands(struct lint *lint)
{
	const struct host *host = lint->host;
	const struct doc *doc = host_doc(host, LOCATION_IPSECKEYS);

	if (doc == NULL)
		return;
	lint->manual_pairs = manual_pairs_begin(doc);
	lint->manual_stop = manual_stop(doc);
	lint->ncommands = host->ncommands;
	while (lint->ncommands > 0 && host->commands[lint->ncommands - 1] >= lint->manual_stop)
		lint->ncommands--;
}

void lint_compare_commands(struct lint *lint)
{
	const struct doc *doc = host_doc(lint->host, LOCATION_IPSECKEYS);
	size_t i;

	if (!lint_is_known(lint, LOCATION_IPSECKEYS))
		return;
	lint->problems.count = 0;
	manual_pairs_finish(lint->manual_pairs, &lint->problems);
	for (i = 0; i < lint->problems.count; i++) {
		struct problems one = { &lint->problems.items[i], 1, 1 };
		size_t entry;

		if (!lint_wants_problem(lint, READER_MANUAL, one.items))
			continue;
		entry = doc_entry_at(doc, one.items->at.off);
		lint_add_problems(lint, READER_MANUAL, &one, LOCATION_IPSECKEYS,
				  entry < doc->nentries ? (uint32_t)entry : FINDING_NOWHERE);
	}
}
