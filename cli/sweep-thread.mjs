// A sweep's worker thread: its first lines. As in worker.mjs, node must learn to read TypeScript before
// anything else.

import { readTypeScript } from './form.mjs';

readTypeScript();
export const { simulate } = await import('./sweep-thread.ts');
