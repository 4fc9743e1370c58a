// As with SORBS in 2010: a stolen password was dealt with within the hour, but the register it got us onto
// answers no mail. Requests lie for weeks, or are refused for reasons that have nothing to do with us. The
// listing outlives its cause by a month.

import { compromised, metric, office, registerFault, scenario } from 'sharedfate';

export default scenario({
  title: 'A register whose operator answers nobody',
  question: 'How long does a listing last when its cause is gone and nobody can be asked?',
  length: '36d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.190']);
    w.pool('alternative', ['198.51.100.190']);
    const css = w.register('spamhaus-css', { coverage: '10%' });
    const rats = w.register('spamrats-spam', { coverage: '50%' });

    w.receiver('gmail', { share: '35%' });
    w.receiver('m365', { share: '25%', consults: [css] });
    w.receiver('outlook-consumer', { share: '12%' });
    w.receiver('gmx-webde', { share: '14%' });
    w.receiver('small-postfix', { share: '14%', consults: [css, rats] });

    const offices = w.tenants(40, office({ pool: shared, perDay: 20, accounts: 2, zone: 1 }));
    w.at('1d', registerFault(rats, 'operator-unreachable', { length: '34d' }));
    w.at(
      '1d19h',
      compromised(w.pick(offices), {
        how: 'weak-password', rate: '1500/h', length: '16h', list: { kind: 'harvested', pristine: '20%' },
      }),
    );
    w.desk({ urgentRoute: 'alternative' });
  },
  gates: [
    // Some night a person takes the alarm for a false one and opens the account again.
    metric('time_to_block').p50.atMost('1h'),
    metric('escaped').p95.atMost(150),
    metric('collateral.bounced.share').rate.atMost('5%', 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
