#include "config.h"

#include "tests/bench/scan.h"

#include <stdlib.h>
#include <string.h>

static void text_add(struct scan *scan, char c)
{
	size_t len = scan->awaited ? strlen(scan->awaited) : 0;

	if (c != ' ')
		scan->visible = true;
	if (scan->line_length == sizeof scan->line) {
		scan->line_length /= 2;
		memmove(scan->line, scan->line + scan->line_length, scan->line_length);
	}
	scan->line[scan->line_length++] = c;
	if (len && scan->line_length >= len &&
	    !memcmp(scan->line + scan->line_length - len, scan->awaited, len))
		scan->found = true;
}

/* A terminal may be told to repeat the last character instead of being sent it again. */
static void text_repeat(struct scan *scan)
{
	int times = atoi(scan->parameters);

	if (!scan->line_length)
		return;
	for (times = times ? times : 1; times > 0; times--)
		text_add(scan, scan->line[scan->line_length - 1]);
}

/* Whether the private modes that are set or reset hold MODE. */
static bool has_mode(const struct scan *scan, long mode)
{
	const char *at = scan->parameters;
	char *end;

	if (*at != '?')
		return false;
	do {
		if (strtol(at + 1, &end, 10) == mode)
			return true;
		at = end;
	} while (*at == ';');
	return false;
}

static const char *csi_end(struct scan *scan, char final)
{
	scan->parameters[scan->parameter_count] = '\0';
	switch (final) {
	case 'b':
		text_repeat(scan);
		return NULL;
	case 'm': /* colours do not move the cursor */
		return NULL;
	case 'h':
	case 'l':
		if (has_mode(scan, 1))
			scan->application_keys = final == 'h';
		return NULL;
	case 'c': /* what are you: a VT220 with colours */
		return scan->parameters[0] == '>' ? "\033[>0;276;0c" : "\033[?62;22c";
	case 'n': /* where is the cursor, and are you well */
		return strcmp(scan->parameters, "6") ? "\033[0n" : "\033[1;1R";
	default:
		scan->line_length = 0;
		return NULL;
	}
}

static void escape_byte(struct scan *scan, unsigned char byte)
{
	if (byte == '[') {
		scan->parameter_count = 0;
		scan->state = SCAN_CSI;
	} else if (byte == ']' || byte == 'P' || byte == 'X' || byte == '^' || byte == '_') {
		scan->state = SCAN_STRING;
	} else if (byte < 0x20 || byte > 0x2f) { /* 0x20 to 0x2f: more is to come */
		scan->state = SCAN_TEXT;
	}
}

static void text_byte(struct scan *scan, unsigned char byte)
{
	if (byte == '\033')
		scan->state = SCAN_ESCAPE;
	else if (byte == '\r' || byte == '\n' || byte == '\b' || byte == '\t')
		scan->line_length = 0;
	else if (byte >= ' ' && byte != 0x7f)
		text_add(scan, (char)byte);
}

const char *scan_byte(struct scan *scan, unsigned char byte)
{
	switch (scan->state) {
	case SCAN_TEXT:
		text_byte(scan, byte);
		break;
	case SCAN_ESCAPE:
		escape_byte(scan, byte);
		break;
	case SCAN_CSI:
		if (byte >= 0x40 && byte <= 0x7e) {
			scan->state = SCAN_TEXT;
			return csi_end(scan, (char)byte);
		}
		if (scan->parameter_count + 1 < sizeof scan->parameters)
			scan->parameters[scan->parameter_count++] = (char)byte;
		break;
	case SCAN_STRING:
		if (byte == '\a')
			scan->state = SCAN_TEXT;
		else if (byte == '\033')
			scan->state = SCAN_STRING_ESCAPE;
		break;
	case SCAN_STRING_ESCAPE:
		scan->state = byte == '\\' ? SCAN_TEXT : SCAN_STRING;
		break;
	}
	return NULL;
}
