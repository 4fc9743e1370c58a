// Bundles the page's script with the code it shares with this side, as one minified piece that stands inline
// in the page.

import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface PageScript {
  readonly code: string;
  /** As a Content-Security-Policy names it: `sha256-...`. */
  readonly hash: string;
}

export const pageScript = async (): Promise<PageScript> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./client/page.js', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'silent',
    tsconfigRaw: '{}',
  });
  // An end tag inside a string would end the script early; `<\/` is the same string to JavaScript.
  const code = outputFiles[0]!.text.replaceAll('</', '<\\/');
  return { code, hash: `sha256-${createHash('sha256').update(code).digest('base64')}` };
};
