#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "ui/ui.h"
#include "ui/w_dialog.h"

/* Where the help texts start; the keys stand before it. */
enum { HELP_COL = 22 };

static void add_action(struct ui *ui, const struct pane *pane, enum action action,
		       struct w_text *text)
{
	struct strbuf keys = STRBUF_INIT;

	keymap_keys(ui->keymap, action, pane->context, 4, "  ", &keys);
	if (keys.len > 0) {
		w_text_add(text, STYLE_TEXT, "  ");
		w_text_add(text, STYLE_KEY, keys.buf);
		w_text_addf(text, STYLE_TEXT, "%*s",
			    keys.len + 4 < HELP_COL ? (int)(HELP_COL - keys.len - 2) : 2, "");
		w_text_add(text, STYLE_TEXT, _(action_info(action)->help));
		w_text_end_indented(text, HELP_COL);
	}
	strbuf_release(&keys);
}

static void add_group(struct ui *ui, const struct pane *pane, enum action_group group,
		      struct w_text *text)
{
	bool any = false;
	int i;

	for (i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		enum action action = (enum action)i;

		if (action_info(action)->group != group || !ui_offers(ui, pane, action))
			continue;
		if (!any) {
			w_text_line(text, STYLE_TEXT, "");
			w_text_line(text, STYLE_HEADER, action_group_title(group));
			any = true;
		}
		add_action(ui, pane, action, text);
	}
}

void ui_help(struct ui *ui, const struct pane *pane)
{
	struct w_text text;
	int group;

	if (pane->is_help) {
		ui_say(ui, STYLE_NOTE, _("this is the help"));
		return;
	}
	w_text_init(&text);
	if (pane->help != NULL)
		w_text_lines(&text, STYLE_TEXT, pane->help, strlen(pane->help));
	if (ui->read_only)
		w_text_line(&text, STYLE_NOTE,
			    _("READ-ONLY: nothing can be changed, and the keys for it are gone."));
	for (group = GROUP_GENERAL; group <= GROUP_TYPE; group++)
		add_group(ui, pane, (enum action_group)group, &text);
	w_dialog_open(ui, &(struct w_dialog_spec){ .kind = DIALOG_READ, .title = _("Help") }, &text)
		->is_help = true;
}
