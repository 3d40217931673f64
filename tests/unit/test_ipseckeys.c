#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/xalloc.h"
#include "formats/ipseckeys/scan.h"
#include "tests/tools/corpus.h"
#include "tests/tools/projection.h"
#include "tests/unit/samples.h"

/* Keys that are nobody's; those of DES have odd parity. */
#define K128 "7c3f9a1e5b2d4860c9e1f7a3b5d28046"
#define L128 "a4c123b1612dd272d1371c17149d4395"
#define K160 "9d41b07e63c85f2a1e7793d40ab6c25f88e13d07"
#define L160 "36b3216fdaeeb975729fae923d5a4fd12aabfe22"
#define K256 "8f219e9cb0eb53f16947ccf25ec84d8dbc74254770f58904dba41ecccc3fc162"
#define K384                                                                                       \
	"6e53a13043b026c48bbf33feff9243a8f506b40928b5b7a767c76fb008f86bebb2737f6a6f0fb23c6f5da2cec255404e"
#define K512                                                                                       \
	"4fb440034d6608697a8d41bed440e50454f31af3176813e02ea68ef786e4d3cea27d26934b484e73cf575dcad6ba2b0aee0ca923732881584d8c4fa2815d2802"
#define D1         "852a7023863ee904"
#define D2         "add58943167a3852"
#define D3         "86195d679e9d6894"
#define AES        "encralg aes encrkey " K128 " "
#define SHA        "authalg sha1 authkey " K160
#define KEYS       AES SHA
#define OTHER_KEYS "encralg aes encrkey " L128 " authalg sha1 authkey " L160
#define THERE      "add esp spi 0x100 src 192.0.2.1 dst 192.0.2.2 "
#define BACK       "add esp spi 0x101 src 192.0.2.2 dst 192.0.2.1 "

static const char *const keys[] = { K128, L128, K160, L160, K256, K384, K512, D1, D2, D3 };

static struct doc *read_string(const char *text)
{
	return sample_read(&ipseckeys_format, text, strlen(text));
}

/* One sample a line. */
/* clang-format off */
static const struct sample reference_samples[] = {
	{ "K01", THERE KEYS "\n",
	  "LONE" },
	{ "K02", THERE "\\\n\tencralg aes encrkey " K128 " \\\n\tauthalg sha1 authkey " K160 "\n",
	  "LONE" },
	{ "K03", THERE AES "authalg sha1 authkey 9d41b07e63c85f2\na1e7793d40ab6c25f88e13d07\n",
	  "LONE KEY_BROKEN" },
	{ "K04", THERE AES "authalg sha1 authkey 9d41b07e63c85f2\\\na1e7793d40ab6c25f88e13d07\n",
	  "LONE KEY_CUT" },
	{ "K05", "# note \\\nflush esp\n",
	  "COMMENT_JOINED" },
	{ "K06", "add esp spi 0x100 \\ \n\tsrc 192.0.2.1 dst 192.0.2.2 " KEYS "\n",
	  "LONE BACKSLASH" },
	{ "K07", THERE KEYS " \\",
	  "UNFINISHED" },
	{ "K08", "add esp spi 1 \\\n# c\n",
	  "MISSING SRC_MISSING NO_ALGORITHM NO_KEY SPI_RESERVED COMMENT_INSIDE" },
	{ "K09", "ADD esp spi 0x100 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n",
	  "COMMAND_CASE LONE" },
	{ "K09b", "add ESP spi 0x100 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n",
	  "LONE" },
	{ "K10", "add ah spi 0x200 dst 192.0.2.2 authalg hmac-sha256 authkey " K256 "\n",
	  "SRC_MISSING" },
	{ "K11", "add ah spi 0x200 src 192.0.2.1 dst 192.0.2.2 encralg aes encrkey " K128 "\n",
	  "LONE AH_ENCRYPTION" },
	{ "K12", "add esp spi 0x201 dst 192.0.2.2 authalg sha256 authkey " K256 "\n",
	  "SRC_MISSING NO_ENCRYPTION" },
	{ "K13", "add esp spi 0x202 dst 192.0.2.2 encralg null encrkey " K128 "\n",
	  "SRC_MISSING ALG_MISSING KEY_NOT_NEEDED" },
	{ "K14", "add esp spi 0x203 dst 192.0.2.2 " AES "\n",
	  "SRC_MISSING NO_INTEGRITY" },
	{ "K15", "add esp dst 192.0.2.2 " AES "\n",
	  "MISSING SRC_MISSING NO_INTEGRITY" },
	{ "K16", "add esp spi 0 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n",
	  "SPI_ZERO" },
	{ "K16b", "add esp spi 0x100000001 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n",
	  "NUMBER_RANGE" },
	{ "K17", "add esp spi 0x100 src 192.0.2.1 " KEYS "\n",
	  "MISSING" },
	{ "K18", THERE "encralg aes\n",
	  "NO_KEY LONE" },
	{ "K19", "add esp spi 0x105 spi 0x106 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n",
	  "LONE REPEATED" },
	{ "K20", THERE "encralg aes encrkey " K160 " authalg sha1 authkey " L160 "\n",
	  "LONE KEY_SIZE" },
	{ "K21", THERE "encralg aes-gcm encrkey " K160 "\n",
	  "LONE COUNTER_MODE" },
	{ "K22", THERE "encralg aes-gcm encrkey " K128 "\n",
	  "LONE COUNTER_MODE KEY_SALT" },
	{ "K23", THERE "encralg 3des encrkey " D1 D2 D1 " " SHA "\n",
	  "LONE" },
	{ "K24", THERE "encralg 3des encrkey " D1 D1 D2 " " SHA "\n",
	  "LONE KEY_3DES" },
	{ "K25", THERE "encralg des encrkey 0101010101010101 " SHA "\n",
	  "LONE KEY_WEAK" },
	{ "K26", THERE "encralg des encrkey 0000000000000000 " SHA "\n",
	  "LONE KEY_WEAK" },
	{ "K27", THERE AES "authalg sha1 authkey " K160 "/161\n",
	  "LONE KEY_BITS_LARGE" },
	{ "K28", THERE AES "authalg md5 authkey " K160 "/128\n",
	  "LONE KEY_BITS_TRUNCATE" },
	{ "K29", THERE AES "authalg sha1 authkey 0x" K160 "\n",
	  "LONE KEY_0X" },
	{ "K30", THERE AES "authalg sha1 authkey 9d41b07e63c85f2a1e7793d40ab6c25f88e13d0\n",
	  "LONE KEY_ODD" },
	{ "K31", THERE AES "authalg sha1 authkey xyz41b07e63c85f2a1e7793d40ab6c25f88e13d0\n",
	  "LONE KEY_NOT_HEX" },
	{ "K32", THERE "proto tcp " KEYS "\n",
	  "LONE PROTO_NAME" },
	{ "K33", THERE "sport 70000 " KEYS "\n",
	  "NUMBER_RANGE" },
	{ "K34", THERE "replay 300 " KEYS "\n",
	  "LONE NUMBER_RANGE" },
	{ "K34b", THERE "replay 32 " KEYS "\n",
	  "LONE REPLAY" },
	{ "K35", THERE "isrc 10.1.0.0/16 idst 10.2.0.0/16 " KEYS "\n",
	  "LONE" },
	{ "K36", THERE "isrc 10.1.0.0/16 idst 10.2.0.0/16 proto 6 " KEYS "\n",
	  "LONE TUNNEL_PROTO" },
	{ "K37", THERE "isrc 10.1.0.0/16 " KEYS "\n",
	  "LONE INNER_MISSING" },
	{ "K38", THERE "isrc 10.1.0.0/16 idst 10.2.0.0/16 sport 5 isport 6 " KEYS "\n",
	  "LONE PORTS_BOTH" },
	{ "K39", THERE "nat_rport 4500 " KEYS "\n",
	  "LONE NAT_NO_ENCAP" },
	{ "K40", THERE "encap udp nat_loc 203.0.113.9 nat_lport 4500 " KEYS "\n",
	  "LONE" },
	{ "K40b", "add ah spi 0x100 src 192.0.2.1 dst 192.0.2.2 encap udp nat_loc 203.0.113.9 nat_lport 4500 " SHA "\n",
	  "LONE NAT_AH" },
	{ "K41", THERE KEYS "\n" BACK OTHER_KEYS " pair-spi 0x100\n",
	  "" },
	{ "K42", THERE KEYS " pair-spi 0x101\n" BACK OTHER_KEYS "\n",
	  "PAIR_LATER" },
	{ "K43", "update-pair esp spi 0x100 dst 192.0.2.2 pair-spi 0x101\n",
	  "EXTENSION_COMMAND" },
	{ "K44", "add esp inbound spi 0x100 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n",
	  "LONE ORDER_DIRECTION" },
	{ "K45", THERE "hard_addtime 100 soft_addtime 200 " KEYS "\n",
	  "LONE SOFT_BEYOND_HARD" },
	{ "K46", THERE "srcidtype fqdn \"a b\" " KEYS "\n",
	  "LONE" },
	{ "K46b", THERE KEYS " srcidtype fqdn\n",
	  "LONE NO_VALUE" },
	{ "K47", THERE "state 1 " KEYS "\n",
	  "LONE STATE_UNKNOWN" },
	{ "K47b", THERE "state mature " KEYS "\n",
	  "LONE" },
	{ "K48", THERE "current_bytes 5 " KEYS "\n",
	  "LONE EXTENSION_REFUSED" },
	{ "K49", "dump esp\n",
	  "COMMAND_NOT_IN_FILE" },
	{ "K49b", "flush\n",
	  "COMMAND_FLUSH" },
	{ "K49c", "quit\n" THERE KEYS "\n",
	  "AFTER_QUIT" },
	{ "K50", "add esp spi 0x100 src 192.0.2.1 dst 2001:db8::2 " KEYS "\n",
	  "FAMILIES" },
	{ "K51", THERE KEYS "\n" THERE KEYS "\n",
	  "LONE DUPLICATE" },
	{ "K52", "get esp spi 0x100 dst 192.0.2.2 authalg sha1\n",
	  "EXTENSION_COMMAND" },
	{ "K53", THERE AES "reserved_bits 0 " SHA "\n",
	  "LONE ORDER_RESERVED" },
	{ "K54", "add esp spi 691 proto 6 src 192.0.2.1 sport 829 dst 192.0.2.2 " KEYS "\nadd esp spi 690 proto 6 dst 192.0.2.1 dport 829 src 192.0.2.2 " KEYS "\n",
	  "PAIR_UNNAMED" },
	{ "K56", "# one\n\n#two\n   \n\t# three\n",
	  "" },
	{ "K56b", "",
	  "" },
	{ "K57", "update esp spi 0x100 dst 192.0.2.2 encrkey " K128 "\n",
	  "KEY_ON_UPDATE" },
};

/* What no row of the reference has: every other problem, and what is right although it looks odd.
 */
static const struct sample more_samples[] = {
	{ "byte order mark", "\357\273\277" THERE KEYS "\n",
	  "BOM LONE" },
	{ "CRLF", THERE KEYS "\r\n# note\r\n",
	  "LONE CRLF" },
	{ "CRLF and continuation", "add esp spi 0x100 \\\r\nsrc 192.0.2.1 \\\r\ndst 192.0.2.2 " KEYS "\r\n",
	  "LONE CRLF_JOIN" },
	{ "CR is a blank", "flush\resp\n",
	  "COMMAND_FLUSH" },
	{ "backslash and blank before a command", "flush esp \\ \nflush ah\n",
	  "COMMAND_FLUSH BACKSLASH COMMAND_FLUSH" },
	{ "backslash within a line", "flush \\ esp\n",
	  "COMMAND_FLUSH SA_TYPE_UNKNOWN COMMAND_ARGUMENTS" },
	{ "backslash at the end, newline", THERE KEYS "\\\n",
	  "UNFINISHED" },
	{ "no newline at the end", THERE KEYS,
	  "LONE" },
	{ "blank line ends a command", "flush \\\n\nesp\n",
	  "COMMAND_FLUSH COMMAND_UNKNOWN" },
	{ "comment within a joined command", "flush \\\n# note \\\nesp\n",
	  "COMMAND_FLUSH COMMENT_INSIDE" },
	{ "joined blank, then a comment", " \\\n# note\nflush\n",
	  "COMMAND_FLUSH" },
	{ "comments joined", "# one \\\n# two\n# three \\\n\nflush\n",
	  "COMMAND_FLUSH" },
	{ "high byte", "get esp spi 0x100 dst b\303\274cher\n",
	  "HIGH_BYTE" },
	{ "high byte in texts", THERE "srcidtype fqdn b\303\274cher label \"stra\303\237e\" " KEYS " # \303\244\n",
	  "LONE COMMENT_INSIDE" },
	{ "open quote", THERE KEYS " srcidtype fqdn \"a b\n",
	  "LONE QUOTE_OPEN" },
	{ "glued quote", THERE KEYS " srcidtype fqdn \"a b\"c\n",
	  "LONE QUOTE_GLUED" },
	{ "quote inside", THERE KEYS " srcidtype fqdn a\"b c\"d\n",
	  "LONE QUOTE_INSIDE" },
	{ "empty quotes", THERE KEYS " srcidtype fqdn \"\"\n",
	  "LONE QUOTE_EMPTY" },
	{ "quoted number", "get esp spi \"0x100\" dst 192.0.2.2\n",
	  "QUOTE" },
	{ "quoted over lines", THERE KEYS " label \"a \\\nb\"\n",
	  "LONE" },
	{ "quoted command", "\"flush\"\n",
	  "QUOTE" },
	{ "quoted type", "get \"esp\" spi 0x100 dst 192.0.2.2\n",
	  "QUOTE" },
	{ "unknown command", "erase esp\n",
	  "COMMAND_UNKNOWN" },
	{ "load", "load other\n",
	  "COMMAND_NOT_IN_FILE" },
	{ "help", "?\n",
	  "COMMAND_NOT_IN_FILE" },
	{ "flush all", "flush all\nflush AH\nflush 3\n",
	  "COMMAND_FLUSH COMMAND_FLUSH COMMAND_FLUSH" },
	{ "flush of nothing", "flush ipcomp\n",
	  "COMMAND_FLUSH SA_TYPE_UNKNOWN" },
	{ "no type", "get spi 0x100 dst 192.0.2.2\n",
	  "SA_TYPE_MISSING" },
	{ "type alone missing", "get\n",
	  "SA_TYPE_MISSING MISSING MISSING" },
	{ "all", "get all spi 0x100 dst 192.0.2.2\n",
	  "SA_TYPE_ALL" },
	{ "types by number", "get 2 spi 0x100 dst 192.0.2.2\nget 3 spi 0x100 dst 192.0.2.2\nget 9 spi 0x100 dst 192.0.2.2\n",
	  "SA_TYPE_UNKNOWN" },
	{ "unknown extension", "get esp spi 0x100 dst 192.0.2.2 via 192.0.2.9\n",
	  "EXTENSION_UNKNOWN" },
	{ "extension case", "get esp SPI 0x100 dst 192.0.2.2\n",
	  "EXTENSION_CASE" },
	{ "no value before an extension", "get esp spi dst 192.0.2.2\n",
	  "NO_VALUE" },
	{ "no address before an extension", "get esp spi 0x100 src dst 192.0.2.2\n",
	  "NO_VALUE" },
	{ "a host called proxy", "get esp spi 0x100 src proxy dst 192.0.2.2\n",
	  "ADDRESS_NAME" },
	{ "a host called proxy, before what should join lines", "get esp spi 0x100 src proxy \\ \n dst 192.0.2.2\n",
	  "ADDRESS_NAME BACKSLASH" },
	{ "no address, before what should join lines", "get esp spi 0x100 src dst \\ \n 192.0.2.2\n",
	  "NO_VALUE BACKSLASH" },
	{ "two names", "get esp spi 0x100 saddr a.example srcaddr b.example dst 192.0.2.2\n",
	  "ADDRESS_NAME REPEATED" },
	{ "outer label first", THERE "outer-label x implicit-label y label z " KEYS "\n",
	  "LONE ORDER_LABEL ORDER_LABEL" },
	{ "labels", THERE "label z outer-label x " KEYS "\n",
	  "LONE" },
	{ "both directions", THERE "inbound outbound " KEYS "\n",
	  "LONE DIRECTION_BOTH" },
	{ "not a number", "get esp spi abc dst 192.0.2.2\n",
	  "NUMBER" },
	{ "junk behind a number", "get esp spi 12x dst 192.0.2.2\n",
	  "NUMBER" },
	{ "sign", "get esp spi -1 dst 192.0.2.2\n",
	  "NUMBER_SIGN" },
	{ "octal", "get esp spi 0400 dst 192.0.2.2\n",
	  "NUMBER_OCTAL" },
	{ "beyond 64 bits", THERE "hard_bytes 18446744073709551616 " KEYS "\n",
	  "LONE NUMBER_RANGE" },
	{ "the largest number", THERE "hard_bytes 18446744073709551615 " KEYS "\n",
	  "LONE" },
	{ "reserved spi", "add esp spi 255 src 192.0.2.1 dst 192.0.2.2 " KEYS "\n",
	  "LONE SPI_RESERVED" },
	{ "states", THERE "state dying " KEYS "\n",
	  "LONE STATE" },
	{ "unknown state", THERE "state Mature " KEYS "\n",
	  "LONE STATE_UNKNOWN" },
	{ "encapsulation", THERE "encap tcp nat_loc 203.0.113.9 " KEYS "\n",
	  "LONE ENCAP_UNKNOWN" },
	{ "encapsulation by prefix", THERE "encap udp4 nat_loc 203.0.113.9 " KEYS "\n",
	  "LONE" },
	{ "identity types", THERE "srcidtype mailbox a@b.example dstidtype 77777 x " KEYS "\n",
	  "LONE ID_TYPE_UNKNOWN" },
	{ "proxy", THERE "proxy 10.1.0.0/16 idst 10.2.0.0/16 " KEYS "\n",
	  "LONE PROXY" },
	{ "no address", "get esp spi 0x100 dst 192.0.2.300\n",
	  "ADDRESS" },
	{ "scope", "get esp spi 0x100 dst fe80::1%net0\n",
	  "ADDRESS_SCOPE" },
	{ "prefix where none belongs", "get esp spi 0x100 dst 192.0.2.0/24\n",
	  "ADDRESS_PREFIX" },
	{ "prefix too long", THERE "isrc 10.1.0.0/33 idst 10.2.0.0/16 " KEYS "\n",
	  "LONE ADDRESS_PREFIX" },
	{ "family of the word", "get esp spi 0x100 dst6 192.0.2.2\n",
	  "ADDRESS_FAMILY" },
	{ "family of NAT", THERE "encap udp nat_loc 2001:db8::9 " KEYS "\n",
	  "LONE ADDRESS_FAMILY" },
	{ "host bits", THERE "isrc 10.1.0.1/16 idst 10.2.0.0/16 " KEYS "\n",
	  "LONE HOST_BITS" },
	{ "to anywhere", "add esp spi 0x100 src 192.0.2.1 dst 0.0.0.0 " KEYS "\n",
	  "DST_ANY" },
	{ "from many", "add esp spi 0x100 src 224.0.0.5 dst 192.0.2.2 " KEYS "\n",
	  "SRC_MULTICAST" },
	{ "unknown algorithm", THERE "encralg rot13 encrkey " K128 " " SHA "\n",
	  "LONE ALG_UNKNOWN" },
	{ "algorithm by number", THERE "encralg 12 encrkey " K128 " authalg 3 authkey " K160 "\n",
	  "LONE" },
	{ "unknown number", THERE "encralg 99 encrkey " K128 " " SHA "\n",
	  "LONE ALG_UNLISTED" },
	{ "large number", THERE "encralg 300 encrkey " K128 " " SHA "\n",
	  "LONE ALG_UNKNOWN" },
	{ "any", THERE "encralg any " SHA "\n",
	  "LONE ALG_NONE" },
	{ "no algorithm", THERE "authkey " K160 "\n",
	  "NO_ALGORITHM LONE" },
	{ "key without algorithm", THERE AES "authkey " K160 "\n",
	  "LONE ALG_MISSING" },
	{ "cipher key without cipher", THERE "encrkey " K128 " " SHA "\n",
	  "NO_ENCRYPTION LONE ALG_MISSING" },
	{ "algorithm without key", THERE AES "authalg sha1\n",
	  "LONE KEY_MISSING" },
	{ "cipher without key", THERE "encralg aes " SHA "\n",
	  "LONE KEY_MISSING" },
	{ "ah without key algorithm", "add ah spi 0x100 src 192.0.2.1 dst 192.0.2.2 authkey " K160 "\n",
	  "NO_ALGORITHM LONE" },
	{ "combined and more", THERE "encralg aes-ccm encrkey " K128 "1f27b6 " SHA "\n",
	  "LONE COUNTER_MODE COMBINED_AUTH" },
	{ "reserved bits", THERE "reserved_bits 64 encralg aes-gcm encrkey " K160 "93ab27c44d1e0f52\n",
	  "LONE COUNTER_MODE" },
	{ "idle", THERE "idle_addtime 200 soft_addtime 100 hard_addtime 300 " KEYS "\n",
	  "LONE IDLE_BEYOND" },
	{ "no hard limit", THERE "idle_addtime 200 soft_addtime 100 " KEYS "\n",
	  "LONE" },
	{ "tunnel family", THERE "isrc 10.1.0.0/16 idst 10.2.0.0/16 proto 41 " KEYS "\n",
	  "LONE TUNNEL_FAMILY" },
	{ "inner families", THERE "isrc 10.1.0.0/16 idst 2001:db8::/32 " KEYS "\n",
	  "LONE INNER_FAMILIES" },
	{ "encap without NAT", THERE "encap udp " KEYS "\n",
	  "LONE ENCAP_NO_NAT" },
	{ "remote port alone", THERE "encap udp nat_rport 4500 " KEYS "\n",
	  "LONE NAT_NO_REMOTE" },
	{ "remote port of a tunnel", THERE "encap udp nat_rport 4500 isrc 10.1.0.0/16 idst 10.2.0.0/16 " KEYS "\n",
	  "LONE" },
	{ "empty keys", THERE "encralg aes encrkey 0x authalg sha1 authkey " K160 "/0\n",
	  "LONE KEY_EMPTY KEY_EMPTY" },
	{ "bits are no number", THERE AES "authalg sha1 authkey " K160 "/160x\n",
	  "LONE KEY_BITS" },
	{ "3des weak part", THERE "encralg 3des encrkey " D1 D2 "e0fee0fef1fef1fe " SHA "\n",
	  "LONE KEY_WEAK" },
	{ "3des other neighbours", THERE "encralg 3des encrkey " D1 D2 D2 " " SHA "\n",
	  "LONE KEY_3DES" },
	{ "parity", THERE "encralg des encrkey 7c3f9a1e5b2d4861 " SHA "\n",
	  "LONE KEY_PARITY" },
	{ "one byte repeated", THERE "encralg aes encrkey abababababababababababababababab " SHA "\n",
	  "LONE KEY_PATTERN" },
	{ "counting bytes", THERE "encralg aes encrkey 00112233445566778899aabbccddeeff " SHA "\n",
	  "LONE KEY_PATTERN" },
	{ "counting digits", THERE "encralg aes encrkey 0123456789abcdef0123456789ABCDEF " SHA "\n",
	  "LONE KEY_PATTERN" },
	{ "equal keys", THERE "encralg aes encrkey " K128 " authalg md5 authkey " K128 "/128\n",
	  "LONE KEYS_EQUAL" },
	{ "quoted key", THERE "encralg aes encrkey \"" K128 "\" " SHA "\n",
	  "LONE QUOTE" },
	{ "digits behind a good key", THERE KEYS "\n1e7793d40ab6c25f\n",
	  "LONE COMMAND_UNKNOWN" },
	{ "digits behind a comment", THERE KEYS "\n# note\n1e7793d40ab6c25f\n",
	  "COMMAND_UNKNOWN" },
	{ "key broken twice", THERE AES "authalg sha1 authkey 9d41b07e63c85f2\na1e7793d40ab6c2\n5f88e13d07\n",
	  "LONE KEY_BROKEN" },
	{ "pair of nobody", THERE KEYS " pair-spi 0x999\n",
	  "PAIR_MISSING" },
	{ "pair in the same direction", THERE KEYS "\nadd esp spi 0x101 src 192.0.2.1 dst 192.0.2.2 " OTHER_KEYS " pair-spi 0x100\n",
	  "LONE PAIR_NOT_MIRRORED" },
	{ "pair taken", THERE KEYS "\n" BACK OTHER_KEYS " pair-spi 0x100\nadd esp spi 0x102 src 192.0.2.2 dst 192.0.2.1 authalg sha256 authkey " K256 " pair-spi 0x100\n",
	  "NO_ENCRYPTION PAIR_TAKEN" },
	{ "pair by update", THERE KEYS "\n" BACK OTHER_KEYS "\nupdate esp spi 0x101 dst 192.0.2.1 pair-spi 0x100\n",
	  "" },
	{ "pair deleted before", THERE KEYS "\ndelete esp spi 0x100 dst 192.0.2.2\n" BACK OTHER_KEYS " pair-spi 0x100\n",
	  "PAIR_MISSING" },
	{ "pair flushed before", THERE KEYS "\nflush\n" BACK OTHER_KEYS " pair-spi 0x100\n",
	  "COMMAND_FLUSH PAIR_MISSING" },
	{ "added again after delete", THERE KEYS "\ndelete esp spi 0x100 dst 192.0.2.2\n" THERE KEYS "\n",
	  "LONE" },
	{ "added again after flush", THERE KEYS "\nflush esp\n" THERE KEYS "\n",
	  "COMMAND_FLUSH LONE" },
	{ "added again after another flush", THERE KEYS "\nflush ah\n" THERE KEYS "\n",
	  "LONE COMMAND_FLUSH DUPLICATE" },
	{ "key of another", THERE KEYS "\n" BACK OTHER_KEYS " pair-spi 0x100\nadd ah spi 0x300 dst 198.51.100.9 authalg sha1 authkey 0x" K160 "\n",
	  "SRC_MISSING KEY_0X KEY_SHARED" },
	{ "ports tell flows apart", THERE "sport 5 " KEYS "\n" BACK "dport 6 " OTHER_KEYS "\n",
	  "LONE LONE" },
	{ "names as ends", "add esp spi 0x100 src a.example dst b.example " KEYS "\nadd esp spi 0x101 src b.example dst a.example " OTHER_KEYS " pair-spi 0x100\n",
	  "ADDRESS_NAME ADDRESS_NAME ADDRESS_NAME ADDRESS_NAME" },
	{ "quit at the end", "flush\nexit\n# note\n",
	  "COMMAND_FLUSH" },
};
/* clang-format on */

Test(ipseckeys, samples_of_the_reference)
{
	samples_check(&ipseckeys_format, reference_samples, ARRAY_SIZE(reference_samples));
}

Test(ipseckeys, more_samples)
{
	samples_check(&ipseckeys_format, more_samples, ARRAY_SIZE(more_samples));
}

Test(ipseckeys, every_problem_has_a_sample)
{
	static const enum manual_problem elsewhere[] = {
		MANUAL_PROBLEM_NUL,
		MANUAL_PROBLEM_LONG_LINE,
		MANUAL_PROBLEM_LONG_LINE_OLD,
		MANUAL_PROBLEM_LONG_COMMAND,
		MANUAL_PROBLEM_LONG_COMMAND_OLD,
	};
	bool seen[MANUAL_PROBLEM_COUNT] = { false };
	unsigned code;
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(elsewhere); i++)
		seen[elsewhere[i]] = true;
	for (i = 0; i < ARRAY_SIZE(reference_samples) + ARRAY_SIZE(more_samples); i++) {
		const struct sample *s = i < ARRAY_SIZE(reference_samples)
						 ? &reference_samples[i]
						 : &more_samples[i - ARRAY_SIZE(reference_samples)];
		struct doc *doc = read_string(s->text);
		struct problems problems = { 0 };

		projection_collect(doc, &problems);
		for (j = 0; j < problems.count; j++)
			seen[problems.items[j].code] = true;
		problems_release(&problems);
		doc_free(doc);
	}
	for (code = 1; code < MANUAL_PROBLEM_COUNT; code++) {
		cr_assert_not_null(projection_problem_name(&ipseckeys_format, code), "%u", code);
		cr_expect(seen[code], "no sample of %s",
			  projection_problem_name(&ipseckeys_format, code));
	}
}

/* A command of so many bytes, in lines of no more than so many with their newlines. */
static void long_command(struct strbuf *sb, size_t len, size_t line)
{
	strbuf_clear(sb);
	strbuf_addstr(sb, "flush");
	while (len > line) {
		strbuf_addchars(sb, ' ', sb->len == 5 ? line - 7 : line - 2);
		strbuf_addstr(sb, "\\\n");
		len -= line - 1;
	}
	strbuf_addchars(sb, ' ', sb->len == 5 ? len - 5 : len);
	strbuf_addch(sb, '\n');
}

Test(ipseckeys, nul_and_long_lines)
{
	static const char with_nul[] = "# a\0b\nget esp spi 0x100 dst 192.0\0.2\n";
	static const struct {
		size_t len, line;
		const char *problems;
	} cases[] = {
		{ 2045, 5000, "COMMAND_FLUSH" },
		{ 2046, 5000, "LONG_LINE_OLD COMMAND_FLUSH" },
		{ 4093, 5000, "LONG_LINE_OLD COMMAND_FLUSH" },
		{ 4094, 5000, "LONG_LINE COMMAND_FLUSH" },
		{ 2047, 1000, "COMMAND_FLUSH" },
		{ 2048, 1000, "LONG_COMMAND_OLD COMMAND_FLUSH" },
		{ 4095, 1000, "LONG_COMMAND_OLD COMMAND_FLUSH" },
		{ 4096, 1000, "LONG_COMMAND COMMAND_FLUSH" },
	};
	struct strbuf text = STRBUF_INIT, names = STRBUF_INIT;
	size_t i;

	sample_problems(&ipseckeys_format, with_nul, sizeof with_nul - 1, &names);
	cr_expect_str_eq(names.buf, "NUL");
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		strbuf_clear(&names);
		long_command(&text, cases[i].len, cases[i].line);
		sample_problems(&ipseckeys_format, text.buf, text.len, &names);
		cr_expect_str_eq(names.buf, cases[i].problems, "%zu bytes in lines of %zu: '%s'",
				 cases[i].len, cases[i].line, names.buf);
	}
	strbuf_release(&text);
	strbuf_release(&names);
}

static bool is_token(const struct doc *doc, uint32_t tok, const char *text)
{
	return doc->tokens[tok].len == strlen(text) &&
	       memcmp(doc_text(doc, tok), text, strlen(text)) == 0;
}

Test(ipseckeys, entries_and_their_tokens)
{
	struct doc *doc =
		read_string("# one \\\ntwo\nadd esp \\\n  spi 5\\\n dst proxy \\ \n src x\n"
			    "flush\nget esp spi 6 authkey 1\n23\n45\nget \\\n");

	cr_assert_eq(doc->nentries, 7);
	cr_expect_eq(doc->entries[0].kind, MANUAL_ENTRY_OTHER);
	cr_expect_eq(doc->entries[1].kind, MANUAL_ENTRY_COMMAND);
	cr_expect_eq(doc->entries[1].end - doc->entries[1].tok, 9, "a backslash among them");
	cr_expect_eq(doc->entries[2].kind, MANUAL_ENTRY_COMMAND);
	cr_expect_eq(doc->entries[4].kind, MANUAL_ENTRY_KEY_REST);
	cr_expect_eq(doc->entries[5].kind, MANUAL_ENTRY_KEY_REST);
	cr_expect_eq(doc->entries[6].flags, MANUAL_ENTRY_UNFINISHED);
	cr_expect_eq(ipseckeys_format.count(doc), 4, "commands");
	cr_expect_eq(manual_count_sas(doc), 1);
	doc_free(doc);
}

Test(ipseckeys, item_says_what_the_command_holds)
{
	struct doc *doc = read_string(
		"add ESP spi 0x100 \\\n\tsaddr6 2001:db8::1 dst 2001:db8::2 sport 010 dport 0x19 \\\n"
		"encr_alg AES-GCM \\\nreserved_bits 64 encrkey " K160 "93ab27c44d1e0f52 ulp 41 "
		"isrc6 2001:db8:1::/48 idst 2001:db8:2::/48 isport 25 inbound pair-spi 257 "
		"srcidtype Domain \"a b\" dstidtype 9 x hard_bytes 18446744073709551615");
	struct manual_item item = MANUAL_ITEM_INIT;
	struct strbuf sb = STRBUF_INIT;
	const struct manual_field *f;

	manual_read(doc, 0, &item, NULL);
	cr_expect(manual_is_sa(&item));
	cr_expect_eq(item.command, MANUAL_ADD);
	cr_expect_eq(item.sa_type, MANUAL_ESP);
	cr_expect(is_token(doc, item.sa_tok, "ESP"));
	cr_expect_eq(item.spi, 0x100);
	cr_expect_eq(item.pair_spi, 0x101);
	cr_expect_eq(manual_number(&item, MANUAL_SPORT), 8);
	cr_expect_eq(manual_number(&item, MANUAL_DPORT), 25);
	cr_expect_eq(manual_number(&item, MANUAL_PROTO), 41);
	cr_expect_eq(manual_number(&item, MANUAL_HARD_BYTES), UINT64_MAX);
	cr_expect_eq(manual_number(&item, MANUAL_SOFT_BYTES), 0);
	cr_expect(item.inbound && !item.outbound && item.tunnel);
	ip_range_print(&sb, &item.src.range);
	strbuf_addch(&sb, ' ');
	ip_range_print(&sb, &item.dst.range);
	strbuf_addch(&sb, ' ');
	ip_range_print(&sb, &item.isrc.range);
	strbuf_addch(&sb, ' ');
	ip_range_print(&sb, &item.idst.range);
	cr_expect_str_eq(sb.buf, "2001:db8::1 2001:db8::2 2001:db8:1::/48 2001:db8:2::/48");
	cr_expect_null(item.auth_alg);
	cr_assert_not_null(item.encr_alg);
	cr_expect_str_eq(item.encr_alg->names[0], "aes-gcm");
	cr_expect_eq(item.encr_key.bits, 224);
	cr_expect_eq(item.auth_key.text.len, 0);
	cr_expect_eq(item.src_id.type, MANUAL_ID_FQDN);
	cr_expect_eq(item.src_id.text.len, 3, "without the quotes");
	cr_expect_eq(item.dst_id.type, MANUAL_NO_WORD);
	cr_expect_eq(item.dst_id.number, 9);
	f = manual_find(&item, MANUAL_SRC);
	cr_assert_not_null(f);
	cr_expect_eq(f->word, MANUAL_SADDR6);
	cr_expect(f->good && is_token(doc, f->tok, "saddr6") &&
		  is_token(doc, f->arg, "2001:db8::1"));
	f = manual_find(&item, MANUAL_SRCIDTYPE);
	cr_assert_not_null(f);
	cr_expect(f->end == f->arg + 2 && is_token(doc, f->end - 1, "\"a b\""));
	cr_expect_null(manual_find(&item, MANUAL_LABEL));
	strbuf_release(&sb);
	manual_item_release(&item);
	doc_free(doc);
}

Test(ipseckeys, names_are_kept_as_spans)
{
	struct doc *doc = read_string("get esp spi 256 src a.example dst b\n");
	struct manual_item item = MANUAL_ITEM_INIT;

	manual_read(doc, 0, &item, NULL);
	cr_expect_eq(item.src.range.family, IP_NONE);
	cr_expect_eq(item.src.name.len, 9);
	cr_expect_eq(memcmp(doc->blob.data + item.src.name.off, "a.example", 9), 0);
	cr_expect_eq(item.dst.name.len, 1);
	manual_item_release(&item);
	doc_free(doc);
}

Test(ipseckeys, what_is_wrong_is_not_used)
{
	static const char *const texts[] = {
		"add ipcomp spi 0 src 192.0.2.300 dst 0.0.0.0 authkey xyz authalg rot13 sport 70000",
		"add all spi -1 src 192.0.2.0/24 dst fe80::1%a authkey /128 authalg 300 sport tcp",
		"add 9 spi 0x100000000 src6 192.0.2.1 dst a/b authkey 00/9 authalg \"\" sport",
		"get esp authkey 0011 authalg md5 spi src",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		struct doc *doc = read_string(texts[i]);
		struct manual_item item = MANUAL_ITEM_INIT;
		struct blob blob;

		manual_read(doc, 0, &item, NULL);
		cr_expect_eq(item.spi, 0, "%zu", i);
		cr_expect_eq(item.src.range.family, IP_NONE, "src, %zu", i);
		cr_expect_eq(item.dst.range.family, IP_NONE, "dst, %zu", i);
		cr_expect_eq(item.src.name.len + item.dst.name.len, 0, "names, %zu", i);
		cr_expect_null(item.auth_alg, "%zu", i);
		cr_expect_eq(manual_number(&item, MANUAL_SPORT), 0, "%zu", i);
		cr_expect_not(manual_is_sa(&item));
		cr_expect_not(manual_key_bytes(doc, &item.auth_key, &blob), "key, %zu", i);
		cr_expect_null(blob.data);
		cr_expect_not(manual_key_equal(doc, &item.auth_key, doc, &item.auth_key));
		manual_item_release(&item);
		doc_free(doc);
	}
}

static void read_key(const char *value, struct doc **doc, struct manual_item *item)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_addf(&sb, "add ah authkey %s\n", value);
	*doc = read_string(sb.buf);
	manual_read(*doc, 0, item, NULL);
	strbuf_wipe(&sb);
}

Test(ipseckeys, bytes_of_keys)
{
	static const struct {
		const char *value;
		size_t len;
		const char *bytes;
		unsigned bits;
	} cases[] = {
		{ "0123456789abcdefABCDEF", 11, "\x01\x23\x45\x67\x89\xab\xcd\xef\xab\xcd\xef",
		  88 },
		{ "0x0a0b", 2, "\x0a\x0b", 16 },
		{ "0X0a0b", 2, "\x0a\x0b", 16 },
		{ "123", 2, "\x12\x30", 16 },
		{ "123/12", 2, "\x12\x30", 12 },
		{ "e/3", 1, "\xe0", 3 },
		{ "ffff/13", 2, "\xff\xf8", 13 },
		{ "ffffffff/16", 2, "\xff\xff", 16 },
		{ "ff/1", 1, "\x80", 1 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct manual_item item = MANUAL_ITEM_INIT;
		struct doc *doc;
		struct blob blob;

		read_key(cases[i].value, &doc, &item);
		cr_assert(manual_key_bytes(doc, &item.auth_key, &blob), "%s", cases[i].value);
		cr_expect(blob.secret);
		cr_expect_eq(blob.len, cases[i].len, "%s: %zu bytes", cases[i].value, blob.len);
		cr_expect_eq(memcmp(blob.data, cases[i].bytes, cases[i].len), 0, "%s",
			     cases[i].value);
		cr_expect_eq(item.auth_key.bits, cases[i].bits, "%s", cases[i].value);
		blob_release(&blob);
		manual_item_release(&item);
		doc_free(doc);
	}
}

Test(ipseckeys, keys_are_compared_as_bits)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} cases[] = {
		{ "616263", "0x616263", true },   { "616263", "616263ff/24", true },
		{ "ABCDEF", "abcdef", true },     { "123", "1230", true },
		{ "616263", "616264", false },    { "616263", "6162", false },
		{ "616263", "616263/23", false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct manual_item a = MANUAL_ITEM_INIT, b = MANUAL_ITEM_INIT;
		struct doc *doc_a, *doc_b;

		read_key(cases[i].a, &doc_a, &a);
		read_key(cases[i].b, &doc_b, &b);
		cr_expect_eq(manual_key_equal(doc_a, &a.auth_key, doc_b, &b.auth_key),
			     cases[i].equal, "%s, %s", cases[i].a, cases[i].b);
		manual_item_release(&a);
		manual_item_release(&b);
		doc_free(doc_a);
		doc_free(doc_b);
	}
}

/* Every weak key, also without its parity bits, alone and as a part of 3DES. */
Test(ipseckeys, keys_that_are_weak)
{
	static const char *const weak[] = {
		"0101010101010101", "1f1f1f1f0e0e0e0e", "e0e0e0e0f1f1f1f1", "fefefefefefefefe",
		"01fe01fe01fe01fe", "fe01fe01fe01fe01", "1fe01fe00ef10ef1", "e01fe01ff10ef10e",
		"01e001e001f101f1", "e001e001f101f101", "1ffe1ffe0efe0efe", "fe1ffe1ffe0efe0e",
		"011f011f010e010e", "1f011f010e010e01", "e0fee0fef1fef1fe", "fee0fee0fef1fef1",
		"001e001e000e000e", "0000000000000000", "ffffffffffffffff", "00fe01fe01fe01ff",
	};
	static const char *const forms[] = {
		THERE "encralg des encrkey %s " SHA,
		THERE "encralg 3des encrkey " D1 D2 "%s " SHA,
		THERE "encralg 3des encrkey " D1 "%s" D2 " " SHA,
	};
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(weak) * ARRAY_SIZE(forms); i++) {
		const char *at = forms[i % ARRAY_SIZE(forms)];
		struct strbuf text = STRBUF_INIT, names = STRBUF_INIT;

		j = i / ARRAY_SIZE(forms);
		strbuf_add(&text, at, (size_t)(strstr(at, "%s") - at));
		strbuf_addf(&text, "%s%s", weak[j], strstr(at, "%s") + 2);
		sample_problems(&ipseckeys_format, text.buf, text.len, &names);
		cr_expect_str_eq(names.buf, "LONE KEY_WEAK", "%s: %s", weak[j], names.buf);
		strbuf_release(&text);
		strbuf_release(&names);
	}
}

Test(ipseckeys, partners)
{
	static const struct {
		const char *text;
		uint32_t partners[4]; /* of each entry; 9: none */
	} cases[] = {
		{ THERE KEYS "\n" BACK OTHER_KEYS "\n", { 1, 0 } },
		{ THERE KEYS "\n" BACK OTHER_KEYS " pair-spi 0x100\n", { 1, 0 } },
		{ THERE KEYS "\n", { 9 } },
		{ THERE KEYS "\nflush\n" BACK OTHER_KEYS "\n", { 9, 9, 9 } },
		{ "add esp spi 300 src ::1 dst ::1\n", { 9 } },
		{ "add esp spi 300 src ::1 dst ::2\nadd ah spi 301 src ::2 dst ::1\n", { 9, 9 } },
		/* by rank */
		{ "add ah spi 300 src ::1 dst ::2\nadd ah spi 301 src ::1 dst ::2\n"
		  "add ah spi 302 src ::2 dst ::1\nadd ah spi 303 src ::2 dst ::1\n",
		  { 2, 3, 0, 1 } },
		/* by port */
		{ "add ah spi 300 src ::1 dst ::2 sport 20\nadd ah spi 301 src ::1 dst ::2 sport 10\n"
		  "add ah spi 302 src ::2 dst ::1 dport 20\nadd ah spi 303 src ::2 dst ::1 dport 10\n",
		  { 2, 3, 0, 1 } },
		/* by name */
		{ "add ah spi 300 src ::1 dst ::2\nadd ah spi 301 src ::1 dst ::2\n"
		  "add ah spi 302 src ::2 dst ::1 pair-spi 301\nadd ah spi 303 src ::2 dst ::1\n",
		  { 3, 2, 1, 0 } },
	};
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct doc *doc = read_string(cases[i].text);
		struct manual_pairs *pairs = manual_pairs_new(doc, NULL);

		for (j = 0; j < doc->nentries; j++) {
			uint32_t partner = manual_partner(pairs, (uint32_t)j);

			cr_expect_eq(partner < doc->nentries ? partner : 9, cases[i].partners[j],
				     "case %zu, entry %zu: %u", i, j, partner);
		}
		manual_pairs_free(pairs);
		doc_free(doc);
	}
	manual_pairs_free(NULL);
}

/* A key of 128 bits that has the same hash as every other one that is made here. */
static void add_colliding(struct strbuf *text, uint64_t number)
{
	const uint64_t factor = 0x9e3779b97f4a7c15u;
	uint64_t words[2] = { number * factor, (128 ^ number * factor) * factor };
	const unsigned char *bytes = (const unsigned char *)words;
	size_t i;

	words[1] ^= words[1] >> 32;
	for (i = 0; i < sizeof words; i++)
		strbuf_addf(text, "%02x", bytes[i]);
}

/* Somebody may choose keys so that their hashes are the same: they are other keys all the same. */
Test(ipseckeys, keys_with_one_hash)
{
	struct strbuf text = STRBUF_INIT;
	struct problems problems = { 0 };
	struct manual_item item = MANUAL_ITEM_INIT;
	uint64_t first = 0;
	struct doc *doc;
	uint32_t i, shared = 0;

	for (i = 0; i < 300; i++) {
		strbuf_addf(&text, "add esp spi %u src 10.0.0.1 dst 10.0.1.%u ", 256 + i, i % 200);
		strbuf_addstr(&text, "encralg aes encrkey ");
		add_colliding(&text, i % 299 + 1);
		strbuf_addstr(&text, "\n");
	}
	doc = read_string(text.buf);
	for (i = 0; i < doc->nentries; i++) {
		manual_read(doc, i, &item, NULL);
		if (i == 0)
			first = manual_key_hash(doc, &item.encr_key);
		cr_assert_eq(manual_key_hash(doc, &item.encr_key), first, "key %u", i);
	}
	manual_check_file(doc, &problems);
	for (i = 0; i < problems.count; i++)
		if (problems.items[i].code == MANUAL_PROBLEM_KEY_SHARED) {
			cr_expect_eq(problems.items[i].at.off, item.encr_key.text.off);
			shared++;
		}
	cr_expect_eq(shared, 1, "the last one is the first one again: %u", shared);
	manual_item_release(&item);
	problems_release(&problems);
	doc_free(doc);
	strbuf_release(&text);
}

/*
 * Files with a key in them, in its right place and in wrong ones; § stands for the key.
 */
static const char *const hiding_places[] = {
	THERE "encralg aes encrkey § authalg sha1 authkey §",
	"add esp authkey §/64 encrkey 0x§",
	"add esp authkey \\\n\t§",
	"add esp authkey 0011\\\n§",
	"add esp authkey 0011\n§",
	"add esp authkey 0011\n§\n§\n",
	"add esp authkey \\ \n§\n",
	"add esp authkey \"§\"",
	"add esp authkey \"§",
	"add esp authkey \"§ \\\n§\"",
	"add esp authkey §\"§",
	"add esp authkey §§ § §",
	"add esp authkey\n# §\n",
	"add esp authkey # §\n",
	"add esp spi 5 # §\n",
	"add esp spi 5 # authkey \\\n§",
	"add esp AUTHKEY §",
	"ADD esp authkey §",
	"add esp authkye §",
	"add esp key §",
	"add esp authkey: §",
	"add esp authkey=§",
	"add § authkey 00",
	"add esp §",
	"add esp spi §",
	"add esp spi 0x§§",
	"add esp src § dst §",
	"add esp src §.§/24",
	"add esp isrc 10.0.0.0/§",
	"add esp sport § proto § hard_bytes §",
	"add esp authalg § encralg §",
	"add esp authalg sha1§",
	"add esp state § encap § encap udp§",
	"add esp srcidtype § §",
	"add esp srcidtype fqdn §",
	"add esp srcidtype fqdn \"a §\" label §",
	"add esp srcidtype fqdn \"a \\\n§ \\\n b\" label §",
	"add esp label \"§\" dpd § flags §",
	"add esp inbound §",
	"get esp authkey §",
	"flush §",
	"flush esp §",
	"quit §",
	"dump §",
	"§",
	"§ §",
	"authkey §",
	"\\ §",
	"§\\",
	"\xef\xbb\xbf§",
	"# add esp authkey §",
	"# add esp authkey \\\n#§\n",
	"# add esp \\\nauthkey §\n",
	"# §",
	"# was §, once",
	"#§ \\\n§",
	"add esp authkey §\r\n# §\r\n",
	"add esp authkey\v§\f§",
	"add esp authkey §\xff",
};

static void place_secret(struct strbuf *sb, const char *where, const char *secret)
{
	const char *mark;

	while ((mark = strstr(where, "§")) != NULL) {
		strbuf_add(sb, where, (size_t)(mark - where));
		strbuf_addstr(sb, secret);
		where = mark + strlen("§");
	}
	strbuf_addstr(sb, where);
}

/* Whether four bytes of the secret that follow each other are in the text. */
static bool shows(const char *text, const char *secret)
{
	char part[5] = "";
	size_t i;

	for (i = 0; i + 4 <= strlen(secret); i++) {
		memcpy(part, secret + i, 4);
		if (strstr(text, part) != NULL)
			return true;
	}
	return false;
}

/* Prints every span of the text, and no part of the secret must be in any of them. */
static void check_hidden(const char *where, const char *secret)
{
	struct strbuf text = STRBUF_INIT, shown = STRBUF_INIT;
	struct doc *doc;
	uint32_t off, end;

	place_secret(&text, where, secret);
	doc = sample_read(&ipseckeys_format, text.buf, text.len);
	for (off = 0; off <= text.len; off++) {
		for (end = off; end <= text.len; end++) {
			strbuf_clear(&shown);
			doc_print(doc, (struct span){ off, end - off }, &shown);
			cr_assert_not(shows(shown.buf, secret), "'%s' from %u to %u shows it",
				      where, off, end);
		}
	}
	doc_free(doc);
	strbuf_release(&text);
	strbuf_release(&shown);
}

Test(ipseckeys, no_span_shows_a_secret, .timeout = 60)
{
	static const char *const secrets[] = { "9f3b71ce24d8a650", "9F3B71CE24D8A6501",
					       "4071937124188650" };
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(hiding_places); i++)
		for (j = 0; j < ARRAY_SIZE(secrets); j++)
			check_hidden(hiding_places[i], secrets[j]);
}

Test(ipseckeys, plain_text_is_shown)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{ THERE KEYS, THERE "encralg aes encrkey <hidden> authalg sha1 authkey <hidden>" },
		{ "get esp spi 0xffffffff dst gw-1.example src 2001:db8::1",
		  "get esp spi 0xffffffff dst gw-1.example src 2001:db8::1" },
		{ "add ah isrc net/24 hard_bytes 1000000000 srcidtype 7 \"O=Acme Ltd\"",
		  "add ah isrc net/24 hard_bytes 1000000000 srcidtype 7 \"O=Acme Ltd\"" },
		{ "add ah authalg HMAC-SHA-1 encralg 12 label \"a b\"",
		  "add ah authalg HMAC-SHA-1 encralg 12 label \"a b\"" },
		{ "get esp label \"0123 4567\" label \"0123 456\"",
		  "get esp label <hidden> label \"0123 456\"" },
		{ "get esp spi 0x100000001 sport 70000 proto tcp state 1 encap tcp",
		  "get esp spi 0x100000001 sport 70000 proto tcp state 1 encap <hidden>" },
		{ "add esp encap udp encap udp4", "add esp encap udp encap <hidden>" },
		{ "# add esp authkey 00 # it", "# add esp authkey<hidden>" },
		{ "erase esp", "<hidden> <hidden>" },
		{ "flush # it", "flush <hidden>" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct doc *doc = read_string(cases[i].text);
		struct strbuf sb = STRBUF_INIT;

		doc_print(doc, (struct span){ 0, (uint32_t)doc->blob.len }, &sb);
		cr_expect_str_eq(sb.buf, cases[i].shown, "'%s' for '%s'", sb.buf, cases[i].text);
		strbuf_release(&sb);
		doc_free(doc);
	}
}

static bool is_hex_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* Whether a run of four digits or more that is in the text is in a key as well. */
static bool shows_key_digits(const char *text)
{
	char run[5] = "";
	size_t digits = 0, i;

	for (; *text != '\0'; text++) {
		digits = is_hex_digit(*text) ? digits + 1 : 0;
		if (digits < 4)
			continue;
		memcpy(run, text - 3, 4);
		for (i = 0; i < ARRAY_SIZE(keys); i++)
			if (strstr(keys[i], run) != NULL)
				return true;
	}
	return false;
}

Test(ipseckeys, no_file_of_the_corpus_shows_a_key, .timeout = 120)
{
	struct corpus corpus;
	size_t i, len;

	corpus_find(&corpus, &ipseckeys_format);
	for (i = 0; i < corpus.count; i++) {
		struct doc *whole = projection_load(&ipseckeys_format, corpus.paths[i]);

		for (len = 0; len <= whole->blob.len; len++) {
			struct doc *doc = sample_read(&ipseckeys_format, whole->blob.data, len);
			struct strbuf shown = STRBUF_INIT;

			doc_print(doc, (struct span){ 0, (uint32_t)len }, &shown);
			if (len == whole->blob.len || len % 16 == 0) {
				projection_tokens(doc, &shown);
				projection_problems(doc, &shown);
			}
			cr_assert_not(shows_key_digits(shown.buf), "%s, %zu bytes of it",
				      corpus.paths[i], len);
			strbuf_release(&shown);
			doc_free(doc);
		}
		doc_free(whole);
	}
	corpus_release(&corpus);
}

static enum manual_word find_word(unsigned word, const char *name, size_t len)
{
	if (manual_is_extension(word))
		return manual_extension_find(name, len);
	if (manual_is_command(word))
		return manual_command_find(name, len);
	return manual_value_find(name, len, manual_words[word].set);
}

Test(ipseckeys, table_of_words)
{
	unsigned word;

	for (word = 1; word < MANUAL_WORD_COUNT; word++) {
		const struct manual_word_info *info = &manual_words[word];
		const struct manual_word_info *usual = &manual_words[manual_word_canonical(word)];
		bool extension = manual_is_extension(word);

		cr_assert_not_null(info->name, "%u", word);
		cr_expect_not_null(info->help, "%s", info->name);
		cr_expect_eq(find_word(word, info->name, strlen(info->name)), word, "%s",
			     info->name);
		cr_expect_neq(find_word(word, info->name, strlen(info->name) - 1), word, "%s",
			      info->name);
		cr_expect_eq(usual->same_as, 0, "%s", info->name);
		cr_expect_eq(usual->arg, info->arg, "%s", info->name);
		cr_expect_eq(usual->set, info->set, "%s", info->name);
		if (!extension)
			continue;
		cr_expect_eq(usual->with, info->with, "%s", info->name);
		cr_expect_eq(usual->max, info->max, "%s", info->name);
		cr_expect_eq(info->known == 0, info->arg == MANUAL_ARG_REFUSED, "%s", info->name);
		cr_expect_eq(info->arg == MANUAL_ARG_NUMBER, info->max > 0, "%s", info->name);
	}
	cr_expect_eq(manual_extension_find("SPI", 3), MANUAL_NO_WORD);
	cr_expect_eq(manual_extension_guess("SPI", 3), MANUAL_SPI);
	cr_expect_eq(manual_command_guess("Update-Pair", 11), MANUAL_UPDATE_PAIR);
	cr_expect_eq(manual_extension_find("", 0), MANUAL_NO_WORD);
	cr_expect_eq(manual_value_find("esp", 3, MANUAL_ARG_STATE), MANUAL_NO_WORD);
}

/* Whoever scans a file finds what everybody finds. */
Test(ipseckeys, index_of_words)
{
	static const char *const others[] = { "",     "s",   "sp",       "spj",
					      "spii", "SPI", "srcadd",   "srcaddr66",
					      "add",  "esp", "10.0.0.1", "dead" };
	struct manual_index index;
	unsigned word;
	size_t i;

	manual_index_init(&index);
	for (word = 1; word < MANUAL_WORD_COUNT; word++) {
		const char *name = manual_words[word].name;
		size_t len = strlen(name);

		cr_expect_eq(manual_index_find(&index, name, len),
			     manual_is_extension(word) ? word : MANUAL_NO_WORD, "%s", name);
		for (i = 0; i < len; i++)
			cr_expect_eq(manual_index_find(&index, name, i),
				     manual_extension_find(name, i), "%s, %zu of it", name, i);
	}
	for (i = 0; i < ARRAY_SIZE(others); i++)
		cr_expect_eq(manual_index_find(&index, others[i], strlen(others[i])),
			     MANUAL_NO_WORD, "%s", others[i]);
}

static void read_everything(const struct strbuf *text, size_t *nproblems)
{
	struct doc *doc = sample_read(&ipseckeys_format, text->buf, text->len);
	struct problems problems = { 0 };

	projection_collect(doc, &problems);
	*nproblems = problems.count;
	problems_release(&problems);
	doc_free(doc);
}

static void read_many_pairs(void)
{
	struct strbuf sb = STRBUF_INIT;
	size_t count;
	uint32_t i;

	for (i = 0; i < 20000; i++)
		strbuf_addf(&sb,
			    "add ah spi %u src 10.0.0.1 dst 10.1.%u.%u authalg sha1 \\\n"
			    "authkey 9d41b07e63c85f2a1e7793d40ab6c2%010u\n"
			    "add ah spi %u dst 10.0.0.1 src 10.1.%u.%u authalg sha1 \\\n"
			    "authkey 36b3216fdaeeb975729fae923d5a4f%010u pair-spi %u\n",
			    i + 256, i >> 8 & 255, i & 255, i, i + 256, i >> 8 & 255, i & 255, i,
			    i + 256);
	read_everything(&sb, &count);
	cr_expect_eq(count, 0);
	strbuf_release(&sb);
}

/* Bounded so loosely that a busy machine or a sanitizer does not matter; what is quadratic would
 * take minutes. */
Test(ipseckeys, large_files, .timeout = 60)
{
	static const char *const pieces[] = {
		"\\\n",
		"\\ \n",
		"\\",
		"\"",
		"# \\\n",
		"add \\\n",
		" #",
		"\n0",
		"add esp authkey 0\n0\n",
		"add ah spi 1 src ::1 dst ::1 pair-spi 1 authkey 0\n",
		"update ah spi 1 src ::1 dst ::1 pair-spi 1\n",
		"add ah spi 1 src ::1 dst ::2\ndelete ah spi 1 dst ::2\n",
		"flush\n",
		"src ",
	};
	size_t i, count;

	read_many_pairs();
	for (i = 0; i < ARRAY_SIZE(pieces) * 2; i++) {
		struct strbuf sb = STRBUF_INIT;

		strbuf_addstr(&sb, i % 2 == 0 ? "add esp " : "");
		while (sb.len < 500000)
			strbuf_addstr(&sb, pieces[i / 2]);
		read_everything(&sb, &count);
		strbuf_release(&sb);
	}
}

Test(ipseckeys, goldens_of_the_corpus, .timeout = 60)
{
	samples_check_goldens(&ipseckeys_format, 75);
}

Test(ipseckeys, truncations_of_the_corpus, .timeout = 120)
{
	samples_check_truncations(&ipseckeys_format);
}
