// The parts of the loop through a mail server that need no mail server: its log, its logins, and how two runs
// are held against one another.

import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { SeedResult } from '../../../sim/index.ts';
import type { Attempt, Attempts } from '../../../testbed/mta/attempts.ts';
import { compareRuns } from '../../../testbed/mta/differences.ts';
import { answer, startLoginServer } from '../../../testbed/mta/login-server.ts';
import { domainIn, senderText } from '../../../testbed/names.ts';
import { readLogLine } from '../../../testbed/mta/postfix-log.ts';

const at = 'Nov 22 06:53:55 out postfix';
const relay = 'relay=127.0.0.1[127.0.0.1]:127, delay=0.4, delays=0.1/0/0.2/0.1';

describe('a line of Postfix’s log', () => {
  test.each([
    ['deferred by the receiver',
      `smtp[1]: 69A: to=<d@g.test>, ${relay}, dsn=4.7.1, ` +
      'status=deferred (host 127.0.0.1[127.0.0.1] said: 451 4.7.1 later (soon) ' +
      '(in reply to RCPT TO command))',
      { recipient: 'd@g.test', fate: 'deferred', said: '451 4.7.1 later (soon)', untried: false }],
    ['turned away at the greeting',
      'smtp[1]: 69A: to=<d@g.test>, relay=none, delay=0.4, delays=0.1/0/0.2/0.1, dsn=4.7.0, ' +
      'status=deferred (host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.7.0 busy)',
      { recipient: 'd@g.test', fate: 'deferred', said: '421 4.7.0 busy', untried: false }],
    ['put off without asking',
      'error[1]: 69A: to=<d@g.test>, relay=none, delay=0.4, dsn=4.7.0, status=deferred ' +
      '(delivery temporarily suspended: host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.7.0 busy)',
      { recipient: 'd@g.test', fate: 'deferred', said: '421 4.7.0 busy', untried: true }],
    ['taken',
      `smtp[1]: 69A: to=<o@g.test>, ${relay}, dsn=2.0.0, ` +
      'status=sent (250 2.0.0 ok)',
      { recipient: 'o@g.test', fate: 'sent', said: '250 2.0.0 ok', untried: false }],
  ])('says what became of a copy: %s', (_what, text, status) => {
    expect(readLogLine(`${at}/${text}`)).toEqual({ kind: 'status', id: '69A', status });
  });

  test('tells of a message come in, of one too old, and of Postfix’s own trouble', () => {
    expect(readLogLine(`${at}/cleanup[1]: 4XyZ: message-id=<12.0@out.platform.test>`))
      .toEqual({ kind: 'begun', id: '4XyZ', messageId: '12.0@out.platform.test' });
    expect(readLogLine(`${at}/qmgr[1]: 69A: from=<a0@t0.test>, status=expired, returned to sender`))
      .toMatchObject({ kind: 'status', status: { fate: 'expired' } });
    expect(readLogLine(`${at}/master[1]: fatal: bind 127.0.0.1 port 25: Address already in use`))
      .toMatchObject({ kind: 'trouble' });
  });

  test.each(['', 'rubbish', `${at}/qmgr[1]: 69A: removed`, `${at}/smtpd[1]: connect from h[127.0.0.1]`])(
    'that says nothing of the kind is passed over: %j', (line) => expect(readLogLine(line)).toBeUndefined());
});

describe('the login server', () => {
  const plain = (user: string): string => Buffer.from(`\0${user}\0any`).toString('base64');

  test('lets in whoever says a name, and nobody who says none or another mechanism', () => {
    expect(answer(`AUTH\t7\tPLAIN\tservice=smtp\tresp=${plain('a12')}`)).toBe('OK\t7\tuser=a12');
    expect(answer(`AUTH\t7\tPLAIN\tservice=smtp\tresp=${plain('')}`)).toBe('FAIL\t7');
    expect(answer(`AUTH\t7\tPLAIN\tservice=smtp\tresp=${plain('a\tuser=b')}`)).toBe('FAIL\t7');
    expect(answer('AUTH\t7\tCRAM-MD5\tservice=smtp')).toMatch(/^FAIL\t7/);
    expect(answer('CPID\t1')).toBeUndefined();
  });

  test('speaks first, and answers a command that comes in pieces', async () => {
    const server = await startLoginServer();
    const socket = connect(server.port, '127.0.0.1');
    socket.setEncoding('utf8');
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      socket.on('data', (text: string) => {
        heard.push(text);
        if (heard.join('').includes('OK\t1')) resolve();
        else if (heard.join('').endsWith('DONE\n')) {
          socket.write('AUTH\t1\tPLAIN\tresp=');
          setImmediate(() => socket.write(`${plain('a3')}\n`));
        }
      });
    });
    expect(heard.join('')).toMatch(/^VERSION\t1\t1\nMECH\tPLAIN.*DONE\nOK\t1\tuser=a3\n$/s);
    await server.close();
  });
});

test('a sender names its tenant, a bounce none, and anything else is an error', () => {
  expect(domainIn(senderText(12, 7))).toBe(7);
  expect(domainIn(senderText(12, -1))).toBe(-1);
  expect(() => domainIn('x@elsewhere.test')).toThrow(TypeError);
});

describe('two runs held against one another', () => {
  const attempt = (changes: Partial<Attempt> = {}): Attempt =>
    ({ at: 1_000, receiver: 0, address: 0, code: 250, class: 'accepted', text: 'ok', ...changes });
  const result = (escaped: number): SeedResult =>
    ({ metrics: { escaped: { value: escaped, observed: true } } }) as unknown as SeedResult;
  const verdicts = { asked: 0, same: 0, differences: [] };
  const compared = (memory: Attempts, mta: Attempts, values: readonly [number, number] = [1, 1]) =>
    compareRuns(
      { attempts: memory, result: result(values[0]) },
      { attempts: mta, result: result(values[1]), notes: {}, verdicts },
      ['gmail'],
    );

  test('are the same where each copy got the same reply', () => {
    const same = new Map([['1.2.3.0', attempt()]]);
    expect(compared(same, new Map(same)))
      .toEqual({ both: 1, same: 1, apart: 0, differences: [], verdicts, notes: {}, metrics: [] });
  });

  test.each([
    [attempt({ code: 451, class: 'greylist', at: 1_000 }), attempt({ at: 400_000 }), /another time/],
    [attempt({ code: 451, class: 'greylist' }), attempt({ at: 9_000 }), /seconds earlier or later/],
    [attempt({ code: 451, class: 'rateLimit' }), attempt(), /seen other mail/],
    [attempt({ code: 550, class: 'ipBlock' }), attempt({ address: 1 }), /another address/],
  ])('differ in a reply, and it is said why', (here, there, why) => {
    const { both, same, differences } = compared(new Map([['1.2.3.0', here]]), new Map([['1.2.3.0', there]]));
    expect([both, same]).toEqual([1, 0]);
    const said = { copies: 1, why: expect.stringMatching(why) as string };
    expect(differences).toEqual([expect.objectContaining(said)]);
  });

  test('differ in an attempt that one of them never made', () => {
    const memory = new Map([['1.2.3.0', attempt({ code: 451, class: 'greylist' })], ['1.2.3.1', attempt()]]);
    const through = new Map([['1.2.3.0', attempt()], ['9.9.9.0', attempt()]]);
    const whys = compared(memory, through, [3, 4]);
    expect(whys.differences.map(({ what }) => what)).toEqual(expect.arrayContaining([
      '451 greylist in memory, 250 accepted there', 'an attempt only in memory',
      'an attempt only through the mail server',
    ]));
    expect(whys.metrics).toEqual([{ name: 'escaped', memory: 3, mta: 4 }]);
  });
});
