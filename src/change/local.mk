libikeconsole_a_SOURCES += \
	src/change/change.c src/change/change.h src/change/change_private.h \
	src/change/change_record.c src/change/change_record.h \
	src/change/change_review.c \
	src/change/change_save.c \
	src/change/change_undo.c \
	src/change/drift.c src/change/drift.h \
	src/change/edits.h \
	src/change/force.c src/change/force.h \
	src/change/guard.c src/change/guard.h \
	src/change/global_edit.c src/change/global_text.h \
	src/change/policy_edit.c \
	src/change/policy_fields.c src/change/policy_fields.h \
	src/change/policy_manual.c src/change/policy_manual.h \
	src/change/policy_new.c \
	src/change/policy_result.c src/change/policy_result.h \
	src/change/policy_text.c src/change/policy_text.h \
	src/change/key_text.c src/change/key_text.h \
	src/change/like.c src/change/like.h \
	src/change/manual_add.c \
	src/change/manual_edit.c \
	src/change/manual_fields.c src/change/manual_fields.h \
	src/change/manual_key.c src/change/manual_key.h \
	src/change/manual_remove.c \
	src/change/manual_result.c src/change/manual_result.h \
	src/change/manual_rewrite.c src/change/manual_rewrite.h \
	src/change/manual_step.c src/change/manual_step.h \
	src/change/manual_text.c src/change/manual_text.h \
	src/change/manual_values.c \
	src/change/merge_taken.c \
	src/change/merge.c src/change/merge.h src/change/merge_private.h \
	src/change/merge_conflict.c \
	src/change/merge_doc.c src/change/merge_doc.h \
	src/change/merge_groups.c src/change/merge_groups.h \
	src/change/merge_judge.c \
	src/change/merge_match.c \
	src/change/merge_place.c src/change/merge_place.h \
	src/change/psk_edit.c \
	src/change/replaced.c src/change/replaced.h \
	src/change/repair.c src/change/repair.h \
	src/change/repair_batch.c src/change/repair_batch.h \
	src/change/repair_judge.c src/change/repair_judge.h \
	src/change/repair_may.c src/change/repair_may.h \
	src/change/restore.c src/change/restore.h \
	src/change/restore_may.c src/change/restore_may.h \
	src/change/restore_plan.c src/change/restore_plan.h \
	src/change/restore_text.c src/change/restore_text.h \
	src/change/rule_add.c \
	src/change/rule_edit.c \
	src/change/rule_fields.c src/change/rule_fields.h \
	src/change/rule_key.c src/change/rule_key.h \
	src/change/rule_may.c src/change/rule_may.h \
	src/change/rule_text.c src/change/rule_text.h \
	src/change/several.c src/change/several.h \
	src/change/units.c src/change/units.h \
	src/change/value.c src/change/value.h \
	src/change/verify.c src/change/verify.h
