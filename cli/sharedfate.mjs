#!/usr/bin/env node
// The command. Lets node read TypeScript (ours, and the scripts it is given), then hands over to main.ts.

import { register } from 'tsx/esm/api';

register({ tsconfig: false });
const { watchForEarlyExit } = await import('./early-exit.ts');
const finish = watchForEarlyExit();
const { main } = await import('./main.ts');
// Not awaited: where a script waits for what never comes, Node would add its own warning to ours.
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  finish(code);
});
