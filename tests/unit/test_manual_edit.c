/* Changes of ipseckeys, byte by byte; and of every command of every file of the corpus. */
#include "config.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "change/edits.h"
#include "change/manual_result.h"
#include "kinds/kind.h"
#include "tests/tools/lossless.h"
#include "tests/tools/projection.h"
#include "tests/unit/checked.h"

TestSuite(manual_edit, .timeout = 120);

#define K64       "7c3f9a1e5b2d4861"
#define K128      "7c3f9a1e5b2d4860c9e1f7a3b5d28046"
#define K128_2    "a4c123b1612dd272d1371c17149d4395"
#define K160      "9d41b07e63c85f2a1e7793d40ab6c25f88e13d07"
#define K160_2    "36b3216fdaeeb975729fae923d5a4fd12aabfe22"
#define MOST      10
#define ESP(rest) "add esp " rest " encralg aes encrkey " K128 " authalg sha1 authkey " K160 "\n"

/* A host of one file, and a change of it. */
struct bench {
	struct profile *profile;
	struct host *host;
	struct change *change;
};

static void bench_open(struct bench *b, const char *text, size_t len, const char *profile,
		       enum dialect dialect, enum role role)
{
	b->profile = checked_profile(profile);
	b->profile->dialect = dialect;
	b->host = host_open_single(LOCATION_IPSECKEYS, "ipseckeys", blob_copy(text, len, true),
				   dialect);
	b->change = change_new(b->host, b->profile, role);
}

static void bench_close(struct bench *b)
{
	change_free(b->change);
	host_free(b->host);
	profile_free(b->profile);
}

static const struct blob *bytes_of(const struct bench *b)
{
	return &host_doc(b->host, LOCATION_IPSECKEYS)->blob;
}

/* "src=192.0.2.1" as fields; the array of MOST is the caller's. */
static size_t split(const char *const *words, struct field *fields, char (*names)[32])
{
	size_t count = 0;

	for (; words[count] != NULL; count++) {
		const char *equals = strchr(words[count], '=');

		snprintf(names[count], sizeof *names, "%.*s", (int)(equals - words[count]),
			 words[count]);
		fields[count] = (struct field){ names[count], equals + 1 };
	}
	return count;
}

enum verb { ADD, EDIT, REMOVE, REMOVE_PAIR };

/* What is done to a file, and what it is then, or what is said where it is refused. */
struct sample {
	const char *name;
	enum verb verb;
	enum dialect dialect;
	size_t number; /* of the command, from 0 */
	const char *words[MOST];
	const char *encr, *auth, *back_encr, *back_auth; /* keys */
	const char *before, *after, *says;
};

static struct manual_sa_key key_of(const char *digits, struct blob *blob)
{
	*blob = (struct blob){ 0 };
	if (digits == NULL)
		return (struct manual_sa_key){ NULL, false };
	*blob = blob_copy(digits, strlen(digits), true);
	return (struct manual_sa_key){ blob, false };
}

static bool run(struct bench *b, const struct sample *s, struct error *err)
{
	struct blob blobs[4];
	struct manual_sa_keys keys = { key_of(s->encr, &blobs[0]), key_of(s->auth, &blobs[1]),
				       key_of(s->back_encr, &blobs[2]),
				       key_of(s->back_auth, &blobs[3]) };
	struct field fields[MOST];
	char names[MOST][32];
	size_t count = split(s->words, fields, names), number, i;
	bool good;

	if (s->verb == ADD)
		good = manual_sa_add(b->change, fields, count, &keys, &number, err);
	else if (s->verb == EDIT)
		good = manual_sa_edit(b->change, s->number, fields, count, &keys, err);
	else
		good = manual_sa_remove(b->change, s->number, s->verb == REMOVE_PAIR, err);
	for (i = 0; i < 4; i++)
		blob_release(&blobs[i]);
	return good;
}

static void expect(const struct sample *s)
{
	struct error err = ERROR_INIT;
	const char *after = s->after != NULL ? s->after : s->before;
	struct bench b;
	bool good;

	bench_open(&b, s->before, strlen(s->before), "solaris", s->dialect, ROLE_ADMIN);
	good = run(&b, s, &err);
	cr_expect_str_eq(bytes_of(&b)->data, after, "%s: the file is\n%s\nand not\n%s\n(%s)",
			 s->name, bytes_of(&b)->data, after, good ? "done" : err.text);
	cr_expect_eq(good, s->says == NULL, "%s: %s", s->name, good ? "done" : err.text);
	if (s->says != NULL && !good)
		cr_expect_str_eq(err.text, s->says, "%s says: %s", s->name, err.text);
	if (change_count(b.change) > 0) {
		change_undo(b.change);
		cr_expect_str_eq(bytes_of(&b)->data, s->before, "%s is not undone", s->name);
		change_redo(b.change);
		cr_expect_str_eq(bytes_of(&b)->data, after, "%s is not done again", s->name);
	}
	error_clear(&err);
	bench_close(&b);
}

static void expect_all(const struct sample *samples, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		expect(&samples[i]);
}

#define ENDS "src=192.0.2.1", "dst=192.0.2.2"
#define ALGS "encralg=aes", "authalg=sha1"

/* clang-format off */
static const struct sample adds[] = {
	{ "into an empty file", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS, ALGS }, K128, K160,
	  .before = "",
	  .after = ESP("spi 256 src 192.0.2.1 dst 192.0.2.2") },
	{ "everything in its place", ADD, DIALECT_ILLUMOS, 0, { "authalg=sha1", "dport=5", "satype=ESP", "daddr=192.0.2.2", "encr_alg=AES",
	    "hard_addtime=3600", "spi=0x1ff" }, K128, K160,
	  .before = "# mine\n",
	  .after = "# mine\nadd esp spi 0x1ff dst 192.0.2.2 dport 5 encralg AES encrkey " K128
		   " authalg sha1 authkey " K160 " hard_addtime 3600\n" },
	{ "ah", ADD, DIALECT_SOL9, 0, { "type=ah", ENDS, "authalg=md5" }, NULL, K128,
	  .before = "",
	  .after = "add ah spi 256 src 192.0.2.1 dst 192.0.2.2 authalg md5 authkey " K128 "\n" },
	{ "texts with blanks", ADD, DIALECT_ILLUMOS, 0, { "type=ah", ENDS, "authalg=md5", "srcidtype=fqdn a b", "dstidtype=prefix dst",
	    "label=spi" }, NULL, K128,
	  .before = "",
	  .after = "add ah spi 256 src 192.0.2.1 dst 192.0.2.2 authalg md5 authkey " K128
		   " srcidtype fqdn \"a b\" dstidtype prefix \"dst\" label \"spi\"\n" },
	{ "an spi that nobody has, spelt as the others", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS, ALGS }, K128_2, K160_2,
	  .before = ESP(
		  "spi 0x100 src 192.0.2.3 dst 192.0.2.4") "delete esp spi 0x101 dst 192.0.2.2\n",
	  .after = ESP(
		  "spi 0x100 src 192.0.2.3 dst 192.0.2.4") "delete esp spi 0x101 dst 192.0.2.2\n"
							   "add esp spi 0x102 src 192.0.2.1 dst 192.0.2.2 encralg aes encrkey " K128_2
							   " authalg sha1 authkey " K160_2 "\n" },
	{ "a pair where pair-spi is known", ADD, DIALECT_SOL11, 0, { "type=esp", ENDS, ALGS, "sport=829", "pair=yes" }, K128, K160, K128_2, K160_2,
	  .before = "",
	  .after = ESP(
		  "spi 256 src 192.0.2.1 sport 829 dst 192.0.2.2") "add esp spi 257 pair-spi 256 src 192.0.2.2 dst 192.0.2.1 dport 829 encralg aes "
								   "encrkey " K128_2
								   " authalg sha1 authkey " K160_2
								   "\n" },
	{ "a pair where it is not, with the same keys", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS, ALGS, "spi=691", "pair=690", "proto=6" }, K128, K160,
	  .before = "",
	  .after = ESP("spi 691 proto 6 src 192.0.2.1 dst 192.0.2.2")
		  ESP("spi 690 proto 6 src 192.0.2.2 dst 192.0.2.1") },
	{ "a pair through a tunnel and a translator", ADD, DIALECT_ILLUMOS, 0, { "type=esp", ENDS, ALGS, "isrc=10.1.0.0/16", "idst=10.2.0.0/16", "pair=yes" }, K128, K160, K128_2, K160_2,
	  .before = "",
	  .after = "add esp spi 256 src 192.0.2.1 dst 192.0.2.2 encralg aes encrkey " K128
		   " authalg sha1 authkey " K160 " isrc 10.1.0.0/16 idst 10.2.0.0/16\n"
		   "add esp spi 257 pair-spi 256 src 192.0.2.2 dst 192.0.2.1 encralg aes "
		   "encrkey " K128_2 " authalg sha1 authkey " K160_2
		   " isrc 10.2.0.0/16 idst 10.1.0.0/16\n" },
	{ "directions of a pair", ADD, DIALECT_ILLUMOS, 0, { "type=ah", ENDS, "authalg=md5", "outbound=yes", "encap=", "pair=yes" }, NULL, K128, NULL, K128_2,
	  .before = "",
	  .after = "add ah spi 256 outbound src 192.0.2.1 dst 192.0.2.2 authalg md5 authkey " K128
		   "\nadd ah spi 257 pair-spi 256 inbound src 192.0.2.2 dst 192.0.2.1 authalg md5 "
		   "authkey " K128_2 "\n" },
	{ "without a newline at the end", ADD, DIALECT_SOL10, 0, { "type=ah", ENDS, "authalg=md5" }, NULL, K128,
	  .before = "flush",
	  .after = "flush\nadd ah spi 256 src 192.0.2.1 dst 192.0.2.2 authalg md5 authkey " K128
		   "\n" },
	{ "lines that end in CR LF", ADD, DIALECT_SOL10, 0, { "type=ah", ENDS, "authalg=md5" }, NULL, K128,
	  .before = "flush\r\n",
	  .after = "flush\r\nadd ah spi 256 src 192.0.2.1 dst 192.0.2.2 authalg md5 authkey " K128
		   "\r\n" },
	{ "before the end of the run", ADD, DIALECT_SOL10, 0, { "type=ah", ENDS, "authalg=md5" }, NULL, K128,
	  .before = "flush\n  quit\nflush\n",
	  .after = "flush\nadd ah spi 256 src 192.0.2.1 dst 192.0.2.2 authalg md5 authkey " K128
		   "\n  quit\nflush\n" },
	{ "behind a comment that joins the next line", ADD, DIALECT_SOL10, 0, { "type=ah", ENDS, "authalg=md5" }, NULL, K128,
	  .before = "flush\n# to be \\\n",
	  .after = "flush\n# to be \\\n\nadd ah spi 256 src 192.0.2.1 dst 192.0.2.2 authalg md5 "
		   "authkey " K128 "\n" },
	{ "behind a command that is not finished", ADD, DIALECT_SOL10, 0, { "type=ah", ENDS, "authalg=md5" }, NULL, K128,
	  .before = "flush\nadd esp spi 5 \\\n",
	  .says = "the file ends with a backslash, so that its last command is not read; mend that first" },
};
/* clang-format on */

Test(manual_edit, adds_as_asked)
{
	expect_all(adds, ARRAY_SIZE(adds));
}

#define FULL                                                                                       \
	"# first\n"                                                                                \
	"add esp spi 0x2b3 src6 2001:db8::1 daddr 2001:db8::2 \\\n"                                \
	"\tencr_alg aes encrkey 0X7C3F9A1E5B2D4860C9E1F7A3B5D28046/128 \\\n"                       \
	"  auth_alg 3\tauthkey " K160 "   hard_addtime 0x10 hard_bytes 0007\n"                     \
	"# last\n"
#define FULL_WITH(a, b, c, d, e)                                                                   \
	"# first\n"                                                                                \
	"add esp spi " a " \\\n"                                                                   \
	"\t" b " \\\n"                                                                             \
	"  " c "   " d "hard_bytes 0007" e "\n"                                                    \
	"# last\n"
#define A "0x2b3 src6 2001:db8::1 daddr 2001:db8::2"
#define B "encr_alg aes encrkey 0X7C3F9A1E5B2D4860C9E1F7A3B5D28046/128"
#define C "auth_alg 3\tauthkey " K160
#define D "hard_addtime 0x10 "

/* clang-format off */
static const struct sample edits[] = {
	{ "nothing", EDIT, DIALECT_ILLUMOS, 0, { NULL }, .before = FULL },
	{ "what is so already", EDIT, DIALECT_ILLUMOS, 0, { "spi=691", "src=2001:DB8:0::1", "hard_addtime=16", "encralg=aes-cbc", "authalg=sha",
	    "hard_bytes=7", "type=ESP" },
	  .before = FULL },
	{ "the spi", EDIT, DIALECT_ILLUMOS, 0, { "spi=700" },
	  .before = FULL,
	  .after = FULL_WITH("0x2bc src6 2001:db8::1 daddr 2001:db8::2", B, C, D, "") },
	{ "a number in its base", EDIT, DIALECT_ILLUMOS, 0, { "hard_addtime=255", "hard_bytes=0x10" },
	  .before = FULL,
	  .after = "# first\nadd esp spi " A " \\\n\t" B " \\\n  " C
		   "   hard_addtime 0xff hard_bytes 16\n# last\n" },
	{ "an address of another family takes another name", EDIT, DIALECT_ILLUMOS, 0, { "src=192.0.2.1", "dst=192.0.2.2" },
	  .before = FULL,
	  .after = FULL_WITH("0x2b3 src 192.0.2.1 daddr 192.0.2.2", B, C, D, "") },
	{ "an algorithm and its key", EDIT, DIALECT_ILLUMOS, 0, { "encralg=des" }, K64,
	  .before = FULL,
	  .after = FULL_WITH(A, "encr_alg des encrkey " K64 "/64", C, D, "") },
	{ "both keys", EDIT, DIALECT_ILLUMOS, 0, { NULL }, K128_2, K160_2,
	  .before = FULL,
	  .after = FULL_WITH(A, "encr_alg aes encrkey " K128_2 "/128",
			     "auth_alg 3\tauthkey " K160_2, D, "") },
	{ "out of the middle", EDIT, DIALECT_ILLUMOS, 0, { "hard_addtime=" },
	  .before = FULL,
	  .after = "# first\nadd esp spi " A " \\\n\t" B " \\\n  " C " hard_bytes 0007\n# last\n" },
	{ "off the end", EDIT, DIALECT_ILLUMOS, 0, { "hard_bytes=" },
	  .before = FULL,
	  .after = "# first\nadd esp spi " A " \\\n\t" B " \\\n  " C
		   "   hard_addtime 0x10\n# last\n" },
	{ "a whole line", EDIT, DIALECT_ILLUMOS, 0, { "encralg=", "encrkey=" },
	  .before = FULL,
	  .after = "# first\nadd esp spi " A " \\\n  " C "   " D "hard_bytes 0007\n# last\n" },
	{ "the beginning of a line", EDIT, DIALECT_ILLUMOS, 0, { "encralg=null", "encrkey=" },
	  .before = FULL,
	  .after = "# first\nadd esp spi " A " \\\n\tencr_alg null \\\n  " C "   " D
		   "hard_bytes 0007\n# last\n" },
	{ "the first words of a line", EDIT, DIALECT_ILLUMOS, 1, { "state=" },
	  .before =
		  "flush\nadd ah spi 256 \\\n    state mature dst 192.0.2.2 authalg md5 \\\n authkey " K128
		  "\n",
	  .after = "flush\nadd ah spi 256 \\\n    dst 192.0.2.2 authalg md5 \\\n authkey " K128
		   "\n" },
	{ "two side by side, and a third at the end", EDIT, DIALECT_ILLUMOS, 0, { "hard_addtime=", "hard_bytes=", "soft_addtime=5" },
	  .before = FULL,
	  .after = "# first\nadd esp spi " A " \\\n\t" B " \\\n  " C " soft_addtime 5\n# last\n" },
	{ "new ones at the end, in an order that the tool reads", EDIT, DIALECT_ILLUMOS, 0, { "outer-label=b", "label=a c", "inbound=yes", "sport=5" },
	  .before = FULL,
	  .after = FULL_WITH(A, B, C, D, " inbound sport 5 label \"a c\" outer-label b") },
	{ "before what it counts for", EDIT, DIALECT_ILLUMOS, 0, { "reserved_bits=0" },
	  .before = FULL,
	  .after = FULL_WITH(A,
			     "encr_alg aes reserved_bits 0 encrkey "
			     "0X7C3F9A1E5B2D4860C9E1F7A3B5D28046/128",
			     C, D, "") },
	{ "a flag goes", EDIT, DIALECT_ILLUMOS, 0, { "inbound=no", "outbound=yes" },
	  .before = "add ah spi 256 inbound dst 192.0.2.2 authalg md5 authkey " K128 "\n",
	  .after = "add ah spi 256 dst 192.0.2.2 authalg md5 authkey " K128 " outbound\n" },
	{ "an identity", EDIT, DIALECT_ILLUMOS, 0, { "srcidtype=fqdn host.example" },
	  .before =
		  "add ah spi 256 dst 192.0.2.2 srcidtype domain \"a b\" authalg md5 authkey " K128
		  "\n",
	  .after =
		  "add ah spi 256 dst 192.0.2.2 srcidtype fqdn host.example authalg md5 authkey " K128
		  "\n" },
	{ "the type, and what goes with it", EDIT, DIALECT_SOL10, 0, { "type=ah", "encralg=", "encrkey=" },
	  .before = ESP("spi 256 src 192.0.2.1 dst 192.0.2.2"),
	  .after = "add ah spi 256 src 192.0.2.1 dst 192.0.2.2 authalg sha1 authkey " K160 "\n" },
	{ "a key that broke is mended whole", EDIT, DIALECT_SOL10, 0, { NULL }, NULL, K160_2,
	  .before = "add ah spi 256 dst 192.0.2.2 authalg sha1 authkey 9d41b07e63c85f2\n"
		    "a1e7793d40ab6c25f\n88e13d07\n# mine\n",
	  .after = "add ah spi 256 dst 192.0.2.2 authalg sha1 authkey " K160_2 "\n# mine\n" },
	{ "a key that broke stays as it is", EDIT, DIALECT_SOL10, 0, { "sport=5", "spi=257" },
	  .before = "add ah spi 256 dst 192.0.2.2 authalg sha1 authkey 9d41b07e63c85f2\n"
		    "a1e7793d40ab6c25f88e13d07\n",
	  .after = "add ah spi 257 dst 192.0.2.2 authalg sha1 sport 5 authkey 9d41b07e63c85f2\n"
		   "a1e7793d40ab6c25f88e13d07\n" },
	{ "a key cut by a blank is mended whole", EDIT, DIALECT_SOL10, 0, { NULL }, NULL, K160_2,
	  .before = "add ah spi 256 authkey 9d41b07e63c85f2 \\\na1e7793d40ab 6c25f88e13d07 authalg "
		    "sha1 dst 192.0.2.2\n",
	  .after = "add ah spi 256 authkey " K160_2 " authalg sha1 dst 192.0.2.2\n" },
	{ "a value that was missing", EDIT, DIALECT_SOL10, 0, { "sport=5" }, NULL, K128,
	  .before = "add ah spi 256 sport dst 192.0.2.2 authalg md5 authkey\n",
	  .after = "add ah spi 256 sport 5 dst 192.0.2.2 authalg md5 authkey " K128 "\n" },
	{ "an update", EDIT, DIALECT_ILLUMOS, 0, { "hard_addtime=5" },
	  .before = "update esp spi 256 dst 192.0.2.2 hard_addtime 4\n",
	  .after = "update esp spi 256 dst 192.0.2.2 hard_addtime 5\n" },
	{ "the last line of a file without a newline", EDIT, DIALECT_ILLUMOS, 0, { "sport=5" },
	  .before = "update esp spi 256 dst 192.0.2.2 hard_addtime 4",
	  .after = "update esp spi 256 dst 192.0.2.2 hard_addtime 4 sport 5" },
	{ "in front of a line that is no comment", EDIT, DIALECT_ILLUMOS, 0, { "sport=5" },
	  .before = "update esp spi 256 dst 192.0.2.2 hard_addtime 4 \\\n# no comment\n",
	  .after = "update esp spi 256 dst 192.0.2.2 hard_addtime 4 sport 5 \\\n# no comment\n" },
};
/* clang-format on */

Test(manual_edit, edits_what_was_asked_and_nothing_else)
{
	expect_all(edits, ARRAY_SIZE(edits));
}

#define TWO                                                                                        \
	ESP("spi 256 src 192.0.2.1 dst 192.0.2.2")                                                 \
	"# between\n" ESP("spi 257 src 192.0.2.2 dst 192.0.2.1")

/* clang-format off */
static const struct sample removals[] = {
	{ "the first", REMOVE, DIALECT_SOL10, 0, { NULL },
	  .before = "# a\n" TWO "# z\n",
	  .after = "# a\n# between\n" ESP("spi 257 src 192.0.2.2 dst 192.0.2.1") "# z\n" },
	{ "both", REMOVE_PAIR, DIALECT_SOL10, 1, { NULL },
	  .before = "# a\n" TWO "# z\n",
	  .after = "# a\n# between\n# z\n" },
	{ "one that has no partner, as a pair", REMOVE_PAIR, DIALECT_SOL10, 0, { NULL },
	  .before = "# a\n" ESP("spi 256 dst 192.0.2.2"),
	  .says = "remove manual SA esp/256/192.0.2.2: no command adds the other direction of it" },
	{ "any command", REMOVE, DIALECT_SOL10, 1, { NULL },
	  .before = "# a\nflush ah\n  flush # x\n# b\n",
	  .after = "# a\nflush ah\n# b\n" },
	{ "over several lines", REMOVE, DIALECT_SOL10, 0, { NULL },
	  .before = "# a\nadd ah \\\n spi 256 dst 192.0.2.2 \\\n\\\n authalg md5 authkey " K128
		    " \\\n\n# b\n",
	  .after = "# a\n\n# b\n" },
	{ "with the rest of its key", REMOVE, DIALECT_SOL10, 0, { NULL },
	  .before = "add ah spi 256 dst 192.0.2.2 authalg sha1 authkey 9d41b07e63c85f2\n"
		    "a1e7793d40ab6c25f88e13d07\nflush\n",
	  .after = "flush\n" },
	{ "what keeps a key and digits apart leaves a line", REMOVE, DIALECT_SOL10, 1, { NULL },
	  .before = "add ah spi 256 dst 192.0.2.2 authalg sha1 authkey 9d41b07e63c85f2\nflush\n"
		    "a1e7793d40ab6c25f88e13d07\n",
	  .after = "add ah spi 256 dst 192.0.2.2 authalg sha1 authkey 9d41b07e63c85f2\n\n"
		   "a1e7793d40ab6c25f88e13d07\n" },
};
/* clang-format on */

Test(manual_edit, removes_with_its_lines_alone)
{
	expect_all(removals, ARRAY_SIZE(removals));
}

/* Wrong values, by verb ADD to an SA that would be right, or EDIT of one. */
/* clang-format off */
static const struct {
	const char *words[4], *says;
} wrong_values[] = {
	{ { "spi=0" }, "spi: a number from 1 to 4294967295 is needed, decimal or as 0x..." },
	{ { "spi=0x100000000" },
	  "spi: a number from 1 to 4294967295 is needed, decimal or as 0x..." },
	{ { "spi=-5" }, "spi: a number from 1 to 4294967295 is needed, decimal or as 0x..." },
	{ { "spi=" K128 }, "spi: a number from 1 to 4294967295 is needed, decimal or as 0x..." },
	{ { "sport=65536" }, "sport: a number from 0 to 65535 is needed, decimal or as 0x..." },
	{ { "sport=010" }, "sport: '010' is octal, by its leading 0; write it without" },
	{ { "sport=5 dport 6" }, "sport: this is not one value" },
	{ { "sport=5\ndelete" },
	  "sport: quotes, line breaks and other control characters cannot stand in a value" },
	{ { "proto=tcp" }, "proto: names are not taken here; the number is 6" },
	{ { "proto=no such" }, "proto: this is not one value" },
	{ { "src=host.example" },
	  "src: 'host.example' is not an IP address; host names are not taken here" },
	{ { "src=" K128 }, "src: '<hidden>' is not an IP address; host names are not taken here" },
	{ { "src=proxy" }, "src: 'proxy' is not an IP address; host names are not taken here" },
	{ { "src=192.0.2.0/24" }, "src: '192.0.2.0/24' has a prefix, which does not belong here" },
	{ { "src=224.0.0.1" },
	  "src: '224.0.0.1' is a multicast address, from which nothing comes" },
	{ { "dst=0.0.0.0" }, "dst: '0.0.0.0' is every address, which is no destination" },
	{ { "dst=fe80::1%net0" }, "dst: '<hidden>' has a scope, which is not taken here" },
	{ { "dst=#x" }, "dst: this is not one value" },
	{ { "dst=\\" }, "dst: this is not one value" },
	{ { "dst=2001:db8::2" }, "dst: one end is IPv4 and the other IPv6" },
	{ { "isrc=10.0.0.0/33", "idst=10.0.0.0/8" },
	  "isrc: '<hidden>' has no valid prefix length" },
	{ { "isrc=10.1.1.0/8", "idst=10.0.0.0/8" },
	  "isrc: '10.1.1.0/8' has bits behind its prefix" },
	{ { "isrc=10.0.0.0/8" }, "idst: a tunnel needs both inner addresses" },
	{ { "isrc=10.0.0.0/8", "idst=2001:db8::/32" },
	  "idst: one inner address is IPv4 and the other IPv6" },
	{ { "isrc=10.0.0.0/8", "idst=10.0.0.0/8", "proto=6" },
	  "proto: a tunnel has 4 around IPv4, or 41 around IPv6" },
	{ { "isport=5", "sport=5" },
	  "isport, idport: a tunnel with inner ports has no outer ones" },
	{ { "nat_loc=2001:db8::1" }, "nat_loc: '2001:db8::1' should be an IPv4 address" },
	{ { "nat_loc=192.0.2.1" }, "encap: address translation needs encap=udp" },
	{ { "encap=udp" }, "encap: it needs nat_loc, nat_rem or one of their ports" },
	{ { "encap=udp", "nat_rport=5" }, "nat_rport: it needs nat_rem" },
	{ { "encap=tcp" }, "encap: choose one of udp" },
	{ { "state=dead" }, "state: choose one of mature" },
	{ { "encralg=rot13" },
	  "encralg: choose one of des-cbc, 3des-cbc, blowfish-cbc, null, aes-cbc, aes-ccm8, "
	  "aes-ccm12, aes-ccm, aes-gcm8, aes-gcm12, aes-gcm" },
	{ { "encralg=camellia" }, "encralg: illumos does not have camellia" },
	{ { "authalg=none" },
	  "authalg: choose one of hmac-md5, hmac-sha1, hmac-sha256, hmac-sha384, hmac-sha512" },
	{ { "authalg=300" },
	  "authalg: choose one of hmac-md5, hmac-sha1, hmac-sha256, hmac-sha384, hmac-sha512" },
	{ { "srcidtype=name a" },
	  "srcidtype: a type and a text are needed; the types are prefix, fqdn, user_fqdn, der_dn, der_gn" },
	{ { "srcidtype=fqdn" },
	  "srcidtype: a type and a text are needed; the types are prefix, fqdn, user_fqdn, der_dn, der_gn" },
	{ { "srcidtype=fqdn a\"b" },
	  "srcidtype: quotes, line breaks and other control characters cannot stand in a value" },
	{ { "inbound=maybe" }, "inbound: yes or no is needed here" },
	{ { "hard_addtime=5", "soft_addtime=6" }, "soft_addtime: is beyond the hard limit" },
	{ { "outer-label=x" }, "outer-label: it needs label before it" },
	{ { "type=all" }, "type: esp or ah is needed here" },
	{ { "flags=5" }, "'flags' is no field of a manual SA" },
	{ { "colour=red" }, "'colour' is no field of a manual SA" },
	{ { K128 "=1" }, "one of the names is no field of a manual SA" },
	{ { "sport=1", "sport=2" }, "sport: is given twice" },
	{ { "encrkey=" K128 },
	  "encrkey: a key is never given as a value; it is generated, or read from a file, standard input or a prompt" },
	{ { "pair-spi=999" }, "pair-spi: no SA before this one has that spi" },
	{ { "spi=300" }, "spi: there is an SA of this type with this spi and destination already" },
};
/* clang-format on */

Test(manual_edit, wrong_values_name_themselves_and_change_nothing)
{
	static const char before[] = ESP("spi 300 src 192.0.2.1 dst 192.0.2.2")
		ESP("spi 301 src 192.0.2.1 dst 192.0.2.2");
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(wrong_values); i++) {
		struct sample s = { .name = wrong_values[i].words[0],
				    .dialect = DIALECT_ILLUMOS,
				    .number = 1,
				    .before = before,
				    .says = wrong_values[i].says,
				    .verb = EDIT };

		memcpy(s.words, wrong_values[i].words, sizeof wrong_values[i].words);
		expect(&s);
		/* The same for a new one, with what it needs beside. */
		s.verb = ADD;
		s.encr = K128_2;
		s.auth = K160_2;
		for (k = 0; s.words[k] != NULL; k++)
			;
		if (strncmp(s.words[0], "type", 4) != 0)
			s.words[k++] = "type=esp";
		if (strncmp(s.words[0], "dst", 3) != 0)
			s.words[k++] = "dst=192.0.2.2";
		if (strncmp(s.words[0], "src=", 4) != 0 && k < MOST - 1)
			s.words[k++] = "src=192.0.2.1";
		if (strncmp(s.words[0], "encralg", 7) != 0 && k < MOST - 1)
			s.words[k++] = "encralg=aes";
		if (strncmp(s.words[0], "authalg", 7) != 0 && k < MOST - 1)
			s.words[k++] = "authalg=sha1";
		expect(&s);
	}
}

/* clang-format off */
static const struct sample refusals[] = {
	{ "no type", ADD, DIALECT_SOL10, 0, { ENDS, ALGS }, K128, K160,
	  .before = "",
	  .says = "type: esp or ah is needed" },
	{ "no destination", ADD, DIALECT_SOL10, 0, { "type=esp", ALGS }, K128, K160,
	  .before = "",
	  .says = "dst: a manual SA needs a destination" },
	{ "no algorithm", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS }, K128, K160,
	  .before = "",
	  .says = "encralg, authalg: a manual SA needs an algorithm, esp best both, ah authalg" },
	{ "no key", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS, ALGS }, K128, NULL,
	  .before = "",
	  .says = "authkey: is needed" },
	{ "a short key", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS, ALGS }, K64, K160,
	  .before = "",
	  .says = "encrkey: aes-cbc has a key of 128, 192 or 256 bits, and this one has 64" },
	{ "a key without salt", ADD, DIALECT_ILLUMOS, 0, { "type=esp", ENDS, "encralg=aes-gcm" }, K128,
	  .before = "",
	  .says = "encrkey: aes-gcm has a key of 160, 224 or 288 bits, and this one has 128" },
	{ "one size alone", ADD, DIALECT_ILLUMOS, 0, { "type=esp", ENDS, "encralg=blowfish", "authalg=sha1" }, K64, K160,
	  .before = "",
	  .says = "encrkey: blowfish-cbc has a key of 128 bits, and this one has 64" },
	{ "a range", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS, "encralg=blowfish", "authalg=sha1" }, "7c3f9a", K160,
	  .before = "",
	  .says = "encrkey: blowfish-cbc has a key of 32 to 448 bits, and this one has 24" },
	{ "a weak key", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS, "encralg=des", "authalg=sha1" }, "01fe01fe01fe01fe", K160,
	  .before = "",
	  .says = "encrkey: this is one of the weak keys of DES, which the system refuses" },
	{ "a weak key without its parity", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS, "encralg=des", "authalg=sha1" }, "0000000000000000", K160,
	  .before = "",
	  .says = "encrkey: this is one of the weak keys of DES, which the system refuses" },
	{ "two thirds alike", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS, "encralg=3des", "authalg=sha1" }, K64 K64 "a4c123b1612dd272", K160,
	  .before = "",
	  .says = "encrkey: two neighbouring thirds of this key are the same, which the system refuses" },
	{ "ah encrypts nothing", ADD, DIALECT_SOL10, 0, { "type=ah", ENDS, ALGS }, K128, K160,
	  .before = "",
	  .says = "encralg: ah does not encrypt; take esp, or leave it out" },
	{ "one key in counter mode for both", ADD, DIALECT_ILLUMOS, 0, { "type=esp", ENDS, "encralg=aes-gcm", "pair=yes" }, K160,
	  .before = "",
	  .says = "encrkey: with aes-gcm no two SAs may have the same key; each direction needs its own" },
	{ "a pair from nowhere", ADD, DIALECT_SOL10, 0, { "type=esp", "dst=192.0.2.2", ALGS, "pair=yes" }, K128, K160,
	  .before = "",
	  .says = "src: a pair needs a source, which is the other direction's destination" },
	{ "a pair by two ways", ADD, DIALECT_ILLUMOS, 0, { "type=esp", ENDS, ALGS, "pair=yes", "pair-spi=5" }, K128, K160,
	  .before = "",
	  .says = "pair-spi: does not go with pair" },
	{ "a pair of what", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS, ALGS, "pair=both" }, K128, K160,
	  .before = "",
	  .says = "pair: yes, no, or the spi of the other direction is needed" },
	{ "a pair of none", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS, ALGS, "pair=0x" }, K128, K160,
	  .before = "",
	  .says = "pair: yes, no, or the spi of the other direction is needed" },
	{ "a word of a later release", ADD, DIALECT_SOL10, 0, { "type=esp", ENDS, ALGS, "pair-spi=5" }, K128, K160,
	  .before = "",
	  .says = "pair-spi: Solaris 10 does not know it" },
	{ "an algorithm of a later release", ADD, DIALECT_SOL9, 0, { "type=esp", ENDS, "encralg=aes-gcm" }, K160,
	  .before = "",
	  .says = "encralg: Solaris 9 does not have aes-gcm" },
	{ "a required one", EDIT, DIALECT_SOL10, 0, { "dst=" },
	  .before = ESP("spi 256 dst 192.0.2.2"),
	  .says = "dst: is needed" },
	{ "an algorithm that its key does not suit", EDIT, DIALECT_SOL10, 0, { "encralg=3des" },
	  .before = ESP("spi 256 dst 192.0.2.2"),
	  .says = "encrkey: 3des-cbc has a key of 192 bits, and the one there has 128; give a new one" },
	{ "a key without its algorithm", EDIT, DIALECT_SOL10, 0, { "encralg=" },
	  .before = ESP("spi 256 dst 192.0.2.2"),
	  .says = "encralg: is needed" },
	{ "a key for nothing", EDIT, DIALECT_SOL10, 0, { NULL }, K128,
	  .before = "add ah spi 256 dst 192.0.2.2 authalg md5 authkey " K128 "\n",
	  .says = "encrkey: there is no algorithm that it is for" },
	{ "null has no key", EDIT, DIALECT_SOL10, 0, { "encralg=null" },
	  .before = ESP("spi 256 dst 192.0.2.2"),
	  .says = "encrkey: null encryption has no key; encrkey= takes it out" },
	{ "what is about no SA", EDIT, DIALECT_SOL10, 0, { "spi=5" },
	  .before = "# x\nflush\n",
	  .says = "flush@2 is about no SA and has nothing to edit; it can be removed" },
	{ "what the command does not take", EDIT, DIALECT_SOL10, 0, { "authalg=md5" },
	  .before = "delete esp spi 256 dst 192.0.2.2\n",
	  .says = "authalg: this command does not take it" },
	{ "a key of an update", EDIT, DIALECT_SOL10, 0, { "authalg=md5" }, NULL, K128,
	  .before = "update esp spi 256 dst 192.0.2.2\n",
	  .says = "authkey: a key cannot be updated; remove the SA and add it anew" },
	{ "the spi of another one", EDIT, DIALECT_SOL10, 1, { "spi=0x100" },
	  .before = ESP("spi 256 dst 192.0.2.2") ESP("spi 257 dst 192.0.2.2"),
	  .says = "spi: there is an SA of this type with this spi and destination already" },
	{ "digits that would become another key's", EDIT, DIALECT_SOL10, 0, { "sport=" },
	  .before = "add ah spi 256 dst 192.0.2.2 authalg md5 authkey 7c3f9a sport 5\nabc123\n",
	  .says = "'ipseckeys' is broken where this would change it, so that the change would not be read as meant; mend the errors there first (ikeconsole check names them)" },
};
/* clang-format on */

Test(manual_edit, refusals_say_why)
{
	expect_all(refusals, ARRAY_SIZE(refusals));
}

/* What the check of all others must notice, whatever made it so. */
Test(manual_edit, others_that_are_not_as_before)
{
	static const struct {
		const char *then, *now;
		struct manual_expected expected;
		bool stay;
	} rows[] = {
#define NONE MANUAL_NONE
		{ "flush\nflush ah\n",
		  "flush\nflush ah\n",
		  { { NONE, NONE }, NONE, NONE, 0 },
		  true },
		{ "flush\nflush ah\n", "flush\n", { { NONE, NONE }, NONE, NONE, 0 }, false },
		{ "flush\n", "flush\nflush ah\n", { { NONE, NONE }, NONE, NONE, 0 }, false },
		{ "flush\nflush ah\n",
		  "flush\nflush esp\n",
		  { { NONE, NONE }, NONE, NONE, 0 },
		  false },
		{ "flush\nflush ah\n", "flush ah\n", { { 0, NONE }, NONE, NONE, 0 }, true },
		{ "flush\nflush ah\n", "flush\n", { { 0, NONE }, NONE, NONE, 0 }, false },
		{ "flush\nflush ah\n", "", { { 0, 1 }, NONE, NONE, 0 }, true },
		{ "flush\nquit\n",
		  "flush\nflush ah\nquit\n",
		  { { NONE, NONE }, NONE, 1, 1 },
		  true },
		{ "flush\nquit\n",
		  "flush\nquit\nflush ah\n",
		  { { NONE, NONE }, NONE, 1, 1 },
		  false },
		{ "flush\n", "flush\n", { { NONE, NONE }, NONE, 1, 1 }, false },
		{ "flush\nquit\n", "flush ah\nquit\n", { { NONE, NONE }, 0, NONE, 0 }, true },
		{ "flush\nquit\n", "flush\nexit\n", { { NONE, NONE }, 0, NONE, 0 }, false },
		{ "add ah authkey ab\ncd\nquit\n",
		  "add ah authkey abcd\nquit\n",
		  { { NONE, NONE }, 0, NONE, 0 },
		  true },
		{ "add ah authkey ab\nquit\n",
		  "add ah authkey ab\ncd\nquit\n",
		  { { NONE, NONE }, 0, NONE, 0 },
		  false },
		{ "add ah authkey ab\ncd\nquit\n", "quit\n", { { 0, NONE }, NONE, NONE, 0 }, true },
#undef NONE
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct doc *then = doc_new(&ipseckeys_format,
					   blob_copy(rows[i].then, strlen(rows[i].then), true)),
			   *now = doc_new(&ipseckeys_format,
					  blob_copy(rows[i].now, strlen(rows[i].now), true));

		cr_expect_eq(manual_others_stay(then, now, &rows[i].expected), rows[i].stay, "%zu",
			     i);
		doc_free(then);
		doc_free(now);
	}
}

/* What was wrong before does not keep anybody from mending something else. */
Test(manual_edit, old_faults_are_no_obstacle)
{
	static const struct sample samples[] = {
		{ "families",
		  EDIT,
		  DIALECT_SOL10,
		  0,
		  { "sport=5" },
		  .before = "add esp spi 256 src 192.0.2.1 dst 2001:db8::1 encralg aes\n",
		  .after = "add esp spi 256 src 192.0.2.1 dst 2001:db8::1 encralg aes sport 5\n" },
		{ "a key without its algorithm",
		  EDIT,
		  DIALECT_SOL10,
		  0,
		  { "authalg=sha1" },
		  .before = "add esp spi 256 dst 192.0.2.2 authkey " K160 "\n",
		  .after = "add esp spi 256 dst 192.0.2.2 authkey " K160 " authalg sha1\n" },
	};

	expect_all(samples, ARRAY_SIZE(samples));
}

static char *repeat(const char *text, size_t count)
{
	struct strbuf sb = STRBUF_INIT;

	while (count-- > 0)
		strbuf_addstr(&sb, text);
	return strbuf_detach(&sb, NULL);
}

/* A command that is longer than the release reads is refused, new or grown. */
Test(manual_edit, commands_that_are_too_long_are_refused)
{
	static const struct {
		enum dialect dialect;
		size_t len; /* of the text in it */
		bool good;
	} rows[] = {
		{ DIALECT_SOL9, 1900, true },     { DIALECT_SOL10, 2010, false },
		{ DIALECT_ILLUMOS, 2010, true },  { DIALECT_ILLUMOS, 3900, true },
		{ DIALECT_ILLUMOS, 4060, false },
	};
	static const char start[] = "update esp spi 5 dst 192.0.2.3 state mature sport 100\n";
	struct blob key = blob_copy(K128, strlen(K128), true);
	struct manual_sa_keys keys = { .auth = { &key, false } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		char *text = repeat("x", rows[i].len + 5), wanted[80];
		struct field fields[] = { { "type", "ah" },
					  { "dst", "192.0.2.2" },
					  { "authalg", "md5" },
					  { "srcidtype", text } };
		struct error err = ERROR_INIT;
		struct bench b;

		memcpy(text, "fqdn ", 5);
		snprintf(wanted, sizeof wanted, "the command would be longer than %s reads",
			 dialect_title(rows[i].dialect));
		bench_open(&b, start, strlen(start), "solaris", rows[i].dialect, ROLE_ADMIN);
		cr_expect_eq(manual_sa_add(b.change, fields, 4, &keys, NULL, &err), rows[i].good,
			     "%zu", i);
		cr_expect(rows[i].good || strcmp(err.text, wanted) == 0, "%s", err.text);
		cr_expect(rows[i].good || strcmp(bytes_of(&b)->data, start) == 0);
		error_clear(&err);
		keys.auth.digits = NULL;
		cr_expect_eq(manual_sa_edit(b.change, 0, &fields[3], 1, &keys, &err), rows[i].good);
		cr_expect(rows[i].good || strcmp(err.text, wanted) == 0, "%s", err.text);
		cr_expect(rows[i].good || strcmp(bytes_of(&b)->data, start) == 0);
		keys.auth.digits = &key;
		error_clear(&err);
		bench_close(&b);
		free(text);
	}
	blob_release(&key);
}

/* A text that the reader takes for several words is none. */
Test(manual_edit, a_text_without_end_is_refused)
{
	size_t len = (1u << 20) + 100;
	char *text = repeat("x", len);
	struct field field = { "srcidtype", text };
	struct manual_sa_keys keys = { .encr = { NULL, false } };
	struct error err = ERROR_INIT;
	struct bench b;

	memcpy(text, "fqdn ", 5);
	bench_open(&b, TWO, strlen(TWO), "solaris", DIALECT_ILLUMOS, ROLE_ADMIN);
	cr_expect_not(manual_sa_edit(b.change, 0, &field, 1, &keys, &err));
	cr_expect_str_eq(err.text, "srcidtype: this is not one value");
	error_clear(&err);
	bench_close(&b);
	free(text);
}

/* FILE-7: mdm alone; admin is told, once. */
Test(manual_edit, whose_file_it_is)
{
	static const char text[] = TWO;
	static const struct {
		enum role role;
		const char *profile;
		bool good;
		size_t notes;
	} rows[] = {
		{ ROLE_SSM, "mdm-ssm", false, 0 },  { ROLE_MDM, "mdm-ssm", true, 2 },
		{ ROLE_ADMIN, "mdm-ssm", true, 3 }, { ROLE_SSM, "solaris", true, 2 },
		{ ROLE_ADMIN, "solaris", true, 2 },
	};
	struct field port = { "hard_addtime", "5" };
	struct manual_sa_keys keys = { .encr = { NULL, false } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct error err = ERROR_INIT;
		struct bench b;

		bench_open(&b, text, strlen(text), rows[i].profile, DIALECT_SOL10, rows[i].role);
		cr_expect_eq(manual_sa_edit(b.change, 0, &port, 1, &keys, &err), rows[i].good);
		cr_expect_eq(err.code, rows[i].good ? ERROR_NONE : ERROR_REFUSED);
		cr_expect(rows[i].good || strstr(err.text, "refused by FILE-7") != NULL);
		error_clear(&err);
		cr_expect_eq(manual_sa_remove(b.change, 1, false, &err), rows[i].good);
		error_clear(&err);
		cr_expect_eq(change_note_count(b.change), rows[i].notes, "%zu: %zu notes", i,
			     change_note_count(b.change));
		bench_close(&b);
	}
}

/* Who changes one direction is told what the other one is, and whether it is any good then. */
Test(manual_edit, the_other_direction_is_named)
{
	static const char text[] = ESP("spi 256 src 192.0.2.1 dst 192.0.2.2")
		ESP("spi 257 pair-spi 256 src 192.0.2.2 dst 192.0.2.1");
	static const struct {
		size_t number;
		struct field field; /* none: it is removed */
		const char *note;
	} rows[] = {
		{ 0,
		  { "hard_addtime", "5" },
		  "esp/257/192.0.2.1, the other direction, stays as it is" },
		{ 1,
		  { "hard_addtime", "5" },
		  "esp/256/192.0.2.2, the other direction, stays as it is" },
		{ 0,
		  { "spi", "300" },
		  "esp/257/192.0.2.1, the other direction, stays as it is, and will be refused now: pair-spi: no SA before this one has that spi" },
		{ 0,
		  { "src", "192.0.2.9" },
		  "esp/257/192.0.2.1, the other direction, stays as it is, and will be refused now: pair-spi: the SA with that spi is not the other direction" },
		{ 0,
		  { NULL, NULL },
		  "esp/257/192.0.2.1, the other direction, stays as it is, and will be refused now: pair-spi: no SA before this one has that spi" },
		{ 1, { NULL, NULL }, "esp/256/192.0.2.2, the other direction, stays as it is" },
	};
	struct manual_sa_keys keys = { .encr = { NULL, false } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct error err = ERROR_INIT;
		struct bench b;
		bool good;

		bench_open(&b, text, strlen(text), "solaris", DIALECT_ILLUMOS, ROLE_ADMIN);
		good = rows[i].field.name != NULL
			       ? manual_sa_edit(b.change, rows[i].number, &rows[i].field, 1, &keys,
						&err)
			       : manual_sa_remove(b.change, rows[i].number, false, &err);
		cr_assert(good, "%zu: %s", i, err.text);
		cr_assert_eq(change_note_count(b.change), 1);
		cr_expect_str_eq(change_note(b.change, 0), rows[i].note);
		bench_close(&b);
	}
}

/* A generated key: as long as it should be, another one each time, in the file and nowhere else. */
Test(manual_edit, generated_keys)
{
	static const struct {
		const char *alg, *bits;
		unsigned digits;
	} rows[] = {
		{ "des", "", 16 },        { "3des", "", 48 },        { "aes", "", 32 },
		{ "aes", "192", 48 },     { "aes", "256", 64 },      { "aes-ccm", "", 38 },
		{ "aes-gcm", "256", 72 }, { "aes-gcm8", "192", 56 }, { "blowfish", "", 32 },
	};
	struct field fields[] = {
		{ "type", "esp" }, { "dst", "192.0.2.2" }, { "encralg", "" }, { "bits", "" }
	};
	struct manual_sa_keys keys = { .encr = { NULL, true } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct manual_item item = MANUAL_ITEM_INIT;
		struct error err = ERROR_INIT;
		struct blob first, second;
		size_t number;
		struct bench b;

		fields[2].value = rows[i].alg;
		fields[3].value = rows[i].bits;
		bench_open(&b, "", 0, "solaris", DIALECT_ILLUMOS, ROLE_ADMIN);
		cr_assert(manual_sa_add(b.change, fields, 4, &keys, &number, &err), "%s: %s",
			  rows[i].alg, err.text);
		manual_read(host_doc(b.host, LOCATION_IPSECKEYS), 0, &item, NULL);
		cr_expect_eq(item.encr_key.text.len, rows[i].digits);
		manual_key_bytes(item.doc, &item.encr_key, &first);
		/* Edited it is as long, and another one. */
		cr_assert(manual_sa_edit(b.change, 0, NULL, 0, &keys, &err), "%s", err.text);
		manual_read(host_doc(b.host, LOCATION_IPSECKEYS), 0, &item, NULL);
		cr_expect_eq(item.encr_key.text.len, rows[i].digits, "%s %s: %u digits",
			     rows[i].alg, rows[i].bits, item.encr_key.text.len);
		manual_key_bytes(item.doc, &item.encr_key, &second);
		cr_expect_not(blob_equal(&first, &second));
		blob_release(&first);
		blob_release(&second);
		manual_item_release(&item);
		bench_close(&b);
	}
}

Test(manual_edit, sizes_that_no_key_has_are_refused)
{
	struct profile *profile = checked_profile("solaris");
	struct error err = ERROR_INIT;
	struct blob key;

	cr_expect_not(manual_key_generate(profile, ipsec_alg_find(IPSEC_ENCR, "aes-gcm", 7), 160,
					  &key, &err));
	cr_expect_str_eq(err.text, "bits: a key of aes-gcm has 128, 192 or 256 bits, not 160");
	error_clear(&err);
	cr_expect_not(manual_key_generate(profile, ipsec_alg_find(IPSEC_ENCR, "blowfish", 8), 64,
					  &key, &err));
	error_clear(&err);
	profile_free(profile);
}

/* What random bytes must not be, and what becomes of them. */
Test(manual_edit, weak_keys_are_not_made)
{
	const struct ipsec_alg *des = ipsec_alg_find(IPSEC_ENCR, "des", 3),
			       *triple = ipsec_alg_find(IPSEC_ENCR, "3des", 4),
			       *aes = ipsec_alg_find(IPSEC_ENCR, "aes", 3);
	static const struct {
		unsigned char bytes[24];
		unsigned len;
		bool triple, good;
	} rows[] = {
		{ { 0x01, 0xfe, 0x01, 0xfe, 0x01, 0xfe, 0x01, 0xfe }, 8, false, false },
		{ { 0x00, 0x1e, 0x00, 0x1e, 0x00, 0x0f, 0x00, 0x0f }, 8, false, false },
		{ { 0x7c, 0x3f, 0x9a, 0x1e, 0x5b, 0x2d, 0x48, 0x60 }, 8, false, true },
		{ { 0x7c, 0x3f, 0x9a, 0x1e, 0x5b, 0x2d, 0x48, 0x60, 0x7d, 0x3e, 0x9b, 0x1f,
		    0x5a, 0x2c, 0x49, 0x61, 0xa4, 0xc1, 0x23, 0xb1, 0x61, 0x2d, 0xd2, 0x72 },
		  24,
		  true,
		  false },
		{ { 0x7c, 0x3f, 0x9a, 0x1e, 0x5b, 0x2d, 0x48, 0x60, 0xa4, 0xc1, 0x23, 0xb1,
		    0x61, 0x2d, 0xd2, 0x72, 0x7c, 0x3f, 0x9a, 0x1e, 0x5b, 0x2d, 0x48, 0x60 },
		  24,
		  true,
		  true },
	};
	unsigned char counting[16], parity[8] = { 0x00, 0x03, 0xff, 0x7f, 0x10, 0x11, 0xfe, 0x0e };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		unsigned char bytes[24];

		memcpy(bytes, rows[i].bytes, sizeof bytes);
		cr_expect_eq(manual_key_prepare(rows[i].triple ? triple : des, bytes, rows[i].len),
			     rows[i].good, "%zu", i);
	}
	for (i = 0; i < sizeof counting; i++)
		counting[i] = (unsigned char)(0x10 + i);
	cr_expect_not(manual_key_prepare(aes, counting, sizeof counting));
	manual_key_prepare(des, parity, sizeof parity);
	cr_expect_arr_eq(parity,
			 ((unsigned char[]){ 0x01, 0x02, 0xfe, 0x7f, 0x10, 0x10, 0xfe, 0x0e }),
			 sizeof parity);
	/* What is no DES key keeps its bits. */
	memcpy(parity, ((unsigned char[]){ 0x00, 0x03, 0xff, 0x7f, 0x10, 0x11, 0xfe, 0x0e }), 8);
	manual_key_prepare(aes, parity, sizeof parity);
	cr_expect_eq(parity[0], 0x00);
}

/* Whether text holds a piece of any key of the document. */
static bool shows_a_key(const struct doc *doc, const char *text)
{
	size_t i, run = 0;

	for (i = 0; text[i] != '\0'; i++) {
		run = isxdigit((unsigned char)text[i]) ? run + 1 : 0;
		if (run >= 12 && doc->blob.len > 0)
			return true;
	}
	return false;
}

static bool is_same_entry(const struct doc *a, uint32_t x, const struct doc *b, uint32_t y)
{
	const struct entry *s = &a->entries[x], *t = &b->entries[y];
	struct span at = doc_span(a, s->tok, s->end), to = doc_span(b, t->tok, t->end);

	return s->kind == t->kind && at.len == to.len &&
	       memcmp(a->blob.data + at.off, b->blob.data + to.off, at.len) == 0;
}

/* What the reader says of an entry: its fields, and what is wrong with it, without its place. */
static void add_reading(const struct doc *doc, uint32_t entry, struct strbuf *sb)
{
	struct span at = doc_span(doc, doc->entries[entry].tok, doc->entries[entry].end);
	struct manual_item item = MANUAL_ITEM_INIT;
	struct problems problems = { 0 };
	size_t i;

	if (doc->entries[entry].kind != MANUAL_ENTRY_COMMAND)
		return;
	manual_read(doc, entry, &item, &problems);
	strbuf_addf(sb, "%u %u %u", item.command, item.sa_type, item.spi);
	for (i = 0; i < item.nfields; i++)
		strbuf_addf(sb, " %u:%d:%llu", item.fields[i].word, item.fields[i].good,
			    (unsigned long long)item.fields[i].number);
	for (i = 0; i < problems.count; i++) {
		/* This one is about whether something follows. */
		if (problems.items[i].code == MANUAL_PROBLEM_AFTER_QUIT)
			continue;
		strbuf_addf(sb, " %u/%u@%u", problems.items[i].code, problems.items[i].word,
			    problems.items[i].at.off - at.off);
	}
	problems_release(&problems);
	manual_item_release(&item);
}

static bool reads_the_same(const struct doc *a, uint32_t x, const struct doc *b, uint32_t y)
{
	struct strbuf s = STRBUF_INIT, t = STRBUF_INIT;
	bool same;

	add_reading(a, x, &s);
	add_reading(b, y, &t);
	same = strcmp(s.buf, t.buf) == 0;
	strbuf_release(&s);
	strbuf_release(&t);
	return same;
}

/* The bytes of the lines that an entry stands on, with the rest of its broken key. */
static struct span lines_of(const struct doc *doc, uint32_t entry)
{
	struct span at = doc_span(doc, doc->entries[entry].tok, doc->entries[entry].end);
	uint32_t start = at.off, end = at.off + at.len, next = entry + 1;

	while (next < doc->nentries && doc->entries[next].kind == MANUAL_ENTRY_KEY_REST)
		end = doc->tokens[doc->entries[next++].tok].off;
	while (start > 0 && doc->blob.data[start - 1] != '\n')
		start--;
	while (end < doc->blob.len && doc->blob.data[end] != '\n')
		end++;
	return (struct span){ start, end + (end < doc->blob.len) - start };
}

/* Nothing has changed outside these lines. */
static void check_outside(const char *name, const struct doc *then, const struct doc *now,
			  struct span lines)
{
	size_t behind = then->blob.len - lines.off - lines.len;

	cr_assert(now->blob.len >= lines.off + behind, "%s: too short", name);
	cr_assert(memcmp(then->blob.data, now->blob.data, lines.off) == 0, "%s: before it", name);
	cr_assert(memcmp(then->blob.data + then->blob.len - behind,
			 now->blob.data + now->blob.len - behind, behind) == 0,
		  "%s: behind it", name);
}

/* Every other entry is there and read as before. REMOVED: entry NUMBER is not, nor its rests. */
static void check_others(const char *name, const struct doc *then, const struct doc *now,
			 uint32_t number, bool removed)
{
	uint32_t i, k = 0;

	for (i = 0; i < then->nentries; i++) {
		if (i == number) {
			k += !removed;
			if (removed || k == now->nentries ||
			    now->entries[k].kind != MANUAL_ENTRY_KEY_REST)
				while (i + 1 < then->nentries &&
				       then->entries[i + 1].kind == MANUAL_ENTRY_KEY_REST)
					i++;
			continue;
		}
		cr_assert(k < now->nentries && is_same_entry(then, i, now, k) &&
				  reads_the_same(then, i, now, k),
			  "%s: entry %u is another one", name, i);
		k++;
	}
	cr_assert_eq(k, now->nentries, "%s: %zu entries", name, now->nentries);
}

/* One edit or removal of one command of a file, on a bench of its own. */
static bool try_one(const char *name, const struct blob *file, enum dialect dialect, size_t number,
		    const struct field *fields, size_t count, bool generate, bool removing)
{
	struct doc *then = doc_new(&ipseckeys_format, blob_copy(file->data, file->len, true));
	struct manual_sa_keys keys = { .encr = { NULL, generate }, .auth = { NULL, generate } };
	const struct ipsec_alg *encr = NULL, *auth = NULL;
	struct error err = ERROR_INIT;
	struct bench b;
	uint32_t entry;
	bool good;

	bench_open(&b, file->data, file->len, "solaris", dialect, ROLE_ADMIN);
	entry = b.host->commands[number];
	if (generate)
		manual_sa_algs(b.change, number, fields, count, &encr, &auth, &err);
	keys.encr.generate = encr != NULL;
	keys.auth.generate = auth != NULL;
	error_clear(&err);
	good = removing ? manual_sa_remove(b.change, number, false, &err)
			: manual_sa_edit(b.change, number, fields, count, &keys, &err);
	if (good) {
		const struct doc *now = host_doc(b.host, LOCATION_IPSECKEYS);
		size_t i;

		cr_assert(lossless_is_as_new(now));
		check_outside(name, then, now, lines_of(then, entry));
		check_others(name, then, now, entry, removing);
		for (i = 0; i < change_note_count(b.change); i++)
			cr_assert_not(shows_a_key(then, change_note(b.change, i)));
		for (i = 0; i < change_count(b.change); i++)
			cr_assert_not(shows_a_key(then, change_title(b.change, i)));
		while (change_undo(b.change))
			;
	} else {
		cr_assert_not(shows_a_key(then, err.text), "%s: %s", name, err.text);
	}
	cr_assert(blob_equal(bytes_of(&b), file), "%s: not as it was", name);
	error_clear(&err);
	bench_close(&b);
	doc_free(then);
	return good;
}

static const struct field one_field[] = {
	{ "spi", "0x7abc" },         { "sport", "5" },          { "dport", "" },
	{ "src", "198.51.100.77" },  { "dst", "2001:db8::77" }, { "hard_addtime", "86400" },
	{ "hard_addtime", "" },      { "soft_addtime", "7" },   { "encralg", "3des" },
	{ "authalg", "sha512" },     { "type", "ah" },          { "label", "public" },
	{ "srcidtype", "fqdn a b" }, { "inbound", "yes" },      { "outbound", "no" },
	{ "pair-spi", "" },          { "reserved_bits", "0" },  { "encrkey", "" },
	{ "state", "mature" },       { "proto", "6" },
};

/* Each command of a file: removed, edited in every way, given new keys. Returns how much of it was
 * done and not refused. */
static size_t try_file(const char *name, const struct blob *file)
{
	struct doc *doc = doc_new(&ipseckeys_format, blob_copy(file->data, file->len, true));
	size_t count = 0, commands = 0, number, i;

	for (i = 0; i < doc->nentries; i++)
		commands += doc->entries[i].kind == MANUAL_ENTRY_COMMAND;
	for (number = 0; number < commands; number++) {
		cr_assert(try_one(name, file, DIALECT_ILLUMOS, number, NULL, 0, false, true),
			  "%s: command %zu stays", name, number);
		for (i = 0; i < ARRAY_SIZE(one_field); i++)
			count += try_one(name, file, DIALECT_ILLUMOS, number, &one_field[i], 1,
					 false, false);
		/* Two at once, and keys. */
		for (i = 0; i + 1 < ARRAY_SIZE(one_field); i++)
			count += try_one(name, file, DIALECT_SOL10, number, &one_field[i], 2,
					 i % 3 == 0, false);
		count += try_one(name, file, DIALECT_ILLUMOS, number, NULL, 0, true, false);
	}
	doc_free(doc);
	return count;
}

/* A new one goes into every file, or it is said why not, and disturbs nothing there. */
static bool add_to(const char *name, const struct blob *file)
{
	static const struct field fields[] = {
		{ "type", "esp" },    { "src", "198.51.100.1" }, { "dst", "198.51.100.2" },
		{ "encralg", "aes" }, { "authalg", "sha1" },     { "pair", "yes" },
	};
	struct manual_sa_keys keys = {
		{ NULL, true }, { NULL, true }, { NULL, true }, { NULL, true }
	};
	struct doc *then = doc_new(&ipseckeys_format, blob_copy(file->data, file->len, true));
	struct error err = ERROR_INIT;
	struct bench b;
	size_t number;
	bool good;

	bench_open(&b, file->data, file->len, "solaris", DIALECT_ILLUMOS, ROLE_ADMIN);
	good = manual_sa_add(b.change, fields, ARRAY_SIZE(fields), &keys, &number, &err);
	if (good) {
		const struct doc *now = host_doc(b.host, LOCATION_IPSECKEYS);
		uint32_t entry = b.host->commands[number], i;

		cr_assert_eq(now->nentries, then->nentries + 2, "%s: %zu entries", name,
			     now->nentries);
		for (i = 0; i < then->nentries; i++)
			cr_assert(reads_the_same(then, i, now, i < entry ? i : i + 2),
				  "%s: entry %u is another one", name, i);
		cr_assert_eq(manual_sa_partner(b.host, number), number + 1, "%s: no pair", name);
		change_undo(b.change);
	} else {
		cr_assert_not(shows_a_key(then, err.text));
	}
	cr_assert(blob_equal(bytes_of(&b), file), "%s: not as it was", name);
	error_clear(&err);
	bench_close(&b);
	doc_free(then);
	return good;
}

Test(manual_edit, every_command_of_the_corpus)
{
	DIR *folder = opendir(CORPUS_DIR "/ipseckeys");
	size_t files = 0, done = 0, added = 0;
	struct dirent *d;

	cr_assert_not_null(folder);
	while ((d = readdir(folder)) != NULL) {
		struct strbuf path = STRBUF_INIT;
		struct doc *doc;

		if (strchr(d->d_name, '.') != NULL)
			continue;
		strbuf_addf(&path, "%s/%s", CORPUS_DIR "/ipseckeys", d->d_name);
		doc = projection_load(&ipseckeys_format, path.buf);
		cr_assert_not_null(doc, "%s", path.buf);
		done += try_file(d->d_name, &doc->blob);
		added += add_to(d->d_name, &doc->blob);
		files++;
		doc_free(doc);
		strbuf_release(&path);
	}
	closedir(folder);
	cr_assert_geq(files, 79);
	/* Most of it can be done. */
	cr_assert_gt(done, 2000, "%zu edits", done);
	cr_assert_gt(added, files - 6, "%zu additions to %zu files", added, files);
}
