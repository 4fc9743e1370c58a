// What the desk goes by when it takes a tenant for the cause of something, and what it was looking into.

import { notesOf } from '../world/desk/notes.ts';
import type { WorldEvent } from '../world/events.ts';
import type { Tenant } from '../world/senders/cast.ts';
import type { World } from '../world/world.ts';
import { first, type Row } from './row.ts';

/** What it has on record against all accounts of a tenant, of this day and the day before. */
export const evidenceAgainst = (world: World, { accounts }: Tenant, event: WorldEvent): Row<'evidence'> => {
  const { agenda, ledger } = world;
  const found: Row<'evidence'> = {
    kind: 'evidence', ...first(agenda.now, event.kind), copies: 0, unknownUsers: 0, complaints: 0,
    reports: 0, trapped: 0, scanned: 0, logins: 0, over: lookedInto(world, event),
  };
  for (const { id } of accounts) {
    const view = ledger.viewOf(id, agenda.now);
    found.copies += view.sent + view.sentBefore;
    found.unknownUsers += view.bounced + view.bouncedBefore;
    found.complaints += view.complained + view.complainedBefore;
    const notes = notesOf(world, id);
    if (notes === undefined) continue;
    for (const kind of ['reports', 'trapped', 'scanned', 'logins'] as const)
      found[kind] += notes.today[kind] + notes.before[kind];
  }
  return found;
};

/** What somebody at the desk is at work on, where it is no account; empty where it is. */
const lookedInto = ({ ips, receivers }: World, event: WorldEvent): string => {
  if (event.kind !== 'case-worked') return '';
  const { work } = event;
  switch (work.kind) {
    case 'listing':
      return `the listing of ${ips[work.address]!} on ${work.register.name}`;
    case 'block':
      return `the block of ${ips[work.address]!} at ${receivers[work.receiver]!.name}`;
    case 'address':
      return `the trouble of ${ips[work.address]!}`;
    default:
      return '';
  }
};
