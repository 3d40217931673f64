/*
 * Signals that end or stop the program wait while files are half done. For this folder's modules.
 */
#ifndef STORE_SIGNALS_H
#define STORE_SIGNALS_H

#include <signal.h>

/* BEFORE is for signals_release. */
void signals_hold(sigset_t *before);
void signals_release(const sigset_t *before);

#endif
