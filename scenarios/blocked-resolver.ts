// A hosting company moves its mail servers to a public resolver. Spamhaus answers those with an error code,
// 127.255.255.254, which its server takes for a listing: from then on it refuses everybody's mail.

import { metric, office, registerFault, scenario, shop } from 'sharedfate';

export default scenario({
  title: 'A receiver that asks Spamhaus through a public resolver',
  question: 'How much mail is lost to a receiver’s own mistake, and whom does our desk chase for it?',
  length: '8d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.160']);
    const zen = w.register('spamhaus-zen');
    const psbl = w.register('psbl');

    w.receiver('gmail', { share: '33%' });
    w.receiver('m365', { share: '24%', consults: [zen] });
    w.receiver('outlook-consumer', { share: '13%' });
    w.receiver('yahoo', { share: '10%', consults: [zen] });
    w.receiver('small-postfix', { share: '8%', consults: [zen] });
    w.receiver('postscreen-strict', { share: '4%', consults: [zen, psbl] });
    const hoster = w.receiver('cpanel-spamcop', { name: 'hoster', share: '8%', consults: [zen] });

    w.tenants(80, office({ pool: shared, perDay: 30, accounts: 2 }));
    w.tenants(20, shop({ pool: shared, perDay: 60 }));
    // From the move on Wednesday night until Friday noon, when its own customers have complained enough.
    w.at('2d23h', registerFault(zen, 'resolver-blocked', { receiver: hoster, length: '1d13h' }));
  },
  gates: [
    metric('listed_hours').p95.atMost('0h', 'warn'),
    metric('attribution.wrongly_accused').mean.atMost(0),
    metric('collateral.bounced.share').rate.atMost('3%', 'warn'),
  ],
});
