// Writes down a run event by event, each with what came of it: the policy's word, the receivers' replies, the
// sentences of the timeline. Each entry is handed on as soon as its event is over; none is kept.

import type { Reply, Verdict } from '../../policy/index.ts';
import type { JournalEntry } from '../journal.ts';
import { journalEntry, tenantOf } from '../journal-entry.ts';
import type { TimelineEntry } from '../result.ts';
import { beforeLearning } from '../world/laws/copies.ts';
import type { Looks } from '../world/laws/law.ts';
import { seenNumber } from '../world/desk/reason-text.ts';
import type { WorldEvent } from '../world/events.ts';
import type { World } from '../world/world.ts';
import { overhearDispatch, overhearReplies } from './overhear.ts';

/** One thing that came of an event. */
export type Outcome =
  | {
      readonly kind: 'verdict';
      readonly verdict: Verdict['kind'];
      readonly rule: string;
      readonly seen: number;
      readonly limit: number;
    }
  | { readonly kind: 'dispatch'; readonly said: string; readonly rule: string }
  | { readonly kind: 'reply'; readonly receiver: string; readonly reply: string; readonly accepted: boolean }
  | { readonly kind: 'told'; readonly lane: TimelineEntry['lane']; readonly what: string };

export interface ToldEntry extends JournalEntry {
  /** Whom it concerns; null where nobody, or several. */
  readonly tenant: string | null;
  /** The message is abusive, as only truth knows. */
  readonly abusive: boolean;
  readonly outcomes: readonly Outcome[];
}

export class Journalist implements Looks {
  readonly #world: World;
  readonly #write: (entry: ToldEntry, world: World) => void;
  readonly #isWanted: (at: number, kind: string) => boolean;
  #entry: JournalEntry | null = null;
  #tenant: string | null = null;
  #abusive = false;
  #outcomes: Outcome[] = [];

  /** `isWanted` spares the writing of events whose time or kind nobody asked for. */
  constructor(
    world: World, write: (entry: ToldEntry, world: World) => void,
    isWanted: (at: number, kind: string) => boolean = () => true,
  ) {
    this.#world = world;
    this.#write = write;
    this.#isWanted = isWanted;
    beforeLearning(world, (signal) => {
      if (signal.kind === 'submitted') this.#judged(signal.verdict);
    });
    overhearDispatch(world, (_, { kind, reason: { module, rule } }) => {
      this.#outcomes.push({ kind: 'dispatch', said: kind, rule: `${module} ${rule}` });
    });
    overhearReplies(world, ({ receiver }, replies) => this.#answered(receiver, replies));
    world.tally.listener = ({ lane, what }) => {
      this.#outcomes.push({ kind: 'told', lane, what });
    };
  }

  before(event: WorldEvent): void {
    const isWanted = this.#isWanted(this.#world.agenda.now, event.kind);
    this.#entry = isWanted ? journalEntry(this.#world, event) : null;
    this.#outcomes = [];
    if (!isWanted) return;
    this.#tenant = tenantOf(this.#world, event);
    this.#abusive = isAbusive(event);
  }

  after(): void {
    if (this.#entry === null) return;
    const tenant = this.#tenant;
    this.#write({ ...this.#entry, tenant, abusive: this.#abusive, outcomes: this.#outcomes }, this.#world);
  }

  #judged(verdict: Verdict): void {
    if (verdict.kind === 'pass') return;
    const { module, rule, seen, limit } = verdict.reason;
    this.#outcomes.push({ kind: 'verdict', verdict: verdict.kind, rule: `${module} ${rule}`, seen, limit });
  }

  #answered(receiver: number, replies: readonly Reply[]): void {
    if (this.#entry === null) return;
    const { name } = this.#world.receivers[receiver]!;
    for (const { code, enhanced, text } of replies) {
      const reply = `${code} ${enhanced} ${text}`.replaceAll(/\s+/g, ' ').trim();
      this.#outcomes.push({ kind: 'reply', receiver: name, reply, accepted: code < 300 });
    }
  }
}

const isAbusive = (event: WorldEvent): boolean => {
  switch (event.kind) {
    case 'submission':
      return event.actor.truth === 'abusive' || event.actor.truth === 'unwanted';
    case 'resubmission':
    case 'release':
      return event.message.abuse >= 0;
    case 'exchange':
    case 'late-replies':
    case 'queue-run':
      return event.envelope.message.abuse >= 0;
    default:
      return false;
  }
};

/** An outcome as a line below its event. */
export const outcomeText = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'verdict': {
      const { limit, rule, seen, verdict } = outcome;
      return `policy: ${verdict} (${rule} ${seenNumber(seen, limit)}, limit ${seenNumber(limit, limit)})`;
    }
    case 'dispatch':
      return `policy: ${outcome.said} (${outcome.rule})`;
    case 'reply':
      return `${outcome.receiver}: ${outcome.reply}`;
    case 'told':
      return `${outcome.lane}: ${outcome.what}`;
    default:
      return outcome satisfies never;
  }
};
