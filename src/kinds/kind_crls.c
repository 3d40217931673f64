/* Revocation lists: every file of crls. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "kinds/kind.h"
#include "kinds/slots.h"

static const struct host_crl *crl(struct view *view, size_t item)
{
	return &view->host->certs.crls[item];
}

#define SLOT_OF(view, item) (&crl(view, item)->slot)
#define HEAD_OF(view, item) (&crl(view, item)->crl.head)
#define COUNT_OF(view)      ((view)->host->certs.ncrls)
SLOT_FUNCTIONS(SLOT_OF, HEAD_OF, COUNT_OF)

static void get_issuer(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, crl(view, item)->crl.issuer);
}

static void put_time(const struct pki_crl *c, int64_t when, struct sink *sink)
{
	if (c->head.state != PKI_OK || when == PKI_NO_TIME)
		sink_null(sink);
	else
		sink_time(sink, when);
}

static void get_this_update(struct view *view, size_t item, struct sink *sink)
{
	put_time(&crl(view, item)->crl, crl(view, item)->crl.this_update, sink);
}

static void get_next_update(struct view *view, size_t item, struct sink *sink)
{
	put_time(&crl(view, item)->crl, crl(view, item)->crl.next_update, sink);
}

static void get_number(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, crl(view, item)->crl.number);
}

static void get_entries(struct view *view, size_t item, struct sink *sink)
{
	if (crl(view, item)->crl.head.state != PKI_OK)
		sink_null(sink);
	else
		sink_number(sink, (int64_t)crl(view, item)->crl.nrevoked);
}

static void get_signature(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, crl(view, item)->crl.signature);
}

/* A table reads best as rows. */
/* clang-format off */
static const struct column columns[] = {
	{ "slot", N_("Slot"), N_("the file's name in crls"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 4, .get = get_slot },
	{ "issuer", N_("Issuer"), N_("whose certificates it is about"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 30, .get = get_issuer },
	{ "state", N_("State"), N_("whether the file could be read"),
	  COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_state },
	{ "this_update", N_("Issued"), N_("when it was issued, UTC"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 10, .get = get_this_update },
	{ "next_update", N_("Next"), N_("when the next one is due, UTC"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 10, .get = get_next_update },
	{ "entries", N_("Entries"), N_("how many certificates it revokes"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 7, .get = get_entries },
	{ "number", N_("Number"), N_("its own number at its issuer"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_number },
	{ "signature", N_("Signature"), N_("how its issuer signed it"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON, 10, .get = get_signature },
};
/* clang-format on */

const struct kind kind_crls = {
	.name = "crls",
	.title = N_("CRLs"),
	.item = N_("revocation list"),
	.help = N_("The files of crls: which certificates their issuers have revoked."),
	.columns = columns,
	.ncolumns = ARRAY_SIZE(columns),
	.count = count,
	.id = id,
	.find = find,
	.name_of = name_of,
	.owner = slot_owner,
	.about = about,
};
