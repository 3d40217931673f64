/* Private keys: every file of ike.privatekeys, of which nothing secret is kept. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "kinds/kind.h"
#include "kinds/slots.h"

static const struct host_key *key(struct view *view, size_t item)
{
	return &view->host->certs.keys[item];
}

#define SLOT_OF(view, item) (&key(view, item)->slot)
#define HEAD_OF(view, item) (&key(view, item)->key.head)
#define COUNT_OF(view)      ((view)->host->certs.nkeys)
SLOT_FUNCTIONS(SLOT_OF, HEAD_OF, COUNT_OF)

static void get_key_type(struct view *view, size_t item, struct sink *sink)
{
	slot_key_type(&key(view, item)->key.key, sink);
}

static void get_key_bits(struct view *view, size_t item, struct sink *sink)
{
	slot_key_bits(&key(view, item)->key.key, sink);
}

static void get_certificate(struct view *view, size_t item, struct sink *sink)
{
	size_t cert = key(view, item)->cert;

	sink_string(sink, cert != 0 ? view->host->certs.certs[cert - 1].slot.name : NULL);
}

static void get_subject(struct view *view, size_t item, struct sink *sink)
{
	size_t cert = key(view, item)->cert;

	sink_string(sink, cert != 0 ? view->host->certs.certs[cert - 1].cert.subject : NULL);
}

static void get_mode(struct view *view, size_t item, struct sink *sink)
{
	char text[8];

	snprintf(text, sizeof text, "%04o", (unsigned)key(view, item)->slot.info.mode & 07777);
	sink_string(sink, text);
}

/* A table reads best as rows. */
/* clang-format off */
static const struct column columns[] = {
	{ "slot", N_("Slot"), N_("the file's name in ike.privatekeys"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 4, .get = get_slot },
	{ "state", N_("State"), N_("whether the file could be read"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 8, .get = get_state },
	{ "key_type", N_("Key"), N_("its algorithm"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 4, .get = get_key_type },
	{ "key_bits", N_("Bits"), N_("its length"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 5, .get = get_key_bits },
	{ "certificate", N_("Certificate"), N_("the slot of its certificate in publickeys"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 11, .get = get_certificate },
	{ "subject", N_("Subject"), N_("whom that certificate is for"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 24, .get = get_subject },
	{ "mode", N_("Mode"), N_("who may read the file; 0600 is right"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 4, .get = get_mode },
};
/* clang-format on */

const struct kind kind_keys = {
	.name = "keys",
	.title = N_("Private keys"),
	.item = N_("private key"),
	.help = N_("The files of ike.privatekeys and the certificates they belong to."),
	.columns = columns,
	.ncolumns = ARRAY_SIZE(columns),
	.count = count,
	.id = id,
	.find = find,
	.name_of = name_of,
	.owner = slot_owner,
	.about = about,
};
