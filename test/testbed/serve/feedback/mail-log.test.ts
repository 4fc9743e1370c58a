// What Postfix's log tells a served policy: each line once, and whose message it is about.

import {
  appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replyPresets } from '../../../../sim/presets/index.ts';
import { render } from '../../../../sim/world/receivers/replies.ts';
import { readLogLine, readSaid } from '../../../../testbed/serve/feedback/mail-log.ts';
import { classByWords, replyIn } from '../../../../testbed/serve/feedback/reply-words.ts';
import { Asker } from '../at-work.ts';
import { fate, kinds, line, listening, unknown } from './listening.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sharedfate-feedback-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a line of the mail log', () => {
  test.each([
    [line('submission/smtpd', '4XqWb61z1Gz2x: client=u[::1], sasl_method=PLAIN, sasl_username=a@t1.test'),
      { kind: 'client', queue: '4XqWb61z1Gz2x', login: 'a@t1.test' }],
    [line('cleanup', 'A1B2C3D4E5: message-id=<1@t1.test>'),
      { kind: 'title', queue: 'A1B2C3D4E5', messageId: '1@t1.test' }],
    [fate('A1B2C3D4E5', 'b@x.test', '2.0.0', 'sent (250 2.0.0 Ok: queued as 1)'),
      { kind: 'fate', status: 'sent', recipient: 'b@x.test', tried: true }],
    [fate('A1B2C3D4E5', 'b@x.test', '5.1.1', `bounced ${unknown}`),
      { kind: 'fate', status: 'bounced', dsn: '5.1.1' }],
    ['2026-11-22T06:00:01.123456+00:00 mx1 postfix/qmgr[1]: A1B2C3D4E5: removed\n',
      { kind: 'removed', queue: 'A1B2C3D4E5' }],
    [line('qmgr', 'A1B2C3D4E5: from=<a@t1.test>, status=expired, returned to sender'), { kind: 'expired' }],
    [line('smtp-out/smtp', 'A1B2C3D4E5: to=<b@x.test>, orig_to=<c@x.test>, relay=none, delay=1, ' +
      'delays=0/0/0/0, dsn=4.4.1, status=deferred (connect to x.test[192.0.2.9]:25: Connection refused)'),
      { kind: 'fate', status: 'deferred', text: 'connect to x.test[192.0.2.9]:25: Connection refused' }],
  ])('is read: %s', (text, expected) => {
    expect(readLogLine(text.trimEnd())).toMatchObject(expected);
  });

  test.each([
    line('smtpd', 'connect from unknown[192.0.2.7]'),
    line('smtpd', 'NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 550 5.1.1 <x>'),
    line('smtpd', `A1B2C3D4E5: client=unknown[192.0.2.7]`),
    line('local', 'A1B2C3D4E5: to=<b@x.test>, relay=local, delays=0/0/0, dsn=2.0.0, status=sent (x)'),
    // A receiver that puts a line of the log into its reply.
    `Nov 22 06:00:01 mx1 other[1]: said ${fate('A1B2C3D4E5', 'b@x.test', '5.1.1', `bounced ${unknown}`)}`,
    'Nov 22 06:00:01 mx1 postfix/smtp[1]: A1B2C3D4E5: to=<', '', '\0\0', 'x'.repeat(5_000),
  ])('is passed over: %s', (text) => {
    expect(readLogLine(text.trimEnd())).toBeUndefined();
  });

  test('gives the reply as the receiver said it', () => {
    expect(readSaid(unknown.slice(1, -1), '5.1.1')).toEqual({
      code: 550, enhanced: '5.1.1',
      text: '<b@x.test>: Recipient address rejected: User unknown in local recipient table',
    });
    expect(readSaid('connect to x[192.0.2.9]:25: Connection timed out', '4.4.1'))
      .toEqual({ code: 450, enhanced: '4.4.1', text: 'connect to x[192.0.2.9]:25: Connection timed out' });
  });
});

test.each([
  [550, '<b@x.test>: Recipient address rejected: User unknown in virtual mailbox table', 'unknownUser'],
  [550, 'No such user here', 'unknownUser'],
  [554, "delivery error: dd This user doesn't have a yahoo.com account (b@yahoo.com) [0]", 'unknownUser'],
  [452, 'mailbox is full', 'mailboxFull'],
  [554, 'Service unavailable; Client host [192.0.2.10] blocked using bl.example.org', 'dnsblBlock'],
  [421, 'too many connections from your host', 'rateLimit'],
  [554, 'message looks like spam', 'spamBlock'],
  [450, 'try later, this is not spam', undefined],
  [550, 'No', undefined],
])('a reply %i %s is told by its words', (code, text, expected) => {
  expect(classByWords(code, text)).toBe(expected);
});

test('the refusals of known receivers are told by their words, or are none in particular', () => {
  const told = replyPresets.filter(({ code }) => code >= 400).map((preset) => {
    const filling = { ip: '192.0.2.10', host: 'x.test', key: 5, zone: 'zen.test', txt: 'listed', mark: '1' };
    const { class: meant, code, enhanced, text } = render(preset, filling);
    const words = text.replaceAll('\n', ' ');
    const said = `host x[192.0.2.9] said: ${code} ${enhanced} ${words} (in reply to DATA command)`;
    const dsn = enhanced === '' ? `${code < 500 ? 4 : 5}.0.0` : enhanced;
    return { id: preset.id, meant, told: replyIn(said, dsn).class };
  });
  const others = told.filter((one) => one.told !== one.meant);
  expect(others.filter((one) => one.told !== 'policy' && one.told !== 'transient')).toEqual([]);
  const matters = ['unknownUser', 'mailboxFull', 'greylist', 'dnsblBlock', 'spamBlock'];
  expect(others.filter(({ meant }) => matters.includes(meant))).toEqual([]);
  expect(others.length).toBeLessThan(0.15 * told.length);
});

describe('the mail log', () => {
  test('tells what became of messages, whose they were by the policy request or by the log', async () => {
    const log = join(folder, 'mail.log');
    writeFileSync(log, fate('OLDOLD', 'b@x.test', '5.1.1', `bounced ${unknown}`));
    const at = await listening({ mailLog: log });
    const asker = new Asker(at.place);
    await asker.message({ id: 'QQQQQ1', sasl_username: 'a@t1.test', recipients: ['b@x.test', 'c@y.test'] });
    asker.close();
    at.heard.length = 0;
    appendFileSync(log, [
      fate('QQQQQQ1', 'b@x.test', '5.1.1', `bounced ${unknown}`),
      fate('QQQQQQ1', 'c@y.test', '2.0.0', 'sent (250 2.0.0 Ok)'),
      line('smtpd', 'LLLLL2: client=unknown[192.0.2.7], sasl_method=PLAIN, sasl_username=B@t2.test'),
      fate('LLLLL2', 'd@z.test', '4.2.0', 'deferred (host mx.z.test[192.0.2.9] said: 450 4.2.0 Greylisted)'),
      fate('STRANGE', 'd@z.test', '2.0.0', 'sent (250 2.0.0 Ok)'),
      line('qmgr', 'LLLLL2: from=<B@t2.test>, status=expired, returned to sender'),
      line('qmgr', 'LLLLL2: removed'),
      fate('LLLLL2', 'd@z.test', '2.0.0', 'sent (250 2.0.0 Ok)'),
    ].join(''));
    await at.feedback.look();
    expect(kinds(at.heard)).toEqual(['bounced', 'delivered', 'deferred', 'bounced']);
    const { ledger } = at.served;
    expect(at.heard[0]).toMatchObject({
      account: ledger.account('a@t1.test'), tenant: ledger.tenant(ledger.account('a@t1.test')),
      pool: 'shared', address: '192.0.2.10', receiver: ledger.receiver('@x.test'), copies: 1,
      reply: { class: 'unknownUser' }, receiverName: 'x.test',
    });
    expect(at.heard[2]).toMatchObject({ account: ledger.account('b@t2.test'), reply: { class: 'greylist' } });
    expect(at.heard[3]).toMatchObject({
      receiver: ledger.receiver('@z.test'), receiverName: 'z.test', reply: { code: 554, class: 'expired' },
    });
    await at.end();
  });

  test('is read once, through rotation, truncation, half lines and restarts', async () => {
    const log = join(folder, 'mail.log');
    const state = join(folder, 'state');
    const sent = (number: number): string => fate('QQQQQ1', `b${number}@x.test`, '2.0.0', 'sent (250 Ok)');
    writeFileSync(log, '');
    let at = await listening({ mailLog: log }, state);
    let heard = 0;
    const look = async (): Promise<number> => {
      await at.feedback.look();
      heard += at.heard.length;
      at.heard.length = 0;
      return heard;
    };
    const client = 'client=u[192.0.2.7], sasl_method=PLAIN, sasl_username=a@t.test';
    appendFileSync(log, line('smtpd', `QQQQQ1: ${client}`));
    appendFileSync(log, sent(1) + sent(2).slice(0, 30));
    expect(await look()).toBe(1);
    appendFileSync(log, sent(2).slice(30));
    expect(await look()).toBe(2);
    // Rotated, with lines that came at the last moment.
    appendFileSync(log, sent(3));
    renameSync(log, `${log}.1`);
    expect(await look()).toBe(3);
    writeFileSync(log, sent(4));
    expect(await look()).toBe(4);
    // Rotated while nobody looked.
    await at.end();
    appendFileSync(log, sent(5));
    renameSync(log, `${log}.2`);
    writeFileSync(log, sent(6));
    at = await listening({ mailLog: log }, state);
    expect(await look()).toBe(6);
    // Copied and cut short, as logrotate's copytruncate does.
    copyFileSync(log, `${log}.3`);
    truncateSync(log, 0);
    appendFileSync(log, sent(7).slice(0, 20));
    expect(await look()).toBe(6);
    appendFileSync(log, sent(7).slice(20));
    expect(await look()).toBe(7);
    await at.end();
    at = await listening({ mailLog: log }, state);
    expect(await look()).toBe(7);
    await at.end();
  });

  test('that is not there yet is told of once, and read when it comes', async () => {
    const at = await listening({ mailLog: join(folder, 'later.log') });
    await at.feedback.look();
    expect(at.told).toEqual([expect.stringMatching(/later.log cannot be read \(ENOENT\); tried again/)]);
    await at.end();
  });
});
