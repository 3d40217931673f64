/* Preshared keys of ike.preshared. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/xalloc.h"
#include "change/edits.h"
#include "change/force.h"
#include "change/verify.h"

static const struct doc *preshared(struct change *change)
{
	return host_doc(change_host(change), LOCATION_PRESHARED);
}

static enum preshared_word field_of(const char *name)
{
	int word;

	for (word = 1; word < PRESHARED_FIELD_COUNT; word++)
		if (strcmp(preshared_words[word].name, name) == 0)
			return (enum preshared_word)word;
	return PRESHARED_NO_WORD;
}

/* Reads a file of one entry with this field, as the file's reader would. */
static bool check_value(enum preshared_word field, const char *value, struct error *err)
{
	const char *name = preshared_words[field].name;
	struct ip_range range;

	if (field == PRESHARED_LOCALID || field == PRESHARED_REMOTEID) {
		if (value[0] == '\0')
			return error_set(err, ERROR_USAGE, _("%s: an address is needed"), name);
		if (ip_range_parse(value, strlen(value), &range) != IP_OK ||
		    range.form == IP_MASK || range.form == IP_RANGE)
			return error_set(
				err, ERROR_USAGE,
				_("%s: '%s' is not an IP address; host names are not taken here"),
				name, value);
		if (ip_is_multicast(&range))
			return error_set(err, ERROR_USAGE,
					 _("%s: '%s' is a multicast address, which has no key"),
					 name, value);
		return true;
	}
	if (field == PRESHARED_IKE_MODE ? strcmp(value, "main") == 0 : strcmp(value, "IP") == 0)
		return true;
	return error_set(err, ERROR_USAGE, _("%s: the only value that every release takes is %s"),
			 name, field == PRESHARED_IKE_MODE ? "main" : "IP");
}

static bool no_field(const char *name, struct error *err)
{
	struct near near = near_to(name, strlen(name));
	int i;

	for (i = 1; i < PRESHARED_FIELD_COUNT; i++)
		if (i != PRESHARED_KEY)
			near_try(&near, preshared_words[i].name);
	error_set(err, ERROR_USAGE, _("'%s' is no field of a preshared key"), name);
	return near_tell(&near, err, NULL);
}

static bool check_fields(const struct field *fields, size_t count, struct error *err)
{
	size_t i;

	for (i = 0; i < count; i++) {
		enum preshared_word field = field_of(fields[i].name);

		if (field == PRESHARED_KEY)
			return error_set(
				err, ERROR_USAGE,
				_("a key is never given as a value; it is read from a file, standard input or a prompt"));
		if (field == PRESHARED_NO_WORD)
			return no_field(fields[i].name, err);
		if (!check_value(field, fields[i].value, err))
			return false;
	}
	return true;
}

bool psk_field_check(const char *name, const char *value, struct error *err)
{
	struct field field = { name, value };

	return check_fields(&field, 1, err);
}

static const char *value_of(const struct field *fields, size_t count, enum preshared_word field,
			    const char *fallback)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (field_of(fields[i].name) == field)
			return fields[i].value;
	return fallback;
}

static bool may_change(struct change *change, const char *what, struct error *err)
{
	return force_allows_file(change, LOCATION_PRESHARED, what, err);
}

static void begin(struct change *change, const char *title)
{
	change_begin(change, title);
	force_tell(change, "files", "ike_preshared", "COEX-R11", "ike.preshared");
}

static bool check_pair(struct change *change, const char *local, const char *remote, size_t except,
		       struct error *err)
{
	struct ip_range l, r;

	if (ip_range_parse(local, strlen(local), &l) != IP_OK ||
	    ip_range_parse(remote, strlen(remote), &r) != IP_OK)
		return true;
	if (l.family != r.family)
		return error_set(err, ERROR_USAGE, _("one end is IPv4 and the other IPv6"));
	if (pairs_key_same(host_pairs(change_host(change)), &l, &r, except) != SIZE_MAX)
		return error_set(
			err, ERROR_USAGE,
			_("there is a key for %s and %s already; change it with: ikeconsole psk edit %s,%s"),
			local, remote, local, remote);
	return true;
}

/* The entry before which a new key goes: the first one that would cover it and be taken instead. */
static uint32_t covering_entry(struct change *change, const char *local, const char *remote)
{
	struct host *host = change_host(change);
	struct ip_range l, r;
	size_t key = SIZE_MAX;

	if (ip_range_parse(local, strlen(local), &l) == IP_OK &&
	    ip_range_parse(remote, strlen(remote), &r) == IP_OK && l.family == r.family)
		key = pairs_key_around(host_pairs(host), &l, &r);
	return key != SIZE_MAX ? host->keys[key] : UINT32_MAX;
}

static void find_indent(const struct doc *doc, const struct host *host, struct strbuf *indent)
{
	size_t i;

	for (i = host->nkeys; doc != NULL && i-- > 0;) {
		const struct entry *e = &doc->entries[host->keys[i]];
		struct span at;
		uint32_t off;

		if (e->tok + 1 >= e->end)
			continue;
		off = doc->tokens[e->tok + 1].off;
		at = edit_indent(doc, off);
		if (at.off + at.len == off && doc_line(doc, off).off == at.off) {
			strbuf_add(indent, doc->blob.data + at.off, at.len);
			return;
		}
	}
	strbuf_addch(indent, '\t');
}

static void insert_entry(struct change *change, const char *local, const char *remote,
			 const struct field *fields, size_t count, const struct blob *key)
{
	const struct doc *doc = preshared(change);
	struct doc *empty = NULL;
	struct strbuf text = STRBUF_INIT, indent = STRBUF_INIT;
	struct edits edits = { 0 };
	uint32_t before = covering_entry(change, local, remote), off;

	if (doc == NULL)
		doc = empty = doc_new(&preshared_format, blob_new(0, true));
	find_indent(doc, change_host(change), &indent);
	/* All at once, so that no copy of the key is left behind when the string grows. */
	strbuf_reserve(&text, key->len + 8 * indent.len + 512);
	strbuf_addf(&text, "{\n%slocalidtype %s\n%slocalid %s\n", indent.buf,
		    value_of(fields, count, PRESHARED_LOCALIDTYPE, "IP"), indent.buf, local);
	strbuf_addf(&text, "%sremoteidtype %s\n%sremoteid %s\n", indent.buf,
		    value_of(fields, count, PRESHARED_REMOTEIDTYPE, "IP"), indent.buf, remote);
	strbuf_addf(&text, "%skey ", indent.buf);
	strbuf_add(&text, key->data, key->len);
	strbuf_addstr(&text, "\n}");
	off = doc->blob.len > 0 ? (uint32_t)doc->blob.len - 1 : UINT32_MAX;
	if (before != UINT32_MAX) {
		off = doc_line(doc, doc->tokens[doc->entries[before].tok].off).off;
		off = off > 0 ? off - 1 : UINT32_MAX;
	}
	edit_insert_lines(&edits, doc, off, text.buf);
	change_apply(change, LOCATION_PRESHARED, &edits);
	strbuf_wipe(&text);
	strbuf_release(&indent);
	doc_free(empty);
}

static size_t find_pair(struct change *change, const char *local, const char *remote)
{
	struct host *host = change_host(change);
	struct ip_range l, r;
	size_t key = SIZE_MAX;

	if (ip_range_parse(local, strlen(local), &l) == IP_OK &&
	    ip_range_parse(remote, strlen(remote), &r) == IP_OK)
		key = pairs_key_same(host_pairs(host), &l, &r, SIZE_MAX);
	return key != SIZE_MAX ? key : host->nkeys;
}

bool psk_add(struct change *change, const struct field *fields, size_t count,
	     const struct blob *key, size_t *number, struct error *err)
{
	const char *local = value_of(fields, count, PRESHARED_LOCALID, NULL),
		   *remote = value_of(fields, count, PRESHARED_REMOTEID, NULL);
	struct strbuf title = STRBUF_INIT;
	size_t at;
	bool good;

	if (local == NULL || remote == NULL)
		return error_set(err, ERROR_USAGE,
				 _("a key needs localid=ADDRESS and remoteid=ADDRESS"));
	strbuf_addf(&title, _("add key %s,%s"), local, remote);
	good = may_change(change, title.buf, err) && check_fields(fields, count, err) &&
	       check_pair(change, local, remote, SIZE_MAX, err);
	if (good) {
		struct shape before = verify_shape(change, LOCATION_PRESHARED);

		begin(change, title.buf);
		insert_entry(change, local, remote, fields, count, key);
		at = find_pair(change, local, remote);
		good = verify_count(change, LOCATION_PRESHARED, before, 1, err) &&
		       verify_key(change, at, PRESHARED_LOCALID, local, strlen(local), err) &&
		       verify_key(change, at, PRESHARED_KEY, key->data, key->len, err);
		change_end(change, good);
		if (good && number != NULL)
			*number = at;
	}
	strbuf_release(&title);
	return good;
}

static void set_field(struct change *change, size_t number, enum preshared_word field,
		      const char *value, size_t len)
{
	const struct host *host = change_host(change);
	struct preshared_item item = PRESHARED_ITEM_INIT;
	struct edits edits = { 0 };
	const struct preshared_stmt *s;

	preshared_read(preshared(change), host->keys[number], &item, NULL);
	s = preshared_find(&item, field);
	if (s != NULL && s->end > s->arg) {
		edits_add(&edits, item.doc, doc_span(item.doc, s->arg, s->end), value, len);
	} else {
		struct strbuf text = STRBUF_INIT;
		uint32_t last = item.nstmts > 0 ? item.stmts[item.nstmts - 1].end - 1 : item.open;

		strbuf_reserve(&text, len + 64);
		strbuf_addf(&text, "%s ", preshared_words[field].name);
		strbuf_add(&text, value, len);
		edit_insert_item(&edits, item.doc, item.open, last, item.close, text.buf);
		strbuf_wipe(&text);
	}
	change_apply(change, LOCATION_PRESHARED, &edits);
	preshared_item_release(&item);
}

static void entry_name(struct change *change, size_t number, const char *format,
		       struct strbuf *title)
{
	struct preshared_item item = PRESHARED_ITEM_INIT;
	struct strbuf local = STRBUF_INIT, remote = STRBUF_INIT;

	preshared_read(preshared(change), change_host(change)->keys[number], &item, NULL);
	if (item.local.range.family != IP_NONE)
		ip_range_print(&local, &item.local.range);
	if (item.remote.range.family != IP_NONE)
		ip_range_print(&remote, &item.remote.range);
	strbuf_addf(title, format, local.buf, remote.buf);
	strbuf_release(&local);
	strbuf_release(&remote);
	preshared_item_release(&item);
}

/* The pair the entry would have: given values, or its own where they were understood. */
static bool check_new_pair(struct change *change, size_t number, const struct field *fields,
			   size_t count, struct error *err)
{
	struct preshared_item item = PRESHARED_ITEM_INIT;
	struct strbuf local = STRBUF_INIT, remote = STRBUF_INIT;
	bool good;

	preshared_read(preshared(change), change_host(change)->keys[number], &item, NULL);
	if (item.local.range.family != IP_NONE)
		ip_range_print(&local, &item.local.range);
	if (item.remote.range.family != IP_NONE)
		ip_range_print(&remote, &item.remote.range);
	good = check_pair(change, value_of(fields, count, PRESHARED_LOCALID, local.buf),
			  value_of(fields, count, PRESHARED_REMOTEID, remote.buf), number, err);
	strbuf_release(&local);
	strbuf_release(&remote);
	preshared_item_release(&item);
	return good;
}

bool psk_edit(struct change *change, size_t number, const struct field *fields, size_t count,
	      const struct blob *key, struct error *err)
{
	struct strbuf title = STRBUF_INIT;
	bool good;
	size_t i;

	entry_name(change, number, _("edit key %s,%s"), &title);
	good = may_change(change, title.buf, err) && check_fields(fields, count, err) &&
	       check_new_pair(change, number, fields, count, err);
	if (good) {
		struct shape before = verify_shape(change, LOCATION_PRESHARED);

		begin(change, title.buf);
		for (i = 0; i < count; i++)
			set_field(change, number, field_of(fields[i].name), fields[i].value,
				  strlen(fields[i].value));
		if (key != NULL)
			set_field(change, number, PRESHARED_KEY, key->data, key->len);
		good = verify_count(change, LOCATION_PRESHARED, before, 0, err);
		for (i = 0; good && i < count; i++)
			good = verify_key(change, number, field_of(fields[i].name), fields[i].value,
					  strlen(fields[i].value), err);
		if (good && key != NULL)
			good = verify_key(change, number, PRESHARED_KEY, key->data, key->len, err);
		change_end(change, good);
	}
	strbuf_release(&title);
	return good;
}

bool psk_remove(struct change *change, size_t number, struct error *err)
{
	const struct doc *doc = preshared(change);
	const struct entry *e = &doc->entries[change_host(change)->keys[number]];
	struct strbuf title = STRBUF_INIT;
	struct edits edits = { 0 };
	bool good;

	entry_name(change, number, _("remove key %s,%s"), &title);
	good = may_change(change, title.buf, err);
	if (good) {
		struct shape before = verify_shape(change, LOCATION_PRESHARED);

		begin(change, title.buf);
		edit_remove(&edits, doc, e->tok, e->end);
		change_apply(change, LOCATION_PRESHARED, &edits);
		good = verify_count(change, LOCATION_PRESHARED, before, -1, err);
		change_end(change, good);
	}
	strbuf_release(&title);
	return good;
}
