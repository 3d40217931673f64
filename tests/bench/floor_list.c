/*
 * floor_list FILE: the least that an ncurses list over a large file has to do.
 *
 * It maps the file, finds the rules in one pass and shows them with a selection bar. Nothing is
 * understood and nothing is checked. Keys: Up, Down, PageUp, PageDown, Home, End; / text Enter
 * searches on from the selected rule; q ends. It paints only when no key waits.
 */
#include "config.h"

#include <curses.h>
#include <fcntl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

struct list {
	const char *path;
	const char *bytes;
	size_t size;
	uint32_t *rules; /* where each label begins */
	long count, selected, top;
};

static bool list_open(struct list *list, const char *path)
{
	int fd = open(path, O_RDONLY);
	struct stat st;
	const char *map;

	if (fd < 0 || fstat(fd, &st) || !st.st_size)
		return false;
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		return false;
	*list = (struct list){ .path = path, .bytes = map, .size = (size_t)st.st_size };
	return true;
}

static void list_index(struct list *list)
{
	const char *at = list->bytes, *end = list->bytes + list->size;
	long room = 0;

	while ((at = memmem(at, (size_t)(end - at), "label ", 6))) {
		at += 6;
		if (list->count == room) {
			room = room ? room * 2 : 1024;
			list->rules = realloc(list->rules, (size_t)room * sizeof *list->rules);
			if (!list->rules)
				exit(3);
		}
		list->rules[list->count++] = (uint32_t)(at - list->bytes);
	}
}

/* The value behind the next "_addr " after AT, which becomes its end; at most 18 bytes of it count.
 */
static int next_address(const struct list *list, const char **at, const char **value)
{
	size_t left = (size_t)(list->bytes + list->size - *at), len = 0;

	*value = memmem(*at, left < 400 ? left : 400, "_addr ", 6);
	if (!*value) {
		*value = "";
		return 0;
	}
	*value += 6;
	while (len < 18 && *value + len < list->bytes + list->size && (*value)[len] > ' ')
		len++;
	*at = *value + len;
	return (int)len;
}

static void row_paint(const struct list *list, int y, long number)
{
	const char *at = list->bytes + list->rules[number], *label, *local, *remote;
	int label_len = 0, local_len, remote_len;
	char text[512];

	at += *at == '"';
	for (label = at; label_len < 40 && *at > ' ' && *at != '"'; at++)
		label_len++;
	local_len = next_address(list, &at, &local);
	remote_len = next_address(list, &at, &remote);
	snprintf(text, sizeof text, " %8ld  %-16.*s  %-18.*s  %-18.*s", number + 1, label_len,
		 label, local_len, local, remote_len, remote);
	attrset(number == list->selected ? A_REVERSE : A_NORMAL);
	mvprintw(y, 0, "%-*.*s", COLS, COLS, text);
	attrset(A_NORMAL);
}

static long clamp(long value, long low, long high)
{
	return value < low ? low : value > high ? high : value;
}

static void list_paint(struct list *list)
{
	int y, height = LINES - 2;

	list->selected = clamp(list->selected, 0, list->count ? list->count - 1 : 0);
	list->top = clamp(list->top, list->selected - height + 1, list->selected);
	attrset(A_BOLD);
	mvprintw(0, 0, " Rules: %.60s", list->path);
	attrset(A_NORMAL);
	for (y = 0; y < height; y++) {
		if (list->top + y < list->count) {
			row_paint(list, y + 1, list->top + y);
		} else {
			move(y + 1, 0);
			clrtoeol();
		}
	}
	mvprintw(LINES - 1, 0, " %ld of %ld", list->selected + 1, list->count);
	clrtoeol();
	refresh();
}

static int next_key(struct list *list)
{
	int key;

	timeout(0);
	key = getch();
	timeout(-1);
	if (key == ERR) {
		list_paint(list);
		key = getch();
	}
	return key;
}

/* Moves the selection to the last rule that begins before AT. */
static void list_select_at(struct list *list, const char *at)
{
	long low = 0, high = list->count - 1, middle;

	while (low < high) {
		middle = (low + high + 1) / 2;
		if (list->bytes + list->rules[middle] <= at)
			low = middle;
		else
			high = middle - 1;
	}
	list->selected = low;
}

static void list_search(struct list *list)
{
	const char *from, *found;
	char text[128] = "";
	size_t len = 0;
	int key;

	while ((key = getch()) != '\r' && key != '\n' && key != ERR) {
		if (key >= ' ' && key < 127 && len + 1 < sizeof text)
			text[len++] = (char)key;
		mvprintw(LINES - 1, 0, "/%s", text);
		clrtoeol();
		refresh();
	}
	if (!list->count)
		return;
	from = list->bytes + list->rules[list->selected];
	found = memmem(from, (size_t)(list->bytes + list->size - from), text, len);
	if (found)
		list_select_at(list, found);
}

static void list_act(struct list *list, int key)
{
	long page = LINES - 2;

	switch (key) {
	case KEY_DOWN:
		list->selected++;
		break;
	case KEY_UP:
		list->selected--;
		break;
	case KEY_NPAGE:
		list->selected += page;
		list->top = clamp(list->top + page, 0, clamp(list->count - page, 0, list->count));
		break;
	case KEY_PPAGE:
		list->selected -= page;
		list->top = clamp(list->top - page, 0, list->count);
		break;
	case KEY_HOME:
		list->selected = 0;
		break;
	case KEY_END:
		list->selected = list->count - 1;
		break;
	case KEY_RESIZE:
		erase();
		break;
	case '/':
		list_search(list);
		break;
	}
	list->selected = clamp(list->selected, 0, list->count ? list->count - 1 : 0);
}

int main(int argc, char **argv)
{
	struct list list;
	int key;

	if (argc != 2 || !list_open(&list, argv[1]))
		return 2;
	list_index(&list);
	setlocale(LC_ALL, "");
	initscr();
	raw();
	noecho();
	keypad(stdscr, TRUE);
	curs_set(0);
	idlok(stdscr, TRUE);
	while ((key = next_key(&list)) != 'q' && key != ERR)
		list_act(&list, key);
	endwin();
	free(list.rules);
	return 0;
}
