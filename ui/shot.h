/* What is on the screen, for a file or the clipboard. */
#ifndef UI_SHOT_H
#define UI_SHOT_H

#include "ui/ui.h"

/* Asks for the name of a file and writes the screen as it is now into it, as text. The file must
 * not be there, and is for its owner alone. What is hidden on the screen is hidden in it. */
void shot_ask(struct ui *ui);

#endif
