// A sweep's worker thread: its first lines. As in worker.mjs, node must learn to read TypeScript before
// anything else.

import { register } from 'tsx/esm/api';

register({ tsconfig: false });
export const { simulate } = await import('./sweep-thread.ts');
