// Texts that try to be more than text, and results and comparisons that hold one wherever text from outside
// may stand.

import fc from 'fast-check';
import type { Comparison } from '../../../reports/comparison/comparison.ts';
import type { RunResult } from '../../../sim/index.ts';
import { makeComparison } from '../comparison-fixture.ts';
import { makeResult } from '../fixture.ts';

const pieces = [
  '</script>', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', ']]>', '<![CDATA[', '-->', '<!--',
  '\u001b[2J', '\u001b]0;title\u0007', '\u009b31m', '\u202e', '\u2028', '\u0000', '\r', '\n', '\t', '\ud800',
  '\ufffe', '=1+1', '=cmd|\' /C calc\'!A0', '+1', '-1', '@SUM(A1)', ';=1', '"=1', ',', ';', '"', '\'', '|',
  '\\|', '\\', '`', '```', '**', '__', '[a](https://example.org)', '![a](x)', '&lt;', '&#60;', '::error::',
  '::', '##[error]', '%0A', '%25', '@someone', '@', '#12', 'GH-12', 'https://example.org', 'www.example.org',
  ' ', 'é',
];

/** Ends and begins with the worst as often as not. */
export const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
  fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' })), { maxLength: 6 })
    .map((parts) => parts.join('')),
);

const gates = [
  { metric: 'time_to_block', statistic: 'p95', rule: 'atMost', limit: '4h' },
  { metric: 'escaped', statistic: 'p50', rule: 'atMost', limit: '400' },
] as const;

/** The fixture with this text for every name in it. */
export const resultNaming = (text: string): RunResult => {
  const result = makeResult({ seeds: 2, neverBlocked: 1, gates: [...gates], hitName: text });
  return {
    ...result,
    tool: text,
    scenario: text,
    planHash: text,
    plan: { ...result.plan, title: text, question: text } as RunResult['plan'],
    policy: { ...result.policy, name: text, source: text },
    assumptions: [text],
    seeds: result.seeds.map((seed, index) => ({
      ...seed,
      seed: `${index}${text}`,
      fingerprint: text,
      culprits: seed.culprits.map((each) => ({ ...each, tenant: text, detectedBy: text, blockedBy: text })),
      hits: seed.hits.map((each) => ({ ...each, tenant: text, rule: text })),
      listings: seed.listings.map((each) => ({ ...each, register: text, cause: text, ending: text })),
      receivers: seed.receivers.map((each) => ({ ...each, receiver: text, reply: text })),
    })),
  };
};

/** The same of a comparison. */
export const comparisonNaming = (text: string): Comparison => {
  const comparison = makeComparison({ candidateName: text, scenario: text });
  return {
    ...comparison,
    tool: text,
    repeat: text,
    accept: text,
    baseline: { ...comparison.baseline, name: text, policy: { ...comparison.baseline.policy, name: text } },
    settings: [
      { name: text, baseline: text, candidate: text },
      { name: text, baseline: null, candidate: text },
      { name: text, baseline: text, candidate: null },
    ],
    scenarios: comparison.scenarios.map((scenario) => ({
      ...scenario,
      title: text,
      question: text,
      seeds: scenario.seeds.map((seed) => `${seed}${text}`),
      worst: { ...scenario.worst!, seed: text, command: text },
    })),
    gates: {
      ...comparison.gates,
      verdicts: comparison.gates.verdicts.map((gate) => ({
        ...gate, note: text, worstSeed: text,
        waiver: gate.waiver === null ? null : { ...gate.waiver, because: text },
      })),
    },
  };
};
