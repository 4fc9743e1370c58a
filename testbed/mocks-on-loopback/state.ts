// What can be read of living mocks: the time, what receivers have taken and replied, who is listed where.

import type { SmtpReceiver } from '../../mocks/index.ts';
import { formatTime, type Receiver } from '../../sim/index.ts';
import { isDomainList } from '../../sim/world/registers/zone.ts';
import type { Tally } from './conversation.ts';
import type { LiveWorld } from './live-world.ts';
import { faultsNow, type LiveZone } from './zones.ts';

/** A receiver of the world, its server, and what that has done. */
export interface LiveReceiver {
  readonly receiver: Receiver;
  readonly server: SmtpReceiver;
  readonly tally: Tally;
}

/** The version of this document. */
const version = 1;

/** Everything, as `GET /` says it; times in milliseconds since the run began, and as text. */
export const stateOf = (
  live: LiveWorld, zones: readonly LiveZone[], receivers: readonly LiveReceiver[],
): object => ({
  version,
  seed: live.world.seed,
  clock: { ms: live.now, text: formatTime(live.now), endsMs: live.world.plan.length },
  registers: zones.map((zone) => ({
    name: zone.register.name,
    zone: zone.name,
    queries: zone.queries,
    faults: faultsNow(live, zone.register).map(({ fault }) => fault),
    rule: zone.register.rule,
    listed: listedOn(live, zone),
  })),
  receivers: receivers.map(({ receiver: { name }, server, tally }) => ({
    name, port: server.port, open: server.connections, ...tally,
  })),
});

/** Addresses that the zone names: ours, then others by hand. A list of domains names none. */
const listedOn = ({ world }: LiveWorld, { register, byHand }: LiveZone): readonly string[] =>
  isDomainList(register) ? []
  : [...world.ips.filter((_, address) => register.dossiers[address]!.published), ...byHand];
