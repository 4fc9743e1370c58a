// A real Postfix, and a real Haraka, between the tenants and the receivers: the same seed comes to the same
// end as in memory, the deferred queue goes by virtual time, and the policy's verdicts are carried out.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Module, milliseconds, policy, type Verdict } from '../../../policy/index.ts';
import type { Plan } from '../../../sim/index.ts';
import { parseTrace } from '../../../sim/trace.ts';
import { type MtaName, runThroughMta } from '../../../testbed/mta/run.ts';
import { smallScenarios } from '../../run/small.ts';
import { handIn, minute, postfixAndOne, queueManagerOf } from './one-postfix.ts';

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`], {
  env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
}).status === 0;

const noCompiler = has('cc') ? ''
  : 'no C compiler compiles the clock (Debian: apt-get install gcc libc6-dev)';

const lackingForPostfix =
  !has('postfix') ? 'postfix is not installed (Debian: apt-get install postfix)'
  : process.getuid!() !== 0 ? 'only root can start postfix'
  : noCompiler;
if (lackingForPostfix !== '') console.log(`skipped: a run through Postfix, for ${lackingForPostfix}`);

const haraka = join(import.meta.dirname, '../../../testbed/haraka/node_modules/Haraka');
const noHaraka = !existsSync(haraka) ? 'npm ci --omit=optional --prefix testbed/haraka installs it'
  : noCompiler;
if (noHaraka !== '') console.log(`skipped: a run through Haraka, for ${noHaraka}`);

const small = smallScenarios().find(({ name }) => name === 'compromised-account')!;

/** Twelve offices on a Monday morning, 8 to 11; one receiver greylists, some mailboxes are full. */
const morning = (changes: Partial<Plan> = {}): Plan => ({
  ...small.plan, epoch: '2027-01-04T07:00:00Z', length: milliseconds(3 * 3_600_000), warmup: milliseconds(0),
  incidents: [], gates: [], tenants: small.plan.tenants.map((group) => ({ ...group, count: 12 })), ...changes,
});

const leftovers = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => /^sharedfate-(postfix|haraka)-/.test(name));

/** Two dozen messages to a receiver that greylists, every other one of which names somebody twice. */
const throughGreylist = (mta: MtaName, changes: Partial<Plan['receivers'][number]> = {}) => {
  // A mail program names nobody twice; a log of real mail may.
  const start = Date.parse('2027-01-04T07:00:00Z') / 1_000;
  const rows = Array.from({ length: 24 }, (_, row) =>
    `${start + 60 * (row + 1)},s${row % 3},${row % 2 === 0 ? `r${row} r${row}` : `r${row} q${row}`}`);
  const traces = new Map([['log', parseTrace(['unix_time,sender,recipients', ...rows].join('\n'), 'log')]]);
  const [offices] = small.plan.tenants;
  const stream = { kind: 'trace', file: 'log', speed: 1, list: { kind: 'clean' } };
  const [greylisting] = small.plan.receivers.filter(({ name }) => name === 'barracuda');
  const plan = morning({
    length: milliseconds(6 * 3_600_000),
    tenants: [{ ...offices, count: 3, accounts: 1, stream }] as unknown as Plan['tenants'],
    receivers: [{ ...greylisting, ...changes, share: 1 }] as unknown as Plan['receivers'],
  });
  return runThroughMta({ plan, traces, seed: '1', policy: policy('none', []), check: true }, mta);
};

/** The run without a policy, and the run with one that holds, paces, defers and refuses. */
const prove = (mta: MtaName): void => {
  test('is the run in memory, with its deferred mail tried again in virtual time', async () => {
    const before = leftovers();
    const { traces } = small;
    const request = { plan: morning(), traces, seed: '1', policy: policy('none', []), check: true };
    const { comparison, result } = await runThroughMta(request, mta);
    expect(comparison.both).toBeGreaterThan(60);
    expect(comparison.same).toBeGreaterThan(0.95 * comparison.both);
    expect(result.metrics['wanted.delivered'].value).toBeGreaterThan(50);
    expect(result.receivers.map((row) => row.class)).toContain('greylist');
    expect(leftovers()).toEqual(before);
  }, 120_000);

  test('tries somebody once who stands in a message twice, and once again after a deferral', async () => {
    const { comparison, result } = await throughGreylist(mta);
    expect(comparison.same).toBeGreaterThan(0.9 * comparison.both);
    expect(result.metrics['wanted.submitted'].value).toBe(24);
    expect(result.receivers.map((row) => row.class)).toContain('greylist');
    expect(result.metrics['wanted.delivered'].value).toBeGreaterThan(20);
  }, 120_000);

  test('carries out what the policy says: refused, put off, held until somebody has read it', async () => {
    const kinds: readonly Verdict['kind'][] =
      ['pass', 'hold', 'pass', 'reject', 'pass', 'pace', 'pass', 'defer'];
    const brake: Module<{ judged: number; deferred: number }> = {
      name: 'brake', key: 'platform', hears: ['submitted', 'deferred'],
      fresh: () => ({ judged: 0, deferred: 0 }),
      learn(state, { kind }) {
        if (kind === 'submitted') state.judged += 1;
        else state.deferred += 1;
      },
      decide({ deferred, judged }, _, now): Verdict {
        // Serve learns of deferrals from the mail server's own log.
        const reason = { module: 'brake', rule: 'number', seen: judged, limit: deferred };
        const kind = kinds[judged % kinds.length]!;
        switch (kind) {
          case 'pace': return { kind, until: milliseconds(now + 600_000), reason };
          case 'hold': case 'reject': case 'defer': return { kind, reason };
          default: return { kind: 'pass' };
        }
      },
    };
    const allDay = { opens: milliseconds(0), closes: milliseconds(86_400_000) };
    const plan = morning({ desk: { ...small.plan.desk, ...allDay } });
    const request = { plan, traces: small.traces, seed: '2', policy: policy('brake', [brake]) };
    const { comparison, result } = await runThroughMta(request, mta);
    expect(comparison.same).toBeGreaterThan(0.95 * comparison.both);
    expect(comparison.both).toBeGreaterThan(40);
    const { asked, same } = comparison.verdicts;
    expect(asked).toBeGreaterThan(80);
    expect(same).toBeGreaterThan(0.9 * asked);
    for (const name of ['fp.messages.rejected', 'fp.messages.held'] as const) {
      expect(result.metrics[name].value).toBeGreaterThan(0.05);
      expect(comparison.metrics.map((metric) => metric.name)).not.toContain(name);
    }
  }, 120_000);
};

describe.skipIf(lackingForPostfix !== '')('a run through Postfix', () => {
  prove('postfix');

  test('tries again a message that it has said to be put off, and has not put there yet', async () => {
    let isHeldUp = false;
    const mta = await postfixAndOne(() => {
      const manager = queueManagerOf(mta);
      process.kill(manager, 'SIGSTOP');
      isHeldUp = true;
      setTimeout(() => {
        process.kill(manager, 'SIGCONT');
        isHeldUp = false;
      }, 3_000);
    });
    mta.moveTo(minute);
    const id = '1.0@out.platform.test';
    expect(await handIn(mta, 1)).toEqual({ kind: 'queued', id });
    expect((await mta.statuses(id, 1)).map(({ fate }) => fate)).toEqual(['deferred']);
    expect([isHeldUp, mta.nextTry(id, 'r1@plain.test')]).toEqual([false, 6 * minute]);
    mta.moveTo(2 * minute);
    await mta.flush(id);
    expect((await mta.statuses(id, 2)).map(({ fate }) => fate)).toEqual(['deferred', 'sent']);
  }, 60_000);

  test('hears of each of its tries at the time it is made, however often it puts a message off', async () => {
    const { comparison } = await throughGreylist('postfix', { greylist: milliseconds(2 * 3_600_000) });
    expect(comparison.both).toBeGreaterThan(200);
    expect(comparison.same).toBeGreaterThan(0.94 * comparison.both);
  }, 120_000);
});
describe.skipIf(noHaraka !== '')('a run through Haraka', () => prove('haraka'));
