// A run in Chrome's trace format, held to the format's own rules, and to what happened in the run.

import { describe, expect, test } from 'vitest';
import { milliseconds } from '../../../policy/index.ts';
import { ChromeTrace, traceHead, traceTail, type TraceEvent } from '../../../reports/explain/chrome-trace.ts';
import type { SeedResult } from '../../../sim/result.ts';
import { runSeed } from '../../../sim/run.ts';
import { Journalist } from '../../../sim/telling/journalist.ts';
import { culprit, stolenPlan, usualRules } from '../../sim/telling/stolen.ts';

const traced = (
  plan = stolenPlan,
): { readonly events: readonly TraceEvent[]; readonly result: SeedResult } => {
  const events: TraceEvent[] = [];
  const trace = new ChromeTrace('offices-1', (event) => events.push(event));
  const result = runSeed({
    plan, seed: 'tale-3', policy: usualRules, traces: new Map(),
    attend: (world) => new Journalist(world, (entry) => trace.add(entry, world.outbound.lanes.map(
      ({ depth }, index) => ({ receiver: world.receivers[index]!.name, depth })))),
  });
  trace.finish();
  return { events, result };
};

describe("a run in Chrome's trace format", () => {
  const { events, result } = traced();
  const lines = events.map((event) => JSON.stringify(event)).join(',\n');
  const text = `${traceHead}${lines}${traceTail({ seed: 'tale-3' })}`;

  test('is one JSON object of events, and of facts about the run', () => {
    const read = JSON.parse(text) as Record<string, unknown>;
    expect(Object.keys(read).sort()).toEqual(['displayTimeUnit', 'otherData', 'traceEvents']);
    expect(read['otherData']).toEqual({ seed: 'tale-3' });
    expect(read['traceEvents']).toEqual(events);
  });

  test('has in each event what its phase asks for, and times in whole microseconds of the run', () => {
    for (const event of events) {
      expect(['M', 'i', 'X', 'C', 'b', 'e']).toContain(event.ph);
      for (const number of [event.ts, event.pid, event.tid]) expect(Number.isSafeInteger(number)).toBe(true);
      expect(event.ts).toBeGreaterThanOrEqual(0);
      expect(event.ts).toBeLessThanOrEqual(stolenPlan.length * 1_000);
      expect(event.name).not.toBe('');
      if (event.ph === 'i') expect(event.s).toBe('t');
      if (event.ph === 'b' || event.ph === 'e')
        expect([typeof event.id, typeof event.cat]).toEqual(['string', 'string']);
      if (event.ph !== 'C') continue;
      for (const value of Object.values(event.args)) expect(typeof value).toBe('number');
    }
    const times = events.filter(({ ph }) => ph !== 'M').map(({ ts }) => ts);
    expect(times).toEqual([...times].sort((one, two) => one - two));
  });

  test('names each process once, and each thread before its first event', () => {
    const named = new Set<string>();
    for (const { args, name, ph, pid, tid } of events) {
      if (ph === 'M') {
        expect(['process_name', 'process_sort_index', 'thread_name']).toContain(name);
        if (name === 'process_sort_index') continue;
        expect(typeof args['name']).toBe('string');
        expect(named).not.toContain(`${name} ${pid} ${tid}`);
        named.add(`${name} ${pid} ${tid}`);
      } else {
        expect(named).toContain(`process_name ${pid} 0`);
        if (ph !== 'C') expect(named).toContain(`thread_name ${pid} ${tid}`);
      }
    }
    const lanes = events.filter(({ name }) => name === 'process_name').map(({ args }) => args['name']);
    expect(lanes).toEqual(['tenants', 'policy', 'outbound queue per receiver', 'registers', 'abuse desk']);
  });

  test('ends each span that it begins, and has the listings of the run as spans', () => {
    const open = new Map<string, number>();
    const spans: { name: string; from: number; to: number }[] = [];
    for (const { id, name, ph, ts } of events) {
      if (ph === 'b') open.set(id!, ts);
      if (ph !== 'e') continue;
      spans.push({ name, from: open.get(id!)!, to: ts });
      open.delete(id!);
    }
    expect([...open]).toEqual([]);
    const listings = spans.filter(({ name }) => name === '192.0.2.10 listed');
    expect(listings.map(({ from, to }) => [from / 1_000, to / 1_000]))
      .toEqual(result.listings.map(({ listed, delisted }) => [listed, delisted ?? stolenPlan.length]));
    expect(listings.length).toBeGreaterThan(0);
    expect(spans.filter(({ name }) => name === 'shut')).toHaveLength(1);
  });

  test('ends at the end of the run what still stands then', () => {
    const length = milliseconds(20 * 3_600_000);
    const short = traced({ ...stolenPlan, length });
    expect(short.result.listings).toMatchObject([{ delisted: null }]);
    const spans = (ph: string): number => short.events.filter((event) => event.ph === ph).length;
    expect(spans('b')).toBe(2);
    const ends = short.events.filter(({ ph }) => ph === 'e');
    expect(new Map(ends.map(({ name, ts }) => [name, ts / 1_000])))
      .toEqual(new Map([['192.0.2.10 listed', length], ['shut', length]]));
  });

  test('shows the abuse, and all mail of whom it follows, but not the mail of others', () => {
    const threads = new Map(events.filter(({ name }) => name === 'thread_name')
      .map(({ args, pid, tid }) => [`${pid} ${tid}`, String(args['name'])]));
    const senders = events.filter(({ name }) => name.startsWith('submission'))
      .map(({ name, pid, tid }) => `${threads.get(`${pid} ${tid}`)!} ${name}`);
    expect(new Set(senders)).toEqual(new Set(['offices-1 submission', `${culprit} submission (abuse)`]));
    expect(senders.filter((one) => one.startsWith(culprit))).toHaveLength(result.culprits[0]!.submitted);
  });
});
