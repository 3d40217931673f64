#include "config.h"

#include "commands/command.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/print.h"
#include "base/xalloc.h"

/* A table reads best as rows. */
/* clang-format off */
const struct command commands[] = {
	{ "check", "[--type TYPE FILE] [--match TEXT] [--sort COLUMN] [--fix ID...|all] [--explain ID]",
	  N_("check the host's files, each by itself and all against each other"),
	  N_("Exits with 0 where no error was found, with 1 where one was.\nWith --type one file alone is checked; - is standard input.\nWith --fix what is found is repaired first; the manual has more of it under REPAIRS."),
	  cmd_check },
	{ "list", "rules|globals|psks|certs|keys|crls|policies|manual-sas|history [--match TEXT] [--sort COLUMN]",
	  N_("list what the host has"),
	  N_("A filter is terms that must all hold: TEXT is found somewhere, COLUMN:TEXT in that column, !TERM does not hold;\nthe manual has more of it under FILTERS."),
	  cmd_list },
	{ "show", "KIND NAME",
	  N_("show one item whole, with where each value comes from and what is wrong with it"), NULL,
	  cmd_show },
	{ "rule", "add [--like LABEL] NAME=VALUE... | edit LABEL NAME=VALUE... | remove LABEL...",
	  N_("add, change or remove an IKE rule"),
	  N_("Names are the keywords of ike.config(5); those of the transform are given directly, or as\np1_xform.N.KEYWORD where a rule has several. An empty value takes the keyword out.\nWith --like a new rule has the values of another one, its transforms too, and a free label.\nA rule that gets another auth_method gets the identities that go with it, where none are given."),
	  cmd_rule },
	{ "psk", "add [--like NAME] localid=ADDRESS remoteid=ADDRESS | edit NAME | remove NAME... | generate BITS",
	  N_("add, change or remove a preshared key"),
	  N_("The key is read from --key-file, from standard input or from a prompt, never from an argument.\nNAME is LOCAL,REMOTE, a remote address, or a number of \"list psks\"."),
	  cmd_psk },
	{ "manual-sa", "add [--like NAME] NAME=VALUE... | edit NAME [NAME=VALUE...] [encrkey] [authkey] | remove NAME... | remove NAME pair=yes",
	  N_("add, change or remove a manual SA of ipseckeys"),
	  N_("Names are the extensions of ipseckey(8), and type (esp or ah). An empty value takes\nthe extension out. An spi is chosen where none is given. With pair=yes, or pair=SPI,\nboth directions are added in one step.\nKeys are made with --generate (bits=N: of that length), or read from --key-file,\nstandard input or a prompt, never from an argument: one a line, encrkey before authkey;\nfor a pair the same for both directions, or all four.\nWithout fields edit gives new keys; encrkey and authkey say which.\nNAME is an SPI, decimal or 0x..., or TYPE/SPI/DST, or @LINE."),
	  cmd_manual_sa },
	{ "global", "add NAME[=VALUE]... | edit NAME=VALUE... | remove NAME...",
	  N_("add, change or remove parameters at file level of ike/config"),
	  N_("A flag has no value: global add ignore_crls."),
	  cmd_global },
	{ "policy", "add [--like N] NAME=VALUE... [before=N|after=N] | edit N NAME=VALUE... | remove N... | move N TO",
	  N_("add, change, remove or move an IPsec policy"),
	  N_("N is a place of \"list policies\". Names are the words of ipsecconf(8): those of the pattern, action,\nauth_algs, encr_algs, encr_auth_algs and sa; as 2.encr_algs where a policy has alternatives.\nAn empty value takes the word out, an empty 2.action the alternative; 3.action adds a third one.\nThe order has meaning: a new policy goes behind the last one where no place is given, a moved one gets\nplace TO. Comments that are not on its lines stay where they are."),
	  cmd_policy },
	{ "confirm", "",
	  N_("keep what was written with --confirm-within"),
	  N_("Whoever may cut his own connection with a change writes it with --confirm-within SECONDS: a process of its\nown takes it back after that time, unless this is said, from wherever one still gets in."),
	  cmd_confirm },
	{ "history", "[N] [--match TEXT]",
	  N_("list every change that was written, who made it, when and why; or show change N"),
	  N_("The newest is the first. Exits with 1 where the history was tampered with, and says which change\ncannot be believed any more. With N the change is shown with its diff."),
	  cmd_history },
	{ "diff", "[N]",
	  N_("show change N as a diff, or what others have changed since the last one"),
	  N_("Keys are never shown. Others are those who do not write with ikeconsole: MDM, SSM, an editor."),
	  cmd_diff },
	{ "restore", "N [--discard FILE...|all]",
	  N_("bring all files back to what they were after change N"),
	  N_("0 goes back to what was before the oldest change that is kept. It is a change as any other: --dry-run\nshows it, and it can be taken back. Where others have changed a file since, that is shown and stays,\nand so does all the rest, unless --discard names the file."),
	  cmd_restore },
};
/* clang-format on */
const size_t command_count = ARRAY_SIZE(commands);

static const struct command *find_command(const char *name)
{
	size_t i;

	for (i = 0; i < command_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static void print_options(const char *command)
{
	size_t i;

	for (i = 0; i < option_count; i++) {
		const struct option_info *o = &option_table[i];
		char left[64];

		if (!option_is_listed(o, command) && o->commands != NULL)
			continue;
		snprintf(left, sizeof left, "--%s%s%s", o->name, o->argument != NULL ? " " : "",
			 o->argument != NULL ? o->argument : "");
		printf("  %-20s %s\n", left, _(o->help));
	}
}

static void print_help(void)
{
	size_t i;

	printf(_("Usage: ikeconsole [OPTION...] [COMMAND]\n"));
	printf(_("Without a command the console opens.\n\nCommands:\n"));
	for (i = 0; i < command_count; i++)
		printf("  %-10s %s\n", commands[i].name, _(commands[i].help));
	printf(_("\nOptions, before or after the command:\n"));
	print_options(NULL);
	printf(_(
		"\nExit status: 0 done; 1 check found errors; 2 wrong usage; 3 a file cannot be read or written;\n"
		"4 refused; 6 a file changed meanwhile; 7 not found. The manual is ikeconsole(8).\n"));
}

static void print_command_help(const struct command *command)
{
	printf(_("Usage: ikeconsole [OPTION...] %s %s\n"), command->name, command->usage);
	printf("%s.\n", _(command->help));
	if (command->more != NULL)
		printf("%s\n", _(command->more));
	printf(_("\nOptions:\n"));
	print_options(command->name);
}

static int fail(struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	int status = err->code;

	print_addstr(&text, err->text != NULL ? err->text : "");
	fflush(stdout);
	fprintf(stderr, "ikeconsole: %s\n", text.buf);
	strbuf_release(&text);
	error_clear(err);
	return status;
}

/* Output that did not get out is a failure too: a full disk, a closed pipe. */
static int finish(int status)
{
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "ikeconsole: %s\n", _("cannot write to standard output"));
		return status != 0 ? status : ERROR_IO;
	}
	return status;
}

static int run_command(struct work *work, const struct options *options, struct error *err)
{
	const struct command *command = find_command(options->words[0]);
	enum error_code status;

	if (command == NULL) {
		struct near near = near_to(options->words[0], strlen(options->words[0]));
		size_t i;

		for (i = 0; i < command_count; i++)
			near_try(&near, commands[i].name);
		error_set(err, ERROR_USAGE, _("there is no command '%s'"), options->words[0]);
		near_tell(&near, err, _("try: ikeconsole --help"));
		return fail(err);
	}
	if (options->help) {
		print_command_help(command);
		return finish(0);
	}
	if (!options_fit(options, command->name, err) || !work_init(work, options, err))
		return fail(err);
	status = command->run(work, options->words + 1, options->nwords - 1, err);
	if (err->code != ERROR_NONE)
		return fail(err);
	return finish(status);
}

int commands_run(struct options *options, struct work *work, int argc, char **argv)
{
	struct error err = ERROR_INIT;
	int status;

	*work = (struct work){ 0 };
	if (!options_parse(options, argc, argv, &err))
		return fail(&err);
	if (options->version) {
		printf("%s\n", PACKAGE_STRING);
		return finish(0);
	}
	if (options->nwords > 0) {
		status = run_command(work, options, &err);
		work_release(work);
		return status;
	}
	if (options->help) {
		print_help();
		return finish(0);
	}
	if (!work_init(work, options, &err) || !work_find_root(work, &err))
		return fail(&err);
	return -1;
}
