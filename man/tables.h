/* The parts of the manual that come from the program's tables, as mdoc(7). */
#ifndef MAN_TABLES_H
#define MAN_TABLES_H

/* Prints text with what roff would take for its own made plain; the first letter in upper case and
 * a full stop behind it where it is a sentence. */
void put_text(const char *text);
void put_sentence(const char *text);

/* The columns that the JSON of each kind has, with their types as they are on the host below ROOT.
 */
void put_kinds(const char *root);

/* The ids of the table of checks, sorted. */
void put_findings(void);

#endif
