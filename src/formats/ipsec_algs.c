#include "config.h"

#include "formats/ipsec_algs.h"

#include <string.h>

#include "base/i18n.h"

#define IN(dialect) IPSEC_IN(DIALECT_##dialect)
#define ALL         IPSEC_IN_ALL
#define NOT_SOL9    (ALL & ~IN(SOL9))
#define NOT_SOL114  (ALL & ~IN(SOL114))
#define SINCE_11    (IN(SOL11) | IN(SOL114) | OPEN_ONES)
#define OPEN_ONES   (IN(ILLUMOS) | IN(IKEV2D))

/* A table reads best as rows. */
/* clang-format off */
const struct ipsec_alg ipsec_algs[] = {
	{ { "none" }, IPSEC_AUTH, IPSEC_ALG_NONE, .known = ALL,
	  .help = N_("no algorithm: as if the property were not there") },
	{ { "any" }, IPSEC_AUTH, IPSEC_ALG_ANY, .known = ALL,
	  .help = N_("every algorithm that the kernel has") },
	{ { "hmac-md5", "md5" }, IPSEC_AUTH, .number = 2, .min = 128, .max = 128, .icv = 12,
	  .weak = true, .known = NOT_SOL114, .unsure = IN(SOL114), .help = N_("128 bits, broken") },
	{ { "hmac-sha1", "sha1", "sha", "sha-1", "hmac-sha", "hmac-sha-1" }, IPSEC_AUTH,
	  .number = 3, .min = 160, .max = 160, .icv = 12, .known = ALL, .help = N_("160 bits") },
	{ { "hmac-sha256", "sha256", "sha-256", "hmac-sha-256" }, IPSEC_AUTH, .number = 5,
	  .min = 256, .max = 256, .icv = 16, .known = SINCE_11, .unsure = IN(SOL10),
	  .help = N_("256 bits") },
	{ { "hmac-sha384", "sha384", "sha-384", "hmac-sha-384" }, IPSEC_AUTH, .number = 6,
	  .min = 384, .max = 384, .icv = 24, .known = SINCE_11, .unsure = IN(SOL10),
	  .help = N_("384 bits") },
	{ { "hmac-sha512", "sha512", "sha-512", "hmac-sha-512" }, IPSEC_AUTH, .number = 7,
	  .min = 512, .max = 512, .icv = 32, .known = SINCE_11, .unsure = IN(SOL10),
	  .help = N_("512 bits") },

	{ { "none" }, IPSEC_ENCR, IPSEC_ALG_NONE, .policy_only = true, .known = ALL,
	  .help = N_("no algorithm: as if the property were not there") },
	{ { "any" }, IPSEC_ENCR, IPSEC_ALG_ANY, .known = ALL,
	  .help = N_("every algorithm that the kernel has") },
	{ { "des-cbc", "des" }, IPSEC_ENCR, .number = 2, .min = 64, .max = 64, .weak = true,
	  .known = NOT_SOL114, .unsure = IN(SOL114), .help = N_("56 bits") },
	{ { "3des-cbc", "3des" }, IPSEC_ENCR, .number = 3, .min = 192, .max = 192, .known = ALL,
	  .help = N_("112 bits of strength") },
	{ { "blowfish-cbc", "blowfish" }, IPSEC_ENCR, .number = 7, .min = 32, .max = 448, .step = 8,
	  .usual = 128, .weak = true, .known = NOT_SOL114, .unsure = IN(SOL114),
	  .usual_only = OPEN_ONES, .help = N_("blocks of 64 bits") },
	{ { "null" }, IPSEC_ENCR, .number = 11, .known = ALL,
	  .help = N_("no encryption: integrity alone") },
	{ { "aes-cbc", "aes" }, IPSEC_ENCR, .number = 12, .min = 128, .max = 256, .step = 64,
	  .usual = 128, .known = NOT_SOL9, .unsure = IN(SOL9), .help = N_("128 to 256 bits") },
#define COMBINED(n, icv_bytes, salt_bits, ...)                                                     \
	{ { __VA_ARGS__ }, IPSEC_ENCR, .number = n, .min = 128, .max = 256, .step = 64,            \
	  .usual = 128, .salt = salt_bits, .icv = icv_bytes, .combined = true, .known = SINCE_11,  \
	  .help = N_("cipher and integrity in one") }
	COMBINED(14, 8, 24, "aes-ccm8"),
	COMBINED(15, 12, 24, "aes-ccm12"),
	COMBINED(16, 16, 24, "aes-ccm", "aes-ccm16"),
	COMBINED(18, 8, 32, "aes-gcm8"),
	COMBINED(19, 12, 32, "aes-gcm12"),
	COMBINED(20, 16, 32, "aes-gcm", "aes-gcm16"),
#undef COMBINED
	{ { "camellia" }, IPSEC_ENCR, .min = 128, .max = 256, .step = 64, .usual = 128,
	  .known = IN(SOL11) | IN(SOL114), .help = N_("128 to 256 bits, from Solaris 11 on") },
};
/* clang-format on */
const size_t ipsec_alg_count = sizeof ipsec_algs / sizeof *ipsec_algs;

/* Letters of ASCII alone: the daemon does not know this process's locale. */
static inline int lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static inline bool is_named(const char *own, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (own[i] == '\0' || own[i] != lower(name[i]))
			return false;
	return own[len] == '\0';
}

const struct ipsec_alg *ipsec_alg_find(enum ipsec_alg_class class, const char *name, size_t len)
{
	int first = len > 0 ? lower(name[0]) : -1;
	size_t row, i;

	for (row = 0; row < ipsec_alg_count; row++) {
		const struct ipsec_alg *alg = &ipsec_algs[row];

		for (i = 0; alg->class == class && alg->names[i] != NULL; i++)
			if (alg->names[i][0] == first && is_named(alg->names[i], name, len))
				return alg;
	}
	return NULL;
}

const struct ipsec_alg *ipsec_alg_numbered(enum ipsec_alg_class class, uint32_t number)
{
	size_t row;

	for (row = 0; number != 0 && row < ipsec_alg_count; row++)
		if (ipsec_algs[row].class == class && ipsec_algs[row].number == number)
			return &ipsec_algs[row];
	return NULL;
}

const char *ipsec_alg_usual_name(const struct ipsec_alg *alg)
{
	const char *first = alg->names[0], *second = alg->names[1];

	return second != NULL && strlen(second) < strlen(first) ? second : first;
}

bool ipsec_alg_has_size(const struct ipsec_alg *alg, uint32_t bits)
{
	if (bits < alg->min || bits > alg->max)
		return false;
	return alg->step == 0 || (bits - alg->min) % alg->step == 0;
}
