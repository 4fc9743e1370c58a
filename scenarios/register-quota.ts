// A register begins to enforce its free quota: 10,000 questions in 30 days, then 127.255.255.255 for every
// address. Busy sites that never registered hit it by the middle of the month. Some score, some reject, few
// read the code.

import { metric, office, registerFault, scenario, shop } from 'sharedfate';

export default scenario({
  title: 'A register that answers "quota exceeded" to busy sites',
  question: 'Which receivers take a quota code for a listing, and what does it cost the innocent?',
  length: '15d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.165']);
    const css = w.register('spamhaus-css');
    const rpbl = w.register('validity-rpbl');

    w.receiver('gmail', { share: '34%' });
    w.receiver('m365', { share: '24%', consults: [css] });
    w.receiver('outlook-consumer', { share: '13%' });
    w.receiver('gmx-webde', { share: '11%' });
    // Reads the codes; scores; rejects.
    w.receiver('comcast', { share: '6%', consults: [css, rpbl] });
    w.receiver('spamassassin-scoring', { share: '6%', consults: [css, rpbl] });
    w.receiver('small-postfix', { share: '6%', consults: [css, rpbl] });

    w.tenants(50, office({ pool: shared, perDay: 30, accounts: 2 }));
    w.tenants(15, shop({ pool: shared, perDay: 60 }));
    w.at('7d10h', registerFault(rpbl, 'quota-exceeded', { length: '4d' }));
  },
  gates: [
    metric('attribution.wrongly_accused').mean.atMost(0),
    metric('collateral.bounced.share').rate.atMost('2%', 'warn'),
    metric('fp.tenants').rate.atMost('0%'),
  ],
});
