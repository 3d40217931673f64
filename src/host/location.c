#include "config.h"

#include "host/location.h"

#include <string.h>

#include "base/i18n.h"
#include "formats/ike_config/file.h"
#include "formats/ike_preshared/file.h"
#include "formats/ipsecinit/file.h"
#include "formats/ipseckeys/file.h"

/* ike.config(5), ike.preshared(5), ipsecconf(8), ipseckey(8), ikecert(8); modes as in FILE-1 to
 * FILE-7. */
const struct location_info locations[LOCATION_COUNT] = {
	[LOCATION_IKE_CONFIG] = {
		.path = "/etc/inet/ike/config",
		.title = N_("IKE configuration"),
		.format = &ike_config_format,
		.rule = "FILE-1",
		.setting = "config",
		.mode = 0644,
	},
	[LOCATION_PRESHARED] = {
		.path = "/etc/inet/secret/ike.preshared",
		.title = N_("preshared keys"),
		.format = &preshared_format,
		.rule = "FILE-3",
		.setting = "secret_files",
		.share = "ike_preshared",
		.kept_by = "COEX-R11",
		.mode = 0600,
		.secret = true,
	},
	[LOCATION_IPSECINIT] = {
		.path = "/etc/inet/ipsecinit.conf",
		.title = N_("IPsec policies"),
		.format = &ipsecinit_format,
		.rule = "FILE-6",
		.setting = "ipsecinit",
		.share = "ipsecinit",
		.kept_by = "FILE-6",
		.mode = 0644,
	},
	[LOCATION_IPSECKEYS] = {
		.path = "/etc/inet/secret/ipseckeys",
		.title = N_("manual keys"),
		.format = &ipseckeys_format,
		.rule = "FILE-3",
		.setting = "secret_files",
		.share = "ipseckeys",
		.kept_by = "FILE-7",
		.mode = 0600,
		.secret = true,
	},
	[LOCATION_IKE] = {
		.path = "/etc/inet/ike",
		.title = N_("folder of the IKE configuration"),
		.rule = "FILE-1",
		.mode = 0755,
	},
	[LOCATION_PUBLICKEYS] = {
		.path = "/etc/inet/ike/publickeys",
		.title = N_("certificates"),
		.rule = "FILE-2",
		.setting = "publickeys",
		.share = "publickeys",
		.kept_by = "FILE-2",
		.mode = 0755,
		.file_mode = 0644,
	},
	[LOCATION_CRLS] = {
		.path = "/etc/inet/ike/crls",
		.title = N_("revocation lists"),
		.rule = "FILE-5",
		.setting = "crls",
		.share = "crls",
		.kept_by = "FILE-5",
		.mode = 0755,
		.file_mode = 0644,
	},
	[LOCATION_SECRET] = {
		.path = "/etc/inet/secret",
		.title = N_("folder of secrets"),
		.rule = "FILE-3",
		.setting = "secret",
		.mode = 0700,
		.secret = true,
	},
	[LOCATION_PRIVATEKEYS] = {
		.path = "/etc/inet/secret/ike.privatekeys",
		.title = N_("private keys"),
		.rule = "FILE-4",
		.setting = "privatekeys",
		.share = "privatekeys",
		.kept_by = "FILE-4",
		.mode = 0700,
		.file_mode = 0600,
		.secret = true,
	},
};

enum location location_parent(enum location location)
{
	const char *path = locations[location].path;
	size_t len = (size_t)(strrchr(path, '/') - path);
	int i;

	for (i = LOCATION_FILES; i < LOCATION_COUNT; i++)
		if (strlen(locations[i].path) == len && memcmp(locations[i].path, path, len) == 0)
			return (enum location)i;
	return LOCATION_COUNT;
}

enum location location_of_format(const char *format)
{
	int i;

	for (i = 0; i < LOCATION_FILES; i++)
		if (locations[i].format != NULL && strcmp(locations[i].format->name, format) == 0)
			return (enum location)i;
	return LOCATION_COUNT;
}
