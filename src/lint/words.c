#include "config.h"

#include "lint/words.h"

#include <string.h>

#include "formats/ike_config/words.h"
#include "formats/ike_preshared/words.h"
#include "formats/ipsecinit/words.h"
#include "formats/ipseckeys/words.h"
#include "lint/near.h"

static const char *ike_name(unsigned word)
{
	return ike_words[word].name;
}

static bool ike_fits(unsigned word, unsigned owner)
{
	return owner == 0 ? word < IKE_KEYWORD_COUNT : ike_words[word].set == owner;
}

static bool ike_is_value(unsigned word, unsigned owner, unsigned releases)
{
	return ike_words[word].set == owner && ike_words[word].same_as == 0 &&
	       (ike_words[word].known & releases) != 0;
}

static void ike_limits(unsigned word, uint64_t *min, uint64_t *max)
{
	*min = ike_words[word].min;
	*max = ike_words[word].max == UINT32_MAX ? UINT64_MAX : ike_words[word].max;
}

static const char *preshared_name(unsigned word)
{
	return preshared_words[word].name;
}

static bool preshared_fits(unsigned word, unsigned owner)
{
	if (owner == 0)
		return preshared_words[word].arg != PRESHARED_ARG_NONE;
	return preshared_words[word].set != 0 &&
	       preshared_words[word].set == preshared_words[owner].arg;
}

static bool preshared_is_value(unsigned word, unsigned owner, unsigned releases)
{
	return preshared_fits(word, owner) && preshared_words[word].same_as == 0 &&
	       (preshared_words[word].known & releases) != 0;
}

static const char *policy_name(unsigned word)
{
	return policy_words[word].name;
}

static bool policy_fits(unsigned word, unsigned owner)
{
	const struct policy_word_info *info = &policy_words[word];

	return owner == 0 ? word < POLICY_ACTION_END
			  : info->of != 0 && (info->of == owner || info->also_of == owner);
}

static bool policy_is_value(unsigned word, unsigned owner, unsigned releases)
{
	return policy_fits(word, owner) && policy_words[word].same_as == 0 &&
	       (policy_words[word].known & releases) != 0;
}

static const char *manual_name(unsigned word)
{
	return manual_words[word].name;
}

/* A command takes extensions; where nothing takes a word it is a command. */
static bool manual_fits(unsigned word, unsigned owner)
{
	if (owner == 0)
		return manual_is_command(word) && manual_words[word].known != 0;
	if (manual_is_about_sa(owner))
		return (manual_words[word].with & MANUAL_WITH(owner)) != 0;
	return manual_words[word].set != 0 && manual_words[word].set == manual_words[owner].arg;
}

static bool manual_is_value(unsigned word, unsigned owner, unsigned releases)
{
	return manual_fits(word, owner) && manual_words[word].same_as == 0 &&
	       (manual_words[word].known & releases) != 0;
}

static void manual_limits(unsigned word, uint64_t *min, uint64_t *max)
{
	*min = manual_words[word].min;
	*max = manual_words[word].max;
}

/* A table reads best as rows. */
/* clang-format off */
static const struct lint_words tables[READER_COUNT] = {
	[READER_NONE] = { IKE_WORD_COUNT, ike_name, ike_fits, ike_is_value, ike_limits },
	[READER_IKE] = { IKE_WORD_COUNT, ike_name, ike_fits, ike_is_value, ike_limits },
	[READER_PRESHARED] = { PRESHARED_WORD_COUNT, preshared_name, preshared_fits, preshared_is_value, NULL },
	[READER_POLICY] = { POLICY_WORD_COUNT, policy_name, policy_fits, policy_is_value, NULL },
	[READER_MANUAL] = { MANUAL_WORD_COUNT, manual_name, manual_fits, manual_is_value, manual_limits },
};
/* clang-format on */

const struct lint_words *lint_words(enum check_reader reader)
{
	return &tables[reader];
}

const char *lint_word_name(const struct lint_words *words, unsigned word)
{
	return word != 0 && word < words->count ? words->name(word) : "";
}

const char *lint_word_meant(const struct lint_words *words, unsigned owner, const char *text,
			    size_t len)
{
	const char *best = NULL;
	size_t distance = 3;
	unsigned word;

	for (word = 1; word < words->count; word++) {
		const char *name;
		size_t d;

		if (!words->fits(word, owner))
			continue;
		name = words->name(word);
		if (name == NULL)
			continue;
		d = near_distance(text, len, name, distance);
		if (d < distance && d < strlen(name) / 2) {
			distance = d;
			best = name;
		}
	}
	return best;
}
