#include "config.h"

#include "change/policy_manual.h"

#define PROTOCOL_TCP 6
#define PORT_CMP     829

static bool protects(const struct policy_item *item)
{
	unsigned action = item->nalternatives > 0 ? item->alternatives[0].word : 0;

	return action == POLICY_APPLY || action == POLICY_PERMIT || action == POLICY_IPSEC;
}

static bool is_cmp(const struct policy_item *item)
{
	return item->ulp.set && item->ulp.first == PROTOCOL_TCP &&
	       ((item->local.port.set && item->local.port.first == PORT_CMP) ||
		(item->remote.port.set && item->remote.port.first == PORT_CMP));
}

static bool is_same(const struct ip_range *a, const struct ip_range *b)
{
	return a->family != IP_NONE && ip_range_covers(a, b) && ip_range_covers(b, a);
}

/* A port or protocol of an association, 0 for any, against that of the policy. */
static bool takes(uint64_t number, const struct policy_number *wanted)
{
	return number == 0 || (wanted->set && wanted->first == number);
}

static bool covers(const struct manual_item *sa, const struct policy_item *item, bool reversed)
{
	const struct policy_end *src = reversed ? &item->remote : &item->local,
				*dst = reversed ? &item->local : &item->remote;

	return is_same(&sa->src.range, &src->range) && is_same(&sa->dst.range, &dst->range) &&
	       takes(manual_number(sa, MANUAL_SPORT), &src->port) &&
	       takes(manual_number(sa, MANUAL_DPORT), &dst->port) &&
	       takes(manual_number(sa, MANUAL_PROTO), &item->ulp);
}

bool policy_has_manual_keys(const struct host *host, const struct policy_item *item)
{
	const struct doc *doc = host_doc(host, LOCATION_IPSECKEYS);
	struct manual_item sa = MANUAL_ITEM_INIT;
	bool found = is_cmp(item);
	size_t i;

	if (!protects(item))
		return false;
	for (i = 0; i < host->ncommands && !found; i++) {
		manual_read(doc, host->commands[i], &sa, NULL);
		found = manual_is_sa(&sa) && (covers(&sa, item, false) || covers(&sa, item, true));
	}
	manual_item_release(&sa);
	return found;
}
