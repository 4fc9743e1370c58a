// What comes back to a served policy: Postfix's log, complaints, registers and the desk's words, and whose
// each of them is.

import {
  appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startRegisterServer } from '../../../mocks/index.ts';
import { type Module, pass, policy, type Policy, type Signal } from '../../../policy/index.ts';
import type { ZoneAnswer } from '../../../sim/index.ts';
import { type Feedback, type FeedbackOptions, startFeedback } from '../../../testbed/serve/feedback/feedback.ts';
import { readLogLine, readSaid } from '../../../testbed/serve/feedback/mail-log.ts';
import { Asker, atWork, type AtWork } from './at-work.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sharedfate-feedback-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hearing = (heard: Signal[]): Policy => {
  const module: Module<object> = {
    name: 'ear', key: 'platform', fresh: () => ({}), decide: () => pass,
    learn: (_, signal) => void heard.push(signal),
  };
  return policy('hearing', [module]);
};

interface Listening extends AtWork {
  readonly heard: Signal[];
  readonly feedback: Feedback;
  end(): Promise<void>;
}

const listening = async (options: Partial<FeedbackOptions>, state?: string): Promise<Listening> => {
  const heard: Signal[] = [];
  const at = await atWork(hearing(heard), state === undefined ? {} : { state });
  heard.length = 0;
  const feedback = startFeedback(at.served, {
    usualPool: 'shared', addresses: new Map([['shared', '192.0.2.10']]), mark: 'X-Whose', registers: [],
    registerEveryMs: 3_600_000, ...options,
  }, (text) => at.told.push(text));
  await feedback.look();
  const end = async (): Promise<void> => {
    await feedback.stop();
    await at.served.close();
  };
  return { ...at, heard, feedback, end };
};

const line = (program: string, text: string): string => `Nov 22 06:00:01 mx1 postfix/${program}[811]: ${text}\n`;
const fate = (queue: string, to: string, dsn: string, status: string): string =>
  line('smtp', `${queue}: to=<${to}>, relay=mx.x.test[192.0.2.9]:25, delay=0.5, delays=0.1/0/0.2/0.2, dsn=${dsn}, ` +
    `status=${status}`);
const unknown = '(host mx.x.test[192.0.2.9] said: 550 5.1.1 <b@x.test>: Recipient address rejected: ' +
  'User unknown in local recipient table (in reply to RCPT TO command))';

const kinds = (heard: readonly Signal[]): string[] => heard.map(({ kind }) => kind);

describe('a line of the mail log', () => {
  test.each([
    [line('submission/smtpd', '4XqWb61z1Gz2x: client=unknown[192.0.2.7], sasl_method=PLAIN, sasl_username=a@t1.test'),
      { kind: 'client', queue: '4XqWb61z1Gz2x', login: 'a@t1.test' }],
    [line('cleanup', 'A1B2C3D4E5: message-id=<1@t1.test>'), { kind: 'title', queue: 'A1B2C3D4E5', messageId: '1@t1.test' }],
    [fate('A1B2C3D4E5', 'b@x.test', '2.0.0', 'sent (250 2.0.0 Ok: queued as 1)'),
      { kind: 'fate', status: 'sent', recipient: 'b@x.test', tried: true }],
    [fate('A1B2C3D4E5', 'b@x.test', '5.1.1', `bounced ${unknown}`), { kind: 'fate', status: 'bounced', dsn: '5.1.1' }],
    ['2026-11-22T06:00:01.123456+00:00 mx1 postfix/qmgr[1]: A1B2C3D4E5: removed\n', { kind: 'removed', queue: 'A1B2C3D4E5' }],
    [line('qmgr', 'A1B2C3D4E5: from=<a@t1.test>, status=expired, returned to sender'), { kind: 'expired' }],
    [line('smtp-out/smtp', 'A1B2C3D4E5: to=<b@x.test>, orig_to=<c@x.test>, relay=none, delay=1, delays=0/0/0/0, ' +
      'dsn=4.4.1, status=deferred (connect to x.test[192.0.2.9]:25: Connection refused)'),
      { kind: 'fate', status: 'deferred', text: 'connect to x.test[192.0.2.9]:25: Connection refused' }],
  ])('is read: %s', (text, expected) => {
    expect(readLogLine(text.trimEnd())).toMatchObject(expected);
  });

  test.each([
    line('smtpd', 'connect from unknown[192.0.2.7]'),
    line('smtpd', 'NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 550 5.1.1 <x>'),
    line('smtpd', `A1B2C3D4E5: client=unknown[192.0.2.7]`),
    line('local', 'A1B2C3D4E5: to=<b@x.test>, relay=local, delay=1, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered)'),
    // A receiver that puts a line of the log into its reply.
    `Nov 22 06:00:01 mx1 other[1]: said ${fate('A1B2C3D4E5', 'b@x.test', '5.1.1', `bounced ${unknown}`)}`,
    'Nov 22 06:00:01 mx1 postfix/smtp[1]: A1B2C3D4E5: to=<', '', '\0\0', 'x'.repeat(100_000),
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
      fate('LLLLL2', 'd@z.test', '4.2.0', 'deferred (host mx.z.test[192.0.2.9] said: 450 4.2.0 <d@z.test>: Greylisted)'),
      fate('STRANGE', 'd@z.test', '2.0.0', 'sent (250 2.0.0 Ok)'),
      line('qmgr', 'LLLLL2: from=<B@t2.test>, status=expired, returned to sender'),
      line('qmgr', 'LLLLL2: removed'),
      fate('LLLLL2', 'd@z.test', '2.0.0', 'sent (250 2.0.0 Ok)'),
    ].join(''));
    await at.feedback.look();
    expect(kinds(at.heard)).toEqual(['bounced', 'delivered', 'deferred', 'bounced']);
    const { ledger } = at.served;
    expect(at.heard[0]).toMatchObject({
      account: ledger.account('a@t1.test'), tenant: ledger.tenant(ledger.account('a@t1.test')), pool: 'shared',
      address: '192.0.2.10', receiver: ledger.receiver('@x.test'), copies: 1, reply: { class: 'unknownUser' },
    });
    expect(at.heard[2]).toMatchObject({ account: ledger.account('b@t2.test'), reply: { class: 'greylist' } });
    expect(at.heard[3]).toMatchObject({ receiver: ledger.receiver('@z.test'), reply: { class: 'expired' } });
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
    appendFileSync(log, line('smtpd', 'QQQQQ1: client=u[192.0.2.7], sasl_method=PLAIN, sasl_username=a@t.test'));
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

const arf = (original: string, facts = '', type = 'abuse'): string => [
  'From: <feedback@receiver.test>', 'To: <fbl@platform.test>', 'Subject: report', 'MIME-Version: 1.0',
  'Content-Type: multipart/report; report-type=feedback-report; boundary="b"', '',
  '--b', 'Content-Type: text/plain', '', 'This is an email abuse report.', '',
  '--b', 'Content-Type: message/feedback-report', '', `Feedback-Type: ${type}`, 'User-Agent: X/1', 'Version: 1',
  ...(facts === '' ? [] : [facts]), '',
  '--b', 'Content-Type: message/rfc822', '', original, '', 'Hello', '', '--b--', '',
].join('\r\n');

describe('a complaint', () => {
  const original = 'From: <a@t1.test>\r\nSubject: s\r\nMessage-ID: <m1@t1.test>';
  const maildir = (): string => {
    const path = join(folder, 'Maildir');
    for (const name of ['new', 'cur', 'tmp']) mkdirSync(join(path, name), { recursive: true });
    return path;
  };

  test('in a maildir is taken once, and its account found by mark, Message-ID or sender', async () => {
    const path = maildir();
    const log = join(folder, 'mail.log');
    writeFileSync(log, '');
    const at = await listening({ complaints: path, mailLog: log });
    const { ledger } = at.served;
    const asker = new Asker(at.place);
    await asker.message({ id: 'Q11111', sasl_username: 'a@t1.test', sender: 'news@t1.test', recipients: ['b@x.test'] });
    asker.close();
    appendFileSync(log, line('cleanup', 'QQ11111: message-id=<m1@t1.test>'));
    await at.feedback.look();
    const other = ledger.account('o@t2.test');
    at.heard.length = 0;
    writeFileSync(join(path, 'new', '1'), arf(`X-Whose: ${ledger.markOf(other)}\r\n${original}`));
    writeFileSync(join(path, 'new', '2'), arf(original, 'Original-Rcpt-To: <b@x.test>'));
    writeFileSync(join(path, 'new', '3'), arf('Subject: s', 'Original-Mail-From: <news@t1.test>'));
    writeFileSync(join(path, 'new', '4'), arf('Subject: s', 'Original-Mail-From: <O@t2.test>'));
    writeFileSync(join(path, 'new', '5'), arf(`X-Whose: 1.0123456789abcdef\r\nSubject: s`));
    writeFileSync(join(path, 'new', '6'), arf(original, '', 'not-spam'));
    writeFileSync(join(path, 'new', '7'), 'Subject: a love letter\r\n\r\nHello\r\n');
    writeFileSync(join(path, 'new', '8'), Buffer.from([0, 255, 10, 13, 7]));
    await at.feedback.look();
    await at.feedback.look();
    const [a, o] = [ledger.account('a@t1.test'), other];
    expect(at.heard.map((signal) => signal.kind === 'complained' && signal.account)).toEqual([o, a, a, o]);
    expect(at.heard[1]).toMatchObject({ kind: 'complained', receiver: ledger.receiver('@x.test') });
    expect(at.told.map((text) => text.slice(0, text.indexOf(':')))).toEqual(['5', '6', '7', '8']);
    expect(readdirSync(join(path, 'new'))).toEqual([]);
    expect(readdirSync(join(path, 'cur'))).toHaveLength(8);
    await at.end();
  });

  test('in an mbox file is taken once it is whole, and those before are no news', async () => {
    const path = join(folder, 'fbl');
    const mail = (text: string): string => `From feedback Sun Nov 22 06:00:01 2026\n${text.replaceAll('\r', '')}\n`;
    writeFileSync(path, mail(arf(original, 'Original-Mail-From: <a@t1.test>')));
    const at = await listening({ complaints: path });
    at.served.ledger.account('a@t1.test');
    await at.feedback.look();
    expect(kinds(at.heard)).toEqual([]);
    const two = mail(arf(original, 'Original-Mail-From: <a@t1.test>')).repeat(2);
    appendFileSync(path, two.slice(0, 100));
    await at.feedback.look();
    appendFileSync(path, two.slice(100));
    await at.feedback.look();
    await at.feedback.look();
    await at.feedback.look();
    expect(kinds(at.heard)).toEqual(['complained', 'complained']);
    await at.end();
  });
});

describe('a register', () => {
  test('is believed where it says so clearly, and nothing else it does is a listing', async () => {
    let codes: readonly string[] = [];
    let listsTheWorld = false;
    let failure: ZoneAnswer['failure'] = 'none';
    const lookup = (ip: string): ZoneAnswer =>
      ({ codes: ip !== '127.0.0.1' || listsTheWorld ? codes : [], txt: '', ttlS: 60, failure });
    const server = await startRegisterServer({
      zones: [{ zone: 'bl.rbl.test', lookup, knowsTestPoints: false, ttlS: 60 }],
    });
    const at = await listening({ registers: [{ zone: 'bl.rbl.test', host: '127.0.0.1', port: server.port }] });
    const seen = async (): Promise<string[]> => {
      at.heard.length = 0;
      await at.feedback.look();
      return kinds(at.heard);
    };
    expect(await seen()).toEqual([]);
    codes = ['127.255.255.254'];
    expect(await seen()).toEqual([]);
    codes = ['192.0.2.53'];
    expect(await seen()).toEqual([]);
    codes = ['127.0.0.2'];
    expect(await seen()).toEqual(['listed']);
    expect(at.heard[0]).toMatchObject({ register: 'bl.rbl.test', pool: 'shared', address: '192.0.2.10' });
    expect(await seen()).toEqual([]);
    failure = 'refused';
    expect(await seen()).toEqual([]);
    failure = 'none';
    codes = [];
    expect(await seen()).toEqual(['delisted']);
    codes = ['127.0.0.2'];
    listsTheWorld = true;
    expect(await seen()).toEqual([]);
    expect(at.told.join()).toMatch(/it answers 127.255.255.254, which is no listing/);
    expect(at.told.join()).toMatch(/it lists 127.0.0.1, so it lists everything/);
    await at.end();
    await server.close();
  });
});

test('the desk shuts accounts and lets them go by lines in a file', async () => {
  const desk = join(folder, 'desk');
  writeFileSync(desk, 'suspend old@t.test\n');
  const at = await listening({ desk });
  const asker = new Asker(at.place);
  const send = async (id: number): Promise<string> =>
    (await asker.message({ id, sasl_username: 'a@t.test', recipients: ['b@x.test'] })).verb;
  expect(await send(1)).toBe('DUNNO');
  appendFileSync(desk, '# as agreed\n\nsuspend A@t.test\nsuspend\nrelease nobody@t.test\n');
  await at.feedback.look();
  expect(await send(2)).toBe('REJECT');
  appendFileSync(desk, 'release a@t.test\n');
  await at.feedback.look();
  expect(await send(3)).toBe('DUNNO');
  expect(at.told).toEqual([
    'A@t.test is suspended.', expect.stringMatching(/^"suspend" is no word for the policy/),
    expect.stringMatching(/^nobody@t.test is no account/), 'a@t.test is released.',
  ]);
  asker.close();
  await at.end();
});
