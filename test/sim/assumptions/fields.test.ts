// The lists of preset fields that the world reads, against the world itself: every number of every preset is
// watched while a platform under heavy abuse meets all registers and receivers there are.

import { describe, expect, test } from 'vitest';
import { acceptEverything } from '../../../policy/index.ts';
import { castOf, liftsBlocks } from '../../../sim/assumptions/cast.ts';
import { receiverFieldsRead } from '../../../sim/assumptions/receiver-fields.ts';
import { registerFieldsRead } from '../../../sim/assumptions/register-fields.ts';
import { readPlan } from '../../../sim/plan/read.ts';
import {
  receiverIds, receiverPresets, registerIds, registerPreset, registerPresets,
} from '../../../sim/presets/index.ts';
import { runSeed } from '../../../sim/run.ts';

const heavy = readPlan({
  title: 'All', question: 'Which numbers are read?', length: '4d', seeds: 1,
  pools: [{ name: 'shared', addresses: ['192.0.2.10'] }, {
    name: 'cold', addresses: ['192.0.2.11'], cold: ['192.0.2.11'],
  }],
  registers: registerIds.map((preset) => ({ name: preset, preset, coverage: '100%' as const })),
  receivers: receiverIds.map((preset) => ({
    name: preset, preset, share: preset === 'gmail' ? '22%' as const : '3%' as const,
  })),
  tenants: ['shared', 'cold'].map((pool) => ({
    name: pool, count: 10, pool, stream: { kind: 'office' as const, perDay: 40 },
  })),
  incidents: ['shared', 'cold'].map((group) => ({
    kind: 'compromised' as const, at: '1h' as const, who: { group, member: 0 }, how: 'weak-password' as const,
    rate: '600/h' as const, length: '12h' as const,
    list: { kind: 'harvested' as const, pristine: '2%' as const },
  })),
  desk: { weekends: true, opens: '0s', closes: '24h', staff: 20 },
}, 'x.ts');

type Mutable = Record<string, unknown>;

/** Runs the plan, and tells the paths read of each preset. */
const readsOf = (presets: readonly { readonly id: string }[]): ReadonlyMap<string, Set<string>> => {
  const undo: (() => void)[] = [];
  const reads = new Map(presets.map(({ id }) => [id, new Set<string>()]));
  for (const preset of presets) {
    const seen = reads.get(preset.id)!;
    const watch = (holder: Mutable, prefix: string): void => {
      for (const [name, value] of Object.entries(holder)) {
        const path = prefix + name;
        const isGroup = prefix === '' && typeof value === 'object' && value !== null && !Array.isArray(value);
        if (isGroup) watch(value as Mutable, `${path}.`);
        else {
          Object.defineProperty(holder, name, {
            get: () => { seen.add(path); return value; },
            configurable: true, enumerable: true,
          });
          undo.push(() => Object.defineProperty(holder, name, { value, writable: true, enumerable: true }));
        }
      }
    };
    watch(preset as unknown as Mutable, '');
  }
  try {
    // Some, for what is listed where is luck.
    for (const seed of ['1', '2', '3']) {
      runSeed({ plan: heavy, traces: new Map(), seed, policy: acceptEverything });
    }
  } finally {
    for (const one of undo) one();
  }
  return reads;
};

const reads = readsOf([...registerPresets, ...receiverPresets]);

const valueAt = (preset: object, path: string): unknown =>
  path.split('.').reduce<unknown>((value, step) => (value as Mutable)[step], preset);

/** Paths read that hold a number; where none is stated, nothing rests on it. */
const numbersRead = (preset: { readonly id: string }): readonly string[] =>
  [...reads.get(preset.id)!].filter((path) => /\d/.test(JSON.stringify(valueAt(preset, path)) ?? ''));

const covers = (told: readonly string[]) => (path: string): boolean =>
  told.some((one) => one === path || path.startsWith(`${one}.`));

/** Read, but words, or names of other presets. */
const words: readonly string[] = [
  'id', 'txt', 'zone', 'params.members', 'params.childRegister', 'params.policyVersion', 'params.stages',
  'delist.who', 'delist.channel', 'telemetry', 'fbl', 'market',
];

describe('each number of a preset that a run reads is told as read, or its model makes no use of it', () => {
  /** Made ready for every register, and heard by none of these models. */
  const idle: Readonly<Record<string, readonly string[]>> = {
    policy: ['expiry.seconds'],
    'policy+abuse': ['expiry.seconds'],
    union: ['expiry.seconds', 'timeToListS.p10'],
  };
  test.each(registerIds)('register %s', (id) => {
    const preset = registerPreset(id);
    const known = [...registerFieldsRead(preset, {}, heavy), ...words, ...(idle[preset.model] ?? [])];
    expect(numbersRead(preset).filter((path) => !covers(known)(path))).toEqual([]);
  });
  test.each(castOf(heavy).receivers.map(({ name, plan, preset }) => ({ name, plan, preset })))(
    'receiver $name', ({ plan, preset }) => {
      const unheard = [
        ...(preset.internalReputation ? [] : ['block.typicalS']),
        // Looked up together with the word that nobody there answers.
        ...(liftsBlocks(preset) ? [] : ['block.delistTypicalS']),
      ];
      const known = [...receiverFieldsRead(preset, plan, heavy), ...words, ...unheard];
      expect(numbersRead(preset).filter((path) => !covers(known)(path))).toEqual([]);
    });
});

describe('each number that is told as read is read', () => {
  /** Read by what no run of four days does: a person's report, a jump in volume after days of calm. */
  const rare: readonly string[] = ['params.maxReportAgeS', 'params.volumeJumpPenalty'];
  /** Read once an address is listed. */
  const later: readonly string[] = ['timeToListS.p90', 'publish', 'delist', 'params.operatorObstinacy'];
  /** Read once a receiver has blocked an address, and the desk has seen it. */
  const blocked = 'block.delistTypicalS';
  test.each(registerIds)('register %s', (id) => {
    const read = [...reads.get(id)!];
    const listed = read.includes('publish.minS');
    const unread = registerFieldsRead(registerPreset(id), {}, heavy).filter((one) =>
      !read.some((path) => path === one || path.startsWith(`${one}.`)));
    expect(unread.filter((path) => !rare.includes(path) && (listed || !covers(later)(path)))).toEqual([]);
  });
  test('enough receivers blocked an address to try what is read then', () => {
    expect([...reads.values()].filter((read) => read.has(blocked)).length).toBeGreaterThan(3);
  });
  test('enough registers listed an address to try what is read then', () => {
    expect([...reads.values()].filter((read) => read.has('publish.minS')).length).toBeGreaterThan(10);
  });
  test.each(castOf(heavy).receivers.map(({ name, plan, preset }) => ({ name, plan, preset })))(
    'receiver $name', ({ plan, preset }) => {
      const read = reads.get(preset.id)!;
      const unread = receiverFieldsRead(preset, plan, heavy).filter((path) => !read.has(path));
      expect(unread.filter((path) => path !== blocked)).toEqual([]);
    });
});
