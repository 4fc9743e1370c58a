// What a served policy answers: which action for which verdict, when a message counts, and what becomes of
// requests that are none and of policies that fail.

import { describe, expect, test } from 'vitest';
import {
  type AddressKey, alert, defer, divertTo, hold, hours, type Module, paceBy, pass, policy, type Policy,
  recipientWindow, reject, shadow, type Signal, suspend, type Verdict, verdictOf, zero,
} from '../../../policy/index.ts';
import { actionFor } from '../../../testbed/serve/answer.ts';
import { Fingerprints } from '../../../testbed/serve/fingerprints.ts';
import { nowhere } from '../../../testbed/serve/transactions.ts';
import { Asker, atWork, type AtWork } from './at-work.ts';

const reason = { module: 'm', rule: 'recipients/1h', seen: 7.123456, limit: 5 };

/** A policy that says what it is told to and remembers what it heard. */
const saying = (verdict: (at: number) => Verdict, heard: Signal[] = []): Policy => {
  const module: Module<object> = {
    name: 'm', key: 'account', fresh: () => ({}), decide: (_, { id }) => verdict(id),
    learn: (_, signal) => void heard.push(signal),
  };
  return policy('saying', [module]);
};

const one = { id: 1, sasl_username: 'a@t.test', recipients: ['b@x.test'] };

const end = async ({ served }: AtWork, ...askers: Asker[]): Promise<void> => {
  for (const asker of askers) asker.close();
  await served.close();
};

describe('a verdict', () => {
  const answering = { canRelease: true, pools: new Map([['alternative', 'smtp-alternative:']]) };
  const text = 'recipients/1h is 7.123, limit 5 (m)';
  test.each([
    ['pass', pass, 'DUNNO'],
    ['shadow', verdictOf(shadow(reject), reason, zero), 'DUNNO'],
    ['alert', verdictOf(alert, reason, zero), 'DUNNO'],
    ['divert', verdictOf(divertTo('alternative'), reason, zero), 'FILTER smtp-alternative:'],
    ['divert to a pool that nobody named', verdictOf(divertTo('other'), reason, zero), 'DUNNO'],
    ['pace', verdictOf(paceBy(hours(1)), reason, zero), `HOLD ${text}`],
    ['defer', verdictOf(defer, reason, zero), `DEFER_IF_PERMIT 4.7.1 ${text}`],
    ['hold', verdictOf(hold, reason, zero), `HOLD ${text}`],
    ['reject', verdictOf(reject, reason, zero), `REJECT 5.7.1 ${text}`],
    ['suspend', verdictOf(suspend('account', hours(1)), reason, zero), `REJECT 5.7.1 ${text}`],
  ])('of %s is served as Postfix knows it', (_, verdict, expected) => {
    const { verb, text: words } = actionFor(verdict, 'Q1', answering);
    expect(`${verb} ${words}`.trim()).toBe(expected);
  });

  test('of pace tells the client to come back where nobody can let go what is held', () => {
    const verdict = verdictOf(paceBy(hours(1)), reason, zero);
    expect(actionFor(verdict, 'Q1', { ...answering, canRelease: false }).verb).toBe('DEFER_IF_PERMIT');
    expect(actionFor(verdict, '', answering).verb).toBe('DEFER_IF_PERMIT');
  });

  test('whose words are strange is answered in one line of print', () => {
    const strange = { module: 'ä\n', rule: 'a\n\naction=OK\r', seen: 1, limit: 0 };
    const { text: words } = actionFor(verdictOf(reject, strange, zero), 'Q1', answering);
    expect(words).toMatch(/^[\x20-\x7e]+$/);
  });
});

describe('a message', () => {
  test('is judged once, at its end, with the recipients that were asked about', async () => {
    const heard: Signal[] = [];
    const at = await atWork(saying(() => pass, heard));
    const asker = new Asker(at.place);
    const recipients = ['b@x.test', 'B@X.test', 'c@y.test'];
    await asker.message({ id: 1, sasl_username: 'A@T1.test', recipients });
    expect(heard).toHaveLength(1);
    const [signal] = heard;
    const { submission } = signal as Extract<Signal, { kind: 'submitted' }>;
    const [first, second, third] = submission.recipients;
    expect(first).toBe(second);
    expect(third).not.toBe(first);
    expect(submission.receivers).toEqual([0, 0, 1]);
    expect(at.lines).toMatchObject([
      { account: 'a@t1.test', tenant: 't1.test', recipients: 3, verdict: 'pass', queue: 'Q1' },
    ]);
    await end(at, asker);
  });

  test('counts once, though it is asked about again after a lost answer', async () => {
    const heard: Signal[] = [];
    const at = await atWork(saying((id) => (id === 0 ? verdictOf(reject, reason, zero) : pass), heard));
    const asker = new Asker(at.place);
    const message = { id: 1, sasl_username: 'a@t.test', recipients: ['b@x.test'] };
    const first = await asker.message(message);
    expect(await asker.message(message)).toEqual(first);
    expect(heard).toHaveLength(1);
    expect(at.lines[1]).toMatchObject({ verdict: 'reject', note: 'asked again' });
    await end(at, asker);
  });

  test('whose recipients were not all told has as many as Postfix took, and they are no news', async () => {
    const heard: Signal[] = [];
    const at = await atWork(saying(() => pass, heard));
    const asker = new Asker(at.place);
    for (const instance of ['i1', 'i2']) {
      await asker.ask({
        protocol_state: 'END-OF-MESSAGE', instance, sasl_username: 'a@t.test', recipient_count: 3,
      });
    }
    const recipientsOf = (signal: Signal) =>
      (signal.kind === 'submitted' ? signal.submission.recipients : []);
    expect(recipientsOf(heard[0]!)).toHaveLength(3);
    expect(recipientsOf(heard[1]!)).toEqual(recipientsOf(heard[0]!));
    const prints = new Fingerprints('test');
    expect(recipientsOf(heard[0]!)[0]).toBe(prints.address(`0@${nowhere}`));
    await end(at, asker);
  });

  test('of an account that is shut is refused until a person lets it go', async () => {
    const shut = verdictOf(suspend('tenant', hours(9)), reason, zero);
    const at = await atWork(saying((id) => (id === 0 ? shut : pass)));
    const asker = new Asker(at.place);
    const send = async (id: number, login: string) =>
      (await asker.message({ id, sasl_username: login, recipients: ['b@x.test'] })).verb;
    expect(await send(1, 'a@t.test')).toBe('REJECT');
    expect(await send(2, 'other@t.test')).toBe('REJECT');
    expect(await send(3, 'a@elsewhere.test')).toBe('DUNNO');
    at.served.ledger.note({ kind: 'desk', does: 'release', account: at.served.ledger.account('a@t.test') });
    expect(await send(4, 'other@t.test')).toBe('DUNNO');
    await end(at, asker);
  });

  test('of a client that did not log in is judged as the setting says', async () => {
    const first = await atWork(saying(() => verdictOf(reject, reason, zero)));
    const service = { anonymous: (client: string): string => client };
    const other = await atWork(saying(() => verdictOf(reject, reason, zero)), { service });
    const [asker, another] = [new Asker(first.place), new Asker(other.place)];
    expect((await asker.message({ id: 1, recipients: ['b@x.test'] })).verb).toBe('DUNNO');
    expect(first.lines).toMatchObject([{ account: '', verdict: 'none', note: 'nobody logged in' }]);
    expect((await another.message({ id: 1, recipients: ['b@x.test'] })).verb).toBe('REJECT');
    expect(other.lines).toMatchObject([{ account: '192.0.2.1' }]);
    await end(first, asker);
    await end(other, another);
  });

  test('carries a mark of its account that nobody else can make', async () => {
    const at = await atWork(saying(() => pass), { service: { mark: 'X-Whose' } });
    const asker = new Asker(at.place);
    const values = {
      protocol_state: 'RCPT', instance: 'i1', sasl_username: 'a@t.test', recipient: 'b@x.test',
    } as const;
    const { text, verb } = await asker.ask(values);
    expect(verb).toBe('PREPEND');
    expect((await asker.ask(values)).verb).toBe('DUNNO');
    const mark = text.replace('X-Whose: ', '');
    const { ledger } = at.served;
    expect(ledger.marked(mark)).toEqual({ account: ledger.account('a@t.test'), at: 0 });
    expect(ledger.marked(mark.replace('0.0.', '0.1.'))).toBeUndefined();
    expect(ledger.marked('0.0.0123456789abcdef')).toBeUndefined();
    expect(ledger.marked('nonsense')).toBeUndefined();
    await end(at, asker);
  });
});

describe('a policy that fails', () => {
  const failing = (verb: 'decide' | 'learn'): Policy => {
    const fail = (): never => {
      throw new Error('out of order');
    };
    const module: Module<object> =
      { name: 'bad', key: 'account', fresh: () => ({}), decide: () => pass, learn: () => {} };
    return policy('failing', [{ ...module, [verb]: fail }]);
  };

  test.each([['pass', 'DUNNO'], ['defer', 'DEFER_IF_PERMIT']] as const)(
    'is answered for by the setting %s, logged, and asked again next time', async (onFault, verb) => {
      const at = await atWork(failing('decide'), { service: { onFault } });
      const asker = new Asker(at.place);
      for (const id of [1, 2]) {
        const message = { id, sasl_username: 'a@t.test', recipients: ['b@x.test'] };
        expect((await asker.message(message)).verb).toBe(verb);
      }
      expect(at.lines).toMatchObject([1, 2].map(() =>
        ({ account: 'a@t.test', verdict: 'fault', fault: 'module bad failed in decide: out of order' })));
      expect(at.told).toEqual(['the policy failed: module bad failed in decide: out of order']);
      await end(at, asker);
    },
  );

  test('to learn has decided all the same', async () => {
    const at = await atWork(failing('learn'));
    const asker = new Asker(at.place);
    expect((await asker.message(one)).verb).toBe('DUNNO');
    expect(at.told.join()).toMatch(/module bad failed in learn/);
    await end(at, asker);
  });
});

describe('a policy put in its place', () => {
  test('goes on from what the other knew, module by module', async () => {
    const tight = (limit: number): Policy =>
      policy(`limit ${limit}`, [recipientWindow({ name: 'recipients', limit, window: hours(1) })]);
    const at = await atWork(tight(3));
    const asker = new Asker(at.place);
    const send = async (id: number) =>
      (await asker.message({ id, sasl_username: 'a@t.test', recipients: ['b@x.test'] })).verb;
    expect([await send(1), await send(2), await send(3), await send(4)])
      .toEqual(['DUNNO', 'DUNNO', 'DUNNO', 'DEFER_IF_PERMIT']);
    expect(at.served.swap(tight(4))).toEqual([]);
    expect([await send(5), await send(6)]).toEqual(['DUNNO', 'DEFER_IF_PERMIT']);
    await end(at, asker);
  });

  test('is not taken where it cannot begin, and the one before serves on', async () => {
    const at = await atWork(saying(() => pass));
    const asker = new Asker(at.place);
    const bad = policy('bad', [{
      name: 'bad', key: 'account', decide: () => pass, learn: () => {},
      fresh: () => {
        throw new Error('no');
      },
    }]);
    expect(() => at.served.swap(bad)).toThrow(/module bad failed in fresh/);
    expect((await asker.message(one)).verb).toBe('DUNNO');
    await end(at, asker);
  });
});

describe('fingerprints of addresses', () => {
  test('are safe integers, alike for one address in any case, and differ for 200,000 others', () => {
    const prints = new Fingerprints('secret');
    const seen = new Set<AddressKey>();
    for (let number = 0; number < 200_000; number++) {
      seen.add(prints.address(`user${number}@example${number % 7}.test`));
    }
    expect(seen.size).toBe(200_000);
    expect([...seen].every((key) => Number.isSafeInteger(key) && key >= 0)).toBe(true);
    expect(prints.address('User1@Example1.TEST')).toBe(prints.address('user1@example1.test'));
    const other = new Fingerprints('other');
    expect(other.address('user1@example1.test')).not.toBe(prints.address('user1@example1.test'));
  });

  test('an IPv6 client goes by its /64, an IPv4 client by its address', () => {
    const prints = new Fingerprints('secret');
    expect(prints.source('192.0.2.1')).toBe(3_221_225_985);
    expect(prints.source('2001:db8::1')).toBe(prints.source('2001:DB8:0:0:ffff::2'));
    expect(prints.source('2001:db8:0:1::1')).not.toBe(prints.source('2001:db8::1'));
  });
});
