/* ipsecinit.conf: which words of a group in braces are keywords, and which are values. */
#include "config.h"

#include "formats/ipsecinit/scan.h"

static bool is_keyword_at(const struct doc *doc, uint32_t tok, unsigned set)
{
	bool meant;

	return tok < doc->ntokens && doc->tokens[tok].kind == TOKEN_WORD &&
	       policy_word_meant(doc_text(doc, tok), doc->tokens[tok].len, set, &meant) != 0;
}

/*
 * Whether a token is the value of the keyword before it. The tool takes words in pairs, so that a
 * value may be spelt like a keyword; but where something follows that is no keyword, the tool must
 * fail there, and what is wrong is that the value is missing here.
 */
static bool is_value(const struct doc *doc, uint32_t tok, enum policy_word keyword, unsigned set)
{
	const struct token *t = &doc->tokens[tok];

	if (tok >= doc->ntokens || t->kind == TOKEN_OPEN)
		return false;
	return !is_keyword_at(doc, tok, set) || tok + 1 >= doc->ntokens ||
	       is_keyword_at(doc, tok + 1, set) ||
	       policy_value_find(doc_text(doc, tok), t->len, keyword) != 0;
}

bool policy_find_words(struct doc *doc, uint32_t from, enum policy_set set)
{
	bool meant = false;
	uint32_t i = from;

	while (i < doc->ntokens) {
		struct token *t = &doc->tokens[i];
		enum policy_word word = POLICY_NO_WORD;

		if (t->kind == TOKEN_WORD)
			word = policy_word_meant(doc_text(doc, i), t->len, set, &meant);
		t->word = word & 255u;
		i++;
		if (word == POLICY_NO_WORD || !is_value(doc, i, policy_word_canonical(word), set))
			continue;
		t = &doc->tokens[i];
		if (t->kind == TOKEN_WORD)
			t->word = policy_value_find(doc_text(doc, i), t->len,
						    policy_word_canonical(word)) &
				  255u;
		i++;
	}
	return meant;
}
