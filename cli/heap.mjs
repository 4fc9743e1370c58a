// How far memory may grow before it is cleared up. Node lets the heap of long-lived objects grow to several
// times what lives in it before it looks for what is dead; a run's memory would seem to grow with its length,
// and as many runs as there are processors would take that much more. For this process and its threads.

import { setFlagsFromString } from 'node:v8';

/** Growth from one full collection to the next, in percent of what lived then. */
setFlagsFromString('--heap-growing-percent=60');
