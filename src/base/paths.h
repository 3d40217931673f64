/*
 * Where the program's own files are: what it loads (pkglibexecdir) and what it reads (pkgdatadir).
 *
 * Three places are looked at, and the environment has no say in it:
 *
 *	1. as far from the running executable as configure put the folder from bindir, so that an
 *	   installed tree may be moved or unpacked anywhere;
 *	2. where the program was built: the executable's own folder for what is loaded, and the link
 *	   "share" in it, which configure makes, for what is read;
 *	3. the folder that configure was given.
 *
 * A file that anybody may write to, or in a folder where anybody may, is passed over.
 */
#ifndef BASE_PATHS_H
#define BASE_PATHS_H

enum paths_kind {
	PATHS_LOADED, /* modules */
	PATHS_DATA    /* settings, profiles, the sample host */
};

/* The folder of the running executable as a string the caller frees, or NULL where it is not told.
 */
char *paths_executable_dir(void);

/*
 * The path of NAME ("profiles/solaris.ini"), a file or a folder, as a string the caller frees, or
 * NULL where it is in none of the places.
 */
char *paths_find(enum paths_kind kind, const char *name);

/* The same as seen from an executable in DIR; NULL: only the last place counts. */
char *paths_find_from(const char *dir, enum paths_kind kind, const char *name);

/* The way from one absolute folder to another: "../share/x". The caller frees it. */
char *paths_relative(const char *from, const char *to);

#endif
