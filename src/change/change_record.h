/* What is kept of a change: its entry in the history, and a line in the system's log. For
 * change_save.c. */
#ifndef CHANGE_CHANGE_RECORD_H
#define CHANGE_CHANGE_RECORD_H

#include "base/whoami.h"
#include "change/change.h"
#include "store/history.h"

struct change_record {
	struct whoami who;
	struct strbuf diff;
	struct strbuf why; /* without what may be a key */
	const char **steps;
	struct history_note note; /* borrows the rest */
};

/* CHANGE is not saved yet, and is borrowed. */
void change_record_init(struct change_record *record, const struct change *change);
void change_record_release(struct change_record *record);

/* Tells the system's log what was saved below ROOT: one line, without secrets. */
void change_record_log(const struct change_record *record, const char *root,
		       const struct store_plan *plan, const struct store_report *report);

#endif
