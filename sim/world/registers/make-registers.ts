// Makes the registers of a plan and ties together those that hang on one another: UCEPROTECT's levels, and
// composites with their members.

import type { Plan } from '../../plan/schema.ts';
import { type RegisterPreset, registerPreset, trapTypes } from '../../presets/index.ts';
import { luckNumber } from '../luck-number.ts';
import type { TrapKind } from '../senders/addresses.ts';
import { emptyDossier } from './dossier.ts';
import { modelOf } from './models.ts';
import { paramsOf } from './params.ts';
import { hasProperty, type Places, placesOf } from './places.ts';
import { ipNumber, rangesOf } from './ranges.ts';
import { decisionTime, type Register } from './register.ts';
import { ruleOf } from './rule.ts';
import { Traffic } from './traffic.ts';
import { trapKind } from './traps.ts';

type RegisterPlan = Plan['registers'][number];

/** All registers of a plan, over all addresses of its pools in their order. */
export const makeRegisters = (plan: Plan): readonly Register[] => {
  const places = placesOf(plan);
  const registers = plan.registers.map((register, id) => makeRegister(register, id, places));
  for (const register of registers) {
    const { childRegister, members } = paramsOf(register.preset);
    const child = registers.find(({ preset }) => preset.id === childRegister);
    if (child !== undefined) {
      child.parents.push(register);
      register.child = child;
    }
    for (const id of members ?? []) {
      const member =
        registers.find(({ preset }) => preset.id === id) ??
        makeRegister(hiddenPlan(plan.registers[register.id]!, id), -1, places);
      register.members.push(member);
      member.composites.push(register);
    }
  }
  return registers;
};

/** A member that lives inside its composite has its preset's own rule. */
const hiddenPlan = (composite: RegisterPlan, preset: string): RegisterPlan => ({
  name: `${composite.name}/${preset}`, preset, coverage: composite.coverage, rule: {},
});

const makeRegister = (plan: RegisterPlan, id: number, places: Places): Register => {
  const { ips, cold } = places;
  const preset = registerPreset(plan.preset);
  const model = modelOf(preset);
  const rule = ruleOf(plan, preset);
  return {
    id,
    luck: luckNumber('register', plan.name),
    name: plan.name,
    preset,
    model,
    rule,
    takes: trapsTaken(preset),
    decides: decisionTime(preset),
    dossiers: ips.map(emptyDossier),
    traffic: model.counts === 'nothing' ? null : new Traffic(ips.length, rule.window),
    ranges: rangesOf(ips.map(ipNumber), model.prefix),
    codes: [listingCode(preset)],
    lastSeen: Float64Array.from(ips, (ip) => (cold.has(ip) ? Number.NEGATIVE_INFINITY : 0)),
    isNew: Uint8Array.from(ips, (ip) => (cold.has(ip) ? 1 : 0)),
    property: Uint8Array.from(ips, (ip) => (hasProperty(preset, ip, places) ? 1 : 0)),
    staleMirror: new Uint8Array(ips.length),
    parents: [],
    child: null,
    members: [],
    composites: [],
    fault: null,
    rulesBefore: new Map(),
  };
};

/**
 * The kinds of trap that report to it (registers.json, trapTypes.feeds). That all have pristine ones,
 * Spamhaus recycled and typo ones, Barracuda none that was a person's, Abusix none of typos, is published;
 * the rest is an assumption: small and harsh registers take recycled traps, nobody but Spamhaus typos.
 */
const trapsTaken = (preset: RegisterPreset): ReadonlySet<TrapKind> => {
  // What escalates a register has that one's traps.
  const id = paramsOf(preset).childRegister ?? preset.id;
  const kinds = trapTypes.filter(({ feeds }) => feeds.includes(id)).map(trapKind);
  return new Set(kinds);
};

/** The code for a source of spam where the first of a zone is for something else. */
const spamCodes: Readonly<Record<string, string>> = { 'sorbs-spam': '127.0.0.6', dronebl: '127.0.0.11' };

/**
 * A private register has no zone that anybody could name; RFC 5782's 127.0.0.2 stands in for its "blocked".
 */
const listingCode = ({ id, codes }: RegisterPreset): string =>
  spamCodes[id] ?? codes.find((one) => one.class === 'listed')?.code ?? '127.0.0.2';
