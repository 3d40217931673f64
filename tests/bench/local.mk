# `make bench`: what the program costs, as ratios to the least such a program can cost, measured in
# one run. Nothing of it is judged by `make check`, which only looks whether the generator is right.
bench_cflags = $(AM_CFLAGS) -O2

check_PROGRAMS += tests/bench/gen_host
tests_bench_gen_host_SOURCES = tests/bench/gen.c tests/bench/gen.h tests/bench/gen_files.c \
	tests/bench/gen_out.c tests/bench/gen_rules.c
tests_bench_gen_host_CFLAGS = $(bench_cflags)
dist_check_SCRIPTS += tests/bench/test_gen.sh
TESTS += tests/bench/test_gen.sh
