/*
 * floor_check TYPE FILE: the least that a checker of such a file has to do.
 *
 * It maps the file, cuts it into tokens and keeps eight bytes for each, then looks up every
 * keyword, follows the braces, reads the IPv4 addresses and the digits of keys, and looks for
 * entries that come twice: rules with one label, others with the same ends or SPI. It keeps nothing
 * else, remembers no place and explains nothing.
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

enum value_kind {
	VALUE_NONE,
	VALUE_ANY,
	VALUE_LABEL,
	VALUE_ADDRESS,
	VALUE_END,  /* an address that is a part of what the entry is */
	VALUE_NAME, /* another word that is */
	VALUE_HEX,
	ENTRY_BEGINS /* the word itself, and the next one is a part of what the entry is */
};

struct keyword {
	const char *name;
	enum value_kind value;
};

static const struct keyword ike_config[] = {
	{ "label", VALUE_LABEL },
	{ "local_addr", VALUE_ADDRESS },
	{ "remote_addr", VALUE_ADDRESS },
	{ "local_id_type", VALUE_ANY },
	{ "local_id", VALUE_ANY },
	{ "remote_id", VALUE_ANY },
	{ "p1_xform", VALUE_NONE },
	{ "p2_pfs", VALUE_ANY },
	{ "p2_lifetime_secs", VALUE_ANY },
	{ "auth_method", VALUE_ANY },
	{ "oakley_group", VALUE_ANY },
	{ "auth_alg", VALUE_ANY },
	{ "encr_alg", VALUE_ANY },
	{ "p1_lifetime_secs", VALUE_ANY },
	{ "p1_nonce_len", VALUE_ANY },
	{ "cert_root", VALUE_ANY },
	{ "cert_trust", VALUE_ANY },
	{ "ignore_crls", VALUE_NONE },
	{ "retry_limit", VALUE_ANY },
	{ "expire_timer", VALUE_ANY },
	{ NULL, VALUE_NONE },
};

static const struct keyword ike_preshared[] = {
	{ "localidtype", VALUE_ANY }, { "localid", VALUE_END }, { "remoteidtype", VALUE_ANY },
	{ "remoteid", VALUE_END },    { "key", VALUE_HEX },     { "ike_mode", VALUE_ANY },
	{ NULL, VALUE_NONE },
};

static const struct keyword ipsecinit[] = {
	{ "laddr", VALUE_END },
	{ "raddr", VALUE_END },
	{ "lport", VALUE_NAME },
	{ "rport", VALUE_NAME },
	{ "ulp", VALUE_NAME },
	{ "dir", VALUE_NAME },
	{ "tunnel", VALUE_NAME },
	{ "negotiate", VALUE_NAME },
	{ "ipsec", VALUE_NONE },
	{ "bypass", VALUE_NONE },
	{ "drop", VALUE_NONE },
	{ "encr_algs", VALUE_ANY },
	{ "encr_auth_algs", VALUE_ANY },
	{ "auth_algs", VALUE_ANY },
	{ "sa", VALUE_ANY },
	{ "saddr", VALUE_END },
	{ "daddr", VALUE_END },
	{ "or", VALUE_NONE },
	{ NULL, VALUE_NONE },
};

static const struct keyword ipseckeys[] = {
	{ "add", ENTRY_BEGINS },  { "spi", VALUE_NAME },     { "src", VALUE_ADDRESS },
	{ "dst", VALUE_END },     { "sport", VALUE_ANY },    { "dport", VALUE_ANY },
	{ "proto", VALUE_ANY },   { "authalg", VALUE_ANY },  { "auth_alg", VALUE_ANY },
	{ "encralg", VALUE_ANY }, { "encr_alg", VALUE_ANY }, { "authkey", VALUE_HEX },
	{ "encrkey", VALUE_HEX }, { "\\", VALUE_NONE },      { NULL, VALUE_NONE },
};

static const struct type {
	const char *name;
	const struct keyword *keywords;
	unsigned braces; /* pairs of them in an entry; 0: a word begins it */
} types[] = {
	{ "ike-config", ike_config, 0 },
	{ "ike-preshared", ike_preshared, 1 },
	{ "ipsecinit", ipsecinit, 2 },
	{ "ipseckeys", ipseckeys, 0 },
};

enum { KEYWORD_SLOTS = 1024 };

static void keywords_index(const struct keyword *slots[KEYWORD_SLOTS],
			   const struct keyword *keyword)
{
	size_t slot;

	for (; keyword->name; keyword++) {
		slot = hash((const uint8_t *)keyword->name, strlen(keyword->name)) % KEYWORD_SLOTS;
		while (slots[slot])
			slot = (slot + 1) % KEYWORD_SLOTS;
		slots[slot] = keyword;
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

static bool is_hex(const uint8_t *word, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!((unsigned)word[i] - '0' < 10 || ((unsigned)word[i] | 32) - 'a' < 6))
			return false;
	return len > 0 && len % 2 == 0;
}

/* What entries are, seen so far: an open hash, 0 for a free slot. */
struct identities {
	uint64_t *slots;
	size_t size;      /* a power of two, never more than half full */
	uint64_t current; /* of the entry that is being read; 0: nothing yet */
};

static bool identity_is_new(struct identities *identities)
{
	uint64_t current = identities->current;
	size_t slot = current & (identities->size - 1);

	identities->current = 0;
	for (; identities->slots[slot]; slot = (slot + 1) & (identities->size - 1))
		if (identities->slots[slot] == current)
			return false;
	identities->slots[slot] = current;
	return true;
}

struct check {
	const struct tokens *tokens;
	const uint8_t *bytes;
	struct labels labels;
	struct identities identities;
	struct counts counts;
};

static void check_value(struct check *check, const struct keyword *keyword, size_t number)
{
	const struct token *value = &check->tokens->list[number];
	const uint8_t *text = check->bytes + value->start;
	size_t len = value->len_class >> 3;

	switch (keyword->value) {
	case VALUE_LABEL:
		check->counts.duplicates +=
			!label_is_new(&check->labels, check->tokens, check->bytes, number);
		break;
	case VALUE_END:
		check->counts.bad += !is_ipv4(text, len);
		check->identities.current = check->identities.current * 31 + hash(text, len);
		break;
	case VALUE_ADDRESS:
		check->counts.bad += !is_ipv4(text, len);
		break;
	case ENTRY_BEGINS:
		check->counts.rules++;
		if (check->identities.current)
			check->counts.duplicates += !identity_is_new(&check->identities);
		check->identities.current = hash(text, len);
		break;
	case VALUE_NAME:
		check->identities.current = check->identities.current * 31 + hash(text, len);
		break;
	case VALUE_HEX:
		check->counts.bad += !is_hex(text, len);
		break;
	default:
		break;
	}
}

static void check_tokens(struct check *check, const struct type *type)
{
	const struct keyword *slots[KEYWORD_SLOTS] = { NULL }, *keyword;
	const struct tokens *tokens = check->tokens;
	size_t i, depth = 0, groups = 0;

	keywords_index(slots, type->keywords);
	for (i = 0; i < tokens->count; i++) {
		const struct token *token = &tokens->list[i];

		switch (token->len_class & 7) {
		case OPEN:
			check->counts.rules += depth++ == 0 && type->braces < 2;
			continue;
		case CLOSE:
			check->counts.bad += depth == 0;
			depth -= depth > 0;
			if (type->braces == 0 || ++groups % type->braces != 0)
				continue;
			check->counts.rules += type->braces > 1;
			check->counts.duplicates += !identity_is_new(&check->identities);
			continue;
		}
		keyword = keyword_find(slots, check->bytes + token->start, token->len_class >> 3);
		if (!keyword)
			check->counts.bad++;
		else if (keyword->value != VALUE_NONE && ++i < tokens->count)
			check_value(check, keyword, i);
	}
	check->counts.bad += depth > 0;
	if (check->identities.current)
		check->counts.duplicates += !identity_is_new(&check->identities);
}

static const struct type *type_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof types / sizeof *types; i++)
		if (!strcmp(types[i].name, name))
			return &types[i];
	return NULL;
}

int main(int argc, char **argv)
{
	struct tokens tokens = { NULL, 0, 0 };
	struct check check = { .tokens = &tokens };
	const struct type *type;
	struct stat st;
	size_t size = 1024;
	int fd;

	if (argc != 3 || !(type = type_find(argv[1])))
		return 2;
	if ((fd = open(argv[2], O_RDONLY)) < 0 || fstat(fd, &st) || !st.st_size)
		return 2;
	check.bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (check.bytes == MAP_FAILED)
		return 3;
	tokenise(&tokens, check.bytes, (size_t)st.st_size);
	while (size < tokens.count / 4)
		size *= 2;
	check.labels.size = check.identities.size = size;
	check.labels.slots = calloc(size, sizeof *check.labels.slots);
	check.identities.slots = calloc(size, sizeof *check.identities.slots);
	if (!check.labels.slots || !check.identities.slots)
		return 3;
	check_tokens(&check, type);
	free(check.labels.slots);
	free(check.identities.slots);
	free(tokens.list);
	printf("%lu entries, %lu bad, %lu duplicates\n", check.counts.rules, check.counts.bad,
	       check.counts.duplicates);
	return check.counts.bad + check.counts.duplicates ? 1 : 0;
}
