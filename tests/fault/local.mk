# Saves that are disturbed: by failing calls, by being killed, by others, and by each other.
fault_programs = \
	tests/fault/contend \
	tests/fault/crash \
	tests/fault/fault_save \
	tests/fault/intrude
fault_ldadd = libikeconsole.a $(NETTLE_LIBS) $(LTLIBINTL)
tree_sources = tests/fault/tree.c tests/fault/tree.h
faults_sources = tests/fault/faults.c tests/fault/faults.h $(tree_sources)

tests_fault_contend_SOURCES = tests/fault/contend.c $(tree_sources)
tests_fault_contend_LDADD = $(fault_ldadd)
tests_fault_crash_SOURCES = tests/fault/crash.c $(faults_sources)
tests_fault_crash_LDADD = $(fault_ldadd)
tests_fault_fault_save_SOURCES = \
	tests/fault/fault_save.c \
	tests/fault/scenario.c tests/fault/scenario.h \
	$(faults_sources)
tests_fault_fault_save_LDADD = $(fault_ldadd)
tests_fault_intrude_SOURCES = tests/fault/intrude.c $(faults_sources)
tests_fault_intrude_LDADD = $(fault_ldadd)

# What read-only mode forbids, and what is loaded into the program itself by the tests of it
# (tests/cli/test-read-only, tests/cli/test-memory, and those of the console).
if SECCOMP
fault_programs += tests/fault/confined
tests_fault_confined_SOURCES = \
	tests/fault/confined.c \
	tests/fault/attempts.c tests/fault/attempts.h \
	$(tree_sources)
tests_fault_confined_LDADD = $(fault_ldadd)

check_PROGRAMS += tests/fault/inside.so tests/fault/memory.so
tests_fault_inside_so_SOURCES = tests/fault/inside.c tests/fault/attempts.c tests/fault/attempts.h
tests_fault_inside_so_CFLAGS = $(AM_CFLAGS) -fPIC
tests_fault_inside_so_LDFLAGS = $(AM_LDFLAGS) -shared
tests_fault_memory_so_SOURCES = tests/fault/memory.c
tests_fault_memory_so_CFLAGS = $(AM_CFLAGS) -fPIC
tests_fault_memory_so_LDFLAGS = $(AM_LDFLAGS) -shared
endif

# What is loaded into other programs too has no sanitizers in it.
loaded_cflags = -std=gnu11 $(WARN_CFLAGS) -fPIC

# Loaded into the console (tests/console/test_console_drift).
check_PROGRAMS += tests/fault/deaf.so
tests_fault_deaf_so_SOURCES = tests/fault/deaf.c
tests_fault_deaf_so_CFLAGS = $(loaded_cflags)
tests_fault_deaf_so_LDFLAGS = -shared

# For tests of the command line.
check_PROGRAMS += tests/fault/hold
tests_fault_hold_SOURCES = tests/fault/hold.c
tests_fault_hold_LDADD = $(fault_ldadd)

# What the program says to the system's log (tests/cli/test-history).
check_PROGRAMS += tests/fault/syslog.so
tests_fault_syslog_so_SOURCES = tests/fault/syslog.c
tests_fault_syslog_so_CFLAGS = $(loaded_cflags)
tests_fault_syslog_so_LDFLAGS = -shared

check_PROGRAMS += $(fault_programs)
dist_check_SCRIPTS += tests/fault/contend-kinds
TESTS += $(fault_programs) tests/fault/contend-kinds
