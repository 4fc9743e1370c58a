// Two exports of one good list were merged without looking: four readers in five get the newsletter twice,
// minutes apart. Every address exists and asked for it. What comes back are complaints, a day later, and only
// from where there is a complaint loop.

import { careless, metric, newsletter, office, scenario } from 'sharedfate';

export default scenario({
  title: 'A good list that holds most of its readers twice',
  question: 'What harm does a merged list do when each of its addresses is real and asked for the mail?',
  length: '9d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.80']);
    const css = w.register('spamhaus-css');
    const spamcop = w.register('spamcop-scbl');

    w.receiver('gmail', { share: '38%' });
    w.receiver('yahoo', { share: '17%', consults: [css] });
    w.receiver('outlook-consumer', { share: '20%' });
    w.receiver('comcast', { share: '8%', consults: [css] });
    w.receiver('m365', { share: '10%', consults: [css] });
    w.receiver('cpanel-spamcop', { share: '7%', consults: [spamcop, css] });

    w.tenants(80, office({ pool: shared, perDay: 40, accounts: 3, zone: -5 }));
    const bulk = { size: 1_500, every: '7d', first: '2d15h', pace: '2000/h', allowance: '6000/h' } as const;
    const senders = w.tenants(12, newsletter({ pool: shared, ...bulk }));
    w.at(
      '2d15h',
      careless(w.pick(senders), { size: 5_000, pace: '3000/h', duplicates: '80%', list: 'opt-in' }),
    );
  },
  gates: [
    metric('fp.tenants').rate.atMost('1%'),
    metric('collateral.bounced.share').rate.atMost('0.5%', 'warn'),
  ],
});
