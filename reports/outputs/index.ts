// What a run or a comparison is written as besides its page and its JSON. The command calls these; each
// is pure.

export { renderAnnotations } from './annotations.ts';
export { renderComparisonMarkdown } from './comparison-markdown.ts';
export { renderComparisonCsv, renderRunCsv } from './csv.ts';
export { runnerText } from './inert.ts';
export { renderJunit } from './junit.ts';
export { renderRunMarkdown } from './markdown.ts';
export { plainJson } from './plain-json.ts';
export { type Suite, suiteOfRun, suitesOfComparison } from './suites.ts';
