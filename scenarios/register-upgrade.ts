// Nobody did anything: overnight a register counts trap hits over a month instead of a day, and hears from
// more traps, domains a typing error away from big ones among them, as Spamhaus did in December 2012. The few
// hits that honest mail always makes now suffice.

import { metric, newsletter, office, registerUpgrade, scenario } from 'sharedfate';

export default scenario({
  title: 'A register that tightens its rule overnight',
  question: 'Can an address be listed with no culprit at all, and what does the desk do about it?',
  length: '21d',
  warmup: '2d',
  seeds: 50,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.40']);
    const css = w.register('spamhaus-css', { coverage: '10%' });
    // As a patient register: ten hits in a day. The CSS stands for a list that takes mistyped domains, and
    // that receivers had trusted for years.
    const tightened = w.register('spamhaus-css', {
      name: 'tightened',
      coverage: '5%',
      rule: { trapThreshold: 10, window: '1d', expiry: '12h' },
    });

    w.receiver('gmail', { share: '33%' });
    w.receiver('m365', { share: '25%', consults: [css] });
    w.receiver('outlook-consumer', { share: '10%' });
    w.receiver('gmx-webde', { share: '12%' });
    w.receiver('small-postfix', { share: '14%', consults: [css, tightened] });
    w.receiver('postscreen-strict', { share: '6%', consults: [css, tightened] });

    w.tenants(150, office({ pool: shared, perDay: 50, accounts: 4 }));
    w.tenants(
      10,
      newsletter({
        pool: shared,
        size: 4_000,
        every: '7d',
        first: '1d9h',
        pace: '2000/h',
        allowance: '2500/h',
      }),
    );
    w.at(
      '8d2h',
      registerUpgrade(tightened, { trapThreshold: 3, window: '30d', expiry: '7d', coverage: '40%' }),
    );
  },
  gates: [
    metric('collateral.bounced.share').rate.atMost('5%', 'warn'),
    metric('attribution.wrongly_accused').mean.atMost(1, 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
