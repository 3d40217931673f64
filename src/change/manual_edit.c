/* Commands of ipseckeys that are there already. Only what is asked for is touched. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "change/manual_key.h"
#include "change/manual_rewrite.h"
#include "change/manual_step.h"
#include "change/verify.h"

/* A command on its way to another one. */
struct editing {
	struct change *change;
	const struct doc *doc;
	uint32_t entry;
	struct manual_item item;
	struct manual_set set;
	struct blob encr, auth; /* new keys; empty: they stay */
	struct edits edits;
};

static const struct blob *new_key(const struct editing *e, enum manual_word name)
{
	const struct blob *key = name == MANUAL_ENCRKEY ? &e->encr : &e->auth;

	return key->data != NULL ? key : NULL;
}

static const struct token *token_at(const struct editing *e, uint32_t tok)
{
	return &e->doc->tokens[tok];
}

/* Whether a field of the command that was is still there, word by word. */
static bool stays(const struct editing *e, const struct manual_field *f,
		  const struct manual_item *now)
{
	const struct manual_field *own = manual_find(now, (enum manual_word)f->name);
	uint32_t i;

	if (own == NULL || own->end - own->arg != f->end - f->arg)
		return false;
	for (i = 0; i < f->end - f->arg; i++)
		if (token_at(e, f->arg + i)->len != now->doc->tokens[own->arg + i].len ||
		    memcmp(doc_text(e->doc, f->arg + i), doc_text(now->doc, own->arg + i),
			   token_at(e, f->arg + i)->len) != 0)
			return false;
	return true;
}

/* Whether the command says what was asked for, and what nobody asked about as before. */
static bool says(const struct editing *e, const struct manual_item *now)
{
	size_t i;

	for (i = 0; i < e->set.count; i++)
		if (!manual_value_holds(now, (enum manual_word)e->set.names[i],
					e->set.values[e->set.names[i]]))
			return false;
	for (i = 0; i < e->item.nfields; i++) {
		const struct manual_field *f = &e->item.fields[i];

		if (e->item.first[f->name] == i + 1 && e->set.values[f->name] == NULL &&
		    new_key(e, (enum manual_word)f->name) == NULL && !stays(e, f, now))
			return false;
	}
	return now->command == e->item.command &&
	       (e->set.type == 0 || now->sa_type == e->set.type) &&
	       (new_key(e, MANUAL_ENCRKEY) == NULL ||
		manual_key_is(now, MANUAL_ENCRKEY, new_key(e, MANUAL_ENCRKEY))) &&
	       (new_key(e, MANUAL_AUTHKEY) == NULL ||
		manual_key_is(now, MANUAL_AUTHKEY, new_key(e, MANUAL_AUTHKEY)));
}

/* Where the partner, another entry, is when the lines of a broken key behind this one are gone. */
static uint32_t partner_now(const struct editing *e, const struct doc *now, uint32_t partner)
{
	uint32_t gone = manual_rests(e->doc, e->entry) - manual_rests(now, e->entry);

	return partner > e->entry ? partner - gone : partner;
}

/* Whether the command is sound and says what was asked for. */
static bool check_command_now(const struct editing *e, const struct manual_reading *then,
			      const struct manual_reading *now, struct error *err)
{
	struct manual_item item = MANUAL_ITEM_INIT;
	bool good = manual_is_sound(then, e->entry, now, e->entry,
				    change_profile(e->change)->dialect, err);

	if (good) {
		manual_read(now->doc, e->entry, &item, NULL);
		good = says(e, &item) ||
		       verify_misread(change_host(e->change), LOCATION_IPSECKEYS, err);
	}
	manual_item_release(&item);
	return good;
}

/* NOTE gets what becomes of the other direction. */
static bool check_result(const struct editing *e, struct strbuf *note, struct error *err)
{
	struct manual_expected expected = MANUAL_EXPECTED_NOTHING;
	struct doc *doc = doc_edit(e->doc, &e->edits, NULL);
	struct manual_reading then, now;
	uint32_t partner;
	bool good;

	expected.changed = e->entry;
	if (!manual_check_others(e->change, doc, &expected, err)) {
		doc_free(doc);
		return false;
	}
	manual_reading_init(&then, e->doc);
	manual_reading_init(&now, doc);
	partner = manual_reading_partner(&then, e->entry);
	good = check_command_now(e, &then, &now, err);
	if (good && partner != MANUAL_NONE)
		manual_add_partner_note(e->change, &then, partner, &now,
					partner_now(e, doc, partner), note);
	manual_reading_release(&then);
	manual_reading_release(&now);
	doc_free(doc);
	return good;
}

/* The algorithms that the command has once the fields are applied. */
static void find_algs(const struct manual_item *item, const struct manual_set *set,
		      const struct ipsec_alg **encr, const struct ipsec_alg **auth)
{
	*encr = set->values[MANUAL_ENCRALG] != NULL
			? manual_alg_of(MANUAL_ENCRALG, set->values[MANUAL_ENCRALG])
		: item != NULL ? item->encr_alg
			       : NULL;
	*auth = set->values[MANUAL_AUTHALG] != NULL
			? manual_alg_of(MANUAL_AUTHALG, set->values[MANUAL_AUTHALG])
		: item != NULL ? item->auth_alg
			       : NULL;
}

/* A generated key is as long as the one before, where the algorithm takes that. */
static unsigned usual_bits(const struct editing *e, const struct ipsec_alg *alg)
{
	uint32_t bits = e->item.encr_key.bits;

	if (alg->class != IPSEC_ENCR)
		return 0;
	if (e->set.bits != 0)
		return e->set.bits;
	return alg == e->item.encr_alg && manual_key_fits(alg, bits, 0) ? bits - alg->salt : 0;
}

static bool take_key(const struct editing *e, const struct manual_sa_key *key,
		     const struct ipsec_alg *alg, const char *name, struct blob *taken,
		     struct error *err)
{
	const struct profile *profile = change_profile(e->change);

	if (key->digits == NULL && !key->generate)
		return true;
	if (!manual_alg_has_key(alg))
		return error_set(err, ERROR_USAGE, _("%s: there is no algorithm that it is for"),
				 name);
	if (key->generate)
		return manual_key_generate(profile, alg, usual_bits(e, alg), taken, err);
	if (!manual_key_check(profile, alg, name, key->digits, err))
		return false;
	*taken = blob_copy(key->digits->data, key->digits->len, true);
	return true;
}

static bool take_keys(struct editing *e, const struct manual_sa_keys *keys, struct error *err)
{
	const struct ipsec_alg *encr, *auth;

	find_algs(&e->item, &e->set, &encr, &auth);
	return take_key(e, &keys->encr, encr, "encrkey", &e->encr, err) &&
	       take_key(e, &keys->auth, auth, "authkey", &e->auth, err);
}

static bool check_command(const struct editing *e, const char *name, struct error *err)
{
	if (manual_is_about_sa(e->item.command))
		return true;
	return error_set(err, ERROR_USAGE,
			 _("%s is about no SA and has nothing to edit; it can be removed"), name);
}

static void begin(struct editing *e, struct change *change, size_t number)
{
	*e = (struct editing){ .change = change,
			       .doc = manual_doc(change),
			       .entry = change_host(change)->commands[number],
			       .item = MANUAL_ITEM_INIT };
	manual_read(e->doc, e->entry, &e->item, NULL);
}

static void release(struct editing *e)
{
	manual_item_release(&e->item);
	edits_release(&e->edits);
	blob_release(&e->encr);
	blob_release(&e->auth);
}

bool manual_sa_edit(struct change *change, size_t number, const struct field *fields, size_t count,
		    const struct manual_sa_keys *keys, struct error *err)
{
	struct strbuf name = STRBUF_INIT, title = STRBUF_INIT, note = STRBUF_INIT;
	struct editing e;
	bool good;

	begin(&e, change, number);
	manual_add_name(change, number, &name);
	strbuf_addf(&title, _("edit manual SA %s"), name.buf);
	good = manual_may_change(change, title.buf, err) && check_command(&e, name.buf, err) &&
	       manual_set_parse(&e.set, fields, count, false, err) &&
	       manual_set_check(&e.set, change_profile(change), err) && take_keys(&e, keys, err);
	if (good) {
		manual_rewrite(&e.item, &e.set, new_key(&e, MANUAL_ENCRKEY),
			       new_key(&e, MANUAL_AUTHKEY), &e.edits);
		good = e.edits.count == 0 || check_result(&e, &note, err);
	}
	if (good)
		manual_make_step(change, title.buf, &e.edits, note.len > 0 ? note.buf : NULL);
	release(&e);
	strbuf_release(&name);
	strbuf_release(&title);
	strbuf_release(&note);
	return good;
}

bool manual_sa_algs(struct change *change, size_t number, const struct field *fields, size_t count,
		    const struct ipsec_alg **encr, const struct ipsec_alg **auth, struct error *err)
{
	struct editing e = { .item = MANUAL_ITEM_INIT };
	bool good;

	if (number != SIZE_MAX)
		begin(&e, change, number);
	good = manual_set_parse(&e.set, fields, count, number == SIZE_MAX, err) &&
	       manual_set_check(&e.set, change_profile(change), err);
	if (good)
		find_algs(&e.item, &e.set, encr, auth);
	if (good && !manual_alg_has_key(*encr))
		*encr = NULL;
	if (good && !manual_alg_has_key(*auth))
		*auth = NULL;
	release(&e);
	return good;
}
