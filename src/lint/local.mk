libikeconsole_a_SOURCES += \
	src/lint/check.c src/lint/check.h \
	src/lint/checks_change.inc src/lint/checks_coexist.inc src/lint/checks_ike.inc \
	src/lint/checks_manual.inc src/lint/checks_policy.inc src/lint/checks_psk.inc \
	src/lint/compare.c \
	src/lint/compare_manual.c \
	src/lint/compare_policy.c \
	src/lint/entries.c \
	src/lint/facts.c \
	src/lint/finding.c src/lint/finding.h \
	src/lint/foreign.c \
	src/lint/join.c \
	src/lint/join_manual.c src/lint/join_manual.h \
	src/lint/join_policy.c src/lint/join_policy.h \
	src/lint/lint.c src/lint/lint.h src/lint/lint_internal.h \
	src/lint/message.c \
	src/lint/overlap.c src/lint/overlap.h \
	src/lint/overlap_hosts.c src/lint/overlap_hosts.h \
	src/lint/policies.c src/lint/policies.h \
	src/lint/policy_cover.c src/lint/policy_cover.h \
	src/lint/policy_ends.c src/lint/policy_ends.h \
	src/lint/policy_kept.c \
	src/lint/policy_mss.c \
	src/lint/problems.c \
	src/lint/profile.c src/lint/profile.h \
	src/lint/quotes.c \
	src/lint/repair.c src/lint/repair.h \
	src/lint/repairs_manual.c \
	src/lint/repairs_policy.c \
	src/lint/repairs.h \
	src/lint/repairs_coexist.c \
	src/lint/repairs_host.c \
	src/lint/repairs_psk.c \
	src/lint/repairs_rule.c \
	src/lint/repairs_text.c \
	src/lint/repairs_words.c \
	src/lint/rules_auth.c \
	src/lint/rules_certs.c \
	src/lint/rules_coexist.c src/lint/rules_coexist.h \
	src/lint/rules_host.c \
	src/lint/rules_ike.c src/lint/rules_ike.h \
	src/lint/rules_ikev2d.c \
	src/lint/rules_lifetimes.c \
	src/lint/rules_manual.c src/lint/rules_manual.h \
	src/lint/rules_policy.c src/lint/rules_policy.h \
	src/lint/rules_release.c \
	src/lint/rules_selectors.c \
	src/lint/rules_slots.c \
	src/lint/rules_store.c \
	src/lint/shadow.c \
	src/lint/sort.c src/lint/sort.h \
	src/lint/words.c src/lint/words.h
