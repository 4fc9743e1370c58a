// How a submission is put to a policy delegation daemon, and what its answers mean.

import { describe, expect, test } from 'vitest';
import { type AddressKey, milliseconds, type Verdict } from '../../../policy/index.ts';
import { Clock, realClock } from '../../../testbed/clock/clock.ts';
import { attributeNames, type RequestValues, writeRequest } from '../../../testbed/delegation/attributes.ts';
import { delegationHost } from '../../../testbed/hosts/delegation-host.ts';
import { clientAddress } from '../../../testbed/hosts/request-values.ts';
import { ActionReader } from '../../../testbed/hosts/verdict-of-action.ts';
import { smallWorld, submission } from './asking.ts';
import { attributesOf, fakeDaemon } from './fake-daemon.ts';

/** Judges one message by a daemon that gives these actions in turn, and then OK. */
const judged = async (
  actions: readonly string[], recipients: number, endOfMessage = false,
): Promise<{ readonly verdict: Verdict; readonly requests: readonly ReadonlyMap<string, string>[] }> => {
  const daemon = await fakeDaemon((socket, number) => socket.write(`action=${actions[number] ?? 'OK'}\n\n`));
  const world = smallWorld();
  const clock = new Clock(realClock(), 0);
  const { endpoint } = daemon;
  const host = delegationHost({ name: 'daemon', clock, world, endpoint, endOfMessage });
  try {
    const keys = Array.from({ length: recipients }, (_, key) => key as AddressKey);
    const verdict = await host.judge(submission(42, { recipients: keys }), milliseconds(5));
    return { verdict, requests: daemon.requests.map(attributesOf) };
  } finally {
    await host.close();
    await daemon.close();
  }
};

describe('a submission', () => {
  test('is asked about with all attributes of Postfix 3.7, in its order', async () => {
    const { requests } = await judged([], 1);
    expect([...requests[0]!.keys()]).toEqual(attributeNames);
    expect(Object.fromEntries(requests[0]!)).toMatchObject({
      request: 'smtpd_access_policy', protocol_state: 'RCPT', protocol_name: 'ESMTP',
      sasl_username: 'a12@t7.test', sasl_method: 'PLAIN', sender: 'a12@t7.test', client_address: '198.18.7.1',
      recipient: 'r0@plain.test', recipient_count: '0', size: '3000', queue_id: '', server_port: '587',
    });
  });

  test('is written as the general writer writes it', async () => {
    for (const request of (await judged([], 2, true)).requests) {
      const values = Object.fromEntries(request) as unknown as RequestValues;
      expect(attributesOf(writeRequest(values).trimEnd())).toEqual(request);
    }
  });

  test('is asked about for each recipient, and once more at its end where that is wanted', async () => {
    const { requests } = await judged([], 3, true);
    const told = ['protocol_state', 'recipient', 'recipient_count'];
    expect(requests.map((one) => told.map((name) => one.get(name))))
      .toEqual([
        ['RCPT', 'r0@plain.test', '0'], ['RCPT', 'r1@plain.test', '0'], ['RCPT', 'r2@plain.test', '0'],
        ['END-OF-MESSAGE', '', '3'],
      ]);
    expect(new Set(requests.map((one) => one.get('instance'))).size).toBe(1);
  });

  test('of which one recipient is refused is given up: those after it are not asked about', async () => {
    const { requests, verdict } = await judged(['OK', '450 4.7.1 enough'], 4, true);
    expect(requests.length).toBe(2);
    expect(verdict).toEqual({
      kind: 'defer', reason: { module: 'daemon', rule: '450 4.7.1 enough', seen: 1, limit: 0 },
    });
  });

  test('meets the gravest of what is said of its recipients', async () => {
    const { requests, verdict } = await judged(['WARN many', 'HOLD look', 'FILTER smtp:slow', 'OK'], 4);
    expect(requests.length).toBe(4);
    expect(verdict.kind).toBe('hold');
  });
});

describe('a client', () => {
  test('has an address that no real host has, and neighbours are not in one /24', () => {
    expect([0, 1, 255, 256, 65_023].map(clientAddress)).toEqual([
      '198.18.0.1', '198.18.1.1', '198.18.255.1', '198.18.0.2', '198.18.255.254',
    ]);
    expect(clientAddress(65_024)).toBe('2001:db8:0:fe00::1');
    expect(clientAddress(2 ** 32 + 5)).toMatch(/^198\.19\./);
  });

  test('has an address of its own, as far as there are tenants', () => {
    expect(new Set(Array.from({ length: 70_000 }, (_, source) => clientAddress(source))).size).toBe(70_000);
  });
});

describe('an action', () => {
  const verdictOf = (text: string): Verdict => {
    const [verb = '', rest = ''] = text.split(/ (.*)/s);
    return new ActionReader('daemon').verdictOf({ verb: verb.toUpperCase(), text: rest });
  };

  test.each([
    ['OK', 'pass'], ['DUNNO', 'pass'], ['dunno', 'pass'], ['PERMIT', 'pass'], ['1234', 'pass'],
    ['PREPEND X-Greylist: delayed', 'pass'], ['INFO seen', 'pass'], ['BCC a@b.test', 'pass'],
    ['DEFER_IF_REJECT later', 'pass'], ['WARN many', 'alert'],
    ['DEFER', 'defer'], ['DEFER_IF_PERMIT Rate limit', 'defer'], ['450 4.7.1 slow', 'defer'],
    ['421 bye', 'defer'],
    ['REJECT', 'reject'], ['554 5.7.1 no', 'reject'], ['DISCARD', 'reject'],
    ['HOLD', 'hold'], ['REDIRECT desk@platform.test', 'hold'], ['FILTER smtp:high-risk', 'divert'],
  ])('%s means %s', (text, kind) => {
    expect(verdictOf(text).kind).toBe(kind);
  });

  test.each([
    ['FILTER smtp:high-risk', 'high-risk'], ['FILTER smtp:[high-risk]:25', 'high-risk'],
    ['FILTER high-risk:', 'high-risk'], ['FILTER high-risk', 'high-risk'],
  ])('%s names the pool %s', (text, pool) => {
    expect(verdictOf(text)).toMatchObject({ pool });
  });

  test.each(['reject_unauth_destination', 'EXPLODE', '299 ok', 'x'])('%s has no meaning here', (text) => {
    expect(() => verdictOf(text)).toThrow('no action of access(5)');
  });

  test('whose text is another every time is told by its verb in the end', () => {
    const reader = new ActionReader('daemon');
    const rules = Array.from({ length: 100 }, (_, number) => {
      const verdict = reader.verdictOf({ verb: 'DEFER', text: `try ${number}` });
      return verdict.kind === 'defer' ? verdict.reason.rule : '';
    });
    const some = [rules[0], rules[63], rules[64], rules[99]];
    expect(some).toEqual(['DEFER try 0', 'DEFER try 63', 'DEFER', 'DEFER']);
    const again = reader.verdictOf({ verb: 'DEFER', text: 'try 3' });
    expect(again).toMatchObject({ reason: { rule: 'DEFER try 3' } });
  });
});
