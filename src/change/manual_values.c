/* Values for extensions of ipseckeys: what is wrong with one, in a sentence that names it. */
#include "config.h"

#include "change/manual_fields.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"

/* A value that is being looked at. */
struct asked {
	enum manual_word name;
	const char *text;
	const struct profile *profile;
	struct error *err;
};

bool manual_alg_is_known(const struct ipsec_alg *alg, enum dialect dialect)
{
	return ((alg->known | alg->unsure) & IPSEC_IN(dialect)) != 0 && !alg->policy_only;
}

static const char *name_of(const struct asked *a)
{
	return manual_words[a->name].name;
}

/* The value as it may be repeated: what may be a key is hidden. */
static void add_shown(const struct manual_value *value, enum manual_word name, struct strbuf *sb)
{
	const struct manual_field *f = manual_find(&value->item, name);

	if (f != NULL && f->end > f->arg)
		doc_print(value->doc, doc_span(value->doc, f->arg, f->end), sb);
}

/* FORMAT has places for the field's name and its value. */
static bool wrong(const struct asked *a, const struct manual_value *value, const char *format)
{
	struct strbuf shown = STRBUF_INIT, text = STRBUF_INIT;

	add_shown(value, a->name, &shown);
	strbuf_addf(&text, format, name_of(a), shown.buf);
	error_set(a->err, ERROR_USAGE, "%s", text.buf);
	strbuf_release(&shown);
	strbuf_release(&text);
	return false;
}

static bool wrong_number(const struct asked *a)
{
	const struct manual_word_info *info = &manual_words[a->name];

	return error_set(
		a->err, ERROR_USAGE,
		_("%s: a number from %" PRIu64 " to %" PRIu64 " is needed, decimal or as 0x..."),
		name_of(a), info->min, info->max);
}

static void add_name(struct strbuf *names, const char *name)
{
	strbuf_addf(names, "%s%s", names->len > 0 ? ", " : "", name);
}

/* A closed set of values: says which ones there are. */
static bool wrong_choice(const struct asked *a)
{
	enum manual_arg arg = manual_words[a->name].arg;
	struct strbuf names = STRBUF_INIT;
	unsigned word;

	for (word = MANUAL_AH; word < MANUAL_WORD_COUNT; word++)
		if (manual_words[word].set == arg && manual_words[word].known != 0 &&
		    manual_words[word].same_as == 0)
			add_name(&names, manual_words[word].name);
	if (arg == MANUAL_ARG_IDENTITY)
		error_set(a->err, ERROR_USAGE,
			  _("%s: a type and a text are needed; the types are %s"), name_of(a),
			  names.buf);
	else
		error_set(a->err, ERROR_USAGE, _("%s: choose one of %s"), name_of(a), names.buf);
	strbuf_release(&names);
	return false;
}

/* The same for algorithms: those that the release has. */
static bool wrong_alg(const struct asked *a)
{
	unsigned class = manual_words[a->name].arg == MANUAL_ARG_AUTH_ALG ? IPSEC_AUTH : IPSEC_ENCR;
	struct strbuf names = STRBUF_INIT;
	size_t i;

	for (i = 0; i < ipsec_alg_count; i++)
		if (ipsec_algs[i].class == class && ipsec_algs[i].kind == IPSEC_ALG_REAL &&
		    manual_alg_is_known(&ipsec_algs[i], a->profile->dialect))
			add_name(&names, ipsec_algs[i].names[0]);
	error_set(a->err, ERROR_USAGE, _("%s: choose one of %s"), name_of(a), names.buf);
	strbuf_release(&names);
	return false;
}

static bool wrong_family(const struct asked *a, const struct manual_value *value)
{
	return wrong(a, value,
		     manual_words[a->name].family == IP_V4
			     ? _("%s: '%s' should be an IPv4 address")
			     : _("%s: '%s' should be an IPv6 address"));
}

/* One problem of the reader; what is only unusual is none here. */
static bool judge(const struct asked *a, const struct manual_value *value,
		  const struct problem *problem)
{
	switch (problem->code) {
	case MANUAL_PROBLEM_NUMBER:
	case MANUAL_PROBLEM_NUMBER_SIGN:
	case MANUAL_PROBLEM_NUMBER_RANGE:
	case MANUAL_PROBLEM_SPI_ZERO:
		return manual_words[a->name].arg == MANUAL_ARG_NUMBER ? wrong_number(a)
								      : wrong_alg(a);
	case MANUAL_PROBLEM_NUMBER_OCTAL:
		return wrong(a, value, _("%s: '%s' is octal, by its leading 0; write it without"));
	case MANUAL_PROBLEM_PROTO_NAME:
		return error_set(a->err, ERROR_USAGE,
				 _("%s: names are not taken here; the number is %u"), name_of(a),
				 problem->arg);
	case MANUAL_PROBLEM_ADDRESS:
	case MANUAL_PROBLEM_ADDRESS_NAME:
		return wrong(a, value,
			     _("%s: '%s' is not an IP address; host names are not taken here"));
	case MANUAL_PROBLEM_ADDRESS_SCOPE:
		return wrong(a, value, _("%s: '%s' has a scope, which is not taken here"));
	case MANUAL_PROBLEM_ADDRESS_PREFIX:
		return wrong(a, value,
			     manual_words[a->name].arg == MANUAL_ARG_PREFIX
				     ? _("%s: '%s' has no valid prefix length")
				     : _("%s: '%s' has a prefix, which does not belong here"));
	case MANUAL_PROBLEM_ADDRESS_FAMILY:
		return wrong_family(a, value);
	case MANUAL_PROBLEM_HOST_BITS:
		return wrong(a, value, _("%s: '%s' has bits behind its prefix"));
	case MANUAL_PROBLEM_DST_ANY:
		return wrong(a, value, _("%s: '%s' is every address, which is no destination"));
	case MANUAL_PROBLEM_SRC_MULTICAST:
		return wrong(a, value,
			     _("%s: '%s' is a multicast address, from which nothing comes"));
	case MANUAL_PROBLEM_ALG_UNKNOWN:
	case MANUAL_PROBLEM_ALG_NONE:
		return wrong_alg(a);
	case MANUAL_PROBLEM_STATE_UNKNOWN:
	case MANUAL_PROBLEM_STATE:
	case MANUAL_PROBLEM_ENCAP_UNKNOWN:
	case MANUAL_PROBLEM_ID_TYPE_UNKNOWN:
	case MANUAL_PROBLEM_NO_VALUE:
		return wrong_choice(a);
	default:
		return true;
	}
}

/* Whether exactly the extension and its values were read, and nothing that the text smuggled in. */
static bool is_one_value(const struct manual_value *value, enum manual_word name)
{
	const struct manual_field *f = manual_find(&value->item, name);

	return value->doc->nentries == 1 && f != NULL && f->good && f->end == value->doc->ntokens;
}

static bool check_read(const struct asked *a, const struct manual_value *value)
{
	struct manual_item item = MANUAL_ITEM_INIT;
	struct problems problems = { 0 };
	bool good = true;
	size_t i;

	manual_read(value->doc, 0, &item, &problems);
	for (i = 0; i < problems.count && good; i++)
		if (problems.items[i].word == a->name)
			good = judge(a, value, &problems.items[i]);
	if (good && !is_one_value(value, a->name))
		good = error_set(a->err, ERROR_USAGE, _("%s: this is not one value"), name_of(a));
	problems_release(&problems);
	manual_item_release(&item);
	return good;
}

static bool check_alg(const struct asked *a, const struct ipsec_alg *alg)
{
	enum dialect dialect = a->profile->dialect;

	if (alg == NULL || manual_alg_is_known(alg, dialect))
		return true;
	return error_set(a->err, ERROR_USAGE, _("%s: %s does not have %s"), name_of(a),
			 dialect_title(dialect), alg->names[0]);
}

/* Bytes that no value has, or none but a text. */
static bool check_bytes(const struct asked *a)
{
	enum manual_arg arg = manual_words[a->name].arg;
	bool text = arg == MANUAL_ARG_LABEL || arg == MANUAL_ARG_IDENTITY;
	const char *p;

	for (p = a->text; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c < ' ' || c == 0x7f || c == '"')
			return error_set(
				a->err, ERROR_USAGE,
				_("%s: quotes, line breaks and other control characters cannot stand in a value"),
				name_of(a));
		if (!text && (c >= 0x80 || c == ' ' || c == '\\' || c == '#'))
			return error_set(a->err, ERROR_USAGE, _("%s: this is not one value"),
					 name_of(a));
	}
	return true;
}

static bool check_flag(const struct asked *a)
{
	if (manual_flag_is_set(a->text) || strcmp(a->text, "no") == 0)
		return true;
	return error_set(a->err, ERROR_USAGE, _("%s: yes or no is needed here"), name_of(a));
}

static bool check_value(const struct asked *a)
{
	enum dialect dialect = a->profile->dialect;
	struct manual_value value;
	bool good;

	if (a->text[0] == '\0' || manual_words[a->name].arg == MANUAL_ARG_KEY)
		return true;
	if (!(manual_words[a->name].known & MANUAL_IN(dialect)))
		return error_set(a->err, ERROR_USAGE, _("%s: %s does not know it"), name_of(a),
				 dialect_title(dialect));
	if (manual_words[a->name].arg == MANUAL_ARG_NONE)
		return check_flag(a);
	if (!check_bytes(a))
		return false;
	manual_value_init(&value, a->name, a->text);
	good = check_read(a, &value) &&
	       check_alg(a, a->name == MANUAL_AUTHALG ? value.item.auth_alg : value.item.encr_alg);
	manual_value_release(&value);
	return good;
}

bool manual_set_check(const struct manual_set *set, const struct profile *profile,
		      struct error *err)
{
	size_t i;

	for (i = 0; i < set->count; i++) {
		enum manual_word name = (enum manual_word)set->names[i];
		struct asked asked = { name, set->values[name], profile, err };

		if (!check_value(&asked))
			return false;
	}
	return true;
}

bool manual_sa_field_check(const struct profile *profile, const char *name, const char *value,
			   struct error *err)
{
	struct field field = { name, value };
	struct manual_set set;

	return manual_set_parse(&set, &field, 1, true, err) && manual_set_check(&set, profile, err);
}
