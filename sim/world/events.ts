// Everything that can happen, by name. An event is a plain record that can be printed, stored and compared;
// step.ts handles each kind in one switch. The order of `eventKinds` is part of every fingerprint: add at the
// end only.

import type {
  AccountId, Milliseconds, PoolName, ReceiverId, Reply, Signal, TenantId,
} from '../../policy/index.ts';
import type { DeskMail } from './desk/mail.ts';
import type { Evidence } from './registers/evidence.ts';
import type { Actor } from './senders/cast.ts';
import type { Case } from './desk/caseload.ts';
import type { Envelope } from './platform/outbound.ts';
import type { Message } from './platform/message.ts';
import type { Receiver } from './receivers/receiver.ts';
import type { Register } from './registers/register.ts';
import type { Account } from './senders/cast.ts';

export const eventKinds = [
  'submission', 'resubmission', 'release', 'exchange', 'queue-run', 'complaint',
  'register-decision', 'register-publication', 'register-expiry', 'delist-answer',
  'incident', 'poll', 'case-worked', 'recovery', 'end-of-warmup', 'end', 'follow-up',
  'signal', 'evidence', 'register-look', 'incident-over', 'attacker', 'desk-mail', 'appeal', 'day',
  'neighbour-hit', 'late-bounce', 'button', 'late-replies',
  'desk-opens', 'unblock-answer', 'removal-bought',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** A register lists an address, or delists it. */
interface Change<Kind extends EventKind> {
  readonly kind: Kind;
  readonly register: Register;
  readonly address: number;
  readonly list: boolean;
  readonly why: string;
}

export type WorldEvent =
  /** An actor's next message is due. */
  | { readonly kind: 'submission'; readonly actor: Actor }
  /** A deferred message is handed in again. */
  | { readonly kind: 'resubmission'; readonly message: Message }
  /** A paced or held message may go. */
  | { readonly kind: 'release'; readonly message: Message }
  /** A receiver's replies to an attempt are in. */
  | { readonly kind: 'exchange'; readonly envelope: Envelope }
  /** A deferred envelope's turn in the queue. */
  | { readonly kind: 'queue-run'; readonly envelope: Envelope }
  /**
   * A recipient's report comes back through a complaint loop, about a message handed in at `sent` and
   * delivered at `taken`.
   */
  | {
      readonly kind: 'complaint';
      readonly account: Account;
      readonly receiver: ReceiverId;
      readonly sent: number;
      readonly taken: Milliseconds;
    }
  | Change<'register-decision'>
  | Change<'register-publication'>
  | { readonly kind: 'register-expiry'; readonly register: Register; readonly address: number }
  | { readonly kind: 'delist-answer'; readonly register: Register; readonly address: number }
  /** A register has the money that takes an address off it. */
  | { readonly kind: 'removal-bought'; readonly register: Register; readonly address: number }
  /** An incident of the plan begins. */
  | { readonly kind: 'incident'; readonly index: number }
  /** The desk looks its addresses up. */
  | { readonly kind: 'poll' }
  /** Someone at the desk has finished with a case. */
  | { readonly kind: 'case-worked'; readonly work: Case; readonly took: number }
  /** A case is to be taken up again. */
  | { readonly kind: 'follow-up'; readonly work: Case }
  /** The owner of a stolen account has it back. */
  | { readonly kind: 'recovery'; readonly account: Account }
  /** A signal has taken its time and reaches the policy. */
  | { readonly kind: 'signal'; readonly signal: Signal }
  /** Evidence that took its time reaches the people of a register. */
  | {
      readonly kind: 'evidence';
      readonly register: Register;
      readonly address: number;
      readonly evidence: Evidence;
    }
  /** A register looks at an address again: a score has decayed, or somebody reviews the case. */
  | { readonly kind: 'register-look'; readonly register: Register; readonly address: number }
  | { readonly kind: 'incident-over'; readonly index: number }
  /** An attacker who was refused acts on it. */
  | { readonly kind: 'attacker'; readonly index: number; readonly account: Account }
  /** Something reaches the desk from outside. */
  | { readonly kind: 'desk-mail'; readonly mail: DeskMail }
  /** The owner of a shut account writes in. */
  | { readonly kind: 'appeal'; readonly account: Account }
  /** Midnight UTC: what is told or forgotten day by day. */
  | { readonly kind: 'day' }
  /** A neighbour's mail hits a trap. */
  | { readonly kind: 'neighbour-hit'; readonly index: number }
  /** A receiver that took a copy reports later that it could not deliver it (RFC 3464). */
  | {
      readonly kind: 'late-bounce';
      readonly tenant: TenantId;
      readonly account: AccountId;
      readonly pool: PoolName;
      readonly receiver: ReceiverId;
      /** When the message was handed in, and when the receiver took it. */
      readonly sent: number;
      readonly taken: Milliseconds;
    }
  /** Somebody presses the button on a message. */
  | {
      readonly kind: 'button';
      readonly account: Account;
      readonly receiver: ReceiverId;
      readonly address: number;
      /** The sending domain, -1 for none. */
      readonly domain: number;
      /** When the message was handed in, and when it was delivered. */
      readonly sent: number;
      readonly taken: Milliseconds;
    }
  /** Replies to an attempt that the receiver took its time about; what it did with the message besides. */
  | {
      readonly kind: 'late-replies';
      readonly envelope: Envelope;
      readonly replies: readonly Reply[];
      readonly junked: Receiver['junked'];
    }
  /** The office opens, and cases wait. */
  | { readonly kind: 'desk-opens' }
  /** A receiver that was asked to lift its block of an address has done so. */
  | { readonly kind: 'unblock-answer'; readonly receiver: number; readonly address: number }
  | { readonly kind: 'end-of-warmup' }
  | { readonly kind: 'end' };

export type EventOf<Kind extends EventKind> = Extract<WorldEvent, { readonly kind: Kind }>;

const kindNumbers = new Map(eventKinds.map((kind, index) => [kind, index]));
const submission = kindNumbers.get('submission')!;
const exchange = kindNumbers.get('exchange')!;

/** Small whole number of an event's kind, for the fingerprint. Nearly all are of two kinds. */
export const kindNumber = (kind: EventKind): number =>
  kind === 'submission' ? submission : kind === 'exchange' ? exchange : kindNumbers.get(kind)!;

/**
 * The number of whom or what an event is about: message, actor, account, register; 0 where it is about the
 * whole.
 */
export const subjectOf = (event: WorldEvent): number => {
  switch (event.kind) {
    case 'submission':
      return event.actor.id >>> 0;
    case 'resubmission':
    case 'release':
      return event.message.submission.id;
    case 'exchange':
    case 'late-replies':
    case 'queue-run':
      return event.envelope.message.submission.id;
    case 'button':
    case 'complaint':
    case 'recovery':
    case 'appeal':
    case 'attacker':
      return event.account.id;
    case 'register-decision':
    case 'register-publication':
    case 'register-expiry':
    case 'delist-answer':
    case 'removal-bought':
    case 'evidence':
    case 'register-look':
      return event.register.id;
    case 'late-bounce':
      return event.account;
    case 'unblock-answer':
      return event.receiver;
    case 'incident':
    case 'incident-over':
    case 'neighbour-hit':
      return event.index;
    case 'signal':
    case 'desk-mail':
    case 'day':
    case 'poll':
    case 'case-worked':
    case 'follow-up':
    case 'desk-opens':
    case 'end-of-warmup':
    case 'end':
      return 0;
    default:
      return event satisfies never;
  }
};
