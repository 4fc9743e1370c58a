// rspamd and its Redis go by the time of the run, and its rbl module sees what our registers list.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { milliseconds } from '../../../policy/index.ts';
import { readScan, verdictOfScan } from '../../../testbed/hosts/rspamd-answer.ts';
import { rspamd, startRspamd } from '../../../testbed/hosts/rspamd.ts';
import { ownProcesses } from '../../../testbed/soak/rspamd-load.ts';
import { second, smallWorld, submission, verdictsAt, withHost } from './asking.ts';
import { canRun } from './programs.ts';

const isHere = canRun('rspamd', rspamd);
/** Ten at once, then one in six minutes. */
const bucket = { burst: 10, perMinute: 10 / 60, listedScore: 15 };

/** Eleven at once; 300 s later; 361 s after the beginning, twice; an hour and a second after it. */
const times = [...Array.from({ length: 11 }, () => 0), 300, 361, 361, 3_601].map((at) => at * second);
const ten = Array.from({ length: 10 }, () => 'pass');

describe.skipIf(!isHere)('rspamd', () => {
  test('leaks its buckets in the time of the run, under our own clock', async () => {
    const said = await withHost(startRspamd(bucket, smallWorld(), 'shm'), (host) => verdictsAt(host, times));
    expect(said).toEqual([...ten, 'defer', 'defer', 'pass', 'defer', 'pass']);
  });

  test('does not without a clock: the proof can fail', async () => {
    const said = await withHost(startRspamd(bucket, smallWorld(), 'real'), (host) => verdictsAt(host, times));
    expect(said).toEqual([...ten, 'defer', 'defer', 'defer', 'defer', 'defer']);
  });

  test('sees a client on a register of ours, and refuses it at fifteen points', async () => {
    const lookup = (address: string) => ({
      codes: address === '198.18.7.1' ? ['127.0.0.2'] : [], txt: 'listed', ttlS: 60, failure: 'none' as const,
    });
    const zones = [{ zone: 'west.rbl.test', lookup }];
    await withHost(startRspamd(bucket, smallWorld(), 'shm', zones), async (host) => {
      const listed = await host.judge(submission(1, { source: 7 }), milliseconds(0));
      expect(listed.kind).toBe('reject');
      expect((await host.judge(submission(2, { source: 8 }), milliseconds(0))).kind).toBe('pass');
    });
  });
});

test.skipIf(!isHere)('rspamd whose Redis has died says so, even before its death is told', async () => {
  await withHost(startRspamd(bucket, smallWorld(), 'shm'), async (host) => {
    expect((await host.judge(submission(1), milliseconds(0))).kind).toBe('pass');
    const [redis] = ownProcesses('redis-server') as [number];
    // The shell that would tell us is held back: a moment of any length.
    const teller = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${redis}/status`, 'utf8'))![1]);
    process.kill(teller, 'SIGSTOP');
    process.kill(redis, 'SIGKILL');
    try {
      await expect(host.judge(submission(2), milliseconds(0))).rejects.toThrow('redis-server has ended');
    } finally {
      process.kill(teller, 'SIGCONT');
    }
  });
});

describe('an answer of rspamd', () => {
  const scan = (action: string): string =>
    JSON.stringify({ is_skipped: false, action, score: 16.5, required_score: 15, symbols: { A: {} } });

  test.each([
    ['no action', 'pass'], ['add header', 'pass'], ['rewrite subject', 'pass'], ['soft reject', 'defer'],
    ['greylist', 'defer'], ['reject', 'reject'], ['discard', 'reject'], ['quarantine', 'hold'],
  ])('"%s" means %s', (action, kind) => {
    expect(verdictOfScan('rspamd', readScan(scan(action))).kind).toBe(kind);
  });

  test.each([
    ['', 'is no scan result'], ['<html>', 'is no scan result'], ['null', 'is no scan result'],
    ['{"action":"no action"}', 'is no scan result'], [scan('explode'), '"explode", which is not known'],
  ])('%j ends the run', (text, words) => {
    expect(() => verdictOfScan('rspamd', readScan(text))).toThrow(words);
  });
});
