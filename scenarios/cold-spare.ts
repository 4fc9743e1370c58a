// The shared address is listed on a Tuesday night. Password resets and order mails of 80 shops cannot wait;
// the desk moves them to a spare address in another range, which has not sent a message in months: to many
// receivers a stranger.

import { careless, metric, newsletter, office, scenario, shop } from 'sharedfate';

export default scenario({
  title: 'Urgent mail moves to a cold spare address',
  question: 'Does a spare address help at once, or does it have to be warm before it is needed?',
  length: '9d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.195']);
    const spare = ['198.51.100.195'];
    w.pool('alternative', spare, { cold: spare, warmup: 'sparkpost-30d' });
    const css = w.register('spamhaus-css');
    const barracuda = w.register('barracuda-brbl');
    // Lists whatever has not sent for 30 days, for its first 25 hours.
    const noip = w.register('abusix-noip');

    w.receiver('gmail', { share: '31%' });
    w.receiver('m365', { share: '22%', consults: [css] });
    w.receiver('outlook-consumer', { share: '13%' });
    w.receiver('barracuda', { share: '10%', consults: [barracuda] });
    w.receiver('orange', { share: '6%', consults: [css, noip] });
    w.receiver('mimecast', { share: '6%' });
    w.receiver('small-postfix', { share: '12%', consults: [css] });

    w.tenants(40, office({ pool: shared, perDay: 30, accounts: 2, zone: 1 }));
    w.tenants(80, shop({ pool: shared, perDay: 40, urgent: '60%', zone: 1 }));
    const bulk = { size: 2_000, every: '7d', first: '5d9h', pace: '2000/h', allowance: '6000/h' } as const;
    const senders = w.tenants(6, newsletter({ pool: shared, ...bulk }));
    w.at('1d15h', careless(w.pick(senders), { size: 20_000, pace: '6000/h', list: 'purchased' }));
    w.desk({ urgentRoute: 'alternative' });
  },
  gates: [
    metric('wanted.lost').p95.atMost(200, 'warn'),
    metric('collateral.bounced.share').rate.atMost('1%', 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
