// A receiver changes its settings overnight, and back.

import { describe, expect, test } from 'vitest';
import { milliseconds } from '../../../../policy/index.ts';
import { downgradeReceiver, upgradeReceiver } from '../../../../sim/world/incidents/receiver-upgrade.ts';
import { advance, day, hour } from '../stage.ts';
import {
  list, register, sendOne, there, withReceiver,
} from '../receivers/there.ts';

describe('an upgrade', () => {
  test('changes what it names at an instant, and takes it back', () => {
    const world = withReceiver('small-postfix', {
      registers: [register('psbl')], says: { consults: [] },
    });
    list(world, 'psbl');
    const at = milliseconds(0);
    const to = { consults: ['psbl'], connections: 3, perIpPerHour: 2, greylist: milliseconds(60_000) };
    const length = milliseconds(day);
    const incident = { kind: 'receiver-upgrade', at, receiver: 'there', to, length } as const;
    expect(sendOne(world).code).toBe(250);
    upgradeReceiver(world, incident, 4);
    expect(there(world).preset.connection.maxPerIp).toBe(3);
    expect(sendOne(world).class).toBe('dnsblBlock');
    list(world, 'psbl', false);
    advance(world, hour);
    expect(sendOne(world).class).toBe('greylist');
    expect(sendOne(world).class).toBe('greylist');
    expect(sendOne(world).class).toBe('rateLimit');
    downgradeReceiver(world, incident, 4);
    expect(there(world).preset.connection.maxPerIp).toBe(50);
    expect(sendOne(world).code).toBe(250);
  });

  test('a threshold of 2 makes Barracuda’s word alone enough for postscreen', () => {
    const world = withReceiver('postscreen-strict', { registers: [register('barracuda-brbl')] });
    list(world, 'barracuda-brbl');
    expect(sendOne(world).code).toBe(250);
    const incident = {
      kind: 'receiver-upgrade', at: milliseconds(0), receiver: 'there', to: { threshold: 2 },
    } as const;
    upgradeReceiver(world, incident, 0);
    expect(sendOne(world).code).toBe(550);
  });
});
