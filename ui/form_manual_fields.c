/* The form for a manual SA: its fields, and which of them are shown. */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"
#include "change/like.h"
#include "base/xalloc.h"
#include "ui/form_manual.h"
#include "ui/form_secret.h"

#define MOST_CHOICES 24

/* An extension in the form, in the order in which it is asked. MORE: not asked for at once. */
static const struct sa_field {
	uint8_t word;
	bool more;
	const char *label; /* N_() */
} sa_fields[] = {
	{ MANUAL_SRC, false, N_("Source") },
	{ MANUAL_DST, false, N_("Destination") },
	{ MANUAL_PROTO, false, N_("Protocol") },
	{ MANUAL_SPORT, false, N_("Source port") },
	{ MANUAL_DPORT, false, N_("Destination port") },
	{ MANUAL_SPI, false, N_("SPI") },
	{ MANUAL_ENCRALG, false, N_("Cipher") },
	{ MANUAL_AUTHALG, false, N_("Integrity") },
	{ MANUAL_PAIR_SPI, true, N_("SPI of the partner") },
	{ MANUAL_HARD_ADDTIME, true, N_("Ends after") },
	{ MANUAL_SOFT_ADDTIME, true, N_("Warns after") },
	{ MANUAL_IDLE_ADDTIME, true, N_("Unused for") },
	{ MANUAL_HARD_USETIME, true, N_("Ends after use") },
	{ MANUAL_SOFT_USETIME, true, N_("Warns after use") },
	{ MANUAL_IDLE_USETIME, true, N_("Unused since use") },
	{ MANUAL_HARD_BYTES, true, N_("Ends after") },
	{ MANUAL_SOFT_BYTES, true, N_("Warns after") },
	{ MANUAL_ISRC, true, N_("Inner source") },
	{ MANUAL_IDST, true, N_("Inner destination") },
	{ MANUAL_ISPORT, true, N_("Inner source port") },
	{ MANUAL_IDPORT, true, N_("Inner dest. port") },
	{ MANUAL_IPROTO, true, N_("Inner protocol") },
	{ MANUAL_ENCAP, true, N_("Encapsulation") },
	{ MANUAL_NAT_LOC, true, N_("NAT, this end") },
	{ MANUAL_NAT_REM, true, N_("NAT, the peer") },
	{ MANUAL_NAT_LPORT, true, N_("NAT port, this end") },
	{ MANUAL_NAT_RPORT, true, N_("NAT port, the peer") },
	{ MANUAL_SRCIDTYPE, true, N_("Source identity") },
	{ MANUAL_DSTIDTYPE, true, N_("Dest. identity") },
	{ MANUAL_REPLAY, true, N_("Replay window") },
	{ MANUAL_REPLAY_VALUE, true, N_("First sequence no.") },
	{ MANUAL_STATE, true, N_("State") },
	{ MANUAL_LABEL, true, N_("Label") },
	{ MANUAL_OUTER_LABEL, true, N_("Outer label") },
	{ MANUAL_IMPLICIT_LABEL, true, N_("Implicit label") },
	{ MANUAL_RESERVED_BITS, true, N_("Reserved bits") },
};

const char *manual_field_value(const struct w_form *form, const char *name)
{
	size_t field = w_form_find(form, name);

	return field < w_form_count(form) ? w_form_value(form, field) : "";
}

static void hide(struct w_form *form, const char *name, bool hidden)
{
	size_t field = w_form_find(form, name);

	if (field < w_form_count(form))
		w_form_hide(form, field, hidden);
}

const struct ipsec_alg *manual_field_alg(const struct w_form *form, enum manual_word word)
{
	const char *name = manual_field_value(form, manual_words[word].name);
	enum ipsec_alg_class class = word == MANUAL_AUTHALG ? IPSEC_AUTH : IPSEC_ENCR;

	if (word == MANUAL_ENCRALG && strcmp(manual_field_value(form, "type"), "ah") == 0)
		return NULL;
	return ipsec_alg_find(class, name, strlen(name));
}

static bool has_several_sizes(const struct ipsec_alg *alg, enum dialect dialect)
{
	return manual_alg_has_key(alg) && alg->max > alg->min &&
	       !(alg->usual_only & IPSEC_IN(dialect));
}

void manual_fields_adapt(const struct sa_form *sa, struct w_form *form)
{
	const struct ipsec_alg *encr = manual_field_alg(form, MANUAL_ENCRALG),
			       *auth = manual_field_alg(form, MANUAL_AUTHALG);
	bool ah = strcmp(manual_field_value(form, "type"), "ah") == 0,
	     more = strcmp(manual_field_value(form, "more"), "yes") == 0;
	size_t i;

	hide(form, "encralg", ah);
	hide(form, "encr_from", !manual_alg_has_key(encr));
	hide(form, "bits",
	     strcmp(manual_field_value(form, "encr_from"), KEY_NEW) != 0 ||
		     !has_several_sizes(encr, sa->console->work->dialect));
	hide(form, "encrkey",
	     !manual_alg_has_key(encr) ||
		     strcmp(manual_field_value(form, "encr_from"), KEY_GIVEN) != 0);
	hide(form, "auth_from", !manual_alg_has_key(auth));
	hide(form, "authkey",
	     !manual_alg_has_key(auth) ||
		     strcmp(manual_field_value(form, "auth_from"), KEY_GIVEN) != 0);
	for (i = 0; i < ARRAY_SIZE(sa_fields); i++)
		if (sa_fields[i].more)
			hide(form, manual_words[sa_fields[i].word].name, !more);
	if (strcmp(manual_field_value(form, "pair"), "yes") == 0)
		hide(form, "pair-spi", true);
}

/* The algorithms that the release has; nothing is a choice too. */
static size_t fill_algs(enum manual_word word, enum dialect dialect, struct w_choice *choices)
{
	unsigned class = word == MANUAL_AUTHALG ? IPSEC_AUTH : IPSEC_ENCR;
	size_t count = 0, i;

	choices[count++] =
		(struct w_choice){ "", word == MANUAL_AUTHALG ? _("none: nothing is authenticated")
							      : _("none: nothing is encrypted") };
	for (i = 0; i < ipsec_alg_count && count < MOST_CHOICES; i++) {
		const struct ipsec_alg *alg = &ipsec_algs[i];

		if (alg->class == class && alg->kind == IPSEC_ALG_REAL && !alg->policy_only &&
		    ((alg->known | alg->unsure) & IPSEC_IN(dialect)))
			choices[count++] = (struct w_choice){ alg->names[0], _(alg->help) };
	}
	return count;
}

static size_t fill_words(enum manual_word word, struct w_choice *choices)
{
	size_t count = 0;
	unsigned value;

	choices[count++] = (struct w_choice){ "", _("not set") };
	for (value = MANUAL_AH; value < MANUAL_WORD_COUNT; value++)
		if (manual_words[value].set == manual_words[word].arg &&
		    manual_words[value].known != 0)
			choices[count++] = (struct w_choice){ manual_words[value].name,
							      _(manual_words[value].help) };
	return count;
}

static void add_field(struct w_form *form, const struct sa_form *sa, const struct sa_field *row,
		      const char *value)
{
	enum manual_word word = (enum manual_word)row->word;
	const struct manual_word_info *info = &manual_words[word];
	struct w_choice choices[MOST_CHOICES + 1];
	struct w_field field = {
		.kind = FIELD_TEXT,
		.name = info->name,
		.label = _(row->label),
		.unit = info->unit != NULL ? _(info->unit) : NULL,
		.hint = _(info->help),
		.value = value,
	};

	if (word == MANUAL_SPI && sa->adding) {
		field.hint = _("decimal or 0x...; empty: the first one from 256 on that is free");
	} else if (info->arg == MANUAL_ARG_NUMBER && word != MANUAL_SPI &&
		   word != MANUAL_PAIR_SPI) {
		field.kind = FIELD_NUMBER;
	} else if (info->arg == MANUAL_ARG_AUTH_ALG || info->arg == MANUAL_ARG_ENCR_ALG) {
		field.kind = FIELD_CHOICE;
		field.choices = choices;
		field.choice_count = fill_algs(word, sa->console->work->dialect, choices);
	} else if (info->arg == MANUAL_ARG_STATE || info->arg == MANUAL_ARG_ENCAP) {
		field.kind = FIELD_CHOICE;
		field.choices = choices;
		field.choice_count = fill_words(word, choices);
	}
	w_form_add(form, &field);
}

/* Where a key comes from, and the key where it is typed or read. */
static void add_key_fields(struct w_form *form, const struct sa_form *sa, bool encr)
{
	const struct w_choice choices[] = {
		{ KEY_STAYS, _("the key stays as it is") },
		{ KEY_NEW, _("a random one, as long as the algorithm has it") },
		{ KEY_GIVEN, _("typed twice, or read from a file; the peer has it already") },
	};

	w_form_add(form, &(struct w_field){ .kind = FIELD_CHOICE,
					    .name = encr ? "encr_from" : "auth_from",
					    .label = encr ? _("Cipher key") : _("Integrity key"),
					    .hint = _("how the key gets here; it is never shown"),
					    .choices = sa->adding ? choices + 1 : choices,
					    .choice_count = ARRAY_SIZE(choices) - sa->adding });
	if (encr)
		w_form_add(
			form,
			&(struct w_field){
				.kind = FIELD_NUMBER,
				.name = "bits",
				.label = _("Key length"),
				.unit = _("bits"),
				.hint = _("without salt; empty: as it is usual, or as it was") });
	secret_add_named(
		form, encr ? "encrkey" : "authkey", _("Hexadecimal digits"),
		sa->adding ? _("as long as the algorithm has it; of a pair both directions get it")
			   : _("as long as the algorithm has it"));
}

static void add_direction(struct w_form *form, const struct sa_form *sa, const char *value)
{
	const struct w_choice choices[] = {
		{ "", _("not said: the system finds out by the addresses") },
		{ "inbound", _(manual_words[MANUAL_INBOUND].help) },
		{ "outbound", _(manual_words[MANUAL_OUTBOUND].help) },
	};

	if (manual_words[MANUAL_INBOUND].known & MANUAL_IN(sa->console->work->dialect))
		w_form_add(form, &(struct w_field){ .kind = FIELD_CHOICE,
						    .name = "direction",
						    .label = _("Direction"),
						    .value = value,
						    .choices = choices,
						    .choice_count = ARRAY_SIZE(choices) });
}

static void add_flag(struct w_form *form, const char *name, const char *label, const char *hint,
		     bool set)
{
	w_form_add(form, &(struct w_field){ .kind = FIELD_FLAG,
					    .name = name,
					    .label = label,
					    .hint = hint,
					    .value = set ? "yes" : "no" });
}

/* Whether the form of this command has the extension: its release knows it, or it is there. */
static bool is_offered(const struct sa_form *sa, enum manual_word word,
		       const struct manual_item *item)
{
	const struct manual_word_info *info = &manual_words[word];

	return (info->with & MANUAL_WITH(sa->command)) != 0 &&
	       ((info->known & MANUAL_IN(sa->console->work->dialect)) != 0 ||
		(item != NULL && manual_find(item, word) != NULL));
}

static const char *direction_of(const struct manual_item *item)
{
	/* TRANSLATORS: both are set, inbound and outbound. */
	return item->inbound && item->outbound ? _("both")
	       : item->inbound                 ? "inbound"
	       : item->outbound                ? "outbound"
					       : "";
}

void manual_fields_add(struct w_form *form, const struct sa_form *sa,
		       const struct manual_item *item)
{
	bool more = false;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sa_fields); i++) {
		const struct sa_field *row = &sa_fields[i];
		enum manual_word word = (enum manual_word)row->word;
		struct strbuf value = STRBUF_INIT;

		if (row->more && i > 0 && !sa_fields[i - 1].more) {
			if (sa->adding)
				add_flag(
					form, "pair", _("Both directions"),
					_("adds the way back too: addresses and ports swapped, keys of its own where they are generated"),
					false);
			add_flag(
				form, "more", _("More"),
				_("lifetimes, tunnels, address translation, identities and the rest"),
				false);
		}
		if (!is_offered(sa, word, item))
			continue;
		/* A new one like another one has an SPI of its own. */
		if (item != NULL &&
		    !(sa->adding && (word == MANUAL_SPI || word == MANUAL_PAIR_SPI)))
			manual_own_value(item, word, &value);
		more = more || (row->more && value.len > 0);
		add_field(form, sa, row, value.buf);
		if (word == MANUAL_ENCRALG || word == MANUAL_AUTHALG)
			add_key_fields(form, sa, word == MANUAL_ENCRALG);
		if (word == MANUAL_SPI)
			add_direction(form, sa, item != NULL ? direction_of(item) : NULL);
		strbuf_release(&value);
	}
	if (more)
		w_form_set(form, w_form_find(form, "more"), "yes");
}
