// The customer who signs up to spam: pays for a bulk contract, behaves for days, and has a list without dead
// addresses. So neither volume nor bounces betray it. What remains are complaints, which come late, and the
// few traps on the list.

import { metric, newsletter, office, quiet, scenario, spammer } from 'sharedfate';

export default scenario({
  title: 'A spammer who warms up and keeps a clean list',
  question: 'How much spam gets out when the list is clean and the sender has behaved for three days?',
  length: '10d',
  warmup: '1d',
  seeds: 50,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.30']);
    const css = w.register('spamhaus-css');
    const barracuda = w.register('barracuda-brbl');
    const spamrats = w.register('spamrats-spam');

    w.receiver('gmail', { share: '34%' });
    w.receiver('m365', { share: '22%', consults: [css] });
    w.receiver('outlook-consumer', { share: '14%' });
    w.receiver('yahoo', { share: '12%', consults: [css] });
    w.receiver('barracuda', { share: '7%', consults: [barracuda] });
    w.receiver('cpanel-spamcop', { share: '6%', consults: [css] });
    w.receiver('small-postfix', { share: '5%', consults: [css, spamrats] });

    w.tenants(100, office({ pool: shared, perDay: 40, accounts: 3 }));
    w.tenants(
      6,
      newsletter({
        pool: shared,
        size: 5_000,
        every: '7d',
        first: '2d10h',
        pace: '3000/h',
        allowance: '4000/h',
      }),
    );
    const newcomer = w.tenants(1, quiet({ pool: shared, name: 'newcomer', allowance: '4000/h' }));
    w.at(
      '1d14h',
      spammer(w.member(newcomer, 0), {
        warmup: '3d',
        warmupRate: '30/h',
        rate: '3000/h',
        length: '12h',
        list: 'clean',
      }),
    );
  },
  gates: [
    metric('time_to_block').p95.atMost('4h'),
    metric('escaped').p95.atMost(5_000),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
