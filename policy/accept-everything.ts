// No policy at all, to compare with: what would happen if nobody looked.

import { policy } from './module.ts';

export const acceptEverything = policy('accept-everything', []);
