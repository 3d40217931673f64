/* ipseckeys: which word a token is in its place. */
#include "config.h"

#include "formats/ipseckeys/place.h"

bool manual_is_text(enum manual_word extension, unsigned value)
{
	unsigned arg = manual_words[extension].arg;

	return arg == MANUAL_ARG_LABEL || (arg == MANUAL_ARG_IDENTITY && value == 1);
}

static void begin_extension(struct manual_place *place, enum manual_word word)
{
	place->extension = word;
	place->values = manual_values(word);
}

/*
 * A value that has an extension's name is one all the same where the extension before it lacks its
 * value: that shows when no extension's name follows. A host may be called proxy.
 */
static void settle(struct manual_place *place, struct doc *doc, bool is_extension)
{
	struct token *last = &doc->tokens[place->value];
	enum manual_word word =
		manual_index_find(place->index, doc->blob.data + last->off, last->len);

	place->maybe = false;
	if (is_extension || manual_values(word) == 0)
		return;
	last->word = word & 255u;
	begin_extension(place, word);
}

/* A value of the extension, or the name of the next one where the value is missing. */
static enum manual_word value_word(struct manual_place *place, const struct doc *doc, const char *p,
				   size_t len, enum manual_word extension)
{
	enum manual_arg arg = manual_words[place->extension].arg;
	unsigned number = manual_values(place->extension) - place->values;
	bool open = arg == MANUAL_ARG_ADDRESS || arg == MANUAL_ARG_PREFIX ||
		    manual_is_text(place->extension, number);

	if (extension != 0 && !open) {
		begin_extension(place, extension);
		return extension;
	}
	place->maybe = extension != 0;
	place->value = (uint32_t)doc->ntokens;
	place->values--;
	return open ? MANUAL_NO_WORD : manual_value_find(p, len, arg);
}

enum manual_word manual_place_word(struct manual_place *place, struct doc *doc, const char *p,
				   size_t len)
{
	enum manual_word word;
	unsigned number = place->number++;

	if (number == 0)
		return place->command = manual_command_guess(p, len);
	if (number == 1 && manual_words[place->command].arg == MANUAL_ARG_SA_TYPE) {
		word = manual_value_find(p, len, MANUAL_ARG_SA_TYPE);
		if (word != 0 || manual_index_find(place->index, p, len) == 0)
			return word;
	}
	if (!manual_is_about_sa(place->command))
		return MANUAL_NO_WORD;
	word = manual_index_find(place->index, p, len);
	if (place->maybe)
		settle(place, doc, word != 0);
	if (place->values > 0)
		return value_word(place, doc, p, len, word);
	if (word == 0)
		word = manual_extension_guess(p, len);
	begin_extension(place, word);
	return word;
}

void manual_place_other(struct manual_place *place)
{
	place->number++;
	place->maybe = false;
	if (place->values > 0)
		place->values--;
}

bool manual_place_is_text(const struct manual_place *place)
{
	return place->values > 0 &&
	       manual_is_text(place->extension, manual_values(place->extension) - place->values);
}
