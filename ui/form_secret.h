/* Fields for keys in forms: typed twice, generated, or read from a file. */
#ifndef UI_FORM_SECRET_H
#define UI_FORM_SECRET_H

#include "ui/console_private.h"

/* Adds the field "key" for a preshared key. HINT says what it is for. */
void secret_add_field(struct w_form *form, const char *hint);

/* The same for any key. */
void secret_add_named(struct w_form *form, const char *name, const char *label, const char *hint);

/* Puts a key into the field, with its length and fingerprint behind it. */
void secret_put(struct console *console, struct w_form *form, size_t field, const struct blob *key);

/* Whether the text is a key; empty is right where MAY_BE_EMPTY. */
bool secret_check(const char *text, bool may_be_empty, struct strbuf *problem);

/* Puts a random key into the field, of the length that the profile has. */
void secret_generate(struct console *console, struct w_form *form, size_t field);

/* Asks for a file and reads the key from it. */
void secret_from_file(struct console *console, struct w_form *form, size_t field);

#endif
