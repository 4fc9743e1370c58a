// A plug-in that nobody updated: over a weekend somebody else sends through the contact form of one of 160
// small shops, in bursts, from the shop's own server, without a password. No login looks odd, and nobody is
// there to look.

import { compromised, metric, scenario, shop } from 'sharedfate';

export default scenario({
  title: 'One outdated script among 160 shops',
  question: 'How much gets out over a weekend when a hole in a web site needs no password?',
  length: '8d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const hosting = w.pool('shared', ['192.0.2.60', '192.0.2.61']);
    const css = w.register('spamhaus-css');
    const xbl = w.register('spamhaus-xbl');
    const spamcop = w.register('spamcop-scbl');
    const psbl = w.register('psbl');

    w.receiver('gmail', { share: '36%' });
    w.receiver('m365', { share: '17%', consults: [css, xbl] });
    w.receiver('outlook-consumer', { share: '13%' });
    w.receiver('yahoo', { share: '8%', consults: [css, xbl] });
    w.receiver('gmx-webde', { share: '11%' });
    w.receiver('cpanel-spamcop', { share: '7%', consults: [spamcop, css, xbl] });
    w.receiver('spamassassin-scoring', { share: '4%', consults: [css, xbl, psbl, spamcop] });
    w.receiver('postscreen-strict', { share: '4%', consults: [css, psbl, spamcop] });

    const shops = w.tenants(160, shop({ pool: hosting, perDay: 60, zone: 1 }));
    // Friday, 19:00 in the shops' own time, until Monday morning.
    w.at(
      '4d18h',
      compromised(w.pick(shops), { how: 'outdated-script', rate: '700/h', length: '2d18h' }),
    );
  },
  gates: [
    metric('time_to_block').p95.atMost('4h'),
    metric('fp.tenants').rate.atMost('1%'),
    metric('listed_hours').p50.atMost('12h', 'warn'),
  ],
});
