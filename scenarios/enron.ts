// Real people: 152 senders of one company, every message they sent each other from 1998 to 2002 at its real
// time, behind one address. For one night in October 2001 one of their passwords is in other hands.

import { compromised, metric, scenario } from 'sharedfate';

export default scenario({
  title: 'Enron: 152 real senders, one stolen night',
  question:
    'Whom does the policy hit among people who really sent this mail, and how long does the theft last?',
  // The first message is of 13 November 1998, the last of 21 June 2002.
  epoch: '1998-11-12T00:00:00Z',
  length: '1325d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.50']);
    const css = w.register('spamhaus-css');
    const barracuda = w.register('barracuda-brbl');
    const psbl = w.register('psbl');

    w.receiver('gmail', { share: '30%' });
    w.receiver('m365', { share: '25%', consults: [css] });
    w.receiver('outlook-consumer', { share: '12%' });
    w.receiver('yahoo', { share: '10%', consults: [css] });
    w.receiver('small-postfix', { share: '11%', consults: [css] });
    w.receiver('barracuda', { share: '7%', consults: [barracuda] });
    w.receiver('postscreen-strict', { share: '5%', consults: [css, barracuda, psbl] });

    const people = w.trace('traces/enron.csv', { senders: 152, pool: shared, name: 'people' });
    // Tuesday, 16 October 2001, 22:00 in Houston (03:00 UTC on the 17th): day 1,070 of the run.
    w.at(
      '1070d3h',
      compromised(w.pick(people), { how: 'weak-password', rate: '1500/h', ramp: '15m', length: '9h' }),
    );
  },
  gates: [
    // Not the 95th percentile: in 3 of 100 looks a person lets a thief in again, and 20 seeds may have one or
    // two.
    metric('time_to_block').p50.atMost('30m'),
    metric('escaped').p95.atMost(200),
    metric('fp.messages.rejected').rate.atMost('0.1%'),
    metric('fp.tenants').rate.atMost('5%'),
  ],
});
