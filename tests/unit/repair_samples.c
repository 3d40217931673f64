#include "config.h"

#include "tests/unit/repair_samples.h"

#include "base/xalloc.h"

#define PARTS  "auth_method preshared oakley_group 14 auth_alg sha1 encr_alg 3des"
#define RSA    "auth_method rsa_sig oakley_group 2 auth_alg sha1 encr_alg 3des"
#define XFORM  "\tp1_xform { " PARTS " }\n"
#define ENDS   "\tlocal_addr 192.0.2.1\n\tremote_addr 192.0.2.2\n"
#define RULE   "{\n\tlabel a\n" ENDS XFORM "}\n"
#define ONE(s) "{\n\tlabel a\n" s XFORM "}\n"
#define TYPED  "\tlocalidtype IP\n\tlocalid 192.0.2.1\n\tremoteidtype IP\n\tremoteid 192.0.2.2\n"
#define KEY    "\tkey 00112233445566778899aabbccddee0f\n"
#define ENTRY  "{\n" TYPED KEY "}\n"
#define MDM(n) "p1_nonce_len " n "\np1_lifetime_secs 28800\n"
#define MDM_RULE(type, xform)                                                                      \
	"{\nlabel INDEXID_1\n" type "local_addr 192.0.2.1\nremote_addr 192.0.2.2\np2_pfs 2\n"      \
	"p1_xform { " xform " }\n}\n"
#define MDM_RSA(id)                                                                                \
	"p1_nonce_len 20\np1_lifetime_secs 28800\nignore_crls\n{\nlabel INDEXID_1\nlocal_id_type " \
	"dn\nlocal_addr 192.0.2.1\n" id "remote_addr 192.0.2.2\nremote_id \"\"\np2_pfs 2\n"        \
	"p1_xform { p1_lifetime_secs 86400 " RSA " }\n}\n"

#define CONFIG   .location = LOCATION_IKE_CONFIG, .dialect = DIALECT_COUNT
#define PSK      .location = LOCATION_PRESHARED, .dialect = DIALECT_SOL10
#define SAS      .location = LOCATION_IPSECKEYS, .dialect = DIALECT_ILLUMOS
#define MDM_SSM  CONFIG, .mdm = true
#define MDM_TREE MDM_SSM, .tree = true

/* A table reads best as rows. */
/* clang-format off */
const struct repair_sample repair_samples[] = {
	/* Bytes. */
	{ "byte order mark", "A37", "\xef\xbb\xbf" RULE, RULE, CONFIG },
	{ "nothing but a byte order mark", "PSK-L13", "\xef\xbb\xbf", NULL, PSK },
	{ "byte order mark before keys", "PSK-L13", "\xef\xbb\xbf" ENTRY, ENTRY, PSK },
	{ "DOS line ends", "CONF-L1", "p2_pfs 14\r\n# c\r\n" RULE, "p2_pfs 14\n# c\n" RULE, CONFIG },
	{ "some DOS line ends, and a return alone", "CONF-L1", "# a\n# b\r\n# c\rd\r\n" RULE "# \r", "# a\n# b\n# c\rd\n" RULE "# \r", CONFIG },
	{ "DOS line ends in keys", "PSK-L2", "# k\r\n{\r\n localidtype IP\r\n localid 192.0.2.1\r\n remoteidtype IP\r\n remoteid 192.0.2.2\r\n key 00112233445566778899aabbccddee0f\r\n}\r\n",
	  "# k\n{\n localidtype IP\n localid 192.0.2.1\n remoteidtype IP\n remoteid 192.0.2.2\n key 00112233445566778899aabbccddee0f\n}\n", PSK },
	{ "backslash", "CONF-L12", "p2_pfs \\\n 14\n" RULE, "p2_pfs\n 14\n" RULE, CONFIG },
	{ "backslash by itself on its line", "CONF-L12", "p2_pfs\n \\\n 14\n" RULE, "p2_pfs\n \n 14\n" RULE, CONFIG },
	{ "typographic quotes", "A37", "{\n\tlabel \xe2\x80\x9c" "a b c\xe2\x80\x9d\n" ENDS XFORM "}\n", "{\n\tlabel \"a b c\"\n" ENDS XFORM "}\n", CONFIG },
	{ "quotes of other languages", "A37", "{\n\tlabel \xe2\x80\x9e" "a\xe2\x80\x9c\n" ENDS XFORM "}\n", "{\n\tlabel \"a\"\n" ENDS XFORM "}\n", CONFIG },
	{ "typographic dash", "A37", ONE("\tlocal_addr 192.0.2.1\xe2\x80\x93" "192.0.2.9\n\tremote_addr 192.0.3.2\n"), ONE("\tlocal_addr 192.0.2.1-192.0.2.9\n\tremote_addr 192.0.3.2\n"), CONFIG },
	{ "one quote of two", "A37", "{\n\tlabel \xe2\x80\x9c" "a\n" ENDS XFORM "}\n", NULL, CONFIG },
	{ "quotes of both kinds", "A37", "{\n\tlabel \xe2\x80\x9c" "a\xe2\x80\x9d local_id \"b\"\n" ENDS XFORM "}\n", NULL, CONFIG },
	{ "a letter with an accent", "A37", "{\n\tlabel caf\xc3\xa9\n" ENDS XFORM "}\n", NULL, CONFIG },
	{ "a brace within the quotes", "A37", "{\n\tlabel \xe2\x80\x9c{\xe2\x80\x9d\n" ENDS XFORM "}\n", NULL, CONFIG },
	{ "not UTF-8", "A37", "{\n\tlabel \x93" "a\x94\n" ENDS XFORM "}\n", NULL, CONFIG },

	/* Words. */
	{ "old keywords", "A32", "{\n\tlabel a\n\tlocalid 192.0.2.1\n\tremoteid 192.0.2.2\n" XFORM "}\n", RULE, CONFIG },
	{ "an old keyword before a name", "A32", "{\n\tlabel a\n\tlocalid \"CN=a\"\n" ENDS XFORM "}\n", NULL, CONFIG },
	{ "letter case of a value", "CONF-R17", "{\n\tlabel a\n" ENDS "\tp1_xform { auth_method Preshared oakley_group 14 auth_alg sha1 encr_alg 3DES }\n}\n", RULE, CONFIG },
	{ "letter case of a hash", "A14", "{\n\tlabel a\n" ENDS "\tp1_xform { auth_method preshared oakley_group 14 auth_alg SHA1 encr_alg 3des }\n}\n", RULE, CONFIG },
	{ "letter case of a keyword", "CONF-V19", "{\n\tLabel a\n" ENDS XFORM "}\n", RULE, CONFIG },
	{ "a value that is only like another", "A14", "{\n\tlabel a\n" ENDS "\tp1_xform { auth_method preshared oakley_group 14 auth_alg sha2 encr_alg 3des }\n}\n", NULL, CONFIG },
	{ "a keyword that is only like another", "CONF-V19", "{\n\tlabl a\n" ENDS XFORM "}\n", NULL, CONFIG },
	{ "name without quotes", "CONF-L9", "cert_root CN=a\nignore_crls\n" RULE, "cert_root \"CN=a\"\nignore_crls\n" RULE, CONFIG },
	{ "turned round without quotes", "CONF-L9", "cert_root !CN=a\nignore_crls\n" RULE, NULL, CONFIG },
	{ "backslash without quotes", "CONF-L9", "cert_root CN=a\\,b\nignore_crls\n" RULE, NULL, CONFIG },
	{ "number in quotes", "CONF-L9", "p2_pfs \"14\"\n" RULE, "p2_pfs 14\n" RULE, CONFIG },
	{ "address in quotes", "CONF-L9", ONE("\tlocal_addr \"192.0.2.1\"\n\tremote_addr 192.0.2.2\n"), RULE, CONFIG },
	{ "quotes that keep words apart", "CONF-L9", "p2_pfs \"14\"use_http\n" RULE, NULL, CONFIG },
	{ "label that is a keyword", "CONF-V20", "{\n\tlabel p2_pfs\n" ENDS XFORM "}\n", "{\n\tlabel \"p2_pfs\"\n" ENDS XFORM "}\n", CONFIG },
	{ "comma with one backslash", "A33", "cert_root \"O=a\\, b\\\\, c\\, d\"\nignore_crls\n" RULE, "cert_root \"O=a\\\\, b\\\\, c\\\\, d\"\nignore_crls\n" RULE, CONFIG },
	{ "any other backslash", "CONF-L6", "cert_root \"O=a\\b\"\nignore_crls\n" RULE, NULL, CONFIG },
	{ "one key size", "A15", "p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg aes(256) }\n" RULE, "p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg aes(256..256) }\n" RULE, CONFIG },
	{ "key sizes the wrong way round", "A15", "p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg aes (256 .. 128) }\n" RULE, "p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg aes (128..256) }\n" RULE, CONFIG },
	{ "no key size of AES", "A15", "p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg aes(100..256) }\n" RULE, NULL, CONFIG },
	{ "key size of another cipher", "A15", "p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg 3des(192..192) }\n" RULE, NULL, CONFIG },
	{ "misprint", "CONF-CDC", "p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg blowfish-cdc }\n" RULE, "p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg blowfish }\n" RULE, CONFIG },
	{ "host bits", "A10", ONE("\tlocal_addr 192.0.2.1\n\tremote_addr 198.51.100.77/24 # net\n"), ONE("\tlocal_addr 192.0.2.1\n\tremote_addr 198.51.100.0/24 # net\n"), CONFIG },
	{ "host bits, spread out", "A10", ONE("\tlocal_addr 192.0.2.1\n\tremote_addr 198.51.100.77 /\n24\n"), ONE("\tlocal_addr 192.0.2.1\n\tremote_addr 198.51.100.0/24\n"), CONFIG },
	{ "host bits around a comment", "A10", ONE("\tlocal_addr 192.0.2.1\n\tremote_addr 198.51.100.77/ # net\n24\n"), NULL, CONFIG },
	{ "host bits of IPv6", "A10", ONE("\tlocal_addr 2001:db8::1\n\tremote_addr 2001:db8:1::1/64\n"), ONE("\tlocal_addr 2001:db8::1\n\tremote_addr 2001:db8:1::/64\n"), CONFIG },
	{ "host bits of a mask", "A10", ONE("\tlocal_addr 192.0.2.1\n\tremote_addr 198.51.100.77/255.255.255.0\n"), ONE("\tlocal_addr 192.0.2.1\n\tremote_addr 198.51.100.0/24\n"), CONFIG },
	{ "range of IPv6 that is a prefix", "CONF-A3", ONE("\tlocal_addr 2001:db8::1\n\tremote_addr 2001:db8:1:: - 2001:db8:1::ffff\n"), ONE("\tlocal_addr 2001:db8::1\n\tremote_addr 2001:db8:1::/112\n"), CONFIG },
	{ "range of IPv6 that is none", "CONF-A3", ONE("\tlocal_addr 2001:db8::1\n\tremote_addr 2001:db8:1::1-2001:db8:1::ffff\n"), NULL, CONFIG },
	{ "mask of IPv6", "CONF-A4", ONE("\tlocal_addr 2001:db8::1\n\tremote_addr 2001:db8:1::/ffff:ffff:ffff:ffff::\n"), ONE("\tlocal_addr 2001:db8::1\n\tremote_addr 2001:db8:1::/64\n"), CONFIG },
	{ "mask of IPv4 for in.ikev2d", "CONF-A4", "{\n\tlabel a\n\tauth_method preshared\n\tlocal_addr 192.0.2.1/255.255.255.255\n\tremote_addr 198.51.100.0/255.255.255.0\n}\n", "{\n\tlabel a\n\tauth_method preshared\n\tlocal_addr 192.0.2.1\n\tremote_addr 198.51.100.0/24\n}\n", .location = LOCATION_IKE_CONFIG, .dialect = DIALECT_IKEV2D },

	/* Statements. */
	{ "flag given twice", "A03", "use_http\nuse_http # again\n" RULE, "use_http\n" RULE, CONFIG },
	{ "the same proxy twice", "A03", "use_http\nproxy \"http://a\"\nproxy \"http://a\"\n" RULE, "use_http\nproxy \"http://a\"\n" RULE, CONFIG },
	{ "two proxies", "A03", "use_http\nproxy \"http://a\"\nproxy \"http://b\"\n" RULE, NULL, CONFIG },
	{ "the same label twice", "A06", "{\n\tlabel a\n\tlabel a\n" ENDS XFORM "}\n", RULE, CONFIG },
	{ "two labels", "A06", "{\n\tlabel a\n\tlabel b\n" ENDS XFORM "}\n", NULL, CONFIG },
	{ "the same part twice", "A13", "{\n\tlabel a\n" ENDS "\tp1_xform { auth_alg sha1 " PARTS " }\n}\n", "{\n\tlabel a\n" ENDS "\tp1_xform { auth_alg sha1 auth_method preshared oakley_group 14 encr_alg 3des }\n}\n", CONFIG },
	{ "the same statement twice in a rule", "CONF-O4", ONE("\tp2_pfs 14\n" ENDS "\tp2_pfs 14\n"), ONE("\tp2_pfs 14\n" ENDS), CONFIG },
	{ "other values in a rule", "CONF-O4", ONE("\tp2_pfs 14\n" ENDS "\tp2_pfs 15\n"), NULL, CONFIG },
	{ "the same statement twice at file level", "CONF-O4", "p2_pfs 14\np2_pfs 14\n" RULE, "p2_pfs 14\n" RULE, CONFIG },
	{ "key sizes make another value", "CONF-O4", "p2_pfs 14\np2_pfs 0xe\n" RULE, NULL, CONFIG },
	{ "the same local_id twice", "CONF-O4", "cert_root \"CN=r\"\nignore_crls\n{\n\tlabel a\n\tlocal_id_type dn\n\tlocal_addr 192.0.2.1\n\tlocal_id \"CN=a\"\n\tlocal_id \"CN=a\"\n\tremote_addr 192.0.2.2\n\tremote_id \"CN=b\"\n\tp1_xform { " RSA " }\n}\n", "cert_root \"CN=r\"\nignore_crls\n{\n\tlabel a\n\tlocal_id_type dn\n\tlocal_addr 192.0.2.1\n\tlocal_id \"CN=a\"\n\tremote_addr 192.0.2.2\n\tremote_id \"CN=b\"\n\tp1_xform { " RSA " }\n}\n", CONFIG },
	{ "global behind a rule", "A02", "p2_pfs 14\n" RULE "use_http # why\n", "p2_pfs 14\nuse_http # why\n" RULE, CONFIG },
	{ "several of them keep their order", "A02", RULE "use_http\n# mine\nproxy \"http://a\"\n", "use_http\nproxy \"http://a\"\n" RULE "# mine\n", CONFIG },
	{ "of several lines", "A02", RULE "p1_xform {\n\t" PARTS "\n}\n", "p1_xform {\n\t" PARTS "\n}\n" RULE, CONFIG },
	{ "on the line of a rule", "A02", "p2_pfs 14 {label a local_addr 192.0.2.1 remote_addr 192.0.2.2 p1_xform { " PARTS " }} use_http", "p2_pfs 14\nuse_http\n{label a local_addr 192.0.2.1 remote_addr 192.0.2.2 p1_xform { " PARTS " }}", CONFIG },
	{ "with DOS line ends", "A02", "{ label a local_addr 192.0.2.1 remote_addr 192.0.2.2 p1_xform { " PARTS " } }\r\nuse_http\r\n", "use_http\r\n{ label a local_addr 192.0.2.1 remote_addr 192.0.2.2 p1_xform { " PARTS " } }\r\n", CONFIG },
	{ "behind a byte order mark", "A02", "\xef\xbb\xbf{ label a local_addr 192.0.2.1 remote_addr 192.0.2.2 p1_xform { " PARTS " } }\nuse_http\n", "\xef\xbb\xbfuse_http\n{ label a local_addr 192.0.2.1 remote_addr 192.0.2.2 p1_xform { " PARTS " } }\n", CONFIG },
	{ "no label", "A04", "{\n" ENDS XFORM "}\n", "{\n\tlabel \"INDEXID_1\"\n" ENDS XFORM "}\n", CONFIG },
	{ "labels as others have them", "A04", "{\n\tlabel INDEXID_1\n" ENDS XFORM "}\n{\n" "\tlocal_addr 192.0.2.1\n\tremote_addr 192.0.2.3\n" XFORM "}\n{\n\tlocal_addr 192.0.2.1\n\tremote_addr 192.0.2.4\n" XFORM "}\n",
	  "{\n\tlabel INDEXID_1\n" ENDS XFORM "}\n{\n\tlabel INDEXID_2\n" "\tlocal_addr 192.0.2.1\n\tremote_addr 192.0.2.3\n" XFORM "}\n{\n\tlabel INDEXID_3\n\tlocal_addr 192.0.2.1\n\tremote_addr 192.0.2.4\n" XFORM "}\n", CONFIG },
	{ "empty label", "A04", "{\n\tlabel \"\"\n" ENDS XFORM "}\n", "{\n\tlabel \"INDEXID_1\"\n" ENDS XFORM "}\n", CONFIG },
	{ "label used twice", "A05", RULE "{\n\tlabel a\n\tlocal_addr 192.0.2.1\n\tremote_addr 192.0.2.3\n" XFORM "}\n", NULL, CONFIG },
	{ "lifetime beside the transform", "A18", "# c\n" ONE(ENDS "\tp1_lifetime_secs 3600\n"), "# c\n{\n\tlabel a\n" ENDS "\tp1_xform { " PARTS " p1_lifetime_secs 3600 }\n}\n", CONFIG },
	{ "the same within it", "A18", "{\n\tlabel a\n" ENDS "\tp1_lifetime_secs 3600\n\tp1_xform { " PARTS " p1_lifetime_secs 3600 }\n}\n", "{\n\tlabel a\n" ENDS "\tp1_xform { " PARTS " p1_lifetime_secs 3600 }\n}\n", CONFIG },
	{ "another within it", "A18", "{\n\tlabel a\n" ENDS "\tp1_lifetime_secs 3600\n\tp1_xform { " PARTS " p1_lifetime_secs 7200 }\n}\n", NULL, CONFIG },
	{ "beside two transforms", "A18", ONE(ENDS "\tp1_lifetime_secs 3600\n" XFORM), NULL, CONFIG },
	{ "nonce length in a rule", "A18", ONE(ENDS "\tp1_nonce_len 40\n"), "p1_nonce_len 40\n" RULE, CONFIG },
	{ "the same at file level", "A18", "p1_nonce_len 40\n" ONE(ENDS "\tp1_nonce_len 40\n"), "p1_nonce_len 40\n" RULE, CONFIG },
	{ "another at file level", "A18", "p1_nonce_len 40\n" ONE(ENDS "\tp1_nonce_len 20\n"), NULL, CONFIG },
	{ "identity type of preshared keys", "A27", ONE("\tlocal_id_type dn\n" ENDS), ONE("\tlocal_id_type ip\n" ENDS), CONFIG },
	{ "identity type beside identities", "A27", ONE("\tlocal_id_type dn\n\tlocal_id \"CN=a\"\n" ENDS), NULL, CONFIG },

	/* What MDM and SSM agreed on. */
	{ "another nonce length", "COEX-G1", MDM("40") MDM_RULE("local_id_type ip\n", "p1_lifetime_secs 86400 " PARTS), MDM("20") MDM_RULE("local_id_type ip\n", "p1_lifetime_secs 86400 " PARTS), MDM_SSM },
	{ "another one with an rsasig rule", "COEX-G1", "p1_nonce_len 40 # SSM\nignore_crls\n{\nlabel INDEXID_1\np1_xform { " RSA " }\n}\n", "p1_nonce_len 20 # SSM\nignore_crls\n{\nlabel INDEXID_1\np1_xform { " RSA " }\n}\n", MDM_SSM },
	{ "no nonce length", "COEX-G1", "p1_lifetime_secs 28800\n" RULE, "p1_lifetime_secs 28800\np1_nonce_len 20\n" RULE, MDM_SSM },
	{ "two nonce lengths", "COEX-G1", MDM("40") "p1_nonce_len 20\n" RULE, MDM("20") RULE, MDM_SSM },
	{ "the same nonce length twice", "COEX-G1", MDM("20") "p1_nonce_len 20\n" RULE, MDM("20") RULE, MDM_SSM },
	{ "what goes with a root", "COEX-G3", "cert_root " SAMPLE_SUBJECT "\ncert_trust " SAMPLE_SUBJECT "\np1_nonce_len 20\np1_lifetime_secs 28800\n" RULE, "cert_root " SAMPLE_SUBJECT "\ncert_trust " SAMPLE_SUBJECT "\np1_nonce_len 20\np1_lifetime_secs 28800\nignore_crls\n" RULE, MDM_TREE },
	{ "lifetime of the file, for MDM", "COEX-G4", "p1_nonce_len 20\n" RULE, "p1_nonce_len 20\np1_lifetime_secs 86400\n" RULE, MDM_SSM, .role = ROLE_MDM },
	{ "lifetime of the file, for SSM", "COEX-G4", "p1_nonce_len 20\n" RULE, "p1_nonce_len 20\np1_lifetime_secs 28800\n" RULE, MDM_SSM, .role = ROLE_SSM },
	{ "lifetime of the file, for a person", "COEX-G4", "p1_nonce_len 20\n" RULE, NULL, MDM_SSM },
	{ "identity type of an MDM rule", "COEX-R2", MDM("20") MDM_RULE("local_id_type dn\n", "p1_lifetime_secs 86400 " PARTS), MDM("20") MDM_RULE("local_id_type ip\n", "p1_lifetime_secs 86400 " PARTS), MDM_SSM },
	{ "identity type of the file", "COEX-R2", MDM("20") "local_id_type dn\n" MDM_RULE("", "p1_lifetime_secs 86400 " PARTS), MDM("20") "local_id_type dn\n" MDM_RULE("local_id_type ip\n", "p1_lifetime_secs 86400 " PARTS), MDM_SSM },
	{ "no local_id", "COEX-R4", MDM_RSA(""), MDM_RSA("local_id " SAMPLE_SUBJECT "\n"), MDM_TREE },
	{ "local_id of a certificate that is gone", "COEX-R4", MDM_RSA("local_id \"CN=gone\"\n"), MDM_RSA("local_id " SAMPLE_SUBJECT "\n"), MDM_TREE },
	{ "the same as SSM", "COEX-R4", MDM_RSA("local_id \"CN=gone\"\n"), MDM_RSA("local_id " SAMPLE_SUBJECT "\n"), MDM_TREE, .role = ROLE_SSM },
	{ "no remote_id", "COEX-R5", "p1_nonce_len 20\n{\nlabel INDEXID_1\np1_xform { " RSA " }\n}\n", NULL, MDM_SSM },
	{ "lifetime of an MDM rule", "COEX-R8", MDM("20") MDM_RULE("", "p1_lifetime_secs 28800 " PARTS), MDM("20") MDM_RULE("local_id_type ip\n", "p1_lifetime_secs 86400 " PARTS), MDM_SSM },
	{ "lifetime of the file in an MDM rule", "COEX-R8", MDM("20") MDM_RULE("local_id_type ip\n", PARTS), MDM("20") MDM_RULE("local_id_type ip\n", PARTS " p1_lifetime_secs 86400"), MDM_SSM },
	{ "inherited", "COEX-R8", "p1_nonce_len 20\np1_lifetime_secs 86400\n" MDM_RULE("local_id_type ip\n", PARTS), "p1_nonce_len 20\np1_lifetime_secs 86400\n" MDM_RULE("local_id_type ip\n", PARTS " p1_lifetime_secs 86400"), MDM_SSM },
	{ "nowhere", "COEX-R8", "p1_nonce_len 20\n" MDM_RULE("local_id_type ip\n", PARTS), "p1_nonce_len 20\n" MDM_RULE("local_id_type ip\n", PARTS " p1_lifetime_secs 86400"), MDM_SSM },
	{ "with the transform of the file", "COEX-R8", MDM("20") "p1_xform { " PARTS " }\n{\nlabel INDEXID_1\nlocal_addr 192.0.2.1\nremote_addr 192.0.2.2\n}\n", NULL, MDM_SSM },

	/* Keys. */
	{ "comment further right", "C08", "  # k\n{\n\t# l\n" TYPED KEY "}\n", "# k\n{\n# l\n" TYPED KEY "}\n", PSK },
	{ "comment behind a field", "C08", "{ # pair\n\tlocalidtype IP # l\n\tlocalid 192.0.2.1\n\tremoteidtype IP\n\tremoteid 192.0.2.2\n" KEY "} # end\n", "# pair\n{\n# l\n\tlocalidtype IP\n\tlocalid 192.0.2.1\n\tremoteidtype IP\n\tremoteid 192.0.2.2\n" KEY "# end\n}\n", PSK },
	{ "comment behind a key, which may be a part of it", "C08", "{\n" TYPED "\tkey 00112233445566778899aabbccddee0f # k\n}\n", NULL, PSK },
	{ "comment of another file", "PSK-L4", "{\n" TYPED KEY "\t// k\n}\n", "{\n" TYPED KEY "# k\n}\n", PSK },
	{ "brace behind a value", "PSK-L7", "{\n\tkey 00112233445566778899aabbccddee0f localidtype IP localid 192.0.2.1 remoteidtype IP remoteid 192.0.2.2}\n", "{\n\tkey 00112233445566778899aabbccddee0f localidtype IP localid 192.0.2.1 remoteidtype IP remoteid 192.0.2.2 }\n", PSK },
	{ "two entries on a line", "PSK-L8", "{\n" TYPED KEY "} {\n\tlocalidtype IP\n\tlocalid 192.0.2.1\n\tremoteidtype IP\n\tremoteid 192.0.2.3\n" KEY "}\n", ENTRY "{\n\tlocalidtype IP\n\tlocalid 192.0.2.1\n\tremoteidtype IP\n\tremoteid 192.0.2.3\n" KEY "}\n", PSK },
	{ "names of in.ikev2d", "PSK-S2", "{\n\tlocal_id_type IP\n\tlocal_addr 192.0.2.1\n\tremote_id_type IP\n\tremote_addr 192.0.2.2\n" KEY "}\n", ENTRY, PSK },
	{ "a field twice", "PSK-S3", "{\n" TYPED "\tlocalid 192.0.2.1\n" KEY "}\n", ENTRY, PSK },
	{ "a field with two values", "PSK-S3", "{\n" TYPED "\tlocalid 192.0.2.3\n" KEY "}\n", NULL, PSK },
	{ "quotes around an address", "PSK-L11", "{\n\tlocalidtype IP\n\tlocalid \"192.0.2.1\"\n\tremoteidtype \"IP\"\n\tremoteid 192.0.2.2\n" KEY "}\n", ENTRY, PSK },
	{ "no types", "PSK-S3", "{\n\tlocalid 192.0.2.1\n\tremoteid 192.0.2.2\n" KEY "}\n", ENTRY, PSK },
	{ "no types, on one line", "PSK-S3", "{ localid 192.0.2.1 remoteid 192.0.2.2 key 00112233445566778899aabbccddee0f }\n", "{ localidtype IP localid 192.0.2.1 remoteidtype IP remoteid 192.0.2.2 key 00112233445566778899aabbccddee0f }\n", PSK },
	{ "another name for an address", "PSK-I1", "{\n\tlocalidtype IPv4\n\tlocalid 192.0.2.1\n\tremoteidtype ipv4\n\tremoteid 192.0.2.2\n" KEY "}\n", ENTRY, PSK },
	{ "a type of the other family", "PSK-I4", "{\n\tlocalidtype IPv6\n\tlocalid 192.0.2.1\n\tremoteidtype IP\n\tremoteid 192.0.2.2\n" KEY "}\n", ENTRY, PSK },
	{ "an address within another", "PSK-I6", "{\n\tlocalidtype IP\n\tlocalid ::ffff:192.0.2.1\n\tremoteidtype IP\n\tremoteid 192.0.2.2\n" KEY "}\n", ENTRY, PSK },
	{ "an address within another, with IPv6 on the other end", "PSK-I6", "{\n\tlocalidtype IP\n\tlocalid ::ffff:192.0.2.1\n\tremoteidtype IP\n\tremoteid 2001:db8::1\n" KEY "}\n", NULL, PSK },
	{ "0x", "PSK-K4", "{\n" TYPED "\tkey 0x00112233445566778899aabbccddee0f\n}\n", ENTRY, PSK },
	{ "the same key twice", "C03", ENTRY "# again\n" ENTRY, ENTRY "# again\n", PSK },
	{ "the same key twice, with something behind it", "C03", ENTRY "{\n" TYPED KEY "} # again\n", NULL, PSK },
	{ "two keys for one pair", "C03", ENTRY "{\n" TYPED "\tkey f0112233445566778899aabbccddee0f\n}\n", NULL, PSK },
	{ "a key in quotes", "PSK-K7", "{\n" TYPED "\tkey \"a long passphrase\"\n}\n", NULL, PSK },
	{ "host bits of a key", "PSK-I8", "{\n\tlocalidtype IP\n\tlocalid 192.0.2.1/24\n\tremoteidtype IP\n\tremoteid 192.0.2.2\n" KEY "}\n", NULL, PSK },

	/* Manual SAs; tests/unit/test_repair_manual.c has more. */
	{ "DOS line ends of commands", "SA-L2", "# one\r\nflush\r\n", "# one\nflush\n", SAS },
	{ "extension in capitals", "SA-L9", "get esp SPI 256 dst 192.0.2.2\n", "get esp spi 256 dst 192.0.2.2\n", SAS },
	{ "old word for an inner address", "SA-4", "get esp spi 256 dst 192.0.2.2 proxy 10.1.0.0/16 idst 10.2.0.0/16\n", "get esp spi 256 dst 192.0.2.2 isrc 10.1.0.0/16 idst 10.2.0.0/16\n", SAS },
};
/* clang-format on */
const size_t repair_sample_count = ARRAY_SIZE(repair_samples);
