libikeconsole_a_SOURCES += \
	src/commands/apply.c src/commands/apply.h \
	src/commands/cmd_check.c \
	src/commands/cmd_confirm.c src/commands/confirm.h \
	src/commands/cmd_fix.c src/commands/fix.h \
	src/commands/cmd_history.c src/commands/history.h \
	src/commands/cmd_list.c \
	src/commands/cmd_policy.c \
	src/commands/cmd_manual_sa.c \
	src/commands/cmd_psk.c \
	src/commands/cmd_rule.c \
	src/commands/command.h \
	src/commands/commands.c \
	src/commands/demo.c src/commands/demo.h \
	src/commands/excerpt.c src/commands/excerpt.h \
	src/commands/findings.c src/commands/findings.h \
	src/commands/merging.c src/commands/merging.h \
	src/commands/names.c src/commands/names.h \
	src/commands/key_input.c src/commands/key_input.h \
	src/commands/options.c src/commands/options.h \
	src/commands/output.c src/commands/output.h \
	src/commands/settings.c src/commands/settings.h \
	src/commands/single.c src/commands/single.h \
	src/commands/work.c src/commands/work.h
