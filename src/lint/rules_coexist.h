/* The functions of the rows in checks_coexist.inc; a comment says which rows behind its own one
 * reports too. What needs other files is in rules_store.c, files as they are in rules_host.c. */
#ifndef LINT_RULES_COEXIST_H
#define LINT_RULES_COEXIST_H

struct lint;
struct lint_rule;

/* The file level. */
void check_nonce(struct lint *lint, unsigned row);           /* and the next two */
void check_trust(struct lint *lint, unsigned row);           /* and the next */
void check_global_lifetime(struct lint *lint, unsigned row); /* and the next */
void check_defaults(struct lint *lint, unsigned row);
void check_daemon_written(struct lint *lint, unsigned row);

/* Rules of MDM. */
void check_mdm_id_type(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_mdm_addresses(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_mdm_local_id(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_mdm_remote_id(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_mdm_pfs(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_mdm_lifetime(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_mss_transforms(struct lint *lint, unsigned row,
			  const struct lint_rule *rule); /* and the next three */
void check_mdm_p1_lifetime(struct lint *lint, unsigned row,
			   const struct lint_rule *rule); /* and the next two */

/* What other files have to do with rules. */
void check_local_ids(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_own_certificate(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_trust_in_store(struct lint *lint, unsigned row);
void check_trust_left_over(struct lint *lint, unsigned row);
void check_root_without_crl(struct lint *lint, unsigned row);
void check_foreign_rules(struct lint *lint, unsigned row);
void check_hidden_rules(struct lint *lint, unsigned row);      /* shadow.c */
void check_no_preshared_file(struct lint *lint, unsigned row); /* and the next */
void check_no_certificate(struct lint *lint, unsigned row);
void check_no_publickeys(struct lint *lint, unsigned row);

/* Certificates as they are: rules_certs.c. */
void check_stale_crls(struct lint *lint, unsigned row);
void check_weak_certificates(struct lint *lint, unsigned row); /* and the next */
void check_mss_certificates(struct lint *lint, unsigned row);  /* and the next */
void check_encrypt_peers(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_untrusted_peers(struct lint *lint, unsigned row);
void check_same_subjects(struct lint *lint, unsigned row);
void check_id_in_certificate(struct lint *lint, unsigned row, const struct lint_rule *rule);

/* Files and folders as they are. */
void check_interrupted(struct lint *lint, unsigned row);
void check_config_file(struct lint *lint, unsigned row); /* and the next */
void check_readable(struct lint *lint, unsigned row);    /* and the next */
void check_modes(struct lint *lint, unsigned row);       /* all rows about modes */
void check_links(struct lint *lint, unsigned row);       /* secrets with another name; two rows */
void check_owners(struct lint *lint, unsigned row);      /* all rows "owner is not root" */
void check_other_secrets(struct lint *lint, unsigned row);

/* Slots: rules_slots.c. */
void check_slots(struct lint *lint, unsigned row);
void check_key_formats(struct lint *lint, unsigned row);
void check_dates(struct lint *lint, unsigned row); /* and the next five */
void check_revoked(struct lint *lint, unsigned row);
void check_unpaired_keys(struct lint *lint, unsigned row); /* and the next two */

#endif
