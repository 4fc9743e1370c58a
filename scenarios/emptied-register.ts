// A register closes the decent way: it empties its zone and keeps answering "not listed". On the same evening
// a password is stolen. To us the address looks cleaner than ever; sites that trusted the register take what
// they would have refused.

import { compromised, metric, office, registerFault, scenario } from 'sharedfate';

export default scenario({
  title: 'A stolen password in the week a register empties itself',
  question: 'Do we notice abuse later when the register that used to list us has gone quiet?',
  length: '7d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.155']);
    const css = w.register('spamhaus-css', { coverage: '10%' });
    // Half of all traps used to report to it: at sites like these it was the list that counted.
    const nixspam = w.register('nixspam', { coverage: '50%' });

    w.receiver('gmail', { share: '22%' });
    w.receiver('m365', { share: '16%', consults: [css] });
    w.receiver('gmx-webde', { share: '20%' });
    w.receiver('t-online', { share: '10%' });
    w.receiver('small-postfix', { share: '22%', consults: [css, nixspam] });
    w.receiver('postscreen-strict', { share: '10%', consults: [css, nixspam] });

    const offices = w.tenants(100, office({ pool: shared, perDay: 40, accounts: 3, zone: 1 }));
    w.at('1d12h', registerFault(nixspam, 'graceful-empty', { length: '5d' }));
    w.at(
      '1d19h',
      compromised(w.pick(offices), { how: 'weak-password', rate: '1500/h', length: '16h' }),
    );
  },
  gates: [
    metric('time_to_block').p95.atMost('4h'),
    metric('escaped').p95.atMost(500, 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
