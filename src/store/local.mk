libikeconsole_a_SOURCES += \
	src/store/attributes.c src/store/attributes.h \
	src/store/compare.c src/store/compare.h \
	src/store/diff.c src/store/diff.h \
	src/store/fail.c src/store/fail.h \
	src/store/folder.c src/store/folder.h \
	src/store/lock.c src/store/lock.h \
	src/store/store.c src/store/store.h \
	src/store/target.c src/store/target.h
