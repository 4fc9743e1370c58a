// The loads of a soak, all of which work at once.

import { hostLoads } from './host-load.ts';
import type { Load } from './load.ts';
import { mocksLoad } from './mocks-load.ts';
import { rspamdLoad } from './rspamd-load.ts';
import { serveLoad } from './serve-load.ts';
import { sweepLoad } from './sweep-load.ts';

export const loads: readonly Load[] = [serveLoad, ...hostLoads, rspamdLoad, mocksLoad, sweepLoad];
