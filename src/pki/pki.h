/*
 * Certificates, private keys and revocation lists: what the files of ike/publickeys,
 * secret/ike.privatekeys and ike/crls hold, as rows.
 *
 *	const struct pki *pki = pki_open(&err);
 *	struct pki_cert cert;
 *
 *	pki->cert_read(blob.data, blob.len, &cert);
 *	...
 *	pki_cert_release(&cert);
 *
 * A reader takes the content of one file and always gives a row: a file that is empty, cut off,
 * damaged, or something else altogether is a row with a state and a reason. No reader asks for a
 * passphrase, and none looks at the environment or at OpenSSL's configuration.
 *
 * Reading needs OpenSSL, whose library takes longer to load than all else that a check does. So
 * its functions are one table, which pki_open loads when it is first needed. Everything else here
 * is linked into the program.
 */
#ifndef PKI_PKI_H
#define PKI_PKI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"

/* What a file is expected to hold. */
enum pki_kind { PKI_CERT, PKI_KEY, PKI_CRL, PKI_KIND_COUNT };

enum pki_state {
	PKI_OK,        /* read; a reason is a remark */
	PKI_ENCRYPTED, /* a private key behind a passphrase */
	PKI_OPAQUE,    /* bytes of a format that is not known, such as Solaris' own for keys */
	PKI_BROKEN,    /* the format is known, the content is damaged */
	PKI_WRONG,     /* something else than expected; see head.content */
	PKI_STATE_COUNT
};

enum pki_encoding { PKI_NO_ENCODING, PKI_DER, PKI_PEM };

/* What a file holds, as far as it can be told without reading it in full. */
enum pki_content {
	PKI_UNKNOWN,
	PKI_CERTIFICATE,
	PKI_REVOCATION_LIST,
	PKI_REQUEST,
	PKI_KEY_PKCS8,
	PKI_KEY_PKCS8_ENCRYPTED,
	PKI_KEY_RSA, /* PKCS#1 */
	PKI_KEY_EC,  /* SEC 1 */
	PKI_KEY_DSA, /* OpenSSL's old form */
	PKI_KEY_OPENSSH,
	PKI_PUBLIC_KEY,
	PKI_PARAMETERS,
	PKI_PKCS7,
	PKI_PKCS12,
	PKI_OTHER, /* PEM with a label that we do not know */
	PKI_CONTENT_COUNT
};

/* Why the state is what it is, or what is to be remarked about a file that was read. */
enum pki_reason {
	PKI_REASON_NONE,
	/* PKI_BROKEN */
	PKI_REASON_EMPTY,     /* no bytes */
	PKI_REASON_TRUNCATED, /* DER that lacks its last arg bytes */
	PKI_REASON_NO_END,    /* PEM without its END line */
	PKI_REASON_BASE64,    /* PEM whose lines are not base64 */
	PKI_REASON_DAMAGED,   /* the inner structure does not hold */
	PKI_REASON_TOO_LARGE, /* arg: how many bytes are read at most */
	/* PKI_OPAQUE */
	PKI_REASON_FORMAT,    /* neither DER nor PEM */
	PKI_REASON_ALGORITHM, /* a private key of an algorithm that is not known */
	/* PKI_WRONG */
	PKI_REASON_CONTENT,
	/* PKI_ENCRYPTED */
	PKI_REASON_PASSPHRASE,
	/* PKI_OK */
	PKI_REASON_PRIVATE_KEY, /* a private key stands beside what was asked for */
	PKI_REASON_SEVERAL,     /* arg PEM blocks, of which the first one that fits was read */
	PKI_REASON_EXTRA,       /* arg bytes stand beside it */
	PKI_REASON_EXTENSION,   /* an extension is damaged and counts as absent */
	PKI_REASON_COUNT
};

/* The beginning of each row. */
struct pki_head {
	uint8_t kind;     /* enum pki_kind: what was asked for */
	uint8_t state;    /* enum pki_state */
	uint8_t reason;   /* enum pki_reason */
	uint8_t encoding; /* enum pki_encoding */
	uint8_t content;  /* enum pki_content */
	uint64_t arg;     /* of the reason */
};

enum pki_algorithm {
	PKI_NO_KEY,
	PKI_RSA,
	PKI_RSA_PSS,
	PKI_DSA,
	PKI_EC,
	PKI_ED25519,
	PKI_ED448,
	PKI_DH,
	PKI_OTHER_KEY,
	PKI_ALGORITHM_COUNT
};

/* A public key, or the public half of a private one. */
struct pki_pubkey {
	uint8_t algorithm; /* enum pki_algorithm; PKI_NO_KEY where it could not be read */
	uint32_t bits;     /* 0: not known */
	char *curve;       /* of PKI_EC: its name, NULL where it has none */
	/*
	 * SHA-256 of its SubjectPublicKeyInfo: the same for a private key and its certificate. An
	 * elliptic point counts in its uncompressed form.
	 */
	unsigned char hash[32];
};

/* Instead of a time that is absent or makes no sense. Times are seconds since 1970, UTC. */
#define PKI_NO_TIME INT64_MIN

enum pki_ca {
	PKI_CA_ABSENT, /* nothing says whether it may sign certificates */
	PKI_CA_FALSE,
	PKI_CA_TRUE
};

/* Key usage, as bits in the order of RFC 5280, section 4.2.1.3. */
enum pki_usage {
	PKI_USAGE_DIGITAL_SIGNATURE = 1 << 0,
	PKI_USAGE_NON_REPUDIATION = 1 << 1,
	PKI_USAGE_KEY_ENCIPHERMENT = 1 << 2,
	PKI_USAGE_DATA_ENCIPHERMENT = 1 << 3,
	PKI_USAGE_KEY_AGREEMENT = 1 << 4,
	PKI_USAGE_CERT_SIGN = 1 << 5,
	PKI_USAGE_CRL_SIGN = 1 << 6,
	PKI_USAGE_ENCIPHER_ONLY = 1 << 7,
	PKI_USAGE_DECIPHER_ONLY = 1 << 8,
	PKI_USAGE_COUNT = 9
};

enum pki_name_tag {
	PKI_NAME_IP,
	PKI_NAME_DNS,
	PKI_NAME_EMAIL,
	PKI_NAME_URI,
	PKI_NAME_DN,
	PKI_NAME_RID,
	PKI_NAME_OTHER, /* a form that no selector names; its value is the identifier */
	PKI_NAME_TAG_COUNT
};

/* An alternative name. */
struct pki_name {
	uint8_t tag; /* enum pki_name_tag */
	char *value; /* printable */
	char *key;   /* as pki_name_key has it: for comparing, never for showing */
};

/*
 * A certificate. Where the state is not PKI_OK only the head is set, pointers are NULL and times
 * PKI_NO_TIME.
 */
struct pki_cert {
	struct pki_head head;
	char *subject, *issuer;         /* C=US, O=Ex\, Inc.: printable, in the name's order */
	char *subject_key, *issuer_key; /* canonical (dn.h): for comparing, never for showing */
	struct pki_name *names;
	size_t nnames;
	char *serial; /* upper-case hexadecimal, an even number of digits */
	int64_t not_before, not_after;
	char *signature; /* such as rsa-sha256, or an object identifier */
	struct pki_pubkey key;
	int32_t path_length; /* -1: no limit */
	uint16_t usage;      /* enum pki_usage; only where has_usage */
	uint8_t version;     /* 1, 2 or 3 */
	uint8_t ca;          /* enum pki_ca */
	bool has_usage;
	bool self_issued; /* subject and issuer are one name */
	bool self_signed; /* its signature verifies with its own key */
	unsigned char sha256[32], sha1[20];
};

/* A private key. Of the key itself nothing is kept. */
struct pki_key {
	struct pki_head head;
	struct pki_pubkey key;
};

/* A revoked certificate. */
struct pki_revoked {
	uint32_t serial; /* offset into the list's serials */
	uint8_t reason;  /* CRLReason of RFC 5280; 0 where none is given */
	int64_t when;
};

/* A revocation list. */
struct pki_crl {
	struct pki_head head;
	char *issuer, *issuer_key; /* as in a certificate */
	char *number;              /* upper-case hexadecimal, NULL where there is none */
	char *signature;
	int64_t this_update, next_update; /* next_update is PKI_NO_TIME where it is absent */
	bool delta;                       /* it tells changes to another list only */
	bool indirect;                    /* entries of other issuers are left out of it */
	struct pki_revoked *revoked;      /* sorted by serial; use pki_crl_find */
	size_t nrevoked;
	char *serials;
};

struct pki {
	size_t size;         /* of this struct */
	const char *version; /* of the program that the table was built with */

	/* Each fills ROW from the LEN bytes of one file; release it with pki_..._release. */
	void (*cert_read)(const void *bytes, size_t len, struct pki_cert *row);
	void (*key_read)(const void *bytes, size_t len, struct pki_key *row);
	void (*crl_read)(const void *bytes, size_t len, struct pki_crl *row);

	/*
	 * Whether the signature of a certificate, or a revocation list, verifies under the key of
	 * the certificate ISSUER; each is the content of a file. False where one cannot be read.
	 */
	bool (*cert_signed_by)(const void *cert, size_t len, const void *issuer, size_t issuer_len);
	bool (*crl_signed_by)(const void *crl, size_t len, const void *issuer, size_t issuer_len);

	/* Fills BYTES with randomness fit for a key. */
	bool (*random)(void *bytes, size_t len, struct error *err);

	void (*sha256)(const void *bytes, size_t len, unsigned char hash[32]);

	/*
	 * A name of eight hexadecimal digits for a secret, which tells nothing of it to somebody
	 * who does not have SALT: two secrets under one salt can be seen to be the same.
	 */
	void (*fingerprint)(const void *secret, size_t len, const void *salt, size_t salt_len,
			    char text[9]);
};

/* The table, loaded at the first call. NULL, with ERR set, where it is missing or does not fit. */
const struct pki *pki_open(struct error *err);

void pki_cert_release(struct pki_cert *cert);
void pki_key_release(struct pki_key *key);
void pki_crl_release(struct pki_crl *crl);

/*
 * The entry of a certificate's serial number in a list, or NULL. It concerns the certificate only
 * where the list's issuer_key is the certificate's.
 */
const struct pki_revoked *pki_crl_find(const struct pki_crl *crl, const char *serial);

/* Whether CRL is of the issuer of CERT and names it; *ENTRY is then borrowed from CRL. */
bool pki_crl_revokes(const struct pki_crl *crl, const struct pki_cert *cert,
		     const struct pki_revoked **entry);

/* Whether certlocal -a takes the file as it is: PKCS#8 in DER without a passphrase. */
bool pki_key_is_importable(const struct pki_key *key);

/* Whether this is a private key in whatever form. */
bool pki_content_is_key(enum pki_content content);

/*
 * The form in which an alternative name is compared, added to SB: host names and the host part of
 * mail addresses without their case, names (TAG is PKI_NAME_DN) not here but by dn_canonical.
 */
void pki_name_key(enum pki_name_tag tag, const char *value, size_t len, struct strbuf *sb);

/* Adds a sentence without a stop about the row's state and reason. Translated. */
void pki_describe(const struct pki_head *head, struct strbuf *sb);

/* Words of the tables; those that end in _title are translated, the others never change. */
const char *pki_state_name(enum pki_state state);             /* ok, encrypted, opaque, ... */
const char *pki_algorithm_name(enum pki_algorithm algorithm); /* rsa, ec, ...; "" for PKI_NO_KEY */
const char *pki_encoding_name(enum pki_encoding encoding);    /* der, pem, "" */
const char *pki_content_title(enum pki_content content); /* a certificate, a private key, ... */
const char *pki_name_tag_name(enum pki_name_tag tag);    /* IP, DNS, ... */
const char *pki_usage_name(unsigned bit); /* DigitalSignature, ... for 0 to PKI_USAGE_COUNT - 1 */
const char *pki_revoked_title(unsigned reason); /* "the key was compromised" */

#endif
