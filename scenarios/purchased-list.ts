// "30,000 decision makers, opted in": a customer with a bulk contract buys a list and mails it on Tuesday
// morning. A fifth of it does not exist, and among the rest are addresses that no person ever used. The
// contract allows the volume.

import { careless, metric, newsletter, office, scenario } from 'sharedfate';

export default scenario({
  title: 'A purchased list of 30,000, sent under a bulk contract',
  question: 'Who speaks first about a purchased list: our bounce limit, the traps, or the recipients?',
  length: '8d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.75', '192.0.2.76']);
    const sbl = w.register('spamhaus-sbl');
    const css = w.register('spamhaus-css');
    const barracuda = w.register('barracuda-brbl');
    const psbl = w.register('psbl');

    w.receiver('gmail', { share: '27%' });
    w.receiver('m365', { share: '34%', consults: [sbl, css] });
    w.receiver('outlook-consumer', { share: '7%' });
    w.receiver('yahoo', { share: '5%', consults: [sbl, css] });
    w.receiver('barracuda', { share: '8%', consults: [barracuda] });
    w.receiver('mimecast', { share: '6%' });
    w.receiver('small-postfix', { share: '8%', consults: [sbl, css] });
    w.receiver('postscreen-strict', { share: '5%', consults: [sbl, css, barracuda, psbl] });

    w.tenants(100, office({ pool: shared, perDay: 40, accounts: 3 }));
    const bulk = { size: 2_000, every: '7d', first: '2d10h', pace: '1500/h', allowance: '6000/h' } as const;
    const senders = w.tenants(10, newsletter({ pool: shared, ...bulk }));
    w.at('1d9h', careless(w.pick(senders), { size: 30_000, pace: '6000/h', list: 'purchased' }));
  },
  gates: [
    metric('time_to_block').p95.atMost('2h'),
    metric('fp.tenants').rate.atMost('1%'),
    metric('collateral.bounced.share').rate.atMost('1%', 'warn'),
  ],
});
