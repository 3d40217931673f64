#include "config.h"

#include "tests/tools/projection.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/print.h"
#include "base/xalloc.h"
#include "formats/ike_config/file.h"
#include "formats/ipsecinit/file.h"
#include "formats/ipseckeys/file.h"
#include "formats/ike_preshared/file.h"

/* One name a line. */
/* clang-format off */
static const char *const ike_names[IKE_PROBLEM_COUNT] = {
#define NAME(x) [IKE_PROBLEM_##x] = #x
	NAME(BOM),
	NAME(NUL),
	NAME(CRLF),
	NAME(HIGH_BYTE_WORD),
	NAME(HIGH_BYTE_STRING),
	NAME(UNTERMINATED),
	NAME(BACKSLASH_NEWLINE),
	NAME(UNKNOWN),
	NAME(OLD_KEYWORD),
	NAME(STRAY),
	NAME(SCOPE),
	NAME(STRAY_CLOSE),
	NAME(CLOSED_EARLY),
	NAME(UNCLOSED),
	NAME(NO_OPEN),
	NAME(NO_VALUE),
	NAME(REPEATED),
	NAME(REPEATED_GLOBAL),
	NAME(REPEATED_LOCAL_ID),
	NAME(BARE_STRING),
	NAME(QUOTED_WORD),
	NAME(ESCAPE),
	NAME(COMMA_ESCAPE),
	NAME(EMPTY_STRING),
	NAME(NUMBER),
	NAME(NUMBER_SIZE),
	NAME(NUMBER_RANGE),
	NAME(VALUE),
	NAME(GROUP),
	NAME(GROUP_NAME),
	NAME(PFS),
	NAME(KEY_SIZE_CIPHER),
	NAME(KEY_SIZE),
	NAME(KEY_SIZE_SINGLE),
	NAME(BLOWFISH_CDC),
	NAME(ADDRESS_NAME),
	NAME(ADDRESS_SCOPE),
	NAME(ADDRESS_PREFIX),
	NAME(ADDRESS_MASK),
	NAME(ADDRESS_ORDER),
	NAME(ADDRESS_FAMILIES),
	NAME(ADDRESS_MULTICAST),
	NAME(ADDRESS_V4_IN_V6),
	NAME(HOST_BITS),
	NAME(V6_RANGE),
	NAME(V6_MASK),
	NAME(LABEL_LONG),
	NAME(LABEL_KEYWORD),
	NAME(LABEL_EMPTY),
	NAME(URL),
#undef NAME
};

static const char *const preshared_names[PRESHARED_PROBLEM_COUNT] = {
#define NAME(x) [PRESHARED_PROBLEM_##x] = #x
	NAME(BOM),
	NAME(CRLF),
	NAME(LONG_LINE),
	NAME(NUL),
	NAME(HIGH_BYTE),
	NAME(COMMENT_NOT_COLUMN_1),
	NAME(SLASH_COMMENT),
	NAME(OUTSIDE),
	NAME(STRAY_CLOSE),
	NAME(GLUED_CLOSE),
	NAME(OPEN_AFTER_CLOSE),
	NAME(TEXT_AFTER_CLOSE),
	NAME(KEY_UNTERMINATED),
	NAME(KEY_BACKSLASH_END),
	NAME(KEY_QUOTE),
	NAME(UNCLOSED),
	NAME(UNKNOWN),
	NAME(ALIAS),
	NAME(REPEATED),
	NAME(MISSING),
	NAME(NO_VALUE),
	NAME(QUOTE),
	NAME(ID_TYPE_MISSING),
	NAME(ID_TYPE_UNDOCUMENTED),
	NAME(ID_TYPE_UNSUPPORTED),
	NAME(ID_TYPE_UNKNOWN),
	NAME(ADDRESS_NAME),
	NAME(ADDRESS_SCOPE),
	NAME(ADDRESS_PREFIX),
	NAME(ADDRESS_MASK),
	NAME(ADDRESS_RANGE),
	NAME(ADDRESS_BLANK),
	NAME(ADDRESS_MULTICAST),
	NAME(ADDRESS_V4_IN_V6),
	NAME(ADDRESS_ANY),
	NAME(ADDRESS_BROADCAST),
	NAME(PREFIX_ID),
	NAME(PREFIX_ZERO),
	NAME(HOST_BITS),
	NAME(IPV6),
	NAME(TYPE_FAMILY),
	NAME(FAMILIES),
	NAME(MODE),
	NAME(MODE_UNKNOWN),
	NAME(KEY_EMPTY),
	NAME(KEY_NOT_HEX),
	NAME(KEY_0X),
	NAME(KEY_ASCII),
	NAME(KEY_ASCII_SHORT),
	NAME(KEY_BITS),
	NAME(KEY_BITS_TOO_LARGE),
	NAME(KEY_BITS_TRUNCATE),
	NAME(KEY_ODD),
	NAME(KEY_SHORT_64),
	NAME(KEY_SHORT_128),
	NAME(KEY_PATTERN),
	NAME(KEY_TEXT),
	NAME(KEY_DIGITS),
#undef NAME
};

static const char *const policy_names[POLICY_PROBLEM_COUNT] = {
#define NAME(x) [POLICY_PROBLEM_##x] = #x
	NAME(BOM),
	NAME(NUL),
	NAME(HIGH_BYTE),
	NAME(LONG_LINE),
	NAME(LONG_ENTRY),
	NAME(BACKSLASH),
	NAME(OUTSIDE),
	NAME(STRAY_CLOSE),
	NAME(STRAY_OPEN),
	NAME(STRAY_WORD),
	NAME(OPEN_AFTER_CLOSE),
	NAME(TEXT_AFTER_CLOSE),
	NAME(COMMENT_GLUED),
	NAME(NO_NEWLINE),
	NAME(OR_NEW_LINE),
	NAME(OR_GLUED),
	NAME(OR_SHORT),
	NAME(UNCLOSED),
	NAME(NO_ACTION),
	NAME(NO_PROPERTIES),
	NAME(ACTION),
	NAME(LAYOUT),
	NAME(TOO_MANY_PAIRS),
	NAME(TOO_MANY_ALTERNATIVES),
	NAME(TOO_MANY_WORDS),
	NAME(UNKNOWN),
	NAME(CASE),
	NAME(DEST),
	NAME(MISPLACED),
	NAME(NO_VALUE),
	NAME(REPEATED),
	NAME(VALUE),
	NAME(VALUE_PREFIX),
	NAME(STYLE_MIX),
	NAME(STYLE_ACTION),
	NAME(OR_OLD_STYLE),
	NAME(DIR_NEW_STYLE),
	NAME(DIR_CONFLICT),
	NAME(DIR_REQUIRED),
	NAME(DIR_NO_EFFECT),
	NAME(DROP_ALL),
	NAME(MIXED_ACTIONS),
	NAME(ADDRESS),
	NAME(ADDRESS_NAME),
	NAME(ADDRESS_SCOPE),
	NAME(PREFIX),
	NAME(PREFIX_SIZE),
	NAME(HOST_BITS),
	NAME(MASK),
	NAME(MASK_ZERO),
	NAME(MASK_HOLES),
	NAME(MASK_ALONE),
	NAME(MASK_PREFIX),
	NAME(MASK_V6),
	NAME(FAMILIES),
	NAME(PORT),
	NAME(PORT_NAME),
	NAME(PORT_NO_ULP),
	NAME(ULP),
	NAME(ULP_NAME),
	NAME(ULP_SIZE),
	NAME(ICMP_TYPE),
	NAME(ICMP_CODE),
	NAME(ICMP_SIZE),
	NAME(ICMP_ORDER),
	NAME(ICMP_NO_ULP),
	NAME(ICMP_FAMILY),
	NAME(ICMP_NO_TYPE),
	NAME(TUNNEL_NAME),
	NAME(TUNNEL_ALONE),
	NAME(TUNNEL_SELECTOR),
	NAME(UNIQUE_TUNNEL),
	NAME(UNIQUE_NO_IPSEC),
	NAME(ALG),
	NAME(ALG_CLASS),
	NAME(ALG_NUMBER),
	NAME(ALG_UNLISTED),
	NAME(ALG_ANY),
	NAME(ALG_WEAK),
	NAME(ALG_NULL),
	NAME(KEY_LENGTH),
	NAME(KEY_BLANK),
	NAME(KEY_DOT),
	NAME(KEY_RANGE),
	NAME(KEY_STEP),
	NAME(NO_ALGORITHM),
	NAME(ALG_NO_IPSEC),
	NAME(ENCR_ALONE),
	NAME(NULL_ALONE),
	NAME(COMBINED_AUTH),
	NAME(COMBINED_KEPT),
#undef NAME
};

static const char *const manual_names[MANUAL_PROBLEM_COUNT] = {
#define NAME(x) [MANUAL_PROBLEM_##x] = #x
	NAME(BOM),
	NAME(CRLF),
	NAME(CRLF_JOIN),
	NAME(NUL),
	NAME(HIGH_BYTE),
	NAME(LONG_LINE),
	NAME(LONG_LINE_OLD),
	NAME(LONG_COMMAND),
	NAME(LONG_COMMAND_OLD),
	NAME(BACKSLASH),
	NAME(UNFINISHED),
	NAME(COMMENT_JOINED),
	NAME(COMMENT_INSIDE),
	NAME(QUOTE_OPEN),
	NAME(QUOTE_GLUED),
	NAME(QUOTE_INSIDE),
	NAME(QUOTE_EMPTY),
	NAME(COMMAND_UNKNOWN),
	NAME(COMMAND_CASE),
	NAME(COMMAND_NOT_IN_FILE),
	NAME(COMMAND_FLUSH),
	NAME(COMMAND_ARGUMENTS),
	NAME(SA_TYPE_MISSING),
	NAME(SA_TYPE_UNKNOWN),
	NAME(SA_TYPE_ALL),
	NAME(EXTENSION_UNKNOWN),
	NAME(EXTENSION_CASE),
	NAME(EXTENSION_REFUSED),
	NAME(EXTENSION_COMMAND),
	NAME(REPEATED),
	NAME(MISSING),
	NAME(NO_VALUE),
	NAME(QUOTE),
	NAME(ORDER_DIRECTION),
	NAME(ORDER_RESERVED),
	NAME(ORDER_LABEL),
	NAME(DIRECTION_BOTH),
	NAME(NUMBER),
	NAME(NUMBER_SIGN),
	NAME(NUMBER_OCTAL),
	NAME(NUMBER_RANGE),
	NAME(PROTO_NAME),
	NAME(SPI_ZERO),
	NAME(SPI_RESERVED),
	NAME(REPLAY),
	NAME(STATE_UNKNOWN),
	NAME(STATE),
	NAME(ENCAP_UNKNOWN),
	NAME(ID_TYPE_UNKNOWN),
	NAME(PROXY),
	NAME(ADDRESS),
	NAME(ADDRESS_NAME),
	NAME(ADDRESS_SCOPE),
	NAME(ADDRESS_PREFIX),
	NAME(ADDRESS_FAMILY),
	NAME(HOST_BITS),
	NAME(DST_ANY),
	NAME(SRC_MULTICAST),
	NAME(SRC_MISSING),
	NAME(FAMILIES),
	NAME(ALG_UNKNOWN),
	NAME(ALG_UNLISTED),
	NAME(ALG_NONE),
	NAME(NO_ALGORITHM),
	NAME(NO_KEY),
	NAME(AH_ENCRYPTION),
	NAME(ALG_MISSING),
	NAME(KEY_MISSING),
	NAME(KEY_NOT_NEEDED),
	NAME(KEY_ON_UPDATE),
	NAME(COMBINED_AUTH),
	NAME(COUNTER_MODE),
	NAME(NO_INTEGRITY),
	NAME(NO_ENCRYPTION),
	NAME(SOFT_BEYOND_HARD),
	NAME(IDLE_BEYOND),
	NAME(TUNNEL_PROTO),
	NAME(TUNNEL_FAMILY),
	NAME(INNER_MISSING),
	NAME(INNER_FAMILIES),
	NAME(PORTS_BOTH),
	NAME(NAT_NO_ENCAP),
	NAME(ENCAP_NO_NAT),
	NAME(NAT_NO_REMOTE),
	NAME(NAT_AH),
	NAME(KEY_NOT_HEX),
	NAME(KEY_EMPTY),
	NAME(KEY_0X),
	NAME(KEY_ODD),
	NAME(KEY_BITS),
	NAME(KEY_BITS_LARGE),
	NAME(KEY_BITS_TRUNCATE),
	NAME(KEY_SIZE),
	NAME(KEY_SALT),
	NAME(KEY_CUT),
	NAME(KEY_WEAK),
	NAME(KEY_3DES),
	NAME(KEY_PARITY),
	NAME(KEY_PATTERN),
	NAME(KEYS_EQUAL),
	NAME(KEY_BROKEN),
	NAME(AFTER_QUIT),
	NAME(DUPLICATE),
	NAME(PAIR_MISSING),
	NAME(PAIR_LATER),
	NAME(PAIR_NOT_MIRRORED),
	NAME(PAIR_TAKEN),
	NAME(PAIR_UNNAMED),
	NAME(LONE),
	NAME(KEY_SHARED),
#undef NAME
};
/* clang-format on */

static const char *const kind_names[] = {
	[TOKEN_WORD] = "word",     [TOKEN_STRING] = "string", [TOKEN_OPEN] = "open",
	[TOKEN_CLOSE] = "close",   [TOKEN_LPAREN] = "lparen", [TOKEN_RPAREN] = "rparen",
	[TOKEN_BROKEN] = "broken",
};

static const char *ike_word(unsigned word)
{
	return ike_words[word].name;
}

static const char *preshared_word(unsigned word)
{
	return preshared_words[word].name;
}

static const char *policy_word(unsigned word)
{
	return policy_words[word].name;
}

static const char *manual_word(unsigned word)
{
	return manual_words[word].name;
}

static void collect_ike(const struct doc *doc, struct problems *problems);
static void collect_preshared(const struct doc *doc, struct problems *problems);
static void collect_policies(const struct doc *doc, struct problems *problems);
static void collect_manual(const struct doc *doc, struct problems *problems);

/* What is to be known of a format here: one row each. */
static const struct projected {
	const struct format *format;
	const char *const *problems;
	unsigned problem_count;
	const char *entries[3]; /* by kind */
	const char *(*word)(unsigned word);
	void (*collect)(const struct doc *doc, struct problems *problems);
} formats[] = {
	{ &ike_config_format,
	  ike_names,
	  IKE_PROBLEM_COUNT,
	  { "global", "rule", "other" },
	  ike_word,
	  collect_ike },
	{ &preshared_format,
	  preshared_names,
	  PRESHARED_PROBLEM_COUNT,
	  { "key", "other" },
	  preshared_word,
	  collect_preshared },
	{ &ipsecinit_format,
	  policy_names,
	  POLICY_PROBLEM_COUNT,
	  { "policy", "other" },
	  policy_word,
	  collect_policies },
	{ &ipseckeys_format,
	  manual_names,
	  MANUAL_PROBLEM_COUNT,
	  { "command", "rest", "other" },
	  manual_word,
	  collect_manual },
};

const struct format *projection_format(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(formats); i++)
		if (strcmp(name, formats[i].format->name) == 0)
			return formats[i].format;
	return NULL;
}

static const struct projected *projected(const struct format *format)
{
	size_t i = 0;

	while (formats[i].format != format)
		i++;
	return &formats[i];
}

unsigned projection_problem_count(const struct format *format)
{
	return projected(format)->problem_count;
}

const char *projection_problem_name(const struct format *format, unsigned code)
{
	return code < projection_problem_count(format) ? projected(format)->problems[code] : NULL;
}

struct doc *projection_load(const struct format *format, const char *path)
{
	struct error err = ERROR_INIT;
	struct blob blob;
	struct stat st;
	bool good;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	good = fstat(fd, &st) == 0 &&
	       blob_read(&blob, fd, (size_t)st.st_size, DOC_MAX_BYTES, format->secret, path, &err);
	error_clear(&err);
	close(fd);
	return good ? doc_new(format, blob) : NULL;
}

static void collect_ike(const struct doc *doc, struct problems *problems)
{
	struct ike_item item = IKE_ITEM_INIT;
	uint32_t i;

	ike_read_globals(doc, &item, problems);
	for (i = 0; i < doc->nentries; i++)
		if (doc->entries[i].kind == IKE_ENTRY_RULE)
			ike_read_rule(doc, i, &item, problems);
	ike_item_release(&item);
}

static void collect_preshared(const struct doc *doc, struct problems *problems)
{
	struct preshared_item item = PRESHARED_ITEM_INIT;
	uint32_t i;

	for (i = 0; i < doc->nentries; i++)
		if (doc->entries[i].kind == PRESHARED_ENTRY_KEY)
			preshared_read(doc, i, &item, problems);
	preshared_item_release(&item);
}

static void collect_policies(const struct doc *doc, struct problems *problems)
{
	struct policy_item item = POLICY_ITEM_INIT;
	uint32_t i;

	for (i = 0; i < doc->nentries; i++)
		if (doc->entries[i].kind == POLICY_ENTRY_POLICY)
			policy_read(doc, i, &item, problems);
	policy_item_release(&item);
}

static void collect_manual(const struct doc *doc, struct problems *problems)
{
	struct manual_item item = MANUAL_ITEM_INIT;
	uint32_t i;

	for (i = 0; i < doc->nentries; i++)
		if (doc->entries[i].kind == MANUAL_ENTRY_COMMAND)
			manual_read(doc, i, &item, problems);
	manual_item_release(&item);
	manual_check_file(doc, problems);
}

static int by_place(const void *a, const void *b)
{
	const struct problem *x = a, *y = b;

	if (x->at.off != y->at.off)
		return x->at.off < y->at.off ? -1 : 1;
	if (x->code != y->code)
		return x->code < y->code ? -1 : 1;
	return x->word < y->word ? -1 : x->word > y->word;
}

void projection_collect(const struct doc *doc, struct problems *problems)
{
	size_t i;

	for (i = 0; i < doc->problems.count; i++) {
		const struct problem *p = &doc->problems.items[i];

		problem_add(problems, p->code, p->word, p->at, p->arg);
	}
	projected(doc->format)->collect(doc, problems);
	if (problems->count > 0)
		qsort(problems->items, problems->count, sizeof *problems->items, by_place);
}

/* What stands there. The goldens of ike.preshared have their made-up keys; newer ones have none. */
static void add_text(const struct doc *doc, struct span span, struct strbuf *sb)
{
	if (doc->format == &ipseckeys_format)
		doc_print(doc, span, sb);
	else
		print_add(sb, doc->blob.data + span.off, span.len);
	strbuf_addch(sb, '\n');
}

static void add_position(struct doc *doc, uint32_t off, struct strbuf *sb)
{
	struct position at = doc_position(doc, off);

	strbuf_addf(sb, "%u:%u ", at.line, at.column);
}

static const char *word_name(const struct doc *doc, unsigned word)
{
	return word != 0 ? projected(doc->format)->word(word) : "-";
}

/* The flag is the same in all formats. */
enum { UNCLOSED = 1 };

void projection_tokens(struct doc *doc, struct strbuf *sb)
{
	size_t i, entry = 0;

	for (i = 0; i < doc->ntokens; i++) {
		const struct token *t = &doc->tokens[i];

		if (entry < doc->nentries && doc->entries[entry].tok == i) {
			strbuf_addf(sb, "%s%s\n",
				    projected(doc->format)->entries[doc->entries[entry].kind],
				    doc->entries[entry].flags & UNCLOSED ? " unclosed" : "");
			entry++;
		}
		strbuf_addch(sb, '\t');
		add_position(doc, t->off, sb);
		strbuf_addf(sb, "%s %s ", kind_names[t->kind], word_name(doc, t->word));
		add_text(doc, (struct span){ t->off, t->len }, sb);
	}
}

void projection_problems(struct doc *doc, struct strbuf *sb)
{
	struct problems problems = { 0 };
	size_t i;

	projection_collect(doc, &problems);
	for (i = 0; i < problems.count; i++) {
		const struct problem *p = &problems.items[i];

		add_position(doc, p->at.off, sb);
		strbuf_addf(sb, "%s %s ", projection_problem_name(doc->format, p->code),
			    word_name(doc, p->word));
		add_text(doc, p->at, sb);
	}
	problems_release(&problems);
}

void projection_shown(const struct doc *doc, struct strbuf *sb)
{
	size_t off = 0;

	while (off < doc->blob.len) {
		const char *newline = memchr(doc->blob.data + off, '\n', doc->blob.len - off);

		doc_print(doc, doc_line(doc, (uint32_t)off), sb);
		strbuf_addch(sb, '\n');
		if (newline == NULL)
			break;
		off = (size_t)(newline + 1 - doc->blob.data);
	}
}
