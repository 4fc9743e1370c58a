// He has read our terms. After three quiet days he sends eight messages an hour around the clock, under every
// limit of an ordinary mailbox, to a list he has verified. Once refused he leaves and signs up with somebody
// else.

import { metric, office, quiet, scenario, spammer } from 'sharedfate';

export default scenario({
  title: 'A spammer who drips under every limit for ten days',
  question: 'How long can somebody spam who never exceeds a limit, and what tells him apart in the end?',
  length: '15d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.90']);
    const css = w.register('spamhaus-css');
    const spamcop = w.register('spamcop-scbl');
    const spamrats = w.register('spamrats-spam');

    w.receiver('gmail', { share: '40%' });
    w.receiver('outlook-consumer', { share: '18%' });
    w.receiver('yahoo', { share: '14%', consults: [css] });
    w.receiver('m365', { share: '14%', consults: [css] });
    w.receiver('cpanel-spamcop', { share: '7%', consults: [spamcop, css] });
    w.receiver('small-postfix', { share: '7%', consults: [css, spamrats] });

    w.tenants(60, office({ pool: shared, perDay: 30, accounts: 3 }));
    const newcomer = w.tenants(1, quiet({ pool: shared, name: 'newcomer' }));
    const habits = { warmup: '3d', warmupRate: '2/h', rate: '8/h', length: '10d' } as const;
    w.at('1d', spammer(w.member(newcomer, 0), { tactic: 'drip', ...habits, whenBlocked: 'stop' }));
  },
  gates: [
    metric('time_to_block').p50.atMost('3d'),
    metric('escaped').p95.atMost(300),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
