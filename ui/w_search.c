#include "config.h"

#include "ui/w_search.h"

#include "base/i18n.h"
#include "ui/w_prompt.h"

void w_search_init(struct w_search *search,
		   bool (*find)(void *widget, const char *text, enum search_step step),
		   void *widget)
{
	*search = (struct w_search){ .find = find, .widget = widget };
	strbuf_init(&search->text);
}

void w_search_release(struct w_search *search)
{
	strbuf_release(&search->text);
}

static void search_for(struct w_search *search, struct ui *ui, enum search_step step)
{
	bool found = search->find(search->widget, search->text.buf, step);
	const char *said = search->said != NULL ? search->said(search->widget) : NULL;

	if (said != NULL)
		ui_say(ui, STYLE_WARNING, "%s", said);
	else if (!found)
		ui_say(ui, STYLE_WARNING, _("'%s' is not found"), search->text.buf);
}

static void typed(void *data, struct ui *ui, const char *text)
{
	struct w_search *search = data;

	(void)ui;
	if (*text == '\0' || !search->find(search->widget, text, SEARCH_HERE))
		search->find(search->widget, "", SEARCH_ABORT);
}

static void done(void *data, struct ui *ui, const char *text)
{
	struct w_search *search = data;

	if (text == NULL) {
		search->find(search->widget, "", SEARCH_ABORT);
		return;
	}
	if (*text != '\0') { /* else what was searched before, again */
		strbuf_clear(&search->text);
		strbuf_addstr(&search->text, text);
		search_for(search, ui, SEARCH_HERE);
	} else if (search->text.len > 0) {
		search_for(search, ui, SEARCH_NEXT);
	}
}

bool w_search_act(struct w_search *search, struct ui *ui, enum action action)
{
	static const struct w_prompt_ops ops = { .changed = typed, .done = done };

	switch (action) {
	case ACTION_SEARCH:
		search->find(search->widget, "", SEARCH_BEGIN);
		w_prompt_open(ui, _("Search: "), "", NULL, &ops, search);
		return true;
	case ACTION_SEARCH_NEXT:
	case ACTION_SEARCH_PREVIOUS:
		if (search->text.len == 0)
			ui_say(ui, STYLE_NOTE, _("nothing was searched yet"));
		else
			search_for(search, ui,
				   action == ACTION_SEARCH_NEXT ? SEARCH_NEXT : SEARCH_PREVIOUS);
		return true;
	default:
		return false;
	}
}
