// Queues whose answers are known in closed form, modelled on the agenda with named streams. Every bound is
// three standard errors, and every run is long enough that 5 % of the answer is five of them: an answer 5 %
// off is then at least two standard errors outside, whichever way chance leans. `meets` checks that of each
// run. Tried once: services 5 % longer, waits counted 5 % longer, and gaps less chancy than exponential each
// fail every test they concern.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Estimate, runQueue } from './queue.ts';

interface Oracle {
  readonly id: string;
  readonly expected: Readonly<Record<string, unknown>>;
}
const file = JSON.parse(readFileSync(new URL('./oracles.json', import.meta.url), 'utf8')) as {
  readonly oracles: readonly Oracle[];
};
const expectedOf = (id: string): Oracle['expected'] => file.oracles.find((one) => one.id === id)!.expected;

const meets = (seen: Estimate, theory: number, standardError = seen.standardError): void => {
  expect(5 * standardError, 'too short a run to see an error of 5 %').toBeLessThan(0.05 * theory * 1.001);
  expect(Math.abs(seen.mean - theory), `${seen.mean} against ${theory}`).toBeLessThan(3 * standardError);
};

interface SingleServer {
  readonly Wq_mu1: number;
  readonly P_wait: number;
  readonly W_p95: number;
  readonly asymvar_Wq: number;
}

describe('M/M/1: one server, services of exponential length', () => {
  for (const rho of [0.5, 0.7, 0.8, 0.9]) {
    test(`at load ${rho}: mean wait, share that waits, and the 95th percentile of the stay`, () => {
      const theory = expectedOf('mm1')[`rho=${rho}`] as SingleServer;
      // Theory's own variance of the mean wait says how many customers make 5 % of it five standard errors.
      const customers = Math.ceil(theory.asymvar_Wq * (5 / (0.05 * theory.Wq_mu1)) ** 2);
      const answers = runQueue({
        seed: `mm1 ${rho}`, rate: rho, servers: 1, customers, patience: theory.W_p95,
        service: (streams, id) => streams.exponential(id),
      });
      meets(answers.wait, theory.Wq_mu1, Math.sqrt(theory.asymvar_Wq / customers));
      meets(answers.waited, theory.P_wait);
      expect(Math.abs(answers.stayedLonger.mean - 0.05)).toBeLessThan(3 * answers.stayedLonger.standardError);
    });
  }
});

describe('M/D/1: one server, services of one length', () => {
  test('at load 0.8 the mean wait is that of Pollaczek and Khinchine, half of M/M/1', () => {
    const theory = expectedOf('mg1-pk')['M/D/1 lam=.8 s=1'] as number;
    const answers = runQueue({ seed: 'md1', rate: 0.8, servers: 1, customers: 1_500_000, service: () => 1 });
    meets(answers.wait, theory);
  });
});

describe('several servers, services of exponential length', () => {
  const turningAway = [[2, 3, 400_000], [10, 10, 400_000], [10, 15, 1_700_000], [5, 10, 2_400_000]] as const;
  for (const [load, servers, customers] of turningAway) {
    test(`M/M/${servers} without a line turns away the share that Erlang B gives for ${load} erlang`, () => {
      const theory = expectedOf('erlang-b')[`a=${load},c=${servers}`] as number;
      const answers = runQueue({
        seed: `erlang b ${load} ${servers}`, rate: load, servers, turnsAway: true, customers,
        service: (streams, id) => streams.exponential(id),
      });
      meets(answers.turnedAway, theory);
    });
  }

  for (const [load, servers, customers] of [[1, 2, 1_000_000], [2, 3, 1_600_000]] as const) {
    test(`M/M/${servers} with a line makes wait as many, as long, as Erlang C gives: ${load} erlang`, () => {
      const lost = expectedOf('erlang-b')[`a=${load},c=${servers}`] as number;
      // Erlang C from Erlang B (Cooper, Introduction to Queueing Theory, 1981, 3.4): C = B / (1 - rho (1 -
      // B)).
      const waits = lost / (1 - (load / servers) * (1 - lost));
      const answers = runQueue({
        seed: `erlang c ${load} ${servers}`, rate: load, servers, customers,
        service: (streams, id) => streams.exponential(id),
      });
      meets(answers.waited, waits);
      meets(answers.wait, waits / (servers - load));
    });
  }
});
