/* What adding, editing and removing commands of ipseckeys have in common. */
#ifndef CHANGE_MANUAL_STEP_H
#define CHANGE_MANUAL_STEP_H

#include "change/manual_fields.h"
#include "change/manual_result.h"

/* The document, or NULL. */
const struct doc *manual_doc(struct change *change);

/* Whether the role may change the file (FILE-7). */
bool manual_may_change(struct change *change, const char *what, struct error *err);

/* Adds what the command is called, as in "show manual-sas". */
void manual_add_name(struct change *change, size_t number, struct strbuf *sb);

/* Whether the commands that were not meant are read as before in what the file is to be. */
bool manual_check_others(struct change *change, const struct doc *now,
			 const struct manual_expected *expected, struct error *err);

/*
 * Adds a sentence on what becomes of entry PARTNER of THEN, the other direction, which is number
 * NOW_AT in the document NOW that is to be: it stays, and maybe it is no good any more.
 */
void manual_add_partner_note(struct change *change, const struct manual_reading *then,
			     uint32_t partner, const struct manual_reading *now, uint32_t now_at,
			     struct strbuf *note);

/* The algorithm of this name, or NULL; NAME may be NULL or empty. */
const struct ipsec_alg *manual_alg_of(enum manual_word word, const char *name);

/*
 * Makes the step: applies EDITS (adopted) under TITLE, and says whose file it is and NOTE (NULL:
 * nothing more).
 */
void manual_make_step(struct change *change, const char *title, struct edits *edits,
		      const char *note);

#endif
