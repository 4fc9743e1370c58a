#!/usr/bin/env node
// The command. Lets node read TypeScript (ours, and the scripts it is given), then hands over to main.ts.

import { register } from 'tsx/esm/api';

register({ tsconfig: false });
const { watchForEarlyExit } = await import('./early-exit.ts');
const finish = watchForEarlyExit();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
finish(process.exitCode);
