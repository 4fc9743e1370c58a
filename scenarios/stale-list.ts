// A club's new secretary finds the members' addresses of ten years ago and invites them all to the jubilee,
// in one afternoon. One in eight is dead, some have become traps since. There is no contract for bulk, and no
// malice.

import { careless, metric, office, scenario } from 'sharedfate';

export default scenario({
  title: 'The jubilee: a stale list of 4,000 from an ordinary mailbox',
  question: 'Is a stale list stopped by its dead addresses before its traps get the address listed?',
  length: '8d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.70']);
    const css = w.register('spamhaus-css');
    const spamcop = w.register('spamcop-scbl');
    const abusix = w.register('abusix-combined');

    w.receiver('gmail', { share: '25%' });
    w.receiver('gmx-webde', { share: '22%' });
    w.receiver('m365', { share: '17%', consults: [css] });
    w.receiver('t-online', { share: '10%' });
    w.receiver('outlook-consumer', { share: '8%' });
    w.receiver('orange', { share: '5%', consults: [abusix, css] });
    w.receiver('small-postfix', { share: '7%', consults: [css] });
    w.receiver('cpanel-spamcop', { share: '6%', consults: [spamcop, css] });

    const clubs = w.tenants(120, office({ pool: shared, perDay: 30, accounts: 3, zone: 1 }));
    // Thursday, 15:00 in the club's own time.
    w.at('3d14h', careless(w.pick(clubs), { size: 4_000, pace: '1500/h', list: 'stale' }));
  },
  gates: [
    metric('time_to_block').p95.atMost('1h'),
    metric('fp.tenants').rate.atMost('1%'),
    metric('listed_hours').p50.atMost('0h', 'warn'),
  ],
});
