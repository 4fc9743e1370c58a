// The name servers of a register point at a dead address. Nobody is refused for it; but each mail to a site
// that asks there waits ten seconds for an answer that does not come, and newsletter morning finds the queue
// longer.

import { metric, newsletter, office, registerFault, scenario } from 'sharedfate';

export default scenario({
  title: 'A register whose name servers are dead',
  question: 'Does anybody lose mail when a register does not answer, or is everything only slower?',
  length: '8d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.150']);
    const css = w.register('spamhaus-css');
    const dead = w.register('psbl');

    w.receiver('gmail', { share: '30%' });
    w.receiver('m365', { share: '22%', consults: [css] });
    w.receiver('outlook-consumer', { share: '12%' });
    w.receiver('gmx-webde', { share: '16%' });
    w.receiver('small-postfix', { share: '12%', consults: [css, dead] });
    w.receiver('postscreen-strict', { share: '8%', consults: [css, dead] });

    w.tenants(80, office({ pool: shared, perDay: 30, accounts: 2, zone: 1 }));
    const bulk = { size: 4_000, every: '7d', first: '2d9h', pace: '4000/h', allowance: '4000/h' } as const;
    w.tenants(8, newsletter({ pool: shared, ...bulk }));
    // A few connections to each receiver, as cautious senders have it: ten seconds of waiting fill them.
    w.outbound({ connections: 3 });
    w.at('1d12h', registerFault(dead, 'ns-blackhole', { length: '4d' }));
  },
  gates: [
    metric('collateral.bounced').p95.atMost(0),
    metric('queue.peak').p95.atMost(5_000, 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
