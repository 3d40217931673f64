/*
 * floor_check FILE: the least that a checker of ike/config has to do.
 *
 * It maps the file, cuts it into tokens and keeps eight bytes for each, then looks up every
 * keyword, follows the braces, reads the IPv4 addresses and looks for labels that come twice. It
 * keeps nothing else, remembers no place and explains nothing.
 */
#include "config.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum token_class { WORD, BLANK, OPEN, CLOSE, QUOTE, COMMENT };

static const uint8_t classes[256] = {
	[' '] = BLANK, ['\t'] = BLANK, ['\r'] = BLANK, ['\n'] = BLANK,
	['{'] = OPEN,  ['}'] = CLOSE,  ['"'] = QUOTE,  ['#'] = COMMENT,
};

struct token {
	uint32_t start;
	uint32_t len_class; /* length << 3 | class */
};

struct tokens {
	struct token *list;
	size_t count, room;
};

struct counts {
	unsigned long rules, bad, duplicates;
};

static void token_push(struct tokens *tokens, size_t start, size_t len, enum token_class class)
{
	if (tokens->count == tokens->room) {
		tokens->room = tokens->room ? tokens->room * 2 : 4096;
		tokens->list = realloc(tokens->list, tokens->room * sizeof *tokens->list);
		if (!tokens->list)
			exit(3);
	}
	tokens->list[tokens->count++] =
		(struct token){ (uint32_t)start, (uint32_t)(len << 3 | class) };
}

static void tokenise(struct tokens *tokens, const uint8_t *bytes, size_t size)
{
	size_t at = 0, start;

	while (at < size) {
		enum token_class class = classes[bytes[at]];
		const uint8_t *end;

		start = at;
		switch (class) {
		case BLANK:
			at++;
			continue;
		case COMMENT:
			end = memchr(bytes + at, '\n', size - at);
			at = end ? (size_t)(end - bytes) : size;
			continue;
		case QUOTE:
			for (at++; at < size && bytes[at] != '"' && bytes[at] != '\n';)
				at++;
			at += at < size && bytes[at] == '"';
			break;
		case WORD:
			while (at < size && classes[bytes[at]] == WORD)
				at++;
			break;
		default:
			at++;
		}
		token_push(tokens, start, at - start, class);
	}
}

static uint64_t hash(const uint8_t *bytes, size_t len)
{
	uint64_t h = 14695981039346656037u;

	while (len--)
		h = (h ^ *bytes++) * 1099511628211u;
	return h ^ h >> 29;
}

enum value_kind { VALUE_ANY, VALUE_NONE, VALUE_LABEL, VALUE_ADDRESS };

static const struct keyword {
	const char *name;
	enum value_kind value;
} keywords[] = {
	{ "label", VALUE_LABEL },          { "local_addr", VALUE_ADDRESS },
	{ "remote_addr", VALUE_ADDRESS },  { "local_id_type", VALUE_ANY },
	{ "local_id", VALUE_ANY },         { "remote_id", VALUE_ANY },
	{ "p1_xform", VALUE_NONE },        { "p2_pfs", VALUE_ANY },
	{ "p2_lifetime_secs", VALUE_ANY }, { "auth_method", VALUE_ANY },
	{ "oakley_group", VALUE_ANY },     { "auth_alg", VALUE_ANY },
	{ "encr_alg", VALUE_ANY },         { "p1_lifetime_secs", VALUE_ANY },
	{ "p1_nonce_len", VALUE_ANY },     { "cert_root", VALUE_ANY },
	{ "cert_trust", VALUE_ANY },       { "ignore_crls", VALUE_NONE },
	{ "retry_limit", VALUE_ANY },      { "expire_timer", VALUE_ANY },
};

enum { KEYWORD_SLOTS = 1024 };

static void keywords_index(const struct keyword *slots[KEYWORD_SLOTS])
{
	size_t i, slot;

	for (i = 0; i < sizeof keywords / sizeof *keywords; i++) {
		const char *name = keywords[i].name;

		slot = hash((const uint8_t *)name, strlen(name)) % KEYWORD_SLOTS;
		while (slots[slot])
			slot = (slot + 1) % KEYWORD_SLOTS;
		slots[slot] = &keywords[i];
	}
}

static const struct keyword *keyword_find(const struct keyword *const slots[KEYWORD_SLOTS],
					  const uint8_t *word, size_t len)
{
	size_t slot = hash(word, len) % KEYWORD_SLOTS;

	for (; slots[slot]; slot = (slot + 1) % KEYWORD_SLOTS) {
		const char *name = slots[slot]->name;

		if (!strncmp(name, (const char *)word, len) && !name[len])
			return slots[slot];
	}
	return NULL;
}

static bool is_ipv4(const uint8_t *word, size_t len)
{
	unsigned number = 0, digits = 0, dots = 0;
	size_t i;

	for (i = 0; i < len && word[i] != '/' && word[i] != '-'; i++) {
		if (word[i] >= '0' && word[i] <= '9') {
			number = number * 10 + word[i] - '0';
			if (++digits > 3 || number > 255)
				return false;
		} else if (word[i] == '.' && digits) {
			dots++;
			number = digits = 0;
		} else {
			return false;
		}
	}
	return dots == 3 && digits;
}

/* The labels seen so far: an open hash of token numbers, 0 for a free slot. */
struct labels {
	uint32_t *slots;
	size_t size; /* a power of two, never more than half full */
};

static bool label_is_new(struct labels *labels, const struct tokens *tokens, const uint8_t *bytes,
			 size_t number)
{
	const struct token *token = &tokens->list[number];
	size_t len = token->len_class >> 3;
	size_t slot = hash(bytes + token->start, len) & (labels->size - 1);

	for (; labels->slots[slot]; slot = (slot + 1) & (labels->size - 1)) {
		const struct token *other = &tokens->list[labels->slots[slot]];

		if (other->len_class == token->len_class &&
		    !memcmp(bytes + other->start, bytes + token->start, len))
			return false;
	}
	labels->slots[slot] = (uint32_t)number;
	return true;
}

static void check_value(const struct keyword *keyword, const struct tokens *tokens, size_t number,
			const uint8_t *bytes, struct labels *labels, struct counts *counts)
{
	const struct token *value = &tokens->list[number];

	if (keyword->value == VALUE_LABEL)
		counts->duplicates += !label_is_new(labels, tokens, bytes, number);
	else if (keyword->value == VALUE_ADDRESS)
		counts->bad += !is_ipv4(bytes + value->start, value->len_class >> 3);
}

static void check(const struct tokens *tokens, const uint8_t *bytes, struct counts *counts)
{
	const struct keyword *slots[KEYWORD_SLOTS] = { NULL }, *keyword;
	struct labels labels = { .size = 1024 };
	size_t i, depth = 0;

	keywords_index(slots);
	while (labels.size < tokens->count / 4)
		labels.size *= 2;
	labels.slots = calloc(labels.size, sizeof *labels.slots);
	if (!labels.slots)
		exit(3);
	for (i = 0; i < tokens->count; i++) {
		const struct token *token = &tokens->list[i];

		switch (token->len_class & 7) {
		case OPEN:
			counts->rules += depth++ == 0;
			continue;
		case CLOSE:
			counts->bad += depth == 0;
			depth -= depth > 0;
			continue;
		}
		keyword = keyword_find(slots, bytes + token->start, token->len_class >> 3);
		if (!keyword)
			counts->bad++;
		else if (keyword->value != VALUE_NONE && ++i < tokens->count)
			check_value(keyword, tokens, i, bytes, &labels, counts);
	}
	counts->bad += depth > 0;
	free(labels.slots);
}

int main(int argc, char **argv)
{
	struct tokens tokens = { NULL, 0, 0 };
	struct counts counts = { 0, 0, 0 };
	const uint8_t *bytes;
	struct stat st;
	int fd;

	if (argc != 2 || (fd = open(argv[1], O_RDONLY)) < 0 || fstat(fd, &st) || !st.st_size)
		return 2;
	bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return 3;
	tokenise(&tokens, bytes, (size_t)st.st_size);
	check(&tokens, bytes, &counts);
	free(tokens.list);
	printf("%lu rules, %lu bad, %lu duplicates\n", counts.rules, counts.bad, counts.duplicates);
	return counts.bad + counts.duplicates ? 1 : 0;
}
