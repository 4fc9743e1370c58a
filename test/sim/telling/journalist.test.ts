// The journal as it is written: every event once, as it happens, with what came of it.

import { describe, expect, test } from 'vitest';
import { runSeed } from '../../../sim/run.ts';
import { Journalist, outcomeText, type ToldEntry } from '../../../sim/telling/journalist.ts';
import { stolenPlan, usualRules } from './stolen.ts';

const request = { plan: stolenPlan, seed: 'tale-3', policy: usualRules, traces: new Map() };

describe('a journal', () => {
  const entries: ToldEntry[] = [];
  let ahead = 0;
  let seen = 0;
  const result = runSeed({
    ...request,
    observe: () => {
      // Everything before this event is written by now: nothing is kept back.
      ahead = Math.max(ahead, seen - entries.length);
      seen += 1;
    },
    attend: (world) => new Journalist(world, (entry) => entries.push(entry)),
  });

  test('has every event of the run once, in order, each written before the next happens', () => {
    expect(entries).toHaveLength(result.events);
    expect(ahead).toBe(0);
    const times = entries.map(({ at }) => at);
    expect(times).toEqual([...times].sort((one, two) => one - two));
  });

  test('changes nothing about the run', () => {
    expect(result).toEqual(runSeed(request));
  });

  test('has every verdict but pass, and every sentence of the timeline, each with its event', () => {
    const outcomes = entries.flatMap((entry) => entry.outcomes);
    const told = outcomes.flatMap((one) => (one.kind === 'told' ? [`${one.lane} ${one.what}`] : []));
    expect(told).toEqual(result.timeline.map(({ lane, what }) => `${lane} ${what}`));
    const verdicts = outcomes.filter(({ kind }) => kind === 'verdict').length;
    const counted = result.rules.reduce((sum, { abusive, culpritWanted, innocent }) =>
      sum + abusive + culpritWanted + innocent, 0);
    expect(verdicts).toBe(counted);
    const shut = entries.find((entry) =>
      entry.outcomes.some((one) => outcomeText(one).startsWith('policy: suspend')));
    expect(shut).toMatchObject({ kind: 'submission', tenant: 'offices-2', abusive: true });
  });

  test('can be asked for some kinds and times alone', () => {
    const polls: ToldEntry[] = [];
    runSeed({
      ...request,
      attend: (world) => new Journalist(world, (entry) => polls.push(entry),
        (at, kind) => kind === 'poll' && at < 86_400_000),
    });
    expect(polls.map(({ at }) => at)).toEqual(
      entries.filter(({ at, kind }) => kind === 'poll' && at < 86_400_000).map(({ at }) => at));
    expect(polls.length).toBeGreaterThan(0);
  });
});
