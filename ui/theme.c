#include "config.h"

#include "ui/theme.h"

#include <stddef.h>
#include <string.h>

#define PLAIN(a)                                                                                   \
	{                                                                                          \
		.attributes = (a)                                                                  \
	}
#define FG(c, a)                                                                                   \
	{                                                                                          \
		.attributes = (a), .foreground = LOOK_##c                                          \
	}
#define ON(f, b, a)                                                                                \
	{                                                                                          \
		.attributes = (a), .foreground = LOOK_##f, .background = LOOK_##b                  \
	}
#define BOLD      LOOK_BOLD
#define DIM       LOOK_DIM
#define REVERSE   LOOK_REVERSE
#define UNDERLINE LOOK_UNDERLINE

/* clang-format off */
static const struct theme themes[] = {
	{ "dark", {
		[STYLE_TEXT] = PLAIN(0),
		[STYLE_DIM] = FG(CYAN, 0),
		[STYLE_STRONG] = PLAIN(BOLD),
		[STYLE_TITLE] = ON(WHITE, BLUE, BOLD),
		[STYLE_HEADER] = FG(CYAN, BOLD | UNDERLINE),
		[STYLE_SELECTED] = ON(BLACK, CYAN, 0),
		[STYLE_RESTING] = PLAIN(BOLD | UNDERLINE),
		[STYLE_MATCH] = ON(BLACK, YELLOW, 0),
		[STYLE_ERROR] = FG(RED, BOLD),
		[STYLE_WARNING] = FG(YELLOW, BOLD),
		[STYLE_NOTE] = FG(CYAN, 0),
		[STYLE_OK] = FG(GREEN, 0),
		[STYLE_KEY] = PLAIN(BOLD),
		[STYLE_LABEL] = FG(CYAN, 0),
		[STYLE_TAB] = FG(CYAN, 0),
		[STYLE_TAB_HERE] = PLAIN(REVERSE | BOLD),
		[STYLE_BORDER] = FG(BLUE, BOLD),
		[STYLE_FIELD] = PLAIN(UNDERLINE),
		[STYLE_FIELD_HERE] = ON(BLACK, CYAN, 0),
		[STYLE_LOCKED] = FG(MAGENTA, 0),
		[STYLE_BUTTON] = PLAIN(BOLD),
		[STYLE_BUTTON_HERE] = ON(BLACK, CYAN, BOLD),
		[STYLE_ADDED] = FG(GREEN, 0),
		[STYLE_REMOVED] = FG(RED, 0),
		[STYLE_HUNK] = FG(MAGENTA, BOLD) } },
	{ "light", {
		[STYLE_TEXT] = PLAIN(0),
		[STYLE_DIM] = FG(BLUE, 0),
		[STYLE_STRONG] = PLAIN(BOLD),
		[STYLE_TITLE] = ON(WHITE, BLUE, BOLD),
		[STYLE_HEADER] = FG(BLUE, BOLD | UNDERLINE),
		[STYLE_SELECTED] = ON(WHITE, BLUE, BOLD),
		[STYLE_RESTING] = PLAIN(BOLD | UNDERLINE),
		[STYLE_MATCH] = ON(BLACK, YELLOW, 0),
		[STYLE_ERROR] = FG(RED, BOLD),
		[STYLE_WARNING] = FG(MAGENTA, BOLD),
		[STYLE_NOTE] = FG(BLUE, 0),
		[STYLE_OK] = FG(GREEN, 0),
		[STYLE_KEY] = PLAIN(BOLD),
		[STYLE_LABEL] = FG(BLUE, 0),
		[STYLE_TAB] = FG(BLUE, 0),
		[STYLE_TAB_HERE] = PLAIN(REVERSE | BOLD),
		[STYLE_BORDER] = FG(BLUE, 0),
		[STYLE_FIELD] = PLAIN(UNDERLINE),
		[STYLE_FIELD_HERE] = ON(WHITE, BLUE, 0),
		[STYLE_LOCKED] = FG(MAGENTA, 0),
		[STYLE_BUTTON] = PLAIN(BOLD),
		[STYLE_BUTTON_HERE] = ON(WHITE, BLUE, BOLD),
		[STYLE_ADDED] = FG(GREEN, 0),
		[STYLE_REMOVED] = FG(RED, 0),
		[STYLE_HUNK] = FG(MAGENTA, BOLD) } },
	{ "mono", {
		[STYLE_TEXT] = PLAIN(0),
		[STYLE_DIM] = PLAIN(0),
		[STYLE_STRONG] = PLAIN(BOLD),
		[STYLE_TITLE] = PLAIN(REVERSE),
		[STYLE_HEADER] = PLAIN(BOLD | UNDERLINE),
		[STYLE_SELECTED] = PLAIN(REVERSE),
		[STYLE_RESTING] = PLAIN(BOLD | UNDERLINE),
		[STYLE_MATCH] = PLAIN(REVERSE | BOLD),
		[STYLE_ERROR] = PLAIN(BOLD),
		[STYLE_WARNING] = PLAIN(BOLD),
		[STYLE_NOTE] = PLAIN(0),
		[STYLE_OK] = PLAIN(0),
		[STYLE_KEY] = PLAIN(BOLD),
		[STYLE_LABEL] = PLAIN(0),
		[STYLE_TAB] = PLAIN(0),
		[STYLE_TAB_HERE] = PLAIN(REVERSE | BOLD),
		[STYLE_BORDER] = PLAIN(0),
		[STYLE_FIELD] = PLAIN(UNDERLINE),
		[STYLE_FIELD_HERE] = PLAIN(REVERSE),
		[STYLE_LOCKED] = PLAIN(0),
		[STYLE_BUTTON] = PLAIN(BOLD),
		[STYLE_BUTTON_HERE] = PLAIN(REVERSE | BOLD),
		[STYLE_ADDED] = PLAIN(BOLD),
		[STYLE_REMOVED] = PLAIN(UNDERLINE),
		[STYLE_HUNK] = PLAIN(BOLD) } },
	{ "high-contrast", {
		[STYLE_TEXT] = ON(WHITE, BLACK, BOLD),
		[STYLE_DIM] = ON(WHITE, BLACK, BOLD),
		[STYLE_STRONG] = ON(YELLOW, BLACK, BOLD),
		[STYLE_TITLE] = ON(BLACK, WHITE, 0),
		[STYLE_HEADER] = ON(YELLOW, BLACK, BOLD | UNDERLINE),
		[STYLE_SELECTED] = ON(BLACK, YELLOW, 0),
		[STYLE_RESTING] = ON(YELLOW, BLACK, BOLD | UNDERLINE),
		[STYLE_MATCH] = ON(BLACK, GREEN, 0),
		[STYLE_ERROR] = ON(WHITE, RED, BOLD),
		[STYLE_WARNING] = ON(BLACK, YELLOW, 0),
		[STYLE_NOTE] = ON(CYAN, BLACK, BOLD),
		[STYLE_OK] = ON(GREEN, BLACK, BOLD),
		[STYLE_KEY] = ON(YELLOW, BLACK, BOLD),
		[STYLE_LABEL] = ON(WHITE, BLACK, BOLD),
		[STYLE_TAB] = ON(WHITE, BLACK, BOLD),
		[STYLE_TAB_HERE] = ON(BLACK, YELLOW, 0),
		[STYLE_BORDER] = ON(WHITE, BLACK, BOLD),
		[STYLE_FIELD] = ON(WHITE, BLACK, BOLD | UNDERLINE),
		[STYLE_FIELD_HERE] = ON(BLACK, YELLOW, 0),
		[STYLE_LOCKED] = ON(MAGENTA, BLACK, BOLD),
		[STYLE_BUTTON] = ON(WHITE, BLACK, BOLD),
		[STYLE_BUTTON_HERE] = ON(BLACK, YELLOW, 0),
		[STYLE_ADDED] = ON(GREEN, BLACK, BOLD),
		[STYLE_REMOVED] = ON(WHITE, RED, BOLD),
		[STYLE_HUNK] = ON(CYAN, BLACK, BOLD) } },
};
/* clang-format on */

enum { THEME_COUNT = sizeof themes / sizeof *themes };

const struct theme *theme_at(unsigned i)
{
	return i < THEME_COUNT ? &themes[i] : NULL;
}

const struct theme *theme_find(const char *name)
{
	unsigned i;

	for (i = 0; i < THEME_COUNT; i++)
		if (strcmp(themes[i].name, name) == 0)
			return &themes[i];
	return NULL;
}

const struct theme *theme_mono(void)
{
	return theme_find("mono");
}
