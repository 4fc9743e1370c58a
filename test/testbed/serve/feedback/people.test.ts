// What people and registers tell a served policy: complaints, listings, and the desk's own words.

import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startRegisterServer } from '../../../../mocks/index.ts';
import type { ZoneAnswer } from '../../../../sim/index.ts';
import { Asker } from '../at-work.ts';
import { kinds, line, listening } from './listening.ts';
import { arf, bounceReport } from './reports.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sharedfate-feedback-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

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
    const sender = { sasl_username: 'a@t1.test', sender: 'news@t1.test' };
    await asker.message({ id: 'Q11111', ...sender, recipients: ['b@x.test'] });
    asker.close();
    appendFileSync(log, line('cleanup', 'QQ11111: message-id=<m1@t1.test>'));
    await at.feedback.look();
    const other = ledger.account('o@t2.test');
    at.heard.length = 0;
    writeFileSync(join(path, 'new', '1'), arf(`X-Whose: ${ledger.markOf(other)}\r\n${original}`));
    writeFileSync(join(path, 'new', '2'), arf(original, 'Original-Rcpt-To: <b@x.test>'));
    writeFileSync(join(path, 'new', '3'), arf('Subject: s', 'Original-Mail-From: <news@t1.test>'));
    writeFileSync(join(path, 'new', '4'), arf('Subject: s', 'Original-Mail-From: <O@t2.test>'));
    writeFileSync(join(path, 'new', '5'), arf(`X-Whose: 1.0.0123456789abcdef\r\nSubject: s`));
    writeFileSync(join(path, 'new', '6'), arf(original, '', 'not-spam'));
    writeFileSync(join(path, 'new', '7'), 'Subject: a love letter\r\n\r\nHello\r\n');
    writeFileSync(join(path, 'new', '8'), Buffer.from([0, 255, 10, 13, 7]));
    const late = bounceReport(original, 'b@x.test', '4.4.1', '450 4.4.1 still trying');
    writeFileSync(join(path, 'new', '9'), late);
    await at.feedback.look();
    await at.feedback.look();
    const [a, o] = [ledger.account('a@t1.test'), other];
    expect(at.heard.map((signal) => signal.kind === 'complained' && signal.account)).toEqual([o, a, a, o]);
    expect(at.heard[1]).toMatchObject({ kind: 'complained', receiver: ledger.receiver('@x.test'), sent: 0 });
    expect(at.heard[2]).not.toHaveProperty('sent');
    expect(at.told.map((text) => text.slice(0, text.indexOf(':')))).toEqual(['5', '6', '7', '8', '9']);
    expect(readdirSync(join(path, 'new'))).toEqual([]);
    expect(readdirSync(join(path, 'cur'))).toHaveLength(9);
    await at.end();
  });

  test('in an mbox file is taken once it is whole, and those before are no news', async () => {
    const path = join(folder, 'fbl');
    const mail = (text: string): string =>
      `From feedback Sun Nov 22 06:00:01 2026\n${text.replaceAll('\r', '')}\n`;
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
      zones: [{ zone: 'bl.rbl.test', lookup, knowsTestPoints: true, ttlS: 60 }],
    });
    const register = { zone: 'bl.rbl.test', host: '127.0.0.1', port: server.port };
    const at = await listening({ registers: [register] });
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
