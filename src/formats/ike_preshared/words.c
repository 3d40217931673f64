#include "config.h"

#include "formats/ike_preshared/words.h"

#include "base/address.h"
#include "base/i18n.h"

#define IKEV2D   PRESHARED_IN(DIALECT_IKEV2D)
#define ALL      PRESHARED_IN_ALL
#define TYPE     PRESHARED_ARG_TYPE
#define ADDRESS  PRESHARED_ARG_ADDRESS
#define MODE_ARG PRESHARED_ARG_MODE
#define KEY_ARG  PRESHARED_ARG_KEY

/* A table reads best as rows. */
/* clang-format off */
const struct preshared_word_info preshared_words[PRESHARED_WORD_COUNT] = {
	[PRESHARED_LOCALIDTYPE] = { "localidtype", TYPE, .known = ALL, .fallback = "IP",
				    .help = N_(
					    "what kind of identity localid is; IP is the only one in the manual") },
	[PRESHARED_LOCALID] = { "localid", ADDRESS, .known = ALL, .required = true,
				.help = N_(
					"address of this host's end; from Solaris 11 on also a prefix") },
	[PRESHARED_REMOTEIDTYPE] = { "remoteidtype", TYPE, .known = ALL, .fallback = "IP",
				     .help = N_(
					     "what kind of identity remoteid is; IP is the only one in the manual") },
	[PRESHARED_REMOTEID] = { "remoteid", ADDRESS, .known = ALL, .required = true,
				 .help = N_(
					 "address of the peer's end; from Solaris 11 on also a prefix") },
	[PRESHARED_IKE_MODE] = { "ike_mode", MODE_ARG, .known = ALL, .fallback = "main",
				 .help = N_(
					 "the exchange of phase 1; the daemon has main mode alone") },
	[PRESHARED_KEY] = { "key", KEY_ARG, .known = ALL, .required = true,
			    .help = N_(
				    "the key: hexadecimal digits, from Solaris 11 on also 0x in front of them, or text in double quotes") },
#define OTHER_NAME(text, a, usual)                                                                 \
	{                                                                                          \
		text, a, .same_as = usual, .known = IKEV2D,                                        \
			 .help = N_("another name, known to in.ikev2d alone")                      \
	}
	[PRESHARED_LOCAL_ID_TYPE] = OTHER_NAME("local_id_type", TYPE, PRESHARED_LOCALIDTYPE),
	[PRESHARED_LOCAL_ID] = OTHER_NAME("local_id", ADDRESS, PRESHARED_LOCALID),
	[PRESHARED_LOCAL_ADDR] = OTHER_NAME("local_addr", ADDRESS, PRESHARED_LOCALID),
	[PRESHARED_REMOTE_ID_TYPE] = OTHER_NAME("remote_id_type", TYPE, PRESHARED_REMOTEIDTYPE),
	[PRESHARED_REMOTE_ID] = OTHER_NAME("remote_id", ADDRESS, PRESHARED_REMOTEID),
	[PRESHARED_REMOTE_ADDR] = OTHER_NAME("remote_addr", ADDRESS, PRESHARED_REMOTEID),
	[PRESHARED_MODE] = OTHER_NAME("mode", MODE_ARG, PRESHARED_IKE_MODE),
#undef OTHER_NAME
	[PRESHARED_TYPE_IP] = { "IP", .set = TYPE, .known = ALL,
				.help = N_("an IPv4 or IPv6 address") },
	[PRESHARED_TYPE_IPV4] = { "IPv4", .set = TYPE, .known = IKEV2D, .family = IP_V4,
				  .help = N_("an IPv4 address; in.ikev2d alone") },
	[PRESHARED_TYPE_IPV6] = { "IPv6", .set = TYPE, .known = IKEV2D, .family = IP_V6,
				  .help = N_("an IPv6 address; in.ikev2d alone") },
	[PRESHARED_TYPE_IP_SUBNET] = { "IP_SUBNET", .set = TYPE, .same_as = PRESHARED_TYPE_IP,
				       .known = IKEV2D,
				       .help = N_("the same as IP; in.ikev2d alone") },
	[PRESHARED_TYPE_IPV4_SUBNET] = { "IPv4_SUBNET", .set = TYPE, .same_as = PRESHARED_TYPE_IPV4,
					 .known = IKEV2D, .family = IP_V4,
					 .help = N_("the same as IPv4; in.ikev2d alone") },
	[PRESHARED_TYPE_IPV6_SUBNET] = { "IPv6_SUBNET", .set = TYPE, .same_as = PRESHARED_TYPE_IPV6,
					 .known = IKEV2D, .family = IP_V6,
					 .help = N_("the same as IPv6; in.ikev2d alone") },
#define IKEADM_TYPE(text)                                                                            \
	{                                                                                            \
		text, .set = TYPE,                                                                   \
		      .help = N_(                                                                    \
			      "a type of ikeadm(8); a preshared key can be tied to addresses alone") \
	}
	[PRESHARED_TYPE_PREFIX] = IKEADM_TYPE("prefix"),
	[PRESHARED_TYPE_IPV4_PREFIX] = IKEADM_TYPE("ipv4-prefix"),
	[PRESHARED_TYPE_IPV6_PREFIX] = IKEADM_TYPE("ipv6-prefix"),
	[PRESHARED_TYPE_SUBNET] = IKEADM_TYPE("subnet"),
	[PRESHARED_TYPE_SUBNETV4] = IKEADM_TYPE("subnetv4"),
	[PRESHARED_TYPE_SUBNETV6] = IKEADM_TYPE("subnetv6"),
	[PRESHARED_TYPE_IPV4_RANGE] = IKEADM_TYPE("ipv4-range"),
	[PRESHARED_TYPE_IPV6_RANGE] = IKEADM_TYPE("ipv6-range"),
	[PRESHARED_TYPE_RANGEV4] = IKEADM_TYPE("rangev4"),
	[PRESHARED_TYPE_RANGEV6] = IKEADM_TYPE("rangev6"),
	[PRESHARED_TYPE_FQDN] = IKEADM_TYPE("fqdn"),
	[PRESHARED_TYPE_DNS] = IKEADM_TYPE("dns"),
	[PRESHARED_TYPE_DOMAIN] = IKEADM_TYPE("domain"),
	[PRESHARED_TYPE_DOMAINNAME] = IKEADM_TYPE("domainname"),
	[PRESHARED_TYPE_USER_FQDN] = IKEADM_TYPE("user_fqdn"),
	[PRESHARED_TYPE_MBOX] = IKEADM_TYPE("mbox"),
	[PRESHARED_TYPE_MAILBOX] = IKEADM_TYPE("mailbox"),
	[PRESHARED_TYPE_DN] = IKEADM_TYPE("dn"),
	[PRESHARED_TYPE_ASN1DN] = IKEADM_TYPE("asn1dn"),
	[PRESHARED_TYPE_GN] = IKEADM_TYPE("gn"),
	[PRESHARED_TYPE_ASN1GN] = IKEADM_TYPE("asn1gn"),
	[PRESHARED_TYPE_KEYID] = IKEADM_TYPE("keyid"),
#undef IKEADM_TYPE
	[PRESHARED_MODE_MAIN] = { "main", .set = MODE_ARG, .known = ALL,
				  .help = N_("main mode, which protects the identities") },
	[PRESHARED_MODE_AGGRESSIVE] = { "aggressive", .set = MODE_ARG,
					.help = N_(
						"a mode of ikeadm(8) that the daemon does not have") },
	[PRESHARED_MODE_BOTH] = { "both", .set = MODE_ARG,
				  .help = N_("a mode of ikeadm(8) that the daemon does not have") },
};
/* clang-format on */

enum preshared_word preshared_word_canonical(enum preshared_word word)
{
	return preshared_words[word].same_as != 0
		       ? (enum preshared_word)preshared_words[word].same_as
		       : word;
}

/* Letters of ASCII alone: the daemon does not know this process's locale. */
static inline int lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static inline bool is_named(enum preshared_word word, const char *name, size_t len)
{
	const char *own = preshared_words[word].name;
	size_t i;

	if (len == 0 || lower(own[0]) != lower(name[0]))
		return false;
	for (i = 1; i < len; i++)
		if (lower(own[i]) != lower(name[i]) || own[i] == '\0')
			return false;
	return own[len] == '\0';
}

enum preshared_word preshared_field_find(const char *name, size_t len)
{
	enum preshared_word word;

	/* Half of what is looked for are addresses. */
	if (len == 0 || (name[0] >= '0' && name[0] <= '9'))
		return PRESHARED_NO_WORD;
	for (word = 1; word < PRESHARED_NAME_COUNT; word++)
		if (is_named(word, name, len))
			return word;
	return PRESHARED_NO_WORD;
}

enum preshared_word preshared_value_find(const char *name, size_t len, enum preshared_arg set)
{
	enum preshared_word word;

	if (set != PRESHARED_ARG_TYPE && set != PRESHARED_ARG_MODE)
		return PRESHARED_NO_WORD;
	for (word = PRESHARED_NAME_COUNT; word < PRESHARED_WORD_COUNT; word++)
		if (preshared_words[word].set == set && is_named(word, name, len))
			return word;
	return PRESHARED_NO_WORD;
}
