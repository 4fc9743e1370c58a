// The page as a file: opens from disk, asks the network for nothing, and says its verdict and tables without
// script. A Content-Security-Policy allows exactly the two scripts it carries, by their hashes.

import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { printable } from '../format.ts';
import { packedPlotly } from '../plotly.ts';
import type { ChartSpec } from './chart.ts';
import { pageScript } from './script.ts';
import type { StoryData } from './seed-view.ts';

/** What the page's script draws from. */
export interface PageData {
  readonly charts: readonly ChartSpec[];
  /** By scenario. */
  readonly stories: readonly StoryData[];
}

export interface Page {
  /** Printable. */
  readonly title: string;
  readonly tool: string;
  readonly body: VNode;
  readonly data: PageData;
}

/** The whole file, as text. */
export const pageOf = async ({ title, tool, body, data }: Page): Promise<string> => {
  const [plotly, script, style, packed] = await Promise.all([
    packedPlotly(),
    pageScript(),
    readFile(new URL('./page.css', import.meta.url), 'utf8'),
    promisify(gzip)(JSON.stringify(data), { level: 6 }),
  ]);
  const policy =
    `default-src 'none'; script-src '${script.hash}' '${plotly.hash}'; ` +
    "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${escaped(tool)}">
<title>${escaped(title)} · sharedfate</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
${clean(renderToString(body))}
<script type="application/octet-stream" id="data">${packed.toString('base64')}</script>
<script type="application/octet-stream" id="plotly">${plotly.packed}</script>
<script>${script.code}</script>
</body>
</html>
`;
};

/** No part of the page need remember it: line by line, what could disguise a text is made visible. */
const clean = (html: string): string => html.split('\n').map(printable).join('\n');

const escaped = (text: string): string =>
  printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
