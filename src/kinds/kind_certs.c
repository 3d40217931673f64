/* Certificates: every file of publickeys. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "kinds/kind.h"
#include "kinds/slots.h"
#include "pki/dn.h"

static const struct host_cert *cert(struct view *view, size_t item)
{
	return &view->host->certs.certs[item];
}

#define SLOT_OF(view, item) (&cert(view, item)->slot)
#define HEAD_OF(view, item) (&cert(view, item)->cert.head)
#define COUNT_OF(view)      ((view)->host->certs.ncerts)
SLOT_FUNCTIONS(SLOT_OF, HEAD_OF, COUNT_OF)

static void get_subject(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, cert(view, item)->cert.subject);
}

/* What tells certificates apart in a narrow list: the last common name, or the whole name. */
static void get_name(struct view *view, size_t item, struct sink *sink)
{
	const char *subject = cert(view, item)->cert.subject;
	struct dn dn = DN_INIT;
	struct dn_problem problem;
	struct strbuf text = STRBUF_INIT;

	if (subject != NULL && dn_parse(&dn, subject, strlen(subject), &problem) &&
	    dn_value(&dn, "CN", &text))
		sink_text(sink, text.buf, text.len);
	else
		sink_string(sink, subject);
	strbuf_release(&text);
	dn_release(&dn);
}

static void get_issuer(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, cert(view, item)->cert.issuer);
}

static void get_names(struct view *view, size_t item, struct sink *sink)
{
	const struct pki_cert *c = &cert(view, item)->cert;
	size_t i;

	sink_begin_list(sink);
	for (i = 0; i < c->nnames; i++) {
		struct strbuf text = STRBUF_INIT;

		strbuf_addf(&text, "%s=%s", pki_name_tag_name(c->names[i].tag), c->names[i].value);
		sink_text(sink, text.buf, text.len);
		strbuf_release(&text);
	}
	sink_end(sink);
}

static void get_serial(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, cert(view, item)->cert.serial);
}

static void put_time(int64_t when, struct sink *sink)
{
	if (when == PKI_NO_TIME)
		sink_null(sink);
	else
		sink_time(sink, when);
}

static void get_not_before(struct view *view, size_t item, struct sink *sink)
{
	const struct pki_cert *c = &cert(view, item)->cert;

	put_time(c->head.state == PKI_OK ? c->not_before : PKI_NO_TIME, sink);
}

static void get_not_after(struct view *view, size_t item, struct sink *sink)
{
	const struct pki_cert *c = &cert(view, item)->cert;

	put_time(c->head.state == PKI_OK ? c->not_after : PKI_NO_TIME, sink);
}

static void get_key_type(struct view *view, size_t item, struct sink *sink)
{
	slot_key_type(&cert(view, item)->cert.key, sink);
}

static void get_key_bits(struct view *view, size_t item, struct sink *sink)
{
	slot_key_bits(&cert(view, item)->cert.key, sink);
}

static void get_signature(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, cert(view, item)->cert.signature);
}

static void get_ca(struct view *view, size_t item, struct sink *sink)
{
	const struct pki_cert *c = &cert(view, item)->cert;

	if (c->head.state != PKI_OK || c->ca == PKI_CA_ABSENT)
		sink_null(sink);
	else
		sink_boolean(sink, c->ca == PKI_CA_TRUE);
}

static void get_self_signed(struct view *view, size_t item, struct sink *sink)
{
	const struct pki_cert *c = &cert(view, item)->cert;

	if (c->head.state != PKI_OK)
		sink_null(sink);
	else
		sink_boolean(sink, c->self_signed);
}

static void get_private_key(struct view *view, size_t item, struct sink *sink)
{
	sink_boolean(sink, cert(view, item)->key != 0);
}

static void get_trust(struct view *view, size_t item, struct sink *sink)
{
	const struct host_cert *c = cert(view, item);

	sink_begin_list(sink);
	if (c->root)
		sink_string(sink, "cert_root");
	if (c->trust)
		sink_string(sink, "cert_trust");
	sink_end(sink);
}

static void get_revoked(struct view *view, size_t item, struct sink *sink)
{
	sink_boolean(sink, cert(view, item)->revoked);
}

/* What it is to this host. */
static void get_role(struct view *view, size_t item, struct sink *sink)
{
	const struct host_cert *c = cert(view, item);

	if (c->cert.head.state != PKI_OK)
		sink_null(sink);
	else if (c->root || c->cert.ca == PKI_CA_TRUE)
		sink_string(sink, c->cert.self_signed ? "root" : "ca");
	else
		sink_string(sink, c->key != 0 ? "local" : "peer");
}

static size_t count_uses(struct view *view, size_t item)
{
	size_t i, uses = 0;

	for (i = 0; i < view->host->nrules; i++) {
		const struct ike_item *rule = view_rule(view, i);
		const struct ike_stmt *s = ike_find(rule, IKE_LOCAL_ID);
		struct strbuf text = STRBUF_INIT;

		if (s == NULL || !s->good)
			continue;
		ike_unquote(rule->doc, s, &text);
		uses += host_certs_select(&view->host->certs, text.buf, text.len, NULL) == item + 1;
		strbuf_release(&text);
	}
	return uses;
}

static void get_uses(struct view *view, size_t item, struct sink *sink)
{
	sink_number(sink, (int64_t)count_uses(view, item));
}

static void put_hex(const unsigned char *bytes, size_t len, struct sink *sink)
{
	struct strbuf text = STRBUF_INIT;
	size_t i;

	for (i = 0; i < len; i++)
		strbuf_addf(&text, "%s%02X", i > 0 ? ":" : "", bytes[i]);
	sink_text(sink, text.buf, text.len);
	strbuf_release(&text);
}

static void get_sha256(struct view *view, size_t item, struct sink *sink)
{
	const struct pki_cert *c = &cert(view, item)->cert;

	if (c->head.state != PKI_OK)
		sink_null(sink);
	else
		put_hex(c->sha256, sizeof c->sha256, sink);
}

/* A table reads best as rows. */
/* clang-format off */
static const struct column columns[] = {
	{ "slot", N_("Slot"), N_("the file's name in publickeys"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 4, .get = get_slot },
	{ "name", N_("Name"), N_("the common name of its subject"),
	  COLUMN_LIST | COLUMN_FLEX, 24, .get = get_name },
	{ "state", N_("State"), N_("whether the file could be read"),
	  COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_state },
	{ "subject", N_("Subject"), N_("whom the certificate is for"),
	  COLUMN_DETAIL | COLUMN_JSON, 40, .get = get_subject },
	{ "issuer", N_("Issuer"), N_("who issued it"),
	  COLUMN_DETAIL | COLUMN_JSON, 40, .get = get_issuer },
	{ "alt_names", N_("Alternative names"), N_("other names of its subject"),
	  COLUMN_DETAIL | COLUMN_JSON, 20, .get = get_names },
	{ "role", N_("Type"), N_("what it is to this host: root, ca, local (its private key is here) or peer"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 5, .get = get_role },
	{ "serial", N_("Serial"), N_("its number at its issuer"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON, 10, .get = get_serial },
	{ "not_before", N_("From"), N_("when its validity begins, UTC"),
	  COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 10, .get = get_not_before },
	{ "not_after", N_("Expires"), N_("when its validity ends, UTC"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 10, .get = get_not_after },
	{ "key_type", N_("Key"), N_("algorithm of its public key"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON, 4, .get = get_key_type },
	{ "key_bits", N_("Bits"), N_("length of its public key"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 5, .get = get_key_bits },
	{ "signature", N_("Signature"), N_("how its issuer signed it"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON, 10, .get = get_signature },
	{ "ca", N_("CA"), N_("whether it may issue certificates"),
	  COLUMN_DETAIL | COLUMN_JSON, 3, .get = get_ca },
	{ "self_signed", N_("Self-signed"), N_("whether it is signed with its own key"),
	  COLUMN_DETAIL | COLUMN_JSON, 4, .get = get_self_signed },
	{ "private_key", N_("Private"), N_("whether its private key is here"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 7, .get = get_private_key },
	{ "trust", N_("Trusted by"), N_("which parameters of ike/config name it"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON, 10, .get = get_trust },
	{ "revoked", N_("Revoked"), N_("whether a revocation list names it"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 7, .get = get_revoked },
	{ "rules", N_("Rules"), N_("how many rules have it as their local_id"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 5, .get = get_uses },
	{ "sha256", N_("SHA-256"), N_("its fingerprint, for comparing by telephone"),
	  COLUMN_DETAIL | COLUMN_JSON, 30, .get = get_sha256 },
};
/* clang-format on */

const struct kind kind_certs = {
	.name = "certs",
	.title = N_("Certificates"),
	.item = N_("certificate"),
	.help = N_(
		"The files of publickeys: this host's own certificates, its peers', and the authorities'."),
	.columns = columns,
	.ncolumns = ARRAY_SIZE(columns),
	.count = count,
	.id = id,
	.find = find,
	.name_of = name_of,
	.owner = slot_owner,
	.about = about,
};
