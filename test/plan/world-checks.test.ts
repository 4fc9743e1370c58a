// What can be wrong with registers, receivers and groups, and how it is told.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../sim/plan/schema.ts';
import { registerIds, registerPreset } from '../../sim/presets/index.ts';
import { type Change, holds } from './refused.ts';
import { spoilt } from './sample.ts';

const receivers = (change: object): Change => ({
  receivers: [{ name: 'gmail', preset: 'small-postfix', share: '100%', ...change }],
});
const group = (change: object) => (plan: PlanInput) => ({
  ...plan,
  tenants: [{ ...plan.tenants[0], ...change }],
  incidents: [],
});
const register = (preset: string, rule: object): Change => ({
  registers: [{ name: 'psbl', preset, rule }],
});

describe('of a register is refused', () => {
  holds([
    [
      'a field that its model knows nothing of',
      register('psbl', { minRatio: '50%' }),
      'registers[0].rule.minRatio means nothing to "psbl", which decides by "trapHit"; its rule has ' +
        'trapThreshold, window, expiry, coverage.',
    ],
    [
      'a rule for a union of others',
      register('spamhaus-zen', { expiry: '1d' }),
      'registers[0].rule.expiry means nothing to "spamhaus-zen", which decides by "union"; its rule has ' +
        'nothing to set. Change the rules of its members.',
    ],
    [
      'a version nobody published',
      register('uceprotect-2', { version: 'after 2021-01-20, seen 2024-10-07' }),
      'registers[0].rule.version is "after 2021-01-20, seen 2024-10-07"; it is one of "after 2021-01-20, ' +
        'seen 2024-10-06", "seen 2010-09 .. 2021-01-20". Did you mean "after 2021-01-20, seen 2024-10-06"?',
    ],
    [
      'a version of a register with one policy only',
      register('psbl', { version: 'old' }),
      'registers[0].rule.version means nothing to "psbl"',
    ],
    [
      'a window of no length',
      register('psbl', { window: '0s' }),
      'registers[0].rule.window is 0; it is above 0.',
    ],
    [
      'a number of hits out of range',
      register('psbl', { trapThreshold: 0 }),
      'registers[0].rule.trapThreshold is 0; it is a whole number from 1 to 1 000 000.',
    ],
    [
      'a score out of range',
      register('talos-sbrs', { score: -11 }),
      'registers[0].rule.score is -11; it is a number from -10 to 1 000 000',
    ],
    [
      'a misspelt field',
      register('psbl', { trapTreshold: 2 }),
      'registers[0].rule.trapTreshold is not a field here. Did you mean "trapThreshold"?',
    ],
  ]);

  test('no register is, as its preset has it', () => {
    for (const preset of registerIds) {
      expect(spoilt({ registers: [{ name: 'psbl', preset }] }), preset).toEqual([]);
      expect(registerPreset(preset).model, preset).not.toBe('');
    }
  });
  test('neither published policy of UCEPROTECT level 2 is', () => {
    for (const version of ['after 2021-01-20, seen 2024-10-06', 'seen 2010-09 .. 2021-01-20'])
      expect(spoilt(register('uceprotect-2', { version }))).toEqual([]);
  });
});

describe('of a receiver is refused', () => {
  holds([
    [
      'a greylist longer than we try',
      receivers({ greylist: '5d' }),
      'receivers[0].greylist is 5d; it is shorter than outbound.giveUp, 5d, or no mail gets through.',
    ],
    [
      'a register asked twice',
      receivers({ consults: ['psbl', 'psbl'] }),
      'receivers[0].consults[1] is "psbl" again; a receiver asks a register once.',
    ],
    [
      'a way with listings where no register is asked',
      receivers({ consults: [], onListing: 'defer' }),
      'receivers[0].onListing is "defer"; this receiver asks no register. Name registers in consults, or ' +
        'leave it out.',
    ],
    [
      'a threshold where the preset asks no register',
      { receivers: [{ name: 'gmail', preset: 'gmail', share: '100%', threshold: 2 }] },
      'receivers[0].threshold is 2; this receiver asks no register.',
    ],
    [
      'a threshold out of range',
      receivers({ threshold: 0 }),
      'receivers[0].threshold is 0; it is a number above 0, at most 1 000.',
    ],
    [
      'a way with listings that there is not',
      receivers({ onListing: 'rejct' }),
      'receivers[0].onListing is "rejct"; it is one of reject, defer, score. Did you mean "reject"?',
    ],
    [
      'a share above the whole',
      receivers({ caught: '101%' }),
      'receivers[0].caught is "101%", which is out of range; it is a share from \'0%\' to \'100%\'.',
    ],
  ]);
});

describe('of a group is refused', () => {
  holds([
    [
      'a mix that names no receiver',
      group({ mix: { gmal: '100%' } }),
      'tenants[0].mix.gmal (group "offices") is no receiver here; a mix names receivers of this plan. Did ' +
        'you mean "gmail"?',
    ],
    [
      'a mix that names what no receiver can be called',
      group({ mix: { Gmail: '100%' } }),
      'tenants[0].mix.Gmail (group "offices") has that name; it is a name of lower-case letters, digits ' +
        'and hyphens.',
    ],
    [
      'a mix that is no whole',
      group({ mix: { gmail: '50%', 'small-postfix': '20%' } }),
      'tenants[0].mix (group "offices") has shares of 70 % in all; they share 100 % of its ' +
        'recipients. Give ' +
        'out the missing 30 %.',
    ],
    [
      'a mix of more than all',
      group({ mix: { gmail: '90%', 'small-postfix': '20%' } }),
      'tenants[0].mix (group "offices") has shares of 110 % in all; they share 100 % of its recipients. ' +
        'Take 10 % away.',
    ],
    [
      'an urgent share below nothing',
      group({ urgent: '-1%' }),
      'tenants[0].urgent (group "offices") is "-1%", which is out of range',
    ],
    [
      'a cron job without a period',
      group({ stream: { kind: 'script', every: '0s' } }),
      'tenants[0].stream.every (group "offices") is 0; it is above 0. Take quiet() for tenants that send ' +
        'nothing.',
    ],
    [
      'a shop without orders',
      group({ stream: { kind: 'shop', perDay: 0 } }),
      'tenants[0].stream.perDay (group "offices") is 0; it is a number above 0, at most 1 000 000',
    ],
    [
      'a stream that there is not',
      group({ stream: { kind: 'scrip', every: '1h' } }),
      'tenants[0].stream.kind (group "offices") is "scrip"; it is one of office, newsletter, shop, script, ' +
        'trace, quiet. Did you mean "script"?',
    ],
    [
      'a list that there is not',
      group({ stream: { kind: 'shop', perDay: 9, list: { kind: 'purchase' } } }),
      'tenants[0].stream.list.kind (group "offices") is "purchase"; it is one of opt-in, typed-in, ',
    ],
  ]);
});
