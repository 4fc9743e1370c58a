// Two weeks of a middling platform: offices, shops, newsletters and scripts behind three addresses in two
// ranges, and one person at the desk. A password, a bad list, a spammer and a register that goes astray come
// when they come.

import {
  careless, compromised, cron, metric, newsletter, office, quiet, registerFault, scenario, shop, spammer,
} from 'sharedfate';

export default scenario({
  title: 'Two weeks at a mixed platform with one person at the desk',
  question: 'Does one person keep three addresses clean through two ordinary weeks?',
  length: '15d', warmup: '1d', seeds: 20,
  build(w) {
    const pool = w.pool('shared', ['192.0.2.11', '192.0.2.12', '198.51.100.11']);
    const [css, sbl, xbl, spamcop, barracuda, psbl] = [
      w.register('spamhaus-css'), w.register('spamhaus-sbl'), w.register('spamhaus-xbl'),
      w.register('spamcop-scbl'), w.register('barracuda-brbl'), w.register('psbl'),
    ];
    const [level1, level2, spike, abusix, scatter, karma] = [
      w.register('uceprotect-1'), w.register('uceprotect-2'), w.register('mailspike'),
      w.register('abusix-combined'), w.register('backscatterer'), w.register('hostkarma'),
    ];
    const spamhaus = [sbl, css, xbl];
    w.receiver('gmail', { share: '30%' });
    w.receiver('m365', { share: '22%', consults: spamhaus });
    w.receiver('outlook-consumer', { share: '11%' });
    w.receiver('yahoo', { share: '6%', consults: spamhaus });
    w.receiver('gmx-webde', { share: '9%' });
    w.receiver('orange', { share: '3%', consults: [abusix, ...spamhaus] });
    w.receiver('barracuda', { share: '5%', consults: [barracuda] });
    w.receiver('postscreen-strict', { share: '5%', consults: [css, barracuda, spamcop, spike, psbl] });
    w.receiver('cpanel-spamcop', { share: '7%', consults: [spamcop, ...spamhaus, karma] });
    w.receiver('uce-hardliner', { share: '2%', consults: [level1, level2, scatter] });

    const offices = w.tenants(100, office({ pool, perDay: 20, accounts: 2, zone: 1 }));
    const shops = w.tenants(40, shop({ pool, perDay: 30, zone: 1, urgent: '50%' }));
    w.tenants(30, cron({ pool, every: '6h', messages: 2 }));
    const bulk = { size: 1_500, every: '7d', first: '3d9h', pace: '2000/h', allowance: '4000/h' } as const;
    const senders = w.tenants(8, newsletter({ pool, ...bulk }));
    const newcomer = w.tenants(1, quiet({ pool, name: 'newcomer', allowance: '2000/h' }));
    w.desk({ staff: 1 });

    w.at('1d20h', compromised(w.pick(offices), { how: 'weak-password', rate: '1500/h', length: '15h' }));
    w.at('4d10h', careless(w.pick(senders), { size: 4_000, pace: '4000/h', list: 'stale' }));
    w.at('5d18h', compromised(w.pick(shops), { how: 'outdated-script', rate: '150/h', length: '2d' }));
    const habits = { warmup: '3d', warmupRate: '20/h', rate: '400/h', length: '8h' } as const;
    w.at('6d9h', spammer(w.member(newcomer, 0), habits));
    w.at('11d8h', registerFault(karma, 'list-world-127.0.0.2', { length: '1d' }));
  },
  gates: [
    // Of the last of three culprits, one of whom nobody finds in one run of five.
    metric('time_to_block').p50.atMost('6h'),
    metric('collateral.bounced.share').rate.atMost('2%', 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
