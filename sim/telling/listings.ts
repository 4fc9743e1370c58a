// The registers' side of a tale: for each register and address the evidence against it and whose it was, and
// for each listing its chain of steps, told only where the tenant brought it about or suffered from it.

import type { TimelineEntry } from '../result.ts';
import type { EventKind, WorldEvent } from '../world/events.ts';
import type { World } from '../world/world.ts';
import { again, first, type Row } from './row.ts';
import type { Step } from './tale.ts';
import { addShare, type BadMail, neighbours, partsOf, reports, type Shares } from './whose.ts';

/** One listing, or what led to none yet. */
interface Chain {
  readonly steps: Step[];
  /** The tenant's own trap hits that count here; null while there are none. */
  trap: Row<'trap'> | null;
  readonly hits: Shares;
  /** The tenant had part in it; its mail was refused for it. */
  caused: boolean;
  suffered: boolean;
  /** It is off again: what comes in now is another listing's evidence. */
  over: boolean;
}

/** Half a day, after which no resolver still names what has come off. */
const cached = 43_200_000;

const newChain = (): Chain =>
  ({ steps: [], trap: null, hits: new Map(), caused: false, suffered: false, over: false });

export class Listings {
  readonly #world: World;
  readonly #tenant: number;
  /** By `register address`: the latest listing; what has been gathered for a next one; listings before. */
  readonly #listed = new Map<string, Chain>();
  readonly #gathered = new Map<string, Chain>();
  readonly #past: Chain[] = [];
  /** Sentences about a register and none of our addresses, such as a fault of it. */
  readonly #ofRegister = new Map<string, Step[]>();
  /** Evidence each register held when we last looked, by register and address. */
  readonly #held: Int32Array[];
  /** Bad mail that receivers took, by address: whose. */
  readonly #mail: readonly BadMail[];

  constructor(world: World, tenant: number, mail: readonly BadMail[]) {
    this.#world = world;
    this.#tenant = tenant;
    this.#mail = mail;
    this.#held = world.registers.map(({ dossiers }) => new Int32Array(dossiers.length));
  }

  /** Evidence may have come in through this event; `who` brought it. */
  settle(event: EventKind, who: number): void {
    const { registers, agenda } = this.#world;
    for (const { id, dossiers, name } of registers) {
      const held = this.#held[id]!;
      for (let address = 0; address < dossiers.length; address += 1) {
        const { hitsEver } = dossiers[address]!;
        const more = hitsEver - held[address]!;
        held[address] = hitsEver;
        if (more > 0) this.#evidence(name, this.#world.ips[address]!, event, agenda.now, who, more);
      }
    }
  }

  #evidence(
    register: string, address: string, event: EventKind, at: number, who: number, count: number,
  ): void {
    const chain = this.#openFor(register, address);
    addShare(chain.hits, who, count);
    if (who !== this.#tenant) return;
    chain.caused = true;
    if (chain.trap !== null) return again(chain.trap, at, count);
    chain.trap = { kind: 'trap', ...first(at, event, count), register, address };
    chain.steps.push(chain.trap);
  }

  /** Where evidence belongs: it keeps a listing up that stands, and else counts for the next. */
  #openFor(register: string, address: string): Chain {
    const key = `${register} ${address}`;
    const listed = this.#listed.get(key);
    if (listed !== undefined && !listed.over) return listed;
    let chain = this.#gathered.get(key);
    if (chain === undefined) this.#gathered.set(key, (chain = newChain()));
    return chain;
  }

  /** After an event that the registers have a part in. */
  after(event: WorldEvent): void {
    switch (event.kind) {
      case 'evidence':
        return this.settle(event.kind, event.evidence.kind === 'trap' ? neighbours : reports);
      case 'neighbour-hit':
        return this.settle(event.kind, neighbours);
      case 'register-decision':
        if (event.list) this.#decided(event.register.name, event.address, event.why);
        else this.#endListing(event.register.name, event.address);
        return this.settle(event.kind, reports);
      case 'delist-answer':
      case 'register-expiry':
        return this.settle(event.kind, reports);
      default:
    }
  }

  #decided(register: string, address: number, why: string): void {
    const { ips, agenda } = this.#world;
    const ip = ips[address]!;
    const chain = this.#begin(register, ip);
    const bad = this.#mail[address]!.within(agenda.now);
    // A register that counts mail and no traps goes by whoever's bad mail it was.
    if (chain.hits.size === 0 && bad.has(this.#tenant)) chain.caused = true;
    chain.steps.push({
      kind: 'decision', ...first(agenda.now, 'register-decision'), register, address: ip, why,
      by: partsOf(this.#world, chain.hits), mail: partsOf(this.#world, bad),
    });
  }

  /** A listing begins; what was gathered before is its beginning. */
  #begin(register: string, address: string): Chain {
    const key = `${register} ${address}`;
    const before = this.#listed.get(key);
    if (before !== undefined && !before.over) return before;
    if (before !== undefined) this.#past.push(before);
    const chain = this.#gathered.get(key) ?? newChain();
    this.#gathered.delete(key);
    this.#listed.set(key, chain);
    return chain;
  }

  #endListing(register: string, address: number): void {
    const chain = this.#listed.get(`${register} ${this.#world.ips[address]!}`);
    if (chain !== undefined) chain.over = true;
  }

  /** A sentence of the timeline; it joins the listings it speaks of. */
  told({ at, lane, subject, what }: TimelineEntry, event: EventKind): void {
    if (!this.#world.ips.some((ip) => mentions(what, ip))) {
      this.#ofRegister.set(subject, [
        ...(this.#ofRegister.get(subject) ?? []), { kind: 'told', ...first(at, event), lane, what },
      ]);
      return;
    }
    for (const ip of this.#world.ips) {
      if (!mentions(what, ip)) continue;
      // Composites, policy registers and faults list without evidence and a decision of their own.
      const isSeen = what.startsWith(`sees ${ip} listed on `) && this.#isNews(`${subject} ${ip}`, at);
      if (isSeen || what.startsWith(`${subject} lists `)) this.#begin(subject, ip);
      const chain = this.#listed.get(`${subject} ${ip}`);
      if (chain === undefined) continue;
      chain.steps.push({ kind: 'told', ...first(at, event), lane, what });
      // Nobody has decided anything: the poll alone says that it is over.
      if (what.startsWith(`sees ${ip} delisted on `)) chain.over = true;
    }
  }

  /** Nothing is known of such a listing, or it was over long ago: caches may name it for a while. */
  #isNews(key: string, at: number): boolean {
    const chain = this.#listed.get(key);
    return chain === undefined || (chain.over && at - (chain.steps.at(-1)?.at ?? 0) > cached);
  }

  /** The desk is at work on a listing. */
  worked(register: string, address: string, took: number): void {
    const about = `the listing of ${address} on ${register}`;
    this.#listed.get(`${register} ${address}`)?.steps.push(
      { kind: 'case', ...first(this.#world.agenda.now, 'case-worked'), about, took });
  }

  /** Mail of the tenant was refused for what this register says of the address. */
  suffer(register: string, address: string): void {
    const chain = this.#listed.get(`${register} ${address}`);
    if (chain !== undefined) chain.suffered = true;
  }

  /** Whether the tenant had part in the latest listing. */
  isCause(register: string, address: string): boolean {
    return this.#listed.get(`${register} ${address}`)?.caused === true;
  }

  /** The tenant suffers from whatever listings of these addresses stand. */
  sufferFrom(addresses: readonly string[]): void {
    for (const [key, chain] of this.#listed) {
      if (!chain.over && addresses.some((address) => key.endsWith(` ${address}`))) chain.suffered = true;
    }
  }

  /** Of listings it suffered from; of one at fault, that it caused, and its evidence that led to none. */
  steps(isCulprit: boolean): readonly Step[] {
    const now = [...this.#listed].filter(([, chain]) => isTold(chain, isCulprit));
    const registers = new Set(now.map(([key]) => key.slice(0, key.lastIndexOf(' '))));
    const told = [
      ...this.#past.filter((chain) => isTold(chain, isCulprit)).flatMap(({ steps }) => steps),
      ...now.flatMap(([, { steps }]) => steps),
      ...[...registers].flatMap((register) => this.#ofRegister.get(register) ?? []),
    ];
    if (!isCulprit) return told;
    const vain = [...this.#gathered.values()].filter(({ trap }) => trap !== null);
    return [...told, ...vain.map(({ trap }) => trap!)];
  }
}

const isTold = ({ caused, suffered }: Chain, isCulprit: boolean): boolean => (isCulprit ? caused : suffered);

/** The address as a whole: `192.0.2.1` is not in `192.0.2.10`. */
export const mentions = (what: string, name: string): boolean => {
  for (let at = what.indexOf(name); at >= 0; at = what.indexOf(name, at + 1)) {
    const next = what[at + name.length];
    const before = what[at - 1];
    const isWhole = (char: string | undefined): boolean => char === undefined || !/[\w-]/.test(char);
    if (isWhole(before) && isWhole(next)) return true;
  }
  return false;
};
