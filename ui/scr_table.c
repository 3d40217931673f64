/* The screens, in their order. One more is one row more. */
#include "config.h"

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/console_private.h"

/* A table reads best as rows. */
/* clang-format off */
const struct screen_info screen_table[] = {
	{ .title = N_("Overview"), .help = N_("What this host has, what is wrong with it, and what to do next.") },
	{ .title = N_("Rules"), .kind = &kind_rules, .add = rule_form_add, .edit = rule_form_edit, .clone = rule_form_clone, .remove = rule_ask_remove },
	{ .title = N_("Globals"), .kind = &kind_globals, .add = global_form_add, .edit = global_form_edit, .remove = global_ask_remove },
	{ .title = N_("Keys"), .kind = &kind_psks, .add = psk_form_add, .edit = psk_form_edit, .clone = psk_form_clone, .remove = psk_ask_remove },
	{ .title = N_("Certificates"), .kind = &kind_certs },
	{ .title = N_("CRLs"), .kind = &kind_crls },
	{ .title = N_("Policies"), .kind = &kind_policies, .add = policy_form_add, .edit = policy_form_edit, .clone = policy_form_clone, .remove = policy_ask_remove, .move = policy_shift },
	{ .title = N_("Manual SAs"), .kind = &kind_manual_sas, .add = manual_form_add, .edit = manual_form_edit, .clone = manual_form_clone, .remove = manual_ask_remove },
	{ .title = N_("Problems"), .kind = &kind_findings, .sort = "severity", .edit = finding_edit },
	{ .title = N_("History"), .kind = &kind_history },
};
/* clang-format on */
const size_t screen_count = ARRAY_SIZE(screen_table);
