// What must not compile among the words for streams, pools, receivers, registers and incidents. The compiler
// is the judge: `tsc` fails where an expected error is missing.

import {
  backscatter, careless, compromised, cron, infected, neighbour, office, quiet, receiverUpgrade,
  registerFault, registerUpgrade, scenario, shop, spammer,
} from 'sharedfate';

export const right = scenario({
  title: 'All words', question: 'Does each compile?', length: '30d',
  build(w) {
    const pool = w.pool('shared', ['192.0.2.10'], { cold: ['192.0.2.10'], warmup: 'sparkpost-30d' });
    const psbl = w.register('psbl', { coverage: '10%', rule: { trapThreshold: 2, window: '1d' } });
    const gmail = w.receiver('gmail', { share: '60%', caught: '99%', wrong: '0.1%', greylist: '5m' });
    const site = w.receiver('small-postfix', {
      share: '40%', consults: [psbl], onListing: 'defer', threshold: 2,
    });
    const mix = [[gmail, '90%'], [site, '10%']] as const;
    const shops = w.tenants(9, shop({ pool, perDay: 300, urgent: '80%', mix, returning: '30%' }));
    const scripts = w.tenants(9, cron({ pool, every: '1h', messages: 3, book: 2 }));
    const who = w.pick(shops);
    w.at('1d', infected(who, { rate: '900/h', accounts: 2, whenBlocked: 'pause', pause: '6h' }));
    w.at('2d', careless(who, { size: 9, pace: '9/h', rounds: 3, every: '1d', bounces: 'ignored' }));
    w.at('2d', careless(who, { size: 9, pace: '9/h', provider: gmail, duplicates: '5%', list: 'stale' }));
    w.at('3d', spammer(who, { tactic: 'drip', rate: '9/h', warmupRate: '9/h', length: '9d' }));
    w.at('4d', backscatter(w.member(scripts, 0), { rate: '90/h', traps: '5%' }));
    w.at('5d', registerUpgrade(psbl, { trapThreshold: 1 }, { length: '2d' }));
    w.at('6d', receiverUpgrade(site, { consults: [], connections: 5 }, { length: '2d' }));
    w.at('7d', registerFault(psbl, 'resolver-blocked', { length: '4h', receiver: site }));
    w.at('8d', neighbour(['192.0.2.99'], { rate: '20/h', length: '3d' }));
    w.signals({ loginSeen: '20%', ownTraps: '0%' });
    w.desk({ urgentRoute: 'freemail' });

    // @ts-expect-error -- a time has no words
    registerFault(psbl, 'ns-blackhole', { length: '4 hours' });
    // @ts-expect-error -- a fault that is not modelled
    registerFault(psbl, 'ns-blackhol', { length: '4h' });
    // @ts-expect-error -- a fault has its end
    registerFault(psbl, 'ns-blackhole', {});
    // @ts-expect-error -- a receiver is no register
    registerFault(gmail, 'ns-blackhole', { length: '4h' });
    // @ts-expect-error -- a register is no receiver
    registerFault(psbl, 'resolver-blocked', { length: '4h', receiver: psbl });
    // @ts-expect-error -- a receiver where a register belongs
    w.receiver('gmail', { share: '55%', consults: [gmail] });
    // @ts-expect-error -- a receiver where a register belongs
    registerUpgrade(gmail, { trapThreshold: 1 });
    // @ts-expect-error -- a field of a receiver, not of a rule
    registerUpgrade(psbl, { connections: 1 });
    // @ts-expect-error -- a register where a receiver belongs
    receiverUpgrade(psbl, { connections: 1 });
    // @ts-expect-error -- registers are referred to by what w.register gave
    receiverUpgrade(site, { consults: ['psbl'] });
    // @ts-expect-error -- a receiver is referred to by what w.receiver gave
    shop({ pool, perDay: 9, mix: [['gmail', '100%']] });
    // @ts-expect-error -- a share has its sign
    shop({ pool, perDay: 9, mix: [[gmail, 100]] });
    // @ts-expect-error -- a share has its sign
    office({ pool, perDay: 9, urgent: 0.1 });
    // @ts-expect-error -- a script has a period, not a daily number
    cron({ pool, perDay: 9 });
    // @ts-expect-error -- tenants have a pool
    quiet({ accounts: 2 });
    // @ts-expect-error -- a pool warms up by a schedule's name
    w.pool('shared', ['192.0.2.10'], { warmup: true });
    // @ts-expect-error -- a way with listings that there is not
    w.receiver('gmail', { share: '55%', onListing: 'drop' });
    // @ts-expect-error -- a group is not a tenant
    infected(shops, { rate: '9/h' });
    // @ts-expect-error -- a reaction that is not modelled
    compromised(who, { how: 'weak-password', rate: '9/h', whenBlocked: 'flee' });
    // @ts-expect-error -- a tactic that is not modelled
    spammer(who, { tactic: 'snowshoe', rate: '9/h', warmupRate: '9/h', length: '9d' });
    // @ts-expect-error -- a receiver is referred to by what w.receiver gave
    careless(who, { size: 9, pace: '9/h', provider: 'gmail' });
    // @ts-expect-error -- backscatter has no list: it answers whoever was forged
    backscatter(who, { rate: '9/h', list: 'stale' });
    // @ts-expect-error -- a neighbour's rate says per what
    neighbour(['192.0.2.99'], { rate: 20, length: '3d' });
    // @ts-expect-error -- a signal that there is not
    w.signals({ dnsSeen: '9%' });
    // @ts-expect-error -- a route that there is not
    w.desk({ urgentRoute: 'fax' });
  },
});
