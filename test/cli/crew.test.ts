// The crew of worker threads, where one of them does not listen.

import { afterEach, expect, test, vi } from 'vitest';
import { startCrew } from '../../cli/crew.ts';
import { readPlan } from '../../sim/index.ts';

afterEach(() => void vi.unstubAllEnvs());

test('stopped, it keeps the seeds that are done though another is in an endless loop', async () => {
  vi.stubEnv('DEAF', 'yes');
  const plan = readPlan({
    title: 'One office', question: 'Does it end?', length: '1h',
    pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
    receivers: [{ name: 'gmail', preset: 'gmail', share: '100%' }],
    tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: { kind: 'office', perDay: 20 } }],
  }, 'here');
  const crew = startCrew({
    simulator: new URL('./slow-simulator.ts', import.meta.url).href, plan, policy: 'default', settings: [],
    traces: new Map(), wire: false, check: false, seeds: ['1', '9'], workers: 1, patienceMs: 1,
  });
  await Promise.race([crew.report, vi.waitUntil(() => crew.finished().seeds === 1, { timeout: 60_000 })]);
  crew.stop();
  expect((await crew.report).results.map(({ seed }) => seed)).toEqual(['1']);
});
