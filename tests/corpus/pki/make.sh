#!/bin/sh
# Makes the files of this folder anew with the openssl tool (3.0 or later), and facts.txt: what the
# tool itself says of them. Every key is made here and used for nothing else.
set -eu
export LC_ALL=C
cd "$(dirname "$0")"
rm -f -- *.der *.pem *.bin facts.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/cnf" <<'EOF'
oid_section = oids
[oids]
testType = 1.3.6.1.4.1.99999.7
[req]
distinguished_name = dn
prompt = no
string_mask = utf8only
[dn]
[ca]
default_ca = test
[test]
new_certs_dir = $ENV::work
database = $ENV::work/index
serial = $ENV::work/serial
default_md = sha256
unique_subject = no
policy = any
default_crl_days = 30
[any]
CN = optional
[none]
[nonumber]
[root]
basicConstraints = critical,CA:TRUE,pathlen:1
keyUsage = critical,keyCertSign,cRLSign
[leaf]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment
subjectAltName = @names
[names]
IP.1 = 192.0.2.10
IP.2 = 2001:db8::10
DNS.1 = HostA.Example.COM
email.1 = Ops@Example.COM
URI.1 = https://hosta.example.com/ike
RID.1 = 1.3.6.1.4.1.99999.1
dirName.1 = dirname
otherName.1 = 1.3.6.1.4.1.99999.2;UTF8:opaque
[dirname]
C = US
O = Ex, Inc.
CN = Alias
[hostile]
2.5.29.17 = ASN1:SEQUENCE:hostile_names
[hostile_names]
nul = IMPLICIT:2,FORMAT:HEX,OCTETSTRING:676f6f64002e6576696c
escape = IMPLICIT:1,FORMAT:HEX,OCTETSTRING:611b5b324a40622e6578
short = IMPLICIT:7,FORMAT:HEX,OCTETSTRING:c00002
[badsan]
2.5.29.17 = DER:0408ffffffff
EOF
export work
: >"$work/index"
echo 2A00000000000000B1 >"$work/serial"

# key NAME GENPKEY-ARGUMENTS: a new key in PKCS#8 PEM, kept in the scratch folder.
key() {
	name=$1
	shift
	openssl genpkey -quiet "$@" -out "$work/$name.key" 2>/dev/null ||
		openssl genpkey "$@" -out "$work/$name.key" 2>/dev/null
}

from=20200101000000Z
to=20400101000000Z

# issue NAME KEY SUBJECT EXTENSIONS [CA-ARGUMENTS]: NAME.der, signed by the root, or with -selfsign.
issue() {
	name=$1 key=$2 subject=$3 ext=$4
	shift 4
	openssl req -new -utf8 -config "$work/${cnf:-cnf}" -key "$work/$key.key" -subj "$subject" \
		-out "$work/req"
	signer="-cert $work/root.pem -keyfile $work/root.key"
	for word; do
		test "$word" != -selfsign || signer="-keyfile $work/$key.key"
	done
	# shellcheck disable=SC2086
	openssl ca -batch -notext -preserveDN -utf8 -config "$work/${cnf:-cnf}" -in "$work/req" $signer \
		-extensions "$ext" -startdate "$from" -enddate "$to" -out "$work/out.pem" "$@" \
		2>/dev/null
	openssl x509 -in "$work/out.pem" -outform DER -out "$name.der"
	printf '%s %s %s %s\n' "$name.der" \
		"$(openssl x509 -in "$work/out.pem" -noout -fingerprint -sha256 |
			sed 's/.*=//; s/://g' | tr A-F a-f)" \
		"$(openssl x509 -in "$work/out.pem" -noout -fingerprint -sha1 |
			sed 's/.*=//; s/://g' | tr A-F a-f)" \
		"$(openssl x509 -in "$work/out.pem" -noout -serial | sed 's/.*=//')" >>facts.txt
}

key root -algorithm RSA -pkeyopt rsa_keygen_bits:2048
key host -algorithm RSA -pkeyopt rsa_keygen_bits:1024
key ec -algorithm EC -pkeyopt ec_paramgen_curve:P-256
key ed -algorithm ED25519
openssl dsaparam -out "$work/dsaparam" 1024 2>/dev/null
openssl genpkey -paramfile "$work/dsaparam" -out "$work/dsa.key" 2>/dev/null
key pss -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024

# Certificates.
root='/C=US/O=Example\, Inc./CN=Test Root'
openssl req -x509 -new -config "$work/cnf" -key "$work/root.key" -subj "$root" -days 1 \
	-out "$work/root.pem"
issue root root "$root" root -selfsign
openssl x509 -in root.der -inform DER -out "$work/root.pem"
issue host host '/C=US/O=Example\, Inc./OU=Ops/CN=hosta' leaf
issue self-md5 host '/CN=MD5 Host/O=Example' none -selfsign -md md5
issue self-sha1 host '/CN=SHA1 Host/O=Example' none -selfsign -md sha1
issue ec ec '/CN=ec host' leaf -selfsign -md sha384
issue ed25519 ed '/CN=ed host' leaf -selfsign -md null
issue dsa dsa '/CN=dsa host' leaf -selfsign -md sha256
issue pss pss '/CN=pss host' leaf -selfsign -md sha256
issue expired host '/CN=expired' leaf -enddate 20200201000000Z
from=19491231235959Z to=99991231235959Z
issue ages host '/CN=ages' leaf
from=20200101000000Z to=20400101000000Z
issue names host '/DC=org/C=US+ST=North  Carolina/O=A \\ B\, "C"\; D\+E/CN=\#x/UID=u1/emailAddress=ops@example.com' none
issue umlaut host '/C=DE/O=Größe GmbH/CN=ÄÖÜ Straße' none
sed 's/utf8only/MASK:0x800/' "$work/cnf" >"$work/bmp"
cnf=bmp issue bmp host '/O=Größe GmbH/CN=ÄÖÜ Straße' none
sed 's/utf8only/MASK:0x4/' "$work/cnf" >"$work/t61"
cnf=t61 issue t61 host '/O=Größe GmbH/CN=ÄÖÜ Straße' none
issue hostile host "/CN=a$(printf '\033')[2Jb$(printf '\342\200\256')c" hostile
issue badsan host '/CN=bad san' badsan
issue unknown host '/testType=Seven/CN=unknown type' none
openssl req -new -config "$work/cnf" -key "$work/host.key" -subj '/CN=version 1' -out "$work/req"
openssl x509 -req -in "$work/req" -CA "$work/root.pem" -CAkey "$work/root.key" -set_serial 7 \
	-days 3650 -outform DER -out v1.der 2>/dev/null

# The same point, in short: another encoding of the key, and no other key.
openssl ec -in "$work/ec.key" -conv_form compressed -out "$work/short.key" 2>/dev/null
issue ec-compressed short '/CN=ec host' none -selfsign

# Other wrappings of a certificate.
pem() {
	openssl x509 -in "$1" -inform DER
}
pem host.der >host.pem
pem host.der | sed 's/CERTIFICATE/X509 CERTIFICATE/' >host-x509.pem
openssl x509 -in host.der -inform DER -trustout -setalias hosta -out host-trusted.pem
pem host.der | sed 's/$/\r/' >host-crlf.pem
{ pem host.der; pem root.der; } >two.pem
{ openssl x509 -in host.der -inform DER -noout -subject; pem host.der; } >text.pem
{ cat "$work/host.key"; pem host.der; } >with-key.pem
{ cat host.der; printf tail; } >trailing.der
head -c 300 host.der >truncated.der
pem host.der | head -n 8 >truncated.pem
pem host.der | sed '4s/^..../!!!!/' >base64.pem
{ head -c 40 host.der; head -c 60 /dev/zero; tail -c +101 host.der; } >damaged.der
cp "$work/req" request.pem
: >empty.bin
printf 'IKE private key \001\002\003\204\205 of no known format\377' >garbage.bin
{ printf '0\202\001\000'; head -c 256 /dev/zero | tr '\0' 'Z'; } >garbage-sequence.bin

# Private keys.
openssl pkcs8 -topk8 -nocrypt -in "$work/host.key" -outform DER -out host-key.der
cp "$work/host.key" host-key.pem
openssl rsa -in "$work/host.key" -traditional -out host-pkcs1.pem 2>/dev/null
openssl rsa -in "$work/host.key" -traditional -outform DER -out host-pkcs1.der 2>/dev/null
openssl pkcs8 -topk8 -in "$work/host.key" -v2 aes128 -passout pass:test -out host-encrypted.pem
openssl pkcs8 -topk8 -in "$work/host.key" -v2 aes128 -passout pass:test -outform DER \
	-out host-encrypted.der
openssl rsa -in "$work/host.key" -traditional -aes128 -passout pass:test \
	-out host-encrypted-old.pem 2>/dev/null
head -c 200 host-key.der >key-truncated.der
{ openssl ecparam -name prime256v1; openssl ec -in "$work/ec.key" 2>/dev/null; } >ec-key.pem
openssl pkcs8 -topk8 -nocrypt -in "$work/ec.key" -outform DER -out ec-key.der
openssl dsa -in "$work/dsa.key" -out dsa-key.pem 2>/dev/null
openssl dsa -in "$work/dsa.key" -outform DER -out dsa-key.der 2>/dev/null
openssl pkcs8 -topk8 -nocrypt -in "$work/ed.key" -outform DER -out ed25519-key.der
openssl pkey -in "$work/host.key" -pubout -out public.pem
for name in host ec dsa ed; do
	printf '%s.key %s\n' "$name" \
		"$(openssl pkey -in "$work/$name.key" -pubout -outform DER | sha256sum | cut -c1-64)"
done >>facts.txt

# Revocation lists.
: >"$work/index"
n=1
for reason in keyCompromise superseded unspecified; do
	printf 'R\t400101000000Z\t200%d01000000Z%s\t%s\tunknown\t/CN=r%d\n' $n \
		"$(test $reason = unspecified || printf ',%s' $reason)" "0$n" $n >>"$work/index"
	n=$((n + 1))
done
echo 10 >"$work/crlnumber"
sed 's/^\[any\]/crlnumber = $ENV::work\/crlnumber\n[any]/' "$work/cnf" >"$work/crlcnf"
crl() {
	openssl ca -gencrl -config "$work/crlcnf" -cert "$work/root.pem" -keyfile "$work/root.key" \
		"$@" 2>/dev/null
}
crl -crl_lastupdate 20200601000000Z -crl_nextupdate 20200701000000Z -crlexts nonumber \
	-out three.pem
openssl crl -in three.pem -outform DER -out three.der
: >"$work/index"
crl -crl_lastupdate 20200601000000Z -crl_nextupdate 20400101000000Z -crlexts nonumber -out none.pem
