// A patient thief: once refused he leaves the mailbox alone for twelve hours, and tries again when windows
// have passed and the desk may have closed its case. It goes on for six days; a brake that forgets overnight
// is a brake he can outwait.

import { compromised, metric, office, scenario } from 'sharedfate';

export default scenario({
  title: 'A thief who waits until he is forgotten',
  question: 'Does a culprit who pauses after each refusal get more out than one who keeps knocking?',
  length: '9d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.115']);
    const css = w.register('spamhaus-css');
    const spamcop = w.register('spamcop-scbl');
    const nix = w.register('rblsde-nix-longer', { coverage: '1%' });

    w.receiver('gmail', { share: '32%' });
    w.receiver('m365', { share: '22%', consults: [css] });
    w.receiver('gmx-webde', { share: '15%' });
    w.receiver('outlook-consumer', { share: '12%' });
    w.receiver('t-online', { share: '7%' });
    w.receiver('cpanel-spamcop', { share: '6%', consults: [spamcop, css] });
    w.receiver('small-postfix', { share: '6%', consults: [css, nix] });

    const offices = w.tenants(100, office({ pool: shared, perDay: 30, accounts: 3, zone: 1 }));
    w.at(
      '1d19h',
      compromised(w.pick(offices), {
        how: 'weak-password', rate: '600/h', length: '6d', whenBlocked: 'pause', pause: '12h',
      }),
    );
  },
  gates: [
    metric('time_to_block').p95.atMost('1d'),
    metric('escaped').p95.atMost(500, 'warn'),
    metric('fp.tenants').rate.atMost('1%'),
  ],
});
