/*
 * Why something could not be done.
 *
 * A function that can fail takes a struct error as its last parameter, returns false, and has set
 * it: a code that tells the program's exit status, and a translated sentence that names the file,
 * the cause and the way out. The first one who knows sets it; on the way up context may be put in
 * front. The parameter is never NULL. What is wrong in the administrator's files is not an error
 * but a finding (lint/finding.h).
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

/* The values are the program's exit statuses. */
enum error_code {
	ERROR_NONE = 0,
	ERROR_FINDINGS = 1, /* check found errors; not a failure of ours */
	ERROR_USAGE = 2,    /* the command line, an answer or a setting is wrong */
	ERROR_IO = 3,       /* a file cannot be read, understood far enough, or written */
	ERROR_REFUSED = 4,  /* read-only, role, profile rule or a missing right */
	ERROR_ENGINE = 5,   /* the engine failed or is not there */
	ERROR_CHANGED = 6,  /* the file changed under us and cannot be merged */
	ERROR_NOT_FOUND = 7 /* no such label, SPI, slot */
};

struct error {
	enum error_code code;
	int errnum; /* errno where there was one, else 0 */
	char *text; /* a sentence without a newline, printable; NULL where code is ERROR_NONE */
};

#define ERROR_INIT                                                                                 \
	{                                                                                          \
		.code = ERROR_NONE                                                                 \
	}

/* Sets ERR and returns false, so that a caller can write: return error_set(err, ...). */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with ": " and the words for ERRNUM behind the sentence. */
bool error_set_errno(struct error *err, enum error_code code, int errnum, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Puts "text: " in front of what ERR says. Returns false. */
bool error_prefix(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts text behind what ERR says. Returns false. */
bool error_append(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

void error_clear(struct error *err);

#endif
