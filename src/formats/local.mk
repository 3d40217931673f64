libikeconsole_a_SOURCES += \
	src/formats/dialect.c src/formats/dialect.h \
	src/formats/ike_config.h \
	src/formats/ike_read.c \
	src/formats/ike_rescan.c \
	src/formats/ike_scan.c src/formats/ike_scan.h \
	src/formats/ike_value.c src/formats/ike_value.h \
	src/formats/ike_words.c src/formats/ike_words.h

libikeconsole_a_SOURCES += \
	src/formats/psk_file.h \
	src/formats/psk_key.c \
	src/formats/psk_read.c \
	src/formats/psk_scan.c src/formats/psk_scan.h \
	src/formats/psk_secrets.c \
	src/formats/psk_words.c src/formats/psk_words.h

# Shared by ipsecinit.conf and ipseckeys.
libikeconsole_a_SOURCES += src/formats/ipsec_algs.c src/formats/ipsec_algs.h

libikeconsole_a_SOURCES += \
	src/formats/ipsecinit_alg.c \
	src/formats/ipsecinit_check.c \
	src/formats/ipsecinit_file.h \
	src/formats/ipsecinit_group.c \
	src/formats/ipsecinit_print.c \
	src/formats/ipsecinit_read.c \
	src/formats/ipsecinit_scan.c src/formats/ipsecinit_scan.h \
	src/formats/ipsecinit_value.c \
	src/formats/ipsecinit_words.c src/formats/ipsecinit_words.h
# ipseckeys.
libikeconsole_a_SOURCES += \
	src/formats/ipseckeys_check.c \
	src/formats/ipseckeys_collect.c \
	src/formats/ipseckeys_file.h \
	src/formats/ipseckeys_key.c \
	src/formats/ipseckeys_pairs.c src/formats/ipseckeys_pairs.h \
	src/formats/ipseckeys_read.c \
	src/formats/ipseckeys_scan.c src/formats/ipseckeys_scan.h \
	src/formats/ipseckeys_secrets.c \
	src/formats/ipseckeys_value.c \
	src/formats/ipseckeys_weak.c \
	src/formats/ipseckeys_words.c src/formats/ipseckeys_words.h

# Shared by the formats with secrets.
libikeconsole_a_SOURCES += src/formats/hide.c src/formats/hide.h
