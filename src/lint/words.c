#include "config.h"

#include "lint/words.h"

#include <string.h>

#include "base/xalloc.h"
#include "formats/ike_config/words.h"
#include "formats/ike_preshared/words.h"
#include "formats/ipsecinit/words.h"
#include "formats/ipseckeys/words.h"

static const char *ike_name(unsigned word)
{
	return ike_words[word].name;
}

static bool ike_fits(unsigned word, unsigned owner)
{
	return owner == 0 ? word < IKE_KEYWORD_COUNT : ike_words[word].set == owner;
}

static unsigned ike_known(unsigned word)
{
	/* A keyword without a list is in all of them. */
	return ike_words[word].known != 0 ? ike_words[word].known : IKE_IN_ALL;
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

static unsigned preshared_known(unsigned word)
{
	return preshared_words[word].known;
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

static unsigned policy_known(unsigned word)
{
	return policy_words[word].known;
}

static bool policy_is_value(unsigned word, unsigned owner, unsigned releases)
{
	return policy_fits(word, owner) && policy_words[word].same_as == 0 &&
	       (policy_words[word].known & releases) != 0;
}

typedef void take_name(void *ctx, const char *name);

static void algorithm_names(enum ipsec_alg_class class, bool policy, unsigned releases,
			    take_name *take, void *ctx)
{
	size_t row, i;

	for (row = 0; row < ipsec_alg_count; row++) {
		const struct ipsec_alg *alg = &ipsec_algs[row];

		if (alg->class != class || (alg->policy_only && !policy) ||
		    (releases != 0 &&
		     ((alg->known & releases) == 0 || alg->kind != IPSEC_ALG_REAL)))
			continue;
		for (i = 0; alg->names[i] != NULL && (i == 0 || releases == 0); i++)
			take(ctx, alg->names[i]);
	}
}

static void system_names(const struct policy_name *names, size_t count, take_name *take, void *ctx)
{
	size_t row, i;

	for (row = 0; row < count; row++) {
		take(ctx, names[row].name);
		for (i = 0; i < ARRAY_SIZE(names[row].aliases); i++)
			if (names[row].aliases[i] != NULL)
				take(ctx, names[row].aliases[i]);
	}
}

/* Services and protocols are for what is misspelt; nobody chooses from a list of them. */
static void policy_names(unsigned owner, unsigned releases, take_name *take, void *ctx)
{
	unsigned arg = policy_words[owner].arg;

	if (arg == POLICY_ARG_AUTH || arg == POLICY_ARG_ENCR)
		algorithm_names(arg == POLICY_ARG_AUTH ? IPSEC_AUTH : IPSEC_ENCR, true, releases,
				take, ctx);
	else if (arg == POLICY_ARG_PORT && releases == 0)
		system_names(policy_services, policy_service_count, take, ctx);
	else if (arg == POLICY_ARG_PROTOCOL && releases == 0)
		system_names(policy_protocols, policy_protocol_count, take, ctx);
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

static unsigned manual_known(unsigned word)
{
	return manual_words[word].known;
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

static void manual_algorithms(unsigned owner, unsigned releases, take_name *take, void *ctx)
{
	unsigned arg = manual_words[owner].arg;

	if (arg == MANUAL_ARG_AUTH_ALG || arg == MANUAL_ARG_ENCR_ALG)
		algorithm_names(arg == MANUAL_ARG_AUTH_ALG ? IPSEC_AUTH : IPSEC_ENCR, false,
				releases, take, ctx);
}

/* A table reads best as rows. */
/* clang-format off */
static const struct lint_words tables[READER_COUNT] = {
	[READER_NONE] = { IKE_WORD_COUNT, ike_name, ike_fits, ike_known, ike_is_value, ike_limits, NULL },
	[READER_IKE] = { IKE_WORD_COUNT, ike_name, ike_fits, ike_known, ike_is_value, ike_limits, NULL },
	[READER_PRESHARED] = { PRESHARED_WORD_COUNT, preshared_name, preshared_fits, preshared_known, preshared_is_value, NULL, NULL },
	[READER_POLICY] = { POLICY_WORD_COUNT, policy_name, policy_fits, policy_known, policy_is_value, NULL, policy_names },
	[READER_MANUAL] = { MANUAL_WORD_COUNT, manual_name, manual_fits, manual_known, manual_is_value, manual_limits, manual_algorithms },
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

static void try_name(void *ctx, const char *name)
{
	near_try(ctx, name);
}

struct near lint_word_meant(const struct lint_words *words, unsigned owner, unsigned releases,
			    const char *text, size_t len)
{
	const char *open = memchr(text, '(', len);
	struct near near;
	unsigned word;

	/* Behind the name of an algorithm stands the length of its key. */
	if (words->names != NULL && open != NULL)
		len = (size_t)(open - text);
	near = near_to(text, len);
	for (word = 1; word < words->count; word++)
		if (words->name(word) != NULL && words->fits(word, owner) &&
		    (words->known(word) & releases) != 0)
			near_try(&near, words->name(word));
	if (words->names != NULL)
		words->names(owner, 0, try_name, &near);
	return near;
}
