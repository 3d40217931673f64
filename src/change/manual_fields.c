#include "config.h"

#include "change/manual_fields.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/xalloc.h"
#include "formats/hide.h"

bool manual_flag_is_set(const char *text)
{
	return strcmp(text, "yes") == 0;
}

static bool is_flag(enum manual_word name)
{
	return manual_words[name].arg == MANUAL_ARG_NONE;
}

static bool refuse_name(const char *name, bool pairs, struct error *err)
{
	struct near near = near_to(name, strlen(name));
	int i;

	if (hide_may_be_key(name))
		return error_set(err, ERROR_USAGE,
				 _("one of the names is no field of a manual SA"));
	for (i = 1; i < MANUAL_WORD_COUNT; i++)
		if (manual_is_extension(i) && manual_words[i].arg != MANUAL_ARG_REFUSED)
			near_try(&near, manual_words[i].name);
	near_try(&near, "type");
	near_try(&near, "bits");
	if (pairs)
		near_try(&near, "pair");
	error_set(err, ERROR_USAGE, _("'%s' is no field of a manual SA"), name);
	return near_tell(&near, err, NULL);
}

static bool parse_type(struct manual_set *set, const char *text, struct error *err)
{
	set->type = manual_value_find(text, strlen(text), MANUAL_ARG_SA_TYPE);
	if (set->type == MANUAL_AH || set->type == MANUAL_ESP)
		return true;
	return error_set(err, ERROR_USAGE, _("type: esp or ah is needed here"));
}

static bool parse_pair(struct manual_set *set, const char *text, struct error *err)
{
	struct manual_value value;
	uint32_t spi;

	set->pair = strcmp(text, "no") != 0 && *text != '\0';
	if (!set->pair || strcmp(text, "yes") == 0)
		return true;
	set->pair_spi = text;
	if (strspn(text, "0123456789abcdefABCDEFxX") == strlen(text)) {
		manual_value_init(&value, MANUAL_SPI, text);
		spi = value.item.spi;
		manual_value_release(&value);
		if (spi != 0 && (text[0] != '0' || (text[1] | 0x20) == 'x'))
			return true;
	}
	return error_set(err, ERROR_USAGE,
			 _("pair: yes, no, or the spi of the other direction is needed"));
}

static bool parse_bits(struct manual_set *set, const char *text, struct error *err)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	set->bits = (unsigned)number;
	if (*text == '\0' ||
	    (isdigit((unsigned char)*text) && *end == '\0' && number > 0 && number <= UINT16_MAX))
		return true;
	return error_set(err, ERROR_USAGE,
			 _("bits: a number of bits is needed, such as 128 or 256"));
}

/* Words that are no extensions. *TAKEN says whether the field is one of them. */
static bool parse_other(struct manual_set *set, const struct field *field, bool pairs, bool *taken,
			struct error *err)
{
	*taken = true;
	if (strcmp(field->name, "type") == 0 || strcmp(field->name, "satype") == 0)
		return parse_type(set, field->value, err);
	if (strcmp(field->name, "bits") == 0)
		return parse_bits(set, field->value, err);
	if (strcmp(field->name, "pair") == 0 && pairs)
		return parse_pair(set, field->value, err);
	*taken = false;
	return true;
}

static bool parse_field(struct manual_set *set, const struct field *field, bool pairs,
			struct error *err)
{
	enum manual_word name;
	bool taken;

	if (!parse_other(set, field, pairs, &taken, err))
		return false;
	if (taken)
		return true;
	name = manual_word_canonical(manual_extension_find(field->name, strlen(field->name)));
	if (name == MANUAL_NO_WORD || manual_words[name].arg == MANUAL_ARG_REFUSED)
		return refuse_name(field->name, pairs, err);
	if (manual_words[name].arg == MANUAL_ARG_KEY && field->value[0] != '\0')
		return error_set(
			err, ERROR_USAGE,
			_("%s: a key is never given as a value; it is generated, or read from a file, standard input or a prompt"),
			manual_words[name].name);
	if (set->values[name] != NULL)
		return error_set(err, ERROR_USAGE, _("%s: is given twice"),
				 manual_words[name].name);
	set->values[name] = field->value;
	set->names[set->count++] = (uint8_t)name;
	return true;
}

bool manual_set_parse(struct manual_set *set, const struct field *fields, size_t count, bool pairs,
		      struct error *err)
{
	size_t i;

	*set = (struct manual_set){ .count = 0 };
	for (i = 0; i < count; i++)
		if (!parse_field(set, &fields[i], pairs, err))
			return false;
	return true;
}

/* A text stands without quotes where it is one plain word, and no name of an extension: those may
 * stand in its place. */
static bool is_plain(const char *text)
{
	size_t len = strlen(text);

	return len > 0 && text[0] != '#' && strpbrk(text, " \t\\") == NULL &&
	       manual_extension_find(text, len) == MANUAL_NO_WORD;
}

static void add_text(struct strbuf *sb, const char *text)
{
	strbuf_addf(sb, is_plain(text) ? "%s" : "\"%s\"", text);
}

void manual_value_format(struct strbuf *sb, enum manual_word name, const char *text)
{
	size_t type = strcspn(text, " \t");

	switch (manual_words[name].arg) {
	case MANUAL_ARG_LABEL:
		add_text(sb, text);
		break;
	case MANUAL_ARG_IDENTITY:
		strbuf_add(sb, text, type);
		text += type;
		text += strspn(text, " \t");
		if (*text != '\0') {
			strbuf_addch(sb, ' ');
			add_text(sb, text);
		}
		break;
	default:
		strbuf_addstr(sb, text);
	}
}

void manual_value_init(struct manual_value *value, enum manual_word name, const char *text)
{
	struct strbuf command = STRBUF_INIT;

	strbuf_addstr(&command, name == MANUAL_SPI ? "add esp " : "add esp spi 256 ");
	/* A label that belongs to packets stands behind one that belongs to what they carry. */
	if (name == MANUAL_OUTER_LABEL || name == MANUAL_IMPLICIT_LABEL)
		strbuf_addstr(&command, "label public ");
	strbuf_addf(&command, "%s ", manual_words[name].name);
	manual_value_format(&command, name, text);
	strbuf_addch(&command, '\n');
	/* It may be a key, typed where it does not belong. */
	value->doc = doc_new(&ipseckeys_format, blob_copy(command.buf, command.len, true));
	strbuf_wipe(&command);
	value->item = (struct manual_item)MANUAL_ITEM_INIT;
	manual_read(value->doc, 0, &value->item, NULL);
}

void manual_value_release(struct manual_value *value)
{
	manual_item_release(&value->item);
	doc_free(value->doc);
}

static bool is_same_address(const struct manual_address *a, const struct manual_address *b)
{
	return a->range.family != IP_NONE && a->range.family == b->range.family &&
	       a->range.prefix == b->range.prefix &&
	       ip_compare(a->range.first, b->range.first) == 0;
}

static const struct manual_address *address_of(const struct manual_item *item,
					       enum manual_word name)
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

static struct span unquoted(const struct manual_item *item, uint32_t tok)
{
	const struct token *t = &item->doc->tokens[tok];

	return t->kind == TOKEN_STRING ? (struct span){ t->off + 1, t->len - 2 }
				       : (struct span){ t->off, t->len };
}

static bool is_same_text(const struct manual_item *a, struct span at_a, const struct manual_item *b,
			 struct span at_b)
{
	return at_a.len == at_b.len &&
	       memcmp(a->doc->blob.data + at_a.off, b->doc->blob.data + at_b.off, at_a.len) == 0;
}

static bool is_same_value(const struct manual_item *a, const struct manual_field *x,
			  const struct manual_item *b, const struct manual_field *y)
{
	enum manual_word name = (enum manual_word)x->name;
	const struct manual_identity *id_a = name == MANUAL_SRCIDTYPE ? &a->src_id : &a->dst_id;
	const struct manual_identity *id_b = name == MANUAL_SRCIDTYPE ? &b->src_id : &b->dst_id;

	switch (manual_words[name].arg) {
	case MANUAL_ARG_NUMBER:
		return x->number == y->number;
	case MANUAL_ARG_ADDRESS:
	case MANUAL_ARG_PREFIX:
		return is_same_address(address_of(a, name), address_of(b, name));
	case MANUAL_ARG_AUTH_ALG:
		return a->auth_alg != NULL && a->auth_alg == b->auth_alg;
	case MANUAL_ARG_ENCR_ALG:
		return a->encr_alg != NULL && a->encr_alg == b->encr_alg;
	case MANUAL_ARG_IDENTITY:
		return id_a->type == id_b->type && id_a->number == id_b->number &&
		       is_same_text(a, id_a->text, b, id_b->text);
	case MANUAL_ARG_LABEL:
		return is_same_text(a, unquoted(a, x->arg), b, unquoted(b, y->arg));
	default:
		return x->value == y->value;
	}
}

bool manual_value_holds(const struct manual_item *item, enum manual_word name, const char *text)
{
	const struct manual_field *own = manual_find(item, name), *wanted;
	struct manual_value value;
	bool same;

	if (is_flag(name) || text[0] == '\0')
		return (own != NULL) == manual_flag_is_set(text);
	if (own == NULL || !own->good || own->end == own->arg)
		return false;
	manual_value_init(&value, name, text);
	wanted = manual_find(&value.item, name);
	same = wanted != NULL && wanted->good && is_same_value(item, own, &value.item, wanted);
	manual_value_release(&value);
	return same;
}
