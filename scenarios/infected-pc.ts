// Somebody in an office opened an attachment. The malware found three mailbox passwords on the PC, and sends
// through them in working hours, from the office's own address, between the letters of twelve people who
// notice nothing.

import { infected, metric, office, scenario } from 'sharedfate';

export default scenario({
  title: 'An infected PC that knows three passwords',
  question: 'Is the infected PC stopped, and do its colleagues behind the same address still write?',
  length: '8d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.65']);
    const css = w.register('spamhaus-css');
    const xbl = w.register('spamhaus-xbl');
    const barracuda = w.register('barracuda-brbl');

    w.receiver('gmail', { share: '26%' });
    w.receiver('m365', { share: '32%', consults: [css, xbl] });
    w.receiver('outlook-consumer', { share: '8%' });
    w.receiver('gmx-webde', { share: '10%' });
    w.receiver('t-online', { share: '6%' });
    w.receiver('barracuda', { share: '7%', consults: [barracuda] });
    w.receiver('mimecast', { share: '4%' });
    w.receiver('small-postfix', { share: '7%', consults: [css, xbl] });

    const offices = w.tenants(60, office({ pool: shared, perDay: 25, accounts: 12, zone: 1 }));
    // Wednesday, 10:00 in the office's own time: the attachment looked like an invoice.
    w.at('2d9h', infected(w.pick(offices), { rate: '1800/h', accounts: 3, length: '3d' }));
  },
  gates: [
    metric('time_to_block').p95.atMost('30m'),
    metric('fp.tenants').rate.atMost('1%'),
    metric('collateral.bounced.share').rate.atMost('1%', 'warn'),
  ],
});
