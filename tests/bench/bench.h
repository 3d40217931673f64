/*
 * The stopwatch: what is measured, against what, and how much of it is allowed.
 *
 * A figure is a row of a table (figures.c): ours and the peer to hold it against, both probes; the
 * function that measures them; and the most that the value may be. Probes of one figure take turns,
 * so that a drift of the machine meets both alike, and medians are compared.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "tests/bench/tty.h"

struct bench {
	const char *program;
	const char *tools;     /* the folder of the generator and the floors */
	const char *peers;     /* where packages of peers were unpacked; NULL: nowhere */
	const char *rules_key; /* brings the console's list of rules */
	const char *marker;    /* what its first row shows; NULL: the first rule's label */
	char *work;            /* a folder of our own */
	unsigned runs, presses;
	unsigned long most_rules; /* of the largest file */
};

enum probe_kind {
	PROBE_RUN,  /* a whole process, from start to end */
	PROBE_TEXT, /* on a terminal, from the start to a text */
	PROBE_SAVE  /* as PROBE_RUN, on a fresh copy of the file each time */
};

enum { ANY_STATUS = 255 };

/*
 * In COMMAND, KEYS and UNTIL, {program} {tools} {peers} {config} {root} {work} {label} {first}
 * {key} stand for the program, the folder of the floors, that of unpacked peers, the file, its host
 * tree, the folder for everything else, the label of the middle rule, what the list's first row
 * shows, and the key that brings the list.
 */
struct probe {
	enum probe_kind kind;
	const char *const *command; /* NULL: there is no such probe */
	unsigned long rules, defects;
	bool checks;       /* proves first that it ends with status 1 for a damaged file */
	const char *files; /* what gen_host is to write; NULL: ike */
	const char *path;  /* of {config} below the root; NULL: that of ike/config */
	const char *keys;  /* sent at once */
	const char *until; /* the text waited for; NULL: the first visible one */
	const char *press; /* for key figures: the key, "<Down>" */
	int worst_status;  /* the highest exit status that is no failure */
	bool changes;      /* PROBE_SAVE: local_addr of the middle rule becomes 192.0.2.1 */
};

enum outcome { OUTCOME_TAKEN, OUTCOME_SKIPPED, OUTCOME_FAILED };

struct result {
	enum outcome outcome;
	char ours[32], peer[32];
	double value;   /* compared with what the figure may be */
	char note[160]; /* why there is no value */
};

struct figure {
	const char *name, *text;
	void (*measure)(const struct bench *bench, const struct figure *figure,
			struct result *result);
	struct probe ours, peer;
	const struct probe *parts; /* for sums: the peers, up to one without a command */
	double at_most;            /* 0: shown, not judged */
	bool difference;           /* the value is a difference, not a ratio */
};

extern const struct figure figures[];
extern const size_t figure_count;

/* measure.c: the ways to measure a figure. */
void measure_time(const struct bench *bench, const struct figure *figure, struct result *result);
void measure_memory(const struct bench *bench, const struct figure *figure, struct result *result);
void measure_growth(const struct bench *bench, const struct figure *figure, struct result *result);
void measure_key(const struct bench *bench, const struct figure *figure, struct result *result);
void measure_entry(const struct bench *bench, const struct figure *figure, struct result *result);
void measure_sum(const struct bench *bench, const struct figure *figure, struct result *result);

/* probe.c */
struct sample {
	double seconds;
	double peak; /* bytes */
};

/* A probe with its command filled in and its data in place. */
struct ready_probe {
	const struct probe *probe;
	char **argv;
	char *keys, *until;
	char *config; /* the file as generated */
	char *root;   /* its tree or, for PROBE_SAVE, that of the copy */
};

/* What the probe needs is there, and made; else tells why in RESULT. Release it in either case. */
bool probe_prepare(const struct bench *bench, const struct probe *probe, struct ready_probe *ready,
		   struct result *result);
void probe_release(struct ready_probe *ready);

/* One run. Returns false with outcome and note of RESULT set where it gave no sample. */
bool probe_take(const struct ready_probe *ready, struct sample *sample, struct result *result);

/*
 * Starts the probe's program on a terminal, sends its keys and waits for its text, then for QUIET
 * seconds without output. Sets the SECONDS until the text came. Where it returns false the program
 * is stopped and RESULT says why; else the caller stops it.
 */
bool probe_show(const struct ready_probe *ready, struct tty *tty, double quiet, double *seconds,
		struct result *result);

/* data.c: the files. */

/* Makes the tree that the probe works on, once, and sets ROOT to its path. */
bool data_make(const struct bench *bench, const struct probe *probe, struct strbuf *root);

/* Adds the label of rule NUMBER, counted from 0, of the file CONFIG. */
void data_label(const char *config, unsigned long number, struct strbuf *label);

/* Puts a copy of CONFIG, and nothing else, into the tree ROOT. It is on the disk afterwards. */
bool data_copy(const char *config, const char *root);

/* Whether the file in ROOT is CONFIG with the local_addr of the rule LABEL changed to 192.0.2.1. */
bool data_is_changed(const char *config, const char *root, const char *label);

/* The size of the file in bytes, 0 where there is none. */
double data_size(const char *path);

void data_remove(const char *path);

#endif
