// The commonest incident of all: one office's mailbox password was weak, and its mailbox sends spam by the
// thousands.

import { compromised, metric, office, scenario } from 'sharedfate';

export default scenario({
  title: 'One weak password among 120 offices',
  question: 'How long does one stolen password hurt everyone behind the address?',
  length: '7d',
  warmup: '1d',
  seeds: 50,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.10']);
    // A clean address in another range, for mail to receivers that refuse the shared one.
    w.pool('alternative', ['198.51.100.10']);
    const css = w.register('spamhaus-css');
    const barracuda = w.register('barracuda-brbl');
    const psbl = w.register('psbl');
    const uceprotect = w.register('uceprotect-1');

    w.receiver('gmail', { share: '32%' });
    w.receiver('m365', { share: '24%', consults: [css] });
    w.receiver('outlook-consumer', { share: '10%' });
    w.receiver('yahoo', { share: '5%', consults: [css] });
    w.receiver('gmx-webde', { share: '9%' });
    w.receiver('small-postfix', { share: '9%', consults: [css] });
    w.receiver('barracuda', { share: '5%', consults: [barracuda] });
    w.receiver('postscreen-strict', { share: '4%', consults: [css, barracuda, psbl] });
    w.receiver('uce-hardliner', { share: '2%', consults: [uceprotect] });

    const offices = w.tenants(120, office({ pool: shared, perDay: 40, accounts: 3, zone: 1 }));
    // 21:00 on the first Tuesday in the offices' own time: nobody is at a desk, neither theirs nor the
    // platform's.
    w.at(
      '1d20h',
      compromised(w.pick(offices), { how: 'weak-password', rate: '4000/h', ramp: '15m', length: '14h' }),
    );
  },
  gates: [
    metric('time_to_block').p95.atMost('4h'),
    metric('fp.tenants').rate.atMost('1%'),
    metric('collateral.bounced.share').rate.atMost('1%', 'warn'),
  ],
});
