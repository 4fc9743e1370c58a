// Two addresses of another customer of our hoster, in the same /24, spray traps for four days. We have never
// met him. Registers that list ranges take the whole of it, ours included, and ask us to talk to a provider
// who does not answer.

import { metric, neighbour, office, scenario } from 'sharedfate';

export default scenario({
  title: 'A neighbour in our /24 who sends spam',
  question: 'What does a stranger in the next rack cost us, and can our desk do anything about it?',
  length: '21d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.130']);
    w.pool('alternative', ['198.51.100.130']);
    const level1 = w.register('uceprotect-1');
    const level2 = w.register('uceprotect-2');
    const bbfh = w.register('bbfh');
    const css = w.register('spamhaus-css');

    w.receiver('gmail', { share: '33%' });
    w.receiver('m365', { share: '24%', consults: [css] });
    w.receiver('outlook-consumer', { share: '12%' });
    w.receiver('gmx-webde', { share: '14%' });
    w.receiver('small-postfix', { share: '10%', consults: [css, bbfh] });
    w.receiver('uce-hardliner', { share: '7%', consults: [level1, level2] });

    w.tenants(60, office({ pool: shared, perDay: 30, accounts: 2, zone: 1 }));
    w.at('3d', neighbour(['192.0.2.201', '192.0.2.202'], { rate: '40/h', length: '4d' }));
    w.desk({ urgentRoute: 'alternative' });
  },
  gates: [
    metric('attribution.wrongly_accused').mean.atMost(0),
    metric('collateral.bounced.share').rate.atMost('2%', 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
