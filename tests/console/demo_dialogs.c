/* What the demonstration's actions open: dialogs, forms, prompts. */
#include "config.h"

#include "tests/console/demo.h"

#include <stdlib.h>
#include <string.h>

#include "base/fatal.h"
#include "base/xalloc.h"
#include "ui/w_dialog.h"
#include "ui/w_form.h"

static const char diff[] = "--- /etc/inet/ike/config\n"
			   "+++ /etc/inet/ike/config\n"
			   "@@ -1,4 +1,4 @@\n"
			   " { label \"MSS-1\"\n"
			   "-\tp1_nonce_len 40\n"
			   "+\tp1_nonce_len 20\n"
			   " }\n";

void demo_fill_detail(const struct demo *demo, size_t row, struct w_text *text)
{
	unsigned n = demo->shown[row].number;

	w_text_addf(text, STYLE_STRONG, "Rule %u", n);
	w_text_end(text);
	w_text_pair(text, 12, "local", STYLE_TEXT, "10.0.0.1");
	w_text_pair(text, 12, "hostile", STYLE_TEXT,
		    "\033[2J\007\x9b"
		    "31mred\xe2\x80\xae");
	w_text_pair(text, 12, "lifetime", STYLE_TEXT,
		    "28800 s, from the file's default; a very long explanation that has to be "
		    "broken in order to fit into the room beside the list");
}

static void removed(void *data, struct ui *ui, bool yes)
{
	struct demo *demo = data;
	uint64_t id = demo->list.id;
	size_t i, kept = 0;

	if (!yes)
		return;
	for (i = 0; i < demo->count; i++)
		if (demo->rows[i].id != id)
			demo->rows[kept++] = demo->rows[i];
	demo->count = kept;
	demo->counted = demo->count;
	demo_refresh(demo);
	ui_say(ui, STYLE_OK, "removed");
}

static void answered(void *data, struct ui *ui, bool yes)
{
	(void)data;
	ui_say(ui, STYLE_NOTE, "answer: %s", yes ? "yes" : "no");
}

static void show_diff(struct ui *ui)
{
	struct w_text text;

	w_text_init(&text);
	w_text_diff(&text, diff, strlen(diff));
	w_dialog_open(ui,
		      &(struct w_dialog_spec){ .kind = DIALOG_CONFIRM,
					       .full = true,
					       .title = "Write",
					       .question = "Write these changes?",
					       .yes = "Write",
					       .done = answered },
		      &text);
}

static void ask_word(struct ui *ui)
{
	struct w_text text;

	w_text_init(&text);
	w_text_line(&text, STYLE_ERROR, "The result has a new error.");
	w_dialog_open(
		ui,
		&(struct w_dialog_spec){
			.kind = DIALOG_WORD, .title = "Confirm", .word = "save", .done = answered },
		&text);
}

static void show_detail(struct demo *demo, struct ui *ui)
{
	struct w_text text;

	w_text_init(&text);
	demo_fill_detail(demo, demo->list.cursor, &text);
	w_dialog_open(ui, &(struct w_dialog_spec){ .kind = DIALOG_READ, .title = "Detail" }, &text);
}

static bool check(void *data, const struct w_form *form, size_t field, struct strbuf *problem)
{
	const char *name = w_form_name(form, field), *value = w_form_value(form, field);
	unsigned long seconds;

	(void)data;
	if (strcmp(name, "label") == 0 && *value == '\0')
		strbuf_addstr(problem, "a label is needed");
	seconds = strtoul(value, NULL, 10);
	if (strcmp(name, "life") == 0 && (seconds < 1800 || seconds > 172800))
		strbuf_addstr(problem, "1800 to 172800 s are allowed");
	return problem->len == 0;
}

static void changed(void *data, struct w_form *form, size_t field)
{
	size_t nonce = w_form_find(form, "nonce");
	bool sig = strcmp(w_form_value(form, field), "rsa_sig") == 0;

	(void)data;
	if (strcmp(w_form_name(form, field), "auth") != 0)
		return;
	w_form_hide(form, w_form_find(form, "key"), sig);
	w_form_set(form, nonce, sig ? "20" : "40");
	w_form_note(form, nonce, sig ? "forced by COEX-5" : NULL);
}

static bool accept(void *data, struct ui *ui, struct w_form *form)
{
	struct demo *demo = data;
	const char *label = w_form_value(form, w_form_find(form, "label"));

	if (strcmp(label, "refused") == 0) {
		ui_say(ui, STYLE_ERROR, "refused by the profile");
		return false;
	}
	demo_row_add(demo, 1000);
	demo_refresh(demo);
	w_list_go_id(&demo->list, demo->last_id);
	ui_say(ui, STYLE_OK, "added '%s' %s", label, w_form_value(form, w_form_find(form, "auth")));
	return true;
}

static void generate(void *data, struct ui *ui, struct w_form *form, size_t field)
{
	(void)data;
	(void)ui;
	w_form_set(form, field, "0123456789abcdef");
	w_form_note(form, field, "64 bits, made at random");
}

static void add(struct demo *demo, struct ui *ui)
{
	static const struct w_form_ops ops = {
		.check = check, .changed = changed, .accept = accept, .generate = generate
	};
	static const struct w_choice auth[] = {
		{ "preshared", "a key that both ends hold" },
		{ "rsa_sig", "certificates with RSA keys" },
		{ "dss_sig", "certificates with DSA keys" },
	};
	static const struct w_field fields[] = {
		{ .kind = FIELD_TEXT, .name = "label", .label = "Label", .hint = "one word" },
		{ .kind = FIELD_SHOWN, .name = "file", .label = "File", .value = "ike/config" },
		{ .kind = FIELD_TEXT,
		  .name = "remote_id",
		  .label = "Remote id",
		  .value = "CN=MSS",
		  .locked = "MDM wrote it (COEX-12)" },
		{ .kind = FIELD_CHOICE,
		  .name = "auth",
		  .label = "Authentication",
		  .choices = auth,
		  .choice_count = ARRAY_SIZE(auth) },
		{ .kind = FIELD_NUMBER,
		  .name = "life",
		  .label = "Lifetime",
		  .unit = "s",
		  .value = "28800",
		  .hint = "1800 to 172800 seconds" },
		{ .kind = FIELD_NUMBER, .name = "nonce", .label = "Nonce", .unit = "bytes" },
		{ .kind = FIELD_FLAG, .name = "pfs", .label = "PFS" },
		{ .kind = FIELD_SECRET, .name = "key", .label = "Key" },
		{ .kind = FIELD_TEXT, .name = "comment1", .label = "Comment 1" },
		{ .kind = FIELD_TEXT, .name = "comment2", .label = "Comment 2" },
		{ .kind = FIELD_TEXT, .name = "comment3", .label = "Comment 3" },
		{ .kind = FIELD_TEXT, .name = "comment4", .label = "Comment 4" },
	};
	struct w_form *form = w_form_new("Add a rule", &ops, demo);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fields); i++)
		w_form_add(form, &fields[i]);
	w_form_open(ui, form);
}

static void filtered(void *data, struct ui *ui, const char *text)
{
	struct demo *demo = data;

	(void)ui;
	if (text == NULL)
		return;
	free(demo->filter);
	demo->filter = *text != '\0' ? xstrdup(text) : NULL;
	demo_refresh(demo);
}

static void commanded(void *data, struct ui *ui, const char *text)
{
	(void)data;
	if (text == NULL)
		return;
	if (strcmp(text, "fatal") == 0)
		fatal("asked to");
	if (strcmp(text, "crash") == 0)
		abort();
	ui_say(ui, STYLE_NOTE, "command '%s'", text);
}

static void complete(void *data, struct ui *ui, struct w_input *input)
{
	(void)data;
	(void)ui;
	if (strncmp(input->text, "cert", 4) == 0)
		w_input_set(input, "certificate list");
}

bool demo_act_dialog(struct demo *demo, struct ui *ui, enum action action)
{
	static const struct w_prompt_ops filter = { .done = filtered };
	static const struct w_prompt_ops command = { .done = commanded, .complete = complete };

	switch (action) {
	case ACTION_OPEN:
		show_detail(demo, ui);
		return true;
	case ACTION_ADD:
		add(demo, ui);
		return true;
	case ACTION_REMOVE:
		w_dialog_confirm(ui, "Remove", "Remove this rule?", removed, demo);
		return true;
	case ACTION_WRITE:
		show_diff(ui);
		return true;
	case ACTION_FIX:
		ask_word(ui);
		return true;
	case ACTION_FILTER:
		w_prompt_open(ui, "Filter: ", demo->filter != NULL ? demo->filter : "", NULL,
			      &filter, demo);
		return true;
	case ACTION_COMMAND:
		w_prompt_open(ui, ":", "", &demo->history, &command, demo);
		return true;
	default:
		return false;
	}
}
