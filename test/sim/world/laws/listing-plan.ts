// Three days of five offices behind one address, one of them robbed of a password: a listing comes of it.

import { readPlan } from '../../../../sim/plan/read.ts';

export const plan = readPlan({
  title: 'A listing', question: 'Do the laws hold?', length: '3d',
  pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
  registers: [{ name: 'psbl', preset: 'psbl', coverage: '100%' }],
  receivers: [
    { name: 'outlook', preset: 'outlook-consumer', share: '50%' },
    { name: 'small', preset: 'small-postfix', share: '50%', consults: ['psbl'] },
  ],
  tenants: [{ name: 'offices', count: 5, pool: 'shared', stream: { kind: 'office', perDay: 60 } }],
  incidents: [{
    kind: 'compromised', at: '1d', who: { group: 'offices', member: 1 }, how: 'weak-password', rate: '200/h',
    length: '10h',
  }],
}, 'laws');
