/* What the kinds of the three certificate folders have in common. */
#ifndef KINDS_SLOTS_H
#define KINDS_SLOTS_H

#include "kinds/kind.h"

uint64_t slot_id(const struct host_slot *slot);
bool slot_about(struct view *view, const struct host_slot *slot, const struct finding *finding);

/* "ok", or why the file could not be read. */
void slot_state(const struct host_slot *slot, const struct pki_head *head, struct sink *sink);

void slot_key_type(const struct pki_pubkey *key, struct sink *sink);
void slot_key_bits(const struct pki_pubkey *key, struct sink *sink);

#endif
