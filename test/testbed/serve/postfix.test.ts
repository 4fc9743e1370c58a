// A real Postfix asks a served policy: what it makes of each answer, and what its log brings back.

import { execFile } from 'node:child_process';
import {
  chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTransport } from 'nodemailer';
import { afterEach, expect, test } from 'vitest';
import {
  defer, divertTo, hold, type Module, paceBy, pass, policy, reject, seconds, type Signal, type Verdict,
  verdictOf, zero,
} from '../../../policy/index.ts';
import { freePort } from '../../../testbed/mta/free-port.ts';
import { startFeedback } from '../../../testbed/serve/feedback/feedback.ts';
import { atWork } from './at-work.ts';

const run = promisify(execFile);
const program = ['/usr/sbin/postfix', '/usr/lib/postfix/sbin/smtpd'].every((path) => existsSync(path));
const canRun = program && userInfo().uid === 0;
if (!canRun) process.stderr.write('skipped: postfix behind serve (as root: apt-get install postfix)\n');

const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A receiver that knows nobody. */
const unfriendly = (): Server =>
  createServer((socket) => {
    socket.write('220 x.test\r\n');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().trimEnd().split('\r\n')) {
        socket.write(/^RCPT/i.test(line) ? '550 5.1.1 User unknown\r\n' : '250 x.test\r\n');
        if (/^QUIT/i.test(line)) socket.end();
      }
    });
  });

const startPostfix = async (policyPort: number, receiverPort: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'sharedfate-served-'));
  chmodSync(folder, 0o755);
  for (const name of ['conf', 'queue', 'data']) mkdirSync(join(folder, name));
  const port = await freePort();
  const ask = `check_policy_service inet:127.0.0.1:${policyPort}`;
  writeFileSync(join(folder, 'conf', 'main.cf'), Object.entries({
    compatibility_level: '3.6', queue_directory: `${folder}/queue`, data_directory: `${folder}/data`,
    daemon_directory: '/usr/lib/postfix/sbin', command_directory: '/usr/sbin', mail_owner: 'postfix',
    setgid_group: 'postdrop', maillog_file: `${folder}/mail.log`, maillog_file_prefixes: folder,
    inet_interfaces: '127.0.0.1', inet_protocols: 'ipv4', myhostname: 'out.platform.test',
    mydestination: '', mynetworks: '127.0.0.0/8', local_recipient_maps: '', alias_maps: '',
    alias_database: '', notify_classes: '',
    smtp_dns_support_level: 'disabled', default_transport: 'discard',
    transport_maps: `inline:{ { bounces.test = smtp:[127.0.0.1]:${receiverPort} } }`,
    smtpd_relay_restrictions: 'permit_mynetworks, reject', smtpd_recipient_restrictions: ask,
    smtpd_end_of_data_restrictions: ask,
  }).map(([name, value]) => `${name} = ${value}\n`).join(''));
  writeFileSync(join(folder, 'conf', 'master.cf'), [
    `127.0.0.1:${port} inet n - n - - smtpd`, 'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr', 'rewrite unix - - n - - trivial-rewrite', 'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce', 'trace unix - - n - 0 bounce', 'smtp unix - - n - - smtp',
    'discard unix - - n - - discard', 'second unix - - n - - discard -o syslog_name=postfix/second',
    'error unix - - n - - error', 'retry unix - - n - - error', 'showq unix n - n - - showq',
    'anvil unix - - n - 1 anvil', 'postlog unix-dgram n - n - 1 postlogd', '',
  ].join('\n'));
  const { stdout } = await run('id', ['-u', 'postfix']);
  chownSync(join(folder, 'data'), Number(stdout), -1);
  writeFileSync(join(folder, 'mail.log'), '');
  const conf = join(folder, 'conf');
  ends.push(async () => {
    await run('postfix', ['-c', conf, 'stop']).catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  });
  await run('postfix', ['-c', conf, 'start']);
  return { port, conf, log: join(folder, 'mail.log') };
};

const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 600; tries++) {
    if (await isSo()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('it never came to that');
};

test.runIf(canRun)('Postfix does as each verdict says, and its log tells what became of it', async () => {
  const reason = { module: 'm', rule: 'messages', seen: 2, limit: 1 };
  const actions = [pass, hold, paceBy(seconds(1)), divertTo('second'), defer, reject, pass];
  const heard: Signal[] = [];
  const judge: Module<object> = {
    name: 'm', key: 'platform', fresh: () => ({}),
    decide: (_, { id }): Verdict => {
      const action = actions[id] ?? pass;
      return action === pass ? pass : verdictOf(action as typeof hold, reason, zero);
    },
    learn: (_, signal) => void heard.push(signal),
  };
  const receiver = unfriendly().listen(0, '127.0.0.1');
  ends.push(() => void receiver.close());
  const policyPort = await freePort();
  const postfix = await startPostfix(policyPort, (receiver.address() as AddressInfo).port);
  const at = await atWork(policy('each', [judge]), {
    listen: [{ kind: 'tcp', host: '127.0.0.1', port: policyPort }],
    release: `postsuper -c ${postfix.conf} -H - && postqueue -c ${postfix.conf} -f`,
    service: { anonymous: () => 'web', mark: 'X-Whose', pools: new Map([['second', 'second:']]) },
  });
  ends.push(() => at.served.close());
  const feedback = startFeedback(at.served, {
    usualPool: 'shared', addresses: new Map(), mark: 'X-Whose', registers: [], registerEveryMs: 1e6,
    mailLog: postfix.log,
  }, () => {});
  ends.push(() => feedback.stop());
  const mailer = createTransport({ host: '127.0.0.1', port: postfix.port, ignoreTLS: true });
  ends.push(() => mailer.close());
  const send = async (to: string): Promise<string> => {
    try {
      return (await mailer.sendMail({ from: 'a@t.test', to, subject: 's', text: 'Hello' })).response;
    } catch (error) {
      return (error as { readonly response: string }).response;
    }
  };
  const said: string[] = [];
  for (let number = 0; number < 7; number++) {
    said.push(await send(number < 6 ? `b${number}@x.test, c${number}@y.test` : 'nobody@bounces.test'));
  }
  expect(said.map((text) => text.slice(0, 9))).toEqual(
    ['250 2.0.0', '250 2.0.0', '250 2.0.0', '250 2.0.0', '450 4.7.1', '554 5.7.1', '250 2.0.0']);
  expect(at.lines.map(({ recipients, verdict }) => `${verdict} ${recipients}`)).toEqual(
    ['pass 2', 'hold 2', 'pace 2', 'divert 2', 'defer 2', 'reject 2', 'pass 1']);

  const queueOf = (number: number): string => at.lines[number]!.queue!;
  const log = (): string => readFileSync(postfix.log, 'utf8');
  await until(() => log().includes(`postfix/second/discard`) && log().includes(`${queueOf(0)}: removed`));
  expect(log()).toMatch(new RegExp(`postfix/second/discard\\[\\d+\\]: ${queueOf(3)}: to=<b3@x.test>`));
  const held = async (): Promise<string> => (await run('postqueue', ['-c', postfix.conf, '-p'])).stdout;
  expect(await held()).toContain(`${queueOf(1)}!`);
  expect(await held()).toContain(`${queueOf(2)}!`);
  const { stdout } = await run('postcat', ['-c', postfix.conf, '-q', queueOf(1)]);
  expect(at.served.ledger.marked(/^X-Whose: (.*)$/m.exec(stdout)![1]!)).toMatchObject({ account: 0 });

  at.time.at = 2_000;
  await at.served.releases!.look();
  await until(() => log().includes(`${queueOf(2)}: removed`));
  expect(at.served.ledger.memory.paced.size).toBe(0);
  await until(async () => {
    await feedback.look();
    return heard.some(({ kind }) => kind === 'bounced');
  });
  expect(heard.find(({ kind }) => kind === 'bounced')).toMatchObject({
    account: 0, receiverName: 'bounces.test', reply: { code: 550, enhanced: '5.1.1', class: 'unknownUser' },
  });
}, 120_000);
