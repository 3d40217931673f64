#include "config.h"

#include "kinds/kind.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/near.h"
#include "base/xalloc.h"
#include "formats/hide.h"

const struct kind *const kinds[] = {
	&kind_rules,    &kind_globals,    &kind_psks,     &kind_certs,   &kind_keys, &kind_crls,
	&kind_policies, &kind_manual_sas, &kind_findings, &kind_history, NULL,
};

void view_init(struct view *view, struct host *host, const struct lint *lint,
	       const struct profile *profile)
{
	*view = (struct view){
		.host = host,
		.lint = lint,
		.profile = profile,
		.salt = "",
		.rule_number = SIZE_MAX,
		.key_number = SIZE_MAX,
		.policy_number = SIZE_MAX,
		.manual_number = SIZE_MAX,
	};
}

/* Forgets what was joined. */
static void forget_joins(struct view *view)
{
	free(view->key_rules);
	view->key_rules = NULL;
	manual_pairs_free(view->manual_pairs);
	view->manual_pairs = NULL;
}

void view_release(struct view *view)
{
	ike_item_release(&view->rule);
	preshared_item_release(&view->key);
	policy_item_release(&view->policy);
	manual_item_release(&view->manual);
	manual_item_release(&view->manual_other);
	forget_joins(view);
}

void view_reset(struct view *view, const struct lint *lint)
{
	view->lint = lint;
	view->rule_number = view->key_number = SIZE_MAX;
	view->policy_number = view->manual_number = SIZE_MAX;
	forget_joins(view);
}

const struct ike_item *view_rule(struct view *view, size_t number)
{
	if (view->rule_number != number) {
		ike_read_rule(host_doc(view->host, LOCATION_IKE_CONFIG), view->host->rules[number],
			      &view->rule, NULL);
		view->rule_number = number;
	}
	return &view->rule;
}

const struct preshared_item *view_key(struct view *view, size_t number)
{
	if (view->key_number != number) {
		preshared_read(host_doc(view->host, LOCATION_PRESHARED), view->host->keys[number],
			       &view->key, NULL);
		view->key_number = number;
	}
	return &view->key;
}

const struct policy_item *view_policy(struct view *view, size_t number)
{
	if (view->policy_number != number) {
		policy_read(host_doc(view->host, LOCATION_IPSECINIT), view->host->policies[number],
			    &view->policy, NULL);
		view->policy_number = number;
	}
	return &view->policy;
}

const struct manual_item *view_manual(struct view *view, size_t number)
{
	if (view->manual_number != number) {
		manual_read(host_doc(view->host, LOCATION_IPSECKEYS), view->host->commands[number],
			    &view->manual, NULL);
		view->manual_number = number;
	}
	return &view->manual;
}

void column_origin(const struct column *column, struct view *view, size_t item, struct strbuf *sb)
{
	switch (column->origin != NULL ? column->origin(view, item) : ORIGIN_NONE) {
	case ORIGIN_NONE:
		break;
	case ORIGIN_OWN:
		strbuf_addstr(sb, _("set here"));
		break;
	case ORIGIN_FILE:
		strbuf_addstr(sb, _("the file's default"));
		break;
	case ORIGIN_DAEMON:
		strbuf_addstr(sb, _("the daemon's default"));
		break;
	case ORIGIN_FORCED:
		/* TRANSLATORS: %s is the id of the coexistence rule that forces it. */
		strbuf_addf(sb, _("forced by the profile, %s"), column->forced_by);
		break;
	}
}

const char *owner_name(enum owner owner)
{
	switch (owner) {
	case OWNER_NONE:
		break;
	case OWNER_MDM:
		return "MDM";
	case OWNER_SSM:
		return "SSM";
	case OWNER_SHARED:
		return _("shared");
	case OWNER_FOREIGN:
		return _("foreign");
	}
	return NULL;
}

const struct kind *kind_by_name(const char *name)
{
	size_t i;

	for (i = 0; kinds[i] != NULL; i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	return NULL;
}

static bool no_item(const struct kind *kind, struct view *view, const char *name, struct error *err)
{
	struct near near = near_to(name, strlen(name));
	size_t count = kind->count(view), i;
	struct strbuf own = STRBUF_INIT;

	for (i = 0; i < count; i++) {
		strbuf_clear(&own);
		kind->name_of(view, i, &own);
		near_try(&near, own.buf);
	}
	strbuf_release(&own);
	error_set(err, ERROR_NOT_FOUND, _("there is no %s '%s'"), _(kind->item), name);
	return near_tell(&near, err, NULL);
}

bool kind_find(const struct kind *kind, struct view *view, const char *name, size_t *item,
	       struct error *err)
{
	struct strbuf choices = STRBUF_INIT;

	*item = kind->find(view, name);
	if (*item < kind->count(view))
		return true;
	if (kind->choices != NULL)
		kind->choices(view, name, &choices);
	if (choices.len > 0)
		error_set(err, ERROR_USAGE, _("'%s' may be several; choose one of %s"), name,
			  choices.buf);
	else if (hide_may_be_key(name))
		error_set(err, ERROR_NOT_FOUND, _("there is no %s of that name"), _(kind->item));
	else
		no_item(kind, view, name, err);
	strbuf_release(&choices);
	return false;
}

size_t kind_column(const struct kind *kind, const char *name)
{
	size_t i;

	for (i = 0; i < kind->ncolumns; i++)
		if (strcmp(kind->columns[i].name, name) == 0)
			break;
	return i;
}

bool kind_cell(const struct kind *kind, struct view *view, size_t item, size_t column,
	       struct strbuf *text, struct cell_sink *cell)
{
	struct cell_sink own;

	if (cell == NULL)
		cell = &own;
	cell_sink_init(cell, text);
	cell->lines = kind->columns[column].flags & COLUMN_LINES;
	kind->columns[column].get(view, item, &cell->sink);
	return cell->set;
}

bool kind_about(const struct kind *kind, struct view *view, size_t item,
		const struct finding *finding)
{
	if (kind->entries != NULL)
		return finding->file == kind->file &&
		       finding->entry == kind->entries(view->host)[item];
	return kind->about(view, item, finding);
}

enum severity kind_worst(const struct kind *kind, struct view *view, size_t item)
{
	const struct findings *findings;
	enum severity worst = SEVERITY_OFF;
	size_t i;

	if (view->lint == NULL)
		return SEVERITY_OFF;
	/* Of entries the checks keep the worst; the other kinds have few items and findings. */
	if (kind->entries != NULL)
		return lint_worst(view->lint, kind->file, kind->entries(view->host)[item]);
	if (kind == &kind_findings)
		return (enum severity)lint_findings(view->lint)->items[item].severity;
	findings = lint_findings(view->lint);
	for (i = 0; i < findings->count; i++)
		if (findings->items[i].severity > worst &&
		    kind_about(kind, view, item, &findings->items[i]))
			worst = (enum severity)findings->items[i].severity;
	return worst;
}
