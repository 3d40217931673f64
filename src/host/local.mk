libikeconsole_a_SOURCES += \
	src/host/file.c src/host/file.h
