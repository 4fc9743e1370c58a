// One customer, twenty mailboxes: each stays below what one mailbox may send, together they send 1,200
// messages an hour. Limits by account see twenty busy people; only what is counted for the whole customer can
// see one spammer.

import { metric, office, quiet, scenario, spammer } from 'sharedfate';

export default scenario({
  title: 'One spammer behind twenty mailboxes of his own',
  question: 'How much gets out when a spammer spreads over accounts that each keep the limits?',
  length: '7d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.95']);
    const css = w.register('spamhaus-css');
    const barracuda = w.register('barracuda-brbl');
    const psbl = w.register('psbl');

    w.receiver('gmail', { share: '35%' });
    w.receiver('m365', { share: '22%', consults: [css] });
    w.receiver('outlook-consumer', { share: '14%' });
    w.receiver('yahoo', { share: '10%', consults: [css] });
    w.receiver('barracuda', { share: '7%', consults: [barracuda] });
    w.receiver('small-postfix', { share: '7%', consults: [css] });
    w.receiver('postscreen-strict', { share: '5%', consults: [css, barracuda, psbl] });

    w.tenants(100, office({ pool: shared, perDay: 40, accounts: 3 }));
    const firm = w.tenants(1, quiet({ pool: shared, name: 'firm', accounts: 20 }));
    const habits = { warmup: '2d', warmupRate: '20/h', rate: '1200/h', length: '10h' } as const;
    w.at(
      '1d8h',
      spammer(w.member(firm, 0), { tactic: 'accounts', spread: 20, ...habits, list: 'purchased' }),
    );
  },
  gates: [
    metric('time_to_block').p95.atMost('2h'),
    metric('escaped').p95.atMost(1_500),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
