#include "config.h"

#include "change/change_record.h"

#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "base/print.h"
#include "base/xalloc.h"
#include "change/change_private.h"
#include "formats/hide.h"

#ifdef LOG_AUTHPRIV
#define FACILITY LOG_AUTHPRIV
#else
#define FACILITY LOG_AUTH
#endif

/* What the titles may take of the line: a log cuts a long one where it likes. */
enum { MAX_TITLES = 400, MAX_WHY = 2000 };

/* A word that may be a key is not kept, whoever said it. */
static void add_why(struct strbuf *sb, const char *why)
{
	while (*why != '\0' && sb->len < MAX_WHY) {
		size_t len = strcspn(why, " \t\n");
		char *word = xstrndup(why, len);

		print_addstr(sb, hide_may_be_key(word) ? "<hidden>" : word);
		free(word);
		why += len;
		if (*why != '\0')
			strbuf_addch(sb, ' ');
		why += strspn(why, " \t\n");
	}
}

void change_record_init(struct change_record *record, const struct change *change)
{
	const struct change_history *wanted = &change->history;
	size_t count = change_count(change), i;

	*record = (struct change_record){ .diff = STRBUF_INIT, .why = STRBUF_INIT };
	if (wanted->entries == 0 && !wanted->system_log)
		return;
	whoami_find(&record->who);
	if (wanted->entries > 0)
		change_diff(change, &record->diff);
	if (wanted->why != NULL)
		add_why(&record->why, wanted->why);
	record->steps = xcalloc(count, sizeof *record->steps);
	for (i = 0; i < count; i++)
		record->steps[i] = change_title(change, i);
	record->note = (struct history_note){
		.who = &record->who,
		.role = role_name(change->role),
		.profile = change->profile->name,
		.why = wanted->why != NULL ? record->why.buf : NULL,
		.steps = record->steps,
		.nsteps = count,
		.overrides = (const char *const *)change->overrides,
		.noverrides = change->noverrides,
		.diff = record->diff.buf,
		.diff_len = record->diff.len,
		.most_entries = wanted->entries,
		.most_bytes = wanted->bytes,
	};
}

void change_record_release(struct change_record *record)
{
	whoami_release(&record->who);
	strbuf_release(&record->diff);
	strbuf_release(&record->why);
	free(record->steps);
}

static void add_who(const struct whoami *who, struct strbuf *line)
{
	if (who->user != NULL)
		strbuf_addf(line, "user=%s", who->user);
	else
		strbuf_addf(line, "user=%lu", (unsigned long)who->uid);
	if (who->has_login && who->login != NULL)
		strbuf_addf(line, " login=%s", who->login);
	else if (who->has_login)
		strbuf_addf(line, " login=%lu", (unsigned long)who->login_uid);
	if (who->sudo_user != NULL)
		strbuf_addf(line, " sudo=%s", who->sudo_user);
}

static void add_titles(const struct history_note *note, struct strbuf *line)
{
	size_t start = line->len, i;

	for (i = 0; i < note->nsteps; i++) {
		if (line->len - start + strlen(note->steps[i]) > MAX_TITLES && i > 0) {
			strbuf_addf(line, "; and %zu more", note->nsteps - i);
			break;
		}
		strbuf_addf(line, "%s%s", i > 0 ? "; " : "", note->steps[i]);
	}
}

/* Not translated: programs read logs. */
void change_record_log(const struct change_record *record, const char *root,
		       const struct store_plan *plan, const struct store_report *report)
{
	struct strbuf line = STRBUF_INIT;
	const char *comma = "";
	size_t i;

	if (report->number > 0)
		strbuf_addf(&line, "change=%u ", (unsigned)report->number);
	add_who(&record->who, &line);
	strbuf_addf(&line, " role=%s", record->note.role);
	if (strcmp(root, "/") != 0) {
		strbuf_addstr(&line, " root=");
		print_addstr(&line, root);
	}
	strbuf_addstr(&line, " files=");
	for (i = 0; i < plan->count; i++) {
		if (report->items[i].result == STORE_UNCHANGED)
			continue;
		strbuf_addstr(&line, comma);
		print_addstr(&line, plan->items[i].name);
		comma = ",";
	}
	strbuf_addstr(&line, " what=");
	add_titles(&record->note, &line);
	openlog("ikeconsole", LOG_PID, FACILITY);
	syslog(LOG_NOTICE, "%s", line.buf);
	closelog();
	strbuf_release(&line);
}
