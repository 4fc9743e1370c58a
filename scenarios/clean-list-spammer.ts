// The spammer without a tell-tale: a bulk contract, a list on which every address exists and none is a trap.
// No limit speaks, nothing bounces, no register hears of it but by the people who report. Complaints are all
// there is.

import { metric, newsletter, office, quiet, scenario, spammer } from 'sharedfate';

export default scenario({
  title: 'A spammer with neither dead addresses nor traps on his list',
  question: 'How much spam gets out when complaints alone can betray it?',
  length: '9d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.105']);
    const css = w.register('spamhaus-css');
    const spamcop = w.register('spamcop-scbl');
    const rpbl = w.register('validity-rpbl');

    w.receiver('gmail', { share: '38%' });
    w.receiver('outlook-consumer', { share: '20%' });
    w.receiver('yahoo', { share: '16%', consults: [css] });
    w.receiver('comcast', { share: '8%', consults: [css, rpbl] });
    w.receiver('m365', { share: '11%', consults: [css] });
    w.receiver('cpanel-spamcop', { share: '7%', consults: [spamcop, css] });

    w.tenants(80, office({ pool: shared, perDay: 40, accounts: 3 }));
    const bulk = { size: 3_000, every: '7d', first: '3d14h', pace: '2000/h', allowance: '4000/h' } as const;
    w.tenants(6, newsletter({ pool: shared, ...bulk }));
    const newcomer = w.tenants(1, quiet({ pool: shared, name: 'newcomer', allowance: '4000/h' }));
    const list = {
      kind: 'clean', unknown: '0%', full: '0%', pristine: '0%', recycled: '0%', typo: '0%',
    } as const;
    const habits = { warmup: '2d', warmupRate: '40/h', rate: '1500/h', length: '2d' } as const;
    w.at('1d9h', spammer(w.member(newcomer, 0), { ...habits, list }));
  },
  gates: [
    metric('time_to_block').p95.atMost('6h'),
    metric('escaped').p95.atMost(5_000),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
