// plotly.js-dist as a report carries it: minified, gzipped, base64. Making that takes seconds, so it is kept
// under node_modules/.cache/sharedfate, one file per version; where that cannot be written it is made again
// each time.

import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { transform, version as esbuildVersion } from 'esbuild';

export interface PackedPlotly {
  readonly version: string;
  /** Base64 of the gzipped, minified bundle. */
  readonly packed: string;
  /** Of the minified bundle, as a Content-Security-Policy names it: `sha256-...`. */
  readonly hash: string;
}

/** From the cache if it is there, else made and put there. Throws where plotly.js-dist is not installed. */
export const packedPlotly = async (): Promise<PackedPlotly> => {
  const require = createRequire(import.meta.url);
  const source = require.resolve('plotly.js-dist');
  const { version } = require('plotly.js-dist/package.json') as { readonly version: string };
  const folder = join(dirname(dirname(source)), '.cache', 'sharedfate');
  const file = join(folder, `plotly-${version}-esbuild-${esbuildVersion}.json`);
  const kept = await read(file);
  if (kept !== undefined) return kept;
  const made = await pack(source, version);
  await keep(folder, file, made);
  return made;
};

const read = async (file: string): Promise<PackedPlotly | undefined> => {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as Partial<PackedPlotly>;
    return typeof kept.packed === 'string' &&
      typeof kept.hash === 'string' &&
      typeof kept.version === 'string'
      ? (kept as PackedPlotly)
      : undefined;
  } catch {
    return undefined; // Not there yet, or cut short: it is made anew either way.
  }
};

const pack = async (source: string, version: string): Promise<PackedPlotly> => {
  // The licence (MIT) asks that its text go with every copy, and a report is one.
  const licence = await readFile(join(dirname(source), 'LICENSE'), 'utf8');
  const { code } = await transform(await readFile(source, 'utf8'), {
    minify: true,
    charset: 'ascii',
    legalComments: 'inline',
    banner: `/*! plotly.js ${version}\n${licence.replaceAll('*/', '* /')}*/`,
  });
  const zipped = await promisify(gzip)(code, { level: 9 });
  return {
    version,
    packed: zipped.toString('base64'),
    hash: `sha256-${createHash('sha256').update(code).digest('base64')}`,
  };
};

/**
 * Under another name first, so that a run beside this one never reads half a file. A folder we may not write
 * is no error.
 */
const keep = async (folder: string, file: string, made: PackedPlotly): Promise<void> => {
  const temporary = `${file}.${process.pid}`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, JSON.stringify(made));
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
};
