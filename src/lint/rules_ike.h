/*
 * The functions of the rows in checks_ike.inc: one row each, unless its comment says otherwise.
 * They are in rules_ike.c, rules_auth.c (who the ends are), rules_lifetimes.c, rules_selectors.c
 * (certificates by name), rules_release.c (what a release has) and rules_ikev2d.c.
 */
#ifndef LINT_RULES_IKE_H
#define LINT_RULES_IKE_H

struct lint;
struct lint_rule;

void check_global_after_rule(struct lint *lint, unsigned row);
void check_no_rules(struct lint *lint, unsigned row);
void check_proxy_without_http(struct lint *lint, unsigned row);
void check_global_softlife(struct lint *lint, unsigned row);
void check_global_no_room(struct lint *lint, unsigned row);
void check_global_short(struct lint *lint, unsigned row);
void check_global_long(struct lint *lint, unsigned row);
void check_retry_timers(struct lint *lint, unsigned row);
void check_timers(struct lint *lint, unsigned row); /* and the next two */
void check_global_keywords(struct lint *lint, unsigned row);
void check_global_undocumented(struct lint *lint, unsigned row);
void check_global_labels(struct lint *lint, unsigned row);
void check_global_xforms(struct lint *lint, unsigned row);
void check_global_pfs_group(struct lint *lint, unsigned row);
/* This row and the next: what the release does not have, and, said once, of what nobody knows. */
void check_global_release_values(struct lint *lint, unsigned row);
void check_global_release_keywords(struct lint *lint, unsigned row);
void check_global_weak(struct lint *lint, unsigned row);
/* Once all rules have been counted. */
void check_pfs_zero(struct lint *lint, unsigned row);

void check_empty_rule(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_label_missing(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_label_long(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_address_missing(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_catch_all(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_families(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_sol9_ipv6(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_mask_form(struct lint *lint, unsigned row, const struct lint_rule *rule);
void count_no_xforms(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_no_xforms(struct lint *lint, unsigned row); /* and the next */
void check_undocumented(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_labels(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_xform_incomplete(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_global_selectors(struct lint *lint, unsigned row); /* and the next three */
void check_selectors(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_ldap_servers(struct lint *lint, unsigned row);
void check_deprecated(struct lint *lint, unsigned row);
void check_two_families(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_pfs_group(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_lifetime_short(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_lifetime_long(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_softlife(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_no_room(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_softlife_alone(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_global_softlife_alone(struct lint *lint, unsigned row); /* the next row */
void check_lifetime_kb(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_mixed_methods(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_mixed_certificates(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_preshared_ids(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_preshared_id_type(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_certificate_ids(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_any_identity(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_empty_remote_id(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_id_shape(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_id_type_rare(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_no_trust(struct lint *lint, unsigned row, const struct lint_rule *rule);
/* This row and the next, as at file level. */
void check_release_values(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_release_keywords(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_weak(struct lint *lint, unsigned row, const struct lint_rule *rule);

/* What in.ikev2d reads in another way: rules_ikev2d.c. */
void check_slash_comment(struct lint *lint, unsigned row);
void check_whole_seconds(struct lint *lint, unsigned row);
void check_global_glued_range(struct lint *lint, unsigned row);
void check_glued_range(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_empty_id_ikev2d(struct lint *lint, unsigned row, const struct lint_rule *rule);
void check_global_escapes(struct lint *lint, unsigned row);
void check_escapes(struct lint *lint, unsigned row, const struct lint_rule *rule);

#endif
