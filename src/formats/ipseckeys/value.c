/* ipseckeys: what the value of one extension stands for. */
#include "config.h"

#include "formats/ipseckeys/scan.h"

#include <string.h>

#include "base/xalloc.h"

#define SPI_RESERVED 255 /* spis up to this one are nobody's */

struct value {
	struct manual_item *item;
	struct manual_field *field;
	struct problems *problems;
	struct span at; /* the value's token, without quotes */
	const char *text;
};

static void odd(const struct value *v, enum manual_problem code, uint32_t arg)
{
	if (v->problems != NULL)
		problem_add(v->problems, code, v->field->name, v->at, arg);
}

/* The value then counts as not understood. */
static void bad(const struct value *v, enum manual_problem code, uint32_t arg)
{
	v->field->good = false;
	odd(v, code, arg);
}

struct span manual_unquoted(const struct doc *doc, uint32_t tok)
{
	const struct token *t = &doc->tokens[tok];

	if (t->kind == TOKEN_STRING)
		return (struct span){ t->off + 1, t->len - 2 };
	return (struct span){ t->off, t->len };
}

static enum manual_number_form parse_digits(const char *p, const char *end, uint64_t *number)
{
	unsigned base = 10;
	bool large = false;
	uint64_t most;

	if (end - p > 2 && p[0] == '0' && (p[1] == 'x' || p[1] == 'X')) {
		base = 16;
		p += 2;
	} else if (end - p > 1 && p[0] == '0') {
		base = 8;
	}
	if (p == end)
		return MANUAL_NUMBER_BAD;
	most = UINT64_MAX / base;
	for (*number = 0; p < end; p++) {
		unsigned digit = manual_digit(*p) ^ MANUAL_DIGIT;

		if (digit >= base)
			return MANUAL_NUMBER_BAD;
		large = large || *number > most || *number * base > UINT64_MAX - digit;
		*number = *number * base + digit;
	}
	if (large)
		return MANUAL_NUMBER_LARGE;
	return base == 8 && *number > 7 ? MANUAL_NUMBER_OCTAL : MANUAL_NUMBER_GOOD;
}

enum manual_number_form manual_number_parse(const char *text, size_t len, uint64_t *number)
{
	const char *p = text, *end = text + len;
	enum manual_number_form form;

	while (p < end && manual_is_space(*p))
		p++;
	if (p < end && (*p == '-' || *p == '+'))
		p++;
	form = parse_digits(p, end, number);
	return p > text && form != MANUAL_NUMBER_BAD ? MANUAL_NUMBER_SIGNED : form;
}

unsigned manual_protocol_number(const char *name, size_t len)
{
	static const struct {
		const char *name;
		unsigned number;
	} protocols[] = {
		{ "icmp", 1 },  { "igmp", 2 },   { "ip", 4 },         { "ipip", 4 },
		{ "encap", 4 }, { "tcp", 6 },    { "udp", 17 },       { "ipv6", 41 },
		{ "esp", 50 },  { "ah", 51 },    { "ipv6-icmp", 58 }, { "icmpv6", 58 },
		{ "ospf", 89 }, { "sctp", 132 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(protocols); i++)
		if (strlen(protocols[i].name) == len && memcmp(protocols[i].name, name, len) == 0)
			return protocols[i].number;
	return 0;
}

static bool parse_number(const struct value *v, uint64_t *number)
{
	unsigned name = v->field->name, protocol = 0;

	switch (manual_number_parse(v->text, v->at.len, number)) {
	case MANUAL_NUMBER_OCTAL:
		odd(v, MANUAL_PROBLEM_NUMBER_OCTAL,
		    *number < UINT32_MAX ? (uint32_t)*number : UINT32_MAX);
		return true;
	case MANUAL_NUMBER_GOOD:
		return true;
	case MANUAL_NUMBER_SIGNED:
		bad(v, MANUAL_PROBLEM_NUMBER_SIGN, 0);
		return false;
	case MANUAL_NUMBER_LARGE:
		bad(v, MANUAL_PROBLEM_NUMBER_RANGE, 0);
		return false;
	default:
		if (name == MANUAL_PROTO || name == MANUAL_IPROTO)
			*number = protocol = manual_protocol_number(v->text, v->at.len);
		if (protocol != 0)
			odd(v, MANUAL_PROBLEM_PROTO_NAME, protocol);
		else
			bad(v, MANUAL_PROBLEM_NUMBER, 0);
		return protocol != 0;
	}
}

static void read_number(const struct value *v)
{
	struct manual_field *f = v->field;
	const struct manual_word_info *info = &manual_words[f->name];
	uint64_t number;

	if (!parse_number(v, &number))
		return;
	f->number = number;
	if (f->name == MANUAL_SPI || f->name == MANUAL_PAIR_SPI) {
		uint32_t *spi = f->name == MANUAL_SPI ? &v->item->spi : &v->item->pair_spi;

		if (number == 0)
			bad(v, MANUAL_PROBLEM_SPI_ZERO, 0);
		else if (number <= info->max)
			*spi = (uint32_t)number;
		if (number > 0 && number <= SPI_RESERVED && f->name == MANUAL_SPI &&
		    v->item->command == MANUAL_ADD)
			odd(v, MANUAL_PROBLEM_SPI_RESERVED, 0);
	}
	if (number > info->max)
		bad(v, MANUAL_PROBLEM_NUMBER_RANGE, 0);
	else if (f->name == MANUAL_REPLAY && number != 0)
		odd(v, MANUAL_PROBLEM_REPLAY, (uint32_t)number);
}

/* Letters, digits, points, hyphens and underscores, one letter among them. */
static bool is_host_name(const char *p, size_t len)
{
	bool letter = false;
	size_t i;

	for (i = 0; i < len; i++) {
		char c = p[i];
		bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!alpha && !(c >= '0' && c <= '9') &&
		    ((c != '.' && c != '-' && c != '_') || i == 0))
			return false;
		letter = letter || alpha;
	}
	return letter;
}

/* The prefix length is decimal here. */
static bool is_decimal_prefix(const char *p, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (p[i] < '0' || p[i] > '9')
			return false;
	return len > 0 && (p[0] != '0' || len == 1);
}

/* What is not an address: a name, or nothing at all. */
static void read_name(const struct value *v, enum ip_error error, struct manual_address *address)
{
	const char *slash = memchr(v->text, '/', v->at.len);
	size_t len = slash != NULL ? (size_t)(slash - v->text) : v->at.len;

	if (error == IP_ERROR_SCOPE) {
		bad(v, MANUAL_PROBLEM_ADDRESS_SCOPE, 0);
	} else if (error == IP_ERROR_NAME && is_host_name(v->text, len)) {
		bool takes = manual_words[v->field->name].arg == MANUAL_ARG_PREFIX;

		if (slash != NULL && (!takes || !is_decimal_prefix(slash + 1, v->at.len - len - 1)))
			bad(v, MANUAL_PROBLEM_ADDRESS_PREFIX, 0);
		else
			odd(v, MANUAL_PROBLEM_ADDRESS_NAME, 0);
		if (v->field->good)
			address->name = v->at;
	} else {
		bad(v,
		    slash != NULL && error != IP_ERROR_NAME ? MANUAL_PROBLEM_ADDRESS_PREFIX
							    : MANUAL_PROBLEM_ADDRESS,
		    0);
	}
}

static void check_address(const struct value *v, const struct ip_range *range)
{
	const char *slash = memchr(v->text, '/', v->at.len);
	unsigned name = v->field->name, family = manual_words[v->field->word].family;

	if (range->form == IP_RANGE)
		bad(v, MANUAL_PROBLEM_ADDRESS, 0);
	else if (slash != NULL &&
		 (manual_words[name].arg != MANUAL_ARG_PREFIX ||
		  !is_decimal_prefix(slash + 1, v->at.len - (size_t)(slash + 1 - v->text))))
		bad(v, MANUAL_PROBLEM_ADDRESS_PREFIX, 0);
	else if (family != 0 && family != range->family)
		bad(v, MANUAL_PROBLEM_ADDRESS_FAMILY, 0);
	else if (name == MANUAL_DST && (range->first.high | range->first.low) == 0)
		bad(v, MANUAL_PROBLEM_DST_ANY, 0);
	else if (name == MANUAL_SRC && ip_is_multicast(range))
		bad(v, MANUAL_PROBLEM_SRC_MULTICAST, 0);
	else if (range->host_bits)
		odd(v, MANUAL_PROBLEM_HOST_BITS, 0);
}

static struct manual_address *address_of(struct manual_item *item, unsigned name)
{
	switch (name) {
	case MANUAL_SRC:
		return &item->src;
	case MANUAL_DST:
		return &item->dst;
	case MANUAL_ISRC:
		return &item->isrc;
	case MANUAL_IDST:
		return &item->idst;
	case MANUAL_NAT_LOC:
		return &item->nat_loc;
	default:
		return &item->nat_rem;
	}
}

static void read_address(const struct value *v)
{
	struct manual_address *address = address_of(v->item, v->field->name);
	struct ip_range range = { 0 };
	enum ip_error error = ip_range_parse(v->text, v->at.len, &range);

	if (error != IP_OK) {
		read_name(v, error, address);
		return;
	}
	check_address(v, &range);
	if (v->field->good)
		address->range = range;
}

/* One that stands for none is good and has no row. */
static void read_alg(const struct value *v, enum ipsec_alg_class class,
		     const struct ipsec_alg **result)
{
	const struct ipsec_alg *alg = ipsec_alg_find(class, v->text, v->at.len);
	enum manual_problem unknown = MANUAL_PROBLEM_ALG_UNKNOWN;
	uint64_t number;

	if (alg == NULL &&
	    manual_number_parse(v->text, v->at.len, &number) <= MANUAL_NUMBER_OCTAL) {
		if (number == 0)
			return;
		if (number <= 255) {
			alg = ipsec_alg_numbered(class, (uint32_t)number);
			unknown = MANUAL_PROBLEM_ALG_UNLISTED;
		}
	}
	if (alg == NULL || alg->policy_only)
		bad(v, unknown, 0);
	else if (alg->kind == IPSEC_ALG_REAL)
		*result = alg;
}

static void read_identity(const struct value *v)
{
	struct manual_field *f = v->field;
	struct manual_identity *id =
		f->name == MANUAL_SRCIDTYPE ? &v->item->src_id : &v->item->dst_id;
	uint64_t number;

	f->value = (uint8_t)manual_value_find(v->text, v->at.len, MANUAL_ARG_IDENTITY);
	if (f->value == 0 &&
	    (manual_number_parse(v->text, v->at.len, &number) > MANUAL_NUMBER_OCTAL ||
	     number > 0xffff)) {
		bad(v, MANUAL_PROBLEM_ID_TYPE_UNKNOWN, 0);
		return;
	}
	id->type = (uint8_t)manual_word_canonical(f->value);
	id->number = f->value == 0 ? (uint16_t)number : 0;
	id->text = manual_unquoted(v->item->doc, f->end - 1);
}

static void read_word(const struct value *v, enum manual_arg set, enum manual_problem unknown)
{
	v->field->value = (uint8_t)manual_value_find(v->text, v->at.len, set);
	if (v->field->value == 0)
		bad(v, unknown, 0);
	else if (manual_words[v->field->value].known == 0)
		bad(v, MANUAL_PROBLEM_STATE, 0);
}

void manual_value_read(struct manual_item *item, struct manual_field *field,
		       struct problems *problems)
{
	struct value v = { item, field, problems, manual_unquoted(item->doc, field->arg), NULL };
	struct manual_key *key = field->name == MANUAL_AUTHKEY ? &item->auth_key : &item->encr_key;

	v.text = item->doc->blob.data + v.at.off;
	switch (manual_words[field->name].arg) {
	case MANUAL_ARG_NUMBER:
		read_number(&v);
		break;
	case MANUAL_ARG_ADDRESS:
	case MANUAL_ARG_PREFIX:
		read_address(&v);
		break;
	case MANUAL_ARG_AUTH_ALG:
		read_alg(&v, IPSEC_AUTH, &item->auth_alg);
		break;
	case MANUAL_ARG_ENCR_ALG:
		read_alg(&v, IPSEC_ENCR, &item->encr_alg);
		break;
	case MANUAL_ARG_KEY:
		manual_key_read(item->doc, field->arg, key, problems);
		field->good = key->text.len > 0;
		break;
	case MANUAL_ARG_STATE:
		read_word(&v, MANUAL_ARG_STATE, MANUAL_PROBLEM_STATE_UNKNOWN);
		break;
	case MANUAL_ARG_ENCAP:
		read_word(&v, MANUAL_ARG_ENCAP, MANUAL_PROBLEM_ENCAP_UNKNOWN);
		break;
	case MANUAL_ARG_IDENTITY:
		read_identity(&v);
		break;
	default:
		break;
	}
}
