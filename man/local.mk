# The manual. What comes from the program's tables is written into the page by "make update-manual";
# the test fails where that was forgotten.
dist_man_MANS += man/ikeconsole.8 man/ikeview.8

check_PROGRAMS += man/tables
man_tables_SOURCES = man/tables.c man/tables.h man/tables_findings.c man/tables_kinds.c
man_tables_LDADD = libikeconsole.a $(pki_static_libs) $(INIH_LIBS) $(JANSSON_LIBS) $(NETTLE_LIBS) $(LTLIBINTL)
dist_check_SCRIPTS += man/test-manual
EXTRA_DIST += man/fill-tables
TESTS += man/test-manual

.PHONY: update-manual
update-manual: man/tables$(EXEEXT)
	$(srcdir)/man/fill-tables ./man/tables$(EXEEXT) $(srcdir)/data/sample-host \
		$(srcdir)/man/ikeconsole.8 >man/ikeconsole.8.new
	cat man/ikeconsole.8.new >$(srcdir)/man/ikeconsole.8
	rm -f man/ikeconsole.8.new
