/*
 * The words of a finding: the row's sentence with its places filled in.
 *
 *	{text}     the finding's own words, or what stands at its place
 *	{label}    the label of the rule
 *	{word}     the keyword
 *	{a} {b}    the finding's numbers
 *	{line}     the line of the place that b is the offset of
 *	{near}     "; did you mean 'x'?"
 *	{values}   what the keyword takes
 *	{range}    the limits of the number
 *	{where}    where the keyword belongs
 *	{net}      the network of an address
 *	{dialect}  whose daemon
 *	{state}    what the file is
 *	{path}     the file
 *	{title}    what the file is for
 *	{mode}     a as a mode
 *	{wanted}   b as a mode
 *	{date}     a and b as a time
 *	{days}     how many days it is until then
 *	{alg}      the algorithm of a manual key
 *	{sizes}    the lengths in bits that its keys may have
 */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "lint/lint_internal.h"
#include "lint/rules_manual.h"
#include "lint/words.h"

/* Bytes of a word of the file that a message repeats at most. */
#define CLIP 256

const char *lint_path(const struct lint *lint, const struct finding *finding)
{
	return host_name(lint->host, finding->file);
}

struct filling {
	const struct lint *lint;
	const struct finding *finding;
	const struct check *check;
	struct strbuf *sb;
};

/* Of a word that has no end as much is said as one can read; no character is cut in two. */
static uint32_t clip(const char *bytes, size_t len)
{
	size_t end = len > CLIP ? CLIP : len;

	while (len > CLIP && end > CLIP - 4 && ((unsigned char)bytes[end] & 0xc0) == 0x80)
		end--;
	return (uint32_t)end;
}

static void fill_text(const struct filling *f)
{
	const struct doc *doc = lint_doc(f->lint, f->finding);
	struct span at = f->finding->at;

	if (f->finding->text != NULL) {
		print_addstr(f->sb, f->finding->text);
	} else if (doc != NULL && at.off != FINDING_NOWHERE) {
		at.len = clip(doc->blob.data + at.off, at.len);
		doc_print(doc, at, f->sb);
		strbuf_addstr(f->sb, at.len < f->finding->at.len ? "..." : "");
	}
}

/* What a rule without a label is called is where it begins. */
static void fill_label(const struct filling *f)
{
	struct doc *doc = host_doc(f->lint->host, LOCATION_IKE_CONFIG);
	struct ike_item item = IKE_ITEM_INIT;
	struct strbuf text = STRBUF_INIT;
	const struct ike_stmt *s;

	if (doc == NULL || f->finding->entry == FINDING_NOWHERE)
		return;
	ike_read_rule(doc, f->finding->entry, &item, NULL);
	s = ike_find(&item, IKE_LABEL);
	if (s != NULL)
		ike_unquote(doc, s, &text);
	if (text.len == 0)
		strbuf_addf(&text, _("line %u"),
			    doc_position(doc, doc->tokens[item.open].off).line);
	print_add(f->sb, text.buf, clip(text.buf, text.len));
	strbuf_addstr(f->sb, text.len > CLIP ? "..." : "");
	strbuf_release(&text);
	ike_item_release(&item);
}

static const struct lint_words *words_of(const struct filling *f)
{
	enum check_reader reader = f->check->reader;

	if (reader == READER_NONE && f->finding->file < LOCATION_FILES)
		reader = lint_reader_of((enum location)f->finding->file);
	return lint_words(reader);
}

static void fill_word(const struct filling *f)
{
	strbuf_addstr(f->sb, lint_word_name(words_of(f), f->finding->word));
}

static void fill_a(const struct filling *f)
{
	strbuf_addf(f->sb, "%u", f->finding->a);
}

static void fill_b(const struct filling *f)
{
	strbuf_addf(f->sb, "%u", f->finding->b);
}

static void fill_line(const struct filling *f)
{
	struct doc *doc = lint_doc(f->lint, f->finding);

	if (doc != NULL)
		strbuf_addf(f->sb, "%u", doc_position(doc, f->finding->b).line);
}

static void fill_near(const struct filling *f)
{
	const struct doc *doc = lint_doc(f->lint, f->finding);
	struct near near;

	if (doc == NULL || f->finding->at.off == FINDING_NOWHERE)
		return;
	near = lint_word_meant(words_of(f), f->finding->word, 1u << f->lint->host->dialect,
			       doc->blob.data + f->finding->at.off, f->finding->at.len);
	if (near_best(&near) != NULL)
		strbuf_addf(f->sb, _("; did you mean '%s'?"), near_best(&near));
}

/* Names with commas between them. */
struct listing {
	struct strbuf *sb;
	bool more; /* than one so far */
};

static void list_name(void *ctx, const char *name)
{
	struct listing *listing = ctx;

	strbuf_addf(listing->sb, "%s%s", listing->more ? ", " : "", name);
	listing->more = true;
}

static void fill_values(const struct filling *f)
{
	const struct lint_words *words = words_of(f);
	unsigned releases = f->lint != NULL ? 1u << f->lint->host->dialect : ~0u;
	struct listing listing = { .sb = f->sb };
	unsigned word, owner = f->finding->word;

	for (word = 1; owner != 0 && word < words->count; word++)
		if (words->is_value(word, owner, releases))
			list_name(&listing, words->name(word));
	if (owner != 0 && words->names != NULL)
		words->names(owner, releases, list_name, &listing);
}

static void fill_range(const struct filling *f)
{
	const struct profile *profile = f->lint->profile;
	const struct lint_words *words = words_of(f);
	uint64_t min = profile->lifetime_min, max = profile->lifetime_max;

	/* The limits of the coexistence rules are the profile's, those of the format the table's.
	 */
	if (strncmp(f->check->id, "COEX", 4) != 0 && words->limits != NULL)
		words->limits(f->finding->word, &min, &max);
	if (max == UINT64_MAX)
		strbuf_addf(f->sb, _("%" PRIu64 " or more"), min);
	else
		strbuf_addf(f->sb, _("%" PRIu64 " to %" PRIu64), min, max);
}

static void fill_where(const struct filling *f)
{
	switch (ike_words[f->finding->word].scopes) {
	case IKE_SCOPE_FILE:
		strbuf_addstr(f->sb, _("before the rules"));
		break;
	case IKE_SCOPE_RULE:
		strbuf_addstr(f->sb, _("inside a rule"));
		break;
	case IKE_SCOPE_XFORM:
		strbuf_addstr(f->sb, _("inside p1_xform"));
		break;
	case IKE_SCOPE_FILE | IKE_SCOPE_RULE:
		strbuf_addstr(f->sb, _("before the rules or inside one"));
		break;
	default:
		strbuf_addstr(f->sb, _("before the rules or inside p1_xform"));
	}
}

/*
 * The network of an address of ipsecinit.conf. The prefix is the finding's number: in the file it
 * is decimal and not as ike/config has it, or a mask beside the address, which stays.
 */
static void fill_policy_net(const struct filling *f, struct strbuf *address)
{
	char *slash = strchr(address->buf, '/');
	struct ip_range range;

	if (slash != NULL)
		strbuf_truncate(address, (size_t)(slash - address->buf));
	strbuf_addf(address, "/%u", f->finding->a);
	if (ip_range_parse(address->buf, address->len, &range) != IP_OK)
		return;
	if (slash != NULL)
		ip_range_print(f->sb, &range);
	else
		ip_print(f->sb, range.first, (enum ip_family)range.family);
}

static void fill_net(const struct filling *f)
{
	const struct doc *doc = lint_doc(f->lint, f->finding);
	struct strbuf joined = STRBUF_INIT;
	struct ip_range range;
	uint32_t i;

	for (i = 0; doc != NULL && i < f->finding->at.len; i++) {
		char c = doc->blob.data[f->finding->at.off + i];

		if (strchr(" \t\r\n", c) == NULL)
			strbuf_addch(&joined, c);
	}
	if (f->check->reader == READER_POLICY)
		fill_policy_net(f, &joined);
	else if (ip_range_parse(joined.buf, joined.len, &range) == IP_OK)
		ip_range_print(f->sb, &range);
	strbuf_release(&joined);
}

static void fill_dialect(const struct filling *f)
{
	strbuf_addstr(f->sb, dialect_title(f->lint->host->dialect));
}

static void fill_state(const struct filling *f)
{
	const struct host *host = f->lint->host;
	const struct file_info *info = f->finding->file < LOCATION_FILES
					       ? &host->files[f->finding->file].info
					       : &host->folders[f->finding->file];

	strbuf_addstr(f->sb, file_state_text(info));
}

static void fill_path(const struct filling *f)
{
	print_addstr(f->sb, lint_path(f->lint, f->finding));
}

static void fill_title(const struct filling *f)
{
	if (f->finding->file < LOCATION_COUNT)
		strbuf_addstr(f->sb, _(locations[f->finding->file].title));
}

static void fill_mode(const struct filling *f)
{
	strbuf_addf(f->sb, "%04o", f->finding->a);
}

static void fill_wanted(const struct filling *f)
{
	strbuf_addf(f->sb, "%04o", f->finding->b);
}

static void fill_date(const struct filling *f)
{
	time_t when = (time_t)((uint64_t)f->finding->a << 32 | f->finding->b);
	char text[64];
	struct tm tm;

	if (gmtime_r(&when, &tm) != NULL && strftime(text, sizeof text, "%Y-%m-%d", &tm) > 0)
		strbuf_addstr(f->sb, text);
}

static void fill_days(const struct filling *f)
{
	int64_t when = (int64_t)((uint64_t)f->finding->a << 32 | f->finding->b);

	strbuf_addf(f->sb, "%" PRId64, (when - f->lint->now) / 86400);
}

static void fill_alg(const struct filling *f)
{
	manual_fill_algorithm(f->lint, f->finding, f->sb);
}

static void fill_sizes(const struct filling *f)
{
	manual_fill_sizes(f->lint, f->finding, f->sb);
}

struct place {
	const char *name;
	void (*fill)(const struct filling *f);
	const char *stands_for; /* N_() what is written where there is no finding to fill it from */
};

/* A table reads best as rows. */
/* clang-format off */
static const struct place places[] = {
	{ "text", fill_text, "..." },
	{ "label", fill_label, N_("LABEL") },
	{ "word", fill_word, N_("KEYWORD") },
	{ "a", fill_a, N_("NUMBER") },
	{ "b", fill_b, N_("NUMBER") },
	{ "line", fill_line, N_("LINE") },
	{ "near", fill_near, "" },
	{ "values", fill_values, N_("its values") },
	{ "range", fill_range, N_("its limits") },
	{ "where", fill_where, N_("in another place") },
	{ "net", fill_net, N_("NETWORK/PREFIX") },
	{ "dialect", fill_dialect, N_("this release") },
	{ "state", fill_state, N_("is not as it should be") },
	{ "path", fill_path, N_("FILE") },
	{ "title", fill_title, N_("a file of its kind") },
	{ "mode", fill_mode, N_("MODE") },
	{ "wanted", fill_wanted, N_("MODE") },
	{ "date", fill_date, N_("DATE") },
	{ "days", fill_days, N_("NUMBER") },
	{ "alg", fill_alg, N_("ALGORITHM") },
	{ "sizes", fill_sizes, N_("NUMBER") },
};
/* clang-format on */

static const struct place *find_place(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(places); i++)
		if (strlen(places[i].name) == len && memcmp(places[i].name, name, len) == 0)
			return &places[i];
	return NULL;
}

bool check_has_place(const char *name, size_t len)
{
	return find_place(name, len) != NULL;
}

/* What a place stands for in a row: its own keyword and the values of that, where it has one. */
static void stand_for(const struct check *check, const struct place *place, struct strbuf *sb)
{
	struct finding finding = { .word = check->words[0] };
	struct filling f = { NULL, &finding, check, sb };

	if ((place->fill == fill_word || place->fill == fill_values) && check->words[0] != 0 &&
	    check->words[1] == 0)
		place->fill(&f);
	else if (*place->stands_for != '\0')
		strbuf_addstr(sb, _(place->stands_for));
}

/* Adds TEXT with its places filled in: from FINDING, or with what they stand for. */
static void fill(const struct lint *lint, const struct finding *finding, const struct check *check,
		 const char *text, struct strbuf *sb)
{
	struct filling f = { lint, finding, check, sb };

	while (*text != '\0') {
		size_t len = strcspn(text, "{");
		const char *close;
		const struct place *place = NULL;

		strbuf_add(sb, text, len);
		text += len;
		close = *text == '{' ? strchr(text, '}') : NULL;
		if (close != NULL)
			place = find_place(text + 1, (size_t)(close - text - 1));
		if (place == NULL) {
			if (*text != '\0')
				strbuf_addch(sb, *text++);
			continue;
		}
		if (finding != NULL)
			place->fill(&f);
		else
			stand_for(check, place, sb);
		text = close + 1;
	}
}

void lint_fill(const struct lint *lint, const struct finding *finding, const char *text,
	       struct strbuf *sb)
{
	fill(lint, finding, &checks[finding->check], text, sb);
}

void lint_message(const struct lint *lint, const struct finding *finding, struct strbuf *sb)
{
	lint_fill(lint, finding, _(checks[finding->check].message), sb);
}

void lint_fix(const struct lint *lint, const struct finding *finding, struct strbuf *sb)
{
	lint_fill(lint, finding, _(checks[finding->check].fix), sb);
}

void check_explain_fix(const struct check *check, struct strbuf *sb)
{
	fill(NULL, NULL, check, _(check->fix), sb);
}
