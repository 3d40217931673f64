# What needs OpenSSL is one table of functions (pki.h). The program loads it as a module when it is
# first needed, or has it linked in with --disable-modules. The tests always have it linked in.
libikeconsole_a_SOURCES += \
	src/pki/content.c src/pki/content.h \
	src/pki/der.c src/pki/der.h \
	src/pki/dn.c src/pki/dn.h \
	src/pki/fold.c src/pki/fold.h \
	src/pki/pem.c src/pki/pem.h \
	src/pki/pki.h \
	src/pki/rows.c \
	src/pki/selector.c src/pki/selector.h \
	src/pki/text.c

pki_crypto_sources = \
	src/pki/crypto.c src/pki/crypto.h \
	src/pki/crypto_asn1.c \
	src/pki/crypto_cert.c \
	src/pki/crypto_crl.c \
	src/pki/crypto_key.c
pki_crypto_cflags = $(AM_CFLAGS) $(CRYPTO_CFLAGS)

# The table linked in. It goes between two mentions of libikeconsole.a, since each needs the other.
libpki_static_a_SOURCES = $(pki_crypto_sources) src/pki/open_static.c
libpki_static_a_CFLAGS = $(pki_crypto_cflags)
pki_static_libs = libpki-static.a libikeconsole.a $(CRYPTO_LIBS)

if MODULES
check_LIBRARIES += libpki-static.a
noinst_LIBRARIES += libpki-module.a
libpki_module_a_SOURCES = src/pki/open_module.c src/pki/module.h
pki_libs = libpki-module.a libikeconsole.a

# The module has its own copies of what it needs of the library, and shows one symbol.
pkglibexec_PROGRAMS += crypto.so
crypto_so_SOURCES = $(pki_crypto_sources) \
	src/pki/crypto_module.c src/pki/module.h \
	src/pki/content.c src/pki/der.c src/pki/dn.c src/pki/fold.c src/pki/pem.c \
	src/pki/rows.c src/pki/text.c \
	src/base/error.c src/base/fatal.c src/base/print.c src/base/secret.c \
	src/base/strbuf.c src/base/xalloc.c
crypto_so_CFLAGS = $(pki_crypto_cflags) -fPIC -fvisibility=hidden
crypto_so_LDFLAGS = $(AM_LDFLAGS) -shared
crypto_so_LDADD = $(CRYPTO_LIBS) $(LTLIBINTL)
else
noinst_LIBRARIES += libpki-static.a
pki_libs = $(pki_static_libs)
endif
