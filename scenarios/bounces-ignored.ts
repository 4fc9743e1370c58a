// A newsletter whose software throws bounces away: the same 6,000 addresses are mailed every week, however
// often they said 550. The list ages; what was a mailbox becomes a dead address, and in the end a trap. Each
// round alone looks harmless.

import { careless, metric, newsletter, office, scenario } from 'sharedfate';

export default scenario({
  title: 'Six weeks of a newsletter that never reads its bounces',
  question: 'Does anybody notice a list that goes bad slowly, before a register does?',
  length: '43d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.85']);
    const css = w.register('spamhaus-css');
    const spamcop = w.register('spamcop-scbl');
    const spamrats = w.register('spamrats-spam');

    w.receiver('gmail', { share: '30%' });
    w.receiver('gmx-webde', { share: '20%' });
    w.receiver('m365', { share: '18%', consults: [css] });
    w.receiver('outlook-consumer', { share: '14%' });
    w.receiver('laposte', { share: '6%' });
    w.receiver('cpanel-spamcop', { share: '6%', consults: [spamcop, css] });
    w.receiver('small-postfix', { share: '6%', consults: [css, spamrats] });

    w.tenants(20, office({ pool: shared, perDay: 20, accounts: 2, zone: 1 }));
    const bulk = { size: 1_000, every: '7d', first: '1d9h', pace: '2000/h', allowance: '3000/h' } as const;
    const senders = w.tenants(8, newsletter({ pool: shared, ...bulk }));
    // One address in twenty is dead when we first see it: half of what bulk platforms pause for.
    const list = { kind: 'stale', unknown: '5%', recycled: '0.2%' } as const;
    w.at(
      '2d10h',
      careless(w.pick(senders), { size: 6_000, pace: '3000/h', rounds: 6, bounces: 'ignored', list }),
    );
  },
  gates: [
    metric('time_to_block').p50.atMost('4h'),
    metric('fp.tenants').rate.atMost('4%'),
    metric('listed_hours').p50.atMost('24h', 'warn'),
    metric('collateral.bounced.share').rate.atMost('1%', 'warn'),
  ],
});
