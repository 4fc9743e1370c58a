// A worker thread's first lines where the command runs from its sources: as in sharedfate.mjs, node must
// learn to read TypeScript before anything else.

import { readTypeScript } from './form.mjs';

readTypeScript();
await import('./worker.ts');
