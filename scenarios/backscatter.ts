// A customer turns on "thank you for your message" for a mailbox that spammers forge mail to. Every forged
// letter is answered, to a person or a trap that never wrote. No spam, no password lost; two registers exist
// for just this.

import { backscatter, metric, office, scenario } from 'sharedfate';

export default scenario({
  title: "One tenant's autoresponder that answers forged mail",
  question: 'Who finds the autoresponder, and who behind the address pays for it meanwhile?',
  length: '15d',
  warmup: '1d',
  seeds: 20,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.120']);
    const scatter = w.register('backscatterer');
    const monkey = w.register('sem-backscatter');
    const css = w.register('spamhaus-css');
    const abusix = w.register('abusix-combined');

    w.receiver('gmail', { share: '33%' });
    w.receiver('m365', { share: '22%', consults: [css] });
    w.receiver('outlook-consumer', { share: '13%' });
    w.receiver('gmx-webde', { share: '12%' });
    w.receiver('orange', { share: '5%', consults: [abusix, css] });
    // One asks about mail without a sender only, as the register advises; the other about all mail.
    w.receiver('small-postfix', { share: '11%', consults: [css, scatter, monkey] });
    w.receiver('uce-hardliner', { share: '4%', consults: [scatter] });

    const offices = w.tenants(60, office({ pool: shared, perDay: 30, accounts: 3, zone: 1 }));
    w.at('2d9h', backscatter(w.pick(offices), { rate: '60/h', length: '7d' }));
  },
  gates: [
    metric('time_to_block').p95.atMost('4h'),
    metric('collateral.bounced.share').rate.atMost('1%', 'warn'),
    // The autoresponder's own tenant is one of 60; nobody else is to be hit.
    metric('fp.tenants').rate.atMost('1.8%'),
  ],
});
