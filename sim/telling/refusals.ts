// What receivers turned away for the address' sake: the tenant's own mail, and others' where the tenant had
// part in it. One row for a receiver, an address and a reason, as long as it goes on.

import type { Reply } from '../../policy/index.ts';
import { isForAddress } from '../world/measures/reply-tally.ts';
import { isAbuse } from '../world/measures/tally.ts';
import type { Envelope } from '../world/platform/outbound.ts';
import { listingReply } from '../world/receivers/replies.ts';
import type { Receiver } from '../world/receivers/receiver.ts';
import type { EventKind } from '../world/events.ts';
import type { World } from '../world/world.ts';
import { first, type Row } from './row.ts';
import type { Step, Tale } from './tale.ts';
import { type BadMail, partsOf, type Shares } from './whose.ts';

/** A refusal after so long a quiet is another story. */
const quiet = 2 * 86_400_000;
/** A receiver's own judgement goes by mail of so long (reputations halve within some days). */
const remembered = 2 * 86_400_000;
/** Whoever made this share of the bad mail from an address had part in what a receiver thinks of it. */
const partFrom = 0.1;

interface Open {
  readonly row: Row<'refused'>;
  /** Messages by number, since one is tried again and again. */
  readonly wanted: Set<number>;
  readonly abusive: Set<number>;
  readonly others: Set<number>;
  readonly tenants: Set<number>;
  /** The tenant's doing, in part. */
  readonly caused: boolean;
}

export class Refusals {
  readonly #world: World;
  readonly #tenant: number;
  readonly #mail: readonly BadMail[];
  readonly #open = new Map<string, Open>();
  readonly #past: Open[] = [];
  /** Called for each refusal of the tenant's own mail that goes by a register. */
  readonly #suffer: (register: string, address: string) => void;
  readonly #isCause: (register: string, address: string) => boolean;

  constructor(
    world: World, tenant: number, mail: readonly BadMail[],
    suffer: (register: string, address: string) => void,
    isCause: (register: string, address: string) => boolean,
  ) {
    this.#world = world;
    this.#tenant = tenant;
    this.#mail = mail;
    this.#suffer = suffer;
    this.#isCause = isCause;
  }

  /** A reply to one copy of an exchange that is just over. */
  note({ message, tenant, receiver: id, address }: Envelope, reply: Reply, event: EventKind): void {
    const receiver = this.#world.receivers[id]!;
    if (!isForAddress(receiver, reply)) return;
    const isOwn = tenant === this.#tenant;
    const isInnocent = message.nature === 'wanted' && message.actor.account.tenant.culprit === null;
    if (!isOwn && !isInnocent) return;
    const open = this.#rowFor(receiver, address, reply, event);
    const { row } = open;
    row.last = this.#world.agenda.now;
    row.count += 1;
    const { id: number } = message.submission;
    if (isOwn) {
      open[isAbuse(message.nature) ? 'abusive' : 'wanted'].add(number);
      if (row.register !== '') this.#suffer(row.register, row.address);
    } else {
      open.others.add(number);
      open.tenants.add(tenant);
    }
  }

  #rowFor(receiver: Receiver, address: number, reply: Reply, event: EventKind): Open {
    const world = this.#world;
    const { now } = world.agenda;
    const ip = world.ips[address]!;
    const register = registerOf(receiver);
    const key = `${receiver.name} ${ip} ${register}`;
    const known = this.#open.get(key);
    if (known !== undefined && now - known.row.last <= quiet) return known;
    if (known !== undefined) this.#past.push(known);
    const bad = this.#mail[address]!.within(now, remembered);
    const open: Open = {
      row: {
        kind: 'refused', ...first(now, event, 0), receiver: receiver.name, address: ip, register,
        reply: `${reply.code} ${reply.enhanced} ${reply.text}`.replaceAll('\n', ' / '),
        own: { wanted: 0, abusive: 0 }, others: 0, tenants: 0, mail: partsOf(world, bad),
      },
      wanted: new Set(), abusive: new Set(), others: new Set(), tenants: new Set(),
      caused: register === '' ? isPart(bad, this.#tenant) : this.#isCause(register, ip),
    };
    this.#open.set(key, open);
    return open;
  }

  /** Those that concern the tenant; of one at fault, those that it had part in. */
  steps(isCulprit: boolean): readonly Step[] {
    return this.#told(isCulprit).map(({ row, wanted, abusive, others, tenants }) => ({
      ...row, own: { wanted: wanted.size, abusive: abusive.size }, others: others.size, tenants: tenants.size,
    }));
  }

  #told(isCulprit: boolean): readonly Open[] {
    return [...this.#past, ...this.#open.values()].filter(({ abusive, caused, wanted }) =>
      isCulprit ? caused || abusive.size > 0 : wanted.size > 0);
  }

  /** What others lost or waited for in those. */
  harm(): Tale['harm'] {
    const rows = this.#told(true).filter(({ caused, others }) => caused && others.size > 0);
    return {
      receivers: new Set(rows.map(({ row }) => row.receiver)).size,
      messages: new Set(rows.flatMap(({ others }) => [...others])).size,
      tenants: new Set(rows.flatMap(({ tenants }) => [...tenants])).size,
    };
  }
}

/** The register that a receiver's refusal for the address' sake goes by; empty where it judges for itself. */
const registerOf = ({ blame, listing, preset, replies }: Receiver): string => {
  if (listing === null || blame === null) return '';
  const { register } = listing;
  const isListing = blame === replies.dnsblDefer ||
    blame === listingReply(preset, replies.dnsblReject, register.preset.id);
  return isListing ? register.name : '';
};

const isPart = (bad: Shares, tenant: number): boolean => {
  let all = 0;
  for (const count of bad.values()) all += count;
  return (bad.get(tenant) ?? 0) >= partFrom * all && all > 0;
};

