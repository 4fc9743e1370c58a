// The state of a served policy: kept over a restart, over kills at any moment, over bad disks, and told of
// where it is not ours to take.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  defaultPolicy, defer, hours, type Policy, policy, recipientWindow, uniqueRecipients, volume,
} from '../../../policy/index.ts';
import { linesOf, StateMistake } from '../../../testbed/serve/saved.ts';
import { compact, filePath, load, numbersOf } from '../../../testbed/serve/state-files.ts';
import { Asker, atWork, type AtWork } from './at-work.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sharedfate-state-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const tight = (limit = 5): Policy =>
  policy('tight', [recipientWindow({ name: 'recipients', limit, window: hours(1) })]);

const send = async ({ place, time }: AtWork, from: number, count: number): Promise<string[]> => {
  const asker = new Asker(place);
  const verbs: string[] = [];
  for (let id = from; id < from + count; id++) {
    time.at += 60_000;
    const login = `a${id % 7}@t${id % 3}.test`;
    const recipients = [`r${id % 11}@x.test`, `s${id % 5}@y.test`];
    verbs.push((await asker.message({ id, sasl_username: login, recipients })).verb);
  }
  asker.close();
  return verbs;
};

/** All that a memory holds, as it would be saved. */
const contents = (at: AtWork): string[] =>
  [...linesOf(at.served.ledger.memory, { format: 1, policy: '', epoch: 0, secret: '' })];

const loaded = (judged: Policy, told: string[] = []): string[] => {
  const { memory } = load(folder, judged, (text) => told.push(text));
  return [...linesOf(memory, { format: 1, policy: '', epoch: 0, secret: '' })];
};

describe('a restart', () => {
  test('forgets nothing: memory, time and verdicts go on', async () => {
    const first = await atWork(tight(), { state: folder });
    const before = await send(first, 0, 40);
    const held = contents(first);
    await first.served.close();
    const second = await atWork(tight(), { state: folder, time: first.time });
    expect(contents(second)).toEqual(held);
    const after = await send(second, 40, 40);
    await second.served.close();

    rmSync(folder, { recursive: true });
    const whole = await atWork(tight(), { state: folder });
    expect(await send(whole, 0, 80)).toEqual([...before, ...after]);
    expect(new Set(after).size).toBeGreaterThan(1);
    await whole.served.close();
  });

  test('goes on from the latest time on record where the clock was set back', async () => {
    const first = await atWork(tight(), { state: folder });
    first.time.at = hours(100);
    await send(first, 0, 1);
    const last = first.served.ledger.now();
    await first.served.close();
    const second = await atWork(tight(), { state: folder });
    expect(second.served.ledger.now()).toBe(last);
    second.time.at += 5_000;
    expect(second.served.ledger.now()).toBe(last + 5_000);
    await second.served.close();
  });

  test('keeps what other modules know where the policy has changed', async () => {
    const counts = (name: string) => volume({ name, of: 'messages', limit: 9, window: hours(1) });
    const kept = (limit: number) => recipientWindow({ name: 'kept', limit, window: hours(1) });
    const before = policy('p', [kept(5), counts('dropped'), counts('other make')]);
    const one = await atWork(before, { state: folder });
    await send(one, 0, 20);
    const states = one.served.ledger.memory.engine.snapshot().states;
    await one.served.close();
    compact(folder, before, 1, () => {});
    rmSync(filePath(folder, 'log', 1));
    const after = policy('p', [kept(6), counts('new'), uniqueRecipients({
      name: 'other make', limit: 9, window: hours(1), action: defer,
    })]);
    const told: string[] = [];
    const { memory } = load(folder, after, (text) => told.push(text));
    expect(memory.engine.snapshot().states).toEqual({ 'kept': states['kept'], 'new': [], 'other make': [] });
    expect(states['kept']!.length).toBeGreaterThan(0);
    expect(told.join()).toMatch(/the states of module other make are of another make; it starts fresh/);
  });

  test('takes no state of another policy, and says whose it is and what to do', async () => {
    await (await atWork(tight(), { state: folder })).served.close();
    const other = atWork(defaultPolicy, { state: folder });
    await expect(other).rejects.toThrow(StateMistake);
    await expect(other).rejects.toThrow(/state of policy tight, and this is policy default.*--adopt tight/);
    const adopted = await atWork(defaultPolicy, { state: folder, adopt: 'tight' });
    await adopted.served.close();
    // From then on it is its own.
    await (await atWork(defaultPolicy, { state: folder })).served.close();
  });

  test('wants a folder for it', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    await expect(atWork(tight(), { state: path })).rejects.toThrow(/file is no folder. Name a folder/);
  });

  test('two servers never keep the same state', async () => {
    const first = await atWork(tight(), { state: folder });
    await expect(atWork(tight(), { state: folder })).rejects.toThrow(/is in use: another server/);
    await first.served.close();
    await (await atWork(tight(), { state: folder })).served.close();
  });
});

describe('logs put together', () => {
  test('hold what the logs held', async () => {
    const first = await atWork(tight(), { state: folder });
    await send(first, 0, 60);
    const held = contents(first);
    await first.served.close();
    compact(folder, tight(), 1, () => {});
    rmSync(filePath(folder, 'log', 1));
    expect(loaded(tight())).toEqual(held);
  });

  test('are put together in service, once a log is long enough, and old files go', async () => {
    const first = await atWork(tight(), { state: folder, compactAt: 4_000 });
    await send(first, 0, 100);
    const held = contents(first);
    await first.served.close();
    expect(numbersOf(folder, 'saved').length).toBe(2);
    expect(numbersOf(folder, 'log').at(0)).toBe(numbersOf(folder, 'saved').at(0));
    expect(first.told).toEqual([]);
    expect(loaded(tight())).toEqual(held);
  });

  test('fall back on what was saved before where the last file is bad', async () => {
    const first = await atWork(tight(), { state: folder, compactAt: 4_000 });
    await send(first, 0, 100);
    const held = contents(first);
    await first.served.close();
    const last = filePath(folder, 'saved', numbersOf(folder, 'saved').at(-1)!);
    const whole = readFileSync(last);
    const half = whole.subarray(0, whole.length / 2);
    for (const bad of [half, Buffer.from('{"saved":7}\n'), Buffer.alloc(100)]) {
      writeFileSync(last, bad);
      const told: string[] = [];
      expect(loaded(tight(), told)).toEqual(held);
      expect(told.join()).toMatch(/older one is taken/);
    }
  });
});

describe('a log', () => {
  test('that ends anywhere is read as far as it goes, and its torn line is told of (property)', async () => {
    const first = await atWork(tight(), { state: folder });
    await send(first, 0, 12);
    await first.served.close();
    const path = filePath(folder, 'log', 1);
    const whole = readFileSync(path);
    fc.assert(fc.property(fc.nat({ max: whole.length }), (length) => {
      writeFileSync(path, whole);
      truncateSync(path, length);
      const told: string[] = [];
      const { memory } = load(folder, tight(), (text) => told.push(text));
      const lines = whole.subarray(0, length).toString().split('\n');
      const judged = lines.slice(0, -1).filter((line) => line.includes('"judged"')).length;
      expect(memory.messages).toBeGreaterThanOrEqual(judged);
      const torn = lines.at(-1)!;
      const isWhole = torn === '' || whole[length] === 10;
      expect(told.filter((text) => text.includes('is torn')).length).toBe(isWhole ? 0 : 1);
    }), { numRuns: 100 });
  });

  test('with bytes changed anywhere loads all the same (property)', async () => {
    const first = await atWork(tight(), { state: folder });
    await send(first, 0, 12);
    await first.served.close();
    const path = filePath(folder, 'log', 1);
    const whole = readFileSync(path);
    const changed = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }));
    fc.assert(fc.property(fc.array(changed), (changes) => {
      const bytes = Buffer.from(whole);
      // The first line says whose it is: that is another test's.
      const from = whole.indexOf(10) + 1;
      for (const [at, byte] of changes) bytes[Math.max(at, from)] = byte;
      writeFileSync(path, bytes);
      expect(() => load(folder, tight(), () => {})).not.toThrow();
    }), { numRuns: 100 });
  });
});

test('killed at any moment it has kept all that it answered', async () => {
  let id = 0;
  const answered: string[] = [];
  for (let kill = 0; kill < 4; kill++) {
    const { child, port } = await startKillable(folder);
    const asker = new Asker({ kind: 'tcp', host: '127.0.0.1', port });
    const most = 20 + kill * 37;
    asker.socket.on('error', () => {});
    for (let sent = 0; sent < most; sent++) {
      const message = asker.message({ id, sasl_username: `a${id % 9}@t.test`, recipients: ['r@x.test'] });
      const instance = `i${id}`;
      id += 1;
      if (sent < most - 15) {
        await message;
        answered.push(instance);
      } else void message.then(() => answered.push(instance));
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    asker.close();
    const told: string[] = [];
    const { memory } = load(folder, tight(1_000_000), (text) => told.push(text));
    expect(answered.filter((instance) => !memory.answers.has(instance))).toEqual([]);
    expect(memory.messages).toBeGreaterThanOrEqual(answered.length);
    expect(told.filter((text) => !text.includes('is torn'))).toEqual([]);
  }
  // And what is there besides: a line that nobody finished.
  appendFileSync(filePath(folder, 'log', numbersOf(folder, 'log').at(-1)!), '{"t":7,"kind":"jud');
  const { child } = await startKillable(folder);
  child.kill('SIGKILL');
  expect(readdirSync(folder).length).toBeGreaterThan(4);
}, 120_000);

const startKillable = async (
  state: string,
): Promise<{ readonly child: ChildProcess; readonly port: number }> => {
  const script = new URL('killable.ts', import.meta.url).pathname;
  const args = ['--import', 'tsx', script, state];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [text] = await once(child.stdout!, 'data') as [Buffer];
  return { child, port: Number(text.toString()) };
};
