# libFuzzer harnesses: configure with CC=clang --enable-fuzzers --enable-sanitizers
# --disable-modules, then "make fuzz" (FUZZ_SECONDS each).
fuzz_programs = \
	tests/fuzz/fuzz_certs \
	tests/fuzz/fuzz_doc \
	tests/fuzz/fuzz_edits \
	tests/fuzz/fuzz_ike_config \
	tests/fuzz/fuzz_ike_preshared \
	tests/fuzz/fuzz_ipsecinit \
	tests/fuzz/fuzz_ipseckeys \
	tests/fuzz/fuzz_repairs \
	tests/fuzz/fuzz_settings
EXTRA_PROGRAMS += $(fuzz_programs)
CLEANFILES += $(fuzz_programs)

fuzz_sources = tests/fuzz/fuzz.c tests/fuzz/fuzz.h \
	tests/tools/lossless.c tests/tools/lossless.h \
	tests/tools/projection.c tests/tools/projection.h
fuzz_ldflags = $(AM_LDFLAGS) -fsanitize=fuzzer
fuzz_ldadd = libikeconsole.a $(pki_static_libs) $(INIH_LIBS) $(JANSSON_LIBS) $(NETTLE_LIBS) $(LTLIBINTL)

tests_fuzz_fuzz_doc_SOURCES = tests/fuzz/fuzz_doc.c $(fuzz_sources)
tests_fuzz_fuzz_doc_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_doc_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_ike_config_SOURCES = tests/fuzz/fuzz_ike_config.c $(fuzz_sources)
tests_fuzz_fuzz_ike_config_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_ike_config_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_ike_preshared_SOURCES = tests/fuzz/fuzz_ike_preshared.c $(fuzz_sources)
tests_fuzz_fuzz_ike_preshared_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_ike_preshared_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_ipsecinit_SOURCES = tests/fuzz/fuzz_ipsecinit.c $(fuzz_sources) $(repaired_sources) \
	tests/tools/normalized.c tests/tools/normalized.h
tests_fuzz_fuzz_ipsecinit_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_ipsecinit_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_ipseckeys_SOURCES = tests/fuzz/fuzz_ipseckeys.c $(fuzz_sources)
tests_fuzz_fuzz_ipseckeys_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_ipseckeys_LDADD = $(fuzz_ldadd)

fuzz_cppflags = $(AM_CPPFLAGS) -DDATA='"$(abs_top_srcdir)/data"' \
	-DCORPUS='"$(abs_top_srcdir)/tests/corpus"'
tests_fuzz_fuzz_certs_SOURCES = tests/fuzz/fuzz_certs.c $(fuzz_sources) $(tree_sources) \
	tests/tools/survey.c tests/tools/survey.h
tests_fuzz_fuzz_certs_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_certs_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_certs_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_edits_SOURCES = tests/fuzz/fuzz_edits.c $(fuzz_sources)
tests_fuzz_fuzz_edits_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_edits_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_edits_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_repairs_SOURCES = tests/fuzz/fuzz_repairs.c $(fuzz_sources)
tests_fuzz_fuzz_repairs_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_repairs_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_repairs_LDADD = $(fuzz_ldadd)
tests_fuzz_fuzz_settings_SOURCES = tests/fuzz/fuzz_settings.c $(fuzz_sources) $(tree_sources)
tests_fuzz_fuzz_settings_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_settings_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_settings_LDADD = $(fuzz_ldadd)

EXTRA_DIST += tests/fuzz/run-fuzzers tests/fuzz/ike_config.dict tests/fuzz/ike_preshared.dict \
	tests/fuzz/ipsecinit.dict tests/fuzz/ipseckeys.dict

FUZZ_SECONDS = 60
if FUZZERS
fuzz: $(fuzz_programs)
	$(srcdir)/tests/fuzz/run-fuzzers $(FUZZ_SECONDS)
else
fuzz:
	@echo "configure with CC=clang --enable-fuzzers --enable-sanitizers" >&2; exit 1
endif
