// The zones of a world's registers for whoever asks over DNS: what the world says of any address, what was
// listed by hand on top of that, and the error codes of a fault that lies with those who ask.

import type { RegisterZone } from '../../mocks/index.ts';
import { type Register, type ZoneAnswer, zoneAnswerFor } from '../../sim/index.ts';
import type { IncidentPlan } from '../../sim/plan/schema.ts';
import type { LiveWorld } from './live-world.ts';

/** A register as its server knows it. */
export interface LiveZone {
  readonly register: Register;
  readonly name: string;
  /** Addresses that are none of the world's, listed by hand. */
  readonly byHand: Set<string>;
  queries: number;
}

export const liveZone = (register: Register): LiveZone =>
  ({ register, name: `${register.name}.rbl.test`, byHand: new Set(), queries: 0 });

type Fault = Extract<IncidentPlan, { readonly kind: 'register-fault' }>;

/**
 * Codes that a register gives to those it does not serve: a public resolver, and who asks too much
 * (registers.json, error-range; spamhaus.com, "error codes").
 */
const askersCodes: Partial<Record<Fault['fault'], string>> = {
  'resolver-blocked': '127.255.255.254', 'quota-exceeded': '127.255.255.255',
};

/** The faults that a register suffers from now, its own and those of who asks it. */
export const faultsNow = ({ healed, incidents, now }: LiveWorld, { name }: Register): readonly Fault[] =>
  incidents.filter((incident): incident is Fault =>
    incident.kind === 'register-fault' && incident.register === name &&
    incident.at <= now && now < incident.at + incident.length && !healed.has(incident));

/** The error code that everyone gets who asks this register now; undefined while all is well. */
const askersCode = (live: LiveWorld, register: Register): string | undefined =>
  live.incidents.length === 0 ? undefined
  : faultsNow(live, register)
    .filter(({ receiver }) => receiver === undefined)
    .map(({ fault }) => askersCodes[fault])
    .find((code) => code !== undefined);

/** The zone as the register server asks it. */
export const zoneOf = (live: LiveWorld, zone: LiveZone): RegisterZone => {
  const { register, byHand } = zone;
  const { preset } = register;
  return {
    zone: zone.name,
    knowsTestPoints: true,
    ttlS: preset.ttl.negativeS,
    lookup(address): ZoneAnswer {
      zone.queries += 1;
      const code = askersCode(live, register);
      if (code !== undefined) return listing([code], 'Error: query refused', preset.ttl.positiveS);
      const said = zoneAnswerFor(live.world, register, address);
      const says = said.failure !== 'none' || said.codes.length > 0 || register.fault === 'graceful-empty';
      if (says || !byHand.has(address)) return said;
      return listing(register.codes, (preset.txt ?? '').replaceAll('{ip}', address), preset.ttl.positiveS);
    },
  };
};

const listing = (codes: readonly string[], txt: string, ttlS: number): ZoneAnswer =>
  ({ codes, txt, ttlS, failure: 'none' });
