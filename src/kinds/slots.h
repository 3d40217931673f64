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

/*
 * The functions that every kind of slots has, for one whose item NUMBER is in the slot
 * SLOT_OF(view, item) with the head HEAD_OF(view, item), and of which there are COUNT_OF(view).
 */
#define SLOT_FUNCTIONS(slot_of, head_of, count_of)                                                 \
	static size_t count(struct view *view)                                                     \
	{                                                                                          \
		return count_of(view);                                                             \
	}                                                                                          \
	static uint64_t id(struct view *view, size_t item)                                         \
	{                                                                                          \
		return slot_id(slot_of(view, item));                                               \
	}                                                                                          \
	static size_t find(struct view *view, const char *name)                                    \
	{                                                                                          \
		size_t i;                                                                          \
                                                                                                   \
		for (i = 0; i < count_of(view); i++)                                               \
			if (strcmp(slot_of(view, i)->name, name) == 0)                             \
				break;                                                             \
		return i;                                                                          \
	}                                                                                          \
	static void name_of(struct view *view, size_t item, struct strbuf *sb)                     \
	{                                                                                          \
		strbuf_addstr(sb, slot_of(view, item)->name);                                      \
	}                                                                                          \
	static bool about(struct view *view, size_t item, const struct finding *finding)           \
	{                                                                                          \
		return slot_about(view, slot_of(view, item), finding);                             \
	}                                                                                          \
	static void get_slot(struct view *view, size_t item, struct sink *sink)                    \
	{                                                                                          \
		sink_string(sink, slot_of(view, item)->name);                                      \
	}                                                                                          \
	static void get_state(struct view *view, size_t item, struct sink *sink)                   \
	{                                                                                          \
		slot_state(slot_of(view, item), head_of(view, item), sink);                        \
	}

/* Certificates, keys and lists are SSM's by the agreement (FILE-2, FILE-4, FILE-5). */
enum owner slot_owner(struct view *view, size_t item);

#endif
