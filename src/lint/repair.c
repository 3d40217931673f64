#include "config.h"

#include "lint/repair.h"

#include "lint/check.h"

void repair_release(struct repair *repair)
{
	edits_release(&repair->edits);
	*repair = (struct repair)REPAIR_INIT;
}

bool lint_repair(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	const struct check *check = &checks[finding->check];

	if (check->repair == NULL)
		return false;
	if (check->repair(lint, finding, repair))
		return true;
	repair_release(repair);
	return false;
}

bool lint_has_repair(const struct lint *lint, const struct finding *finding)
{
	struct repair repair = REPAIR_INIT;
	bool has;

	repair.next_label = 1; /* any will do */
	repair.probing = true;
	has = lint_repair(lint, finding, &repair);
	repair_release(&repair);
	return has;
}
