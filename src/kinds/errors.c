#include "config.h"

#include "kinds/errors.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/check.h"

/* A rule by its label, a key by its addresses, a manual SA by its index, anything else by the words
 * at its place. */
static void add_subject(struct view *view, const struct finding *finding, struct strbuf *sb)
{
	size_t item;

	if (finding->entry != FINDING_NOWHERE && finding->file == LOCATION_IPSECKEYS) {
		item = host_command_of_entry(view->host, finding->entry);
		if (item < view->host->ncommands && manual_is_sa(view_manual(view, item))) {
			kind_manual_sas.name_of(view, item, sb);
			return;
		}
	}
	if (finding->entry != FINDING_NOWHERE && finding->file == LOCATION_IKE_CONFIG) {
		item = host_rule_of_entry(view->host, finding->entry);
		if (item < view->host->nrules)
			kind_rules.name_of(view, item, sb);
	} else if (finding->entry != FINDING_NOWHERE && finding->file == LOCATION_PRESHARED) {
		item = host_key_of_entry(view->host, finding->entry);
		if (item < view->host->nkeys)
			kind_psks.name_of(view, item, sb);
	} else if (finding->at.off != FINDING_NOWHERE) {
		const struct doc *doc = lint_doc(view->lint, finding);

		if (doc != NULL)
			doc_print(doc, finding->at, sb);
	}
}

static char *make_key(struct view *view, const struct finding *finding)
{
	struct strbuf key = STRBUF_INIT;

	strbuf_addf(&key, "%s %u %u %s ", checks[finding->check].id, finding->check, finding->word,
		    lint_path(view->lint, finding));
	add_subject(view, finding, &key);
	return strbuf_detach(&key, NULL);
}

static char *make_text(struct view *view, const struct finding *finding)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "%s: ", checks[finding->check].id);
	lint_message(view->lint, finding, &text);
	return strbuf_detach(&text, NULL);
}

/* Both arrays are sorted by the keys, through an array of pairs. */
struct pair_of_texts {
	char *key, *text;
};

static int compare_pairs(const void *a, const void *b)
{
	return strcmp(((const struct pair_of_texts *)a)->key,
		      ((const struct pair_of_texts *)b)->key);
}

struct errors *errors_new(struct view *view)
{
	const struct findings *findings = lint_findings(view->lint);
	struct errors *errors = xcalloc(1, sizeof *errors);
	struct pair_of_texts *pairs = NULL;
	size_t i, count = 0, cap = 0;

	for (i = 0; i < findings->count; i++) {
		struct pair_of_texts pair;

		if (findings->items[i].severity != SEVERITY_ERROR)
			continue;
		pair.key = make_key(view, &findings->items[i]);
		pair.text = make_text(view, &findings->items[i]);
		VEC_PUSH(pairs, count, cap, pair);
	}
	if (count > 1)
		qsort(pairs, count, sizeof *pairs, compare_pairs);
	for (i = 0; i < count; i++) {
		size_t texts = i;

		VEC_PUSH(errors->keys, errors->count, errors->cap, pairs[i].key);
		VEC_PUSH(errors->texts, texts, errors->texts_cap, pairs[i].text);
	}
	free(pairs);
	return errors;
}

void errors_free(struct errors *errors)
{
	size_t i;

	if (errors == NULL)
		return;
	for (i = 0; i < errors->count; i++) {
		free(errors->keys[i]);
		free(errors->texts[i]);
	}
	free(errors->keys);
	free(errors->texts);
	free(errors);
}

size_t errors_compare(const struct errors *before, const struct errors *now,
		      void (*found)(void *ctx, const char *text), void *ctx)
{
	size_t i = 0, k = 0, count = 0, nbefore = before != NULL ? before->count : 0;

	while (k < now->count) {
		int cmp = i < nbefore ? strcmp(before->keys[i], now->keys[k]) : 1;

		if (cmp <= 0)
			i++;
		if (cmp < 0)
			continue;
		if (cmp > 0) {
			count++;
			if (found != NULL)
				found(ctx, now->texts[k]);
		}
		k++;
	}
	return count;
}
