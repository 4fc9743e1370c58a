// Every preset works at the least and the most of each of its settings, and with all of them there at once:
// it can be built, judges mail, and says so in words that a report can print.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Policy, PolicyEngine, presets, type Setting, valueText } from '../../policy/index.ts';
import { play, stepsOf } from '../../laws/traffic.ts';

const traffic = fc.sample(stepsOf(60), { seed: 1, numRuns: 4 });

/** Judges some days of mail; the reasons that were given. */
const reasonsOf = (policy: Policy): readonly object[] => traffic.flatMap((steps) =>
  play(new PolicyEngine(policy), steps).heard.flatMap(({ verdict }) =>
    verdict.kind === 'pass' ? [] : [verdict.reason]));

describe.each(Object.entries(presets))('%s', (name, { leavesOut, policy, product, read, source }) => {
  const settings = policy.settings ?? [];
  const at = (edge: 'min' | 'max', ...these: readonly Setting[]): Policy =>
    policy.withSettings!(Object.fromEntries(these.map((one) => [one.name, valueText(one[edge], one.unit)])));

  test('says where it was read, when, and what it leaves out', () => {
    expect(product).not.toBe('');
    expect(source.length).toBeGreaterThan(20);
    expect(read).toMatch(/^2026-11-\d\d$/);
    if (name !== 'default' && name !== 'accept-everything') expect(leavesOut.length).toBeGreaterThan(20);
    for (const { help, unit } of settings) {
      expect([help !== '', help.endsWith('.'), unit !== '']).toEqual([true, false, true]);
    }
  });

  if (settings.length === 0) return;

  const edges = ['min', 'max'] as const;
  test.each(edges)('works with all settings at their %s', (edge) => {
    for (const these of [...settings.map((one) => [one]), settings]) {
      const set = at(edge, ...these);
      const moved = set.settings!.filter((one) => one.value === one[edge]);
      expect(moved.length).toBeGreaterThanOrEqual(these.length);
      for (const reason of reasonsOf(set)) expect(reason).toEqual(JSON.parse(JSON.stringify(reason)));
    }
  });

  test('refuses what is beyond, by the name of the setting', () => {
    for (const { max, min, name: setting } of settings) {
      for (const value of [max + 1, min - 1]) {
        expect(() => policy.withSettings!({ [setting]: value })).toThrow(`${setting} is ${value}; it is a`);
      }
    }
  });
});
