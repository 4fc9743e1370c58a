// Incidents to spoil, and a plan with whom they befall: three offices, a tenant alone in its group, registers
// of several models, and two receivers, one of which asks.

import type { PlanInput } from '../../sim/plan/schema.ts';
import { goodPlan, told } from './sample.ts';

export type Incidents = readonly object[];

/** What is told of a plan with these incidents. */
export const withIncidents = (incidents: Incidents, change: Partial<PlanInput> = {}): readonly string[] =>
  told({
    ...goodPlan(),
    length: '10d',
    registers: [
      { name: 'psbl', preset: 'psbl' },
      { name: 'level-2', preset: 'uceprotect-2' },
      { name: 'unasked', preset: 'hostkarma' },
    ],
    tenants: [
      { name: 'offices', count: 3, accounts: 2, pool: 'shared', stream: { kind: 'office', perDay: 20 } },
      { name: 'one', count: 1, pool: 'shared', stream: { kind: 'quiet' } },
    ],
    incidents,
    ...change,
  });

export const who = (member: number | 'any' = 1, group = 'offices') => ({ who: { group, member } });
export const stolen = (at: string, change: object = {}) => ({
  kind: 'compromised', at, ...who(), how: 'weak-password', rate: '9/h', length: '2h', ...change,
});
export const infected = (change: object = {}) => ({
  kind: 'infected', at: '1d', ...who(), rate: '9/h', length: '2h', ...change,
});
export const careless = (change: object = {}) => ({
  kind: 'careless', at: '1d', ...who(), size: 100, pace: '50/h', ...change,
});
export const spammer = (change: object = {}) => ({
  kind: 'spammer', at: '1d', ...who(), warmupRate: '1/h', rate: '9/h', length: '2h', ...change,
});
export const fault = (at: string, change: object = {}) => ({
  kind: 'register-fault', at, register: 'psbl', fault: 'ns-blackhole', length: '2h', ...change,
});
export const stricter = (at: string, to: object, change: object = {}) => ({
  kind: 'register-upgrade', at, register: 'psbl', to, ...change,
});
export const harder = (at: string, to: object, change: object = {}) => ({
  kind: 'receiver-upgrade', at, receiver: 'gmail', to, ...change,
});
export const neighbour = (change: object = {}) => ({
  kind: 'neighbour', at: '1d', addresses: ['192.0.2.99'], rate: '9/h', length: '1d', ...change,
});
