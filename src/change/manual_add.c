/* New manual SAs, one direction or both. */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "change/manual_key.h"
#include "change/manual_step.h"
#include "change/manual_text.h"
#include "change/verify.h"

/* One or two commands on their way into the file. */
struct adding {
	struct change *change;
	struct manual_set set;
	struct manual_new sas[2];
	size_t count;
	char spis[2][16];
	struct blob encr[2], auth[2]; /* the keys of each */
	const struct ipsec_alg *encr_alg, *auth_alg;
	struct strbuf text; /* the commands */
};

static const struct profile *profile_of(const struct adding *a)
{
	return change_profile(a->change);
}

static bool is_given(const struct adding *a, enum manual_word name)
{
	return a->set.values[name] != NULL && a->set.values[name][0] != '\0';
}

static bool check_needs(const struct adding *a, struct error *err)
{
	if (a->set.type == 0)
		return error_set(err, ERROR_USAGE, _("type: esp or ah is needed"));
	if (!is_given(a, MANUAL_DST))
		return error_set(err, ERROR_USAGE, _("dst: a manual SA needs a destination"));
	if (!is_given(a, MANUAL_ENCRALG) && !is_given(a, MANUAL_AUTHALG))
		return error_set(
			err, ERROR_USAGE,
			_("encralg, authalg: a manual SA needs an algorithm, esp best both, ah authalg"));
	if (a->set.pair && !is_given(a, MANUAL_SRC))
		return error_set(
			err, ERROR_USAGE,
			_("src: a pair needs a source, which is the other direction's destination"));
	if (a->set.pair && is_given(a, MANUAL_PAIR_SPI))
		return error_set(err, ERROR_USAGE, _("pair-spi: does not go with pair"));
	return true;
}

/* The key that was given, or a new one; none where neither is asked for. */
static bool take_key(const struct adding *a, const struct manual_sa_key *key,
		     const struct ipsec_alg *alg, const char *name, struct blob *taken,
		     struct error *err)
{
	bool good = true;

	if (key->generate && manual_alg_has_key(alg))
		return manual_key_generate(profile_of(a), alg,
					   alg->class == IPSEC_ENCR ? a->set.bits : 0, taken, err);
	if (key->digits == NULL)
		return true;
	if (manual_alg_has_key(alg))
		good = manual_key_check(profile_of(a), alg, name, key->digits, err);
	if (good)
		*taken = blob_copy(key->digits->data, key->digits->len, true);
	return good;
}

static bool is_asked(const struct manual_sa_key *key)
{
	return key->digits != NULL || key->generate;
}

/* The keys of the other direction: its own, or those of the first one. */
static bool take_back_keys(struct adding *a, const struct manual_sa_keys *keys, struct error *err)
{
	if (a->encr_alg != NULL && a->encr_alg->combined && !is_asked(&keys->back_encr))
		return error_set(
			err, ERROR_USAGE,
			_("encrkey: with %s no two SAs may have the same key; each direction needs its own"),
			a->encr_alg->names[0]);
	return take_key(a, is_asked(&keys->back_encr) ? &keys->back_encr : &keys->encr, a->encr_alg,
			"encrkey", &a->encr[1], err) &&
	       take_key(a, is_asked(&keys->back_auth) ? &keys->back_auth : &keys->auth, a->auth_alg,
			"authkey", &a->auth[1], err);
}

static bool take_keys(struct adding *a, const struct manual_sa_keys *keys, struct error *err)
{
	bool good = take_key(a, &keys->encr, a->encr_alg, "encrkey", &a->encr[0], err) &&
		    take_key(a, &keys->auth, a->auth_alg, "authkey", &a->auth[0], err) &&
		    (!a->set.pair || take_back_keys(a, keys, err));
	size_t i;

	for (i = 0; i < a->count; i++) {
		a->sas[i].encr = a->encr[i].data != NULL ? &a->encr[i] : NULL;
		a->sas[i].auth = a->auth[i].data != NULL ? &a->auth[i] : NULL;
	}
	return good;
}

static void swap(struct manual_new *sa, const struct manual_set *set, enum manual_word a,
		 enum manual_word b)
{
	sa->values[a] = set->values[b];
	sa->values[b] = set->values[a];
}

/* The way back. What belongs to this host's end of an address translation stays its end's. */
static void mirror(struct manual_new *sa, const struct manual_set *set)
{
	static const uint8_t ends[][2] = {
		{ MANUAL_SRC, MANUAL_DST },
		{ MANUAL_SPORT, MANUAL_DPORT },
		{ MANUAL_ISRC, MANUAL_IDST },
		{ MANUAL_ISPORT, MANUAL_IDPORT },
		{ MANUAL_SRCIDTYPE, MANUAL_DSTIDTYPE },
		{ MANUAL_INBOUND, MANUAL_OUTBOUND },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ends); i++)
		swap(sa, set, (enum manual_word)ends[i][0], (enum manual_word)ends[i][1]);
}

static uint32_t spi_of(const char *text)
{
	struct manual_value value;
	uint32_t spi;

	if (text == NULL || text[0] == '\0')
		return 0;
	manual_value_init(&value, MANUAL_SPI, text);
	spi = value.item.spi;
	manual_value_release(&value);
	return spi;
}

/* Gives one of the two an spi that nobody has, as the other one or the file writes them. */
static void choose_spi(struct adding *a, size_t i, const char *other)
{
	const struct doc *doc = manual_doc(a->change);
	bool given = other != NULL && other[0] != '\0';
	bool hex = given ? (other[1] | 0x20) == 'x' : manual_spi_is_hex(doc);

	snprintf(a->spis[i], sizeof a->spis[i], hex ? "0x%" PRIx32 : "%" PRIu32,
		 manual_unused_spi(doc, spi_of(other)));
	a->sas[i].values[MANUAL_SPI] = a->spis[i];
}

static void fill(struct adding *a)
{
	enum dialect dialect = profile_of(a)->dialect;
	size_t i;

	a->count = a->set.pair ? 2 : 1;
	for (i = 0; i < a->count; i++) {
		a->sas[i].type = a->set.type;
		memcpy(a->sas[i].values, a->set.values, sizeof a->set.values);
	}
	if (!is_given(a, MANUAL_SPI))
		choose_spi(a, 0, a->set.pair_spi);
	if (!a->set.pair)
		return;
	mirror(&a->sas[1], &a->set);
	a->sas[1].values[MANUAL_SPI] = a->set.pair_spi;
	if (a->set.pair_spi == NULL)
		choose_spi(a, 1, a->sas[0].values[MANUAL_SPI]);
	/* The second of a pair names the first, which is there by then. */
	if (manual_words[MANUAL_PAIR_SPI].known & MANUAL_IN(dialect))
		a->sas[1].values[MANUAL_PAIR_SPI] = a->sas[0].values[MANUAL_SPI];
}

static void compose(struct adding *a)
{
	struct strbuf parts[2] = { STRBUF_INIT, STRBUF_INIT };
	size_t i;

	for (i = 0; i < a->count; i++)
		manual_compose(&parts[i], &a->sas[i]);
	/* All at once, so that no copy of a key is left behind when the string grows. */
	strbuf_reserve(&a->text, parts[0].len + parts[1].len + 2);
	for (i = 0; i < a->count; i++)
		strbuf_addf(&a->text, "%s%s", i > 0 ? "\n" : "", parts[i].buf);
	strbuf_wipe(&parts[0]);
	strbuf_wipe(&parts[1]);
}

/* Whether the command says what was asked for. */
static bool says(const struct manual_item *item, const struct manual_new *sa)
{
	unsigned name;

	for (name = 1; name < MANUAL_FIELD_COUNT; name++)
		if (sa->values[name] != NULL &&
		    !manual_value_holds(item, (enum manual_word)name, sa->values[name]))
			return false;
	return item->command == MANUAL_ADD && item->sa_type == sa->type &&
	       manual_key_is(item, MANUAL_ENCRKEY, sa->encr) &&
	       manual_key_is(item, MANUAL_AUTHKEY, sa->auth);
}

static bool check_command(const struct adding *a, size_t i, const struct manual_reading *now,
			  uint32_t entry, struct error *err)
{
	struct manual_item item = MANUAL_ITEM_INIT;
	bool good = manual_is_sound(NULL, MANUAL_NONE, now, entry, profile_of(a)->dialect, err);

	if (good) {
		manual_read(now->doc, entry, &item, NULL);
		good = says(&item, &a->sas[i]) ||
		       verify_misread(change_host(a->change), LOCATION_IPSECKEYS, err);
	}
	manual_item_release(&item);
	return good;
}

static bool check_result(const struct adding *a, const struct doc *doc,
			 const struct manual_expected *expected, struct error *err)
{
	bool good = manual_check_others(a->change, doc, expected, err);
	struct manual_reading now;
	size_t i;

	if (!good)
		return false;
	manual_reading_init(&now, doc);
	for (i = 0; i < a->count && good; i++)
		good = check_command(a, i, &now, expected->added + (uint32_t)i, err);
	manual_reading_release(&now);
	return good;
}

static void add_title(const struct adding *a, struct strbuf *title)
{
	const char *type = manual_words[a->set.type].name, *dst = a->set.values[MANUAL_DST];

	if (a->count == 1)
		strbuf_addf(title, _("add manual SA %s/%s/%s"), type, a->sas[0].values[MANUAL_SPI],
			    dst);
	else
		strbuf_addf(title, _("add manual SAs %s/%s/%s and %s/%s/%s"), type,
			    a->sas[0].values[MANUAL_SPI], dst, type, a->sas[1].values[MANUAL_SPI],
			    a->set.values[MANUAL_SRC]);
}

/* The number of entries before a byte. */
static uint32_t entries_before(const struct doc *doc, uint32_t off)
{
	uint32_t count = 0;

	while (count < doc->nentries && doc->tokens[doc->entries[count].tok].off < off)
		count++;
	return count;
}

static bool insert(struct adding *a, const struct doc *doc, size_t *number, struct error *err)
{
	struct manual_expected expected = MANUAL_EXPECTED_NOTHING;
	struct strbuf title = STRBUF_INIT;
	struct edits edits = { 0 };
	struct doc *now;
	bool good;

	compose(a);
	if (!manual_insert(&edits, doc, a->text.buf, err))
		return false;
	expected.added = entries_before(doc, edits.items[0].at.off);
	expected.nadded = (uint32_t)a->count;
	now = doc_edit(doc, &edits, NULL);
	good = check_result(a, now, &expected, err);
	doc_free(now);
	if (good) {
		add_title(a, &title);
		manual_make_step(a->change, title.buf, &edits, NULL);
		if (number != NULL)
			*number = host_command_of_entry(change_host(a->change), expected.added);
	}
	edits_release(&edits);
	strbuf_release(&title);
	return good;
}

static void release(struct adding *a)
{
	size_t i;

	for (i = 0; i < 2; i++) {
		blob_release(&a->encr[i]);
		blob_release(&a->auth[i]);
	}
	strbuf_wipe(&a->text);
}

bool manual_sa_add(struct change *change, const struct field *fields, size_t count,
		   const struct manual_sa_keys *keys, size_t *number, struct error *err)
{
	struct adding a = { .change = change, .text = STRBUF_INIT };
	struct doc *empty = NULL;
	const struct doc *doc = manual_doc(change);
	bool good = manual_may_change(change, _("add a manual SA"), err) &&
		    manual_set_parse(&a.set, fields, count, true, err) &&
		    manual_set_check(&a.set, change_profile(change), err) && check_needs(&a, err);

	if (good) {
		a.encr_alg = manual_alg_of(MANUAL_ENCRALG, a.set.values[MANUAL_ENCRALG]);
		a.auth_alg = manual_alg_of(MANUAL_AUTHALG, a.set.values[MANUAL_AUTHALG]);
		if (doc == NULL)
			doc = empty = doc_new(&ipseckeys_format, blob_new(0, true));
		fill(&a);
		good = take_keys(&a, keys, err) && insert(&a, doc, number, err);
	}
	release(&a);
	doc_free(empty);
	return good;
}
