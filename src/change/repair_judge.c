#include "config.h"

#include "change/repair_judge.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "lint/check.h"

size_t *tally_ids(void)
{
	size_t *ids = xcalloc(check_count, sizeof *ids), i;

	for (i = 0; i < check_count; i++)
		ids[i] = (size_t)check_find(checks[i].id);
	return ids;
}

static size_t count_entries(const struct host *host, uint32_t file)
{
	switch (file) {
	case LOCATION_IKE_CONFIG:
		return host->nrules;
	case LOCATION_PRESHARED:
		return host->nkeys;
	case LOCATION_IPSECINIT:
		return host->npolicies;
	case LOCATION_IPSECKEYS:
		return host->ncommands;
	default:
		return 0;
	}
}

static size_t number_of_entry(const struct host *host, uint32_t file, size_t entry)
{
	switch (file) {
	case LOCATION_IKE_CONFIG:
		return host_rule_of_entry(host, entry);
	case LOCATION_PRESHARED:
		return host_key_of_entry(host, entry);
	case LOCATION_IPSECINIT:
		return host_policy_of_entry(host, entry);
	case LOCATION_IPSECKEYS:
		return host_command_of_entry(host, entry);
	default:
		return SIZE_MAX;
	}
}

uint32_t tally_entry(const struct host *host, const struct finding *finding)
{
	size_t number;

	if (finding->entry == FINDING_NOWHERE)
		return UINT32_MAX;
	number = number_of_entry(host, finding->file, finding->entry);
	return number < count_entries(host, finding->file) ? (uint32_t)number : UINT32_MAX;
}

/* Slots, of which there are no entries, are all one file here. */
static uint64_t place_of(uint32_t file, uint32_t number, size_t id)
{
	return (uint64_t)(file < LOCATION_COUNT ? file : LOCATION_COUNT) << 48 |
	       (uint64_t)number << 16 | (uint64_t)id;
}

static int compare_places(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

void tally_take(struct tally *tally, const struct lint *lint, const struct host *host,
		const size_t *ids)
{
	const struct findings *findings = lint_findings(lint);
	size_t i, severity;

	tally->counts = xcalloc(check_count, sizeof *tally->counts);
	tally->places = xmalloc(findings->count * sizeof *tally->places);
	tally->nplaces = findings->count;
	for (i = 0; i < LOCATION_FILES; i++)
		tally->entries[i] = count_entries(host, (uint32_t)i);
	for (i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];

		for (severity = SEVERITY_NOTE; severity <= f->severity; severity++)
			tally->counts[ids[f->check]][severity]++;
		tally->places[i] = place_of(f->file, tally_entry(host, f), ids[f->check]);
	}
	if (tally->nplaces > 1)
		qsort(tally->places, tally->nplaces, sizeof *tally->places, compare_places);
}

void tally_release(struct tally *tally)
{
	free(tally->counts);
	free(tally->places);
	*tally = (struct tally){ 0 };
}

static bool has_more(const size_t *was, const size_t *is)
{
	size_t severity;

	for (severity = SEVERITY_NOTE; severity <= SEVERITY_ERROR; severity++)
		if (is[severity] > was[severity])
			return true;
	return false;
}

bool tally_is_better(const struct tally *before, const struct tally *after, const size_t *made,
		     struct strbuf *why)
{
	size_t i;

	for (i = 0; i < check_count; i++) {
		if (!has_more(before->counts[i], after->counts[i]))
			continue;
		strbuf_addf(why, _("the result would have another finding: %s, %s"), checks[i].id,
			    _(checks[i].title));
		return false;
	}
	for (i = 0; i < check_count; i++) {
		if (after->counts[i][SEVERITY_NOTE] + made[i] <= before->counts[i][SEVERITY_NOTE])
			continue;
		strbuf_addstr(why, _("it would not put this right"));
		return false;
	}
	return true;
}

/* The first place that is not before this one. */
static size_t find_place(const struct tally *tally, uint64_t place)
{
	size_t low = 0, high = tally->nplaces;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (tally->places[mid] < place)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static size_t count_place(const struct tally *tally, uint64_t place)
{
	return find_place(tally, place + 1) - find_place(tally, place);
}

size_t tally_worse(const struct tally *before, const struct tally *after, uint32_t file,
		   uint32_t number)
{
	size_t i = find_place(after, place_of(file, number, 0)),
	       end = find_place(after, place_of(file, number, UINT16_MAX));

	if (file >= LOCATION_FILES || before->entries[file] != after->entries[file])
		return check_count;
	while (i < end) {
		uint64_t place = after->places[i];
		size_t count = count_place(after, place);

		if (count > count_place(before, place))
			return (size_t)(place & UINT16_MAX);
		i += count;
	}
	return check_count;
}
