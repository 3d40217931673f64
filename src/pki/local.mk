# What needs OpenSSL is one table of functions (pki.h), either linked in or loaded when first needed.
pki_crypto_sources =
libikeconsole_a_SOURCES += \
	src/pki/dn.c src/pki/dn.h \
	src/pki/fold.c src/pki/fold.h
