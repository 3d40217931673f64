/* MSS-4, MSS-6 and MSS-8: what a policy towards an MSS may propose, and for which ports. The lists
 * are the profile's. */
#include "config.h"

#include "lint/policies.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "lint/lint_internal.h"

#define PROPOSALS "limits.p2_proposals"

/* More than the table of algorithms has rows; the last one stands for none. */
enum { ALGORITHMS = 40, NO_ALGORITHM = ALGORITHMS - 1 };

struct mss_limits {
	bool any_port;
	uint8_t ports[65536 / 8];
	/* The services that have proposals of their own, by their ports. */
	struct {
		uint16_t port;
		const char *key;
	} special[8];
	size_t nspecial;
	/* By cipher and integrity: enum mss_verdict + 1; 0: not looked up yet. */
	uint8_t verdicts[ALGORITHMS][ALGORITHMS];
};

static void allow_ports(struct mss_limits *limits, unsigned long first, unsigned long last)
{
	for (; first <= last && first <= UINT16_MAX; first++)
		limits->ports[first / 8] |= (uint8_t)(1u << first % 8);
}

/* A list of numbers and ranges: "1-19, 22". */
static void read_numbers(struct mss_limits *limits, const char *list)
{
	while (*list != '\0') {
		char *end;
		unsigned long first = strtoul(list, &end, 10), last = first;

		if (end != list && *end == '-')
			last = strtoul(end + 1, &end, 10);
		if (end != list)
			allow_ports(limits, first, last);
		list = end + strcspn(end, ",");
		list += strspn(list, ", ");
	}
}

static void read_names(struct mss_limits *limits, const char *list)
{
	while (*list != '\0') {
		size_t len = strcspn(list, ", ");
		const struct policy_name *service = policy_service_find(list, len);

		if (service != NULL)
			allow_ports(limits, service->number, service->number);
		list += len;
		list += strspn(list, ", ");
	}
}

static void read_special(struct mss_limits *limits, const struct profile *profile)
{
	size_t i, len = strlen(PROPOSALS ".");

	for (i = 0; i < profile->nsettings && limits->nspecial < ARRAY_SIZE(limits->special); i++) {
		const char *key = profile->settings[i].key;
		const struct policy_name *service;

		if (strncmp(key, PROPOSALS ".", len) != 0)
			continue;
		service = policy_service_find(key + len, strlen(key + len));
		if (service == NULL)
			continue;
		limits->special[limits->nspecial].port = service->number;
		limits->special[limits->nspecial++].key = key;
	}
}

static struct mss_limits *limits_of(struct lint *lint)
{
	const struct profile *profile = lint->profile;
	struct mss_limits *limits = lint->policies->mss;
	const char *names, *numbers;

	if (limits != NULL)
		return limits;
	limits = xcalloc(1, sizeof *limits);
	lint->policies->mss = limits;
	names = profile_get(profile, "limits.p2_port_names");
	numbers = profile_get(profile, "limits.p2_port_numbers");
	limits->any_port = names == NULL && numbers == NULL;
	if (names != NULL)
		read_names(limits, names);
	if (numbers != NULL)
		read_numbers(limits, numbers);
	read_special(limits, profile);
	return limits;
}

void mss_limits_free(struct mss_limits *limits)
{
	free(limits);
}

bool mss_has_port(struct lint *lint, const struct policy_number *port)
{
	const struct mss_limits *limits = limits_of(lint);

	return !port->set || limits->any_port ||
	       (limits->ports[port->first / 8] >> port->first % 8 & 1) != 0;
}

/* As the agreement names it: without hmac- in front and without -cbc behind. */
static void add_name(unsigned row, struct strbuf *sb)
{
	const char *name = row == NO_ALGORITHM ? "none" : ipsec_algs[row].names[0];
	size_t len;

	if (strncmp(name, "hmac-", 5) == 0)
		name += 5;
	len = strlen(name);
	if (len > 4 && strcmp(name + len - 4, "-cbc") == 0)
		len -= 4;
	strbuf_add(sb, name, len);
}

static void add_proposal(unsigned encr, unsigned auth, struct strbuf *sb)
{
	add_name(encr, sb);
	strbuf_addch(sb, '-');
	add_name(auth, sb);
}

/* Whether the proposal is on the MSS's list. */
static bool is_listed(struct lint *lint, unsigned encr, unsigned auth)
{
	uint8_t *verdict = &limits_of(lint)->verdicts[encr][auth];
	struct strbuf text = STRBUF_INIT;

	if (*verdict == 0) {
		add_proposal(encr, auth, &text);
		*verdict = (profile_allows(lint->profile, PROPOSALS, text.buf) ? MSS_LISTED
									       : MSS_UNKNOWN) +
			   1;
		strbuf_release(&text);
	}
	return *verdict == MSS_LISTED + 1;
}

/* Whether the proposal is on the list of a service. */
static bool is_special(const struct lint *lint, const char *key, unsigned encr, unsigned auth)
{
	struct strbuf text = STRBUF_INIT;
	bool special;

	add_proposal(encr, auth, &text);
	special = profile_get(lint->profile, key) != NULL &&
		  profile_allows(lint->profile, key, text.buf);
	strbuf_release(&text);
	return special;
}

/* Whether one of the policy's ports has a list of its own with the proposal on it. */
static bool is_asked_for(struct lint *lint, const struct policy_item *item, unsigned encr,
			 unsigned auth)
{
	const struct policy_number *ports[] = { &item->local.port, &item->remote.port };
	const struct mss_limits *limits = limits_of(lint);
	bool asked = false;
	size_t i, k;

	for (i = 0; i < limits->nspecial; i++)
		for (k = 0; k < ARRAY_SIZE(ports) && !asked; k++)
			asked = ports[k]->set && ports[k]->first == limits->special[i].port &&
				is_special(lint, limits->special[i].key, encr, auth);
	return asked;
}

/* The row of the algorithm that a property names. False where that is not known, or left open. */
static bool alg_row(const struct policy_item *item, const struct policy_alternative *a,
		    enum policy_word property, const struct policy_alg *alg, unsigned *row)
{
	*row = NO_ALGORITHM;
	if (policy_find_property(item, a, property) == NULL)
		return true;
	if (alg->alg == NULL || alg->alg->kind == IPSEC_ALG_ANY)
		return false;
	/* none is as if it were not there; null encrypts nothing either. */
	if (alg->alg->kind == IPSEC_ALG_REAL && alg->alg->max > 0)
		*row = (unsigned)(alg->alg - ipsec_algs);
	return true;
}

enum mss_verdict mss_proposal(struct lint *lint, const struct policy_item *item,
			      const struct policy_alternative *a, struct strbuf *sb)
{
	unsigned ah, encr, auth;
	bool both;

	if (!alg_row(item, a, POLICY_AUTH_ALGS, &a->ah, &ah) ||
	    !alg_row(item, a, POLICY_ENCR_ALGS, &a->encr, &encr) ||
	    !alg_row(item, a, POLICY_ENCR_AUTH_ALGS, &a->auth, &auth))
		return MSS_LISTED;
	both = ah != NO_ALGORITHM && auth != NO_ALGORITHM;
	if (auth == NO_ALGORITHM)
		auth = ah;
	if (encr == NO_ALGORITHM && auth == NO_ALGORITHM)
		return MSS_LISTED; /* that there is nothing is said elsewhere */
	if (sb != NULL) {
		add_proposal(encr, auth, sb);
		if (both) {
			strbuf_addstr(sb, " + ");
			add_name(ah, sb);
		}
	}
	if (!both && is_listed(lint, encr, auth))
		return MSS_LISTED;
	return !both && is_asked_for(lint, item, encr, auth) ? MSS_ASKED_FOR : MSS_UNKNOWN;
}

void mss_look_at(struct lint *lint, const struct policy_item *item, struct policy_fact *fact)
{
	size_t i;

	fact->for_mss =
		!mss_has_port(lint, &item->local.port) || !mss_has_port(lint, &item->remote.port);
	for (i = 0; i < item->nalternatives && !fact->for_mss; i++)
		fact->for_mss =
			mss_proposal(lint, item, &item->alternatives[i], NULL) != MSS_LISTED;
}
