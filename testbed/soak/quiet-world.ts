// A world in which nothing happens by itself: one tenant, one receiver; what hosts are started for.

import { acceptEverything } from '../../policy/index.ts';
import { readPlan, type World } from '../../sim/index.ts';
import type { PlanInput } from '../../sim/plan/schema.ts';
import { buildWorld } from '../../sim/world/build.ts';

export const quietPlan: PlanInput = {
  title: 'A soak', question: 'Is anything lost?', epoch: '2027-01-04T00:00:00Z', length: '300d',
  pools: [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.11'] }],
  registers: [{ name: 'psbl', preset: 'psbl', coverage: '100%' }],
  receivers: [
    { name: 'plain', preset: 'yandex', share: '50%' },
    { name: 'small', preset: 'small-postfix', share: '50%', consults: ['psbl'] },
  ],
  tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: { kind: 'quiet' } }],
  desk: { staff: 0 },
};

export const quietWorld = (): World =>
  buildWorld(readPlan(quietPlan, 'soak'), 'soak', acceptEverything, new Map());
