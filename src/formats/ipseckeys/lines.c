/* ipseckeys: from bytes to lines that belong together. */
#include "config.h"

#include "formats/ipseckeys/lines.h"

#include <string.h>

void manual_lines_problem(struct manual_lines *lines, enum manual_problem code, const char *p,
			  const char *end, size_t arg)
{
	problem_add(&lines->doc->problems, code, 0,
		    (struct span){ (uint32_t)(p - lines->bytes), (uint32_t)(end - p) },
		    (uint32_t)arg);
}

const char *manual_line_end(const struct manual_lines *lines, const char *p)
{
	const char *newline = memchr(p, '\n', (size_t)(lines->end - p));

	return newline != NULL ? newline : lines->end;
}

const char *manual_trim_end(const char *p, const char *end)
{
	while (end > p && manual_is_space(end[-1]))
		end--;
	return end;
}

bool manual_is_last_backslash(const struct manual_lines *lines, const char *p)
{
	p++;
	while (p < lines->end && *p != '\n' && manual_is_space(*p))
		p++;
	return p == lines->end || *p == '\n';
}

/*
 * Whether the line at P looks like the rest of the command before it, which ends in a backslash and
 * blanks. The tool would take it for a command of its own; whoever wrote it did not.
 */
static bool is_meant_to_follow(const struct manual_lines *lines, const char *p)
{
	const char *end, *word;

	if (p >= lines->end)
		return false;
	end = manual_line_end(lines, p);
	while (p < end && manual_is_space(*p))
		p++;
	for (word = p; p < end && !manual_is_space(*p); p++)
		;
	return word < p && *word != '#' && manual_command_find(word, (size_t)(p - word)) == 0;
}

/* Says what is too long; old releases take less, which is said of what others take. */
static void check_length(struct manual_lines *lines, const char *p, const char *end, size_t len,
			 size_t most, size_t most_old, enum manual_problem code)
{
	if (len > most)
		manual_lines_problem(lines, code, p, end, len);
	else if (len > most_old)
		manual_lines_problem(lines, code + 1, p, end, len);
}

const char *manual_lines_find(struct manual_lines *lines, const char *p)
{
	const char *first = p; /* what is no blank, as far as it was looked for */
	size_t joined = 0, count = 0;
	bool comment, follows;

	lines->start = p;
	do {
		const char *end = manual_line_end(lines, p), *text = manual_trim_end(p, end);
		size_t len = (size_t)(end - p);
		bool backslash = text > p && text[-1] == '\\';

		check_length(lines, p, end, len + (end < lines->end), MANUAL_LINE_MAX,
			     MANUAL_LINE_MAX_OLD, MANUAL_PROBLEM_LONG_LINE);
		if (lines->crlf == NULL && len > 0 && end < lines->end && end[-1] == '\r')
			lines->crlf = end - 1;
		joined += len;
		count++;
		lines->stop = end;
		p = end < lines->end ? end + 1 : end;
		first = manual_skip_space(lines, first, end);
		comment = first < end && *first == '#';
		follows = backslash && end < lines->end &&
			  (text == end ? p < lines->end : !comment && is_meant_to_follow(lines, p));
	} while (follows);
	if (count > 1)
		check_length(lines, lines->start, lines->stop, joined, MANUAL_COMMAND_MAX,
			     MANUAL_COMMAND_MAX_OLD, MANUAL_PROBLEM_LONG_COMMAND);
	return p;
}
