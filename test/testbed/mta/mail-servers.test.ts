// A real Postfix, and a real Haraka, between the tenants and the receivers: the same seed comes to the same
// end as in memory, the deferred queue goes by virtual time, and the policy's verdicts are carried out.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Module, milliseconds, pass, policy, type Verdict } from '../../../policy/index.ts';
import type { Plan } from '../../../sim/index.ts';
import { type MtaName, runThroughMta } from '../../../testbed/mta/run.ts';
import { smallScenarios } from '../../run/small.ts';

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`], {
  env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
}).status === 0;
const lacking = !has('postfix') ? 'postfix is not installed (Debian: apt-get install postfix)'
  : process.getuid!() !== 0 ? 'only root can start postfix'
  : !has('cc') ? 'no C compiler compiles the clock (Debian: apt-get install gcc libc6-dev)'
  : '';
if (lacking !== '') console.log(`skipped: a run through Postfix, for ${lacking}`);

const haraka = join(import.meta.dirname, '../../../testbed/haraka/node_modules/Haraka');
const noHaraka = !existsSync(haraka) ? 'npm ci --omit=optional --prefix testbed/haraka installs it'
  : !has('cc') ? 'no C compiler compiles the clock (Debian: apt-get install gcc libc6-dev)'
  : '';
if (noHaraka !== '') console.log(`skipped: a run through Haraka, for ${noHaraka}`);

const small = smallScenarios().find(({ name }) => name === 'compromised-account')!;

/** Twelve offices on a Monday morning, 8 to 11; one receiver greylists, some mailboxes are full. */
const morning = (changes: Partial<Plan> = {}): Plan => ({
  ...small.plan, epoch: '2027-01-04T07:00:00Z', length: milliseconds(3 * 3_600_000), warmup: milliseconds(0),
  incidents: [], gates: [], tenants: small.plan.tenants.map((group) => ({ ...group, count: 12 })), ...changes,
});

const leftovers = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => /^sharedfate-(postfix|haraka)-/.test(name));

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
    let twice = 0;
    const counting: Module<object> = {
      name: 'counting', key: 'platform', hears: ['submitted'], fresh: () => ({}), decide: () => pass,
      learn(_, signal) {
        if (signal.kind !== 'submitted') return;
        const { recipients } = signal.submission;
        if (new Set(recipients).size < recipients.length) twice += 1;
      },
    };
    const tenants = small.plan.tenants.map((group) => ({
      ...group, count: 6, stream: { ...group.stream, book: 2, recipients: 3 },
    }));
    const greylisting = small.plan.receivers.filter(({ name }) => name === 'barracuda');
    const plan = morning({
      length: milliseconds(3_600_000), tenants: tenants as unknown as Plan['tenants'],
      receivers: greylisting.map((one) => ({ ...one, share: 1 as typeof one.share })),
    });
    const request = { plan, traces: small.traces, seed: '1', policy: policy('counting', [counting]) };
    const { comparison, result } = await runThroughMta(request, mta);
    expect(twice).toBeGreaterThan(3);
    expect(comparison.same).toBeGreaterThan(0.95 * comparison.both);
    expect(result.metrics['wanted.delivered'].value).toBeGreaterThan(10);
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

describe.skipIf(lacking !== '')('a run through Postfix', () => prove('postfix'));
describe.skipIf(noHaraka !== '')('a run through Haraka', () => prove('haraka'));
