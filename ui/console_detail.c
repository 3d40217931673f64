/* All of one item, with where each value comes from and what is wrong with it; and the Overview. */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "lint/check.h"
#include "ui/console_private.h"

enum { LABEL_COLS = 18 };

static enum style severity_style(enum severity severity)
{
	return severity == SEVERITY_ERROR     ? STYLE_ERROR
	       : severity == SEVERITY_WARNING ? STYLE_WARNING
					      : STYLE_NOTE;
}

static const char *severity_title(enum severity severity)
{
	return severity == SEVERITY_ERROR     ? _("Error")
	       : severity == SEVERITY_WARNING ? _("Warning")
					      : _("Note");
}

/* Values of several lines stand one below the other. */
static void add_lines(struct w_text *text, const char *label, enum style style, char *value)
{
	char *newline;

	while ((newline = strchr(value, '\n')) != NULL) {
		*newline = '\0';
		w_text_pair(text, LABEL_COLS, label, style, value);
		label = "";
		value = newline + 1;
	}
	w_text_pair(text, LABEL_COLS, label, style, value);
}

static void add_value(struct console *console, const struct kind *kind, size_t number,
		      size_t column, struct w_text *text)
{
	const struct column *c = &kind->columns[column];
	struct strbuf value = STRBUF_INIT, origin = STRBUF_INIT;
	bool set = kind_cell(kind, &console->view, number, column, &value, NULL);

	if (!set && value.len == 0)
		strbuf_addch(&value, '-');
	column_origin(c, &console->view, number, &origin);
	if (origin.len > 0)
		strbuf_addf(&value, "  (%s)", origin.buf);
	add_lines(text, _(c->title), set ? STYLE_TEXT : STYLE_DIM, value.buf);
	strbuf_release(&origin);
	strbuf_release(&value);
}

static void add_finding(struct console *console, const struct finding *finding, struct w_text *text)
{
	struct strbuf words = STRBUF_INIT;
	enum severity severity = (enum severity)finding->severity;

	w_text_line(text, STYLE_TEXT, "");
	lint_message(console->lint, finding, &words);
	w_text_addf(text, severity_style(severity), "%s %s: ", severity_title(severity),
		    checks[finding->check].id);
	w_text_add(text, STYLE_TEXT, words.buf);
	w_text_end_indented(text, 2);
	strbuf_clear(&words);
	lint_fix(console->lint, finding, &words);
	w_text_addf(text, STYLE_DIM, "  %s: ", _("Way out"));
	w_text_add(text, STYLE_TEXT, words.buf);
	w_text_end_indented(text, 2);
	strbuf_release(&words);
}

static void add_findings(struct console *console, const struct kind *kind, size_t number,
			 struct w_text *text)
{
	const struct findings *findings;
	size_t i;

	if (kind == &kind_findings)
		return;
	if (!console->lint_done) {
		w_text_line(text, STYLE_TEXT, "");
		w_text_line(text, STYLE_DIM, _("Checking ..."));
		return;
	}
	findings = lint_findings(console->lint);
	for (i = 0; i < findings->count; i++)
		if (kind_about(kind, &console->view, number, &findings->items[i]))
			add_finding(console, &findings->items[i], text);
}

/* What the item has beyond its columns, each with what it is. */
static void add_more(struct console *console, const struct kind *kind, size_t number,
		     struct w_text *text)
{
	struct kind_more more;
	size_t i;

	for (i = 0; kind->more != NULL && kind->more(&console->view, number, i, &more); i++) {
		if (i == 0)
			w_text_line(text, STYLE_TEXT, "");
		w_text_pair(text, LABEL_COLS, more.name, STYLE_TEXT, more.value.buf);
		if (more.help != NULL) {
			w_text_addf(text, STYLE_DIM, "  %s", _(more.help));
			w_text_end_indented(text, 2);
		}
		strbuf_release(&more.value);
	}
}

void detail_fill(struct console *console, const struct kind *kind, size_t number,
		 struct w_text *text)
{
	size_t i;

	for (i = 0; i < kind->ncolumns; i++)
		if (kind->columns[i].flags & COLUMN_DETAIL)
			add_value(console, kind, number, i, text);
	add_more(console, kind, number, text);
	if (kind == &kind_history)
		history_fill_diff(console, number, text);
	else
		add_findings(console, kind, number, text);
}

static bool detail_offers(const void *data, const struct ui *ui, enum action action)
{
	const struct console *console = data;
	const struct screen_info *info = console->screens[console->here].info;

	(void)ui;
	return action == ACTION_COPY || (action == ACTION_EDIT && info->edit != NULL) ||
	       (action == ACTION_REMOVE && info->remove != NULL) ||
	       (action == ACTION_RESTORE && info->kind == &kind_history) ||
	       (action == ACTION_FIX && console_may_repair(console));
}

static bool detail_act(void *data, struct ui *ui, struct pane *dialog, enum action action)
{
	struct console *console = data;
	size_t number;

	if (!detail_offers(data, ui, action))
		return false;
	console_finish_checks(console);
	if (!console_item(console, &number))
		return false;
	if (action == ACTION_COPY) {
		copy_value(console, number);
		return true;
	}
	ui_close(ui, dialog);
	if (action == ACTION_EDIT)
		console_screen(console)->info->edit(console, number);
	else if (action == ACTION_FIX)
		console_repair(console, number);
	else if (action == ACTION_RESTORE)
		console_restore(console, number);
	else
		console_screen(console)->info->remove(console, number);
	return true;
}

void detail_open(struct console *console, size_t number)
{
	const struct kind *kind = console_screen(console)->info->kind;
	struct strbuf title = STRBUF_INIT;
	struct w_text body;

	w_text_init(&body);
	detail_fill(console, kind, number, &body);
	strbuf_addf(&title, "%s: ", _(kind->item));
	kind->name_of(&console->view, number, &title);
	w_dialog_open(console->ui,
		      &(struct w_dialog_spec){ .kind = DIALOG_READ,
					       .title = title.buf,
					       .help = _(kind->help),
					       .act = detail_act,
					       .offers = detail_offers,
					       .data = console },
		      &body);
	strbuf_release(&title);
}

static void add_count(const struct doc *doc, struct strbuf *value)
{
	size_t count = manual_count_sas(doc);

	strbuf_addf(value, ngettext("%zu manual SA, ", "%zu manual SAs, ", count), count);
}

static void add_size(const struct host *host, int file, struct strbuf *value)
{
	const struct file_info *info = &host->files[file].info;
	const struct doc *doc = host_doc(host, file);
	size_t bytes;

	if (info->state != FILE_READ) {
		strbuf_addstr(value, file_state_text(info));
		return;
	}
	if (file == LOCATION_IKE_CONFIG)
		strbuf_addf(value, ngettext("%zu rule, ", "%zu rules, ", host->nrules),
			    host->nrules);
	else if (file == LOCATION_PRESHARED)
		strbuf_addf(value, ngettext("%zu key, ", "%zu keys, ", host->nkeys), host->nkeys);
	else if (file == LOCATION_IPSECINIT)
		strbuf_addf(value, ngettext("%zu policy, ", "%zu policies, ", host->npolicies),
			    host->npolicies);
	else if (file == LOCATION_IPSECKEYS)
		add_count(doc, value);
	bytes = doc != NULL ? doc->blob.len : (size_t)info->size;
	strbuf_addf(value, ngettext("%zu byte", "%zu bytes", bytes), bytes);
}

static void add_files(struct console *console, struct w_text *text)
{
	const struct host *host = console->work->host;
	struct strbuf value = STRBUF_INIT;
	int i;

	w_text_line(text, STYLE_STRONG, _("Files"));
	for (i = 0; i < LOCATION_FILES; i++) {
		strbuf_clear(&value);
		add_size(host, i, &value);
		if (change_touches(console->change, (enum location)i))
			strbuf_addf(&value, " * %s", _("changed, not written"));
		w_text_pair(text, 34, host_path(host, (enum location)i), STYLE_TEXT, value.buf);
	}
	strbuf_release(&value);
}

/* The certificate that ends first, of those that have not ended yet. */
static void add_certificates(struct console *console, struct w_text *text)
{
	const struct host_certs *certs = &console->work->host->certs;
	struct strbuf value = STRBUF_INIT;
	size_t i, soonest = SIZE_MAX, column = kind_column(&kind_certs, "not_after");

	strbuf_addf(&value, ngettext("%zu certificate, ", "%zu certificates, ", certs->ncerts),
		    certs->ncerts);
	strbuf_addf(&value, ngettext("%zu private key, ", "%zu private keys, ", certs->nkeys),
		    certs->nkeys);
	strbuf_addf(&value, ngettext("%zu revocation list", "%zu revocation lists", certs->ncrls),
		    certs->ncrls);
	w_text_pair(text, 34, locations[LOCATION_PUBLICKEYS].path, STYLE_TEXT, value.buf);
	for (i = 0; i < certs->ncerts; i++) {
		const struct pki_cert *c = &certs->certs[i].cert;

		if (c->head.state == PKI_OK && c->not_after != PKI_NO_TIME &&
		    c->not_after >= work_now() &&
		    (soonest == SIZE_MAX || c->not_after < certs->certs[soonest].cert.not_after))
			soonest = i;
	}
	if (soonest != SIZE_MAX) {
		strbuf_clear(&value);
		kind_cell(&kind_certs, &console->view, soonest, column, &value, NULL);
		strbuf_addf(&value, "  (%s %s)", _("slot"), certs->certs[soonest].slot.name);
		w_text_pair(text, 34, _("The next one expires"), STYLE_TEXT, value.buf);
	}
	strbuf_release(&value);
}

static void add_worst(struct console *console, struct w_text *text)
{
	const struct findings *findings = lint_findings(console->lint);
	size_t counts[SEVERITY_ERROR + 1] = { 0 }, i, shown = 0;

	for (i = 0; i < findings->count; i++)
		counts[findings->items[i].severity]++;
	w_text_addf(text, STYLE_STRONG, "%s  ", _("Problems"));
	w_text_addf(text, counts[SEVERITY_ERROR] > 0 ? STYLE_ERROR : STYLE_OK,
		    ngettext("%zu error", "%zu errors", counts[SEVERITY_ERROR]),
		    counts[SEVERITY_ERROR]);
	w_text_add(text, STYLE_TEXT, ", ");
	w_text_addf(text, counts[SEVERITY_WARNING] > 0 ? STYLE_WARNING : STYLE_OK,
		    ngettext("%zu warning", "%zu warnings", counts[SEVERITY_WARNING]),
		    counts[SEVERITY_WARNING]);
	w_text_add(text, STYLE_TEXT, ", ");
	w_text_addf(text, STYLE_TEXT, ngettext("%zu note", "%zu notes", counts[SEVERITY_NOTE]),
		    counts[SEVERITY_NOTE]);
	w_text_end(text);
	if (counts[SEVERITY_ERROR] == 0) {
		w_text_line(text, STYLE_OK, _("No errors: in.iked can work with these files."));
		return;
	}
	for (i = 0; i < findings->count && shown < 10; i++) {
		struct strbuf words = STRBUF_INIT;

		if (findings->items[i].severity != SEVERITY_ERROR)
			continue;
		shown++;
		lint_message(console->lint, &findings->items[i], &words);
		w_text_addf(text, STYLE_ERROR, "E %s: ", checks[findings->items[i].check].id);
		w_text_add(text, STYLE_TEXT, words.buf);
		w_text_end_indented(text, 2);
		strbuf_release(&words);
	}
	if (counts[SEVERITY_ERROR] > shown)
		w_text_addf(text, STYLE_DIM, _("and %zu more, on the Problems screen"),
			    counts[SEVERITY_ERROR] - shown);
	w_text_end(text);
}

void overview_fill(struct console *console, struct w_text *text)
{
	if (console->work->host == NULL) {
		w_text_line(text, STYLE_DIM, _("Reading the files ..."));
		return;
	}
	add_files(console, text);
	add_certificates(console, text);
	w_text_line(text, STYLE_TEXT, "");
	if (console->lint_done)
		add_worst(console, text);
	else
		w_text_line(text, STYLE_DIM, _("Checking ..."));
	w_text_line(text, STYLE_TEXT, "");
	w_text_line(
		text, STYLE_DIM,
		_("Tab or a number goes to another screen, Enter opens an item, ? shows the keys."));
}
