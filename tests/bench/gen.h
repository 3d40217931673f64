/*
 * What the parts of the generator share: the plan, the random numbers and the file being written.
 *
 * The same plan gives the same bytes everywhere. The bytes of entry I depend on the seed, the style
 * and I alone, not on how many entries there are or on what was injected into others, so a damaged
 * file differs from the sound one in the damaged places only.
 */
#ifndef BENCH_GEN_H
#define BENCH_GEN_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

enum gen_labels { LABELS_SITE, LABELS_INDEXID };

struct gen_style; /* gen_rules.c */

struct gen_plan {
	unsigned long entries;
	unsigned long defects;
	uint64_t seed;
	const struct gen_style *style;
	enum gen_labels labels;
};

struct rng {
	uint64_t state;
};

/* The numbers for entry INDEX of the file STREAM. */
struct rng rng_start(uint64_t seed, unsigned stream, unsigned long index);
unsigned rng_below(struct rng *rng, unsigned limit);
bool rng_percent(struct rng *rng, unsigned percent);
#define RNG_PICK(rng, array) ((array)[rng_below((rng), sizeof(array) / sizeof *(array))])

/* Write errors are kept by stdio and told by out_close. */
struct out {
	FILE *file;
	const char *path;
	unsigned long line; /* of the next byte; the first line is 1 */
};

bool out_open(struct out *out, const char *path, mode_t mode);
bool out_close(struct out *out);
void out_put(struct out *out, const char *text);
void out_putf(struct out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void out_hexkey(struct out *out, struct rng *rng, unsigned bytes);

/* Addresses and labels of entry I; ADDRESS_SIZE and LABEL_SIZE bytes of room. */
enum { ADDRESS_SIZE = 24, LABEL_SIZE = 32, ENTRIES_MAX = 8000000 };
void gen_local(char *text, unsigned long i);
void gen_remote(char *text, unsigned long i);
void gen_label(char *text, const struct gen_plan *plan, unsigned long i);

/* The two ends of one entry. */
struct ends {
	char local[ADDRESS_SIZE], remote[ADDRESS_SIZE];
};
struct ends gen_ends(unsigned long i);

/* Each writes one file; MANIFEST is NULL where nothing is damaged. */
void gen_ike_config(const struct gen_plan *plan, struct out *out, FILE *manifest);
void gen_preshared(const struct gen_plan *plan, struct out *out);
void gen_ipsecinit(const struct gen_plan *plan, struct out *out);
void gen_ipseckeys(const struct gen_plan *plan, struct out *out);
void gen_gitconfig(const struct gen_plan *plan, struct out *out);
void gen_sudoers(const struct gen_plan *plan, struct out *out);
void gen_wg(const struct gen_plan *plan, struct out *out);
void gen_bird(const struct gen_plan *plan, struct out *out);
void gen_unbound(const struct gen_plan *plan, struct out *out);
void gen_libreswan(const struct gen_plan *plan, struct out *out);

/* The style called NAME, or NULL. */
const struct gen_style *gen_style_find(const char *name);

#endif
