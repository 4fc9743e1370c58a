// The command with the slow simulator.

import { register } from 'tsx/esm/api';

register({ tsconfig: false });
const { main } = await import('../../cli/main.ts');
process.exitCode = await main(process.argv.slice(2), new URL('./slow-simulator.ts', import.meta.url).href);
