#include "config.h"

#include "ui/form_policy_fields.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

enum { MOST_CHOICES = 64, MOST_SIZES = 4 };

enum policy_word policy_field_word(const char *name)
{
	const char *plain = name + strspn(name, "0123456789.");

	return policy_word_find(plain, strlen(plain), POLICY_SET_PATTERN | POLICY_SET_PROPERTY);
}

const char *policy_field_label(enum policy_word word)
{
	switch (word) {
	case POLICY_NO_WORD:
		return _("Action");
	case POLICY_SADDR:
		return _("Source");
	case POLICY_DADDR:
		return _("Destination");
	case POLICY_SMASK:
		return _("Source mask");
	case POLICY_DMASK:
		return _("Destination mask");
	case POLICY_SPORT:
		return _("Source port");
	case POLICY_DPORT:
		return _("Destination port");
	case POLICY_LADDR:
		return _("Local address");
	case POLICY_RADDR:
		return _("Remote address");
	case POLICY_LPORT:
		return _("Local port");
	case POLICY_RPORT:
		return _("Remote port");
	case POLICY_ULP:
		return _("Protocol");
	case POLICY_TYPE:
		return _("ICMP type");
	case POLICY_CODE:
		return _("ICMP code");
	case POLICY_TUNNEL:
		return _("Tunnel");
	case POLICY_NEGOTIATE:
		return _("Negotiate");
	case POLICY_DIR:
		return _("Direction");
	case POLICY_ENCR_ALGS:
		return _("Cipher");
	case POLICY_ENCR_AUTH_ALGS:
		return _("Integrity");
	case POLICY_AUTH_ALGS:
		return _("AH");
	case POLICY_SA:
		return _("SA");
	default:
		return policy_words[word].name;
	}
}

/* Choices with texts of their own, which the form copies. */
struct choices {
	struct w_choice items[MOST_CHOICES];
	char names[MOST_CHOICES][24];
	size_t count;
};

static void add_choice(struct choices *choices, const char *value, const char *help)
{
	char *name = choices->names[choices->count];

	if (choices->count == MOST_CHOICES)
		return;
	snprintf(name, sizeof choices->names[0], "%s", value);
	choices->items[choices->count++] = (struct w_choice){ name, help };
}

/* An algorithm, and where there are only few sizes of its key, each of them. */
static void add_alg(struct choices *choices, const struct ipsec_alg *alg)
{
	const char *name = ipsec_alg_usual_name(alg);
	uint32_t bits;
	char text[24];

	add_choice(choices, name, _(alg->help));
	if (alg->step == 0 || (alg->max - alg->min) / alg->step >= MOST_SIZES)
		return;
	for (bits = alg->min; bits <= alg->max; bits += alg->step) {
		snprintf(text, sizeof text, "%s(%u)", name, bits);
		add_choice(choices, text, _(alg->help));
	}
}

static void add_algs(struct choices *choices, enum ipsec_alg_class class, enum dialect dialect)
{
	size_t i;

	for (i = 0; i < ipsec_alg_count; i++)
		if (ipsec_algs[i].class == class && ipsec_algs[i].kind != IPSEC_ALG_NONE &&
		    ((ipsec_algs[i].known | ipsec_algs[i].unsure) & IPSEC_IN(dialect)))
			add_alg(choices, &ipsec_algs[i]);
}

/* The words of the table that a keyword takes, or, POLICY_NO_WORD, the actions. */
static void add_words(struct choices *choices, enum policy_word keyword, enum dialect dialect)
{
	int word;

	for (word = 1; word < POLICY_WORD_COUNT; word++) {
		const struct policy_word_info *info = &policy_words[word];
		bool fits = keyword == POLICY_NO_WORD
				    ? info->set == POLICY_SET_ACTION
				    : info->set == POLICY_SET_VALUE && info->of == keyword;

		if (fits && info->same_as == 0 && (info->known & IPSEC_IN(dialect)))
			add_choice(choices, info->name, _(info->help));
	}
}

/* What a field is for, and what holds where it is left empty. */
static void add_hint(enum policy_word word, struct strbuf *hint)
{
	const struct policy_word_info *info = &policy_words[word];

	strbuf_addstr(hint,
		      word == POLICY_NO_WORD ? _("what is done with the packets") : _(info->help));
	if (word != POLICY_NO_WORD && info->fallback != NULL)
		strbuf_addf(hint, _("; empty: %s"), _(info->fallback));
}

void policy_field_add(struct w_form *form, enum dialect dialect, const char *name,
		      const char *label, enum policy_word word, const char *value)
{
	struct choices choices = { .count = 0 };
	struct strbuf hint = STRBUF_INIT;
	const struct policy_word_info *info = &policy_words[word];
	bool closed = word == POLICY_NO_WORD || info->arg == POLICY_ARG_WORD ||
		      info->arg == POLICY_ARG_AUTH || info->arg == POLICY_ARG_ENCR;

	if (closed && word != POLICY_NO_WORD)
		add_choice(&choices, "", info->fallback != NULL ? _(info->fallback) : _("not set"));
	if (info->arg == POLICY_ARG_AUTH || info->arg == POLICY_ARG_ENCR)
		add_algs(&choices, info->arg == POLICY_ARG_AUTH ? IPSEC_AUTH : IPSEC_ENCR, dialect);
	else if (closed)
		add_words(&choices, word, dialect);
	add_hint(word, &hint);
	w_form_add(form, &(struct w_field){ .kind = closed ? FIELD_CHOICE : FIELD_TEXT,
					    .name = name,
					    .label = label,
					    .hint = hint.buf,
					    .value = value,
					    .choices = choices.items,
					    .choice_count = choices.count });
	strbuf_release(&hint);
}
