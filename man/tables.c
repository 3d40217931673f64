/*
 * tables PART ROOT: prints one part of ikeconsole.8 from the program's own tables.
 *
 * ROOT is the sample host, from which the types of the columns are taken. fill-tables puts the
 * parts into the page.
 */
#include "config.h"

#include "man/tables.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "commands/command.h"

void put_text(const char *text)
{
	const char *p;

	if (*text == '.' || *text == '\'')
		fputs("\\&", stdout);
	for (p = text; *p != '\0'; p++) {
		/* A sentence begins on a line of its own. */
		if (*p == ' ' && p > text && p[-1] == '.' && isupper((unsigned char)p[1]))
			putchar('\n');
		else if (*p == '\\')
			fputs("\\e", stdout);
		else
			putchar(*p);
		if (*p == '\n' && (p[1] == '.' || p[1] == '\''))
			fputs("\\&", stdout);
	}
}

void put_sentence(const char *text)
{
	size_t len = strlen(text);
	char first[2] = { (char)toupper((unsigned char)text[0]), '\0' };
	const char *word = text + strcspn(text, " ,");

	/* A name of ours, as in "p1_xform must ...", stays as it is. */
	if (memchr(text, '_', (size_t)(word - text)) != NULL) {
		put_text(text);
	} else {
		put_text(first);
		put_text(text + 1);
	}
	puts(len > 0 && strchr(".:", text[len - 1]) != NULL ? "" : ".");
}

static void put_option(const struct option_info *option)
{
	printf(".It Fl -%s", option->name);
	if (option->argument != NULL)
		printf(" Ar %s", option->argument);
	putchar('\n');
	put_sentence(option->help);
}

static void put_options(const char *command)
{
	size_t i, count = 0;

	for (i = 0; i < option_count; i++) {
		const struct option_info *o = &option_table[i];

		if (!option_is_listed(o, command))
			continue;
		if (count++ == 0)
			puts(".Bl -tag -width 18n");
		put_option(o);
	}
	if (count > 0)
		puts(".El");
}

static void put_commands(void)
{
	size_t i;

	puts(".Bl -tag -width 8n");
	for (i = 0; i < command_count; i++) {
		const struct command *c = &commands[i];

		printf(".It Xo\n.Ic %s\n", c->name);
		put_text(c->usage);
		puts(c->usage[0] != '\0' ? "\n.Xc" : ".Xc");
		put_sentence(c->help);
		if (c->more != NULL)
			put_sentence(c->more);
		put_options(c->name);
	}
	puts(".El");
}

static void put_settings(void)
{
	const char *section = "";
	size_t i;

	for (i = 0; i < setting_count; i++) {
		const struct setting *s = &setting_table[i];

		if (strcmp(s->section, section) != 0) {
			printf("%s.Ss Section %s\n.Bl -tag -width 12n\n",
			       *section != '\0' ? ".El\n" : "", s->section);
			section = s->section;
		}
		printf(".It Ic %s No = Ar %s\n", s->key, s->fallback);
		put_sentence(s->help);
		if (s->values != NULL)
			printf("One of\n.Li %s .\n", s->values);
	}
	puts(".El");
}

/* Not for the manual: what data/ikeconsole.ini must hold. */
static void put_defaults(void)
{
	size_t i;

	for (i = 0; i < setting_count; i++)
		printf("%s.%s = %s\n", setting_table[i].section, setting_table[i].key,
		       setting_table[i].fallback);
}

int main(int argc, char **argv)
{
	const char *part = argc == 3 ? argv[1] : "";

	if (strcmp(part, "options") == 0)
		put_options(NULL);
	else if (strcmp(part, "commands") == 0)
		put_commands();
	else if (strcmp(part, "kinds") == 0)
		put_kinds(argv[2]);
	else if (strcmp(part, "settings") == 0)
		put_settings();
	else if (strcmp(part, "defaults") == 0)
		put_defaults();
	else if (strcmp(part, "findings") == 0)
		put_findings();
	else {
		fputs("usage: tables options|commands|kinds|settings|defaults|findings ROOT\n",
		      stderr);
		return 2;
	}
	return fflush(stdout) != 0 || ferror(stdout);
}
