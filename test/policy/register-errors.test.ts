// A poll that finds no answer is no signal: rules that count listings neither count on it nor forget, whether
// the resolver is blocked, the name servers are silent, or the domain has another owner by now.

import { expect, test } from 'vitest';
import {
  alert, divertTo, hours, listingCount, minutes, policy, registerWatch, type Verdict,
} from '../../policy/index.ts';
import { advance, hour, mute, worldOf } from '../sim/world/stage.ts';
import { submissionOf } from '../../laws/build.ts';

const rules = policy('rules', [
  listingCount({ limit: 2, action: divertTo('alternative') }),
  listingCount({ name: 'any', limit: 1, action: alert }),
  registerWatch({ avoidFor: hours(6), bulkWaits: minutes(10) }),
]);

interface Answer {
  readonly codes: readonly string[];
  readonly failure: 'none' | 'timeout' | 'refused';
}
const listed: Answer = { codes: ['127.0.0.2'], failure: 'none' };
const clean: Answer = { codes: [], failure: 'none' };

test.each<readonly [string, Answer]>([
  ['the resolver is refused', { codes: ['127.255.255.254'], failure: 'none' }],
  ['too much was asked', { codes: ['127.255.255.255'], failure: 'none' }],
  ['the name servers are silent', { codes: [], failure: 'timeout' }],
  ['the name servers refuse', { codes: [], failure: 'refused' }],
  ['a late answer says otherwise', { codes: ['127.0.0.2'], failure: 'timeout' }],
  ['somebody else owns the domain', { codes: ['203.0.113.7'], failure: 'none' }],
])('where %s, no listing comes and none goes', (_, error) => {
  const world = worldOf({
    tenants: [{ name: 'offices', count: 2, pool: 'shared', stream: mute }], desk: { poll: '15m' },
    registers: [{ name: 'east', preset: 'barracuda-brbl' }, { name: 'west', preset: 'barracuda-brbl' }],
  }, { seed: 'one', policy: rules });
  let answers: Readonly<Record<string, Answer>> = { east: error, west: error };
  world.transport = {
    ...world.transport, ask: (register) => ({ ...answers[register.name]!, txt: '', ttlS: 60 }),
  };
  let now = 0;
  const kinds = (): readonly Verdict['kind'][] => {
    advance(world, now += hour);
    return [0, 7].map((list) => world.engine.decide(submissionOf({ list }), world.agenda.now).kind);
  };
  // Errors alone are no listing.
  expect(kinds()).toEqual(['pass', 'pass']);
  // One register lists us; what the other cannot say is no second one.
  answers = { east: listed, west: error };
  expect(kinds()).toEqual(['alert', 'pace']);
  answers = { east: listed, west: listed };
  expect(kinds()).toEqual(['divert', 'pace']);
  // Neither of them is forgotten for as long as nobody answers.
  answers = { east: error, west: error };
  expect(kinds()).toEqual(['divert', 'pace']);
  expect(kinds()).toEqual(['divert', 'pace']);
  answers = { east: clean, west: error };
  expect(kinds()).toEqual(['alert', 'pace']);
  answers = { east: error, west: clean };
  expect(kinds()).toEqual(['pass', 'pass']);
});
