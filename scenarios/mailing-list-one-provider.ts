// No malice anywhere: a customer with a bulk contract finds its list of years ago and mails it in one go, and
// all of it is at one provider. The contract allows the volume, so no limit speaks; what betrays the list are
// the dead addresses on it.

import { careless, metric, newsletter, office, scenario } from 'sharedfate';

export default scenario({
  title: 'A stale list, all at one provider',
  question: 'What does one careless mailing do to everyone else who writes to the same provider?',
  length: '7d',
  warmup: '1d',
  seeds: 50,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.20', '192.0.2.21']);
    const css = w.register('spamhaus-css');
    const psbl = w.register('psbl');
    const abusix = w.register('abusix-combined');

    const gmx = w.receiver('gmx-webde', { share: '30%' });
    w.receiver('gmail', { share: '28%' });
    w.receiver('m365', { share: '17%', consults: [css] });
    w.receiver('outlook-consumer', { share: '9%' });
    w.receiver('t-online', { share: '6%' });
    w.receiver('orange', { share: '2%', consults: [abusix, css] });
    w.receiver('small-postfix', { share: '5%', consults: [css] });
    w.receiver('postscreen-strict', { share: '3%', consults: [css, psbl] });

    w.tenants(80, office({ pool: shared, perDay: 40, accounts: 3, zone: 1 }));
    const senders = w.tenants(
      12,
      newsletter({
        pool: shared,
        size: 3_000,
        every: '7d',
        first: '1d9h',
        pace: '2000/h',
        allowance: '6000/h',
      }),
    );
    // Wednesday, 10:30 in the customer's own time: everybody is at work and writing to that provider too.
    w.at(
      '2d9h30m',
      careless(w.pick(senders), { size: 25_000, pace: '6000/h', provider: gmx, list: 'stale' }),
    );
  },
  gates: [
    metric('time_to_block').p95.atMost('3h'),
    // The careless sender, whose list is to be stopped, is one of 92 tenants; nobody else is to be hit.
    metric('fp.tenants').rate.atMost('1.2%'),
    metric('collateral.bounced.share').rate.atMost('1%', 'warn'),
  ],
});
