// What goes wrong with a register: it changes its rule overnight, it fails, or neighbours get its range
// listed.

import type { IncidentPlan } from '../../plan/schema.ts';
import { tell } from '../measures/tally.ts';
import { setCountsAnyA, setResolverFault } from '../receivers/consult.ts';
import { isOwnFault } from '../registers/faults.ts';
import { several } from '../registers/model.ts';
import { awaitNeighbour } from '../registers/neighbours.ts';
import { awaitExpiry, decide, type Register, replaceRule, upgrade } from '../registers/register.ts';
import type { World } from '../world.ts';

type Upgrade = Extract<IncidentPlan, { kind: 'register-upgrade' }>;
type Failure = Extract<IncidentPlan, { kind: 'register-fault' }>;

const named = (world: World, name: string): Register => world.registers.find((one) => one.name === name)!;

const sayOf = (world: World, register: Register, what: string): void =>
  tell(world, 'register', register.name, `${register.name} ${what}`);

export const upgradeRegister = (world: World, incident: Upgrade): void => {
  const register = named(world, incident.register);
  register.rulesBefore.set(incident, register.rule);
  upgrade(world, register, incident.to);
  sayOf(world, register, `changes its rule: ${describe(incident.to)}`);
};

/** The rule of before is back. */
export const downgradeRegister = (world: World, incident: Upgrade): void => {
  const register = named(world, incident.register);
  const before = register.rulesBefore.get(incident);
  if (before === undefined) return;
  register.rulesBefore.delete(incident);
  replaceRule(world, register, before);
  sayOf(world, register, 'has its old rule back');
};

const hours = (ms: number): string => `${ms / 3_600_000} h`;

const describe = (to: Upgrade['to']): string =>
  [
    to.version !== undefined && `version "${to.version}"`,
    to.trapThreshold !== undefined && several(to.trapThreshold, 'trap hit'),
    to.window !== undefined && `within ${hours(to.window)}`,
    to.expiry !== undefined && `off after ${hours(to.expiry)}`,
    to.coverage !== undefined && `hears ${to.coverage * 100} % of traps`,
    to.minRatio !== undefined && `spam from ${to.minRatio * 100} %`,
    to.minSpam !== undefined && `${to.minSpam} spam messages`,
    to.score !== undefined && `score ${to.score}`,
  ]
    .filter((part) => part !== false)
    .join(', ');

export const failRegister = (world: World, incident: Failure): void => {
  const register = named(world, incident.register);
  if (isOwnFault(incident.fault)) {
    register.fault = incident.fault;
    if (incident.fault === 'stale-mirror') {
      for (const [address, dossier] of register.dossiers.entries())
        register.staleMirror[address] = dossier.published ? 1 : 0;
    }
    if (incident.fault === 'lists-big-provider') listAll(world, register);
  } else {
    setAskersFault(world, incident, true);
  }
  sayOf(world, register, `fails: ${incident.fault}`);
};

export const healRegister = (world: World, incident: Failure): void => {
  const register = named(world, incident.register);
  if (isOwnFault(incident.fault)) {
    register.fault = null;
    if (incident.fault === 'lists-big-provider') takeBack(world, register);
  } else {
    setAskersFault(world, incident, false);
  }
  sayOf(world, register, `is sound again after: ${incident.fault}`);
};

/** Codes that a resolver gets instead of an answer (registers.json, error-range). */
const resolverCodes = { 'resolver-blocked': '127.255.255.254', 'quota-exceeded': '127.255.255.255' } as const;

const setAskersFault = (world: World, incident: Failure, on: boolean): void => {
  const { fault, register, receiver } = incident;
  if (fault === 'any-A-is-listed') return setCountsAnyA(world, register, receiver, on);
  if (fault !== 'resolver-blocked' && fault !== 'quota-exceeded') return;
  setResolverFault(world, register, receiver, on ? resolverCodes[fault] : null);
};

/** To the register we are a big provider that spam was seen from: all of our addresses are listed. */
const listAll = (world: World, register: Register): void => {
  for (const [address, dossier] of register.dossiers.entries()) {
    dossier.lastHit = world.agenda.now;
    decide(world, register, address, true, 'lists a whole provider');
  }
};

/** The mistake is seen; who would be listed anyway stays so. */
const takeBack = (world: World, register: Register): void => {
  for (let address = 0; address < register.dossiers.length; address += 1) {
    if (register.model.reason(world, register, address) === null)
      decide(world, register, address, false, 'a mistake taken back');
    else if (register.dossiers[address]!.decided) awaitExpiry(world, register, address);
  }
};

export const beginNeighbour = (
  world: World, incident: Extract<IncidentPlan, { kind: 'neighbour' }>, index: number,
): void => {
  const who = incident.addresses.join(', ');
  tell(world, 'register', 'neighbours', `spam leaves from neighbours of ours: ${who}`);
  awaitNeighbour(world, incident, index);
};
