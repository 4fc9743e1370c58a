// What is known of our own addresses: how many registers list them, and which colour a receiver gave them.

import { describe, expect, test } from 'vitest';
import {
  alert, days, divertTo, hours, listingCount, type ListingCountParameters, minutes, type Module, paceBy,
  pass, policy,
  PolicyEngine, type Signal, telemetryColour, zero,
} from '../../policy/index.ts';
import {
  complaint, login, outcome, poll, released, scanned, submissionOf, submitted, telemetry, trapped,
} from '../../laws/build.ts';

const engineWith = (module: Module<object>, signals: readonly Signal[]): PolicyEngine => {
  const engine = new PolicyEngine(policy('test', [module]));
  for (const signal of signals) engine.learn(signal, zero);
  return engine;
};
const person = submissionOf();
const bulk = submissionOf({ list: 7 });

describe('listings on several registers', () => {
  const two: ListingCountParameters = { limit: 2, action: divertTo('alternative') };
  const says = (parameters: ListingCountParameters, signals: readonly Signal[], submission = person) =>
    engineWith(listingCount(parameters), signals).decide(submission, minutes(1));

  test('one register is not enough, however many of our addresses it lists', () => {
    expect(says(two, [poll('listed', 'west', '192.0.2.10'), poll('listed', 'west', '192.0.2.11')]))
      .toBe(pass);
    expect(says(two, [poll('listed', 'west'), poll('listed', 'east')])).toMatchObject({
      kind: 'divert', reason: { module: 'listing-count', rule: 'registers that list us', seen: 2, limit: 2 },
    });
  });

  test('a register counts until the last of the addresses is off it', () => {
    const listed = [poll('listed', 'east'), poll('listed', 'west'), poll('listed', 'west', '192.0.2.11')];
    expect(says(two, [...listed, poll('delisted', 'west')]).kind).toBe('divert');
    expect(says(two, [...listed, poll('delisted', 'west'), poll('delisted', 'west', '192.0.2.11')]))
      .toBe(pass);
    expect(says(two, [...listed, poll('delisted', 'north'), poll('delisted', 'north')]).kind).toBe('divert');
  });

  test('whichever of two registers lets go first, one is left', () => {
    const both = [poll('listed', 'east'), poll('listed', 'west')];
    for (const register of ['east', 'west']) {
      const signals = [...both, poll('delisted', register)];
      expect(says(two, signals)).toBe(pass);
      expect(says({ ...two, limit: 1 }, signals).kind).toBe('divert');
      expect(says(two, [...signals, poll('listed', 'north')]).kind).toBe('divert');
    }
    const neither = [...both, poll('delisted', 'east'), poll('delisted', 'west')];
    expect(says({ ...two, limit: 1 }, neither)).toBe(pass);
  });

  test('a poll that finds the same listing again adds nothing, the first one too', () => {
    const twice = [poll('listed', 'east'), poll('listed', 'east'), poll('delisted', 'east')];
    expect(says({ ...two, limit: 1 }, twice)).toBe(pass);
  });

  test('1,024 listings are remembered, and no more', () => {
    const many = (count: number): Signal[] =>
      Array.from({ length: count }, (_, host) => poll('listed', 'west', `10.0.0.${host}`));
    expect(says(two, [...many(1_023), poll('listed', 'east')]).kind).toBe('divert');
    expect(says(two, [...many(1_024), poll('listed', 'east')])).toBe(pass);
  });

  test('registers weigh what they are trusted, and nothing if they are not', () => {
    const weighed = { ...two, limit: 3, weights: { west: 3, 'every one': 0, zone: 2 } };
    expect(says(weighed, [poll('listed', 'west')]).kind).toBe('divert');
    expect(says(weighed, [poll('listed', 'every one'), poll('listed', 'zone')])).toBe(pass);
    expect(says(weighed, [poll('listed', 'zone'), poll('listed', 'other')]).kind).toBe('divert');
  });

  test('bulk alone is stopped where it is told so, and of the listed pool alone', () => {
    const signals = [poll('listed', 'west'), poll('listed', 'east')];
    expect(says({ ...two, whom: 'bulk' }, signals)).toBe(pass);
    expect(says({ ...two, whom: 'bulk' }, signals, bulk).kind).toBe('divert');
    expect(says(two, signals, submissionOf({ pool: 'other' }))).toBe(pass);
  });

  test('nothing but a listing that a poll found raises it: no block, bounce, report or silence does', () => {
    const blocked = (['dnsblBlock', 'ipBlock', 'policy', 'transient'] as const)
      .flatMap((said) => [outcome('bounced', { class: said }), outcome('deferred', { class: said })]);
    const all: Signal[] = [
      ...blocked, outcome('delivered'), complaint(), poll('delisted', 'west'), released(), scanned(true),
      login({ failed: true }), trapped(), telemetry('red'), submitted(person, pass),
    ];
    expect(says({ ...two, limit: 1 }, all)).toBe(pass);
    expect(says({ ...two, limit: 1 }, [...all, poll('listed', 'west')]).kind).toBe('divert');
    expect(listingCount(two).hears).toEqual(['listed', 'delisted']);
  });

  test('refuses weights that are none', () => {
    expect(() => listingCount({ ...two, weights: { west: -1 } }))
      .toThrow('listing-count: weights["west"] is -1; it is a whole number from 0 to 1000.');
  });
});

describe('the colour of an address', () => {
  const says = (from: 'yellow' | 'red', signals: readonly Signal[], now = minutes(1), submission = bulk) =>
    engineWith(telemetryColour({ from, action: paceBy(hours(6)) }), signals).decide(submission, now);

  test('red makes bulk wait, and yellow where it is told so', () => {
    expect(says('red', [telemetry('red')])).toEqual({
      kind: 'pace', until: hours(6) + minutes(1),
      reason: { module: 'telemetry-colour', rule: 'red addresses', seen: 1, limit: 0 },
    });
    expect(says('red', [telemetry('yellow')])).toBe(pass);
    expect(says('yellow', [telemetry('yellow')]).kind).toBe('pace');
    expect(says('yellow', [telemetry('green')])).toBe(pass);
  });

  test('people\'s mail goes on, and so does another pool\'s', () => {
    expect(says('red', [telemetry('red')], minutes(1), person)).toBe(pass);
    expect(says('red', [telemetry('red', { pool: 'other' })])).toBe(pass);
    const all = telemetryColour({ from: 'red', whom: 'all', action: alert });
    expect(engineWith(all, [telemetry('red')]).decide(person, zero).kind).toBe('alert');
  });

  test('ends with a better colour of the same address at the same receiver, or when it is old', () => {
    expect(says('red', [telemetry('red'), telemetry('green')])).toBe(pass);
    expect(says('red', [telemetry('red'), telemetry('green', { receiver: 1 })]).kind).toBe('pace');
    expect(says('red', [telemetry('red'), telemetry('red', { address: '192.0.2.11' }), telemetry('green')]))
      .toMatchObject({ reason: { seen: 1 } });
    expect(says('red', [telemetry('red')], days(2) - 1 as typeof zero).kind).toBe('pace');
    expect(says('red', [telemetry('red')], days(2))).toBe(pass);
    const two = engineWith(telemetryColour({ from: 'red', action: alert }), [telemetry('red')]);
    two.learn(telemetry('red', { receiver: 1 }), hours(1));
    expect(two.decide(bulk, minutes(1))).toMatchObject({ reason: { seen: 2 } });
    // The first is believed no longer; the second for an hour more.
    expect(two.decide(bulk, days(2))).toMatchObject({ reason: { seen: 1 } });
    expect(two.decide(bulk, days(2) + hours(1) as typeof zero)).toBe(pass);
  });

  test('hears of nothing but colours', () => {
    const other: Signal[] = [poll('listed', 'west'), outcome('bounced', { class: 'ipBlock' }), released()];
    expect(says('yellow', other)).toBe(pass);
    const module = telemetryColour({ from: 'red', action: alert });
    const state = module.fresh();
    for (const signal of other) module.learn(state, signal, zero);
    expect(state).toEqual(module.fresh());
  });
});
