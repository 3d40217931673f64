#include "config.h"

#include "pki/pki.h"

#include "base/i18n.h"
#include "base/xalloc.h"

bool pki_content_is_key(enum pki_content content)
{
	return content >= PKI_KEY_PKCS8 && content <= PKI_KEY_OPENSSH;
}

const char *pki_state_name(enum pki_state state)
{
	static const char *const names[PKI_STATE_COUNT] = {
		[PKI_OK] = "ok",         [PKI_ENCRYPTED] = "encrypted", [PKI_OPAQUE] = "opaque",
		[PKI_BROKEN] = "broken", [PKI_WRONG] = "wrong-format",
	};

	return names[state];
}

const char *pki_algorithm_name(enum pki_algorithm algorithm)
{
	static const char *const names[PKI_ALGORITHM_COUNT] = {
		[PKI_NO_KEY] = "",     [PKI_RSA] = "rsa", [PKI_RSA_PSS] = "rsa-pss",
		[PKI_DSA] = "dsa",     [PKI_EC] = "ec",   [PKI_ED25519] = "ed25519",
		[PKI_ED448] = "ed448", [PKI_DH] = "dh",   [PKI_OTHER_KEY] = "other",
	};

	return names[algorithm];
}

const char *pki_encoding_name(enum pki_encoding encoding)
{
	static const char *const names[] = {
		[PKI_NO_ENCODING] = "", [PKI_DER] = "der", [PKI_PEM] = "pem"
	};

	return names[encoding];
}

const char *pki_content_title(enum pki_content content)
{
	static const char *const titles[PKI_CONTENT_COUNT] = {
		[PKI_UNKNOWN] = N_("something unknown"),
		[PKI_CERTIFICATE] = N_("a certificate"),
		[PKI_REVOCATION_LIST] = N_("a revocation list"),
		[PKI_REQUEST] = N_("a certificate request"),
		[PKI_KEY_PKCS8] = N_("a private key in PKCS#8"),
		[PKI_KEY_PKCS8_ENCRYPTED] = N_("an encrypted private key"),
		[PKI_KEY_RSA] = N_("an RSA private key in PKCS#1"),
		[PKI_KEY_EC] = N_("an elliptic curve private key"),
		[PKI_KEY_DSA] = N_("a DSA private key"),
		[PKI_KEY_OPENSSH] = N_("a private key in the format of OpenSSH"),
		[PKI_PUBLIC_KEY] = N_("a public key"),
		[PKI_PARAMETERS] = N_("parameters of a key"),
		[PKI_PKCS7] = N_("a PKCS#7 bundle"),
		[PKI_PKCS12] = N_("a PKCS#12 bundle"),
		[PKI_OTHER] = N_("a PEM block of another kind"),
	};

	return _(titles[content]);
}

const char *pki_name_tag_name(enum pki_name_tag tag)
{
	static const char *const names[PKI_NAME_TAG_COUNT] = {
		[PKI_NAME_IP] = "IP",       [PKI_NAME_DNS] = "DNS", [PKI_NAME_EMAIL] = "EMAIL",
		[PKI_NAME_URI] = "URI",     [PKI_NAME_DN] = "DN",   [PKI_NAME_RID] = "RID",
		[PKI_NAME_OTHER] = "OTHER",
	};

	return names[tag];
}

const char *pki_usage_name(unsigned bit)
{
	static const char *const names[PKI_USAGE_COUNT] = {
		"DigitalSignature", "NonRepudiation", "KeyEncipherment",
		"DataEncipherment", "KeyAgreement",   "KeyCertSign",
		"CRLSign",          "EncipherOnly",   "DecipherOnly",
	};

	return names[bit];
}

const char *pki_revoked_title(unsigned reason)
{
	static const char *const titles[] = {
		[1] = N_("the key was compromised"),
		[2] = N_("the authority was compromised"),
		[3] = N_("its holder's affiliation changed"),
		[4] = N_("it was superseded"),
		[5] = N_("it is no longer used"),
		[6] = N_("it is on hold"),
		[8] = N_("it is no longer revoked"),
		[9] = N_("a privilege was withdrawn"),
		[10] = N_("the attribute authority was compromised"),
	};

	if (reason >= ARRAY_SIZE(titles) || titles[reason] == NULL)
		return _("no reason is given");
	return _(titles[reason]);
}

/* What was asked for, in a sentence about something else. */
static const char *kind_title(enum pki_kind kind)
{
	static const enum pki_content contents[PKI_KIND_COUNT] = {
		[PKI_CERT] = PKI_CERTIFICATE, [PKI_CRL] = PKI_REVOCATION_LIST
	};

	return kind == PKI_KEY ? _("a private key") : pki_content_title(contents[kind]);
}

/* Sentences without a number or a name in them. */
static const char *const sentences[PKI_REASON_COUNT] = {
	[PKI_REASON_NONE] = N_("it could be read"),
	[PKI_REASON_EMPTY] = N_("the file is empty"),
	[PKI_REASON_NO_END] = N_("the END line of its PEM block is missing"),
	[PKI_REASON_BASE64] = N_("the lines of its PEM block are not base64"),
	[PKI_REASON_ALGORITHM] = N_("it is a private key for an algorithm that is not known here"),
	[PKI_REASON_PASSPHRASE] = N_("the private key is protected by a passphrase"),
	[PKI_REASON_PRIVATE_KEY] = N_("a private key stands in the same file"),
	[PKI_REASON_EXTENSION] = N_("one of its extensions is damaged and not regarded"),
};

void pki_describe(const struct pki_head *head, struct strbuf *sb)
{
	unsigned long long arg = head->arg;
	unsigned long plural = arg < 1000000 ? (unsigned long)arg : 1000000;

	switch (head->reason) {
	case PKI_REASON_TRUNCATED:
		strbuf_addf(sb,
			    ngettext("it is cut off: the last byte is missing",
				     "it is cut off: the last %llu bytes are missing", plural),
			    arg);
		break;
	case PKI_REASON_TOO_LARGE:
		strbuf_addf(sb, _("it is larger than %llu bytes, and so is not %s"), arg,
			    kind_title(head->kind));
		break;
	case PKI_REASON_DAMAGED:
		strbuf_addf(sb, _("it begins as %s does, but is damaged"), kind_title(head->kind));
		break;
	case PKI_REASON_FORMAT:
		strbuf_addf(sb, _("it is in a format that is not known here: not %s in DER or PEM"),
			    kind_title(head->kind));
		break;
	case PKI_REASON_CONTENT:
		strbuf_addf(sb, _("it holds %s where %s belongs"), pki_content_title(head->content),
			    kind_title(head->kind));
		break;
	case PKI_REASON_SEVERAL:
		strbuf_addf(sb,
			    ngettext("it holds %llu PEM block; only the first that fits is read",
				     "it holds %llu PEM blocks; only the first that fits is read",
				     plural),
			    arg);
		break;
	case PKI_REASON_EXTRA:
		strbuf_addf(sb,
			    ngettext("%llu byte stands beside %s", "%llu bytes stand beside %s",
				     plural),
			    arg, kind_title(head->kind));
		break;
	default:
		strbuf_addstr(sb, _(sentences[head->reason]));
	}
}
