/* ipsecinit.conf: algorithms and lengths of keys. */
#include "config.h"

#include "formats/ipsecinit/scan.h"

#include <string.h>

/* Decimal digits, of which there may be none; stops at the first other byte. *VALUE stays small. */
static const char *read_digits(const char *p, const char *end, uint16_t *value)
{
	uint32_t number = 0;

	for (; p < end && *p >= '0' && *p <= '9'; p++)
		if (number < UINT16_MAX)
			number = number * 10 + (uint32_t)(*p - '0');
	*value = (uint16_t)(number < UINT16_MAX ? number : UINT16_MAX);
	return p;
}

/*
 * The length of a key: (n), (n..), (..m), (n..m) or (). One dot is as good as two to the tool.
 * Returns 0 or the problem.
 */
static enum policy_problem read_range(const char *p, const char *end, struct policy_alg *alg,
				      bool *one_dot)
{
	const char *digits = ++p, *stop;

	p = read_digits(p, end, &alg->min);
	if (p < end && *p == ')') {
		alg->max = alg->min;
		alg->ranged = p > digits;
		if (p + 1 != end)
			return POLICY_PROBLEM_KEY_LENGTH;
		return alg->ranged && alg->min == 0 ? POLICY_PROBLEM_KEY_RANGE : 0;
	}
	if (p == end || *p++ != '.')
		return POLICY_PROBLEM_KEY_LENGTH;
	*one_dot = p == end || *p != '.';
	p += !*one_dot;
	alg->ranged = true;
	stop = read_digits(p, end, &alg->max);
	if (stop + 1 != end || *stop != ')' || (stop == p && digits[0] == '.'))
		return POLICY_PROBLEM_KEY_LENGTH;
	if (stop > p && alg->max == 0)
		return POLICY_PROBLEM_KEY_RANGE;
	return 0;
}

/* Whether the algorithm has a key of such a length at all, and one of its steps. */
static enum policy_problem check_range(const struct policy_alg *alg)
{
	uint32_t low = alg->min, high = alg->max != 0 ? alg->max : UINT16_MAX;
	const struct ipsec_alg *row = alg->alg;

	if (low > high || low > row->max || high < row->min || row->max == 0)
		return POLICY_PROBLEM_KEY_RANGE;
	if (low < row->min)
		low = row->min;
	while (low <= high && low <= row->max && !ipsec_alg_has_size(row, low))
		low++;
	return low > high || low > row->max ? POLICY_PROBLEM_KEY_STEP : 0;
}

/* A number in decimal or, with a leading 0, octal digits; 0 where it is none from 1 to 255. */
static uint8_t read_number(const char *text, size_t len)
{
	unsigned base = text[0] == '0' ? 8 : 10, number = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		if (text[i] < '0' || (unsigned)(text[i] - '0') >= base)
			return 0;
		number = number * base + (unsigned)(text[i] - '0');
		if (number > 255)
			return 0;
	}
	return (uint8_t)number;
}

/* The name or number, up to the parenthesis. */
static void read_name(const struct policy_reader *r, struct policy_stmt *s, const char *text,
		      size_t len, struct policy_alg *alg)
{
	enum ipsec_alg_class class =
		policy_words[s->keyword].arg == POLICY_ARG_AUTH ? IPSEC_AUTH : IPSEC_ENCR;

	alg->alg = ipsec_alg_find(class, text, len);
	if (alg->alg != NULL) {
		alg->number = alg->alg->number;
	} else if (ipsec_alg_find(class == IPSEC_AUTH ? IPSEC_ENCR : IPSEC_AUTH, text, len)) {
		policy_bad(r, s, POLICY_PROBLEM_ALG_CLASS);
	} else if (len == 0 || text[0] < '0' || text[0] > '9' || strspn(text, "0123456789") < len) {
		/* 3des-x begins with a digit and is no number. */
		policy_bad(r, s,
			   len > 1 && text[0] == '0' && (text[1] | 32) == 'x'
				   ? POLICY_PROBLEM_ALG_NUMBER
				   : POLICY_PROBLEM_ALG);
	} else {
		alg->number = read_number(text, len);
		if (alg->number == 0)
			policy_bad(r, s, POLICY_PROBLEM_ALG_NUMBER);
		alg->alg = ipsec_alg_numbered(class, alg->number);
		if (s->good && alg->alg == NULL)
			policy_odd(r, s, POLICY_PROBLEM_ALG_UNLISTED);
	}
}

/* What is to be said of an algorithm that is understood. */
static void check_alg(const struct policy_reader *r, const struct policy_stmt *s,
		      const struct policy_alg *alg)
{
	if (alg->alg == NULL)
		return;
	if (alg->alg->kind == IPSEC_ALG_ANY)
		policy_odd(r, s, POLICY_PROBLEM_ALG_ANY);
	if (alg->alg->weak)
		policy_odd(r, s, POLICY_PROBLEM_ALG_WEAK);
}

void policy_read_alg(const struct policy_reader *r, struct policy_stmt *s, struct policy_alg *alg)
{
	const char *text = doc_text(r->doc, s->arg);
	size_t len = policy_token(r, s->arg)->len;
	const char *open = memchr(text, '(', len);
	enum policy_problem code = 0;
	bool one_dot = false;

	read_name(r, s, text, open != NULL ? (size_t)(open - text) : len, alg);
	if (s->good && open != NULL)
		code = read_range(open, text + len, alg, &one_dot);
	if (s->good && code == 0 && alg->ranged && alg->alg != NULL)
		code = check_range(alg);
	if (code == POLICY_PROBLEM_KEY_STEP)
		policy_odd(r, s, code);
	else if (code != 0)
		policy_bad(r, s, code);
	if (s->good && one_dot)
		policy_odd(r, s, POLICY_PROBLEM_KEY_DOT);
	if (s->good)
		check_alg(r, s, alg);
	else
		*alg = (struct policy_alg){ 0 };
}
