/* Repairs of modes and owners: FILE-1 to FILE-6. */
#include "config.h"

#include "lint/lint_internal.h"
#include "lint/repairs.h"

/*
 * Takes away what others may do and should not; nothing is given to anybody, unless the owner could
 * not read the file any more.
 */
bool repair_mode(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	mode_t now = (mode_t)finding->a, wanted = (mode_t)finding->b, least = 0400;

	if (host_info(lint->host, finding->file)->state == FILE_DIRECTORY)
		least = 0500;
	repair->set_mode = true;
	repair->mode = now & wanted;
	if ((repair->mode & least) != least)
		repair->mode = wanted;
	return true;
}

/* The group stays: the files' own say in it is nothing that a check judges. */
bool repair_owner(const struct lint *lint, const struct finding *finding, struct repair *repair)
{
	repair->set_owner = true;
	repair->uid = 0;
	repair->gid = host_info(lint->host, finding->file)->gid;
	return true;
}
