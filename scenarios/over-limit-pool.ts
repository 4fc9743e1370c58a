// Where does mail over a limit belong? Until 2022 Microsoft 365 sent it by the high-risk pool, together with
// the spam; since then it refuses it, and the account waits for the next day. A stolen mailbox, a bad list
// and a club's honest circular go over the same limit. Run it with preset:microsoft-365-2021 and with
// preset:microsoft-365.

import { careless, compromised, metric, newsletter, office, scenario, shop } from 'sharedfate';

export default scenario({
  title: 'Mail over the limit, by the high-risk pool or not at all',
  question: 'Is mail over a limit better sent by the pool of bad reputation, or refused until tomorrow?',
  length: '8d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.215', '192.0.2.216']);
    w.pool('high-risk', ['198.51.100.215']);
    const css = w.register('spamhaus-css');
    const spamcop = w.register('spamcop-scbl');
    const barracuda = w.register('barracuda-brbl');

    w.receiver('gmail', { share: '32%' });
    w.receiver('m365', { share: '22%', consults: [css] });
    w.receiver('outlook-consumer', { share: '12%' });
    w.receiver('yahoo', { share: '8%', consults: [css] });
    w.receiver('barracuda', { share: '8%', consults: [barracuda] });
    w.receiver('cpanel-spamcop', { share: '8%', consults: [spamcop, css] });
    w.receiver('small-postfix', { share: '10%', consults: [css] });

    const offices = w.tenants(100, office({ pool: shared, perDay: 30, accounts: 2, zone: 1 }));
    w.tenants(20, shop({ pool: shared, perDay: 40, zone: 1 }));
    // A club that writes to its 800 members from an ordinary mailbox: honest, and over the limit each time.
    const circular = { size: 800, every: '3d', first: '2d18h', pace: '1600/h' } as const;
    w.tenants(4, newsletter({ pool: shared, name: 'clubs', ...circular }));
    w.at('2d9h', compromised(w.pick(offices), { how: 'weak-password', rate: '2000/h', length: '10h' }));
    w.at('4d10h', careless(w.pick(offices), { size: 3_000, pace: '1500/h', list: 'stale' }));
  },
  gates: [
    metric('time_to_block').p95.atMost('4h'),
    metric('collateral.bounced.share').rate.atMost('1%', 'warn'),
    metric('wanted.lost').p95.atMost(500, 'warn'),
  ],
});
