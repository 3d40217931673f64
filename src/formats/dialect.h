/* Whose daemon reads the files: the same text is right for one release and wrong for another. */
#ifndef FORMATS_DIALECT_H
#define FORMATS_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

enum dialect {
	DIALECT_SOL9,
	DIALECT_SOL10,
	DIALECT_SOL11,  /* 11.0 to 11.3, OpenSolaris */
	DIALECT_SOL114, /* 11.4 */
	DIALECT_ILLUMOS,
	DIALECT_IKEV2D, /* the open in.ikev2d, which reads the same file */
	DIALECT_COUNT
};

/* The name as in --dialect. */
const char *dialect_name(enum dialect dialect);

/* What a person calls it; translated. */
const char *dialect_title(enum dialect dialect);

bool dialect_parse(const char *name, enum dialect *dialect);

#endif
