/*
 * gen_host: writes a host tree of made-up test data, as large as asked for.
 *
 * Everything it writes is sound (dialect illumos) and uses no weak algorithm, unless --defects asks
 * for damage. Then DIR/defects.tsv says what is wrong where: a line for each, with the line in
 * ike/config, a tab and the kind.
 */
#include "config.h"

#include "tests/bench/gen.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"

static const char usage[] =
	"usage: gen_host [OPTION...] DIR\n"
	"  --rules N        how many rules, policies and manual SAs (10); half as many keys\n"
	"  --style STYLE    of ike/config: whitepaper (default), solaris, mixed\n"
	"  --labels KIND    site (site-0000000, cert-0000001; default) or indexid (INDEXID_1)\n"
	"  --files A,B...   which of ike, psk, policy, sa (all four by default), git, sudoers, wg,\n"
	"                   bird, unbound, libreswan\n"
	"  --defects D      damages D rules in ten ways; at least four rules are needed for each\n"
	"  --seed N         other data (1)\n";

/* A file of the tree, with the folder it needs. */
static const struct place {
	const char *key;
	const char *folder;
	const char *file;
	mode_t folder_mode, file_mode;
	bool wanted; /* where --files says nothing */
	void (*write)(const struct gen_plan *plan, struct out *out);
} places[] = {
	{ "ike", "/etc/inet/ike", "/etc/inet/ike/config", 0755, 0644, true, NULL },
	{ "psk", "/etc/inet/secret", "/etc/inet/secret/ike.preshared", 0700, 0600, true,
	  gen_preshared },
	{ "policy", "/etc/inet", "/etc/inet/ipsecinit.conf", 0755, 0644, true, gen_ipsecinit },
	{ "sa", "/etc/inet/secret", "/etc/inet/secret/ipseckeys", 0700, 0600, true, gen_ipseckeys },
	{ "git", "", "/gitconfig", 0755, 0644, false, gen_gitconfig },
	{ "sudoers", "", "/sudoers", 0755, 0440, false, gen_sudoers },
	{ "wg", "", "/wg.conf", 0755, 0600, false, gen_wg },
	{ "bird", "", "/bird.conf", 0755, 0644, false, gen_bird },
	{ "unbound", "", "/unbound.conf", 0755, 0644, false, gen_unbound },
	{ "libreswan", "", "/libreswan.conf", 0755, 0644, false, gen_libreswan },
};

static bool make_folder(const char *dir, const char *folder, mode_t mode)
{
	char path[PATH_MAX];
	size_t i, start = strlen(dir);

	snprintf(path, sizeof path, "%s%s", dir, folder);
	for (i = start; i <= start + strlen(folder); i++) {
		char kept = path[i];

		if (kept != '/' && kept != '\0')
			continue;
		path[i] = '\0';
		if (mkdir(path, kept ? 0755 : mode) && errno != EEXIST) {
			perror(path);
			return false;
		}
		path[i] = kept;
	}
	return true;
}

static bool write_rules(const struct gen_plan *plan, const char *dir, struct out *out)
{
	struct out manifest;
	char path[PATH_MAX];

	if (!plan->defects) {
		gen_ike_config(plan, out, NULL);
		return true;
	}
	snprintf(path, sizeof path, "%s/defects.tsv", dir);
	if (!out_open(&manifest, path, 0644))
		return false;
	gen_ike_config(plan, out, manifest.file);
	return out_close(&manifest);
}

static bool write_place(const struct gen_plan *plan, const char *dir, const struct place *place)
{
	char path[PATH_MAX];
	struct out out;
	bool done = true;

	snprintf(path, sizeof path, "%s%s", dir, place->file);
	if (!make_folder(dir, place->folder, place->folder_mode))
		return false;
	unlink(path);
	if (!out_open(&out, path, place->file_mode))
		return false;
	if (place->write)
		place->write(plan, &out);
	else
		done = write_rules(plan, dir, &out);
	return out_close(&out) && done;
}

/* Marks in WANTED the places that the comma-separated LIST names; false where it names another. */
static bool choose_files(const char *list, bool wanted[])
{
	size_t i, len;

	memset(wanted, false, ARRAY_SIZE(places) * sizeof *wanted);
	for (; *list; list += len + (list[len] == ',')) {
		len = strcspn(list, ",");
		for (i = 0; i < ARRAY_SIZE(places); i++) {
			if (!strncmp(places[i].key, list, len) && !places[i].key[len])
				break;
		}
		if (i == ARRAY_SIZE(places))
			return false;
		wanted[i] = true;
	}
	return true;
}

static int refuse(const char *why)
{
	fprintf(stderr, "gen_host: %s\n%s", why, usage);
	return 2;
}

enum gen_option { OPT_RULES = 1, OPT_STYLE, OPT_LABELS, OPT_FILES, OPT_DEFECTS, OPT_SEED };

static const struct option options[] = {
	{ "rules", required_argument, NULL, OPT_RULES },
	{ "style", required_argument, NULL, OPT_STYLE },
	{ "labels", required_argument, NULL, OPT_LABELS },
	{ "files", required_argument, NULL, OPT_FILES },
	{ "defects", required_argument, NULL, OPT_DEFECTS },
	{ "seed", required_argument, NULL, OPT_SEED },
	{ NULL, 0, NULL, 0 },
};

static bool read_number(const char *text, unsigned long max, unsigned long *number)
{
	char *end;

	errno = 0;
	*number = strtoul(text, &end, 10);
	return end != text && !*end && !errno && *text != '-' && *number <= max;
}

static bool take_option(int option, const char *value, struct gen_plan *plan, bool wanted[])
{
	unsigned long seed;

	switch (option) {
	case OPT_RULES:
		return read_number(value, ENTRIES_MAX, &plan->entries);
	case OPT_STYLE:
		plan->style = gen_style_find(value);
		return plan->style != NULL;
	case OPT_LABELS:
		plan->labels = strcmp(value, "indexid") ? LABELS_SITE : LABELS_INDEXID;
		return plan->labels == LABELS_INDEXID || !strcmp(value, "site");
	case OPT_FILES:
		return choose_files(value, wanted);
	case OPT_DEFECTS:
		return read_number(value, ENTRIES_MAX, &plan->defects);
	case OPT_SEED:
		if (!read_number(value, ULONG_MAX, &seed))
			return false;
		plan->seed = seed;
		return true;
	default:
		return false;
	}
}

int main(int argc, char **argv)
{
	struct gen_plan plan = { .entries = 10, .seed = 1, .labels = LABELS_SITE };
	bool wanted[ARRAY_SIZE(places)];
	size_t i;
	int option;

	plan.style = gen_style_find("whitepaper");
	for (i = 0; i < ARRAY_SIZE(places); i++)
		wanted[i] = places[i].wanted;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (!take_option(option, optarg, &plan, wanted))
			return refuse("wrong option or value");
	}
	if (optind != argc - 1 || strlen(argv[optind]) > PATH_MAX / 2)
		return refuse("one folder is needed");
	if (plan.defects > plan.entries / 4)
		return refuse("too many defects for so few rules");
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		if (wanted[i] && !write_place(&plan, argv[optind], &places[i]))
			return 3;
	}
	return 0;
}
