// What became of one tenant in one run, as data: plain JSON, in order of time, every step with its event and
// its reason. Putting it into words is for reports. What happens again and again is one step that counts.

import type { Key, VerdictKind } from '../../policy/index.ts';
import type { CulpritStory, TimelineEntry } from '../result.ts';
import type { EventKind } from '../world/events.ts';
import type { Cause } from '../world/senders/cast.ts';

/** When something first came to pass, in which event, how often, and when last. */
export interface Times {
  readonly at: number;
  readonly event: EventKind;
  readonly count: number;
  readonly last: number;
}

/** Whose doing evidence was: so many pieces of it by this tenant; `''` is recipients' reports. */
export interface Part {
  readonly tenant: string;
  readonly count: number;
}

/** What a rule's number was made of: the account's messages in the rule's span, the largest named. */
export interface BuildUp {
  /** Milliseconds that the rule looks back, as its name says; null where it says nothing. */
  readonly span: number | null;
  /** Let in within the span, the message judged among them. */
  readonly messages: number;
  readonly recipients: number;
  readonly abusive: number;
  readonly unknownUsers: number;
  readonly complaints: number;
  readonly largest: readonly { readonly at: number; readonly recipients: number }[];
}

/** Messages of the tenant by what they truly were. */
interface Messages {
  readonly wanted: number;
  readonly abusive: number;
}

export type Step =
  /** A sentence of the run's timeline about it, or about what it brought on. */
  | (Times & { readonly kind: 'told'; readonly lane: TimelineEntry['lane']; readonly what: string })
  /** Its first abusive message is handed in. */
  | (Times & { readonly kind: 'abuse' })
  /** A rule spoke, on so many messages; `seen` and `limit` of the first, `most` the highest seen. */
  | (Times & Messages & {
      readonly kind: 'verdict';
      readonly verdict: VerdictKind;
      readonly rule: string;
      /** What the rule goes by; `unknown` of a desk's word. Only `account` and `tenant` are its own. */
      readonly goesBy: Key | 'unknown';
      readonly seen: number;
      readonly limit: number;
      readonly most: number;
      /** The account was shut already: this only says so again. */
      readonly shut: boolean;
      readonly from: BuildUp;
    })
  /** The policy's word on attempts: wait, another pool, hold. */
  | (Times & { readonly kind: 'dispatch'; readonly said: string; readonly rule: string })
  /** Abusive copies that receivers accepted. */
  | (Times & { readonly kind: 'escaped'; readonly receivers: readonly string[] })
  /** What the platform could learn of it. */
  | (Times & {
      readonly kind: 'signal';
      readonly signal: 'complained' | 'scanned' | 'trapped' | 'login' | 'unknown user';
    })
  /** Trap hits that a register took down. */
  | (Times & { readonly kind: 'trap'; readonly register: string; readonly address: string })
  /** A register's people decide to list. `by` is whose trap hits, `mail` whose bad mail from that address. */
  | (Times & {
      readonly kind: 'decision';
      readonly register: string;
      readonly address: string;
      readonly why: string;
      readonly by: readonly Part[];
      readonly mail: readonly Part[];
    })
  /** What the desk had on record of two days when it took an account of it for the cause of something. */
  | (Times & {
      readonly kind: 'evidence';
      readonly copies: number;
      readonly unknownUsers: number;
      readonly complaints: number;
      readonly reports: number;
      readonly trapped: number;
      readonly scanned: number;
      readonly logins: number;
      /** What the desk looked into; empty where the account alone. */
      readonly over: string;
    })
  /**
   * A receiver turned mail away for the address' sake, so often; `register` is empty where by its own
   * judgement. Each message counts once, however often it was tried.
   */
  | (Times & {
      readonly kind: 'refused';
      readonly receiver: string;
      readonly address: string;
      readonly register: string;
      readonly reply: string;
      readonly own: Messages;
      /** Wanted messages of other tenants without fault, and of how many tenants. */
      readonly others: number;
      readonly tenants: number;
      readonly mail: readonly Part[];
    })
  /** The desk has a case; or somebody has worked on one for `took` milliseconds. */
  | (Times & { readonly kind: 'case'; readonly about: string; readonly took: number | null })
  /** Its own wanted mail is let in again. */
  | (Times & { readonly kind: 'again' });

export type StepKind = Step['kind'];
export type StepOf<Kind extends StepKind> = Extract<Step, { readonly kind: Kind }>;

/** How near a rule came to speaking on its abusive mail: what more at once would have made it. */
export interface NearMiss {
  readonly rule: string;
  /** When it was nearest; null where nothing tried came near at all. */
  readonly at: number | null;
  readonly more: number;
  readonly of: Probe | null;
  readonly limit: number;
}

/** Of what there might have been more. */
export type Probe =
  'recipients' | 'messages' | 'unknown users' | 'complaints' | 'spam verdicts' | 'trap hits';

/** Wanted messages of the tenant, after the warm-up; by metric's definition (docs/METRICS.md). */
export interface WantedMail {
  readonly submitted: number;
  readonly delivered: number;
  readonly refused: number;
  readonly held: number;
  readonly deferred: number;
  readonly paced: number;
  /** Turned away by receivers for the address' sake. */
  readonly bounced: number;
  readonly putOff: number;
  readonly lost: number;
}

export interface Tale {
  readonly tenant: string;
  /** What it is at fault by; `innocent` where it is not. */
  readonly role: 'innocent' | Cause;
  readonly onset: number | null;
  readonly steps: readonly Step[];
  /** Rules that never spoke on its abusive mail, nearest first; empty for the innocent. */
  readonly near: readonly NearMiss[];
  readonly wanted: WantedMail;
  /** What innocents lost or waited for because of it: wanted messages, each once, and of how many tenants. */
  readonly harm: { readonly receivers: number; readonly messages: number; readonly tenants: number };
  readonly culprit: CulpritStory | null;
  /** How long its accounts were shut, in milliseconds. */
  readonly shutMs: number;
  /** Steps left out, the tale being too long. */
  readonly leftOut: number;
}
