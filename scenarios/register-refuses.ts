// A paid register answers REFUSED to everybody whose key has lapsed, our own look-ups among them, a few hours
// after a stolen password got us listed there. Receivers hear nothing and take the mail; the desk must not
// take silence for a delisting.

import { compromised, metric, office, registerFault, scenario } from 'sharedfate';

export default scenario({
  title: 'A register that refuses to answer while we stand on it',
  question: 'What do we and the receivers believe of a listing that can no longer be asked about?',
  length: '8d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.170']);
    const css = w.register('spamhaus-css', { coverage: '10%' });
    const abusix = w.register('abusix-combined', { coverage: '60%' });

    w.receiver('gmail', { share: '28%' });
    w.receiver('m365', { share: '18%', consults: [css] });
    w.receiver('outlook-consumer', { share: '10%' });
    w.receiver('gmx-webde', { share: '10%' });
    w.receiver('orange', { share: '14%', consults: [abusix, css] });
    w.receiver('small-postfix', { share: '20%', consults: [abusix, css] });

    const offices = w.tenants(80, office({ pool: shared, perDay: 30, accounts: 3, zone: 1 }));
    w.at(
      '1d19h',
      compromised(w.pick(offices), {
        how: 'weak-password', rate: '1500/h', length: '16h', list: { kind: 'harvested', pristine: '10%' },
      }),
    );
    w.at('1d23h', registerFault(abusix, 'refused', { length: '2d' }));
  },
  gates: [
    metric('time_to_block').p95.atMost('4h'),
    metric('collateral.bounced.share').rate.atMost('1%', 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
