// Neighbours: addresses near ours that other people's mail leaves from. Registers that take a whole range
// together count their trap hits against it.

import { milliseconds } from '../../../policy/index.ts';
import type { IncidentPlan } from '../../plan/schema.ts';
import { exponentialFrom } from '../../samplers.ts';
import { incidentName } from '../incidents/culprits.ts';
import { luckNumber } from '../luck-number.ts';
import { purpose } from '../purposes.ts';
import type { World } from '../world.ts';
import { takeNeighbours } from './evidence.ts';
import { inSameRange, ipNumber } from './ranges.ts';

type Neighbour = Extract<IncidentPlan, { kind: 'neighbour' }>;

const hourMs = 3_600_000;

/** What the luck of an incident's neighbours goes by. */
const luckOf = (world: World, index: number): number => luckNumber('neighbours', incidentName(world, index));

/** The next trap hit of the neighbours of an incident, unless their time is over. */
export const awaitNeighbour = (world: World, incident: Neighbour, index: number): void => {
  if (incident.rate === 0) return;
  const drawn = world.luck.draw(luckOf(world, index), world.agenda.now, purpose.neighbourGap);
  const gap = milliseconds(Math.max(1, Math.round((exponentialFrom(drawn) * hourMs) / incident.rate)));
  if (world.agenda.now + gap > incident.at + incident.length) return;
  world.agenda.after(gap, { kind: 'neighbour-hit', index }, 0);
};

/** One of them hits a trap, which reports to a register or not, as traps do. */
export const neighbourHit = (world: World, index: number): void => {
  const incident = world.plan.incidents[index] as Neighbour;
  const { now } = world.agenda;
  const drawn = world.luck.draw(luckOf(world, index), now, purpose.neighbour);
  const source = ipNumber(incident.addresses[Math.floor(drawn * incident.addresses.length)]!);
  for (const register of world.registers) {
    const { prefix } = register.model;
    // Those that escalate another register hear what that one hears.
    const { luck } = register.child ?? register;
    if (prefix === 32 || world.luck.draw(luck, now, purpose.trapSeen) >= register.rule.coverage) continue;
    const ours: number[] = [];
    for (const [address, ip] of world.ips.entries()) {
      if (inSameRange(ipNumber(ip), source, prefix)) ours.push(address);
    }
    takeNeighbours(world, register, ours, source);
  }
  awaitNeighbour(world, incident, index);
};
