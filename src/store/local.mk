libikeconsole_a_SOURCES += \
	src/store/attributes.c src/store/attributes.h \
	src/store/compare.c src/store/compare.h \
	src/store/diff.c src/store/diff.h \
	src/store/fail.c src/store/fail.h \
	src/store/folder.c src/store/folder.h \
	src/store/journal.c src/store/journal.h \
	src/store/leftovers.c src/store/leftovers.h \
	src/store/lock.c src/store/lock.h \
	src/store/saver.c src/store/saver.h \
	src/store/record.c src/store/record.h \
	src/store/recover.c src/store/recover.h \
	src/store/signals.c src/store/signals.h \
	src/store/step.c src/store/step.h \
	src/store/store.c src/store/store.h \
	src/store/swap.c src/store/swap.h \
	src/store/target.c src/store/target.h
