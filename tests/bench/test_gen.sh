#!/bin/sh
# The generator: the same data each time, what was asked for in each file, and a manifest that is right.
set -eu

gen=$PWD/tests/bench/gen_host
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
config=etc/inet/ike/config
failures=0

# expect TEXT COMMAND...: the command succeeds
expect() {
	text=$1
	shift
	if ! "$@" >/dev/null 2>&1; then
		echo "FAIL: $text"
		failures=$((failures + 1))
	fi
}

expect_not() {
	text=$1
	shift
	if "$@" >/dev/null 2>&1; then
		echo "FAIL: $text"
		failures=$((failures + 1))
	fi
}

# is VALUE COMMAND...: what the command prints
is() {
	value=$1
	shift
	[ "$("$@")" = "$value" ]
}

for style in whitepaper solaris mixed; do
	"$gen" --rules 400 --style $style $style
	"$gen" --rules 400 --style $style again-$style
	"$gen" --rules 400 --style $style --seed 2 --files ike other-$style
	"$gen" --rules 400 --style $style --labels indexid --files ike indexid-$style
	expect "$style: the same bytes again" diff -r $style again-$style
	expect_not "$style: other bytes from another seed" cmp $style/$config other-$style/$config
	grep -ow '"\(site\|cert\)-[0-9]*"' $style/$config | sort -u >labels
	expect "$style: 400 labels, none twice" is 400 grep -c . labels
	grep -ow 'INDEXID_[0-9]*' indexid-$style/$config | sort -u >labels
	expect "$style: 400 labels in INDEXID form" is 400 grep -c . labels
	expect "$style: the first is 1" grep -qx INDEXID_1 labels
	expect_not "$style: and not 0" grep -qx INDEXID_0 labels
done
expect_not 'styles differ: whitepaper, solaris' cmp whitepaper/$config solaris/$config
expect_not 'styles differ: whitepaper, mixed' cmp whitepaper/$config mixed/$config
expect_not 'styles differ: solaris, mixed' cmp solaris/$config mixed/$config

expect 'half as many keys' is 200 grep -c '^	key' mixed/etc/inet/secret/ike.preshared
expect 'as many policies' is 400 grep -c '[}] *\(ipsec\|bypass\)\|^    ipsec' mixed/etc/inet/ipsecinit.conf
expect 'as many manual SAs' is 400 grep -c '^add' mixed/etc/inet/secret/ipseckeys
expect 'keys are private' is 2 sh -c 'find mixed -type f -perm 0600 | grep -c /secret/'
expect 'their folder is, too' is 1 sh -c 'find mixed -type d -name secret -perm 0700 | grep -c .'
expect_not 'nothing but the files asked for' test -e other-mixed/etc/inet/secret
expect 'a file does not depend on the others' sh -c \
	"'$gen' --rules 400 --style mixed --files ike one && cmp mixed/$config one/$config"
"$gen" --rules 401 --style mixed --files ike longer
head -c "$(wc -c <mixed/$config)" longer/$config >head
expect 'a larger file begins like a smaller one' cmp head mixed/$config

# What each kind of damage looks like on the line that the manifest names.
cat >kinds <<'END'
unknown_keyword	locl_addr
bad_address	10[.]300[.]1[.]1
bad_group	(^|[ \t])99
missing_close	[{]
unterminated_string	"a label without its end
duplicate_label	"(site|cert)-[0-9]*"
weak_encr	(^|[ \t])des($|[ \t])
missing_remote_addr	[{]
bad_number	14x
stray_close	^[}]$
END
for style in whitepaper solaris mixed; do
	"$gen" --rules 400 --style $style --defects 40 --files ike bad-$style
	manifest=bad-$style/defects.tsv
	expect "$style: 40 defects in the manifest" is 40 grep -c . $manifest
	expect "$style: 4 of each kind" is 10 sh -c "cut -f2 $manifest | sort | uniq -c | grep -c ' 4 '"
	diff $style/$config bad-$style/$config >changes || :
	expect "$style: 40 places differ" is 40 grep -c '^[0-9]' changes
	expect "$style: they are where the manifest says" awk -F'\t' '
		FILENAME == "kinds" { pattern[$1] = $2; next }
		FILENAME ~ /defects/ { kind[$1] = $2; next }
		FNR in kind { seen++; if ($0 !~ pattern[kind[FNR]]) exit 1 }
		END { exit seen != 40 }' kinds $manifest bad-$style/$config
	grep -ow '"\(site\|cert\)-[0-9]*"' bad-$style/$config | sort | uniq -d >twice
	expect "$style: 4 labels come twice" is 4 grep -c . twice
done

for wrong in '--rules x' '--rules 0x10' '--style none' '--labels none' '--files ike,none' \
	'--rules 10 --defects 3' '--none'; do
	# shellcheck disable=SC2086
	expect_not "refused: $wrong" "$gen" $wrong refused
done
expect_not 'nothing written by a refused call' test -e refused

[ $failures -eq 0 ] || exit 1
echo 'the generator is right'
