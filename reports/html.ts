// report.html: one file that opens from disk, asks the network for nothing, and says its verdict and tables
// without script. A Content-Security-Policy allows exactly the two scripts it carries, by their hashes.

import { readFile } from 'node:fs/promises';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { RunResult } from '../sim/index.ts';
import { printable } from './format.ts';
import { judgeGates } from './gates.ts';
import { element } from './html/element.ts';
import { firstScreen } from './html/first-screen.ts';
import { pageScript } from './html/script.ts';
import { culpritTable, listings, replies, rules, wronglyHit } from './html/evidence.ts';
import { allMetrics, seedTable, simulated, timeline } from './html/sections.ts';
import { type PageData, pageData } from './html/seed-view.ts';
import { packedPlotly } from './plotly.ts';
import { summarise } from './summary.ts';

/**
 * The whole page. Pure but for the cache of plotly.js. Throws as `summarise` and `judgeGates` do: without a
 * seed, or with a gate nobody can judge.
 */
export const renderReport = async (result: RunResult): Promise<string> => {
  const summary = summarise(result);
  const gates = judgeGates(result, summary);
  const data = pageData(result, summary);
  const hasTimeline = data.seeds.some((view) => view.series !== null || view.events.length > 0);
  const [plotly, script, style] = await Promise.all([
    hasTimeline ? packedPlotly() : undefined,
    pageScript(),
    readFile(new URL('./html/page.css', import.meta.url), 'utf8'),
  ]);
  const parts = [
    ...(hasTimeline ? [timeline(data, summary)] : []),
    seedTable(result, summary),
    culpritTable(summary),
    wronglyHit(summary),
    rules(summary),
    replies(summary),
    listings(summary),
    allMetrics(summary),
    simulated(result),
  ];
  const body = renderToString(
    h(
      'main',
      { id: 'content' },
      firstScreen(result, summary, gates),
      contents(hasTimeline),
      element('div', { class: 'below' }, ...parts),
    ),
  );
  const policy =
    `default-src 'none'; script-src '${script.hash}'${plotly === undefined ? '' : ` '${plotly.hash}'`}; ` +
    "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${escaped(result.tool)}">
<title>${escaped(result.plan.title)} · sharedfate</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
${body}
<script type="application/json" id="data">${json(data)}</script>
${plotly === undefined ? '' : `<script type="application/octet-stream" id="plotly">${plotly.packed}</script>`}
<script>${script.code}</script>
</body>
</html>
`;
};

const contents = (hasTimeline: boolean) =>
  element(
    'nav',
    { class: 'contents', 'aria-label': 'Sections' },
    ...[
      ...(hasTimeline ? [['timeline', 'What happened'] as const] : []),
      ['seeds', 'Every seed'] as const,
      ['wrongly-hit', 'Wrongly hit'] as const,
      ['rules', 'Rules'] as const,
      ['replies', 'Where mail went'] as const,
      ['listings', 'Registers'] as const,
      ['metrics', 'Every metric'] as const,
      ['simulated', 'What was simulated'] as const,
    ].map(([id, name]) => element('a', { href: `#${id}` }, name)),
  );

/** JSON inside a script element: `<` is escaped, so no string can end the element or open a comment. */
const json = (data: PageData): string => JSON.stringify(data).replaceAll('<', '\\u003c');

const escaped = (text: string): string =>
  printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
