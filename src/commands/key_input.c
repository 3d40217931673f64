#include "config.h"

#include "commands/key_input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/secret.h"
#include "change/edits.h"

#define KEY_FILE_MOST 8192

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* How many words there are. */
static size_t count_words(const struct blob *text)
{
	size_t i, count = 0;

	for (i = 0; i < text->len; i++)
		count += !is_space(text->data[i]) && (i == 0 || is_space(text->data[i - 1]));
	return count;
}

static bool take_words(const struct blob *text, struct blob *keys, size_t *count, struct error *err)
{
	const char *p = text->data, *end = p + text->len, *word;

	*count = 0;
	for (;;) {
		while (p < end && is_space(*p))
			p++;
		if (p == end)
			return true;
		for (word = p; p < end && !is_space(*p); p++)
			;
		if (!psk_normalize(word, (size_t)(p - word), &keys[*count], err))
			return error_prefix(err, _("key %zu"), *count + 1);
		++*count;
	}
}

/* The keys in a file. One key may have any white space around it, and none within it. */
static bool take_keys(const struct blob *text, size_t least, size_t most, struct blob *keys,
		      size_t *count, struct error *err)
{
	size_t words = count_words(text);

	if (most == 1) {
		*count = 1;
		return psk_normalize(text->data, text->len, keys, err);
	}
	if (words == least || words == most)
		return take_words(text, keys, count, err);
	if (least == most)
		return error_set(err, ERROR_USAGE,
				 ngettext("%zu key is needed here, and there are %zu",
					  "%zu keys are needed here, and there are %zu", least),
				 least, words);
	return error_set(err, ERROR_USAGE, _("%zu or %zu keys are needed here, and there are %zu"),
			 least, most, words);
}

static bool read_fd(int fd, const char *name, size_t least, size_t most, struct blob *keys,
		    size_t *count, struct error *err)
{
	struct blob text;
	bool good;

	if (!blob_read(&text, fd, KEY_FILE_MOST, KEY_FILE_MOST, true, name, err))
		return false;
	good = take_keys(&text, least, most, keys, count, err);
	blob_release(&text);
	return good || error_prefix(err, "%s", name);
}

static bool read_file(const char *path, size_t least, size_t most, struct blob *keys, size_t *count,
		      struct error *err)
{
	int fd;
	bool good;

	if (strcmp(path, "-") == 0)
		return read_fd(STDIN_FILENO, _("standard input"), least, most, keys, count, err);
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return error_set_errno(err, ERROR_IO, errno, _("cannot open '%s'"), path);
	good = read_fd(fd, path, least, most, keys, count, err);
	close(fd);
	return good;
}

/* Reads one line from the terminal without showing it. */
static bool prompt(const char *text, char *line, size_t size, struct error *err)
{
	struct termios old, quiet;
	ssize_t n;

	if (tcgetattr(STDIN_FILENO, &old) != 0)
		return error_set_errno(err, ERROR_IO, errno, _("cannot read from the terminal"));
	quiet = old;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	/* First: what is typed as soon as the question stands there must be neither shown nor lost.
	 */
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	fprintf(stderr, "%s", text);
	fflush(stderr);
	n = read(STDIN_FILENO, line, size - 1);
	tcsetattr(STDIN_FILENO, TCSADRAIN, &old);
	fputc('\n', stderr);
	if (n <= 0)
		return error_set(err, ERROR_USAGE, _("no key was typed"));
	line[n] = '\0';
	return true;
}

static bool ask_twice(const char *text, struct blob *key, struct error *err)
{
	char *first = secret_alloc(KEY_FILE_MOST), *second = secret_alloc(KEY_FILE_MOST);
	bool good = prompt(text, first, KEY_FILE_MOST, err) &&
		    prompt(_("The same again: "), second, KEY_FILE_MOST, err);

	if (good && strcmp(first, second) != 0)
		good = error_set(err, ERROR_USAGE, _("the two are not the same"));
	good = good && psk_normalize(first, strlen(first), key, err);
	secret_free(first, KEY_FILE_MOST);
	secret_free(second, KEY_FILE_MOST);
	return good;
}

bool key_input(const char *file, const char *const *prompts, size_t least, size_t most,
	       struct blob *keys, size_t *count, struct error *err)
{
	size_t i;
	bool good = true;

	for (i = 0; i < most; i++)
		keys[i] = (struct blob){ 0 };
	if (file != NULL) {
		good = read_file(file, least, most, keys, count, err);
	} else if (!isatty(STDIN_FILENO)) {
		good = read_fd(STDIN_FILENO, _("standard input"), least, most, keys, count, err);
	} else {
		*count = least;
		for (i = 0; i < least && good; i++)
			good = ask_twice(_(prompts[i]), &keys[i], err);
	}
	for (i = 0; !good && i < most; i++)
		blob_release(&keys[i]);
	return good;
}
