libikeconsole_a_SOURCES += \
	src/host/boxes.c src/host/boxes.h \
	src/host/certs.c src/host/certs.h \
	src/host/file.c src/host/file.h \
	src/host/history.c src/host/history.h \
	src/host/history_entry.c src/host/history_entry.h \
	src/host/host.c src/host/host.h \
	src/host/joins.c src/host/joins.h \
	src/host/location.c src/host/location.h \
	src/host/pairs.c src/host/pairs.h \
	src/host/ranges.c src/host/ranges.h \
	src/host/state.c src/host/state.h \
	src/host/watch.c src/host/watch.h
