/* What the checks say of ipseckeys: each row found, and not found beside what is right. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tests/fault/tree.h"
#include "tests/unit/checked.h"

#define SOL9    DIALECT_SOL9
#define SOL10   DIALECT_SOL10
#define SOL11   DIALECT_SOL11
#define SOL114  DIALECT_SOL114
#define ILLUMOS DIALECT_ILLUMOS

/* Keys that are nobody's; those of DES have odd parity. */
#define K128 "7c3f9a1e5b2d4860c9e1f7a3b5d28046"
#define L128 "a4c123b1612dd272d1371c17149d4395"
#define M128 "5d0be6a19f4473c85a2d1e60b7f89c34"
#define K160 "9d41b07e63c85f2a1e7793d40ab6c25f88e13d07"
#define L160 "36b3216fdaeeb975729fae923d5a4fd12aabfe22"
#define M160 "c8a4571e20fd9b6633e0c5a7f1924d8be6075f1a"
#define K256 "8f219e9cb0eb53f16947ccf25ec84d8dbc74254770f58904dba41ecccc3fc162"
#define D1   "852a7023863ee904"
#define D2   "add58943167a3852"
#define D3   "86195d679e9d6894"
#define AES  "encralg aes encrkey " K128 " "
#define SHA  "authalg sha1 authkey " K160
#define KEYS AES SHA

/* One direction, and the other one with keys of its own. */
#define THERE "add esp spi 0x100 src 192.0.2.1 dst 192.0.2.2 "
#define OTHER "add esp spi 0x101 src 192.0.2.2 dst 192.0.2.1 "
#define BACK  OTHER "encralg aes encrkey " L128 " authalg sha1 authkey " L160 " pair-spi 0x100\n"
#define THIRD "encralg aes encrkey " M128 " authalg sha1 authkey " M160 "\n"

/* A pair, with more words in its first command; the same with other keys there. */
#define WITH(words)   THERE words " " KEYS "\n" BACK
#define KEYED(words)  THERE words "\n" BACK
#define CIPHER(words) KEYED(words " " SHA)
#define HASH(words)   KEYED(AES words)

#define X100                                                                                       \
	"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X1000 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100

/* One sample a line. */
/* clang-format off */
static const struct checked_sample lines[] = {
	{ "a pair", ILLUMOS, WITH(""), OK, "" },
	{ "K56 nothing", ILLUMOS, "", OK, "" },
	{ "K56 comments", ILLUMOS, "# one\n\n#two\n", OK, "" },
	{ "byte order mark", ILLUMOS, "\357\273\277" WITH(""), ERR, "E SA-L11 1" },
	{ "CRLF", ILLUMOS, THERE KEYS "\r\n" BACK, WARN, "W SA-L2 1" },
	{ "CRLF and joined lines", ILLUMOS, "# one\r\nadd esp spi 0x100 \\\r\nsrc 192.0.2.1 \\\r\ndst 192.0.2.2 " KEYS "\r\n" BACK, ERR, "E SA-L2 2" },
	{ "CR elsewhere", ILLUMOS, THERE "\r" KEYS "\n" BACK, OK, "" },
	{ "byte beyond ASCII", ILLUMOS, "# \303\274\n" THERE KEYS " srcidtype fqdn \303\274 sp\303\274\n" BACK, ERR, "E SA-L11 2" },
	{ "long comment", ILLUMOS, "# " X1000 X1000 "\n", OK, "" },
	{ "K55 long line", ILLUMOS, "# " X1000 X1000 X100 "\n", WARN, "W SA-L3 1" },
	{ "K55 long line", SOL10, "# " X1000 X1000 X100 "\n", ERR, "E SA-L3 1" },
	{ "too long line", ILLUMOS, "# " X1000 X1000 X1000 X1000 X100 "\n", ERR, "E SA-L3 1" },
	{ "long command", SOL11, "# " X1000 "\\\n# " X1000 "\\\n# " X100 "\n", WARN, "W SA-L3 1" },
	{ "long command", SOL10, "# " X1000 "\\\n# " X1000 "\\\n# " X100 "\n", ERR, "E SA-L3 1" },
	{ "too long command", SOL11, "# " X1000 "\\\n# " X1000 "\\\n# " X1000 "\\\n# " X1000 "\\\n# " X100 "\n", ERR, "E SA-L3 1" },
	{ "K02 continuation", ILLUMOS, "add esp spi 0x100 \\\n\tsrc 192.0.2.1 dst 192.0.2.2 \\\n" KEYS "\n" BACK, OK, "" },
	{ "K06 blank behind \\", ILLUMOS, "add esp spi 0x100 \\ \n\tsrc 192.0.2.1 dst 192.0.2.2 " KEYS "\n" BACK, ERR, "E SA-L2 1" },
	{ "K07 unfinished", ILLUMOS, THERE KEYS " \\", ERR, "E SA-L4 1" },
	{ "K07 nothing is missing where nothing is known", ILLUMOS, BACK THERE KEYS " \\", ERR, "E SA-L4 2" },
	{ "K05 swallowed", ILLUMOS, "# note \\\nflush esp\n", ERR, "E SA-L5 2" },
	{ "K05 swallowed partner", ILLUMOS, "# note \\\n" WITH(""), ERR, "E SA-L5 2" },
	{ "K08 comment inside", ILLUMOS, THERE KEYS " \\\n# note\n" BACK, ERR, "E SA-L5 2" },
	{ "open quote", ILLUMOS, THERE KEYS " srcidtype fqdn \"a b\n" BACK, ERR, "E SA-L8 1" },
	{ "glued quote", ILLUMOS, THERE KEYS " srcidtype fqdn \"a b\"c\n" BACK, ERR, "E SA-L8 1" },
	{ "quote inside", ILLUMOS, THERE KEYS " srcidtype fqdn a\"b c\"\n" BACK, ERR, "E SA-L8 1" },
	{ "empty quotes", ILLUMOS, THERE KEYS " srcidtype fqdn \"\"\n" BACK, ERR, "E SA-L8 1" },
	{ "K46 quoted text", ILLUMOS, WITH("srcidtype fqdn \"a b\" label \"c d\""), OK, "" },
	{ "quoted number", ILLUMOS, WITH("sport \"25\""), ERR, "E SA-L8 1" },
	{ "K09 command in capitals", ILLUMOS, "ADD esp spi 0x100 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n" BACK, ERR, "E SA-L9 1" },
	{ "K09 type in capitals", ILLUMOS, "add ESP spi 0x100 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n" BACK, OK, "" },
	{ "extension in capitals", ILLUMOS, WITH("Sport 25"), ERR, "E SA-L9 1" },
	{ "not a number", ILLUMOS, WITH("iproto x"), ERR, "E SA-L10 1" },
	{ "sign", ILLUMOS, WITH("hard_alloc +5"), ERR, "E SA-L10 1" },
	{ "octal", ILLUMOS, WITH("hard_alloc 010"), WARN, "W SA-L10 1" },
	{ "octal digit that is its own", ILLUMOS, WITH("hard_alloc 07"), OK, "" },
	{ "K33 port", ILLUMOS, WITH("sport 70000"), ERR, "E SA-L10 1" },
	{ "K34 replay", ILLUMOS, WITH("replay 300"), ERR, "E SA-L10 1" },
	{ "beyond 64 bits", ILLUMOS, WITH("hard_bytes 18446744073709551616"), ERR, "E SA-L10 1" },
	{ "64 bits", ILLUMOS, WITH("hard_bytes 18446744073709551615"), OK, "" },
};

static const struct checked_sample commands[] = {
	{ "unknown command", ILLUMOS, "erase esp\n", ERR, "E SA-3 1" },
	{ "K49 dump", ILLUMOS, "dump esp\n", ERR, "E SA-3 1" },
	{ "load", ILLUMOS, "load file\n", ERR, "E SA-3 1" },
	{ "K49 flush", ILLUMOS, "flush\n" WITH(""), OK, "N SA-3 1" },
	{ "flush with words", ILLUMOS, "flush esp ah\n", ERR, "N SA-3 1; E SA-3 1" },
	{ "K49 quit", ILLUMOS, "quit\n" THERE "\n", WARN, "W SA-3 1" },
	{ "nothing behind quit is looked at", ILLUMOS, "exit\nfoo \" \303\274\n" THERE KEYS "\n", WARN, "W SA-3 1" },
	{ "QUIT stops nothing", ILLUMOS, "QUIT\nerase\n", ERR, "E SA-L9 1; E SA-3 2" },
	{ "quit at the end", ILLUMOS, WITH("") "quit\n# the end\n", OK, "" },
	{ "no type", ILLUMOS, "get spi 0x100 dst 192.0.2.2\n", ERR, "E SA-3 1" },
	{ "unknown type", ILLUMOS, "get ipcomp spi 0x100 dst 192.0.2.2\n", ERR, "E SA-3 1" },
	{ "all types", ILLUMOS, "get all spi 0x100 dst 192.0.2.2\n", ERR, "E SA-3 1" },
	{ "types by number", ILLUMOS, "get 3 spi 0x100 dst 192.0.2.2\n", OK, "" },
	{ "K57 key on update", ILLUMOS, "update esp spi 0x100 dst 192.0.2.2 encrkey " K128 "\n", ERR, "E SA-3 1" },
	{ "unknown extension", ILLUMOS, WITH("via 192.0.2.9"), ERR, "E SA-4 1" },
	{ "a misspelt extension is not missing", ILLUMOS, "add esp spi 0x100 src 192.0.2.1 dst 192.0.2.2 encralg aes enckey " K128 "\n", ERR, "W F05 1; E SA-4 1" },
	{ "nor is a misspelt source", ILLUMOS, "add esp spi 0x100 scr 192.0.2.1 dst 192.0.2.2 " KEYS "\n", ERR, "E SA-4 1" },
	{ "K48 refused extension", ILLUMOS, WITH("current_bytes 5"), ERR, "E SA-4 1" },
	{ "K52 extension of another command", ILLUMOS, "get esp spi 0x100 dst 192.0.2.2 authalg sha1\n", ERR, "E SA-4 1" },
	{ "K43 update-pair", ILLUMOS, "update-pair esp spi 1 dst 192.0.2.2 pair-spi 2\n", ERR, "E SA-4 1" },
	{ "K19 spi twice", ILLUMOS, WITH("spi 5"), ERR, "E SA-4 1" },
	{ "the same by another name", ILLUMOS, WITH("saddr 192.0.2.9"), ERR, "E SA-4 1" },
	{ "K15 no spi", ILLUMOS, "add esp src 192.0.2.1 dst 192.0.2.2 " KEYS "\n", ERR, "E SA-S1 1" },
	{ "K17 no dst", ILLUMOS, "add esp spi 0x100 src 192.0.2.1 " KEYS "\n", ERR, "E SA-S1 1" },
	{ "K46 no value", ILLUMOS, WITH("srcidtype fqdn"), ERR, "E SA-4 1" },
	{ "K44 direction first", ILLUMOS, "add esp inbound spi 0x100 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n" BACK, ERR, "E SA-4 1" },
	{ "direction behind spi", ILLUMOS, WITH("outbound"), OK, "" },
	{ "both directions", ILLUMOS, WITH("inbound outbound"), WARN, "W SA-4 1" },
	{ "K53 reserved_bits late", ILLUMOS, THERE KEYS " reserved_bits 0\n" BACK, ERR, "E SA-4 1" },
	{ "reserved_bits", ILLUMOS, WITH("reserved_bits 0"), OK, "" },
	{ "outer label alone", ILLUMOS, WITH("outer-label x"), ERR, "E SA-4 1" },
	{ "labels", ILLUMOS, WITH("label y outer-label x"), OK, "" },
	{ "K32 protocol by name", ILLUMOS, WITH("proto tcp"), ERR, "E SA-4 1" },
	{ "protocol", ILLUMOS, WITH("proto 6"), OK, "" },
	{ "K16 spi 0", ILLUMOS, "add esp spi 0 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n", ERR, "E SA-S1 1" },
	{ "K16 spi beyond 32 bits", ILLUMOS, "add esp spi 0x100000001 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n", ERR, "E SA-L10 1" },
	{ "reserved spi", ILLUMOS, "add esp spi 255 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n", WARN, "W F05 1; W F08 1" },
	{ "the first free spi", ILLUMOS, "add esp spi 256 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n", WARN, "W F05 1" },
	{ "K34 replay window", ILLUMOS, WITH("replay 32"), WARN, "W F09 1" },
	{ "no replay window", ILLUMOS, WITH("replay 0"), OK, "" },
	{ "K47 state by number", ILLUMOS, WITH("state 1"), ERR, "E SA-4 1" },
	{ "K47 state", ILLUMOS, WITH("state mature"), OK, "" },
	{ "dying", ILLUMOS, WITH("state dying"), ERR, "E SA-4 1" },
	{ "unknown encapsulation", ILLUMOS, WITH("encap tcp nat_loc 203.0.113.9"), ERR, "E SA-4 1" },
	{ "unknown type of identity", ILLUMOS, WITH("srcidtype email a@b.example"), ERR, "E SA-4 1" },
	{ "type of identity by number", ILLUMOS, WITH("srcidtype 9 x"), OK, "" },
	{ "proxy", ILLUMOS, WITH("proxy 10.1.0.0/16 idst 10.2.0.0/16"), OK, "N SA-4 1" },
	{ "proxy", SOL9, KEYED("proxy 10.1.0.0/16 encralg 3des encrkey " D1 D2 D3 " " SHA) "delete esp spi 0x101 dst 192.0.2.1\n", ERR, "W F05 1; E SA-S11 1; W SA-10 2; E SA-10 2" },
};

static const struct checked_sample addresses[] = {
	{ "no address", ILLUMOS, "get esp spi 0x100 dst 192.0.2.300\n", ERR, "E SA-4 1" },
	{ "host name", ILLUMOS, "get esp spi 0x100 dst gw.example\n", WARN, "W SA-S8 1" },
	{ "interface", ILLUMOS, "get esp spi 0x100 dst fe80::1%net0\n", ERR, "E SA-4 1" },
	{ "prefix", ILLUMOS, "get esp spi 0x100 dst 192.0.2.0/24\n", ERR, "E SA-4 1" },
	{ "inner prefix", ILLUMOS, WITH("isrc 10.1.0.0/16 idst 10.2.0.0/33"), ERR, "E SA-4 1" },
	{ "family of the word", ILLUMOS, "get esp spi 0x100 dst6 192.0.2.2\n", ERR, "E SA-4 1" },
	{ "family of the word", ILLUMOS, "get esp spi 0x100 dst6 2001:db8::2\n", OK, "" },
	{ "host bits", ILLUMOS, WITH("isrc 10.1.0.1/16 idst 10.2.0.0/16"), WARN, "W SA-4 1" },
	{ "to nobody", ILLUMOS, "add esp spi 0x100 src 192.0.2.1 dst 0.0.0.0 " KEYS "\n", ERR, "E SA-S8 1" },
	{ "from many", ILLUMOS, "add esp spi 0x100 src 224.0.0.5 dst 192.0.2.2 " KEYS "\n", ERR, "E SA-S8 1" },
	{ "to many", ILLUMOS, "get esp spi 0x100 dst 224.0.0.5\n", OK, "" },
	{ "K10 from anywhere", ILLUMOS, "add esp spi 0x100 dst 192.0.2.2 " KEYS "\n", WARN, "W SA-S8 1" },
	{ "from anywhere, and said so", ILLUMOS, "add esp spi 0x100 src 0.0.0.0 dst 192.0.2.2 " KEYS "\n", OK, "" },
	{ "K50 two families", ILLUMOS, "add esp spi 0x100 src 192.0.2.1 dst 2001:db8::2 " KEYS "\n", ERR, "E SA-S8 1" },
	{ "K35 tunnel", ILLUMOS, WITH("isrc 10.1.0.0/16 idst 10.2.0.0/16"), OK, "" },
	{ "K36 protocol of a tunnel", ILLUMOS, WITH("isrc 10.1.0.0/16 idst 10.2.0.0/16 proto 6"), ERR, "E SA-S10 1" },
	{ "protocol of a tunnel", ILLUMOS, WITH("isrc 10.1.0.0/16 idst 10.2.0.0/16 proto 4"), OK, "" },
	{ "the other family's", ILLUMOS, WITH("isrc 10.1.0.0/16 idst 10.2.0.0/16 proto 41"), ERR, "E SA-S10 1" },
	{ "K37 one inner address", ILLUMOS, WITH("isrc 10.1.0.0/16"), ERR, "E SA-S11 1" },
	{ "inner families", ILLUMOS, WITH("isrc 10.1.0.0/16 idst 2001:db8::/32"), ERR, "E SA-S11 1" },
	{ "K38 ports", ILLUMOS, "add esp spi 0x100 src 192.0.2.1 dst 192.0.2.2 isrc 10.1.0.0/16 idst 10.2.0.0/16 sport 5 isport 6 " KEYS "\n", ERR, "W F05 1; E SA-S11 1" },
	{ "K39 no encap", ILLUMOS, WITH("nat_rport 4500"), ERR, "E SA-S12 1" },
	{ "K40 translation", ILLUMOS, WITH("encap udp nat_loc 203.0.113.9 nat_lport 4500"), OK, "" },
	{ "encap misspelt", ILLUMOS, WITH("nat_rport 4500 encp udp"), ERR, "E SA-4 1" },
	{ "address misspelt", ILLUMOS, WITH("encap udp nat_lc 203.0.113.9"), ERR, "E SA-4 1" },
	{ "encap alone", ILLUMOS, WITH("encap udp"), ERR, "E SA-S12 1" },
	{ "remote port alone", ILLUMOS, WITH("encap udp nat_rport 4500"), ERR, "E SA-S12 1" },
	{ "remote port of a tunnel", ILLUMOS, WITH("encap udp nat_rport 4500 isrc 10.1.0.0/16 idst 10.2.0.0/16"), OK, "" },
	{ "K40 ah", ILLUMOS, "add ah spi 0x100 src 192.0.2.1 dst 192.0.2.2 encap udp nat_loc 203.0.113.9 " SHA "\n", ERR, "W F05 1; E SA-S12 1" },
	{ "K45 soft beyond hard", ILLUMOS, WITH("hard_addtime 100 soft_addtime 200"), ERR, "E SA-S9 1" },
	{ "soft before hard", ILLUMOS, WITH("hard_addtime 200 soft_addtime 100"), OK, "" },
	{ "idle beyond soft", ILLUMOS, WITH("hard_addtime 200 soft_addtime 100 idle_addtime 150"), ERR, "E SA-S9 1" },
};

static const struct checked_sample algorithms[] = {
	{ "unknown algorithm", ILLUMOS, CIPHER("encralg rot13 encrkey " K128), ERR, "E SA-7 1" },
	{ "unlisted number", ILLUMOS, CIPHER("encralg 99 encrkey " K128), WARN, "W SA-7 1" },
	{ "number beyond 255", ILLUMOS, CIPHER("encralg 300 encrkey " K128), ERR, "E SA-7 1" },
	{ "algorithm by number", ILLUMOS, CIPHER("encralg 12 encrkey " K128), OK, "" },
	{ "any", ILLUMOS, CIPHER("encralg any"), WARN, "W SA-7 1" },
	{ "0", ILLUMOS, HASH("authalg 0"), WARN, "W SA-7 1" },
	{ "any and a key", ILLUMOS, CIPHER("encralg any encrkey " K128), ERR, "E SA-S5 1" },
	{ "none and a key", ILLUMOS, HASH("authalg none authkey " K160), ERR, "E SA-S5 1" },
	{ "no algorithm", ILLUMOS, KEYED("authkey " K160), ERR, "E SA-S2 1" },
	{ "K18 no key", ILLUMOS, KEYED("encralg aes"), ERR, "E SA-S2 1" },
	{ "K10 ah", ILLUMOS, "add ah spi 0x200 src 192.0.2.1 dst 192.0.2.2 authalg hmac-sha256 authkey " K256 "\n", WARN, "W F05 1" },
	{ "K11 ah with a cipher", ILLUMOS, "add ah spi 0x200 src 192.0.2.1 dst 192.0.2.2 " AES "\n", ERR, "W F05 1; E SA-S3 1" },
	{ "a key without its algorithm", ILLUMOS, HASH("authkey " K160), ERR, "E SA-S5 1" },
	{ "an algorithm without its key", ILLUMOS, HASH("authalg sha1"), ERR, "E SA-S5 1" },
	{ "K13 null with a key", ILLUMOS, CIPHER("encralg null encrkey " K128), ERR, "W SA-S4 1; E SA-S4 1" },
	{ "K12 no encryption", ILLUMOS, KEYED("authalg sha256 authkey " K256), WARN, "W SA-S4 1" },
	{ "null alone", ILLUMOS, KEYED("encralg null authkey " K160), ERR, "E SA-S5 1" },
	{ "K14 no integrity", ILLUMOS, KEYED(AES), WARN, "W SA-S6 1" },
	{ "K21 counter mode", ILLUMOS, KEYED("encralg aes-gcm encrkey " K160), WARN, "W SA-7 1" },
	{ "counter mode and more", ILLUMOS, CIPHER("encralg aes-ccm encrkey " K128 "1f27b6"), WARN, "W SA-7 1; W SA-S6 1" },
	{ "counter mode and none", ILLUMOS, KEYED("encralg aes-gcm encrkey " K160 " authalg any"), WARN, "W SA-7 1; W SA-7 1" },
	{ "K20 wrong length", ILLUMOS, CIPHER("encralg aes encrkey " M160), ERR, "E F03 1" },
	{ "wrong length of a hash", ILLUMOS, HASH("authalg sha256 authkey " K160), ERR, "E F03 1" },
	{ "right lengths", ILLUMOS, CIPHER("encralg aes encrkey " K256), OK, "" },
	{ "K22 no salt", ILLUMOS, KEYED("encralg aes-gcm encrkey " K128), ERR, "W SA-7 1; E F03 1" },
	{ "K31 not hexadecimal", ILLUMOS, HASH("authalg sha1 authkey xyz"), ERR, "E SA-6 1" },
	{ "empty", ILLUMOS, HASH("authalg sha1 authkey 0x"), ERR, "E SA-6 1" },
	{ "no bits", ILLUMOS, HASH("authalg sha1 authkey " K160 "/0"), ERR, "E SA-6 1" },
	{ "K29 0x", ILLUMOS, HASH("authalg sha1 authkey 0x" K160), WARN, "W SA-6 1" },
	{ "K30 odd", ILLUMOS, HASH("authalg sha1 authkey 9d41b07e63c85f2a1e7793d40ab6c25f88e13d0"), WARN, "W SA-6 1" },
	{ "bits are no number", ILLUMOS, HASH("authalg sha1 authkey " K160 "/160x"), ERR, "E SA-6 1" },
	{ "K27 more bits", ILLUMOS, HASH("authalg sha1 authkey " K160 "/161"), ERR, "E SA-6 1" },
	{ "as many bits", ILLUMOS, HASH("authalg sha1 authkey " K160 "/160"), OK, "" },
	{ "K28 fewer bits", ILLUMOS, HASH("authalg md5 authkey " K160 "/128"), WARN, "W SA-6 1" },
	{ "K03 broken", ILLUMOS, THERE AES "authalg sha1 authkey 9d41b07e63c85f2\na1e7793d40ab6c25f88e13d07\n" BACK, ERR, "E F04 2" },
	{ "K03 broken twice", ILLUMOS, THERE AES "authalg sha1 authkey 9d41b07e63c85f2\na1e7793\nd40ab6c25f88e13d07\n" BACK, ERR, "E F04 2" },
	{ "K03 digits behind a whole key", ILLUMOS, THERE KEYS "\na1e7\n" BACK, ERR, "E SA-3 2" },
	{ "K04 joined within the key", ILLUMOS, THERE AES "authalg sha1 authkey 9d41b07e63c85f2\\\na1e7793d40ab6c25f88e13d07\n" BACK, ERR, "E F04 2" },
	{ "K04 a blank behind that", ILLUMOS, THERE AES "authalg sha1 authkey 9d41b07e63c85f2\\ \na1e7793d40ab6c25f88e13d07\n" BACK, ERR, "E SA-L2 1; E F04 2" },
	{ "a blank within the key", ILLUMOS, HASH("authalg sha1 authkey 9d41b07e63c85f2 a1e7793d40ab6c25f88e13d07"), ERR, "E F04 1" },
	{ "a broken key is weak as a whole", ILLUMOS, THERE AES "authalg sha1 authkey 000102030405060\n708090a0b0c0d0e0f10111213\n" BACK, ERR, "W F10 1; E F04 2" },
	{ "K23 3des with two keys", ILLUMOS, CIPHER("encralg 3des encrkey " D1 D2 D1), OK, "" },
	{ "K24 3des with one", ILLUMOS, CIPHER("encralg 3des encrkey " D1 D1 D2), ERR, "E SA-6.2 1" },
	{ "weak", ILLUMOS, CIPHER("encralg 3des encrkey " D1 D2 "0101010101010101"), ERR, "E SA-6.2 1" },
	{ "parity", ILLUMOS, CIPHER("encralg 3des encrkey " D1 D2 "86195d679e9d6895"), WARN, "W SA-6.2 1" },
	{ "one byte repeated", ILLUMOS, CIPHER("encralg aes encrkey abababababababababababababababab"), WARN, "W F10 1" },
	{ "one key for both", ILLUMOS, KEYED("encralg aes encrkey " K128 " authalg md5 authkey " K128 "/128"), WARN, "W F10 1" },
};

static const struct checked_sample between[] = {
	{ "K51 twice", ILLUMOS, WITH("") THERE THIRD, ERR, "E F06 3" },
	{ "the same spi to another", ILLUMOS, WITH("") "add esp spi 0x100 src 192.0.2.1 dst 192.0.2.3 " THIRD "add esp spi 0x103 src 192.0.2.3 dst 192.0.2.1 authalg sha256 authkey " K256 " pair-spi 0x100\n", WARN, "W SA-S4 4" },
	{ "the same of another type", ILLUMOS, WITH("") "add ah spi 0x100 src 192.0.2.1 dst 192.0.2.2 authalg sha256 authkey " K256 "\n", WARN, "W F05 3" },
	{ "deleted in between", ILLUMOS, WITH("") "delete esp spi 0x100 dst 192.0.2.2\n" THERE THIRD, OK, "N SA-S13 4" },
	{ "deleted with its partner", ILLUMOS, WITH("") "delete-pair esp spi 0x101 dst 192.0.2.1\n" THERE THIRD, WARN, "W F05 4" },
	{ "the other direction deleted", ILLUMOS, WITH("") "delete esp spi 0x101 dst 192.0.2.1\n", WARN, "W F05 1" },
	{ "and added anew", ILLUMOS, WITH("") "delete esp spi 0x101 dst 192.0.2.1\n" OTHER THIRD, OK, "N SA-S13 4" },
	{ "flushed in between", ILLUMOS, WITH("") "flush esp\n" THERE THIRD, WARN, "N SA-3 3; W F05 4" },
	{ "K01 lone", ILLUMOS, THERE KEYS "\n", WARN, "W F05 1" },
	{ "K42 first names second", ILLUMOS, THERE KEYS " pair-spi 0x101\n" OTHER THIRD, ERR, "E SA-S13 1" },
	{ "pair of nobody", ILLUMOS, THERE KEYS " pair-spi 0x999\n", ERR, "E SA-S13 1" },
	{ "pair of somebody misspelt", ILLUMOS, "ad esp spi 0x100 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n" BACK, ERR, "E SA-3 1" },
	{ "pair of somebody from nowhere", ILLUMOS, "add esp spi 0x100 src 192.0.2.300 dst 192.0.2.2 " KEYS "\n" BACK, ERR, "E SA-4 1" },
	{ "pair for somebody from nowhere", ILLUMOS, THERE KEYS "\nadd esp spi 0x101 src 192.0.2.300 dst 192.0.2.1 pair-spi 0x100 " THIRD, ERR, "E SA-4 2" },
	{ "pair for what is flushed", ILLUMOS, THERE KEYS "\nflush\n" OTHER THIRD "update esp spi 0x100 dst 192.0.2.2 pair-spi 0x101\n", WARN, "N SA-3 2; W F05 3" },
	{ "back without an spi", ILLUMOS, THERE KEYS "\nadd esp src 192.0.2.2 dst 192.0.2.1 " THIRD, ERR, "E SA-S1 2" },
	{ "pair of the same direction", ILLUMOS, WITH("") "add esp spi 0x102 src 192.0.2.2 dst 192.0.2.1 authalg sha256 authkey " K256 " pair-spi 0x101\n", ERR, "W SA-S4 3; E SA-S13 3" },
	{ "taken", ILLUMOS, WITH("") "add esp spi 0x102 src 192.0.2.2 dst 192.0.2.1 authalg sha256 authkey " K256 " pair-spi 0x100\n", ERR, "W SA-S4 3; E SA-S13 3" },
	{ "K54 unnamed", ILLUMOS, THERE KEYS "\n" OTHER KEYS "\n", OK, "N SA-S13 2" },
	{ "K54 unnamed", SOL10, THERE KEYS "\n" OTHER KEYS "\n", OK, "" },
	{ "two there and one back", ILLUMOS, WITH("") "add esp spi 0x102 src 192.0.2.1 dst 192.0.2.2 " THIRD, OK, "" },
	{ "ports there and none back", ILLUMOS, WITH("") "add esp spi 0x102 src 192.0.2.1 sport 25 dst 192.0.2.2 " THIRD, OK, "" },
	{ "ports that do not meet", ILLUMOS, THERE "sport 25 " KEYS "\n" OTHER "dport 26 " THIRD, WARN, "W F05 1; W F05 2" },
	{ "back from anywhere", ILLUMOS, THERE KEYS "\nadd esp spi 0x101 dst 192.0.2.1 " THIRD, WARN, "W SA-S8 2" },
	{ "to itself", ILLUMOS, "add esp spi 0x100 src 192.0.2.1 dst 192.0.2.1 " KEYS "\n", OK, "" },
	{ "back under a name", ILLUMOS, THERE KEYS "\nadd esp spi 0x101 src gw.example dst 192.0.2.1 " THIRD, WARN, "W SA-S8 2" },
	{ "both under names", ILLUMOS, "add esp spi 0x100 src a.example dst b.example " KEYS "\nadd esp spi 0x101 src b.example dst a.example pair-spi 0x100 " THIRD, WARN, "W SA-S8 1; W SA-S8 1; W SA-S8 2; W SA-S8 2" },
	{ "alone under names", ILLUMOS, "add esp spi 0x100 src a.example dst b.example " KEYS "\n", WARN, "W F05 1; W SA-S8 1; W SA-S8 1" },
	{ "paired under another name", ILLUMOS, THERE KEYS "\nadd esp spi 0x101 src gw.example dst 192.0.2.1 pair-spi 0x100 " THIRD, WARN, "W SA-S8 2" },
	{ "the key of another", ILLUMOS, WITH("") "add esp spi 0x300 src 192.0.2.1 dst 192.0.2.3 authalg sha1 authkey " K160 "\n", WARN, "W SA-S4 3; W F05 3; W F10 3" },
	{ "one key for a pair", ILLUMOS, THERE KEYS "\n" OTHER "pair-spi 0x100 " KEYS "\n", OK, "" },
	{ "one key for what may be a pair", ILLUMOS, THERE KEYS "\nadd esp spi 0x101 dst 192.0.2.1 " KEYS "\n", WARN, "W SA-S8 2" },
	{ "one key for a pair and more", ILLUMOS, WITH("") "add esp spi 0x300 dst 192.0.2.1 " KEYS "\n", WARN, "W SA-S8 3; W F10 3; W F10 3" },
	{ "a broken key is compared as a whole", ILLUMOS, WITH("") "add ah spi 0x300 src 192.0.2.1 dst 192.0.2.3 authalg sha1 authkey 9d41b07e63c85f2\na1e7793d40ab6c25f88e13d08\n", ERR, "W F05 3; E F04 4" },
	{ "and found", ILLUMOS, WITH("") "add ah spi 0x300 src 192.0.2.1 dst 192.0.2.3 authalg sha1 authkey 9d41b07e63c85f2\na1e7793d40ab6c25f88e13d07\n", ERR, "W F05 3; W F10 3; E F04 4" },
};

static const struct checked_sample releases[] = {
	{ "pair-spi", SOL10, WITH(""), ERR, "E SA-10 2" },
	{ "pair-spi", SOL11, WITH(""), OK, "" },
	{ "update-pair", SOL10, "update-pair esp spi 0x100 dst 192.0.2.2 hard_addtime 5\n", ERR, "E SA-10 1" },
	{ "inner addresses", SOL9, "update esp spi 0x100 dst 192.0.2.2 isrc 10.1.0.0/16 idst 10.2.0.0/16\n", ERR, "E SA-10 1; E SA-10 1" },
	{ "inner addresses", SOL10, "update esp spi 0x100 dst 192.0.2.2 isrc 10.1.0.0/16 idst 10.2.0.0/16\n", OK, "" },
	{ "counter mode", SOL10, THERE "encralg aes-gcm encrkey " K160 "\n", ERR, "W F05 1; E SA-10 1; W SA-7 1" },
	{ "sha256, twice", SOL10, THERE AES "authalg sha256 authkey " K256 "\nadd esp spi 0x101 src 192.0.2.2 dst 192.0.2.1 encralg aes encrkey " L128 " authalg sha256 authkey " K256 "\n", WARN, "W SA-10 1" },
	{ "sha256", SOL11, THERE AES "authalg sha256 authkey " K256 "\n" BACK, OK, "" },
	{ "md5", SOL114, THERE AES "authalg md5 authkey " M128 "\n" BACK, WARN, "W SA-10 1" },
	{ "camellia", ILLUMOS, CIPHER("encralg camellia encrkey " M128), ERR, "E SA-10 1" },
	{ "blowfish", SOL10, THERE "encralg blowfish encrkey " M160 " " SHA "\n" OTHER "encralg aes encrkey " L128 " authalg sha1 authkey " L160 "\n", OK, "" },
	{ "blowfish", ILLUMOS, CIPHER("encralg blowfish encrkey " M160), ERR, "E F03 1" },
	{ "blowfish of 128 bits", ILLUMOS, CIPHER("encralg blowfish encrkey " M128), OK, "" },
};
/* clang-format on */

static const struct {
	const struct checked_sample *samples;
	size_t count;
} all[] = {
	{ lines, ARRAY_SIZE(lines) },         { commands, ARRAY_SIZE(commands) },
	{ addresses, ARRAY_SIZE(addresses) }, { algorithms, ARRAY_SIZE(algorithms) },
	{ between, ARRAY_SIZE(between) },     { releases, ARRAY_SIZE(releases) },
};

Test(lint_manual, lines_and_words)
{
	checked_samples(LOCATION_IPSECKEYS, lines, ARRAY_SIZE(lines));
}

Test(lint_manual, commands_and_extensions)
{
	checked_samples(LOCATION_IPSECKEYS, commands, ARRAY_SIZE(commands));
}

Test(lint_manual, addresses_and_what_depends_on_them)
{
	checked_samples(LOCATION_IPSECKEYS, addresses, ARRAY_SIZE(addresses));
}

Test(lint_manual, algorithms_and_keys)
{
	checked_samples(LOCATION_IPSECKEYS, algorithms, ARRAY_SIZE(algorithms));
}

Test(lint_manual, between_commands)
{
	checked_samples(LOCATION_IPSECKEYS, between, ARRAY_SIZE(between));
}

Test(lint_manual, releases)
{
	checked_samples(LOCATION_IPSECKEYS, releases, ARRAY_SIZE(releases));
}

Test(lint_manual, nul_bytes)
{
	static const char text[] = "# a\0b\nget esp spi 0x100 dst 192.0.2\0.2\n";
	struct strbuf sb = STRBUF_INIT;
	struct checked c;

	checked_text(&c, LOCATION_IPSECKEYS, text, sizeof text - 1, ILLUMOS);
	checked_print(&c, &sb);
	cr_expect_str_eq(sb.buf, "E SA-L11 2");
	strbuf_release(&sb);
	checked_release(&c);
}

static void expect_message(const char *text, const char *id, const char *message, const char *fix)
{
	struct strbuf said = STRBUF_INIT, way = STRBUF_INIT;
	struct checked c;
	size_t i;

	checked_text(&c, LOCATION_IPSECKEYS, text, strlen(text), ILLUMOS);
	for (i = 0; i < lint_findings(c.lint)->count && said.len == 0; i++) {
		const struct finding *finding = &lint_findings(c.lint)->items[i];

		if (strcmp(checks[finding->check].id, id) != 0)
			continue;
		lint_message(c.lint, finding, &said);
		lint_fix(c.lint, finding, &way);
	}
	cr_expect_str_eq(said.buf, message);
	if (fix != NULL)
		cr_expect_str_eq(way.buf, fix);
	strbuf_release(&said);
	strbuf_release(&way);
	checked_release(&c);
}

Test(lint_manual, messages_name_what_is_wanted)
{
	expect_message("udpate esp spi 1\n", "SA-3", "this is no command; did you mean 'update'?",
		       NULL);
	expect_message("add esp encralgo aes\n", "SA-4",
		       "this is no extension that add takes; did you mean 'encralg'?", NULL);
	expect_message("update-pair esp pair-sp 1\n", "SA-4",
		       "this is no extension that update-pair takes", NULL);
	expect_message("add esp state matur\n", "SA-4", "this is no state; did you mean 'mature'?",
		       "write mature, or leave state out");
	expect_message("add esp srcidtype mailbx a\n", "SA-4",
		       "this is no type of identity; did you mean 'mailbox'?",
		       "write one of prefix, fqdn, user_fqdn, der_dn, der_gn");
	expect_message(CIPHER("encralg aes encrkey " M160), "F03",
		       "aes needs a key of 128, 192 or 256 bits, and this one has 160", NULL);
	expect_message(CIPHER("encralg 12 encrkey " M160), "F03",
		       "aes-cbc needs a key of 128, 192 or 256 bits, and this one has 160", NULL);
	expect_message(HASH("authalg SHA-256 authkey " K160), "F03",
		       "SHA-256 needs a key of 256 bits, and this one has 160", NULL);
	expect_message(KEYED("reserved_bits 64 encralg aes-gcm encrkey " K128), "F03",
		       "aes-gcm needs 224, 288 or 352 bits, a salt behind the key among them, and "
		       "this key has 128",
		       NULL);
	expect_message(KEYED("encralg aes-ccm encrkey " K128), "F03",
		       "aes-ccm needs 152, 216 or 280 bits, a salt behind the key among them, and "
		       "this key has 128",
		       NULL);
	expect_message(CIPHER("encralg blowfish encrkey " M160), "F03",
		       "illumos takes 128 bits alone for blowfish, and this key has 160", NULL);
	expect_message(WITH("sport 70000"), "SA-L10",
		       "sport takes 0 to 65535; the tool cuts a larger number without a word",
		       "write a number, 0 to 65535");
	expect_message(WITH("proto tcp"), "SA-4", "proto takes the number of a protocol, here 6",
		       "write 6");
	expect_message(WITH("isrc 10.1.2.3/16 idst 10.2.0.0/16"), "SA-4",
		       "bits are set behind the prefix; the network is 10.1.0.0/16",
		       "write 10.1.0.0/16, or the length that fits the address");
	expect_message(WITH("") THERE THIRD, "F06",
		       "type, spi and destination are those of the command on line 1", NULL);
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* Whether four digits in a row are those of one of the keys. */
static bool shows_key(const char *text)
{
	static const char keys[] =
		K128 " " L128 " " M128 " " K160 " " L160 " " M160 " " K256 " " D1 " " D2 " " D3;
	size_t digits = 0;

	for (; *text != '\0'; text++) {
		char run[5] = "";

		digits = is_hex(*text) ? digits + 1 : 0;
		if (digits < 4)
			continue;
		memcpy(run, text - 3, 4);
		if (strstr(keys, run) != NULL)
			return true;
	}
	return false;
}

Test(lint_manual, no_message_shows_a_key)
{
	size_t i, k, f;

	for (i = 0; i < ARRAY_SIZE(all); i++) {
		for (k = 0; k < all[i].count; k++) {
			const struct checked_sample *s = &all[i].samples[k];
			struct strbuf text = STRBUF_INIT;
			struct checked c;

			checked_text(&c, LOCATION_IPSECKEYS, s->text, strlen(s->text), s->dialect);
			for (f = 0; f < lint_findings(c.lint)->count; f++) {
				lint_message(c.lint, &lint_findings(c.lint)->items[f], &text);
				lint_fix(c.lint, &lint_findings(c.lint)->items[f], &text);
			}
			cr_expect_not(shows_key(text.buf), "%s: %s", s->name, text.buf);
			strbuf_release(&text);
			checked_release(&c);
		}
	}
	cr_expect(shows_key("a " K160));
	cr_expect_not(shows_key("4096 2048"));
}

#define CONFIG  "/etc/inet/ike/config"
#define POLICY  "/etc/inet/ipsecinit.conf"
#define SECRET  "/etc/inet/secret/ipseckeys"
#define CERT    "/etc/inet/ike/publickeys/1"
#define CERTKEY "/etc/inet/secret/ike.privatekeys/1"

#define ALGS       "ipsec {encr_algs aes encr_auth_algs sha1 sa shared}\n"
#define PAIR       THERE KEYS "\n" OTHER THIRD
#define BOTH(a, b) "{laddr " a " raddr " b "} " ALGS
#define CMP_POLICY "{laddr 192.0.2.1 lport 829 raddr 192.0.2.2 ulp tcp} " ALGS
#define CMP(a, b)                                                                                  \
	"add esp spi 691 proto 6 src " a " sport 829 dst " b " " KEYS "\n"                         \
	"add esp spi 690 proto 6 dst " a " dport 829 src " b " " THIRD
#define CMP_PAIR CMP("192.0.2.1", "192.0.2.2")

/* What is found in ipseckeys and ipsecinit.conf of a host, in profile mdm-ssm and in solaris, which
 * has that the two directions are no pair on top; ids of single policies are the policies'. */
struct tree_sample {
	const char *name;
	const char *keys, *policies; /* NULL: there is no such file */
	bool certificate;
	const char *together, *alone;
};

/* One sample a line. */
/* clang-format off */
static const struct tree_sample trees[] = {
	{ "a policy for the pair", PAIR, BOTH("192.0.2.1", "192.0.2.2"), true, "N FILE-7 1", "" },
	{ "seen from the other end", PAIR, BOTH("192.0.2.2", "192.0.2.1"), true, "N FILE-7 1", "" },
	{ "a policy for its network", PAIR, BOTH("192.0.2.1", "192.0.2.0/24"), true, "N FILE-7 1", "" },
	{ "a policy without addresses", PAIR, "{ulp tcp} " ALGS, true, "N FILE-7 1", "" },
	{ "in the old style", PAIR, "{src 192.0.2.1 dst 192.0.2.2} apply {encr_algs aes encr_auth_algs sha1 sa shared}\n", true, "N FILE-7 1", "" },
	{ "a policy for another peer", PAIR, BOTH("192.0.2.1", "192.0.2.3"), true, "N E12 1; N FILE-7 1", "N E12 1" },
	{ "two policies with one end each", PAIR, BOTH("192.0.2.1", "192.0.2.3") BOTH("192.0.2.4", "192.0.2.2"), true, "N E12 1; N FILE-7 1", "N E12 1" },
	{ "a policy for IPv6", PAIR, BOTH("2001:db8::1", "2001:db8::2"), true, "N E12 1; N FILE-7 1", "N E12 1" },
	{ "a policy that lets pass", PAIR, "{laddr 192.0.2.1 raddr 192.0.2.2 dir both} bypass {}\n", true, "N E12 0; N FILE-7 1", "N E12 0" },
	{ "one of two alternatives protects", PAIR, "{laddr 192.0.2.1 raddr 192.0.2.2 dir both} " "ipsec {encr_algs aes encr_auth_algs sha1 sa shared} or bypass {}\n", true, "N FILE-7 1", "" },
	{ "no policies", PAIR, "# none\n", true, "N E12 0; N FILE-7 1", "N E12 0" },
	{ "no file of policies", PAIR, NULL, true, "N E12 0; N FILE-7 1", "N E12 0" },
	{ "a policy that nobody understands", PAIR, BOTH("192.0.2.1", "gw.example"), true, "N FILE-7 1", "" },
	{ "half a policy", PAIR, BOTH("192.0.2.1", "192.0.2.3") "{laddr\n", true, "N FILE-7 1", "" },
	{ "no policy at all", PAIR, BOTH("192.0.2.1", "192.0.2.3") "nonsense\n", true, "N FILE-7 1", "" },
	{ "a policy of a tunnel", PAIR, "{tunnel ip.tun0 negotiate tunnel laddr 10.1.0.0/16 raddr 10.2.0.0/16} " ALGS, true, "N FILE-7 1", "" },
	{ "a key that is deleted again", PAIR "delete esp spi 0x100 dst 192.0.2.2\ndelete esp spi 0x101 dst 192.0.2.1\n", BOTH("192.0.2.1", "192.0.2.3"), true, "", "" },
	{ "a key for a name", "add esp spi 0x100 src gw.example dst 192.0.2.2 " KEYS "\n", BOTH("192.0.2.1", "192.0.2.3"), true, "W F05 1; N FILE-7 1; W SA-S8 1", "W F05 1; W SA-S8 1" },
	{ "a key from anywhere", "add esp spi 0x100 dst 192.0.2.2 " KEYS "\n", BOTH("192.0.2.1", "192.0.2.3"), true, "W SA-S8 1; N FILE-7 1", "W SA-S8 1" },
	{ "no keys", "# none\n", BOTH("192.0.2.1", "192.0.2.3"), true, "", "" },

	{ "CMP", CMP_PAIR, CMP_POLICY, true, "", "" },
	{ "CMP and more", CMP_PAIR PAIR, CMP_POLICY BOTH("192.0.2.1", "192.0.2.2"), true, "N FILE-7 3; W F10 3; W F10 3; W F10 4; W F10 4", "W F10 3; W F10 3; W F10 4; W F10 4" },
	{ "CMP by its numbers", "add esp spi 691 src 192.0.2.1 dst 192.0.2.2 " KEYS "\nadd esp spi 690 dst 192.0.2.1 src 192.0.2.2 " THIRD, CMP_POLICY, true, "", "" },
	{ "its numbers for something else", "add esp spi 691 src 192.0.2.1 dst 192.0.2.2 sport 25 " KEYS "\nadd esp spi 690 dst 192.0.2.1 dport 25 src 192.0.2.2 " THIRD, BOTH("192.0.2.1", "192.0.2.2"), true, "N FILE-7 1", "" },
	{ "CMP under a policy for everything", CMP_PAIR, BOTH("192.0.2.1", "192.0.2.2"), true, "", "" },
	{ "CMP under a policy for another port", CMP_PAIR, "{laddr 192.0.2.1 raddr 192.0.2.2 rport 25 ulp tcp} " ALGS, true, "W B15 1", "" },
	{ "CMP under a policy for udp", CMP_PAIR, "{laddr 192.0.2.1 raddr 192.0.2.2 rport 829 ulp udp} " ALGS, true, "W B15 1", "" },
	{ "CMP without a policy", CMP_PAIR, "# none\n", true, "W B15 1", "N E12 0" },
	{ "CMP without a file of policies", CMP_PAIR, NULL, true, "W B15 1", "N E12 0" },
	{ "CMP with another MSS than the policy", CMP("192.0.2.1", "192.0.2.3"), CMP_POLICY, true, "P W B15 1; W B15 1", "N E12 1" },
	{ "a policy without CMP", "# none\n", CMP_POLICY, true, "P W B15 1", "" },
	{ "a policy without a file of keys", NULL, CMP_POLICY, true, "P W B15 1", "" },
	{ "for both families", NULL, "{lport 829 ulp tcp} " ALGS, true, "P W B15 1", "" },
	{ "keys for everything serve CMP", PAIR, CMP_POLICY, true, "N FILE-7 1", "" },
	{ "a policy, and keys that nobody understands", "ad esp\n", CMP_POLICY, true, "E SA-3 1", "E SA-3 1" },
	{ "CMP in a policy with a port that nobody knows", CMP_PAIR, "{laddr 192.0.2.1 lport nonsuch raddr 192.0.2.2 ulp tcp} " ALGS, true, "", "" },
	{ "CMP to a port, in a policy with one that nobody knows", CMP_PAIR, "{laddr 192.0.2.1 lport nonsuch raddr 192.0.2.2 rport 25 ulp tcp} " ALGS, true, "", "" },
	{ "CMP that a bypass lets pass", NULL, "{laddr 192.0.2.1 raddr 192.0.2.2 dir both} bypass {}\n" CMP_POLICY, true, "", "" },
	{ "no CMP: a port that nobody knows", NULL, "{laddr 192.0.2.1 lport 829 raddr 192.0.2.2 rport nonsuch ulp tcp} " ALGS, true, "", "" },
	{ "no CMP: a policy that lets pass", NULL, "{lport 829 ulp tcp dir both} bypass {}\n", true, "", "" },
	{ "no CMP: a policy for udp", NULL, "{laddr 192.0.2.1 lport 829 raddr 192.0.2.2 ulp udp} " ALGS, true, "", "" },
	{ "CMP: a policy for every protocol", NULL, "{laddr 192.0.2.1 lport 829 raddr 192.0.2.2} " ALGS, true, "P W B15 1", "" },
	{ "no CMP: ah", "add ah spi 691 proto 6 src 192.0.2.1 sport 829 dst 192.0.2.2 " SHA "\nadd ah spi 690 proto 6 src 192.0.2.2 dst 192.0.2.1 dport 829 authalg sha1 authkey " M160 "\n", BOTH("192.0.2.1", "192.0.2.2"), true, "N FILE-7 1", "" },
	{ "no CMP: udp", "add esp spi 691 proto 17 src 192.0.2.1 sport 829 dst 192.0.2.2 " KEYS "\nadd esp spi 690 proto 17 src 192.0.2.2 dst 192.0.2.1 dport 829 " THIRD, BOTH("192.0.2.1", "192.0.2.2"), true, "N FILE-7 1", "" },
	{ "no CMP: a tunnel", "add esp spi 691 src 192.0.2.1 dst 192.0.2.2 isrc 10.1.0.0/16 idst 10.2.0.0/16 " KEYS "\nadd esp spi 690 src 192.0.2.2 dst 192.0.2.1 isrc 10.2.0.0/16 idst 10.1.0.0/16 " THIRD, BOTH("192.0.2.1", "192.0.2.2"), true, "N FILE-7 1", "" },
	{ "CMP, no certificate and no policy", CMP_PAIR, "# none\n", false, "W B15 1", "N E12 0" },
	{ "one direction alone", "add esp spi 0x101 src 192.0.2.2 dst 192.0.2.1 " THIRD, BOTH("192.0.2.1", "192.0.2.3"), true, "W F05 1; N E12 1; N FILE-7 1", "W F05 1; N E12 1" },
	{ "CMP and no certificate", CMP_PAIR, CMP_POLICY, false, "N B15 1", "" },
};
/* clang-format on */

static void copy_sample(const char *root, const char *name, mode_t mode)
{
	struct file_info info;
	struct blob blob;

	file_read(DATA "/sample-host", name, false, &blob, &info);
	cr_assert_eq(info.state, FILE_READ, "%s", name);
	tree_bytes(root, name, blob.data, blob.len, mode);
	blob_release(&blob);
}

/* As checked_print, of the two files alone; what is about the policies has a P before it. What the
 * policies' own tests are about is left out. */
static void print_findings(const struct checked *c, struct strbuf *sb)
{
	size_t i;

	for (i = 0; i < lint_findings(c->lint)->count; i++) {
		const struct finding *f = &lint_findings(c->lint)->items[i];
		const char *id = checks[f->check].id;
		bool policy = f->file == LOCATION_IPSECINIT && strcmp(id, "B15") == 0;

		/* The note on pairs is everywhere in the newer dialect. */
		if ((f->file == LOCATION_IPSECKEYS && strcmp(id, "SA-S13") != 0) || policy)
			strbuf_addf(sb, "%s%s%c %s %u", sb->len > 0 ? "; " : "", policy ? "P " : "",
				    "-NWE"[f->severity], id, checked_line(c, f));
	}
}

static bool *seen; /* of each row, where somebody wants to know */

static void mark_seen(const struct checked *c)
{
	size_t i;

	for (i = 0; seen != NULL && i < lint_findings(c->lint)->count; i++)
		seen[lint_findings(c->lint)->items[i].check] = true;
}

static void check_tree(const struct tree_sample *s, const char *profile, const char *wanted)
{
	char *root = tree_new();
	struct strbuf sb = STRBUF_INIT;
	struct checked c;

	tree_file(root, CONFIG, "# none\n", 0644);
	tree_folder(root, "/etc/inet/secret", 0700);
	if (s->keys != NULL)
		tree_file(root, SECRET, s->keys, 0600);
	if (s->policies != NULL)
		tree_file(root, POLICY, s->policies, 0644);
	if (s->certificate) {
		copy_sample(root, CERT, 0644);
		copy_sample(root, CERTKEY, 0600);
	}
	checked_tree(&c, root, profile);
	mark_seen(&c);
	print_findings(&c, &sb);
	cr_expect_str_eq(sb.buf, wanted, "%s in %s: '%s', not '%s'", s->name, profile, sb.buf,
			 wanted);
	strbuf_release(&sb);
	checked_release(&c);
	tree_free(root);
}

Test(lint_manual, keys_policies_and_certificates, .timeout = 60)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(trees); i++) {
		check_tree(&trees[i], "mdm-ssm", trees[i].together);
		check_tree(&trees[i], "solaris", trees[i].alone);
	}
}

#define RSASIG                                                                                      \
	"p1_xform { auth_method rsa_sig oakley_group 2 auth_alg sha encr_alg 3des "                 \
	"p1_lifetime_secs 86400 }\n{ label INDEXID_1 local_id_type dn local_id \"CN=a\" remote_id " \
	"\"\" local_addr 192.0.2.1 remote_addr 192.0.2.9 }\n"

/* Who has rules that need a certificate lacks one: that is said of the rules. */
Test(lint_manual, keys_wait_for_no_certificate_that_is_missing)
{
	char *root = tree_new();
	struct strbuf sb = STRBUF_INIT;
	struct checked c;

	tree_file(root, CONFIG, RSASIG, 0644);
	tree_file(root, SECRET, CMP_PAIR, 0600);
	tree_file(root, POLICY, CMP_POLICY, 0644);
	checked_tree(&c, root, "mdm-ssm");
	print_findings(&c, &sb);
	cr_expect_str_empty(sb.buf);
	strbuf_release(&sb);
	checked_release(&c);
	tree_free(root);
}

/* A policy that has no peer at all lacks more than keys. */
Test(lint_manual, a_policy_without_a_peer_is_not_said_to_lack_keys)
{
	char *root = tree_new();
	struct checked c;
	size_t i, missing = 0;

	tree_file(root, CONFIG, RSASIG, 0644);
	tree_file(root, POLICY, CMP_POLICY, 0644);
	checked_tree(&c, root, "mdm-ssm");
	for (i = 0; i < lint_findings(c.lint)->count; i++) {
		const struct finding *f = &lint_findings(c.lint)->items[i];

		missing += strcmp(checks[f->check].id, "E11") == 0;
		cr_expect_str_neq(checks[f->check].id, "B15");
	}
	cr_expect_eq(missing, 1);
	checked_release(&c);
	tree_free(root);
}

/* What stands in its place may be keys. */
Test(lint_manual, what_cannot_be_read_is_not_missing)
{
	char *root = tree_new();
	struct strbuf sb = STRBUF_INIT;
	struct checked c;

	tree_file(root, CONFIG, "# none\n", 0644);
	tree_folder(root, SECRET, 0700);
	tree_file(root, POLICY, CMP_POLICY, 0644);
	checked_tree(&c, root, "mdm-ssm");
	print_findings(&c, &sb);
	cr_expect_str_eq(sb.buf, "E FILE-0 0");
	strbuf_release(&sb);
	checked_release(&c);
	tree_empty(root);
	tree_file(root, CONFIG, "# none\n", 0644);
	tree_file(root, SECRET, CMP_PAIR, 0600);
	tree_folder(root, "/etc/inet/secret", 0700);
	tree_folder(root, POLICY, 0755);
	checked_tree(&c, root, "mdm-ssm");
	print_findings(&c, &sb);
	cr_expect_str_eq(sb.buf, "N B15 1");
	strbuf_release(&sb);
	checked_release(&c);
	tree_free(root);
}

/* Nothing is said of what other files may hold where there is one file alone. */
Test(lint_manual, one_file_says_nothing_of_others)
{
	struct strbuf sb = STRBUF_INIT;
	struct checked c;

	checked_text(&c, LOCATION_IPSECKEYS, WITH(""), strlen(WITH("")), ILLUMOS);
	checked_print(&c, &sb);
	cr_expect_str_empty(sb.buf);
	checked_release(&c);
	checked_text(&c, LOCATION_IPSECINIT, CMP_POLICY, strlen(CMP_POLICY), ILLUMOS);
	checked_print(&c, &sb);
	cr_expect_str_empty(sb.buf);
	checked_release(&c);
	strbuf_release(&sb);
}

static void weak_profile(const char *profile, const char *wanted)
{
	static const char keys[] =
		THERE "encralg des encrkey " D1 " authalg md5 authkey " K128 "\n";
	char *root = tree_new();
	struct checked c;
	size_t i;

	tree_file(root, SECRET, keys, 0600);
	checked_tree(&c, root, profile);
	for (i = 0; i < lint_findings(c.lint)->count; i++) {
		const struct finding *f = &lint_findings(c.lint)->items[i];
		struct strbuf sb = STRBUF_INIT;

		if (f->file != LOCATION_IPSECKEYS || !checked_is_advice(f))
			continue;
		strbuf_addf(&sb, "%c %s ", "-NWE"[f->severity], checks[f->check].id);
		lint_message(c.lint, f, &sb);
		cr_expect_str_eq(sb.buf, wanted);
		wanted = "no more";
		strbuf_release(&sb);
	}
	cr_expect_str_eq(wanted, "no more");
	checked_release(&c);
	tree_free(root);
}

Test(lint_manual, weak_algorithms)
{
	weak_profile("mdm-ssm", "N MSS-WEAK the command uses des-cbc, hmac-md5, which no longer "
				"protects well");
	weak_profile("solaris",
		     "W A36 the command uses des-cbc, hmac-md5, which no longer protects");
}

/* The rows of checks_manual.inc. */
static bool is_manual_row(size_t row)
{
	const struct check *check = &checks[row];

	return check->reader == READER_MANUAL || check->manual != NULL ||
	       check->join >= JOIN_SA_NO_POLICY ||
	       (strcmp(check->id, "SA-10") == 0 || strcmp(check->id, "F03") == 0);
}

/* Each row is seen in a sample: alone, whatever it was said of. */
Test(lint_manual, every_row_has_a_sample)
{
	size_t i, k;

	seen = xcalloc(check_count, sizeof *seen);

	for (i = 0; i < ARRAY_SIZE(all); i++) {
		for (k = 0; k < all[i].count; k++) {
			const struct checked_sample *s = &all[i].samples[k];
			struct checked c;

			checked_text(&c, LOCATION_IPSECKEYS, s->text, strlen(s->text), s->dialect);
			mark_seen(&c);
			checked_release(&c);
		}
	}
	for (i = 0; i < ARRAY_SIZE(trees); i++)
		check_tree(&trees[i], "mdm-ssm", trees[i].together);
	/* A NUL cannot stand in a sample, and weak ones are notes in the other profile. */
	seen[check_row("SA-L11", "NUL byte")] = true;
	seen[check_row("MSS-WEAK", "weak manual key, but what an MSS speaks")] = true;
	for (i = 0; i < check_count; i++)
		cr_expect(seen[i] || !is_manual_row(i), "%s, %s", checks[i].id, checks[i].title);
	free(seen);
}
