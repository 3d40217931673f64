/*
 * The certificate store: any bytes at all in a slot of publickeys, crls or ike.privatekeys, beside
 * good ones, are read, joined, checked and shown.
 *
 * The first byte of an input says by its lowest bits into which of the three folders the others go.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/blob.h"
#include "tests/fault/tree.h"
#include "tests/tools/survey.h"

#define NOW 1735689600 /* 2025-01-01 */

static const char config[] =
	"p1_nonce_len 20\np1_lifetime_secs 86400\nignore_crls\n"
	"cert_root \"C=US, O=Example, CN=Root\"\ncert_trust \"C=US, O=Example, CN=Root\"\n"
	"{ label INDEXID_1 local_id_type dn local_addr 192.0.2.1 remote_addr 192.0.2.2\n"
	"local_id \"C=US, O=Example, CN=host\" remote_id \"\" p2_pfs 2 p2_lifetime_secs 28800\n"
	"p1_xform { auth_method rsa_sig oakley_group 2 auth_alg sha1 encr_alg 3des\n"
	"p1_lifetime_secs 86400 } }\n";

static const char *const folders[] = { "/etc/inet/ike/publickeys", "/etc/inet/ike/crls",
				       "/etc/inet/secret/ike.privatekeys" };

/* The tree and the profile live as long as the process. */
static struct {
	char *root;
	struct profile *profile;
} store;

static void remove_tree(void)
{
	tree_free(store.root);
	profile_free(store.profile);
}

static void copy(const char *from, const char *to, mode_t mode)
{
	struct file_info info;
	struct blob blob;

	file_read(CORPUS "/pki", from, false, &blob, &info);
	if (info.state != FILE_READ)
		abort();
	tree_bytes(store.root, to, blob.data, blob.len, mode);
	blob_release(&blob);
}

static void make_tree(void)
{
	struct error err = ERROR_INIT;

	store.profile = profile_load(DATA "/profiles", "mdm-ssm", &err);
	if (store.profile == NULL)
		abort();
	store.root = tree_new();
	atexit(remove_tree);
	tree_folder(store.root, "/etc/inet/secret", 0700);
	tree_folder(store.root, folders[2], 0700);
	tree_file(store.root, "/etc/inet/ike/config", config, 0644);
	copy("/root.der", "/etc/inet/ike/publickeys/1", 0644);
	copy("/host.der", "/etc/inet/ike/publickeys/2", 0644);
	copy("/host-key.der", "/etc/inet/secret/ike.privatekeys/2", 0600);
	copy("/base64.pem", "/etc/inet/ike/publickeys/3", 0644);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct strbuf where = STRBUF_INIT, path = STRBUF_INIT;
	const char *wrong;
	struct host *host;
	unsigned i;

	if (len == 0)
		return 0;
	if (store.root == NULL)
		make_tree();
	for (i = 0; i < 3; i++) {
		strbuf_clear(&path);
		strbuf_addf(&path, "%s/fuzz", folders[i]);
		if ((bytes[0] & 7) == 0 || (bytes[0] & 1u << i) != 0)
			tree_bytes(store.root, path.buf, bytes + 1, len - 1, i < 2 ? 0644 : 0600);
	}
	host = host_open(store.root, DIALECT_SOL10);
	if (host->certs.missing != NULL) {
		fprintf(stderr, "certs: %s\n", host->certs.missing);
		abort();
	}
	wrong = survey_host(host, store.profile, NOW, &where);
	if (wrong != NULL) {
		fprintf(stderr, "certs: %s: %s\n", wrong, where.buf);
		abort();
	}
	host_free(host);
	strbuf_release(&where);
	strbuf_release(&path);
	return 0;
}
