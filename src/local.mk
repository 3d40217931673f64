# Everything below the console: one library, from which the program, the tests and the fuzzers are made.
noinst_LIBRARIES += libikeconsole.a
libikeconsole_a_SOURCES =

include src/base/local.mk
include src/doc/local.mk
include src/formats/local.mk
include src/pki/local.mk
include src/host/local.mk
include src/lint/local.mk
include src/kinds/local.mk
include src/store/local.mk
include src/change/local.mk
include src/commands/local.mk

bin_PROGRAMS += ikeconsole
ikeconsole_SOURCES = src/main.c
ikeconsole_LDFLAGS = $(AM_LDFLAGS) $(console_ldflags)
ikeconsole_LDADD = $(console_libs) libikeconsole.a $(pki_libs) $(INIH_LIBS) $(JANSSON_LIBS) $(NETTLE_LIBS) $(LTLIBINTL)

# The same program that changes nothing, by its name.
install-exec-hook:
	cd "$(DESTDIR)$(bindir)" && rm -f ikeview && $(LN_S) ikeconsole ikeview
install-data-hook:
	cd "$(DESTDIR)$(completionsdir)" && rm -f ikeview && $(LN_S) ikeconsole ikeview
uninstall-hook:
	rm -f "$(DESTDIR)$(bindir)/ikeview" "$(DESTDIR)$(completionsdir)/ikeview"

EXTRA_DIST += src/README.md \
	src/base/README.md \
	src/change/README.md \
	src/commands/README.md \
	src/doc/README.md \
	src/formats/README.md \
	src/host/README.md \
	src/kinds/README.md \
	src/lint/README.md \
	src/pki/README.md \
	src/store/README.md
