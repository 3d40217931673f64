#include "config.h"

#include "tests/bench/gen.h"

#include <stdarg.h>
#include <sys/stat.h>

/* splitmix64: small, good enough for test data, and the same on every machine. */
static uint64_t rng_next(struct rng *rng)
{
	uint64_t z = rng->state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

struct rng rng_start(uint64_t seed, unsigned stream, unsigned long index)
{
	struct rng rng = { .state = seed };

	rng.state = rng_next(&rng) ^ stream;
	rng.state = rng_next(&rng) ^ index;
	rng_next(&rng);
	return rng;
}

unsigned rng_below(struct rng *rng, unsigned limit)
{
	return (unsigned)((rng_next(rng) >> 32) * limit >> 32);
}

bool rng_percent(struct rng *rng, unsigned percent)
{
	return rng_below(rng, 100) < percent;
}

bool out_open(struct out *out, const char *path, mode_t mode)
{
	*out = (struct out){ .file = fopen(path, "w"), .path = path, .line = 1 };
	if (!out->file || fchmod(fileno(out->file), mode)) {
		perror(path);
		return false;
	}
	setvbuf(out->file, NULL, _IOFBF, 1 << 20);
	return true;
}

bool out_close(struct out *out)
{
	bool failed = ferror(out->file);

	if (fclose(out->file) || failed) {
		perror(out->path);
		return false;
	}
	return true;
}

void out_put(struct out *out, const char *text)
{
	for (; *text; text++) {
		putc_unlocked(*text, out->file);
		out->line += *text == '\n';
	}
}

void out_putf(struct out *out, const char *format, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	out_put(out, text);
}

void out_hexkey(struct out *out, struct rng *rng, unsigned bytes)
{
	unsigned i;

	for (i = 0; i < bytes * 2; i++)
		putc_unlocked("0123456789abcdef"[rng_below(rng, 16)], out -> file);
}

/* Entries are told apart by 23 bits, which leaves the second byte's top bit to tell the two sides.
 */
static void address(char *text, unsigned long i, unsigned side)
{
	unsigned long n = i + 1;

	snprintf(text, ADDRESS_SIZE, "10.%u.%u.%u", side + ((unsigned)(n >> 16) & 127),
		 (unsigned)(n >> 8) & 255, (unsigned)n & 255);
}

void gen_local(char *text, unsigned long i)
{
	address(text, i, 0);
}

void gen_remote(char *text, unsigned long i)
{
	address(text, i, 128);
}

struct ends gen_ends(unsigned long i)
{
	struct ends ends;

	gen_local(ends.local, i);
	gen_remote(ends.remote, i);
	return ends;
}

void gen_label(char *text, const struct gen_plan *plan, unsigned long i)
{
	if (plan->labels == LABELS_INDEXID)
		snprintf(text, LABEL_SIZE, "INDEXID_%lu", i + 1);
	else
		snprintf(text, LABEL_SIZE, "%s-%07lu", i % 2 ? "cert" : "site", i);
}
