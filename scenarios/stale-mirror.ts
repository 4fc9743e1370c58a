// A newsletter's bad list got us onto a register; the cause is gone and a form on a web page took us off. But
// one of the three mirrors stopped copying the zone that morning: two answers out of three are clean, the
// third is not.

import { careless, metric, newsletter, office, registerFault, scenario } from 'sharedfate';

export default scenario({
  title: 'A register with one mirror that missed the delisting',
  question: 'How long is mail still refused, and urgent mail late, after we have come off?',
  length: '12d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.185']);
    const css = w.register('spamhaus-css', { coverage: '1%' });
    const psbl = w.register('psbl', { coverage: '60%' });

    w.receiver('gmail', { share: '30%' });
    w.receiver('m365', { share: '22%', consults: [css] });
    w.receiver('outlook-consumer', { share: '10%' });
    w.receiver('gmx-webde', { share: '16%' });
    w.receiver('small-postfix', { share: '16%', consults: [css, psbl] });
    w.receiver('postscreen-strict', { share: '6%', consults: [css, psbl] });

    w.tenants(80, office({ pool: shared, perDay: 30, accounts: 2, zone: 1 }));
    const bulk = { size: 2_000, every: '7d', first: '4d9h', pace: '2000/h', allowance: '6000/h' } as const;
    const senders = w.tenants(6, newsletter({ pool: shared, ...bulk }));
    // So many traps that the one register hears of it at once, and hardly the other.
    const full = { kind: 'purchased', pristine: '4%' } as const;
    w.at('1d9h', careless(w.pick(senders), { size: 10_000, pace: '6000/h', list: full }));
    // The mirror keeps what it had an hour later, while we stood there.
    w.at('1d10h', registerFault(psbl, 'stale-mirror', { length: '6d' }));
  },
  gates: [
    metric('time_to_recover').p95.atMost('2d', 'warn'),
    metric('collateral.bounced.share').rate.atMost('3%', 'warn'),
    metric('fp.tenants').rate.atMost('2%'),
  ],
});
