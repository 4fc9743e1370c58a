// A small provider adds a new register to its server by name alone. The register also praises: 127.0.0.1
// means "known good". The server counts any answer as a listing, and so refuses its best senders, and them
// only.

import { metric, office, registerFault, scenario, shop } from 'sharedfate';

export default scenario({
  title: 'A receiver that rejects whom a register praises',
  question: 'How does an operator find out that a receiver refuses him for being good?',
  length: '9d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.175']);
    const css = w.register('spamhaus-css');
    const hostkarma = w.register('hostkarma');

    w.receiver('gmail', { share: '34%' });
    w.receiver('m365', { share: '26%', consults: [css] });
    w.receiver('outlook-consumer', { share: '12%' });
    w.receiver('yahoo', { share: '8%', consults: [css] });
    // Both ask the same register; one reads its codes.
    w.receiver('spamassassin-scoring', { share: '12%', consults: [css, hostkarma] });
    const naive = w.receiver('small-postfix', { share: '8%', consults: [css, hostkarma] });

    w.tenants(80, office({ pool: shared, perDay: 30, accounts: 2 }));
    w.tenants(20, shop({ pool: shared, perDay: 60 }));
    w.at('3d9h', registerFault(hostkarma, 'any-A-is-listed', { receiver: naive, length: '3d' }));
  },
  gates: [
    metric('listed_hours').p95.atMost('0h', 'warn'),
    metric('attribution.wrongly_accused').mean.atMost(0),
    metric('collateral.bounced.share').rate.atMost('4%', 'warn'),
  ],
});
