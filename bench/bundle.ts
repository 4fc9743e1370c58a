// Compiles what a section measures in a process of its own, as the command is compiled (cli/build.mjs): the
// loader of the sources gives every function its name, which costs more than many a function does.

import { build } from 'esbuild';
import { constants } from '../cli/constants.mjs';

/** Compiles the module at `source`, with all it imports but packages, into the file `program`. */
export const bundle = async (source: string, program: string): Promise<void> => {
  await build({
    entryPoints: [source], outfile: program,
    bundle: true, platform: 'node', format: 'esm', packages: 'external', plugins: [constants],
  });
};
