/* ipsecinit.conf: from the word behind a keyword of the pattern to its value. */
#include "config.h"

#include "formats/ipsecinit/scan.h"

#include <string.h>

#include "base/xalloc.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether the bytes can be the name of a host, network, service or protocol. */
static bool is_name(const char *text, size_t len)
{
	bool letter = false;
	size_t i;

	for (i = 0; i < len; i++) {
		letter |= is_letter(text[i]);
		if (text[i] == '\0' ||
		    (!is_letter(text[i]) && !is_digit(text[i]) && strchr(".-_+", text[i]) == NULL))
			return false;
	}
	return letter;
}

/* A number in C notation that is all of the bytes. False where it is none; *VALUE stays small. */
static bool read_number(const char *text, size_t len, uint32_t *value)
{
	unsigned base = 10;
	uint64_t number = 0;
	size_t i = 0;

	if (len > 1 && text[0] == '0') {
		base = (text[1] | 32) == 'x' ? 16 : 8;
		i = base == 16 ? 2 : 1;
	}
	if (i == len)
		return false;
	for (; i < len; i++) {
		static const char digits[] = "0123456789abcdef";
		char c = (char)(is_letter(text[i]) ? text[i] | 32 : text[i]);
		const char *digit = memchr(digits, c, base);

		if (digit == NULL)
			return false;
		if (number <= UINT32_MAX)
			number = number * base + (unsigned)(digit - digits);
	}
	*value = number <= UINT32_MAX ? (uint32_t)number : UINT32_MAX;
	return true;
}

/* The prefix behind the /, in decimal digits alone. */
static enum policy_problem read_prefix(const char *text, size_t len, unsigned *prefix)
{
	unsigned number = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		if (!is_digit(text[i]))
			return POLICY_PROBLEM_PREFIX;
		if (number <= 128)
			number = number * 10 + (unsigned)(text[i] - '0');
	}
	*prefix = number;
	return len == 0 ? POLICY_PROBLEM_PREFIX : number > 128 ? POLICY_PROBLEM_PREFIX_SIZE : 0;
}

static void check_host_bits(const struct policy_reader *r, const struct policy_stmt *s,
			    const struct ip_range *range)
{
	if (range->host_bits)
		policy_problem(r, POLICY_PROBLEM_HOST_BITS, s->keyword, s->arg, range->prefix);
}

static void read_address(const struct policy_reader *r, struct policy_stmt *s,
			 struct policy_end *end)
{
	const char *text = doc_text(r->doc, s->arg);
	size_t len = policy_token(r, s->arg)->len, host = len;
	const char *slash = memchr(text, '/', len);
	enum policy_problem code = 0;
	enum ip_family family;
	struct ip_range range = { 0 };
	struct ip ip;
	enum ip_error error;
	unsigned prefix = 0;

	if (slash != NULL) {
		host = (size_t)(slash - text);
		code = read_prefix(slash + 1, len - host - 1, &prefix);
	}
	error = host < INT16_MAX ? ip_parse(text, host, &ip, &family) : IP_ERROR_NAME;
	if (error == IP_ERROR_SCOPE) {
		code = POLICY_PROBLEM_ADDRESS_SCOPE;
	} else if (error != IP_OK && !is_name(text, host)) {
		code = POLICY_PROBLEM_ADDRESS;
	} else if (error != IP_OK && code == 0) {
		end->named = true;
		policy_odd(r, s, POLICY_PROBLEM_ADDRESS_NAME);
	} else if (code == 0) {
		range = ip_range_of(ip, family);
		if (slash != NULL && ip_range_set_prefix(&range, prefix) != IP_OK)
			code = POLICY_PROBLEM_PREFIX_SIZE;
	}
	if (code != 0)
		policy_bad(r, s, code);
	else
		end->range = range;
	if (code == 0)
		check_host_bits(r, s, &range);
}

/*
 * A mask as inet_addr(3) reads it: one to four numbers in C notation with dots between them, of
 * which the last fills the rest.
 */
static bool read_mask(const char *text, size_t len, uint32_t *mask)
{
	const char *end = text + len;
	uint32_t value = 0, number;
	unsigned part;

	for (part = 0; part < 4; part++) {
		const char *dot = memchr(text, '.', (size_t)(end - text));
		const char *stop = dot != NULL ? dot : end;
		unsigned bits = dot != NULL ? 8 : 32 - 8 * part;

		if (!read_number(text, (size_t)(stop - text), &number) ||
		    (bits < 32 && number >> bits != 0))
			return false;
		if (dot == NULL) {
			*mask = part == 0 ? number : value | number;
			return true;
		}
		value |= number << (24 - 8 * part);
		text = dot + 1;
	}
	return false;
}

static void read_mask_value(const struct policy_reader *r, struct policy_stmt *s)
{
	uint32_t mask;

	if (!read_mask(doc_text(r->doc, s->arg), policy_token(r, s->arg)->len, &mask))
		policy_bad(r, s, POLICY_PROBLEM_MASK);
	else if (mask == 0)
		policy_bad(r, s, POLICY_PROBLEM_MASK_ZERO);
	else if ((~mask & (~mask + 1)) != 0)
		policy_bad(r, s, POLICY_PROBLEM_MASK_HOLES);
}

/* OTHER is the other style's word for the address: where both stand, which is an error, nobody
 * knows whose range the end has. */
static void apply_mask(const struct policy_reader *r, struct policy_item *item,
		       enum policy_word mask_word, enum policy_word address_word,
		       enum policy_word other, struct policy_end *end)
{
	const struct policy_stmt *address = policy_find(item, address_word);
	struct policy_stmt *s;
	uint32_t mask = 0;
	unsigned prefix;

	if (item->first[mask_word] == 0)
		return;
	s = &item->stmts[item->first[mask_word] - 1];
	if (address == NULL && !r->unknown)
		policy_problem(r, POLICY_PROBLEM_MASK_ALONE, mask_word, s->tok, 0);
	if (address == NULL || !address->good || !s->good || item->first[other] != 0)
		return;
	if (memchr(doc_text(r->doc, address->arg), '/', policy_token(r, address->arg)->len)) {
		policy_bad(r, s, POLICY_PROBLEM_MASK_PREFIX);
	} else if (end->range.family == IP_V6) {
		policy_bad(r, s, POLICY_PROBLEM_MASK_V6);
	} else if (end->range.family == IP_V4) {
		read_mask(doc_text(r->doc, s->arg), policy_token(r, s->arg)->len, &mask);
		for (prefix = 0; prefix < 32 && mask << prefix != 0; prefix++)
			;
		ip_range_set_prefix(&end->range, prefix);
		check_host_bits(r, address, &end->range);
	}
}

void policy_read_masks(const struct policy_reader *r, struct policy_item *item)
{
	apply_mask(r, item, POLICY_SMASK, POLICY_SADDR, POLICY_LADDR, &item->local);
	apply_mask(r, item, POLICY_DMASK, POLICY_DADDR, POLICY_RADDR, &item->remote);
}

static void set_number(struct policy_number *number, uint32_t value)
{
	*number = (struct policy_number){ .set = value != 0,
					  .first = (uint16_t)value,
					  .last = (uint16_t)value };
}

static void read_port(const struct policy_reader *r, struct policy_stmt *s,
		      struct policy_number *port)
{
	const char *text = doc_text(r->doc, s->arg);
	size_t len = policy_token(r, s->arg)->len;
	const struct policy_name *name = policy_service_find(text, len);
	uint32_t value;

	if (name != NULL) {
		set_number(port, name->number);
	} else if (read_number(text, len, &value)) {
		if (value > UINT16_MAX)
			policy_bad(r, s, POLICY_PROBLEM_PORT);
		else
			set_number(port, value);
	} else if (is_name(text, len)) {
		*port = (struct policy_number){ .named = true };
		policy_odd(r, s, POLICY_PROBLEM_PORT_NAME);
	} else {
		policy_bad(r, s, POLICY_PROBLEM_PORT);
	}
}

static void read_protocol(const struct policy_reader *r, struct policy_stmt *s,
			  struct policy_number *ulp)
{
	const char *text = doc_text(r->doc, s->arg);
	size_t len = policy_token(r, s->arg)->len;
	const struct policy_name *name = policy_protocol_find(text, len);
	uint32_t value;

	if (name != NULL) {
		set_number(ulp, name->number);
	} else if (read_number(text, len, &value)) {
		if (value > 255) {
			s->good = false;
			policy_problem(r, POLICY_PROBLEM_ULP_SIZE, s->keyword, s->arg, value & 255);
		} else {
			set_number(ulp, value);
		}
	} else if (is_name(text, len)) {
		*ulp = (struct policy_number){ .named = true };
		policy_odd(r, s, POLICY_PROBLEM_ULP_NAME);
	} else {
		policy_bad(r, s, POLICY_PROBLEM_ULP);
	}
}

/* A type or code of ICMP: a word, a number, or two numbers with - between them. */
static void read_icmp(const struct policy_reader *r, struct policy_stmt *s,
		      struct policy_number *number)
{
	const char *text = doc_text(r->doc, s->arg);
	size_t len = policy_token(r, s->arg)->len;
	const char *dash = memchr(text, '-', len);
	uint32_t first, last, most = s->keyword == POLICY_TYPE ? 255 : 254;
	size_t len1 = dash != NULL ? (size_t)(dash - text) : len;

	s->value = policy_token(r, s->arg)->word & 255;
	if (s->value != POLICY_NO_WORD) {
		first = last = policy_words[s->value].number;
	} else if (!read_number(text, len1, &first) ||
		   !read_number(dash != NULL ? dash + 1 : text, dash != NULL ? len - len1 - 1 : len,
				&last)) {
		policy_bad(r, s,
			   s->keyword == POLICY_TYPE ? POLICY_PROBLEM_ICMP_TYPE
						     : POLICY_PROBLEM_ICMP_CODE);
		return;
	}
	if (first > most || last > most)
		policy_bad(r, s, POLICY_PROBLEM_ICMP_SIZE);
	else if (last < first)
		policy_bad(r, s, POLICY_PROBLEM_ICMP_ORDER);
	else
		*number = (struct policy_number){ true, false, (uint16_t)first, (uint16_t)last };
}

static void read_interface(const struct policy_reader *r, struct policy_stmt *s)
{
	if (policy_token(r, s->arg)->len > POLICY_TUNNEL_NAME_MAX)
		policy_bad(r, s, POLICY_PROBLEM_TUNNEL_NAME);
}

void policy_read_value(const struct policy_reader *r, struct policy_item *item,
		       struct policy_stmt *s)
{
	bool local = s->keyword == POLICY_SADDR || s->keyword == POLICY_LADDR ||
		     s->keyword == POLICY_SPORT || s->keyword == POLICY_LPORT;
	struct policy_end *end = local ? &item->local : &item->remote;

	switch (policy_words[s->keyword].arg) {
	case POLICY_ARG_ADDRESS:
		read_address(r, s, end);
		break;
	case POLICY_ARG_MASK:
		read_mask_value(r, s);
		break;
	case POLICY_ARG_PORT:
		read_port(r, s, &end->port);
		break;
	case POLICY_ARG_PROTOCOL:
		read_protocol(r, s, &item->ulp);
		break;
	case POLICY_ARG_ICMP:
		if (s->keyword == POLICY_CODE && item->first[POLICY_TYPE] == 0 && !r->unknown)
			policy_problem(r, POLICY_PROBLEM_ICMP_NO_TYPE, s->keyword, s->tok, 0);
		read_icmp(r, s, s->keyword == POLICY_TYPE ? &item->type : &item->code);
		break;
	case POLICY_ARG_INTERFACE:
		read_interface(r, s);
		break;
	default:
		policy_read_word(r, s);
		if (s->keyword == POLICY_NEGOTIATE && s->good)
			item->negotiate = s->value;
	}
}
