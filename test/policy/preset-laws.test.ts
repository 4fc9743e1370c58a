// The laws hold for each module of each preset as it stands in its policy, and for the policies as wholes: no
// rule is drowned by another, and a lower limit never lets more through.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  days, hours, type Milliseconds, type Module, type Policy, PolicyEngine, presets, type Setting,
} from '../../policy/index.ts';
import { submissionOf, submitted } from '../../laws/build.ts';
import { assertModuleLaws } from '../../laws/module-laws.ts';
import { gap, play, rankOf, stepsOf, whoIs } from '../../laws/traffic.ts';

// Many modules at once: fewer inputs each than where a module is tested by itself.
const usual = fc.readConfigureGlobal();
beforeAll(() => { fc.configureGlobal({ ...usual, numRuns: Math.ceil(usual.numRuns! / 4) }); });
afterAll(() => { fc.configureGlobal(usual); });

/** So low that some sixty events reach it. */
const low = ({ default: usual, min, name, unit, whole }: Setting): number =>
  name === 'attempts' || name === 'delivered' || name === 'volume' ? 3
  : name === 'alpha' || name === 'beta' ? 0.3
  : whole === true || unit.startsWith('messages') ? Math.max(min, Math.min(usual, 2)) : usual;

const lowered = (policy: Policy): Policy =>
  policy.withSettings?.(Object.fromEntries(policy.settings!.map((one) => [one.name, low(one)]))) ?? policy;

const policies = Object.entries(presets).map(([name, { policy }]) => [name, lowered(policy)] as const);

/** Longer than any window or sentence of any preset. */
const longRest = days(70);
/**
 * Where a lower limit can let more through: it shuts for the rest of the day by the clock, so who is shut
 * early today begins tomorrow with an empty window, and who is shut late begins with a full one.
 */
const freeSooner = ['microsoft-365 externalPerHour', 'microsoft-365 perDay'];
/** Sweeps judge a window when it is over, so a clock that steps back finds the one before. */
const sweeping = ['momentum bounces-low', 'momentum bounces-high'];

describe.each(policies)('%s', (preset, policy) => {
  test.each(policy.modules.map(({ name }, index) => [name, index] as const))(
    '%s keeps the laws', (name, index) => {
      const make = (): Module<object> => lowered(presets[preset]!.policy).modules[index]!;
      const judgesWindowsWhenOver = sweeping.includes(`${preset} ${name}`);
      assertModuleLaws(make, { recoversAfter: longRest, bound: 2_000, judgesWindowsWhenOver });
    },
  );

  test('each of its rules counts: what one alone would say is never made milder by another', () => {
    fc.assert(fc.property(stepsOf(60), (steps) => {
      const whole = new PolicyEngine(policy);
      const alone = policy.modules.map((module) =>
        new PolicyEngine({ name: module.name, modules: [module] }));
      let now = 0 as Milliseconds;
      for (const { account, event, gap: span } of steps) {
        now = (now + span) as Milliseconds;
        const who = whoIs(account);
        if (event.kind === 'signal') {
          for (const engine of [whole, ...alone]) engine.learn(event.make(who), now);
          continue;
        }
        const submission = submissionOf({ ...who, ...event });
        const verdict = whole.decide(submission, now);
        for (const engine of alone) {
          expect(rankOf(verdict)).toBeGreaterThanOrEqual(rankOf(engine.decide(submission, now)));
        }
        // All live through what the whole said, as in a mail system.
        for (const engine of [whole, ...alone]) engine.learn(submitted(submission, verdict), now);
      }
    }));
  });

  const isLimit = ({ min, unit, value, whole }: Setting): boolean =>
    value > min && (whole === true || unit.startsWith('messages'));
  const limits = (policy.settings ?? [])
    .filter((one) => isLimit(one) && !freeSooner.includes(`${preset} ${one.name}`));
  test.each(limits.map(({ name }) => [name] as const))('a lower %s never lets more through', (name) => {
    const { min, value } = limits.find((one) => one.name === name)!;
    const passes = (setting: number, sent: readonly (readonly [number, number])[]): number[] => {
      const settings = Object.fromEntries(policy.settings!.map((one) => [one.name, one.value]));
      const engine = new PolicyEngine(policy.withSettings!({ ...settings, [name]: setting }));
      let now = 0;
      let passed = 0;
      return sent.map(([wait, recipient]) => {
        now += wait;
        const submission = submissionOf({ recipients: [recipient] });
        const verdict = engine.decide(submission, now as Milliseconds);
        engine.learn(submitted(submission, verdict), now as Milliseconds);
        if (['pass', 'shadow', 'alert'].includes(verdict.kind)) passed += 1;
        return passed;
      });
    };
    const traffic = fc.array(fc.tuple(gap, fc.nat({ max: 30 })), { maxLength: 80 });
    fc.assert(fc.property(traffic, (sent) => {
      const loose = passes(value, sent);
      passes(min, sent).forEach((passed, at) => expect(passed).toBeLessThanOrEqual(loose[at]!));
    }));
  });
});

test('microsoft-365: an account shut in the morning may send more by tomorrow than one shut at night', () => {
  const passes = (externalPerHour: number): number => {
    const engine = new PolicyEngine(presets['microsoft-365']!.policy.withSettings!({ externalPerHour }));
    // Two messages in the morning, then one late in the evening and three early the next day.
    return [7, 7, 23.5, 24.2, 24.2].filter((hour) => {
      const now = hours(hour);
      const submission = submissionOf();
      const verdict = engine.decide(submission, now);
      engine.learn(submitted(submission, verdict), now);
      return verdict.kind === 'pass';
    }).length;
  };
  expect([passes(1), passes(2)]).toEqual([2, 4]);
});

test('low settings are reached: each preset that judges senders refuses, diverts or tells of some', () => {
  const silent = policies.filter(([, policy]) => {
    const heard = fc.sample(stepsOf(60), { seed: 1, numRuns: 200 })
      .flatMap((steps) => play(new PolicyEngine(policy), steps).heard);
    return heard.every(({ verdict }) => verdict.kind === 'pass');
  }).map(([name]) => name);
  // The two that shape delivery have no say about submissions.
  expect(silent).toEqual(['accept-everything', 'zonemta', 'kumomta']);
});
