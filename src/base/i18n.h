/* Every text a person reads goes through _(); N_() marks a text in a table that is translated where
 * it is shown. */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(text)  gettext(text)
#define N_(text) text

#endif
