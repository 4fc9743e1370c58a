// Real clients of DNSBLs see what our registers list, and nothing more: dig, rblcheck, SpamAssassin, Exim and
// Postfix. rspamd is in test/testbed/hosts/.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mocks } from '../../testbed/mocks-on-loopback/start.ts';
import { alsoClose, done, input, startLiving } from '../testbed/mocks-on-loopback/living.ts';
import { type ClosedNetwork, startClosedNetwork } from './closed-network.ts';
import { canUse, exim, eximRoot, run } from './programs.ts';

const debian = (name: string): string => `apt-get install ${name}`;

/** Not of a private range: SpamAssassin never asks about those. */
const listed = '198.18.5.5';
const clean = '198.18.5.6';

describe.skipIf(!canUse({ dig: debian('dnsutils') }))('dig', () => {
  const dig = async ({ dnsPort }: Mocks, ...args: readonly string[]): Promise<string> =>
    (await run('dig', ['@127.0.0.1', '-p', String(dnsPort), '+tries=1', ...args])).text;

  test('reads A and TXT of a listed address over UDP and TCP, with EDNS and without', async () => {
    const mocks = await startLiving();
    await done(mocks, '/list', { register: 'psbl', address: listed });
    for (const how of ['+notcp', '+tcp', '+noedns', '+dnssec', '+bufsize=512', '+cookie']) {
      const heard = await dig(mocks, how, '5.5.18.198.PSBL.rbl.test', 'A', '5.5.18.198.psbl.rbl.test', 'TXT');
      expect(heard, how).toMatch(/^5\.5\.18\.198\.PSBL\.rbl\.test\.\s+\d+\s+IN\s+A\s+127\.0\.0\.2$/m);
      expect(heard, how).toMatch(/IN\s+TXT\s+".*198\.18\.5\.5"/);
      expect(heard, how).not.toMatch(/malformed|;; Warning|mismatch/);
      expect(heard, how).toContain('recursion requested but not available');
    }
  });

  test('reads NXDOMAIN with a SOA, REFUSED of ANY and foreign names, IPv6 by its nibbles', async () => {
    const mocks = await startLiving();
    await done(mocks, '/list', { register: 'psbl', address: '2001:db8::5' });
    const none = await dig(mocks, '6.5.18.198.psbl.rbl.test', 'A');
    expect(none).toMatch(/status: NXDOMAIN/);
    expect(none).toMatch(/IN\s+SOA\s+ns\.psbl\.rbl\.test\. hostmaster\.psbl\.rbl\.test\. /);
    expect(await dig(mocks, 'psbl.rbl.test', 'ANY', '+notcp')).toMatch(/status: REFUSED/);
    expect(await dig(mocks, 'example.com', 'A')).toMatch(/status: REFUSED/);
    const nibbles = `5.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.psbl.rbl.test`;
    expect(await dig(mocks, nibbles, 'A', '+short')).toBe('127.0.0.2\n');
  });
});

describe.skipIf(!canUse({ spamassassin: debian('spamassassin') }))('SpamAssassin', () => {
  test('scores a relay that is listed, and no other', async () => {
    const mocks = await startLiving();
    await done(mocks, '/list', { register: 'psbl', address: listed });
    const folder = mkdtempSync(join(tmpdir(), 'sharedfate-clients-'));
    alsoClose({ close: () => rmSync(folder, { recursive: true }) });
    writeFileSync(join(folder, 'rules.cf'), [
      'loadplugin Mail::SpamAssassin::Plugin::Check', 'loadplugin Mail::SpamAssassin::Plugin::DNSEval',
      'dns_available yes', `dns_server [127.0.0.1]:${mocks.dnsPort}`, 'trusted_networks 127.0.0.1',
      "header RCVD_IN_OURS eval:check_rbl('ours-lastexternal', 'psbl.rbl.test.')",
      'tflags RCVD_IN_OURS net', 'score RCVD_IN_OURS 7',
      'add_header all Status _YESNO_ tests=_TESTS_', '',
    ].join('\n'));
    const mail = (relay: string): string => [
      `Received: from evil.example (evil.example [${relay}]) by mx.example with ESMTP id x;`,
      ' Mon, 4 Jan 2027 00:00:00 +0000', 'From: a@b.example', 'To: c@mx.example', 'Subject: x',
      'Date: Mon, 4 Jan 2027 00:00:00 +0000', 'Message-ID: <1@b.example>', '', 'hello', '',
    ].join('\n');
    const args = ['-x', `--configpath=${folder}`, `--siteconfigpath=${folder}/none`];
    const status = async (relay: string): Promise<string | undefined> =>
      /X-Spam-Status: .*/.exec((await run('spamassassin', args, mail(relay))).text)?.[0];
    expect(await status(listed)).toBe('X-Spam-Status: Yes tests=RCVD_IN_OURS');
    expect(await status(clean)).toBe('X-Spam-Status: No tests=none');
  });
});

const inNetwork = {
  rblcheck: debian('rblcheck'),
  postfix: debian('postfix'),
  swaks: debian('swaks'),
  exim: 'apt-get download exim4-daemon-light, dpkg -x it, and name the folder by EXIM_ROOT',
};

describe.skipIf(!canUse(inNetwork, { root: true }))('in a network of our own', () => {
  let network: ClosedNetwork;
  beforeAll(async () => {
    network = await startClosedNetwork();
    await network.startMocks({ ...input, incidents: [] });
    await network.control('list', { register: 'psbl', address: listed });
  });
  afterAll(() => network.close());

  test('rblcheck tells a listed address, with its text, from one that is not', async () => {
    const said = await network.run('rblcheck', ['-t', '-c', '-s', 'psbl.rbl.test', listed]);
    expect(said.text).toContain(`${listed} listed by psbl.rbl.test: Listed in PSBL`);
    expect(said.code).toBe(1);
    const other = await network.run('rblcheck', ['-c', '-s', 'psbl.rbl.test', clean]);
    expect([other.text.trim(), other.code]).toEqual([`${clean} not listed by psbl.rbl.test`, 0]);
  });

  test("Exim's dnslists refuses a listed client at RCPT, with its text, and no other", async () => {
    const folder = join(network.folder, 'exim');
    mkdirSync(folder);
    await network.run('chown', ['Debian-exim', folder]);
    const file = join(network.folder, 'exim.conf');
    writeFileSync(file, [
      'primary_hostname = mx.example', `spool_directory = ${folder}`,
      `log_file_path = ${folder}/%slog`, 'acl_smtp_rcpt = check', 'begin acl', 'check:',
      '  deny dnslists = psbl.rbl.test',
      '       message = $sender_host_address listed at $dnslist_domain: $dnslist_text',
      '  accept', '',
    ].join('\n'));
    const libraries = ['usr/lib', 'lib'].map((lib) => `${eximRoot}/${lib}/x86_64-linux-gnu`).join(':');
    const talk = 'EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@mx.example>\r\nQUIT\r\n';
    const ask = async (client: string): Promise<string> =>
      (await network.run(exim, ['-C', file, '-bh', client], talk, { LD_LIBRARY_PATH: libraries })).text;
    expect(await ask(listed)).toMatch(/^550.198\.18\.5\.5 listed at psbl\.rbl\.test/m);
    expect(await ask(clean)).toMatch(/^250 Accepted/m);
  });

  test("Postfix' reject_rbl_client refuses a listed client, and takes mail of another", async () => {
    const folder = join(network.folder, 'postfix');
    for (const name of ['', '/queue', '/data']) mkdirSync(`${folder}${name}`, { recursive: true });
    await run('chown', ['postfix', `${folder}/data`]);
    writeFileSync(`${folder}/main.cf`, [
      'compatibility_level = 3.6', `queue_directory = ${folder}/queue`, `data_directory = ${folder}/data`,
      'command_directory = /usr/sbin', 'daemon_directory = /usr/lib/postfix/sbin', 'mail_owner = postfix',
      'setgid_group = postdrop', `maillog_file = ${folder}/mail.log`, `maillog_file_prefixes = ${folder}`,
      'inet_interfaces = 127.0.0.1', 'inet_protocols = ipv4', 'myhostname = mx.example',
      'mydestination = mx.example', 'local_recipient_maps =', 'alias_maps =', 'mynetworks =',
      'local_transport = discard:', 'smtpd_authorized_xclient_hosts = 127.0.0.1',
      'smtpd_recipient_restrictions = reject_rbl_client psbl.rbl.test, reject_unauth_destination', '',
    ].join('\n'));
    writeFileSync(`${folder}/master.cf`, [
      '127.0.0.1:2525 inet n - n - - smtpd', 'cleanup unix n - n - 0 cleanup', 'qmgr unix n - n 300 1 qmgr',
      'rewrite unix - - n - - trivial-rewrite', 'bounce unix - - n - 0 bounce', 'defer unix - - n - 0 bounce',
      'proxymap unix - - n - - proxymap', 'discard unix - - n - - discard', 'anvil unix - - n - 1 anvil',
      'postlog unix-dgram n - n - 1 postlogd', '',
    ].join('\n'));
    const started = await network.run('postfix', ['-c', folder, 'start']);
    expect(started.code, started.text).toBe(0);
    try {
      const ask = (client: string) => network.run('swaks', [
        '--server', '127.0.0.1:2525', '--xclient-addr', client,
        '--from', 'a@b.example', '--to', 'c@mx.example',
      ]);
      const refused = await ask(listed);
      expect(refused.text).toContain(
        `554 5.7.1 Service unavailable; Client host [${listed}] blocked using psbl.rbl.test; Listed in PSBL`,
      );
      expect((await ask(clean)).text).toContain('250 2.0.0 Ok: queued');
    } finally {
      await network.run('postfix', ['-c', folder, 'stop']);
    }
  });
});
