/*
 * What a piece of text means, and how each theme shows it.
 *
 * A colour is never the only sign: whoever draws an error or a change also puts a letter or a shape
 * there. Without colours, or with NO_COLOR set, the attributes of the mono theme hold.
 */
#ifndef UI_THEME_H
#define UI_THEME_H

enum style {
	STYLE_TEXT,
	STYLE_DIM,
	STYLE_STRONG,
	STYLE_TITLE,    /* the top line, a dialog's title */
	STYLE_HEADER,   /* the titles of a list's columns */
	STYLE_SELECTED, /* the row under the cursor */
	STYLE_RESTING,  /* the same while something else has the keys */
	STYLE_MATCH,    /* what a search found */
	STYLE_ERROR,
	STYLE_WARNING,
	STYLE_NOTE,
	STYLE_OK,
	STYLE_KEY,   /* a key's name in the key bar */
	STYLE_LABEL, /* what it does */
	STYLE_TAB,
	STYLE_TAB_HERE,
	STYLE_BORDER,
	STYLE_FIELD,
	STYLE_FIELD_HERE,
	STYLE_LOCKED,
	STYLE_BUTTON,
	STYLE_BUTTON_HERE,
	STYLE_ADDED,
	STYLE_REMOVED,
	STYLE_HUNK, /* where in a file a difference stands */
	STYLE_COUNT
};

enum look_attribute {
	LOOK_BOLD = 1 << 0,
	LOOK_DIM = 1 << 1,
	LOOK_REVERSE = 1 << 2,
	LOOK_UNDERLINE = 1 << 3,
};

/* The eight colours that every terminal with colours has. */
enum look_colour {
	LOOK_DEFAULT = 0,
	LOOK_BLACK,
	LOOK_RED,
	LOOK_GREEN,
	LOOK_YELLOW,
	LOOK_BLUE,
	LOOK_MAGENTA,
	LOOK_CYAN,
	LOOK_WHITE
};

struct look {
	unsigned char attributes;
	unsigned char foreground, background;
};

struct theme {
	const char *name; /* in the settings */
	struct look looks[STYLE_COUNT];
};

/* The theme of that name, or NULL. */
const struct theme *theme_find(const char *name);

/* The theme without colours. */
const struct theme *theme_mono(void);

/* Theme number I, NULL behind the last. */
const struct theme *theme_at(unsigned i);

#endif
