// People report group mail, and SpamCop lists the outgoing addresses of a whole provider: ours. Nobody here
// did anything out of the ordinary. It happened to the largest in 2006, and to many since; it passes by
// itself.

import { metric, newsletter, office, registerFault, scenario } from 'sharedfate';

export default scenario({
  title: 'SpamCop lists all addresses of a large provider',
  question: 'How much wanted mail is lost while a register has the wrong one, and whom does our desk accuse?',
  length: '9d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.180', '192.0.2.181', '198.51.100.180']);
    const css = w.register('spamhaus-css');
    const spamcop = w.register('spamcop-scbl');

    w.receiver('gmail', { share: '34%' });
    w.receiver('m365', { share: '22%', consults: [css] });
    w.receiver('outlook-consumer', { share: '12%' });
    w.receiver('yahoo', { share: '10%', consults: [css] });
    w.receiver('cpanel-spamcop', { share: '11%', consults: [spamcop, css] });
    // Where SpamCop is one voice among several it tips no scale.
    w.receiver('spamassassin-scoring', { share: '6%', consults: [spamcop, css] });
    w.receiver('postscreen-strict', { share: '5%', consults: [spamcop, css] });

    w.tenants(100, office({ pool: shared, perDay: 30, accounts: 3 }));
    const bulk = { size: 2_000, every: '7d', first: '2d10h', pace: '2000/h', allowance: '2500/h' } as const;
    w.tenants(10, newsletter({ pool: shared, ...bulk }));
    w.at('2d6h', registerFault(spamcop, 'lists-big-provider', { length: '12h' }));
  },
  gates: [
    metric('collateral.bounced.share').rate.atMost('2%', 'warn'),
    metric('attribution.wrongly_accused').mean.atMost(1, 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
