// Each receiver preset by its documented replies: what brings it about, and then its code, enhanced code and
// token at its phase, as smtp-replies.json has them. A reply that is never spoken says why.

import { describe, expect, test } from 'vitest';
import { receiverIds, receiverPreset, replyPreset } from '../../../../sim/presets/index.ts';
import { advance, day, hour } from '../stage.ts';
import {
  answered, blocked, cold, crowded, delayedThere, domainOfBadName, firstTime, frequent, greylistedByPlan,
  knockingOn, listedThere, mailboxWith, manyUnknown, onOneConnection, onRegister, type Situation, slowed,
  slowedHard, someSpam, spam, spamOfBadName, to, toOneMailbox, tooMany, tooNew, withSpam,
} from './situations.ts';
import { converse, type ReceiverInput, withReceiver } from './there.ts';

const rows: readonly (readonly [ReceiverInput['preset'], string, Situation])[] = [
  ['gmail', 'gmail-421-rate', slowed],
  ['gmail', 'gmail-550-unsolicited', spamOfBadName],
  ['gmail', 'gmail-550-nouser', to('unknown')],
  ['gmail', 'gmail-452-full', to('full')],
  ['gmail', 'gmail-450-rcptrate', toOneMailbox],
  ['gmail', 'gmail-421-lowrep', domainOfBadName],
  ['outlook-consumer', 'ms-451-650', slowed],
  ['outlook-consumer', 'ms-451-651', slowedHard],
  ['outlook-consumer', 'ms-550-s3150', blocked],
  ['outlook-consumer', 'ms-550-s3150', knockingOn],
  ['outlook-consumer', 'ms-421-rp001', tooMany(3_000)],
  ['outlook-consumer', 'ms-550-sc001', withSpam(1, 2)],
  ['outlook-consumer', 'ms-550-mailbox', to('unknown')],
  ['m365', 'eop-451-500', tooNew],
  ['m365', 'eop-550-606', blocked],
  ['m365', 'eop-550-511', withSpam(1, 2)],
  ['m365', 'eop-550-708', withSpam(1, 3)],
  ['m365', 'eop-550-spamhaus', onRegister('spamhaus-css')],
  ['m365', 'eop-550-541', to('unknown')],
  ['m365', 'ms-554-122', toOneMailbox],
  ['yahoo', 'yahoo-421-tss04', slowed],
  ['yahoo', 'yahoo-421-ts02', blocked],
  ['yahoo', 'yahoo-421-ts03', withSpam(1, 2)],
  ['yahoo', 'yahoo-553-bl21', onRegister('spamhaus-css')],
  ['yahoo', 'yahoo-421-maxmsg', onOneConnection],
  ['yahoo', 'yahoo-554-pol', someSpam],
  ['yahoo', 'yahoo-554-nouser', to('unknown')],
  ['apple', 'apple-421-vol', tooMany(10)],
  ['apple', 'apple-451-bs02', slowed],
  ['apple', 'apple-550-cs01', spamOfBadName],
  ['apple', 'apple-550-nouser', to('unknown')],
  ['apple', 'apple-552-full', to('full')],
  ['apple', 'pp-554-pdr', answered('proofpoint-pdr', listedThere)],
  ['comcast', 'comcast-554-bl', onRegister('spamhaus-css')],
  ['comcast', 'comcast-421-rl', slowed],
  ['comcast', 'comcast-421-sess', crowded],
  ['comcast', 'comcast-550-nouser', to('unknown')],
  ['comcast', 'comcast-452-quota', to('full')],
  ['att', 'att-553-dnsbl', blocked],
  ['att', 'att-450-busy', slowed],
  ['att', 'att-550-suspend', mailboxWith('suspend')],
  ['gmx-webde', 'gmx-554-bl', blocked],
  ['gmx-webde', 'gmx-421-rate', slowed],
  ['gmx-webde', 'gmx-421-policy', manyUnknown],
  ['gmx-webde', 'gmx-550-nouser', to('unknown')],
  ['gmx-webde', 'gmx-552-full', to('full')],
  ['orange', 'orange-421-104', crowded],
  ['orange', 'orange-421-105', slowed],
  ['orange', 'orange-421-999', blocked],
  ['orange', 'orange-421-999', manyUnknown],
  ['orange', 'orange-550-102', onRegister('spamhaus-css')],
  ['orange', 'orange-550-416', to('unknown')],
  ['orange', 'orange-552-417', to('full')],
  ['orange', 'orange-550-506', spam],
  ['sfr', 'sfr-421-errors', manyUnknown],
  ['sfr', 'sfr-450-101', slowed],
  ['free', 'free-550-spam', spam],
  ['free', 'free-550-spam', blocked],
  ['free', 'free-550-quota', to('full')],
  ['free', 'free-550-inactive', mailboxWith('inactivity')],
  ['laposte', 'laposte-450-503', slowed],
  ['laposte', 'laposte-550-416', to('unknown')],
  ['mailru', 'mailru-550-nouser', to('unknown')],
  ['mailru', 'mailru-550-spam', spam],
  ['yandex', 'yandex-451-unavail', slowed],
  ['yandex', 'yandex-450-rate', toOneMailbox],
  ['yandex', 'yandex-554-spam', spam],
  ['yandex', 'yandex-552-full', to('full')],
  ['qq', 'qq-550-ipfreq', frequent(61, 0)],
  ['qq', 'qq-550-domain', domainOfBadName],
  ['qq', 'qq-550-content', spam],
  ['qq', 'qq-550-nouser', to('unknown')],
  ['netease-163', 'ne-451-spm', slowed],
  ['netease-163', 'ne-554-itc', frequent(10_001, 0)],
  ['mimecast', 'mc-451-grey', firstTime],
  ['mimecast', 'mc-421-blocked', blocked],
  ['proofpoint', 'pp-421-pdr', answered('proofpoint-pdr', delayedThere)],
  ['proofpoint', 'pp-554-pdr', answered('proofpoint-pdr', listedThere)],
  ['proofpoint', 'pp-554-pdr', blocked],
  ['proofpoint', 'pp-550-csi', answered('cloudmark-csi', listedThere)],
  ['proofpoint', 'pp-550-nouser', to('unknown')],
  ['barracuda', 'bar-450-abuse', slowed],
  ['barracuda', 'bar-451-grey', firstTime],
  ['barracuda', 'bar-550-blocked', someSpam],
  ['barracuda', 'bar-554-brbl', onRegister('barracuda-brbl')],
  ['cisco-esa', 'esa-554-rep', answered('talos-sbrs', listedThere)],
  ['cisco-esa', 'esa-452-throttle', answered('talos-sbrs', delayedThere, 20)],
  ['rackspace', 'rs-451-newip', tooNew],
  ['rackspace', 'rs-421-conc', crowded],
  ['rackspace', 'rs-450-rcptrate', toOneMailbox],
  ['t-online', 'tonline-554-bl', tooNew],
  ['t-online', 'tonline-554-bl', blocked],
  ['small-postfix', 'pf-554-rbl', onRegister('spamhaus-css')],
  ['small-postfix', 'pf-550-nouser', to('unknown')],
  ['small-postfix', 'pf-450-grey', greylistedByPlan],
  ['small-postfix', 'pf-421-conn', crowded],
  ['postscreen-strict', 'pf-550-postscreen', onRegister('spamhaus-css')],
  ['cpanel-spamcop', 'cp-550-junk', onRegister('spamcop-scbl')],
  ['uce-hardliner', 'pf-554-rbl', onRegister('uceprotect-1')],
  ['spamassassin-scoring', 'pf-554-rbl', onRegister('spamhaus-css', { onListing: 'reject', threshold: 3 })],
];

/** Replies of a preset that are never spoken here, and why. */
const unspoken: Readonly<Record<string, string>> = {
  'gmail-4732-dmarc': 'our platform signs its mail',
  'gmail-421-tls': 'our platform speaks TLS',
  'ms-550-515': 'our platform signs its mail',
  'att-421-dns': 'our addresses have names',
  'rs-450-ptr': 'our addresses have names',
  'mc-550-spoof': 'nobody forges a header',
  'mc-550-csi': 'its own list is its own reputation here, which says mc-421-blocked',
  'qq-550-sender': 'limits of one sender within a domain are those of the domain',
  'yahoo-450-rcpt': 'said where a mailbox gets too much: after the connection has had its 20 messages',
  'apple-421-hcm1': 'the second of two; see the test of levels',
  'apple-550-dbl': 'registers of domains are not asked about addresses',
  'cp-550-csi': 'for Cloudmark, which its preset does not ask',
};

const table = receiverIds.map((id) => [id, rows.filter(([preset]) => preset === id)] as const);

describe.each(table)('%s', (id, own) => {
  test.each(own.map(([, reply, situation]) => [reply, situation] as const))('%s', (reply, situation) => {
    const { code, enhanced, token, phase } = replyPreset(reply);
    const heard = situation(id);
    expect({ code: heard.reply.code, enhanced: heard.reply.enhanced, phase: heard.phase }).toEqual({
      code, enhanced: enhanced ?? '', phase: phase === 'any' ? 'connect' : phase,
    });
    if (token !== String(code) && token !== enhanced) expect(heard.reply.text).toContain(token);
  });

  test('has a row for each of its replies, or says why it is not spoken', () => {
    const known = [...own.map(([, reply]) => reply), ...Object.keys(unspoken)];
    expect(receiverPreset(id).replies.filter((reply) => !known.includes(reply))).toEqual([]);
    expect(own.length).toBeGreaterThan(0);
  });
});

test('a cold address is no stranger to m365 after 15 minutes, nor to t-online after a day', () => {
  for (const [preset, wait] of [['m365', hour / 4], ['t-online', day]] as const) {
    const world = withReceiver(preset, { pools: cold });
    expect(converse(world).reply.code).toBeGreaterThan(400);
    advance(world, wait - 1);
    expect(converse(world).reply.code).toBeGreaterThan(400);
    advance(world, wait);
    expect(converse(world).reply.code).toBe(250);
  }
});
