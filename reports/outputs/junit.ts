// JUnit's XML, which every CI reads: a suite is a scenario, a case is a gate. There is no standard; this
// keeps to what Jenkins, GitLab and GitHub's actions take: a gate that failed is a failure, one that
// could not be judged an error, one that was missed but excused is skipped, with the reason.

import { xmlText } from './inert.ts';
import type { Case, Suite } from './suites.ts';

/** The whole file, ending with a line break. */
export const renderJunit = (suites: readonly Suite[]): string => {
  const all = suites.flatMap((suite) => suite.cases);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="sharedfate" ${counts(all)} time="0">
${suites.map(suiteElement).join('\n')}
</testsuites>
`;
};

const counts = (cases: readonly Case[]): string => {
  const of = (verdict: Case['verdict']): number => cases.filter((each) => each.verdict === verdict).length;
  return (
    `tests="${cases.length}" failures="${of('failed')}" errors="${of('unjudged')}" skipped="${of('excused')}"`
  );
};

// A result does not say how long it took, so that the same result gives the same file: all times are 0.
const suiteElement = (suite: Suite): string =>
  [
    `  <testsuite name="${xmlText(suite.scenario)}" ${counts(suite.cases)} time="0" ` +
      `timestamp="${xmlText(suite.made.replace(/(?:\.\d+)?Z$/, ''))}">`,
    '    <properties>',
    ...suite.facts.map(
      ([name, value]) => `      <property name="${xmlText(name)}" value="${xmlText(value)}"/>`,
    ),
    '    </properties>',
    ...suite.cases.map((each) => caseElement(each, suite)),
    '  </testsuite>',
  ].join('\n');

const caseElement = (each: Case, { scenario, policy }: Suite): string => {
  const suite = xmlText(`${scenario} (${policy})`);
  const open = `    <testcase classname="${suite}" name="${xmlText(each.name)}" time="0"`;
  const body = [each.text, ...each.details].map(xmlText).join('\n');
  if (each.verdict === 'passed') return `${open}>\n      <system-out>${body}</system-out>\n    </testcase>`;
  const about = `message="${xmlText(`${each.word}: ${each.text}`)}"`;
  const element = { failed: 'failure', unjudged: 'error', excused: 'skipped' }[each.verdict];
  // The content of `skipped` is read by few; its message is.
  const inside =
    each.verdict === 'excused'
      ? `<skipped message="${xmlText([`${each.word}: ${each.text}`, ...each.details].join(' · '))}"/>`
      : `<${element} ${about} type="${xmlText(each.word)}">${body}</${element}>`;
  return `${open}>\n      ${inside}\n    </testcase>`;
};
