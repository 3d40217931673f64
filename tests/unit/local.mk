# Units: one program a module, written with criterion.
unit_cflags = $(AM_CFLAGS) $(CRITERION_CFLAGS)
unit_ldadd = libikeconsole.a $(pki_static_libs) $(CRITERION_LIBS) $(INIH_LIBS) $(JANSSON_LIBS) $(NETTLE_LIBS) $(LTLIBINTL)

unit_programs = tests/unit/test_base
tests_unit_test_base_CFLAGS = $(unit_cflags)
tests_unit_test_base_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_paths
tests_unit_test_paths_CFLAGS = $(unit_cflags)
tests_unit_test_paths_LDADD = $(unit_ldadd)

# src/host: what is joined.
unit_programs += tests/unit/test_boxes
tests_unit_test_boxes_CFLAGS = $(unit_cflags)
tests_unit_test_boxes_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_joins
tests_unit_test_joins_CFLAGS = $(unit_cflags)
tests_unit_test_joins_LDADD = $(unit_ldadd)

# src/kinds.
unit_programs += tests/unit/test_filter
tests_unit_test_filter_CPPFLAGS = $(AM_CPPFLAGS) -DDATA_DIR='"$(abs_top_srcdir)/data"'
tests_unit_test_filter_CFLAGS = $(unit_cflags)
tests_unit_test_filter_LDADD = $(unit_ldadd)

# src/pki: its files are made by tests/corpus/pki/make.sh.
unit_pki_cppflags = $(AM_CPPFLAGS) -DCORPUS='"$(abs_top_srcdir)/tests/corpus/pki"'
EXTRA_DIST += tests/corpus/pki

unit_programs += tests/unit/test_pki_dn
tests_unit_test_pki_dn_CFLAGS = $(unit_cflags)
tests_unit_test_pki_dn_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_pki_selector
tests_unit_test_pki_selector_CFLAGS = $(unit_cflags)
tests_unit_test_pki_selector_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_pki
tests_unit_test_pki_SOURCES = tests/unit/test_pki.c tests/unit/pki_corpus.h
tests_unit_test_pki_CPPFLAGS = $(unit_pki_cppflags)
tests_unit_test_pki_CFLAGS = $(unit_cflags)
tests_unit_test_pki_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_pki_files
tests_unit_test_pki_files_SOURCES = tests/unit/test_pki_files.c tests/unit/pki_corpus.h
tests_unit_test_pki_files_CPPFLAGS = $(unit_pki_cppflags)
tests_unit_test_pki_files_CFLAGS = $(unit_cflags)
tests_unit_test_pki_files_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_pki_crl
tests_unit_test_pki_crl_SOURCES = tests/unit/test_pki_crl.c tests/unit/pki_corpus.h
tests_unit_test_pki_crl_CPPFLAGS = $(unit_pki_cppflags)
tests_unit_test_pki_crl_CFLAGS = $(unit_cflags) $(CRYPTO_CFLAGS)
tests_unit_test_pki_crl_LDADD = $(unit_ldadd)

if MODULES
unit_programs += tests/unit/test_pki_module
tests_unit_test_pki_module_SOURCES = tests/unit/test_pki_module.c tests/unit/pki_corpus.h
tests_unit_test_pki_module_CPPFLAGS = $(unit_pki_cppflags)
tests_unit_test_pki_module_CFLAGS = $(unit_cflags)
tests_unit_test_pki_module_LDADD = libikeconsole.a $(pki_libs) $(CRITERION_LIBS) $(NETTLE_LIBS) $(LTLIBINTL)
endif

# src/lint: verdicts on texts and trees, in the shipped profiles.
checked_sources = tests/unit/checked.c tests/unit/checked.h
checked_cppflags = $(AM_CPPFLAGS) -DSOURCE='"$(abs_top_srcdir)"' -DDATA='"$(abs_top_srcdir)/data"'
unit_programs += tests/unit/test_lint_ike
tests_unit_test_lint_ike_SOURCES = tests/unit/test_lint_ike.c $(checked_sources)
tests_unit_test_lint_ike_CPPFLAGS = $(checked_cppflags)
tests_unit_test_lint_ike_CFLAGS = $(unit_cflags)
tests_unit_test_lint_ike_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_lint_psk
tests_unit_test_lint_psk_SOURCES = tests/unit/test_lint_psk.c $(checked_sources) $(tree_sources)
tests_unit_test_lint_psk_CPPFLAGS = $(checked_cppflags)
tests_unit_test_lint_psk_CFLAGS = $(unit_cflags)
tests_unit_test_lint_psk_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_lint_manual
tests_unit_test_lint_manual_SOURCES = tests/unit/test_lint_manual.c $(checked_sources) $(tree_sources)
tests_unit_test_lint_manual_CPPFLAGS = $(checked_cppflags)
tests_unit_test_lint_manual_CFLAGS = $(unit_cflags)
tests_unit_test_lint_manual_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_overlap
tests_unit_test_overlap_CFLAGS = $(unit_cflags)
tests_unit_test_overlap_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_policy_cover
tests_unit_test_policy_cover_SOURCES = tests/unit/test_policy_cover.c $(checked_sources)
tests_unit_test_policy_cover_CPPFLAGS = $(checked_cppflags)
tests_unit_test_policy_cover_CFLAGS = $(unit_cflags)
tests_unit_test_policy_cover_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_lint_policy
tests_unit_test_lint_policy_SOURCES = tests/unit/test_lint_policy.c $(checked_sources) $(tree_sources)
tests_unit_test_lint_policy_CPPFLAGS = $(checked_cppflags)
tests_unit_test_lint_policy_CFLAGS = $(unit_cflags)
tests_unit_test_lint_policy_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_lint_coexist
tests_unit_test_lint_coexist_SOURCES = tests/unit/test_lint_coexist.c $(checked_sources) $(tree_sources)
tests_unit_test_lint_coexist_CPPFLAGS = $(checked_cppflags)
tests_unit_test_lint_coexist_CFLAGS = $(unit_cflags)
tests_unit_test_lint_coexist_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_hostile
tests_unit_test_hostile_SOURCES = tests/unit/test_hostile.c $(checked_sources) $(tree_sources)
tests_unit_test_hostile_CPPFLAGS = $(checked_cppflags)
tests_unit_test_hostile_CFLAGS = $(unit_cflags)
tests_unit_test_hostile_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_lint_cause
tests_unit_test_lint_cause_SOURCES = tests/unit/test_lint_cause.c $(checked_sources) $(tree_sources)
tests_unit_test_lint_cause_CPPFLAGS = $(checked_cppflags)
tests_unit_test_lint_cause_CFLAGS = $(unit_cflags)
tests_unit_test_lint_cause_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_lint_large
tests_unit_test_lint_large_SOURCES = tests/unit/test_lint_large.c $(checked_sources) $(tree_sources)
tests_unit_test_lint_large_CPPFLAGS = $(checked_cppflags)
tests_unit_test_lint_large_CFLAGS = $(unit_cflags)
tests_unit_test_lint_large_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_checks
tests_unit_test_checks_SOURCES = tests/unit/test_checks.c $(checked_sources)
tests_unit_test_checks_CPPFLAGS = $(checked_cppflags)
tests_unit_test_checks_CFLAGS = $(unit_cflags)
tests_unit_test_checks_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_profile
tests_unit_test_profile_SOURCES = tests/unit/test_profile.c $(checked_sources) $(tree_sources)
tests_unit_test_profile_CPPFLAGS = $(checked_cppflags)
tests_unit_test_profile_CFLAGS = $(unit_cflags)
tests_unit_test_profile_LDADD = $(unit_ldadd)

# src/change.
unit_programs += tests/unit/test_roles
tests_unit_test_roles_SOURCES = tests/unit/test_roles.c $(checked_sources) $(tree_sources)
tests_unit_test_roles_CPPFLAGS = $(checked_cppflags)
tests_unit_test_roles_CFLAGS = $(unit_cflags)
tests_unit_test_roles_LDADD = $(unit_ldadd)
EXTRA_DIST += tests/unit/roles.inc
unit_programs += tests/unit/test_history
tests_unit_test_history_SOURCES = tests/unit/test_history.c $(tree_sources)
tests_unit_test_history_CFLAGS = $(unit_cflags)
tests_unit_test_history_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_undo
tests_unit_test_undo_SOURCES = tests/unit/test_undo.c $(checked_sources) $(tree_sources)
tests_unit_test_undo_CPPFLAGS = $(checked_cppflags)
tests_unit_test_undo_CFLAGS = $(unit_cflags)
tests_unit_test_undo_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_change
tests_unit_test_change_SOURCES = tests/unit/test_change.c $(checked_sources) $(tree_sources) \
	$(projection_sources) $(lossless_sources)
tests_unit_test_change_CPPFLAGS = $(checked_cppflags)
tests_unit_test_change_CFLAGS = $(unit_cflags)
tests_unit_test_change_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_merge
tests_unit_test_merge_SOURCES = tests/unit/test_merge.c $(checked_sources) $(tree_sources) \
	$(corpus_sources)
tests_unit_test_merge_CPPFLAGS = $(checked_cppflags) -DCORPUS_DIR='"$(abs_top_srcdir)/tests/corpus"' \
	-DPROFILES='"$(abs_top_srcdir)/data/profiles"'
tests_unit_test_merge_CFLAGS = $(unit_cflags)
tests_unit_test_merge_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_repairs
tests_unit_test_repairs_SOURCES = tests/unit/test_repairs.c $(checked_sources) $(tree_sources) \
	tests/unit/repair_samples.c tests/unit/repair_samples.h \
	tests/unit/repairing.c tests/unit/repairing.h $(corpus_sources)
tests_unit_test_repairs_CPPFLAGS = $(checked_cppflags) -DCORPUS_DIR='"$(abs_top_srcdir)/tests/corpus"' \
	-DPROFILES='"$(abs_top_srcdir)/data/profiles"'
tests_unit_test_repairs_CFLAGS = $(unit_cflags)
tests_unit_test_repairs_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_repair_change
tests_unit_test_repair_change_SOURCES = tests/unit/test_repair_change.c $(checked_sources) \
	$(tree_sources) tests/unit/repairing.c tests/unit/repairing.h $(projection_sources) $(lossless_sources)
tests_unit_test_repair_change_CPPFLAGS = $(checked_cppflags)
tests_unit_test_repair_change_CFLAGS = $(unit_cflags)
tests_unit_test_repair_change_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_policy
tests_unit_test_policy_SOURCES = tests/unit/test_policy.c $(checked_sources) $(tree_sources)
tests_unit_test_policy_CPPFLAGS = $(checked_cppflags)
tests_unit_test_policy_CFLAGS = $(unit_cflags)
tests_unit_test_policy_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_policy_corpus
tests_unit_test_policy_corpus_SOURCES = tests/unit/test_policy_corpus.c $(checked_sources) $(corpus_sources)
tests_unit_test_policy_corpus_CPPFLAGS = $(checked_cppflags) $(corpus_cppflags)
tests_unit_test_policy_corpus_CFLAGS = $(unit_cflags)
tests_unit_test_policy_corpus_LDADD = $(unit_ldadd)

unit_programs += tests/unit/test_manual_edit
tests_unit_test_manual_edit_SOURCES = tests/unit/test_manual_edit.c $(checked_sources) \
	$(projection_sources) $(lossless_sources)
tests_unit_test_manual_edit_CPPFLAGS = $(checked_cppflags) -DCORPUS_DIR='"$(abs_top_srcdir)/tests/corpus"'
tests_unit_test_manual_edit_CFLAGS = $(unit_cflags)
tests_unit_test_manual_edit_LDADD = $(unit_ldadd)

# src/commands.
unit_programs += tests/unit/test_excerpt
tests_unit_test_excerpt_CFLAGS = $(unit_cflags)
tests_unit_test_excerpt_LDADD = $(unit_ldadd)
unit_programs += tests/unit/test_settings
tests_unit_test_settings_SOURCES = tests/unit/test_settings.c $(tree_sources)
tests_unit_test_settings_CPPFLAGS = $(checked_cppflags)
tests_unit_test_settings_CFLAGS = $(unit_cflags)
tests_unit_test_settings_LDADD = $(unit_ldadd)

check_PROGRAMS += $(unit_programs)
TESTS += $(unit_programs)

# Documents and formats. What a reader and the checks make of a file, as text, is shared with the
# tool that writes the goldens of the corpora; what must hold for any bytes at all is shared with the
# fuzzers.
projection_sources = tests/tools/projection.c tests/tools/projection.h
lossless_sources = tests/tools/lossless.c tests/tools/lossless.h
golden_sources = $(projection_sources) tests/tools/goldens.c tests/tools/goldens.h
golden_cppflags = $(AM_CPPFLAGS) -DPROFILES='"$(abs_top_srcdir)/data/profiles"'
corpus_sources = $(golden_sources) $(lossless_sources) \
	tests/tools/corpus.c tests/tools/corpus.h
sample_sources = $(corpus_sources) tests/unit/samples.c tests/unit/samples.h
corpus_cppflags = $(golden_cppflags) -DCORPUS_DIR='"$(abs_top_srcdir)/tests/corpus"'
format_programs = \
	tests/unit/test_address \
	tests/unit/test_doc \
	tests/unit/test_edit \
	tests/unit/test_ike_config \
	tests/unit/test_ipsecinit \
	tests/unit/test_ipseckeys \
	tests/unit/test_preshared \
	tests/unit/test_repair_manual
tests_unit_test_address_CFLAGS = $(unit_cflags)
tests_unit_test_address_LDADD = $(unit_ldadd)
tests_unit_test_doc_CFLAGS = $(unit_cflags)
tests_unit_test_doc_LDADD = $(unit_ldadd)
tests_unit_test_edit_SOURCES = tests/unit/test_edit.c $(projection_sources) $(lossless_sources)
tests_unit_test_edit_CFLAGS = $(unit_cflags)
tests_unit_test_edit_LDADD = $(unit_ldadd)
tests_unit_test_ike_config_SOURCES = tests/unit/test_ike_config.c $(sample_sources)
tests_unit_test_ike_config_CPPFLAGS = $(corpus_cppflags)
tests_unit_test_ike_config_CFLAGS = $(unit_cflags)
tests_unit_test_ike_config_LDADD = $(unit_ldadd)
tests_unit_test_ipsecinit_SOURCES = tests/unit/test_ipsecinit.c $(sample_sources) \
	tests/tools/normalized.c tests/tools/normalized.h
tests_unit_test_ipsecinit_CPPFLAGS = $(corpus_cppflags)
tests_unit_test_ipsecinit_CFLAGS = $(unit_cflags)
tests_unit_test_ipsecinit_LDADD = $(unit_ldadd)
tests_unit_test_ipseckeys_SOURCES = tests/unit/test_ipseckeys.c $(sample_sources)
tests_unit_test_ipseckeys_CPPFLAGS = $(corpus_cppflags)
tests_unit_test_ipseckeys_CFLAGS = $(unit_cflags)
tests_unit_test_ipseckeys_LDADD = $(unit_ldadd)
tests_unit_test_preshared_SOURCES = tests/unit/test_preshared.c $(sample_sources)
tests_unit_test_preshared_CPPFLAGS = $(corpus_cppflags)
tests_unit_test_preshared_CFLAGS = $(unit_cflags)
tests_unit_test_preshared_LDADD = $(unit_ldadd)
tests_unit_test_repair_manual_SOURCES = tests/unit/test_repair_manual.c $(corpus_sources) $(checked_sources)
tests_unit_test_repair_manual_CPPFLAGS = $(corpus_cppflags) $(checked_cppflags)
tests_unit_test_repair_manual_CFLAGS = $(unit_cflags)
tests_unit_test_repair_manual_LDADD = $(unit_ldadd)


# Repairs, over the samples of their own and the corpus.
format_programs += tests/unit/test_repairs_policy
tests_unit_test_repairs_policy_SOURCES = tests/unit/test_repairs_policy.c $(checked_sources) \
	$(corpus_sources) $(repaired_sources)
tests_unit_test_repairs_policy_CPPFLAGS = $(corpus_cppflags) $(checked_cppflags)
tests_unit_test_repairs_policy_CFLAGS = $(unit_cflags)
tests_unit_test_repairs_policy_LDADD = $(unit_ldadd)

check_PROGRAMS += $(format_programs) tests/tools/project
TESTS += $(format_programs)
# Without criterion, whose libraries use libcrypto before a test does; and not with a sanitizer,
# whose own memory would have to be searched too.
if !SANITIZERS
tests_unit_pki_wipe_CPPFLAGS = $(unit_pki_cppflags)
tests_unit_pki_wipe_LDADD = libikeconsole.a $(pki_static_libs) $(NETTLE_LIBS) $(LTLIBINTL)
check_PROGRAMS += tests/unit/pki_wipe
TESTS += tests/unit/pki_wipe
endif

tests_tools_project_SOURCES = tests/tools/project.c $(golden_sources)
tests_tools_project_CPPFLAGS = $(golden_cppflags)
tests_tools_project_LDADD = libikeconsole.a $(pki_static_libs) $(INIH_LIBS) $(JANSSON_LIBS) $(NETTLE_LIBS) $(LTLIBINTL)

# Writes the goldens of the corpora anew; read the difference before it is committed.
corpus: tests/tools/project
	for format in ike-config ike-preshared ipsecinit ipseckeys; do \
		(cd $(srcdir)/tests/corpus/$$format && rm -f *.tokens *.problems *.findings *.json *.shown && \
		 $(abs_builddir)/tests/tools/project $$format [0-9]*) || exit 1; \
	done
