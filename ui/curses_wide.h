/* Curses as the console wants it: wide characters, and no macros that take plain words away. */
#ifndef UI_CURSES_WIDE_H
#define UI_CURSES_WIDE_H

#define NCURSES_NOMACROS 1
#define NCURSES_WIDECHAR 1
#include <curses.h>

#endif
