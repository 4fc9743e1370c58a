// The door of a served policy: many at once, each answered in order, whatever they send.

import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  acceptEverything, type AccountId, defer, type Module, pass, policy, verdictOf, zero,
} from '../../../policy/index.ts';
import { writeRequest } from '../../../testbed/delegation/attributes.ts';
import { DoorMistake } from '../../../testbed/serve/door.ts';
import { Asker, atWork, type AtWork } from './at-work.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sharedfate-door-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isWell = async (at: AtWork): Promise<boolean> => {
  const asker = new Asker(at.place);
  const { verb } = await asker.message({ id: 'well', sasl_username: 'a@t.test', recipients: ['b@x.test'] });
  asker.close();
  return verb === 'DUNNO';
};

test('a hundred connections are each answered in the order of their requests', async () => {
  // Every third message of an account is put off, so that answers out of order show.
  const third: Module<{ seen: number }> = {
    name: 'third', key: 'account', fresh: () => ({ seen: 0 }),
    decide: ({ seen }) => {
      const reason = { module: 'third', rule: 'messages', seen: seen + 1, limit: 2 };
      return seen % 3 === 2 ? verdictOf(defer, reason, zero) : pass;
    },
    learn: (state) => {
      state.seen += 1;
    },
  };
  const at = await atWork(policy('third', [third as Module<object>]));
  const askers = Array.from({ length: 100 }, () => new Asker(at.place));
  const answers = await Promise.all(askers.map((asker, number) => Promise.all(
    Array.from({ length: 12 }, (_, id) => asker.message({
      id: `${number}-${id}`, sasl_username: `a${number}@t.test`, recipients: ['b@x.test'],
    })))));
  for (const each of answers) {
    expect(each.map(({ text }) => text)).toEqual(Array.from({ length: 12 }, (_, id) =>
      (id % 3 === 2 ? `4.7.1 messages is ${id + 1}, limit 2 (third)` : '')));
  }
  expect(at.lines).toHaveLength(1_200);
  for (const asker of askers) asker.close();
  await at.served.close();
});

describe('whoever speaks something else', () => {
  test.each([
    ['an empty request', '\n'],
    ['a request of another kind', 'request=junk\nsender=a\n\n'],
    ['no kind of request', 'sender=a\n\n'],
    ['a browser', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a line without end', `a=${'x'.repeat(100_000)}\n\n`],
    ['bytes', Buffer.concat([Buffer.from([0, 255, 254, 10, 0, 13]), Buffer.from('\n\n')])],
  ])('is answered by the setting: %s', async (_, text) => {
    const at = await atWork(acceptEverything, { service: { onFault: 'defer' } });
    const asker = new Asker(at.place);
    expect(await asker.send(text)).toEqual({
      verb: 'DEFER_IF_PERMIT', text: '4.3.5 Server configuration problem, try again later',
    });
    expect(at.lines).toMatchObject([{ verdict: 'fault' }]);
    asker.close();
    expect(await isWell(at)).toBe(true);
    await at.served.close();
  });

  test('never brings the service down (property)', async () => {
    const at = await atWork(acceptEverything);
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom('\n', '\n\n', 'request=smtpd_access_policy\n', 'protocol_state=END-OF-MESSAGE\n',
        'size=-1\n', 'recipient_count=1e9\n', 'recipient_count=99999999999999999999\n', 'sasl_username=a\n',
        'client_address=::::\n', 'instance=\n', 'recipient=@\n').map((text) => Buffer.from(text)));
    await fc.assert(fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
      const socket = connect((at.place as { readonly port: number }).port, '127.0.0.1');
      socket.on('error', () => {});
      socket.resume();
      for (const bytes of parts) socket.write(bytes);
      socket.end();
      await new Promise((done) => socket.once('close', done));
    }), { numRuns: 60 });
    expect(await isWell(at)).toBe(true);
    await at.served.close();
  });

  test('and never ends what was begun is cut off after a while', async () => {
    const at = await atWork(acceptEverything, { timeOutMs: 100 });
    const asker = new Asker(at.place);
    const closed = new Promise((done) => asker.socket.once('close', done));
    void asker.send('request=smtpd_access_policy\n');
    await closed;
    expect(at.told.join()).toMatch(/a request was not whole after 0.1 s/);
    expect(await isWell(at)).toBe(true);
    await at.served.close();
  });

  test('in too great a number is turned away', async () => {
    const at = await atWork(acceptEverything, { mostConnections: 2 });
    const askers = [new Asker(at.place), new Asker(at.place)];
    for (const asker of askers) await asker.ask({ protocol_state: 'DATA' });
    const third = new Asker(at.place);
    await new Promise((done) => third.socket.once('close', done));
    expect(at.told.join()).toMatch(/2 connections are open; further ones are turned away/);
    for (const asker of askers) asker.close();
    await at.served.close();
  });
});

test('who does not read its answers is not read from, and others are served', async () => {
  const at = await atWork(acceptEverything);
  const socket = connect((at.place as { readonly port: number }).port, '127.0.0.1');
  socket.on('error', () => {});
  socket.pause();
  const many = writeRequest({ protocol_state: 'DATA' }).repeat(200);
  for (let times = 0; times < 400; times++) socket.write(many);
  expect(await isWell(at)).toBe(true);
  socket.destroy();
  await at.served.close();
});

test('what has come before it closes is answered', async () => {
  const at = await atWork(acceptEverything);
  const asker = new Asker(at.place);
  await asker.ask({ protocol_state: 'DATA' });
  const answered = asker.ask({ protocol_state: 'DATA' });
  await new Promise((done) => setImmediate(done));
  await Promise.all([at.served.close(), answered]);
  expect((await answered).verb).toBe('DUNNO');
});

describe('a place to listen', () => {
  test('may be a Unix socket, with the rights it is given', async () => {
    const path = join(folder, 'policy');
    const at = await atWork(acceptEverything, { listen: [{ kind: 'unix', path }], socketMode: 0o622 });
    expect(statSync(path).mode & 0o777).toBe(0o622);
    expect(await isWell(at)).toBe(true);
    const again = atWork(acceptEverything, { listen: [{ kind: 'unix', path }] });
    await expect(again).rejects.toThrow(/is busy: another program listens there/);
    await at.served.close();
  });

  test('that cannot be had is named with what to do', async () => {
    writeFileSync(join(folder, 'file'), '');
    const at = await atWork(acceptEverything);
    for (const [place, why] of [
      [{ kind: 'unix', path: join(folder, 'file') }, /is there and is no socket/],
      [{ kind: 'unix', path: join(folder, 'none', 'policy') }, /its folder does not exist/],
      [at.place, /is busy: another program listens there/],
      [{ kind: 'tcp', host: '192.0.2.1', port: 0 }, /this machine has no such address/],
    ] as const) {
      const opened = atWork(acceptEverything, { listen: [place] });
      await expect(opened).rejects.toThrow(DoorMistake);
      await expect(opened).rejects.toThrow(why);
    }
    await at.served.close();
  });
});

test('the number of an account is the same on every connection', async () => {
  const at = await atWork(acceptEverything);
  expect(await isWell(at) && await isWell(at)).toBe(true);
  expect(at.served.ledger.knownAccount('a@t.test')).toBe(0 as AccountId);
  await at.served.close();
});
