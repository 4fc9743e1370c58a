// A thief who bought passwords by the dozen: when mail from one mailbox comes back refused, he goes on from
// the next, of the same office first, then of others. Each account is fresh to every counter that is kept by
// account.

import { compromised, metric, office, scenario } from 'sharedfate';

export default scenario({
  title: 'A thief who moves to the next mailbox when he is refused',
  question: 'What does it help to shut a stolen account when the thief has others?',
  length: '7d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.110']);
    const css = w.register('spamhaus-css');
    const barracuda = w.register('barracuda-brbl');
    const psbl = w.register('psbl');

    w.receiver('gmail', { share: '30%' });
    w.receiver('m365', { share: '26%', consults: [css] });
    w.receiver('outlook-consumer', { share: '12%' });
    w.receiver('gmx-webde', { share: '10%' });
    w.receiver('barracuda', { share: '8%', consults: [barracuda] });
    w.receiver('small-postfix', { share: '9%', consults: [css] });
    w.receiver('postscreen-strict', { share: '5%', consults: [css, barracuda, psbl] });

    const offices = w.tenants(120, office({ pool: shared, perDay: 30, accounts: 2, zone: 1 }));
    // Tuesday, 20:00 in the offices' own time.
    w.at(
      '1d19h',
      compromised(w.pick(offices), {
        how: 'weak-password', rate: '900/h', length: '3d', whenBlocked: 'move',
      }),
    );
  },
  gates: [
    metric('time_to_block').p95.atMost('12h'),
    metric('escaped').p95.atMost(500, 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
