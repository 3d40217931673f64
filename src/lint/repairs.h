/*
 * The functions of the rows' .repair: each makes the repair of one finding, or returns false where
 * there is none, or more than one way out. What it looks at tells which file it is in.
 *
 * A function may be the repair of rows of several formats: it asks the finding for its document.
 */
#ifndef LINT_REPAIRS_H
#define LINT_REPAIRS_H

#include "lint/repair.h"

typedef bool repair_function(const struct lint *lint, const struct finding *finding,
			     struct repair *repair);

/* repairs_text.c: bytes, in any file of text. */
repair_function repair_byte_order_mark;
repair_function repair_line_ends;         /* CR LF to LF, in the whole file */
repair_function repair_backslash_newline; /* a backslash that folds a line in vain */
repair_function repair_typographic;       /* quotes and dashes of an office program */

/* repairs_words.c: one word or value of ike/config. */
repair_function repair_old_keyword; /* localid, remoteid */
repair_function repair_letter_case; /* a word that is one but for its letters' case */
repair_function repair_add_quotes;
repair_function repair_take_quotes;
repair_function repair_comma_escape;
repair_function repair_key_sizes; /* aes(256), aes(256..128) */
repair_function repair_blowfish;
repair_function repair_host_bits;
repair_function repair_as_prefix; /* a mask or a range that is a prefix */

/* repairs_rule.c: where statements of ike/config stand, and which. */
repair_function repair_repeated;     /* the exact repeat of a statement */
repair_function repair_global_place; /* a global behind a rule */
repair_function repair_label;
repair_function repair_lifetime_place; /* p1_lifetime_secs beside the transform */
repair_function repair_nonce_place;
repair_function repair_preshared_id_type;

/* repairs_coexist.c: what MDM and SSM agreed on. */
repair_function repair_nonce;
repair_function repair_repeated_nonce;
repair_function repair_ignore_crls;
repair_function repair_global_lifetime;
repair_function repair_mdm_id_type;
repair_function repair_mdm_local_id;
repair_function repair_mdm_lifetime;

/* repairs_psk.c: ike.preshared. */
repair_function repair_psk_comment;
repair_function repair_psk_slashes;
repair_function repair_psk_glued_close;
repair_function repair_psk_open_after_close;
repair_function repair_psk_alias;
repair_function repair_psk_repeated;
repair_function repair_psk_quotes;
repair_function repair_psk_missing_type;
repair_function repair_psk_type; /* IP, which every release takes */
repair_function repair_psk_v4_in_v6;
repair_function repair_psk_0x;
repair_function repair_psk_same_key;

/* repairs_host.c: modes and owners. */
repair_function repair_mode;
repair_function repair_owner;

#endif
