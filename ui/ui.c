#include "config.h"

#include "ui/ui.h"

#include <signal.h>
#include <string.h>

#include "base/i18n.h"
#include "ui/keyname.h"
#include "ui/shot.h"
#include "ui/w_bar.h"

static struct rect screen_rect(const struct ui *ui)
{
	return (struct rect){ 0, 0, term_rows(ui->term), term_cols(ui->term) };
}

static bool is_too_small(const struct ui *ui)
{
	return layout_compute(term_rows(ui->term), term_cols(ui->term)).too_small;
}

bool ui_init(struct ui *ui, const struct term_options *options, struct keymap *keymap,
	     struct error *err)
{
	*ui = (struct ui){ .keymap = keymap != NULL ? keymap : keymap_new(), .stale = true };
	strbuf_init(&ui->message);
	strbuf_init(&ui->notice);
	ui->loop = loop_new(err);
	if (ui->loop != NULL)
		ui->term = term_start(options, err);
	if (ui->term != NULL)
		return true;
	ui_release(ui);
	return false;
}

void ui_release(struct ui *ui)
{
	while (ui->top != NULL)
		ui_close(ui, ui->top);
	term_stop(ui->term);
	loop_free(ui->loop);
	keymap_free(ui->keymap);
	strbuf_release(&ui->message);
	strbuf_release(&ui->notice);
	*ui = (struct ui){ .term = NULL };
}

void ui_push(struct ui *ui, struct pane *pane)
{
	pane->below = ui->top;
	ui->top = pane;
	ui_stale(ui);
}

void ui_close(struct ui *ui, struct pane *pane)
{
	struct pane **at;

	for (at = &ui->top; *at != NULL && *at != pane; at = &(*at)->below)
		;
	if (*at == NULL)
		return;
	*at = pane->below;
	pane->ops->free(pane);
	ui_stale(ui);
	if (ui->top == NULL)
		ui_quit(ui);
}

void ui_quit(struct ui *ui)
{
	if (ui->loop != NULL)
		loop_stop(ui->loop);
}

void ui_stale(struct ui *ui)
{
	ui->stale = true;
}

void ui_say(struct ui *ui, enum style style, const char *format, ...)
{
	va_list ap;

	strbuf_clear(&ui->message);
	va_start(ap, format);
	strbuf_vaddf(&ui->message, format, ap);
	va_end(ap);
	ui->message_style = style;
	ui_stale(ui);
}

void ui_notice(struct ui *ui, const char *text)
{
	if (strcmp(ui->notice.buf, text != NULL ? text : "") == 0)
		return;
	strbuf_clear(&ui->notice);
	strbuf_addstr(&ui->notice, text != NULL ? text : "");
	/* What has just come is more than what was said before. */
	if (text != NULL)
		strbuf_clear(&ui->message);
	ui_stale(ui);
}

static void message_clear(struct ui *ui)
{
	if (ui->message.len == 0)
		return;
	strbuf_clear(&ui->message);
	ui_stale(ui);
}

bool ui_offers(const struct ui *ui, const struct pane *pane, enum action action)
{
	const struct action_info *info = action_info(action);

	if ((info->contexts & (unsigned)pane->context) == 0)
		return false;
	if (ui->read_only && (info->flags & ACTION_CHANGES) != 0)
		return false;
	return pane->ops->offers == NULL || pane->ops->offers(pane, ui, action);
}

static void suspend(struct ui *ui)
{
	term_leave(ui->term);
	loop_suspend(ui->loop);
	term_return(ui->term);
	ui_stale(ui);
}

static void serve_action(struct ui *ui, enum action action, const struct event *event)
{
	const struct action_info *info = action_info(action);
	struct pane *pane = ui->top;

	if (ui->read_only && (info->flags & ACTION_CHANGES) != 0) {
		ui_say(ui, STYLE_WARNING, _("read-only: '%s' would change something"), info->name);
		return;
	}
	if (action == ACTION_SAVE_SCREEN) {
		shot_ask(ui);
		return;
	}
	if (pane->ops->act(pane, ui, action, event))
		return;
	if (action == ACTION_HELP)
		ui_help(ui, pane);
	else if (info->label != NULL)
		ui_say(ui, STYLE_NOTE, _("nothing to '%s' here"), info->name);
}

void ui_act(struct ui *ui, enum action action)
{
	struct event none = { .key = K_NONE };

	ui->touched = true;
	if (action == ACTION_SUSPEND) {
		suspend(ui);
	} else if (action == ACTION_REPAINT) {
		term_repaint(ui->term);
		ui_stale(ui);
	} else if (ui->top != NULL && !is_too_small(ui)) {
		serve_action(ui, action, &none);
	}
}

static void serve_event(struct ui *ui, const struct event *event)
{
	struct pane *pane = ui->top;
	enum action action = keymap_find(ui->keymap, pane->context, event->key);

	message_clear(ui);
	if (event->key == K_MOUSE && event->mouse == MOUSE_PRESS)
		action = w_bar_key_at(ui, event->row, event->col);
	if (action == ACTION_SUSPEND || action == ACTION_REPAINT) {
		ui_act(ui, action);
		return;
	}
	/* What cannot be seen must not be changed. */
	if (is_too_small(ui))
		return;
	ui->touched = true;
	if (action == ACTION_NONE)
		pane->ops->act(pane, ui, ACTION_NONE, event);
	else
		serve_action(ui, action, event);
}

static bool serve_input(void *data)
{
	struct ui *ui = data;
	struct event event;
	bool any = false;

	while (!loop_is_stopped(ui->loop) && ui->top != NULL && term_read(ui->term, &event)) {
		any = true;
		serve_event(ui, &event);
	}
	return any || !term_is_gone(ui->term);
}

static void serve_signal(void *data, int number)
{
	struct ui *ui = data;

	switch (number) {
	case SIGWINCH:
		term_resize(ui->term);
		ui_stale(ui);
		break;
	case SIGTSTP:
		suspend(ui);
		break;
	case SIGCONT:
		term_leave(ui->term);
		term_return(ui->term);
		ui_stale(ui);
		break;
	default:
		ui->ended_by = number;
		ui_quit(ui);
		break;
	}
}

static struct rect place(struct pane *pane, struct rect screen)
{
	return pane->ops->place != NULL ? pane->ops->place(pane, screen) : layout_panes(screen);
}

static void draw_panes(struct ui *ui, struct pane *pane, struct rect screen)
{
	if (pane == NULL)
		return;
	if (ui->stale)
		draw_panes(ui, pane->below, screen);
	pane->area = place(pane, screen);
	pane->ops->draw(pane, ui, pane->area, ui->stale);
}

static void draw_too_small(struct ui *ui, struct rect screen)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, _("The window is too small: %dx%d are needed."), LAYOUT_MIN_COLS,
		    LAYOUT_MIN_ROWS);
	term_fill(ui->term, screen, STYLE_TEXT);
	term_put(ui->term, 0, 0, screen.cols, STYLE_WARNING, text.buf);
	term_cursor(ui->term, 0, 0);
	strbuf_release(&text);
}

static void draw(struct ui *ui)
{
	struct rect screen = screen_rect(ui);
	struct layout layout;

	layout = layout_compute(screen.rows, screen.cols);
	if (layout.too_small) {
		draw_too_small(ui, screen);
	} else {
		if (ui->stale) {
			w_bar_message(ui, layout.message);
			w_bar_keys(ui, layout.keys);
		}
		draw_panes(ui, ui->top, screen);
	}
	ui->stale = false;
	ui->touched = false;
}

void ui_draw(struct ui *ui)
{
	ui_stale(ui);
	draw(ui);
}

static void paint(void *data)
{
	struct ui *ui = data;

	if (!ui->stale && !ui->touched)
		return;
	draw(ui);
	term_flush(ui->term);
}

int ui_run(struct ui *ui)
{
	const struct loop_owner owner = { .data = ui,
					  .fd = term_fd(ui->term),
					  .input = serve_input,
					  .signal = serve_signal,
					  .paint = paint };

	if (ui->top != NULL)
		loop_run(ui->loop, &owner);
	return ui->ended_by;
}
