/* The module: found, loaded once, and showing nothing but its one function. */
#include "config.h"

#include <dlfcn.h>
#include <unistd.h>

#include "pki_corpus.h"

#include "base/fatal.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "pki/module.h"

/* The path of NAME seen from where this test program is. */
static char *path_here(const char *name)
{
	char *dir = paths_executable_dir();
	struct strbuf path = STRBUF_INIT;

	cr_assert_not_null(dir);
	strbuf_addf(&path, "%s/%s", dir, name);
	free(dir);
	return strbuf_detach(&path, NULL);
}

/* The tests run beside no module: a link to the one that was built stands in for it. */
Test(pki_module, missing_then_loaded)
{
	struct error err = ERROR_INIT;
	const struct pki *pki;
	struct pki_cert row;
	char *path = path_here(MODULE_FILE);

	unlink(path);
	cr_assert_null(pki_open(&err));
	cr_assert_eq(err.code, ERROR_IO);
	cr_assert_not_null(strstr(err.text, MODULE_FILE));
	error_clear(&err);
	cr_assert_eq(symlink("../../" MODULE_FILE, path), 0);
	pki = pki_open(&err);
	cr_assert_not_null(pki, "%s", err.text);
	cr_assert_eq(pki_open(&err), pki);
	row = cert_row("host.der");
	cr_assert_eq(row.head.state, PKI_OK);
	cr_assert_str_eq(row.subject, "C=US, O=Example\\, Inc., OU=Ops, CN=hosta");
	pki_cert_release(&row);
	unlink(path);
	free(path);
}

Test(pki_module, shows_one_symbol)
{
	static const char *const hidden[] = { "crypto_open", "xmalloc", "fatal", "dn_parse",
					      "pki_cert_release" };
	char *path = path_here("../../" MODULE_FILE);
	void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	size_t i;

	cr_assert_not_null(module, "%s", dlerror());
	cr_assert_not_null(dlsym(module, MODULE_SYMBOL));
	for (i = 0; i < ARRAY_SIZE(hidden); i++)
		cr_assert_null(dlsym(module, hidden[i]), "%s", hidden[i]);
	free(path);
}
