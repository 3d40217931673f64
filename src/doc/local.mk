libikeconsole_a_SOURCES += \
	src/doc/doc.c src/doc/doc.h \
	src/doc/edit.c src/doc/edit.h
