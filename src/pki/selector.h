/*
 * Certificate selectors of ike.config(5): what local_id, remote_id, cert_root and cert_trust take.
 *
 *	CN=hosta, O=Example    SUBJECT=CN=hosta    !DNS=host.example.com    192.0.2.1    SLOT=3
 *
 * The text is the string's value, after the quotes and escapes of the file are gone. Nothing here
 * needs OpenSSL.
 */
#ifndef PKI_SELECTOR_H
#define PKI_SELECTOR_H

#include "pki/dn.h"
#include "pki/pki.h"

enum selector_kind {
	SELECTOR_ANY, /* the empty one, which only remote_id may have */
	SELECTOR_SUBJECT,
	SELECTOR_ISSUER,
	SELECTOR_SLOT,
	SELECTOR_IP,
	SELECTOR_DNS,
	SELECTOR_EMAIL,
	SELECTOR_URI,
	SELECTOR_DN, /* a name among the alternative names */
	SELECTOR_RID,
	SELECTOR_KIND_COUNT
};

/* What a reader may want to be warned of, as bits. */
enum selector_remark {
	SELECTOR_GUESSED = 1,    /* it has no tag; the kind follows from its form */
	SELECTOR_LOWER_CASE = 2, /* the tag is not in upper case */
	SELECTOR_AMBIGUOUS = 4   /* a name whose first part also reads as a tag or a mail address */
};

enum selector_error {
	SELECTOR_OK = 0,
	SELECTOR_ERROR_EMPTY, /* a tag without a value */
	SELECTOR_ERROR_DN,    /* see dn */
	SELECTOR_ERROR_IP,    /* no address */
	SELECTOR_ERROR_RID    /* no object identifier */
};

struct selector_problem {
	enum selector_error error;
	struct dn_problem dn; /* its offsets are into the selector's text */
};

struct selector {
	enum selector_kind kind;
	bool negated;     /* certificates that match are excluded */
	unsigned remarks; /* enum selector_remark */
	char *value;      /* without tag and blanks around it; as it was written, maybe hostile */
	/*
	 * For comparing and hashing: equal to the subject_key, the issuer_key, or the key of an
	 * alternative name of the same tag in the certificates that are meant; a slot's name.
	 */
	char *key;
};

/*
 * Reads the LEN bytes of TEXT into SELECTOR, which the caller releases in any case. Returns false,
 * with kind and value as far as they are known and no key, and sets *PROBLEM where it makes no
 * sense; such a selector matches nothing.
 */
bool selector_parse(struct selector *selector, const char *text, size_t len,
		    struct selector_problem *problem);
void selector_release(struct selector *selector);

/*
 * Whether the selector admits the certificate in SLOT: it is what is meant, or is not where the
 * selector is negated. A certificate that could not be read is only known by its slot. SLOT may be
 * NULL.
 */
bool selector_matches(const struct selector *selector, const struct pki_cert *cert,
		      const char *slot);

/* Adds a sentence without a stop for what is wrong with TEXT. Translated, printable. */
void selector_describe(const struct selector_problem *problem, const char *text, size_t len,
		       struct strbuf *sb);

/* The tag of a kind, "SUBJECT"; "" for SELECTOR_ANY. */
const char *selector_tag(enum selector_kind kind);

#endif
