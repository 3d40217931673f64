/* What the keys and the mouse do on the console's screens. */
#include "config.h"

#include "base/i18n.h"
#include "ui/console_private.h"
#include "ui/keyname.h"
#include "ui/w_bar.h"

/* Whether the screen that is shown has an answer to the action, be it that there is nothing to do.
 */
static bool serves(const struct console *console, enum action action)
{
	const struct screen *screen = &console->screens[console->here];
	const struct screen_info *info = screen->info;
	bool loaded = console->change != NULL;

	if ((action_info(action)->flags & ACTION_NEEDS_ROW) && screen->count == 0)
		return false;
	switch (action) {
	case ACTION_ADD:
		return loaded && info->add != NULL;
	case ACTION_EDIT:
		return loaded && info->edit != NULL;
	case ACTION_CLONE:
		return loaded && info->clone != NULL;
	case ACTION_REMOVE:
		return loaded && info->remove != NULL;
	case ACTION_MOVE_UP:
	case ACTION_MOVE_DOWN:
		return loaded && info->move != NULL;
	case ACTION_OPEN:
	case ACTION_COPY:
	case ACTION_MARK:
	case ACTION_MARK_ALL:
	case ACTION_SEARCH:
	case ACTION_SEARCH_NEXT:
	case ACTION_SEARCH_PREVIOUS:
	case ACTION_FILTER:
	case ACTION_SORT:
	case ACTION_SORT_REVERSE:
		return info->kind != NULL;
	case ACTION_WRITE:
	case ACTION_REVIEW:
	case ACTION_UNDO:
	case ACTION_REREAD:
	case ACTION_REDO:
		return loaded;
	case ACTION_FIX:
		return loaded && info->kind != NULL;
	case ACTION_FIX_ALL:
		return loaded && info->kind == &kind_findings;
	case ACTION_RESTORE:
		return loaded && info->kind == &kind_history;
	case ACTION_REVEAL:
	case ACTION_COMMAND:
		return false;
	default:
		return true;
	}
}

/* What the key bar and the help show: only what does something. */
bool console_offers(const struct pane *pane, const struct ui *ui, enum action action)
{
	const struct console *console = (const struct console *)pane;

	if (action >= ACTION_SCREEN_1 && action <= ACTION_SCREEN_14)
		return (size_t)(action - ACTION_SCREEN_1) < screen_count;
	if (!serves(console, action))
		return false;
	switch (action) {
	case ACTION_WRITE:
	case ACTION_REVIEW:
		return change_count(console->change) > 0;
	case ACTION_UNDO:
		return change_can_undo(console->change);
	case ACTION_REDO:
		return change_can_redo(console->change);
	case ACTION_MARK:
	case ACTION_MARK_ALL:
		return !ui->read_only; /* marks are for what changes */
	case ACTION_FIX:
		return console_may_repair(console) ||
		       (console->repairable_count > 0 &&
			console->screens[console->here].mark_count > 0);
	case ACTION_FIX_ALL:
		return console->lint_done && console->repairable_count > 0;
	case ACTION_SEARCH_NEXT:
	case ACTION_SEARCH_PREVIOUS:
		return console->screens[console->here].search.text.len > 0;
	case ACTION_DETAIL_UP:
	case ACTION_DETAIL_DOWN:
		return console->screens[console->here].info->kind != NULL &&
		       layout_compute(term_rows(ui->term), term_cols(ui->term)).detail.rows > 0;
	default:
		return true;
	}
}

static bool console_mouse(struct console *console, const struct event *event)
{
	struct ui *ui = console->ui;
	struct layout l = layout_compute(term_rows(ui->term), term_cols(ui->term));
	struct screen *screen = console_screen(console);
	size_t column, tab;

	tab = w_bar_tab_at(ui->term, l.tabs.rows > 0 ? l.tabs : l.side, console->titles,
			   screen_count, console->here, event->row, event->col);
	if (tab < screen_count) {
		console_go(console, tab);
		return true;
	}
	if (screen->info->kind == NULL)
		return w_text_mouse(&console->detail, event);
	switch (w_list_mouse(&screen->list, event, &column)) {
	case W_LIST_OPEN:
		ui_act(ui, ACTION_OPEN);
		break;
	case W_LIST_TITLE:
		screen->list.descending =
			screen->list.sort_column == column && !screen->list.descending;
		screen->list.sort_column = column;
		screen_refresh(screen);
		ui_stale(ui);
		break;
	default:
		screen->follows = false;
		break;
	}
	return true;
}

static void undo(struct console *console, bool (*step)(struct change *change), const char *done,
		 const char *nothing)
{
	size_t pending = change_count(console->change);

	if (!step(console->change)) {
		ui_say(console->ui, STYLE_NOTE, "%s", nothing);
		return;
	}
	console_changed(console);
	/* One that was written and is taken back is one more to write. */
	if (step == change_undo && change_count(console->change) > pending)
		done = _("taken back what was written; w writes that, ^R makes it again");
	ui_say(console->ui, STYLE_OK, "%s", done);
}

void finding_edit(struct console *console, size_t number)
{
	const struct finding *f = &lint_findings(console->lint)->items[number];
	size_t item;

	if (f->file == LOCATION_IKE_CONFIG && f->entry != FINDING_NOWHERE) {
		item = host_rule_of_entry(console->work->host, f->entry);
		if (item < console->work->host->nrules)
			rule_form_edit(console, item);
	} else if (f->file == LOCATION_PRESHARED && f->entry != FINDING_NOWHERE) {
		item = host_key_of_entry(console->work->host, f->entry);
		if (item < console->work->host->nkeys)
			psk_form_edit(console, item);
	} else if (f->file == LOCATION_IPSECINIT && f->entry != FINDING_NOWHERE) {
		item = host_policy_of_entry(console->work->host, f->entry);
		if (item < console->work->host->npolicies)
			policy_form_edit(console, item);
	} else if (f->file == LOCATION_IPSECKEYS && f->entry != FINDING_NOWHERE) {
		item = host_command_of_entry(console->work->host, f->entry);
		if (item < console->work->host->ncommands)
			manual_form_edit(console, item);
	} else {
		ui_say(console->ui, STYLE_NOTE, _("this is about nothing that has a form"));
	}
}

/* Changes of the item under the cursor, and new ones. */
static bool act_on_item(struct console *console, enum action action)
{
	const struct screen_info *info = console_screen(console)->info;
	size_t number;
	bool any = console_item(console, &number);

	switch (action) {
	case ACTION_OPEN:
		if (any)
			detail_open(console, number);
		return any;
	case ACTION_COPY:
		if (any)
			copy_item(console, number);
		return any;
	case ACTION_ADD:
		info->add(console);
		return true;
	case ACTION_EDIT:
		if (any)
			info->edit(console, number);
		return any;
	case ACTION_CLONE:
		if (any)
			info->clone(console, number);
		return any;
	case ACTION_REMOVE:
		if (console_screen(console)->mark_count > 0)
			marks_ask_remove(console);
		else if (any)
			info->remove(console, number);
		return any;
	case ACTION_MARK:
		if (any) {
			marks_toggle(console_screen(console), number);
			w_list_act(&console_screen(console)->list, ACTION_DOWN);
			ui_stale(console->ui); /* the key bar tells of what marks are for */
		}
		return any;
	case ACTION_MOVE_UP:
	case ACTION_MOVE_DOWN:
		if (any)
			info->move(console, number, action == ACTION_MOVE_UP);
		return any;
	case ACTION_FIX:
		console_finish_checks(console);
		any = console_item(console, &number);
		if (any && console_screen(console)->mark_count > 0)
			console_repair_marked(console);
		else if (any)
			console_repair(console, number);
		return any;
	case ACTION_RESTORE:
		if (any)
			console_restore(console, number);
		return any;
	default:
		return false;
	}
}

static bool act_on_all(struct console *console, enum action action)
{
	switch (action) {
	case ACTION_FIX_ALL:
		console_finish_checks(console);
		console_repair_all(console);
		return true;
	case ACTION_WRITE:
		console_write(console);
		return true;
	case ACTION_REVIEW:
		console_review(console);
		return true;
	case ACTION_UNDO:
		undo(console, change_undo, _("taken back"), _("there is nothing to take back"));
		return true;
	case ACTION_REDO:
		undo(console, change_redo, _("done again"), _("there is nothing to do again"));
		return true;
	case ACTION_REREAD:
		console_reread(console);
		return true;
	case ACTION_FILTER:
		screen_filter(console_screen(console));
		return true;
	case ACTION_MARK_ALL:
		marks_toggle_all(console_screen(console));
		ui_stale(console->ui);
		return true;
	case ACTION_SORT:
	case ACTION_SORT_REVERSE:
		screen_sort(console_screen(console), action == ACTION_SORT_REVERSE);
		return true;
	default:
		return false;
	}
}

static bool move(struct console *console, enum action action)
{
	struct screen *screen = console_screen(console);

	if (action == ACTION_DETAIL_UP || action == ACTION_DETAIL_DOWN)
		return w_text_act(&console->detail,
				  action == ACTION_DETAIL_UP ? ACTION_UP : ACTION_DOWN);
	if (screen->info->kind == NULL)
		return w_text_act(&console->detail, action);
	if (w_list_act(&screen->list, action)) {
		screen->follows = false;
		return true;
	}
	return w_search_act(&screen->search, console->ui, action);
}

static bool act(struct console *console, enum action action, const struct event *event)
{
	if (action == ACTION_NONE)
		return event->key == K_MOUSE && console_mouse(console, event);
	if (action >= ACTION_SCREEN_1 && action <= ACTION_SCREEN_14) {
		console_go(console, (size_t)(action - ACTION_SCREEN_1));
		return true;
	}
	/* What works on rows works on all that the filter leaves, and on a row that stays. */
	if (action == ACTION_OPEN || action_info(action)->group == GROUP_CHANGE ||
	    (action_info(action)->group == GROUP_FIND && action != ACTION_FILTER))
		screen_finish(console_screen(console));
	if (!serves(console, action))
		return false;
	switch (action) {
	case ACTION_QUIT:
		console_leave(console);
		return true;
	case ACTION_SCREEN_NEXT:
		console_go(console, (console->here + 1) % screen_count);
		return true;
	case ACTION_SCREEN_PREVIOUS:
		console_go(console, (console->here + screen_count - 1) % screen_count);
		return true;
	default:
		return move(console, action) || act_on_item(console, action) ||
		       act_on_all(console, action);
	}
}

bool console_act(struct pane *pane, struct ui *ui, enum action action, const struct event *event)
{
	struct console *console = (struct console *)pane;
	bool could = console_may_repair(console), done = act(console, action, event);

	/* The key bar tells whether the row under the cursor can be repaired. */
	if (console_may_repair(console) != could)
		ui_stale(ui);
	return done;
}
