# common.bash: what the tests of the command line share. They source it and call "finish" at their end.
#
# The program is $IKECONSOLE, or the one in the folder where the tests run. Trees are copies in a
# folder of their own, which is removed. Whatever the program is asked to do, run checks that it
# ends by itself within ten seconds, without a crash, that nothing it prints could harm a terminal,
# and that no key is in it.
set -u

export LC_ALL=C SOURCE_DATE_EPOCH=1749945600
unset NO_COLOR LANGUAGE
source=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
program=${IKECONSOLE:-$PWD/ikeconsole}
work=$(mktemp -d "${TMPDIR:-/tmp}/ikeconsole-cli.XXXXXX") || exit 99
chmod 755 "$work"
export HOME=$work/home XDG_CONFIG_HOME=$work/config
# What the tests change is not the machine's business.
mkdir -p "$XDG_CONFIG_HOME"
printf '[history]\nsyslog = no\n' >"$XDG_CONFIG_HOME/ikeconsole.ini"
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
trap 'exit 99' HUP INT TERM
passed=0 failed=0

# A key that would be known again wherever it turned up, and another one for it.
secret=5ec2e7f00d5ec2e7f00d5ec2e7f00d5e
other_secret=5ec2e7beef5ec2e7beef5ec2e7beef5e

# The same for a manual SA, and two of them.
sa_encr=$secret sa_auth=5ec2e7a017$secret
sa_auth=${sa_auth:0:40}
sa_keys="$other_secret
${other_secret}5ec2e7aa"
sa_one="add esp spi 691 proto 6 src 192.0.2.86 sport 829 dst 192.0.2.69 encralg aes encrkey $sa_encr authalg sha1 authkey $sa_auth"
sa_two="add esp spi 690 proto 6 dst 192.0.2.86 dport 829 src 192.0.2.69 encralg aes encrkey $sa_encr authalg sha1 authkey $sa_auth"

pass() { passed=$((passed + 1)); }

# fail WHAT: counts, and shows what the program said last.
fail()
{
	failed=$((failed + 1))
	echo "FAILED: $1"
	sed 's/^/    out: /' "$work/out" 2>/dev/null | head -n 12
	sed 's/^/    err: /' "$work/err" 2>/dev/null | head -n 6
}

# is WHAT EXPECTED GOT
is()
{
	if [[ $2 == "$3" ]]; then
		pass
	else
		fail "$1"
		diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") | sed 's/^/    /' | head -n 30
	fi
}

# Bytes that a terminal could take for an order: everything below blank but tab and newline.
has_controls() { [[ $(tr -d '\t\n\040-\176\200-\377' <"$1" | wc -c) -ne 0 ]]; }

# Characters that a terminal, or an eye, could be turned by: C1 controls, what has no width, and marks
# of direction; and bytes that are no UTF-8.
has_marks()
{
	grep -qaP '\xc2[\x80-\x9f]|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xd8\x9c|\xef\xbb\xbf|\xf3\xa0' "$1" ||
		! iconv -f UTF-8 -t UTF-8 "$1" >/dev/null 2>&1
}

# judge WANTED STATUS: the last run. SECRETS=shown where a key is meant to be printed.
judge()
{
	if [[ $2 -ne $1 ]]; then
		fail "$what: exit status $2, not $1"
	elif has_controls "$work/out" || has_controls "$work/err"; then
		fail "$what: control characters"
	elif has_marks "$work/out" || has_marks "$work/err"; then
		fail "$what: marks"
	elif [[ ${SECRETS-} != shown ]] && grep -aqi 5ec2e7 "$work/out" "$work/err"; then
		fail "$what: a key is shown"
	else
		pass
	fi
}

# run STATUS WORD...: the program with these words, standard input from $INPUT.
run()
{
	local wanted=$1
	shift
	what="ikeconsole $*"
	timeout -k 2 10 "$program" "$@" >"$work/out" 2>"$work/err" <"${INPUT:-/dev/null}"
	judge "$wanted" $?
}

# printed TEXT, said TEXT: what the last run wrote to standard output, to standard error.
printed() { if grep -qF -- "$1" "$work/out"; then pass; else fail "$what: no '$1' in its output"; fi; }
said() { if grep -qF -- "$1" "$work/err"; then pass; else fail "$what: no '$1' in its messages"; fi; }
not_said() { if grep -qF -- "$1" "$work/err"; then fail "$what: '$1' in its messages"; else pass; fi; }
not_printed() { if grep -qF -- "$1" "$work/out"; then fail "$what: '$1' in its output"; else pass; fi; }
silent() { if [[ -s $work/err ]]; then fail "$what: a message"; else pass; fi; }

# is_json: the output of the last run is one JSON value, and nothing else.
if command -v python3 >/dev/null; then
	is_json() { if python3 -m json.tool <"$work/out" >"$work/json" 2>&1; then pass; else fail "$what: no JSON"; fi; }
	# json EXPRESSION: what the expression says of the value J.
	json() { python3 -c 'import json, sys; J = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$work/out" "$1"; }
else
	is_json() { if [[ $(head -c1 "$work/out") == '{' && $(tail -n1 "$work/out") == '}' ]]; then pass; else fail "$what: no JSON"; fi; }
	json() { echo skipped; }
fi
# json_is WHAT EXPRESSION VALUE
json_is()
{
	local got
	got=$(json "$2" 2>&1)
	[[ $got == skipped ]] || is "$1" "$3" "$got"
}

# The sample host as it is meant to be, once; "copy" takes copies of it.
sample=$work/sample
make_sample()
{
	local mode path
	while read -r mode path; do
		case $mode in
		'#'*) ;;
		*)
			if [[ $path == */ ]]; then
				mkdir -p "$sample/$path"
			else
				cp "$source/data/sample-host/$path" "$sample/$path"
			fi
			chmod "$mode" "$sample/$path"
			;;
		esac
	done <"$source/data/sample-host.modes"
}

name="CN=PKBRoot01, ST=North Carolina, C=US, L=Research Triangle Park, O=Security, OU=3X20"
own="CN=SSM0 47.154.135.86, ST=North Carolina, C=US, L=Research Triangle Park, O=Security, OU=3X20"

# A small host in which profile mdm-ssm finds nothing but notes.
small=$work/small
make_small()
{
	local inet=$small/etc/inet
	mkdir -p "$inet/ike/publickeys" "$inet/ike/crls" "$inet/secret/ike.privatekeys"
	chmod 700 "$inet/secret" "$inet/secret/ike.privatekeys"
	cp "$sample"/etc/inet/ike/publickeys/[01] "$inet/ike/publickeys/"
	cp "$sample"/etc/inet/ike/crls/0 "$inet/ike/crls/"
	cp -p "$sample"/etc/inet/secret/ike.privatekeys/1 "$inet/secret/ike.privatekeys/"
	cat >"$inet/ike/config" <<END
p1_nonce_len 20
# Global parameters
cert_root "$name"
cert_trust "$name"
ignore_crls
p1_lifetime_secs 28800
p1_xform
{ auth_method preshared oakley_group 1 auth_alg sha encr_alg 3des }
p2_pfs 0
#
{
label INDEXID_1
local_id_type ip
local_addr 192.0.2.86
remote_addr 192.0.2.81
p2_pfs 2 p2_lifetime_secs 28800
p1_xform { p1_lifetime_secs 86400 auth_method preshared oakley_group 2 auth_alg sha1 encr_alg 3des}
} {
label INDEXID_2
local_id_type dn
local_addr 192.0.2.86
local_id "$own"
remote_addr 192.0.2.69
remote_id ""
p2_pfs 1
p1_xform { p1_lifetime_secs 86400 auth_method rsa_sig oakley_group 2 auth_alg sha1 encr_alg 3des}
}
# a person's own
{
	label "lab"	# mine
	local_addr 192.0.2.86
	remote_addr 198.51.100.0/24
	p1_xform { auth_method preshared oakley_group 14 auth_alg sha1 encr_alg aes(128..256) }
}
END
	cat >"$inet/secret/ike.preshared" <<END
# keys
{
	localidtype IP
	localid 192.0.2.86
	remoteidtype IP
	remoteid 192.0.2.81
	key $secret
}
{
	localidtype IP
	localid 192.0.2.86
	remoteidtype IP
	remoteid 198.51.100.7
	key $other_secret
}
END
	chmod 644 "$inet/ike/config"
	chmod 600 "$inet/secret/ike.preshared"
}

# copy TREE: a fresh copy of it in $tree, with the three files in short.
copy()
{
	tree=$work/tree
	[[ ! -d $tree ]] || chmod -R u+rwX "$tree"
	rm -rf "$tree"
	cp -a "$1" "$tree"
	config=$tree/etc/inet/ike/config
	preshared=$tree/etc/inet/secret/ike.preshared
	manual_keys=$tree/etc/inet/secret/ipseckeys
}

# snapshot TREE: everything that is in it, with who may read it, whose it is, and when it was changed.
snapshot()
{
	(cd "$1" && find . -exec stat -c '%n %A %u %g %s %y %i' {} + | sort &&
		find . -type f -exec cksum {} + | sort)
}

finish()
{
	echo "$passed passed, $failed failed"
	[[ $failed -eq 0 ]]
	exit
}

mkdir -p "$HOME"
make_sample
make_small
