#include "config.h"

#include "pki/pki.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/fatal.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "pki/module.h"

/* The table that the module at PATH gives, or NULL. */
static const struct pki *load(const char *path, struct error *err)
{
	__typeof__(&ikeconsole_crypto) open;
	void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	const struct pki *pki;

	if (module == NULL) {
		error_set(err, ERROR_IO, _("cannot load what reads certificates and keys: %s"),
			  dlerror());
		return NULL;
	}
	*(void **)&open = dlsym(module, MODULE_SYMBOL);
	pki = open != NULL ? open(fatal_run_hook, err) : NULL;
	if (open != NULL && pki == NULL)
		return NULL;
	if (pki == NULL || pki->size != sizeof *pki || strcmp(pki->version, PACKAGE_VERSION) != 0) {
		error_set(
			err, ERROR_IO,
			_("'%s' is of another version than this program: install ikeconsole again"),
			path);
		return NULL;
	}
	return pki;
}

const struct pki *pki_open(struct error *err)
{
	static const struct pki *loaded; /* a module is loaded once and stays */
	char *path;

	if (loaded != NULL)
		return loaded;
	path = paths_find(PATHS_LOADED, MODULE_FILE);
	if (path == NULL)
		error_set(
			err, ERROR_IO,
			_("cannot find '%s', which reads certificates and keys: install ikeconsole "
			  "again"),
			PKGLIBEXECDIR "/" MODULE_FILE);
	else
		loaded = load(path, err);
	free(path);
	return loaded;
}
