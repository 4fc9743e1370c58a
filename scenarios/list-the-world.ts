// A register that closed years ago wants its last users to stop asking: from one morning on it answers
// "listed" for every address there is. Sites that never cleaned up their configuration refuse the whole world
// until their people notice.

import { metric, office, registerFault, scenario, shop } from 'sharedfate';

export default scenario({
  title: 'A closed register lists the whole world',
  question: 'Does the desk look for a culprit, and shut anybody, when everyone on earth is listed?',
  length: '9d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.140', '192.0.2.141']);
    const css = w.register('spamhaus-css');
    // Closed and emptied in 2024; as ORDB was in 2006, which listed the world in 2008.
    const closed = w.register('sorbs-spam', { coverage: '0%' });

    w.receiver('gmail', { share: '34%' });
    w.receiver('m365', { share: '26%', consults: [css] });
    w.receiver('outlook-consumer', { share: '12%' });
    w.receiver('gmx-webde', { share: '14%' });
    w.receiver('small-postfix', { share: '9%', consults: [css] });
    w.receiver('small-postfix', { name: 'forgotten-config', share: '5%', consults: [css, closed] });

    w.tenants(80, office({ pool: shared, perDay: 30, accounts: 2, zone: 1 }));
    w.tenants(20, shop({ pool: shared, perDay: 60, zone: 1 }));
    // Tuesday morning; by Friday noon the last administrator has found the line in his configuration.
    w.at('1d7h', registerFault(closed, 'list-world-127.0.0.2', { length: '3d5h' }));
  },
  gates: [
    metric('fp.tenants').rate.atMost('0%'),
    metric('attribution.wrongly_accused').mean.atMost(0),
    metric('collateral.bounced.share').rate.atMost('5%', 'warn'),
  ],
});
