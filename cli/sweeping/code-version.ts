// Which code a run was made with: name and version of the tool, and a digest of all that can change a run,
// since a checkout that is worked on keeps its version number while it changes.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { presetName } from '../load.ts';
import { ownFile } from '../own.ts';

/** `sharedfate 0.1.0+3f2a91c04b7d`: the same for the sources, however they are started. */
export const codeVersion = (tool: string): string => `${tool}+${digestOf(ownFile(''), ['policy', 'sim'])}`;

const digestOf = (root: string, folders: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = readdirSync(join(root, folder), { recursive: true }).map(String)
      .map((file) => file.replaceAll('\\', '/')).filter((file) => /\.(?:ts|json)$/.test(file)).sort();
    for (const file of files) {
      hash.update(`${folder}/${file}\0`);
      hash.update(readFileSync(join(root, folder, file)));
      hash.update('\0');
    }
  }
  return hash.digest('hex').slice(0, 12);
};

/**
 * Digest of a policy's file and all that it imports by a relative path; empty for a policy that comes with
 * the tool. Packages count by their names: their versions are for a lock file to keep.
 */
export const policyCode = async (spec: string): Promise<string> => {
  if (presetName(spec) !== undefined) return '';
  // Foreign software: where it is asked is all that we know of it.
  if (!/\.(?:ts|mts|js|mjs)$/.test(spec)) return spec;
  const own = ownFile('');
  try {
    const { outputFiles } = await build({
      entryPoints: [spec], bundle: true, write: false, format: 'esm', platform: 'node', target: 'esnext',
      packages: 'external', minifyWhitespace: true, legalComments: 'none', logLevel: 'silent',
      tsconfigRaw: '{}',
      // What comes with the tool is in its own version already.
      plugins: [{
        name: 'ours-is-external',
        setup({ onResolve }) {
          onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, kind }) => {
            const target = join(resolveDir, path);
            const isOurs = ['policy', 'sim'].some((folder) => target.startsWith(join(own, folder)));
            return kind !== 'entry-point' && isOurs ? { path, external: true } : undefined;
          });
        },
      }],
    });
    return createHash('sha256').update(outputFiles[0]!.text).digest('hex').slice(0, 32);
  } catch {
    // What esbuild cannot bundle may still run; its own text is then what is known of it.
    return createHash('sha256').update(readFileSync(spec)).digest('hex').slice(0, 32);
  }
};
