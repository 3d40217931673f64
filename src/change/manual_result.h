/*
 * What came of a change of ipseckeys, read again before it is made: the commands that it was not
 * about read as before, and those that it was about have no fault that they had not.
 */
#ifndef CHANGE_MANUAL_RESULT_H
#define CHANGE_MANUAL_RESULT_H

#include "base/error.h"
#include "formats/ipseckeys/file.h"

#define MANUAL_NONE UINT32_MAX

/* Which entries are others than before. */
struct manual_expected {
	uint32_t removed[2]; /* of the old document, with what follows of a broken key; or NONE */
	uint32_t changed;    /* in both documents; or NONE */
	uint32_t added;      /* number of the first new one in the new document; or NONE */
	uint32_t nadded;
};

#define MANUAL_EXPECTED_NOTHING                                                                    \
	{                                                                                          \
		.removed = { MANUAL_NONE, MANUAL_NONE }, .changed = MANUAL_NONE,                   \
		.added = MANUAL_NONE                                                               \
	}

/* How many entries behind ENTRY hold the rest of its broken key. */
uint32_t manual_rests(const struct doc *doc, uint32_t entry);

/* Whether every other entry of NOW is that of THEN, word by word. */
bool manual_others_stay(const struct doc *then, const struct doc *now,
			const struct manual_expected *expected);

/* Whether no line or command has become too long for the release. */
bool manual_lengths_fit(const struct doc *then, const struct doc *now, enum dialect dialect,
			struct error *err);

/* A document and what its commands are to each other, which is found once for all that ask. */
struct manual_reading {
	const struct doc *doc; /* borrowed */
	struct manual_pairs *pairs;
	struct problems between;
};

void manual_reading_init(struct manual_reading *reading, const struct doc *doc);
void manual_reading_release(struct manual_reading *reading);

/* The entry that adds the other direction; MANUAL_NONE where there is none. */
uint32_t manual_reading_partner(const struct manual_reading *reading, uint32_t entry);

/*
 * Whether entry NUMBER of NOW has only faults that entry BEFORE of THEN had (NONE: it is new). ERR
 * names the first other one. What is merely unwise is no fault; the checks say that.
 */
bool manual_is_sound(const struct manual_reading *then, uint32_t before,
		     const struct manual_reading *now, uint32_t number, enum dialect dialect,
		     struct error *err);

#endif
