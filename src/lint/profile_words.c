#include "config.h"

#include "lint/profile_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/print.h"
#include "base/xalloc.h"
#include "formats/ike_config/file.h"
#include "lint/check.h"

/* What a key takes. */
enum takes {
	TAKES_TEXT,
	TAKES_YES_NO,
	TAKES_DIALECT,
	TAKES_MODE,
	TAKES_SHARE, /* own, keep, add or force */
	TAKES_KEEP,  /* own or keep */
	TAKES_SEVERITY,
	TAKES_NUMBER,
	TAKES_NUMBERS,
	TAKES_RANGE,
	TAKES_RANGES,  /* and numbers */
	TAKES_WORDS,   /* names that nobody here knows */
	TAKES_CIPHERS, /* values of encr_alg */
	TAKES_HASHES,  /* values of auth_alg */
	TAKES_PAIRS,   /* CIPHER-HASH, or none-HASH */
	TAKES_SHIPPED, /* what came with the host */
	TAKES_DEFAULT  /* a value of the keyword */
};

/* Whose names stand for the * in a key. */
enum names { NAMES_NONE, NAMES_GLOBALS, NAMES_RULES, NAMES_PORTS, NAMES_CHECKS };

static const struct {
	const char *section, *key; /* * stands for a name */
	uint8_t takes, names;
} keys[] = {
	{ "profile", "name", TAKES_TEXT, NAMES_NONE },
	{ "profile", "title", TAKES_TEXT, NAMES_NONE },
	{ "profile", "inherits", TAKES_TEXT, NAMES_NONE },
	{ "profile", "dialect", TAKES_DIALECT, NAMES_NONE },
	{ "profile", "coexistence", TAKES_YES_NO, NAMES_NONE },
	{ "globals", "*.ssm", TAKES_SHARE, NAMES_GLOBALS },
	{ "globals", "*.mdm", TAKES_SHARE, NAMES_GLOBALS },
	{ "globals", "other.ssm", TAKES_KEEP, NAMES_NONE },
	{ "globals", "other.mdm", TAKES_KEEP, NAMES_NONE },
	{ "globals", "*.shipped", TAKES_SHIPPED, NAMES_GLOBALS },
	{ "rules", "label.quoted", TAKES_YES_NO, NAMES_NONE },
	{ "rules", "mdm_rule.ssm", TAKES_KEEP, NAMES_NONE },
	{ "rules", "mdm_rule.mdm", TAKES_KEEP, NAMES_NONE },
	{ "rules", "foreign_rule.ssm", TAKES_KEEP, NAMES_NONE },
	{ "rules", "foreign_rule.mdm", TAKES_KEEP, NAMES_NONE },
	{ "rules", "*.ssm", TAKES_SHARE, NAMES_RULES },
	{ "rules", "*.mdm", TAKES_SHARE, NAMES_RULES },
	{ "rules", "*.preshared.default", TAKES_DEFAULT, NAMES_RULES },
	{ "rules", "*.rsasig.default", TAKES_DEFAULT, NAMES_RULES },
	{ "rules", "*.default", TAKES_DEFAULT, NAMES_RULES },
	{ "limits", "encr_alg", TAKES_CIPHERS, NAMES_NONE },
	{ "limits", "auth_alg", TAKES_HASHES, NAMES_NONE },
	{ "limits", "oakley_group", TAKES_NUMBERS, NAMES_NONE },
	{ "limits", "p1_transforms", TAKES_PAIRS, NAMES_NONE },
	{ "limits", "p1_lifetime_secs", TAKES_RANGE, NAMES_NONE },
	{ "limits", "p2_pfs", TAKES_NUMBERS, NAMES_NONE },
	{ "limits", "p2_lifetime_secs", TAKES_RANGE, NAMES_NONE },
	{ "limits", "p2_proposals", TAKES_PAIRS, NAMES_NONE },
	{ "limits", "p2_proposals.*", TAKES_PAIRS, NAMES_PORTS },
	{ "limits", "p2_groups", TAKES_NUMBERS, NAMES_NONE },
	{ "limits", "p2_port_names", TAKES_WORDS, NAMES_NONE },
	{ "limits", "p2_port_numbers", TAKES_RANGES, NAMES_NONE },
	{ "limits", "cert_key_bits", TAKES_NUMBERS, NAMES_NONE },
	{ "limits", "cert_signatures", TAKES_WORDS, NAMES_NONE },
	{ "limits", "weak_encr_alg", TAKES_CIPHERS, NAMES_NONE },
	{ "limits", "weak_auth_alg", TAKES_HASHES, NAMES_NONE },
	{ "limits", "weak_groups", TAKES_NUMBERS, NAMES_NONE },
	{ "limits", "weak_cert_key_bits", TAKES_NUMBERS, NAMES_NONE },
	{ "limits", "weak_cert_signatures", TAKES_WORDS, NAMES_NONE },
	{ "limits", "psk_min_bits", TAKES_NUMBER, NAMES_NONE },
	{ "limits", "psk_generate_bits", TAKES_NUMBER, NAMES_NONE },
	{ "limits", "cert_expiry_days", TAKES_NUMBERS, NAMES_NONE },
	{ "files", "owner", TAKES_TEXT, NAMES_NONE },
	{ "files", "config.mode", TAKES_MODE, NAMES_NONE },
	{ "files", "publickeys.mode", TAKES_MODE, NAMES_NONE },
	{ "files", "crls.mode", TAKES_MODE, NAMES_NONE },
	{ "files", "ipsecinit.mode", TAKES_MODE, NAMES_NONE },
	{ "files", "secret.mode", TAKES_MODE, NAMES_NONE },
	{ "files", "privatekeys.mode", TAKES_MODE, NAMES_NONE },
	{ "files", "secret_files.mode", TAKES_MODE, NAMES_NONE },
	{ "files", "ike_preshared.ssm", TAKES_KEEP, NAMES_NONE },
	{ "files", "ike_preshared.mdm", TAKES_KEEP, NAMES_NONE },
	{ "files", "publickeys.ssm", TAKES_KEEP, NAMES_NONE },
	{ "files", "publickeys.mdm", TAKES_KEEP, NAMES_NONE },
	{ "files", "privatekeys.ssm", TAKES_KEEP, NAMES_NONE },
	{ "files", "privatekeys.mdm", TAKES_KEEP, NAMES_NONE },
	{ "files", "crls.ssm", TAKES_KEEP, NAMES_NONE },
	{ "files", "crls.mdm", TAKES_KEEP, NAMES_NONE },
	{ "files", "ipsecinit.ssm", TAKES_KEEP, NAMES_NONE },
	{ "files", "ipsecinit.mdm", TAKES_KEEP, NAMES_NONE },
	{ "files", "manual_policies.ssm", TAKES_KEEP, NAMES_NONE },
	{ "files", "manual_policies.mdm", TAKES_KEEP, NAMES_NONE },
	{ "files", "ipseckeys.ssm", TAKES_KEEP, NAMES_NONE },
	{ "files", "ipseckeys.mdm", TAKES_KEEP, NAMES_NONE },
	{ "commissioning", "p1_encr_alg", TAKES_CIPHERS, NAMES_NONE },
	{ "commissioning", "p1_auth_alg", TAKES_HASHES, NAMES_NONE },
	{ "commissioning", "p1_group", TAKES_NUMBER, NAMES_NONE },
	{ "commissioning", "p2_proposals", TAKES_PAIRS, NAMES_NONE },
	{ "commissioning", "p2_proposals.*", TAKES_PAIRS, NAMES_PORTS },
	{ "commissioning", "p2_group", TAKES_NUMBER, NAMES_NONE },
	{ "severity", "*", TAKES_SEVERITY, NAMES_CHECKS },
};

bool profile_share_parse(const char *text, enum share *share, const char **value)
{
	static const struct {
		const char *word;
		enum share share;
	} words[] = {
		{ "own", SHARE_OWN },
		{ "keep", SHARE_KEEP },
		{ "add", SHARE_ADD },
		{ "force", SHARE_FORCE },
	};
	size_t i;

	*value = NULL;
	*share = SHARE_OWN;
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		size_t len = strlen(words[i].word);

		if (strncmp(text, words[i].word, len) != 0 ||
		    (text[len] != '\0' && text[len] != ' '))
			continue;
		text += len + strspn(text + len, " ");
		*value = *text != '\0' ? text : NULL;
		*share = words[i].share;
		return true;
	}
	return false;
}

/* What stands for the * of the key in NAME; the length of it, or SIZE_MAX where they differ. */
static size_t starred(const char *key, const char *name, const char **at)
{
	const char *star = strchr(key, '*');
	size_t head, tail, len = strlen(name);

	*at = name;
	if (star == NULL)
		return strcmp(key, name) == 0 ? 0 : SIZE_MAX;
	head = (size_t)(star - key);
	tail = strlen(star + 1);
	if (len <= head + tail || strncmp(key, name, head) != 0 ||
	    strcmp(star + 1, name + len - tail) != 0)
		return SIZE_MAX;
	*at = name + head;
	return len - head - tail;
}

static bool is_keyword(const char *text, size_t len, unsigned scopes)
{
	enum ike_word word = ike_word_find(text, len);

	return word != IKE_NO_WORD && word < IKE_KEYWORD_COUNT &&
	       (ike_words[word].scopes & scopes) != 0;
}

static bool is_name(enum names names, const char *text, size_t len)
{
	char *id;
	bool known;

	switch (names) {
	case NAMES_GLOBALS:
		return is_keyword(text, len, IKE_SCOPE_FILE);
	case NAMES_RULES:
		return is_keyword(text, len, IKE_SCOPE_RULE | IKE_SCOPE_XFORM);
	case NAMES_CHECKS:
		id = xstrndup(text, len);
		known = check_find(id) >= 0;
		free(id);
		return known;
	default:
		return len > 0 || names == NAMES_NONE;
	}
}

static bool fail(struct error *err, const char *format, const char *what)
{
	struct strbuf safe = STRBUF_INIT;

	print_addstr(&safe, what);
	error_set(err, ERROR_USAGE, format, safe.buf);
	strbuf_release(&safe);
	return false;
}

static bool no_section(const char *section, struct error *err)
{
	struct near near = near_to(section, strlen(section));
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		near_try(&near, keys[i].section);
	fail(err, _("there is no section [%s] in a profile"), section);
	return near_tell(&near, err, NULL);
}

static bool no_key(const char *section, const char *name, struct error *err)
{
	struct near near = near_to(name, strlen(name));
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (strcmp(keys[i].section, section) == 0 && strchr(keys[i].key, '*') == NULL)
			near_try(&near, keys[i].key);
	fail(err, _("there is no key '%s' in this section"), name);
	return near_tell(&near, err, NULL);
}

static bool no_dialect(const char *value, struct error *err)
{
	struct near near = near_to(value, strlen(value));
	int dialect;

	for (dialect = 0; dialect < DIALECT_COUNT; dialect++)
		near_try(&near, dialect_name((enum dialect)dialect));
	fail(err, _("'%s' is no dialect"), value);
	return near_tell(&near, err, NULL);
}

static bool is_number(const char *text, size_t len, uint32_t *number)
{
	return len > 0 && strspn(text, "0123456789") >= len &&
	       ike_parse_number(text, len, number) == 0;
}

static bool is_range(const char *text, size_t len)
{
	const char *dash = memchr(text, '-', len);
	uint32_t low, high;

	return dash != NULL && is_number(text, (size_t)(dash - text), &low) &&
	       is_number(dash + 1, (size_t)(text + len - dash - 1), &high) && low <= high;
}

static bool is_value_of(enum ike_word keyword, const char *text, size_t len)
{
	enum ike_word word = ike_word_find(text, len);

	return word >= IKE_KEYWORD_COUNT && ike_words[word].set == keyword;
}

static bool is_pair(const char *text, size_t len)
{
	const char *dash = memchr(text, '-', len);
	size_t head = dash != NULL ? (size_t)(dash - text) : 0;

	return dash != NULL &&
	       ((head == 4 && memcmp(text, "none", 4) == 0) ||
		is_value_of(IKE_ENCR_ALG, text, head)) &&
	       is_value_of(IKE_AUTH_ALG, dash + 1, len - head - 1);
}

static bool is_word(const char *text, size_t len)
{
	return len > 0 && strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "0123456789-_.") >= len;
}

/* One item of a list. */
static bool is_item(enum takes takes, const char *text, size_t len)
{
	uint32_t number;

	switch (takes) {
	case TAKES_NUMBER:
	case TAKES_NUMBERS:
		return is_number(text, len, &number);
	case TAKES_RANGE:
		return is_range(text, len);
	case TAKES_RANGES:
		return is_number(text, len, &number) || is_range(text, len);
	case TAKES_CIPHERS:
		return is_value_of(IKE_ENCR_ALG, text, len);
	case TAKES_HASHES:
		return is_value_of(IKE_AUTH_ALG, text, len);
	case TAKES_PAIRS:
		return is_pair(text, len);
	default:
		return is_word(text, len);
	}
}

/* Items with commas between them. */
static bool is_list(enum takes takes, const char *value)
{
	while (*value != '\0') {
		size_t len = strcspn(value, ","), end = len;

		while (end > 0 && value[end - 1] == ' ')
			end--;
		if (!is_item(takes, value, end))
			return false;
		value += len;
		if (*value == ',') {
			value += 1 + strspn(value + 1, " ");
			if (*value == '\0')
				return false;
		}
	}
	return true;
}

/* Whether the keyword takes the value, as far as it is a word or a number. */
static bool fits(enum ike_word keyword, const char *value)
{
	size_t len = strlen(value);
	uint32_t number;

	switch (ike_words[keyword].arg) {
	case IKE_ARG_NUMBER:
		return is_number(value, len, &number) &&
		       (ike_words[keyword].max == 0 || number <= ike_words[keyword].max) &&
		       number >= ike_words[keyword].min;
	case IKE_ARG_GROUP:
		return is_number(value, len, &number) && ike_group_find(number) != NULL;
	case IKE_ARG_PFS:
		return is_number(value, len, &number) &&
		       (number == 0 || ike_group_find(number) != NULL);
	case IKE_ARG_ENUM:
		return is_value_of(keyword, value, len);
	case IKE_ARG_ENCR:
		return is_value_of(keyword, value, strcspn(value, "("));
	default:
		return true;
	}
}

static bool check_share(enum takes takes, enum ike_word keyword, const char *value,
			struct error *err)
{
	enum share share;
	const char *rest;
	bool known = profile_share_parse(value, &share, &rest);

	if (takes == TAKES_KEEP && (!known || share == SHARE_ADD || share == SHARE_FORCE))
		return fail(err, _("'%s' is no action of this key; choose own or keep"), value);
	if (!known || (rest != NULL && (share == SHARE_OWN || share == SHARE_KEEP)))
		return fail(err, _("'%s' is no action; choose own, keep, add or force"), value);
	if (rest != NULL && !fits(keyword, rest))
		return fail(err, _("'%s' has a value that the keyword does not take"), value);
	if (rest == NULL && share == SHARE_FORCE && ike_words[keyword].arg == IKE_ARG_NUMBER)
		return fail(err, _("'%s' does not say which value"), value);
	return true;
}

/* "preshared 1 sha 3des", or the value of the keyword. */
static bool is_shipped(enum ike_word keyword, const char *value)
{
	static const enum ike_word parts[] = { IKE_AUTH_METHOD, IKE_OAKLEY_GROUP, IKE_AUTH_ALG,
					       IKE_ENCR_ALG };
	size_t i;

	if (keyword != IKE_P1_XFORM)
		return fits(keyword, value);
	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		size_t len = strcspn(value, " ");
		char *word = xstrndup(value, len);
		bool good = len > 0 && fits(parts[i], word);

		free(word);
		if (!good)
			return false;
		value += len + strspn(value + len, " ");
	}
	return *value == '\0';
}

static bool check_mode(const char *value, struct error *err)
{
	if (value[strspn(value, "01234567")] != '\0' || strlen(value) > 5 ||
	    strtoul(value, NULL, 8) > 07777)
		return fail(err, _("'%s' is no octal mode"), value);
	return true;
}

static bool check_value(enum takes takes, enum ike_word keyword, const char *value,
			struct error *err)
{
	enum severity severity;
	enum dialect dialect;

	switch (takes) {
	case TAKES_TEXT:
		return true;
	case TAKES_YES_NO:
		return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0 ||
		       fail(err, _("'%s' is neither yes nor no"), value);
	case TAKES_DIALECT:
		return dialect_parse(value, &dialect) || no_dialect(value, err);
	case TAKES_MODE:
		return check_mode(value, err);
	case TAKES_SHARE:
	case TAKES_KEEP:
		return check_share(takes, keyword, value, err);
	case TAKES_SEVERITY:
		return severity_parse(value, &severity) ||
		       fail(err, _("'%s' is no severity; choose error, warning, note or off"),
			    value);
	case TAKES_SHIPPED:
		return is_shipped(keyword, value) ||
		       fail(err, _("'%s' is no value of the keyword"), value);
	case TAKES_DEFAULT:
		return fits(keyword, value) ||
		       fail(err, _("'%s' is no value of the keyword"), value);
	case TAKES_NUMBER:
		return is_item(takes, value, strlen(value)) ||
		       fail(err, _("'%s' is no number"), value);
	case TAKES_NUMBERS:
		return is_list(takes, value) ||
		       fail(err, _("'%s' are not numbers with commas between them"), value);
	case TAKES_RANGE:
		return is_item(takes, value, strlen(value)) ||
		       fail(err, _("'%s' is no range LOW-HIGH"), value);
	case TAKES_RANGES:
		return is_list(takes, value) ||
		       fail(err, _("'%s' are not numbers and ranges with commas between them"),
			    value);
	case TAKES_PAIRS:
		return is_list(takes, value) ||
		       fail(err, _("'%s' are not CIPHER-HASH with commas between them"), value);
	default:
		return is_list(takes, value) ||
		       fail(err, _("'%s' are not names that are known, with commas between them"),
			    value);
	}
}

bool profile_section_check(const char *section, struct error *err)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (strcmp(keys[i].section, section) == 0)
			return true;
	return no_section(section, err);
}

bool profile_line_check(const char *section, const char *name, const char *value, struct error *err)
{
	bool known = false;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		const char *star;
		size_t len;

		if (strcmp(keys[i].section, section) != 0)
			continue;
		known = true;
		len = starred(keys[i].key, name, &star);
		if (len == SIZE_MAX || !is_name((enum names)keys[i].names, star, len))
			continue;
		return value[0] == '\0' ||
		       check_value((enum takes)keys[i].takes, ike_word_find(star, len), value, err);
	}
	return known ? no_key(section, name, err) : no_section(section, err);
}
