// Trouble in a world of twenty silent offices of five accounts each: what is written then, and nothing else.

import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { worldOf } from '../stage.ts';
import { group, write, type Written } from '../senders/writing.ts';

export type Incident = NonNullable<PlanInput['incidents']>[number];
export type Of<Kind extends Incident['kind']> = Extract<Incident, { kind: Kind }>;

export const offices = group({ kind: 'quiet' }, { name: 'offices', count: 20, accounts: 5 });
export const who = { group: 'offices' };

export const after = (incidents: Incident[], to: number, refuses?: (written: Written) => boolean) => {
  const world = worldOf({ tenants: [offices], incidents });
  const all: Written[] = [];
  write(world, to, (written) => {
    all.push(written);
    return refuses?.(written) ?? false;
  });
  return { world, all };
};

export const between = (all: readonly Written[], from: number, to: number): number =>
  all.filter(({ at }) => at >= from && at < to).length;

export const thief = (changes: Partial<Of<'compromised'>> = {}): Incident => ({
  kind: 'compromised', at: '2h', who, how: 'weak-password', rate: '4000/h', ramp: '1h', length: '5d',
  ...changes,
});
export const malware = (changes: Partial<Of<'infected'>> = {}): Incident => ({
  kind: 'infected', at: '1h', who, rate: '3000/h', accounts: 3, length: '5d', ...changes,
});
export const spammer = (changes: Partial<Of<'spammer'>> = {}): Incident => ({
  kind: 'spammer', at: '1h', who, warmup: '2d', warmupRate: '200/h', rate: '3000/h', length: '8h', ...changes,
});
