/* hold ROOT: has the host's lock for as long as its standard input is open. So a test has all the
 * time it needs between what a command has read and what it writes. */
#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include "store/lock.h"

int main(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct lock *lock;
	char byte;

	alarm(60);
	lock = argc == 2 ? lock_take(argv[1], NULL, &err) : NULL;
	if (lock == NULL) {
		fprintf(stderr, "hold: %s\n", err.text != NULL ? err.text : "use: hold ROOT");
		return 1;
	}
	if (write(STDOUT_FILENO, "held\n", 5) == 5)
		while (read(STDIN_FILENO, &byte, 1) > 0)
			;
	lock_release(lock);
	return 0;
}
