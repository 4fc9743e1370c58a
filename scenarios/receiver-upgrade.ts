// A mailbox provider tightens its rules between two Mondays: a tenth of unknown users used to be tolerated,
// now it is one in forty, and the rate an address may send at is cut. Nobody here changed anything; shops
// with mistyped addresses are enough.

import { metric, office, receiverUpgrade, scenario, shop } from 'sharedfate';

export default scenario({
  title: 'A provider that loses its patience overnight',
  question: 'What does a provider’s new rule cost senders who do what they always did?',
  length: '15d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.125']);
    const css = w.register('spamhaus-css');

    const gmx = w.receiver('gmx-webde', { share: '30%' });
    w.receiver('gmail', { share: '28%' });
    w.receiver('m365', { share: '15%', consults: [css] });
    w.receiver('t-online', { share: '12%' });
    w.receiver('outlook-consumer', { share: '8%' });
    w.receiver('small-postfix', { share: '7%', consults: [css] });

    w.tenants(40, office({ pool: shared, perDay: 25, accounts: 2, zone: 1 }));
    w.tenants(60, shop({ pool: shared, perDay: 60, zone: 1 }));
    // The second Monday, at midnight.
    w.at('7d', receiverUpgrade(gmx, { unknownUsers: '2.5%', perIpPerHour: 150 }));
  },
  gates: [
    metric('collateral.bounced.share').rate.atMost('1%', 'warn'),
    metric('attribution.wrongly_accused').mean.atMost(1, 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
