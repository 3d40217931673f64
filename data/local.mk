# What is installed beside the programs: settings, profiles, and the host that --demo shows.
dist_pkgdata_DATA += data/ikeconsole.ini data/sample-host.modes

profilesdir = $(pkgdatadir)/profiles
dist_profiles_DATA = data/profiles/mdm-ssm.ini data/profiles/solaris.ini

# The tree of the sample host, one folder a list: make has no other way to keep names like 0 apart.
sampleinetdir = $(pkgdatadir)/sample-host/etc/inet
dist_sampleinet_DATA = data/sample-host/etc/inet/ipsecinit.conf

sampleikedir = $(sampleinetdir)/ike
dist_sampleike_DATA = data/sample-host/etc/inet/ike/config

samplepublickeysdir = $(sampleikedir)/publickeys
dist_samplepublickeys_DATA = \
	data/sample-host/etc/inet/ike/publickeys/0 \
	data/sample-host/etc/inet/ike/publickeys/1 \
	data/sample-host/etc/inet/ike/publickeys/2 \
	data/sample-host/etc/inet/ike/publickeys/3 \
	data/sample-host/etc/inet/ike/publickeys/4 \
	data/sample-host/etc/inet/ike/publickeys/5 \
	data/sample-host/etc/inet/ike/publickeys/6 \
	data/sample-host/etc/inet/ike/publickeys/7 \
	data/sample-host/etc/inet/ike/publickeys/8 \
	data/sample-host/etc/inet/ike/publickeys/9

samplecrlsdir = $(sampleikedir)/crls
dist_samplecrls_DATA = data/sample-host/etc/inet/ike/crls/0

samplesecretdir = $(sampleinetdir)/secret
dist_samplesecret_DATA = \
	data/sample-host/etc/inet/secret/ike.preshared \
	data/sample-host/etc/inet/secret/ipseckeys

sampleprivatekeysdir = $(samplesecretdir)/ike.privatekeys
dist_sampleprivatekeys_DATA = \
	data/sample-host/etc/inet/secret/ike.privatekeys/1 \
	data/sample-host/etc/inet/secret/ike.privatekeys/10

EXTRA_DIST += data/README.md data/make-sample-host data/sample-host.faults

completionsdir = $(datadir)/bash-completion/completions
dist_completions_DATA = data/completions/ikeconsole
