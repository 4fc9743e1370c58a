// One spammer as eight customers: eight names, eight cards, a sign-up every few hours among forty honest
// trial customers. Each behaves for two days and then sends its part; who is shut out moves to the next trial
// account.

import { metric, office, scenario, spammer } from 'sharedfate';

export default scenario({
  title: 'One spammer who signs up as eight customers',
  question: 'Can somebody who is eight customers outlast limits that judge each customer alone?',
  length: '9d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.100', '192.0.2.101']);
    const css = w.register('spamhaus-css');
    const spamcop = w.register('spamcop-scbl');
    const barracuda = w.register('barracuda-brbl');

    w.receiver('gmail', { share: '36%' });
    w.receiver('m365', { share: '20%', consults: [css] });
    w.receiver('outlook-consumer', { share: '15%' });
    w.receiver('yahoo', { share: '11%', consults: [css] });
    w.receiver('barracuda', { share: '6%', consults: [barracuda] });
    w.receiver('cpanel-spamcop', { share: '6%', consults: [spamcop, css] });
    w.receiver('small-postfix', { share: '6%', consults: [css] });

    w.tenants(100, office({ pool: shared, perDay: 30, accounts: 3 }));
    const trials = w.tenants(40, office({ pool: shared, name: 'trials', perDay: 8 }));
    const habits = { warmup: '2d', warmupRate: '16/h', rate: '250/h', length: '3d' } as const;
    w.at(
      '1d9h',
      spammer(w.pick(trials), { tactic: 'tenants', spread: 8, ...habits, whenBlocked: 'move' }),
    );
  },
  gates: [
    metric('time_to_block').p95.atMost('24h', 'warn'),
    metric('escaped').p95.atMost(6_000),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
