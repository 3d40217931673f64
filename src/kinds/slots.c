#include "config.h"

#include "kinds/slots.h"

#include <string.h>

uint64_t slot_id(const struct host_slot *slot)
{
	uint64_t hash = 0xcbf29ce484222325u;
	const char *p;

	for (p = slot->name; *p != '\0'; p++)
		hash = (hash ^ (unsigned char)*p) * 0x100000001b3u;
	return hash;
}

bool slot_about(struct view *view, const struct host_slot *slot, const struct finding *finding)
{
	return strcmp(lint_path(view->lint, finding), slot->path) == 0;
}

void slot_state(const struct host_slot *slot, const struct pki_head *head, struct sink *sink)
{
	struct strbuf text = STRBUF_INIT;

	if (slot->info.state != FILE_READ)
		sink_string(sink, file_state_text(&slot->info));
	else if (head->state == PKI_OK && head->reason == PKI_REASON_NONE)
		sink_string(sink, pki_state_name(PKI_OK));
	else {
		strbuf_addf(&text, "%s: ", pki_state_name((enum pki_state)head->state));
		pki_describe(head, &text);
		sink_text(sink, text.buf, text.len);
	}
	strbuf_release(&text);
}

void slot_key_type(const struct pki_pubkey *key, struct sink *sink)
{
	if (key->algorithm == PKI_NO_KEY)
		sink_null(sink);
	else
		sink_string(sink, pki_algorithm_name((enum pki_algorithm)key->algorithm));
}

void slot_key_bits(const struct pki_pubkey *key, struct sink *sink)
{
	if (key->bits == 0)
		sink_null(sink);
	else
		sink_number(sink, key->bits);
}

enum owner slot_owner(struct view *view, size_t item)
{
	(void)item;
	return view->profile->coexistence ? OWNER_SSM : OWNER_NONE;
}
