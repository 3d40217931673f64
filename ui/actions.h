/*
 * Everything a key can do: one row an action.
 *
 * The keymap, the key bar, the help screen and the settings read this table; the order of the rows
 * is the order in the key bar, so that what matters most is the last to be cut.
 *
 *	ACTION(id, "name in the settings", contexts, group, flags, "default keys", label, help)
 *
 * LABEL is the short word in the key bar, NULL for what is never there.
 */
#ifndef UI_ACTIONS_H
#define UI_ACTIONS_H

#include "base/i18n.h"

/* What has the keys. In a form and in an input line each character is text, never an action. */
enum context {
	CONTEXT_LIST = 1 << 0, /* a screen with a list */
	CONTEXT_TEXT = 1 << 1, /* text to read: details, a diff, help */
	CONTEXT_FORM = 1 << 2,
	CONTEXT_INPUT = 1 << 3,  /* one line being typed: a field, a search, the command line */
	CONTEXT_DIALOG = 1 << 4, /* a question */
	CONTEXT_PICK = 1 << 5,   /* a pick list */
	CONTEXT_CHOICE = 1 << 6, /* conflicts, each with a choice */
	CONTEXT_READING = CONTEXT_LIST | CONTEXT_TEXT,
	CONTEXT_SCROLLS = CONTEXT_READING | CONTEXT_DIALOG | CONTEXT_PICK | CONTEXT_CHOICE,
	CONTEXT_ALL = CONTEXT_SCROLLS | CONTEXT_FORM | CONTEXT_INPUT,
};

enum action_group {
	GROUP_GENERAL,
	GROUP_MOVE,
	GROUP_FIND,
	GROUP_CHANGE,
	GROUP_SCREENS,
	GROUP_TYPE
};

enum action_flag {
	ACTION_CHANGES = 1 << 0,   /* leads to a change: gone in read-only */
	ACTION_NEEDS_ROW = 1 << 1, /* works on the selected row */
};

/* clang-format off */
#define ACTIONS(ACTION) \
	ACTION(HELP, "help", CONTEXT_ALL, GROUP_GENERAL, 0, "F1 ?", \
	       N_("Help"), N_("show the keys of this place and what it is for")) \
	ACTION(QUIT, "quit", CONTEXT_LIST, GROUP_GENERAL, 0, "q Esc C-c", \
	       N_("Quit"), N_("leave the program; asks where changes are not written")) \
	ACTION(BACK, "back", CONTEXT_TEXT, GROUP_GENERAL, 0, "q Esc C-c", \
	       N_("Back"), N_("go back")) \
	ACTION(CANCEL, "cancel", CONTEXT_FORM | CONTEXT_INPUT | CONTEXT_DIALOG | CONTEXT_PICK | CONTEXT_CHOICE, GROUP_GENERAL, 0, \
	       "Esc C-c", N_("Cancel"), N_("close this without doing anything")) \
	ACTION(OPEN, "open", CONTEXT_LIST, GROUP_MOVE, ACTION_NEEDS_ROW, "Enter", \
	       N_("Open"), N_("show all of the selected item")) \
	ACTION(ACCEPT, "accept", CONTEXT_FORM | CONTEXT_INPUT | CONTEXT_DIALOG | CONTEXT_PICK, GROUP_GENERAL, 0, \
	       "Enter", NULL, N_("take what is here, press the button, open the pick list")) \
	ACTION(MERGE, "merge", CONTEXT_CHOICE, GROUP_GENERAL, 0, "Enter F10", \
	       N_("Merge"), N_("put your changes on top of the files as they are now")) \
	ACTION(THEIRS, "theirs", CONTEXT_CHOICE, GROUP_CHANGE, 0, "t", \
	       N_("Theirs"), N_("keep what somebody else made of the item")) \
	ACTION(OURS, "ours", CONTEXT_CHOICE, GROUP_CHANGE, 0, "o", \
	       N_("Ours"), N_("put what you made of the item in its place")) \
	ACTION(SUBMIT, "submit", CONTEXT_FORM, GROUP_GENERAL, 0, "F10 C-s", \
	       N_("OK"), N_("check all fields and take the form")) \
	ACTION(NEXT_FIELD, "next-field", CONTEXT_FORM | CONTEXT_DIALOG, GROUP_MOVE, 0, "Tab", \
	       N_("Next"), N_("go to the next field or button")) \
	ACTION(PREVIOUS_FIELD, "previous-field", CONTEXT_FORM | CONTEXT_DIALOG, GROUP_MOVE, 0, "S-Tab", \
	       NULL, N_("go to the field or button before")) \
	ACTION(GENERATE, "generate", CONTEXT_FORM, GROUP_CHANGE, 0, "C-g", \
	       N_("Generate"), N_("make a random key")) \
	ACTION(FROM_FILE, "from-file", CONTEXT_FORM, GROUP_CHANGE, 0, "C-o", \
	       N_("From file"), N_("read the key from a file")) \
	ACTION(YES, "yes", CONTEXT_DIALOG, GROUP_GENERAL, 0, "y Y", NULL, N_("answer yes")) \
	ACTION(NO, "no", CONTEXT_DIALOG, GROUP_GENERAL, 0, "n N", NULL, N_("answer no")) \
	ACTION(EDIT, "edit", CONTEXT_READING, GROUP_CHANGE, ACTION_CHANGES | ACTION_NEEDS_ROW, "e", \
	       N_("Edit"), N_("change the selected item in a form")) \
	ACTION(ADD, "add", CONTEXT_LIST, GROUP_CHANGE, ACTION_CHANGES, "a Insert", \
	       N_("Add"), N_("add an item")) \
	ACTION(REMOVE, "remove", CONTEXT_READING, GROUP_CHANGE, ACTION_CHANGES | ACTION_NEEDS_ROW, "d Delete", \
	       N_("Remove"), N_("remove the selected item")) \
	ACTION(FIX, "fix", CONTEXT_READING, GROUP_CHANGE, ACTION_CHANGES | ACTION_NEEDS_ROW, "x", \
	       N_("Fix"), N_("repair the problem here, or the problems of the item; shows first what changes")) \
	ACTION(FIX_ALL, "fix-all", CONTEXT_LIST, GROUP_CHANGE, ACTION_CHANGES | ACTION_NEEDS_ROW, "X", \
	       N_("Fix all"), N_("repair all problems that are shown and have a repair")) \
	ACTION(RESTORE, "restore", CONTEXT_READING, GROUP_CHANGE, ACTION_CHANGES | ACTION_NEEDS_ROW, "r", \
	       N_("Restore"), N_("bring all files back to what they were after the selected change; shows first what changes")) \
	ACTION(WRITE, "write", CONTEXT_READING, GROUP_CHANGE, ACTION_CHANGES, "w", \
	       N_("Write"), N_("review the changes and write them")) \
	ACTION(SEARCH, "search", CONTEXT_READING, GROUP_FIND, 0, "/", \
	       N_("Search"), N_("search as you type")) \
	ACTION(FILTER, "filter", CONTEXT_LIST, GROUP_FIND, 0, "f", \
	       N_("Filter"), N_("show only the rows that fit: text, column:text, !not")) \
	ACTION(MARK, "mark", CONTEXT_LIST, GROUP_FIND, ACTION_NEEDS_ROW, "Space", \
	       N_("Mark"), N_("mark the row or take its mark away; remove and fix work on the marked rows")) \
	ACTION(CLONE, "clone", CONTEXT_LIST, GROUP_CHANGE, ACTION_CHANGES | ACTION_NEEDS_ROW, "c", \
	       N_("Clone"), N_("add an item with the values of the selected one")) \
	ACTION(COPY, "copy", CONTEXT_READING, GROUP_FIND, ACTION_NEEDS_ROW, "y", \
	       NULL, N_("copy the item's name, in its detail a value, to the terminal's clipboard")) \
	ACTION(SAVE_SCREEN, "save-screen", CONTEXT_READING, GROUP_GENERAL, ACTION_CHANGES, "S", \
	       NULL, N_("write the screen as text into a file")) \
	ACTION(REVIEW, "review", CONTEXT_READING, GROUP_CHANGE, ACTION_CHANGES, "D", \
	       N_("Diff"), N_("show the pending changes as a diff")) \
	ACTION(UNDO, "undo", CONTEXT_READING, GROUP_CHANGE, ACTION_CHANGES, "u", \
	       N_("Undo"), N_("take the last change back, also one that is written")) \
	ACTION(REDO, "redo", CONTEXT_READING, GROUP_CHANGE, ACTION_CHANGES, "C-r", \
	       NULL, N_("make the change again that was taken back")) \
	ACTION(MOVE_UP, "move-up", CONTEXT_LIST, GROUP_CHANGE, ACTION_CHANGES | ACTION_NEEDS_ROW, "K", \
	       NULL, N_("move the selected item up in its file")) \
	ACTION(MOVE_DOWN, "move-down", CONTEXT_LIST, GROUP_CHANGE, ACTION_CHANGES | ACTION_NEEDS_ROW, "J", \
	       NULL, N_("move the selected item down in its file")) \
	ACTION(MARK_ALL, "mark-all", CONTEXT_LIST, GROUP_FIND, ACTION_NEEDS_ROW, "*", \
	       NULL, N_("mark all rows that are shown, or none of them")) \
	ACTION(SEARCH_NEXT, "search-next", CONTEXT_READING, GROUP_FIND, 0, "n", \
	       NULL, N_("go to the next match")) \
	ACTION(SEARCH_PREVIOUS, "search-previous", CONTEXT_READING, GROUP_FIND, 0, "N", \
	       NULL, N_("go to the match before")) \
	ACTION(SORT, "sort", CONTEXT_LIST, GROUP_FIND, 0, "o", \
	       N_("Sort"), N_("sort by the next column")) \
	ACTION(SORT_REVERSE, "sort-reverse", CONTEXT_LIST, GROUP_FIND, 0, "O", \
	       NULL, N_("turn the order round")) \
	ACTION(REREAD, "reread", CONTEXT_READING, GROUP_GENERAL, 0, "R", \
	       N_("Re-read"), N_("read the files again")) \
	ACTION(REVEAL, "reveal", CONTEXT_READING, GROUP_CHANGE, ACTION_CHANGES | ACTION_NEEDS_ROW, "L", \
	       NULL, N_("show one secret for ten seconds, or hide it again")) \
	ACTION(COMMAND, "command", CONTEXT_READING, GROUP_GENERAL, 0, ":", \
	       N_("Command"), N_("type a command as on the command line")) \
	ACTION(WRAP, "wrap", CONTEXT_TEXT, GROUP_MOVE, 0, "z", \
	       N_("Wrap"), N_("break long lines, or let them run out to the right")) \
	ACTION(UP, "up", CONTEXT_SCROLLS | CONTEXT_FORM, GROUP_MOVE, 0, "Up k C-p", \
	       NULL, N_("go up")) \
	ACTION(DOWN, "down", CONTEXT_SCROLLS | CONTEXT_FORM, GROUP_MOVE, 0, "Down j C-n", \
	       NULL, N_("go down")) \
	ACTION(PAGE_UP, "page-up", CONTEXT_SCROLLS | CONTEXT_FORM, GROUP_MOVE, 0, "PageUp C-b", \
	       NULL, N_("go up by a page")) \
	ACTION(PAGE_DOWN, "page-down", CONTEXT_SCROLLS | CONTEXT_FORM, GROUP_MOVE, 0, "PageDown C-f", \
	       NULL, N_("go down by a page")) \
	ACTION(FIRST, "first", CONTEXT_SCROLLS, GROUP_MOVE, 0, "g Home", \
	       NULL, N_("go to the beginning")) \
	ACTION(LAST, "last", CONTEXT_SCROLLS, GROUP_MOVE, 0, "G End", \
	       NULL, N_("go to the end")) \
	ACTION(LEFT, "left", CONTEXT_SCROLLS | CONTEXT_FORM, GROUP_MOVE, 0, "Left h", \
	       NULL, N_("go left")) \
	ACTION(RIGHT, "right", CONTEXT_SCROLLS | CONTEXT_FORM, GROUP_MOVE, 0, "Right l", \
	       NULL, N_("go right")) \
	ACTION(DETAIL_UP, "detail-up", CONTEXT_LIST | CONTEXT_CHOICE, GROUP_MOVE, 0, "[", \
	       NULL, N_("scroll the detail beside the list up")) \
	ACTION(DETAIL_DOWN, "detail-down", CONTEXT_LIST | CONTEXT_CHOICE, GROUP_MOVE, 0, "]", \
	       NULL, N_("scroll the detail beside the list down")) \
	ACTION(SCREEN_NEXT, "screen-next", CONTEXT_LIST, GROUP_SCREENS, 0, "Tab", \
	       N_("Next screen"), N_("go to the next screen")) \
	ACTION(SCREEN_PREVIOUS, "screen-previous", CONTEXT_LIST, GROUP_SCREENS, 0, "S-Tab", \
	       NULL, N_("go to the screen before")) \
	ACTION(SCREEN_1, "screen-1", CONTEXT_LIST, GROUP_SCREENS, 0, "1", NULL, N_("go to screen 1")) \
	ACTION(SCREEN_2, "screen-2", CONTEXT_LIST, GROUP_SCREENS, 0, "2 F2", NULL, N_("go to screen 2")) \
	ACTION(SCREEN_3, "screen-3", CONTEXT_LIST, GROUP_SCREENS, 0, "3 F3", NULL, N_("go to screen 3")) \
	ACTION(SCREEN_4, "screen-4", CONTEXT_LIST, GROUP_SCREENS, 0, "4 F4", NULL, N_("go to screen 4")) \
	ACTION(SCREEN_5, "screen-5", CONTEXT_LIST, GROUP_SCREENS, 0, "5 F5", NULL, N_("go to screen 5")) \
	ACTION(SCREEN_6, "screen-6", CONTEXT_LIST, GROUP_SCREENS, 0, "6 F6", NULL, N_("go to screen 6")) \
	ACTION(SCREEN_7, "screen-7", CONTEXT_LIST, GROUP_SCREENS, 0, "7 F7", NULL, N_("go to screen 7")) \
	ACTION(SCREEN_8, "screen-8", CONTEXT_LIST, GROUP_SCREENS, 0, "8 F8", NULL, N_("go to screen 8")) \
	ACTION(SCREEN_9, "screen-9", CONTEXT_LIST, GROUP_SCREENS, 0, "9 F9", NULL, N_("go to screen 9")) \
	ACTION(SCREEN_10, "screen-10", CONTEXT_LIST, GROUP_SCREENS, 0, "0 F10", NULL, N_("go to screen 10")) \
	ACTION(SCREEN_11, "screen-11", CONTEXT_LIST, GROUP_SCREENS, 0, "F11", NULL, N_("go to screen 11")) \
	ACTION(SCREEN_12, "screen-12", CONTEXT_LIST, GROUP_SCREENS, 0, "F12", NULL, N_("go to screen 12")) \
	ACTION(SCREEN_13, "screen-13", CONTEXT_LIST, GROUP_SCREENS, 0, "F13", NULL, N_("go to screen 13")) \
	ACTION(SCREEN_14, "screen-14", CONTEXT_LIST, GROUP_SCREENS, 0, "F14", NULL, N_("go to screen 14")) \
	ACTION(CURSOR_LEFT, "cursor-left", CONTEXT_INPUT, GROUP_TYPE, 0, "Left C-b", \
	       NULL, N_("go one character left")) \
	ACTION(CURSOR_RIGHT, "cursor-right", CONTEXT_INPUT, GROUP_TYPE, 0, "Right C-f", \
	       NULL, N_("go one character right")) \
	ACTION(CURSOR_HOME, "cursor-home", CONTEXT_INPUT, GROUP_TYPE, 0, "Home C-a", \
	       NULL, N_("go to the start of the line")) \
	ACTION(CURSOR_END, "cursor-end", CONTEXT_INPUT, GROUP_TYPE, 0, "End C-e", \
	       NULL, N_("go to the end of the line")) \
	ACTION(ERASE_BEFORE, "erase-before", CONTEXT_INPUT, GROUP_TYPE, 0, "Backspace", \
	       NULL, N_("erase the character before the cursor")) \
	ACTION(ERASE_HERE, "erase-here", CONTEXT_INPUT, GROUP_TYPE, 0, "Delete C-d", \
	       NULL, N_("erase the character under the cursor")) \
	ACTION(ERASE_WORD, "erase-word", CONTEXT_INPUT, GROUP_TYPE, 0, "C-w", \
	       NULL, N_("erase the word before the cursor")) \
	ACTION(ERASE_TO_HOME, "erase-to-home", CONTEXT_INPUT, GROUP_TYPE, 0, "C-u", \
	       NULL, N_("erase up to the start of the line")) \
	ACTION(ERASE_TO_END, "erase-to-end", CONTEXT_INPUT, GROUP_TYPE, 0, "C-k", \
	       NULL, N_("erase up to the end of the line")) \
	ACTION(HISTORY_BACK, "history-back", CONTEXT_INPUT, GROUP_TYPE, 0, "Up C-p", \
	       NULL, N_("fetch the line typed before")) \
	ACTION(HISTORY_FORTH, "history-forth", CONTEXT_INPUT, GROUP_TYPE, 0, "Down C-n", \
	       NULL, N_("fetch the line typed after")) \
	ACTION(COMPLETE, "complete", CONTEXT_INPUT, GROUP_TYPE, 0, "Tab", \
	       NULL, N_("complete the word")) \
	ACTION(REPAINT, "repaint", CONTEXT_ALL, GROUP_GENERAL, 0, "C-l", \
	       NULL, N_("draw the screen again")) \
	ACTION(SUSPEND, "suspend", CONTEXT_ALL, GROUP_GENERAL, 0, "C-z", \
	       NULL, N_("suspend the program; fg brings it back"))

#define ACTION_ID(id, name, contexts, group, flags, keys, label, help) ACTION_##id,
enum action { ACTION_NONE, ACTIONS(ACTION_ID) ACTION_COUNT };
#undef ACTION_ID
/* clang-format on */

#endif
