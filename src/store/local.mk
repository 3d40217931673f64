libikeconsole_a_SOURCES += \
	src/store/compare.c src/store/compare.h \
	src/store/diff.c src/store/diff.h
