libikeconsole_a_SOURCES += \
	src/formats/dialect.c src/formats/dialect.h \
	src/formats/hide.c src/formats/hide.h \
	src/formats/ipsec_algs.c src/formats/ipsec_algs.h \
	src/formats/key_bits.c src/formats/key_bits.h

libikeconsole_a_SOURCES += \
	src/formats/ike_config/braces.c \
	src/formats/ike_config/file.h \
	src/formats/ike_config/read.c \
	src/formats/ike_config/rescan.c \
	src/formats/ike_config/scan.c src/formats/ike_config/scan.h \
	src/formats/ike_config/text.c src/formats/ike_config/text.h \
	src/formats/ike_config/value.c src/formats/ike_config/value.h \
	src/formats/ike_config/words.c src/formats/ike_config/words.h

libikeconsole_a_SOURCES += \
	src/formats/ike_preshared/file.h \
	src/formats/ike_preshared/key.c \
	src/formats/ike_preshared/read.c \
	src/formats/ike_preshared/scan.c src/formats/ike_preshared/scan.h \
	src/formats/ike_preshared/secrets.c \
	src/formats/ike_preshared/words.c src/formats/ike_preshared/words.h

libikeconsole_a_SOURCES += \
	src/formats/ipsecinit/alg.c \
	src/formats/ipsecinit/check.c \
	src/formats/ipsecinit/file.h \
	src/formats/ipsecinit/group.c \
	src/formats/ipsecinit/print.c \
	src/formats/ipsecinit/read.c \
	src/formats/ipsecinit/scan.c src/formats/ipsecinit/scan.h \
	src/formats/ipsecinit/value.c \
	src/formats/ipsecinit/words.c src/formats/ipsecinit/words.h

libikeconsole_a_SOURCES += \
	src/formats/ipseckeys/broken.c \
	src/formats/ipseckeys/check.c \
	src/formats/ipseckeys/collect.c \
	src/formats/ipseckeys/ends.c src/formats/ipseckeys/ends.h \
	src/formats/ipseckeys/file.h \
	src/formats/ipseckeys/flows.c \
	src/formats/ipseckeys/ids.c \
	src/formats/ipseckeys/key.c \
	src/formats/ipseckeys/lines.c src/formats/ipseckeys/lines.h \
	src/formats/ipseckeys/pairs.c src/formats/ipseckeys/pairs.h \
	src/formats/ipseckeys/place.c src/formats/ipseckeys/place.h \
	src/formats/ipseckeys/read.c \
	src/formats/ipseckeys/scan.c src/formats/ipseckeys/scan.h \
	src/formats/ipseckeys/secrets.c \
	src/formats/ipseckeys/shared.c \
	src/formats/ipseckeys/value.c \
	src/formats/ipseckeys/weak.c \
	src/formats/ipseckeys/words.c src/formats/ipseckeys/words.h
