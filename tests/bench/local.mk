# `make bench`: what the program costs, as ratios to the least such a program can cost, measured in
# one run. Nothing of it is judged by `make check`, which only looks whether the generator is right.
bench_cflags = $(AM_CFLAGS) -O2

check_PROGRAMS += tests/bench/gen_host
tests_bench_gen_host_SOURCES = tests/bench/gen.c tests/bench/gen.h tests/bench/gen_files.c \
	tests/bench/gen_out.c tests/bench/gen_peers.c tests/bench/gen_rules.c
tests_bench_gen_host_CFLAGS = $(bench_cflags)
dist_check_SCRIPTS += tests/bench/test_gen.sh
EXTRA_DIST += tests/bench/README.md
TESTS += tests/bench/test_gen.sh

bench_programs = tests/bench/bench tests/bench/floor_check tests/bench/floor_save \
	tests/bench/wg_setconf
tests_bench_bench_SOURCES = tests/bench/bench.c tests/bench/bench.h tests/bench/data.c \
	tests/bench/figures.c tests/bench/measure.c tests/bench/probe.c tests/bench/run.c \
	tests/bench/run.h tests/bench/scan.c tests/bench/scan.h tests/bench/tty.c tests/bench/tty.h
tests_bench_bench_CFLAGS = $(bench_cflags)
tests_bench_bench_LDADD = libikeconsole.a $(NETTLE_LIBS) $(LTLIBINTL) -lm
tests_bench_floor_check_SOURCES = tests/bench/floor_check.c
tests_bench_floor_check_CFLAGS = $(bench_cflags)
tests_bench_floor_save_SOURCES = tests/bench/floor_save.c
tests_bench_floor_save_CFLAGS = $(bench_cflags)
tests_bench_wg_setconf_SOURCES = tests/bench/wg_setconf.c
tests_bench_wg_setconf_CFLAGS = $(bench_cflags)
if WITH_CONSOLE
bench_programs += tests/bench/floor_list
tests_bench_floor_list_SOURCES = tests/bench/floor_list.c
tests_bench_floor_list_CFLAGS = $(bench_cflags) $(CURSES_CFLAGS)
tests_bench_floor_list_LDADD = $(CURSES_LIBS)
endif
EXTRA_PROGRAMS += tests/bench/bench tests/bench/floor_check tests/bench/floor_list \
	tests/bench/floor_save tests/bench/wg_setconf
CLEANFILES += $(bench_programs)

# IKECONSOLE: the program to measure. PEERS: where packages of peers were unpacked (README.md).
# BENCHFLAGS: --quick, --only NAME, --strict, --list.
IKECONSOLE = ./ikeconsole
PEERS =
BENCHFLAGS =
.PHONY: bench
bench: all tests/bench/gen_host$(EXEEXT) $(bench_programs)
	tests/bench/bench --program $(IKECONSOLE) --tools tests/bench \
		$(PEERS:%=--peers %) $(BENCHFLAGS)
