// A worker thread's first lines: as in sharedfate.mjs, node must learn to read TypeScript before anything
// else.

import { register } from 'tsx/esm/api';

register({ tsconfig: false });
await import('./worker.ts');
