/* Parameters at file level of ike/config. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "kinds/kind.h"

static const struct ike_stmt *stmt(struct view *view, size_t item)
{
	return &view->host->globals.stmts[item];
}

static size_t count(struct view *view)
{
	return view->host->globals.nstmts;
}

static uint64_t id(struct view *view, size_t item)
{
	return (uint64_t)stmt(view, item)->word << 32 | item;
}

static size_t find(struct view *view, const char *name)
{
	size_t i;

	for (i = 0; i < count(view); i++)
		if (strcmp(ike_words[stmt(view, i)->word].name, name) == 0)
			break;
	return i;
}

static void name_of(struct view *view, size_t item, struct strbuf *sb)
{
	strbuf_addstr(sb, ike_words[stmt(view, item)->word].name);
}

/* As the agreement has it: COEX-G1 to COEX-G5. */
static enum owner owner(struct view *view, size_t item)
{
	if (!view->profile->coexistence)
		return OWNER_NONE;
	switch (stmt(view, item)->word) {
	case IKE_CERT_ROOT:
	case IKE_CERT_TRUST:
	case IKE_P1_XFORM:
	case IKE_P2_PFS:
		return OWNER_SSM;
	case IKE_P1_NONCE_LEN:
	case IKE_IGNORE_CRLS:
	case IKE_P1_LIFETIME_SECS:
		return OWNER_SHARED;
	default:
		return OWNER_FOREIGN;
	}
}

static bool about(struct view *view, size_t item, const struct finding *finding)
{
	const struct ike_stmt *s = stmt(view, item);
	struct span at = doc_span(host_doc(view->host, LOCATION_IKE_CONFIG), s->tok, s->end);

	return finding->file == LOCATION_IKE_CONFIG && finding->entry == FINDING_NOWHERE &&
	       finding->at.off != FINDING_NOWHERE && finding->at.off >= at.off &&
	       finding->at.off < at.off + at.len;
}

static void get_name(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, ike_words[stmt(view, item)->word].name);
}

static void get_value(struct view *view, size_t item, struct sink *sink)
{
	const struct ike_item *g = &view->host->globals;
	const struct ike_stmt *s = stmt(view, item);
	const struct ike_word_info *info = &ike_words[s->word];
	struct strbuf text = STRBUF_INIT;

	if (info->arg == IKE_ARG_NONE) {
		sink_boolean(sink, true);
	} else if (s->good && (info->arg == IKE_ARG_NUMBER || info->arg == IKE_ARG_PFS)) {
		sink_number(sink, s->value);
	} else if (info->arg == IKE_ARG_STRING || info->arg == IKE_ARG_SELECTOR) {
		ike_unquote(g->doc, s, &text);
		sink_text(sink, text.buf, text.len);
	} else {
		ike_raw_value(g->doc, s, &text);
		sink_text(sink, text.buf, text.len);
	}
	strbuf_release(&text);
}

static enum origin origin_value(struct view *view, size_t item)
{
	uint32_t value;

	if (stmt(view, item)->word == IKE_P1_NONCE_LEN && view->profile->nonce_len != 0 &&
	    ike_value(&view->host->globals, IKE_P1_NONCE_LEN, &value) &&
	    value == view->profile->nonce_len)
		return ORIGIN_FORCED;
	return ORIGIN_OWN;
}

static void get_default(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, ike_words[stmt(view, item)->word].fallback);
}

static void get_unit(struct view *view, size_t item, struct sink *sink)
{
	const char *unit = ike_words[stmt(view, item)->word].unit;

	sink_string(sink, unit != NULL ? _(unit) : NULL);
}

static void get_owner(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, owner_name(owner(view, item)));
}

static void get_meaning(struct view *view, size_t item, struct sink *sink)
{
	sink_string(sink, _(ike_words[stmt(view, item)->word].help));
}

static void get_line(struct view *view, size_t item, struct sink *sink)
{
	struct doc *doc = host_doc(view->host, LOCATION_IKE_CONFIG);

	sink_number(sink, doc_position(doc, doc->tokens[stmt(view, item)->tok].off).line);
}

/* A table reads best as rows. */
/* clang-format off */
static const struct column columns[] = {
	{ "keyword", N_("Parameter"), N_("the keyword of ike.config(5)"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON, 18, .get = get_name },
	{ "value", N_("Value"), N_("what the file says"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_FLEX, 30, .get = get_value, .origin = origin_value, .forced_by = "COEX-G1" },
	{ "default", N_("Default"), N_("what holds where the file does not say"),
	  COLUMN_WIDE | COLUMN_DETAIL | COLUMN_JSON, 12, .get = get_default },
	{ "unit", N_("Unit"), N_("what is counted"),
	  COLUMN_WIDE | COLUMN_DETAIL, 9, .get = get_unit },
	{ "owner", N_("Owner"), N_("who may change it by the agreement of MDM and SSM"),
	  COLUMN_LIST | COLUMN_DETAIL, 7, .get = get_owner },
	{ "meaning", N_("Meaning"), N_("what it is for"),
	  COLUMN_DETAIL, 40, .get = get_meaning },
	{ "line", N_("Line"), N_("where it stands in the file"),
	  COLUMN_LIST | COLUMN_DETAIL | COLUMN_JSON | COLUMN_NUMBER, 5, .get = get_line },
};
/* clang-format on */

const struct kind kind_globals = {
	.name = "globals",
	.title = N_("Globals"),
	.item = N_("parameter"),
	.help = N_("What holds for all rules of ike/config unless a rule says otherwise."),
	.columns = columns,
	.ncolumns = ARRAY_SIZE(columns),
	.count = count,
	.id = id,
	.find = find,
	.name_of = name_of,
	.owner = owner,
	.about = about,
};
