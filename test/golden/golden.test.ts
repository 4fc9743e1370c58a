// One tiny run, event by event, against the text beside this file. Where it moves, the diff shows what
// moved: read it, and if it is right, write it anew with `GOLDEN=write npx vitest run test/golden` and say
// in the commit why.

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hardBounceRatio, hours, policy, recipientWindow, registerWatch } from '../../policy/index.ts';
import { readPlan } from '../../sim/plan/read.ts';
import { runSeed } from '../../sim/run.ts';
import { formatTime } from '../../sim/journal.ts';
import { journalLine } from './journal.ts';

const file = new URL('stolen-password.txt', import.meta.url);

/**
 * Three offices; the password of one is stolen on Tuesday evening, and a strict register has a trap on
 * every list.
 */
const plan = readPlan(
  {
    title: 'golden',
    question: 'does it stay as it is?',
    length: '40h',
    pools: [
      { name: 'shared', addresses: ['192.0.2.10'] },
      { name: 'alternative', addresses: ['198.51.100.10'] },
    ],
    registers: [{ name: 'watch', preset: 'psbl', coverage: '100%', rule: { trapThreshold: 1 } }],
    receivers: [
      { name: 'plain', preset: 'small-postfix', share: '60%', consults: ['watch'] },
      { name: 'yahoo', preset: 'yahoo', share: '40%', consults: [] },
    ],
    tenants: [{ name: 'offices', count: 3, pool: 'shared', stream: { kind: 'office', perDay: 5 } }],
    incidents: [
      {
        kind: 'compromised',
        at: '17h',
        who: { group: 'offices', member: 1 },
        how: 'weak-password',
        rate: '60/h',
        ramp: '10m',
        length: '1h',
        list: { kind: 'harvested', pristine: '8%' },
      },
    ],
    desk: { poll: '2h' },
  },
  'golden',
);

const rules = policy('golden', [
  recipientWindow({ name: 'window', limit: 30, window: hours(24) }),
  hardBounceRatio({ ratio: 0.1, minimum: 6, window: hours(24) }),
  registerWatch({ avoidFor: hours(6), alternative: 'alternative', bulkWaits: hours(1) }),
]);

test('the tiny run is the one on file, event by event', () => {
  const lines: string[] = [];
  const result = runSeed({
    plan,
    seed: 'golden',
    policy: rules,
    traces: new Map(),
    observe: (world, event) => lines.push(journalLine(world, event)),
  });
  lines.push('', ...result.timeline.map(({ at, lane, what }) => `${formatTime(at)} [${lane}] ${what}`));
  lines.push(
    '',
    ...Object.entries(result.metrics).map(
      ([name, { value, observed }]) => `${name} ${value}${observed ? '' : ' unobserved'}`,
    ),
  );
  lines.push('', `fingerprint ${result.fingerprint} after ${result.events} events`, '');
  const text = lines.join('\n');
  if (process.env['GOLDEN'] === 'write') writeFileSync(file, text);
  expect(text.split('\n')).toEqual(readFileSync(file, 'utf8').split('\n'));
});
