// GitHub annotations: workflow commands, one line each, that a runner turns into marks on the scenario's
// file. GitHub shows the first 10 errors, 10 warnings and 10 notices of a step and drops the rest without
// a word, so the last of each says how many there were.

import { annotationProperty, annotationText } from './inert.ts';
import type { Case, Suite } from './suites.ts';

/** GitHub's limit of annotations of one kind in one step. */
export const annotationsPerStep = 10;

type Kind = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly kind: Kind;
  readonly line: string;
}

/** Lines that end in a line break; a failed or unjudged gate is an error, an excused one a warning. */
export const renderAnnotations = (suites: readonly Suite[]): string => {
  const all = suites.flatMap((suite) => [
    ...suite.cases.filter((each) => kindOf(each) !== undefined).map((each) => annotation(suite, each)),
    ...summary(suite),
  ]);
  return (['error', 'warning', 'notice'] as const)
    .flatMap((kind) => withinLimit(kind, all.filter((each) => each.kind === kind)))
    .map((line) => `${line}\n`)
    .join('');
};

const kindOf = ({ verdict, word }: Case): Kind | undefined =>
  verdict === 'failed' || verdict === 'unjudged' ? 'error'
  : verdict === 'excused' && word !== 'no gates' && word !== 'not judged' ? 'warning'
  : undefined;

const annotation = (suite: Suite, each: Case): Annotation => {
  const kind = kindOf(each)!;
  const title = `${each.word}: ${each.name}`;
  const message = [`${each.text}.`, ...each.details].join(' ');
  return { kind, line: command(kind, suite.scenario, title, message) };
};

/** One notice for a scenario in which nothing broke: silence might also mean that nothing ran. */
const summary = (suite: Suite): readonly Annotation[] => {
  const { cases, scenario, policy } = suite;
  if (cases.some(({ verdict }) => verdict === 'failed' || verdict === 'unjudged')) return [];
  const words = cases.map(({ verdict, word }) =>
    verdict === 'excused' && word !== 'not judged' ? `${word} but excused` : word);
  const tally = [...new Set(words)].map((word) => `${words.filter((each) => each === word).length} ${word}`);
  const message = cases[0]?.word === 'no gates' ? cases[0]!.text : `gates: ${tally.join(', ')}`;
  return [{ kind: 'notice', line: command('notice', scenario, `policy ${policy}`, message) }];
};

const command = (kind: Kind, file: string, title: string, message: string): string =>
  `::${kind} file=${annotationProperty(file)},title=${annotationProperty(title)}::${annotationText(message)}`;

const withinLimit = (kind: Kind, all: readonly Annotation[]): readonly string[] => {
  const lines = all.map(({ line }) => line);
  if (lines.length <= annotationsPerStep) return lines;
  const shown = lines.slice(0, annotationsPerStep - 1);
  const more = lines.length - shown.length;
  return [...shown, `::${kind} title=sharedfate::${more} more of this kind: see summary.md`];
};
