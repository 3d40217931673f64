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

/*
 * The C library moves bytes through registers that nothing else uses, and what it moved last stays
 * there, up to 64 bytes in each; a core has them.
 */
static void forget_registers(void)
{
#if defined __x86_64__ && defined __GNUC__
	if (__builtin_cpu_supports("avx"))
		__asm__ volatile("vzeroall"
				 :
				 :
				 : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
				   "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14",
				   "xmm15");
	/* No compiler of a program for all processors uses those from 16 on. */
	if (__builtin_cpu_supports("avx512f"))
		__asm__ volatile(".irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, "
				 "30, 31\n\t"
				 "vpxorq %%zmm\\n, %%zmm\\n, %%zmm\\n\n\t"
				 ".endr"
				 :
				 :
				 :
#ifdef __AVX512F__
				 "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22",
				 "xmm23", "xmm24", "xmm25", "xmm26", "xmm27", "xmm28", "xmm29",
				 "xmm30", "xmm31"
#else
				 "memory"
#endif
		);
#endif
}

void secret_free(void *bytes, size_t size)
{
	if (bytes == NULL)
		return;
	secret_wipe(bytes, size);
	forget_registers();
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
