#include "config.h"

#include "formats/ike_config/words.h"

#include <string.h>

#include "base/i18n.h"

#define IN(d)      IKE_IN(DIALECT_##d)
#define NOT_SOL9   (IKE_IN_ALL & ~IN(SOL9))
#define SINCE_11   (IN(SOL11) | IN(SOL114) | IN(ILLUMOS) | IN(IKEV2D))
#define NOT_SOL114 (IKE_IN_ALL & ~IN(SOL114))
#define MAX_U32    0xffffffffu

#define FILE_LEVEL IKE_SCOPE_FILE
#define IN_RULE    IKE_SCOPE_RULE
#define IN_XFORM   IKE_SCOPE_XFORM
#define SECONDS    .unit = N_("seconds")
#define KILOBYTES  .unit = N_("kilobytes")
#define BYTES      .unit = N_("bytes")

/* A table reads best as rows. */
/* clang-format off */
const struct ike_word_info ike_words[IKE_WORD_COUNT] = {
	[IKE_CERT_ROOT] = { "cert_root", FILE_LEVEL, IKE_ARG_SELECTOR, IKE_ADDS_UP,
		.help = N_("a root certificate authority that is trusted; it must be in publickeys and needs a revocation list unless ignore_crls is set") },
	[IKE_CERT_TRUST] = { "cert_trust", FILE_LEVEL, IKE_ARG_SELECTOR, IKE_ADDS_UP,
		.help = N_("a certificate that is trusted by itself: self-signed, or checked by a person") },
	[IKE_EXPIRE_TIMER] = { "expire_timer", FILE_LEVEL, IKE_ARG_NUMBER, .min = 1, .max = MAX_U32, SECONDS, .fallback = "300",
		.help = N_("how long a half-open phase 1 negotiation may take") },
	[IKE_IGNORE_CRLS] = { "ignore_crls", FILE_LEVEL, IKE_ARG_NONE, IKE_FLAG,
		.help = N_("certificates issued by a cert_root are not looked up in revocation lists") },
	[IKE_LDAP_SERVER] = { "ldap_server", FILE_LEVEL, IKE_ARG_STRING, IKE_ADDS_UP,
		.help = N_("directory servers to ask for certificates: host[:port], separated by commas") },
	[IKE_PKCS11_PATH] = { "pkcs11_path", FILE_LEVEL, IKE_ARG_STRING, .fallback = "libpkcs11.so",
		.help = N_("the PKCS#11 library for keys on tokens") },
	[IKE_RETRY_LIMIT] = { "retry_limit", FILE_LEVEL, IKE_ARG_NUMBER, .max = MAX_U32, .fallback = "5",
		.help = N_("how often a message is sent again before the negotiation is given up") },
	[IKE_RETRY_TIMER_INIT] = { "retry_timer_init", FILE_LEVEL, IKE_ARG_REAL, SECONDS, .fallback = "0.5",
		.help = N_("the time before a message is sent again for the first time; it doubles each time") },
	[IKE_RETRY_TIMER_MAX] = { "retry_timer_max", FILE_LEVEL, IKE_ARG_REAL, SECONDS, .fallback = "30",
		.help = N_("the longest time between two sendings of a message") },
	[IKE_PROXY] = { "proxy", FILE_LEVEL, IKE_ARG_STRING,
		.help = N_("the HTTP proxy for addresses found in certificates, as a quoted URL") },
	[IKE_SOCKS] = { "socks", FILE_LEVEL, IKE_ARG_STRING,
		.help = N_("the SOCKS relay for addresses found in certificates, as a quoted URL") },
	[IKE_USE_HTTP] = { "use_http", FILE_LEVEL, IKE_ARG_NONE, IKE_FLAG,
		.help = N_("revocation lists are fetched by HTTP from where the certificates say") },
	[IKE_MAX_CERTS] = { "max_certs", FILE_LEVEL, IKE_ARG_NUMBER, .min = 1, .max = MAX_U32, .undocumented = true,
		.help = N_("how many certificates the daemon keeps; in no manual") },
	[IKE_NAT_T_PORT] = { "nat_t_port", FILE_LEVEL, IKE_ARG_NUMBER, .min = 1, .max = 65535, .undocumented = true,
		.help = N_("the UDP port for peers behind a NAT; in no manual") },
	[IKE_LABEL_AWARE] = { "label_aware", FILE_LEVEL, IKE_ARG_NONE, IKE_FLAG,
		.help = N_("security associations carry Trusted Extensions labels") },
	[IKE_P1_NONCE_LEN] = { "p1_nonce_len", FILE_LEVEL, IKE_ARG_NUMBER, .min = 8, .max = 256, BYTES,
		.help = N_("length of the nonce in phase 1; an MSS needs 20") },
	[IKE_P2_NONCE_LEN] = { "p2_nonce_len", FILE_LEVEL, IKE_ARG_NUMBER, .min = 8, .max = 256, BYTES,
		.help = N_("length of the nonce in phase 2") },
	[IKE_P1_LIFETIME_SECS] = { "p1_lifetime_secs", FILE_LEVEL | IN_XFORM, IKE_ARG_NUMBER, .min = 1, .max = MAX_U32, SECONDS,
		.help = N_("lifetime of a phase 1 SA; a transform's own value goes before the file's") },
	[IKE_P2_LIFETIME_SECS] = { "p2_lifetime_secs", FILE_LEVEL | IN_RULE, IKE_ARG_NUMBER, .min = 1, .max = MAX_U32, SECONDS,
		.help = N_("lifetime of a phase 2 SA; a rule's own value goes before the file's") },
	[IKE_P2_SOFTLIFE_SECS] = { "p2_softlife_secs", FILE_LEVEL | IN_RULE, IKE_ARG_NUMBER, .min = 1, .max = MAX_U32, SECONDS,
		.help = N_("when a phase 2 SA is renewed; 90 % of its lifetime where it is not set") },
	[IKE_P2_IDLETIME_SECS] = { "p2_idletime_secs", FILE_LEVEL | IN_RULE, IKE_ARG_NUMBER, .min = 1, .max = MAX_U32, .known = SINCE_11, SECONDS,
		.help = N_("how long a phase 2 SA may be unused before it goes") },
	[IKE_P2_LIFETIME_KB] = { "p2_lifetime_kb", FILE_LEVEL | IN_RULE, IKE_ARG_NUMBER, .min = 1, .max = MAX_U32, KILOBYTES,
		.help = N_("how much a phase 2 SA may carry") },
	[IKE_P2_SOFTLIFE_KB] = { "p2_softlife_kb", FILE_LEVEL | IN_RULE, IKE_ARG_NUMBER, .min = 1, .max = MAX_U32, KILOBYTES,
		.help = N_("after how much a phase 2 SA is renewed; 90 % of p2_lifetime_kb where it is not set") },
	[IKE_P2_PFS] = { "p2_pfs", FILE_LEVEL | IN_RULE, IKE_ARG_PFS, .fallback = "0",
		.help = N_("Diffie-Hellman group for perfect forward secrecy in phase 2; 0 is none") },
	[IKE_LOCAL_ID_TYPE] = { "local_id_type", FILE_LEVEL | IN_RULE, IKE_ARG_ENUM,
		.help = N_("which identity is sent to the peer: ip with preshared keys, dn for a certificate's distinguished name") },
	[IKE_P1_XFORM] = { "p1_xform", FILE_LEVEL | IN_RULE, IKE_ARG_XFORM, IKE_ADDS_UP,
		.help = N_("a proposal for phase 1; a rule's own proposals replace the file's") },
	[IKE_P1_SOFTLIFE_SECS] = { "p1_softlife_secs", FILE_LEVEL | IN_RULE, IKE_ARG_NUMBER, .min = 1, .max = MAX_U32, .known = IN(IKEV2D), SECONDS,
		.help = N_("when a phase 1 SA is renewed; in.ikev2d alone") },
	[IKE_P1_HARDLIFE_SECS] = { "p1_hardlife_secs", FILE_LEVEL | IN_RULE, IKE_ARG_NUMBER, .min = 1, .max = MAX_U32, .known = IN(IKEV2D), SECONDS,
		.help = N_("lifetime of a phase 1 SA; in.ikev2d alone") },
	[IKE_P1_MODE] = { "p1_mode", FILE_LEVEL | IN_RULE, IKE_ARG_ANY, .undocumented = true,
		.help = N_("the exchange of phase 1; in no manual, and the daemon has main mode alone") },
	[IKE_LABEL] = { "label", IN_RULE, IKE_ARG_LABEL, .max = 255,
		.help = N_("the rule's name; no other rule of the file may have it") },
	[IKE_LOCAL_ADDR] = { "local_addr", IN_RULE, IKE_ARG_ADDRESS, IKE_ADDS_UP,
		.help = N_("address, prefix or range of this host's end") },
	[IKE_REMOTE_ADDR] = { "remote_addr", IN_RULE, IKE_ARG_ADDRESS, IKE_ADDS_UP,
		.help = N_("address, prefix or range of the peer's end") },
	[IKE_LOCAL_ID] = { "local_id", IN_RULE, IKE_ARG_SELECTOR, IKE_FIRST,
		.help = N_("which certificate is this host's own") },
	[IKE_REMOTE_ID] = { "remote_id", IN_RULE, IKE_ARG_SELECTOR, IKE_ADDS_UP,
		.help = N_("which certificate the peer may have; \"\" accepts any") },
	[IKE_IMMEDIATE] = { "immediate", IN_RULE, IKE_ARG_NONE, IKE_FLAG, .known = IN(IKEV2D),
		.help = N_("negotiate at once; in.ikev2d alone") },
	[IKE_AUTH_METHOD] = { "auth_method", IN_XFORM, IKE_ARG_ENUM,
		.help = N_("how the peers prove who they are") },
	[IKE_OAKLEY_GROUP] = { "oakley_group", IN_XFORM, IKE_ARG_GROUP,
		.help = N_("Diffie-Hellman group of phase 1") },
	[IKE_ENCR_ALG] = { "encr_alg", IN_XFORM, IKE_ARG_ENCR,
		.help = N_("cipher of phase 1; aes may have a range of key sizes, aes(128..256)") },
	[IKE_AUTH_ALG] = { "auth_alg", IN_XFORM, IKE_ARG_ENUM, .help = N_("hash of phase 1") },
	[IKE_SINGLE_LABEL] = { "single_label", IN_XFORM, IKE_ARG_NONE, IKE_FLAG, .undocumented = true,
		.help = N_("the peer does not negotiate Trusted Extensions labels") },
	[IKE_MULTI_LABEL] = { "multi_label", IN_XFORM, IKE_ARG_NONE, IKE_FLAG, .undocumented = true,
		.help = N_("the peer negotiates Trusted Extensions labels") },
	[IKE_WIRE_LABEL] = { "wire_label", IN_XFORM, IKE_ARG_WIRE, .undocumented = true,
		.help = N_("the Trusted Extensions label on the wire") },
#define METHOD(text, h) { text, .set = IKE_AUTH_METHOD, .known = IKE_IN_ALL, .help = h }
	[IKE_PRESHARED] = METHOD("preshared", N_("a key that both ends have in ike.preshared")),
	[IKE_RSA_SIG] = METHOD("rsa_sig", N_("RSA signatures with certificates")),
	[IKE_RSA_ENCRYPT] = { "rsa_encrypt", .set = IKE_AUTH_METHOD, .known = IKE_IN_ALL & ~IN(IKEV2D),
		.help = N_("RSA encryption; each end must hold the other's certificate") },
	[IKE_DSS_SIG] = METHOD("dss_sig", N_("DSA signatures with certificates")),
#undef METHOD
	[IKE_DES] = { "des", .set = IKE_ENCR_ALG, .known = NOT_SOL114, .weak = true,
		.help = N_("56 bits") },
	[IKE_DES_CBC] = { "des-cbc", .set = IKE_ENCR_ALG, .same_as = IKE_DES, .known = NOT_SOL114, .weak = true },
	[IKE_3DES] = { "3des", .set = IKE_ENCR_ALG, .known = IKE_IN_ALL,
		.help = N_("112 bits of strength") },
	[IKE_3DES_CBC] = { "3des-cbc", .set = IKE_ENCR_ALG, .same_as = IKE_3DES, .known = IKE_IN_ALL },
	[IKE_BLOWFISH] = { "blowfish", .set = IKE_ENCR_ALG, .known = NOT_SOL114, .weak = true,
		.help = N_("blocks of 64 bits") },
	[IKE_BLOWFISH_CBC] = { "blowfish-cbc", .set = IKE_ENCR_ALG, .same_as = IKE_BLOWFISH, .known = NOT_SOL114, .weak = true },
	[IKE_BLOWFISH_CDC] = { "blowfish-cdc", .set = IKE_ENCR_ALG, .same_as = IKE_BLOWFISH, .known = NOT_SOL114, .weak = true },
	[IKE_AES] = { "aes", .set = IKE_ENCR_ALG, .known = NOT_SOL9, .unsure = IN(SOL9),
		.help = N_("128 to 256 bits") },
	[IKE_AES_CBC] = { "aes-cbc", .set = IKE_ENCR_ALG, .same_as = IKE_AES, .known = NOT_SOL9, .unsure = IN(SOL9) },
	[IKE_AES_CCM] = { "aes-ccm", .set = IKE_ENCR_ALG, .known = IN(IKEV2D),
		.help = N_("in.ikev2d alone") },
	[IKE_AES_GCM] = { "aes-gcm", .set = IKE_ENCR_ALG, .known = IN(IKEV2D),
		.help = N_("in.ikev2d alone") },
	[IKE_MD5] = { "md5", .set = IKE_AUTH_ALG, .known = NOT_SOL114, .weak = true,
		.help = N_("128 bits, broken") },
	[IKE_SHA] = { "sha", .set = IKE_AUTH_ALG, .same_as = IKE_SHA1, .known = IKE_IN_ALL },
	[IKE_SHA1] = { "sha1", .set = IKE_AUTH_ALG, .known = IKE_IN_ALL, .help = N_("160 bits") },
	[IKE_SHA256] = { "sha256", .set = IKE_AUTH_ALG, .known = SINCE_11, .unsure = IN(SOL10),
		.help = N_("256 bits") },
	[IKE_SHA384] = { "sha384", .set = IKE_AUTH_ALG, .known = SINCE_11, .unsure = IN(SOL10),
		.help = N_("384 bits") },
	[IKE_SHA512] = { "sha512", .set = IKE_AUTH_ALG, .known = SINCE_11, .unsure = IN(SOL10),
		.help = N_("512 bits") },
#define ID_TYPE(text, canonical) { text, .set = IKE_LOCAL_ID_TYPE, .same_as = canonical, .known = IKE_IN_ALL }
	[IKE_ID_DN] = ID_TYPE("dn", 0),
	[IKE_ID_DN_UPPER] = ID_TYPE("DN", IKE_ID_DN),
	[IKE_ID_DNS] = ID_TYPE("dns", IKE_ID_FQDN),
	[IKE_ID_DNS_UPPER] = ID_TYPE("DNS", IKE_ID_FQDN),
	[IKE_ID_FQDN] = ID_TYPE("fqdn", 0),
	[IKE_ID_FQDN_UPPER] = ID_TYPE("FQDN", IKE_ID_FQDN),
	[IKE_ID_GN] = ID_TYPE("gn", 0),
	[IKE_ID_GN_UPPER] = ID_TYPE("GN", IKE_ID_GN),
	[IKE_ID_IP] = ID_TYPE("ip", 0),
	[IKE_ID_IP_UPPER] = ID_TYPE("IP", IKE_ID_IP),
	[IKE_ID_IPV4] = ID_TYPE("ipv4", 0),
	[IKE_ID_IPV4_PREFIX] = ID_TYPE("ipv4_prefix", 0),
	[IKE_ID_IPV4_RANGE] = ID_TYPE("ipv4_range", 0),
	[IKE_ID_IPV6] = ID_TYPE("ipv6", 0),
	[IKE_ID_IPV6_PREFIX] = ID_TYPE("ipv6_prefix", 0),
	[IKE_ID_IPV6_RANGE] = ID_TYPE("ipv6_range", 0),
	[IKE_ID_MBOX] = ID_TYPE("mbox", 0),
	[IKE_ID_MBOX_UPPER] = ID_TYPE("MBOX", IKE_ID_MBOX),
	[IKE_ID_USER_FQDN] = ID_TYPE("user_fqdn", IKE_ID_MBOX),
#undef ID_TYPE
};
/* clang-format on */

#define OLDEST    (IKE_IN_ALL & ~IN(SOL114))
#define SOL10_ON  (IKE_IN_ALL & ~IN(SOL9))
#define OPEN_ONES (IN(ILLUMOS) | IN(IKEV2D))
#define CURVES    (IN(SOL11) | IN(SOL114) | OPEN_ONES)

const struct ike_group ike_groups[] = {
	{ 1, OLDEST, true, true, N_("768-bit MODP"), "modp768" },
	{ 2, IKE_IN_ALL, true, true, N_("1024-bit MODP"), "modp1024" },
	{ 3, OPEN_ONES, false, true, N_("155-bit EC2N") },
	{ 4, OPEN_ONES, false, true, N_("185-bit EC2N") },
	{ 5, IKE_IN_ALL, true, false, N_("1536-bit MODP"), "modp1536" },
	{ 14, SOL10_ON, true, false, N_("2048-bit MODP"), "modp2048" },
	{ 15, SOL10_ON, true, false, N_("3072-bit MODP"), "modp3072" },
	{ 16, SOL10_ON, true, false, N_("4096-bit MODP"), "modp4096" },
	{ 17, OPEN_ONES, false, false, N_("6144-bit MODP"), "modp6144" },
	{ 18, OPEN_ONES, false, false, N_("8192-bit MODP"), "modp8192" },
	{ 19, CURVES, false, false, N_("256-bit elliptic curve"), "ecp256" },
	{ 20, CURVES, false, false, N_("384-bit elliptic curve"), "ecp384" },
	{ 21, CURVES, false, false, N_("521-bit elliptic curve"), "ecp521" },
	{ 22, OPEN_ONES, false, true, N_("1024-bit MODP with a 160-bit subgroup") },
	{ 23, OPEN_ONES, false, false, N_("2048-bit MODP with a 224-bit subgroup") },
	{ 24, OPEN_ONES, false, false, N_("2048-bit MODP with a 256-bit subgroup") },
	{ 25, OPEN_ONES, false, false, N_("192-bit elliptic curve") },
	{ 26, OPEN_ONES, false, false, N_("224-bit elliptic curve") },
	{ 27, IN(IKEV2D), false, false, N_("224-bit Brainpool curve") },
	{ 28, IN(IKEV2D), false, false, N_("256-bit Brainpool curve") },
	{ 29, IN(IKEV2D), false, false, N_("384-bit Brainpool curve") },
	{ 30, IN(IKEV2D), false, false, N_("512-bit Brainpool curve") },
};
const size_t ike_group_count = sizeof ike_groups / sizeof *ike_groups;

enum ike_word ike_value_canonical(enum ike_word value)
{
	return ike_words[value].same_as != 0 ? (enum ike_word)ike_words[value].same_as : value;
}

enum ike_word ike_word_find(const char *name, size_t len)
{
	int word;

	for (word = 1; word < IKE_WORD_COUNT; word++)
		if (strlen(ike_words[word].name) == len &&
		    memcmp(ike_words[word].name, name, len) == 0)
			return (enum ike_word)word;
	return IKE_NO_WORD;
}

/* The rows are in the order of their numbers with one gap, from 5 to 14. */
const struct ike_group *ike_group_find_name(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < ike_group_count; i++)
		if (ike_groups[i].name != NULL && strlen(ike_groups[i].name) == len &&
		    memcmp(ike_groups[i].name, name, len) == 0)
			return &ike_groups[i];
	return NULL;
}

const struct ike_group *ike_group_find(uint32_t number)
{
	size_t row = number >= 14 ? number - 9 : number - 1;

	if (number == 0 || row >= ike_group_count || ike_groups[row].number != number)
		return NULL;
	return &ike_groups[row];
}
