base_sources = \
	src/base/address.c src/base/address.h \
	src/base/blob.c src/base/blob.h \
	src/base/confine.c src/base/confine.h \
	src/base/confine_calls.c src/base/confine_files.c src/base/confine_linux.h \
	src/base/error.c src/base/error.h \
	src/base/fatal.c src/base/fatal.h \
	src/base/i18n.h \
	src/base/near.c src/base/near.h \
	src/base/pathword.c src/base/pathword.h \
	src/base/paths.c src/base/paths.h \
	src/base/print.c src/base/print.h \
	src/base/secret.c src/base/secret.h \
	src/base/sha256.c src/base/sha256.h \
	src/base/sort.c src/base/sort.h \
	src/base/strbuf.c src/base/strbuf.h \
	src/base/whoami.c src/base/whoami.h \
	src/base/write.c src/base/write.h \
	src/base/xalloc.c src/base/xalloc.h
libikeconsole_a_SOURCES += $(base_sources)
