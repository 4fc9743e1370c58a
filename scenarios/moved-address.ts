// A small platform moves to another hoster at the weekend, and takes over an address that was part of a
// dynamic range: the PBL still has it, and nobody looked. Nothing is wrong with the mail; receivers refuse it
// on Monday morning all the same, until somebody fills in a form.

import { metric, office, scenario, shop } from 'sharedfate';

export default scenario({
  title: 'A new address that is still in a dynamic range',
  question: 'How much of a Monday is lost when an operator moves to an address that the PBL lists?',
  length: '5d',
  seeds: 20,
  build(w) {
    const moved = ['192.0.2.230'];
    const shared = w.pool('shared', moved, { cold: moved, dynamic: moved });
    const zen = w.register('spamhaus-zen');
    // Wants abuse besides: honest typing errors can be enough.
    const dyna = w.register('spamrats-dyna');

    w.receiver('gmail', { share: '34%' });
    w.receiver('m365', { share: '24%', consults: [zen] });
    w.receiver('outlook-consumer', { share: '12%' });
    w.receiver('yahoo', { share: '8%', consults: [zen] });
    w.receiver('gmx-webde', { share: '8%' });
    w.receiver('small-postfix', { share: '14%', consults: [zen, dyna] });

    w.tenants(15, office({ pool: shared, perDay: 30, accounts: 2, zone: 1 }));
    w.tenants(3, shop({ pool: shared, perDay: 60, urgent: '40%', zone: 1 }));
  },
  gates: [
    metric('collateral.bounced.share').rate.atMost('2%', 'warn'),
    metric('attribution.wrongly_accused').mean.atMost(0, 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
