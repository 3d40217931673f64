#include "config.h"

#include "base/secret.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#ifdef HAVE_SYS_PRCTL_H
#include <sys/prctl.h>
#endif

#include "base/fatal.h"
#include "base/i18n.h"

void secret_wipe(void *bytes, size_t len)
{
	if (len == 0)
		return;
#ifdef HAVE_EXPLICIT_BZERO
	explicit_bzero(bytes, len);
#else
	volatile unsigned char *p = bytes;

	while (len-- > 0)
		*p++ = 0;
#endif
}

void *secret_alloc(size_t size)
{
	void *bytes = mmap(NULL, size != 0 ? size : 1, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (bytes == MAP_FAILED)
		fatal(_("out of memory"));
	/* Both may be refused (RLIMIT_MEMLOCK, old kernels); the memory is still wiped. */
	(void)mlock(bytes, size);
#ifdef MADV_DONTDUMP
	(void)madvise(bytes, size, MADV_DONTDUMP);
#endif
	return bytes;
}

void secret_free(void *bytes, size_t size)
{
	if (bytes == NULL)
		return;
	secret_wipe(bytes, size);
	munmap(bytes, size != 0 ? size : 1);
}

void secret_protect_process(void)
{
	struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
	/* The leak checker of a sanitizer build attaches to the process, which this would forbid.
	 */
#if defined(HAVE_SYS_PRCTL_H) && defined(PR_SET_DUMPABLE) && !defined(__SANITIZE_ADDRESS__)
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}
