/* The screens, in their order. One more is one row more. */
#include "config.h"

#include "base/i18n.h"
#include "base/xalloc.h"
#include "ui/console_private.h"

/* A table reads best as rows. */
/* clang-format off */
const struct screen_info screen_table[] = {
	{ N_("Overview"), N_("What this host has, what is wrong with it, and what to do next."), NULL, NULL, NULL, NULL, NULL },
	{ N_("Rules"), NULL, &kind_rules, NULL, rule_form_add, rule_form_edit, rule_ask_remove },
	{ N_("Globals"), NULL, &kind_globals, NULL, global_form_add, global_form_edit, global_ask_remove },
	{ N_("Keys"), NULL, &kind_psks, NULL, psk_form_add, psk_form_edit, psk_ask_remove },
	{ N_("Certificates"), NULL, &kind_certs, NULL, NULL, NULL, NULL },
	{ N_("CRLs"), NULL, &kind_crls, NULL, NULL, NULL, NULL },
	{ N_("Manual SAs"), NULL, &kind_manual_sas, NULL, manual_form_add, manual_form_edit, manual_ask_remove },
	{ N_("Problems"), NULL, &kind_findings, "severity", NULL, finding_edit, NULL },
};
/* clang-format on */
const size_t screen_count = ARRAY_SIZE(screen_table);
