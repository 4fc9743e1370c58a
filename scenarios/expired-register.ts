// The domain of a register runs out over a weekend, and a parking host answers every question about it with
// the address of its advertisements. That is no listing code; whoever counts any answer as one refuses all
// mail.

import { metric, office, registerFault, scenario, shop } from 'sharedfate';

export default scenario({
  title: 'An expired register whose parking host answers everything',
  question: 'Who refuses our mail when a register’s domain is parked, and what can our desk do?',
  length: '9d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.145']);
    const css = w.register('spamhaus-css');
    const barracuda = w.register('barracuda-brbl');
    const expired = w.register('s5h', { coverage: '0%' });

    w.receiver('gmail', { share: '34%' });
    w.receiver('m365', { share: '25%', consults: [css] });
    w.receiver('outlook-consumer', { share: '12%' });
    w.receiver('gmx-webde', { share: '12%' });
    w.receiver('small-postfix', { share: '7%', consults: [css, expired] });
    // One listing alone does not reach its threshold of 3: weights forgive what reject lists do not.
    w.receiver('postscreen-strict', { share: '5%', consults: [css, barracuda, expired] });
    // A provider that reads the codes.
    w.receiver('orange', { share: '5%', consults: [css, expired] });

    w.tenants(80, office({ pool: shared, perDay: 30, accounts: 2, zone: 1 }));
    w.tenants(20, shop({ pool: shared, perDay: 60, zone: 1 }));
    // Saturday at 03:00, until somebody pays the registrar on Monday afternoon.
    w.at('5d3h', registerFault(expired, 'domain-expired-wildcard', { length: '2d12h' }));
  },
  gates: [
    metric('fp.tenants').rate.atMost('0%'),
    metric('attribution.wrongly_accused').mean.atMost(0),
    metric('collateral.bounced.share').rate.atMost('3%', 'warn'),
  ],
});
