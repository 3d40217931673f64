#include "config.h"

#include "commands/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/xalloc.h"

/* Where an option's value goes: a string, a flag, or the list of overrides. */
struct target {
	const char **text;
	bool *flag;
};

/* A table reads best as rows. */
/* clang-format off */
const struct option_info option_table[] = {
	{ "root", "DIR", N_("work on the host tree below DIR instead of /"), NULL },
	{ "read-only", NULL, N_("look only: nothing is written, no lock is taken"), NULL },
	{ "role", "ROLE", N_("act as admin, ssm or mdm"), NULL },
	{ "profile", "NAME", N_("the policy: mdm-ssm, solaris, or the path of a file"), NULL },
	{ "dialect", "NAME", N_("whose daemon reads the files: sol9, sol10, sol11, sol114, illumos, ikev2d"), NULL },
	{ "settings", "FILE", N_("read this settings file instead of the usual ones"), NULL },
	{ "format", "FORMAT", N_("text for people, json for programs"), NULL },
	{ "dry-run", NULL, N_("show what would be written and change nothing"), NULL },
	{ "override", "ID", N_("set one coexistence rule aside for this change; role admin alone"), NULL },
	{ "why", "TEXT", N_("say what the change is for; the history keeps it"), NULL },
	{ "confirm-within", "SECONDS", N_("take the change back unless it is confirmed in this time"), NULL },
	{ "yes", NULL, N_("ask no questions"), NULL },
	{ "show-secrets", NULL, N_("print keys in clear where a command prints them"), NULL },
	{ "demo", NULL, N_("work on a private copy of the sample host"), NULL },
	{ "no-color", NULL, N_("no colours; so does the environment variable NO_COLOR"), NULL },
	{ "dump-screen", "NAME", N_("print a screen of the console as text, without a terminal"), "" },
	{ "size", "WxH", N_("columns and rows of that screen; 80x24 where nothing is said"), "" },
	{ "help", NULL, N_("print help, also for one command"), NULL },
	{ "version", NULL, N_("print the version"), NULL },
	{ "type", "TYPE", N_("check one file of this type: ike-config, ike-preshared, ipsecinit, ipseckeys"), "check" },
	{ "fix", "ID", N_("repair the findings with this id, all for every one that has a repair; may be given several times"), "check" },
	{ "explain", "ID", N_("explain a finding"), "check" },
	{ "severity", "LEVEL", N_("show findings of this severity and above: error, warning, note"), "check" },
	{ "strict", NULL, N_("exit with 1 for warnings too"), "check" },
	{ "match", "TEXT", N_("only what fits the filter"), "list check history" },
	{ "sort", "COLUMN", N_("sort by a column; -COLUMN the other way round"), "list check" },
	{ "discard", "FILE", N_("let go what others have changed in FILE since, all for every file; may be given several times"), "restore" },
	{ "like", "NAME", N_("add an item with the values of this one, but for those that are given"), "rule psk policy manual-sa" },
	{ "key-file", "FILE", N_("read the key, or keys, from FILE; - is standard input"), "psk manual-sa" },
	{ "generate", NULL, N_("make random keys"), "manual-sa" },
};
/* clang-format on */
const size_t option_count = ARRAY_SIZE(option_table);

static struct target find_target(struct options *o, const char *name)
{
	const struct {
		const char *name;
		struct target target;
	} targets[] = {
		{ "root", { &o->root, NULL } },
		{ "role", { &o->role, NULL } },
		{ "profile", { &o->profile, NULL } },
		{ "dialect", { &o->dialect, NULL } },
		{ "settings", { &o->settings, NULL } },
		{ "type", { &o->type, NULL } },
		{ "explain", { &o->explain, NULL } },
		{ "severity", { &o->severity, NULL } },
		{ "match", { &o->match, NULL } },
		{ "sort", { &o->sort, NULL } },
		{ "why", { &o->why, NULL } },
		{ "dump-screen", { &o->dump_screen, NULL } },
		{ "size", { &o->size, NULL } },
		{ "like", { &o->like, NULL } },
		{ "key-file", { &o->key_file, NULL } },
		{ "read-only", { NULL, &o->read_only } },
		{ "dry-run", { NULL, &o->dry_run } },
		{ "yes", { NULL, &o->yes } },
		{ "show-secrets", { NULL, &o->show_secrets } },
		{ "demo", { NULL, &o->demo } },
		{ "strict", { NULL, &o->strict } },
		{ "no-color", { NULL, &o->no_color } },
		{ "generate", { NULL, &o->generate } },
		{ "help", { NULL, &o->help } },
		{ "version", { NULL, &o->version } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(targets); i++)
		if (strcmp(targets[i].name, name) == 0)
			return targets[i].target;
	return (struct target){ NULL, NULL };
}

static bool set_format(struct options *o, const char *value, struct error *err)
{
	if (strcmp(value, "json") != 0 && strcmp(value, "text") != 0)
		return error_set(err, ERROR_USAGE, _("--format is text or json, not '%s'"), value);
	o->json = strcmp(value, "json") == 0;
	return true;
}

static bool set_confirm_within(struct options *o, const char *value, struct error *err)
{
	static const unsigned most = 24 * 60 * 60;
	char *end;
	unsigned long seconds = strtoul(value, &end, 10);

	if (value[0] < '0' || value[0] > '9' || *end != '\0' || seconds == 0 || seconds > most)
		return error_set(err, ERROR_USAGE,
				 _("--confirm-within takes seconds, from 1 to %u, not '%s'"), most,
				 value);
	o->confirm_within = (unsigned)seconds;
	return true;
}

static bool set_option(struct options *o, const struct option_info *info, const char *value,
		       struct error *err)
{
	struct target target = find_target(o, info->name);

	if (info->commands != NULL)
		VEC_PUSH(o->special, o->nspecial, o->special_cap, info);
	if (strcmp(info->name, "format") == 0)
		return set_format(o, value, err);
	if (strcmp(info->name, "confirm-within") == 0)
		return set_confirm_within(o, value, err);
	if (strcmp(info->name, "override") == 0)
		VEC_PUSH(o->overrides, o->noverrides, o->overrides_cap, value);
	else if (strcmp(info->name, "fix") == 0)
		VEC_PUSH(o->fixes, o->nfixes, o->fixes_cap, value);
	else if (strcmp(info->name, "discard") == 0)
		VEC_PUSH(o->discards, o->ndiscards, o->discards_cap, value);
	else if (target.flag != NULL)
		*target.flag = true;
	else
		*target.text = value;
	return true;
}

static const struct option_info *find_option(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < option_count; i++)
		if (strlen(option_table[i].name) == len &&
		    memcmp(option_table[i].name, name, len) == 0)
			return &option_table[i];
	return NULL;
}

/* TEXT is the option with its dashes. */
static bool no_option(const char *text, size_t len, struct error *err)
{
	struct near near = near_to(text, len);
	struct strbuf word = STRBUF_INIT;
	size_t i;

	for (i = 0; i < option_count; i++) {
		char name[NEAR_MAX];

		snprintf(name, sizeof name, "--%s", option_table[i].name);
		near_try(&near, name);
	}
	strbuf_add(&word, text, len);
	error_set(err, ERROR_USAGE, _("there is no option %s"), word.buf);
	strbuf_release(&word);
	return near_tell(&near, err, _("try: ikeconsole --help"));
}

static bool parse_option(struct options *o, int argc, char **argv, int *i, struct error *err)
{
	const char *name = argv[*i] + 2, *equals = strchr(name, '='), *value = NULL;
	size_t len = equals != NULL ? (size_t)(equals - name) : strlen(name);
	const struct option_info *info = find_option(name, len);

	if (info == NULL)
		return no_option(name - 2, len + 2, err);
	if (info->argument == NULL && equals != NULL)
		return error_set(err, ERROR_USAGE, _("--%s takes no value"), info->name);
	if (info->argument != NULL) {
		value = equals != NULL ? equals + 1 : *i + 1 < argc ? argv[++*i] : NULL;
		if (value == NULL)
			return error_set(err, ERROR_USAGE, _("--%s needs a value: --%s %s"),
					 info->name, info->name, info->argument);
	}
	return set_option(o, info, value, err);
}

bool options_parse(struct options *o, int argc, char **argv, struct error *err)
{
	const char *base;
	bool only_words = false;
	int i;

	*o = (struct options){ 0 };
	base = argc > 0 ? strrchr(argv[0], '/') : NULL;
	base = base != NULL ? base + 1 : argc > 0 ? argv[0] : "";
	o->read_only = strcmp(base, "ikeview") == 0;
	for (i = 1; i < argc; i++) {
		if (!only_words && strcmp(argv[i], "--") == 0)
			only_words = true;
		else if (!only_words && strcmp(argv[i], "-h") == 0)
			o->help = true;
		else if (!only_words && strncmp(argv[i], "--", 2) == 0) {
			if (!parse_option(o, argc, argv, &i, err))
				return false;
		} else if (!only_words && argv[i][0] == '-' && argv[i][1] != '\0')
			return no_option(argv[i], strlen(argv[i]), err);
		else
			VEC_PUSH(o->words, o->nwords, o->words_cap, argv[i]);
	}
	return true;
}

bool option_belongs(const struct option_info *option, const char *command)
{
	const char *p = option->commands;
	size_t len = strlen(command);

	while (p != NULL && *p != '\0') {
		size_t n = strcspn(p, " ");

		if (n == len && memcmp(p, command, len) == 0)
			return true;
		p += n + strspn(p + n, " ");
	}
	return false;
}

bool option_is_listed(const struct option_info *option, const char *command)
{
	if (command != NULL)
		return option_belongs(option, command);
	return option->commands == NULL || option->commands[0] == '\0';
}

bool options_fit(const struct options *o, const char *command, struct error *err)
{
	size_t i;

	for (i = 0; i < o->nspecial; i++) {
		if (o->special[i]->commands[0] == '\0')
			return error_set(err, ERROR_USAGE,
					 _("--%s is for the console; leave the command %s out"),
					 o->special[i]->name, command);
		if (!option_belongs(o->special[i], command))
			return error_set(err, ERROR_USAGE,
					 strchr(o->special[i]->commands, ' ') == NULL
						 ? _("--%s belongs to the command %s, not to %s")
						 : _("--%s belongs to the commands %s, not to %s"),
					 o->special[i]->name, o->special[i]->commands, command);
	}
	return true;
}

void options_release(struct options *o)
{
	free(o->special);
	free(o->overrides);
	free(o->fixes);
	free(o->discards);
	free(o->words);
	*o = (struct options){ 0 };
}
