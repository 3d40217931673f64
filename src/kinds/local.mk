libikeconsole_a_SOURCES += \
	src/kinds/errors.c src/kinds/errors.h \
	src/kinds/filter.c src/kinds/filter.h \
	src/kinds/kind.c src/kinds/kind.h \
	src/kinds/kind_certs.c \
	src/kinds/kind_crls.c \
	src/kinds/kind_findings.c \
	src/kinds/kind_globals.c \
	src/kinds/kind_history.c \
	src/kinds/kind_keys.c \
	src/kinds/kind_policies.c \
	src/kinds/kind_manual_sas.c \
	src/kinds/kind_psks.c \
	src/kinds/kind_rules.c \
	src/kinds/manual_name.c src/kinds/manual_name.h \
	src/kinds/order.c \
	src/kinds/sink.c src/kinds/sink.h \
	src/kinds/slots.c src/kinds/slots.h
