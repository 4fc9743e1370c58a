// An event of a run as an entry of its journal: whom it is about, and what. To be asked just before the event
// happens, when the world still stands as it finds it.

import { addressText } from './world/senders/addresses.ts';
import type { Case } from './world/desk/caseload.ts';
import { tenantName } from './world/senders/cast.ts';
import type { WorldEvent } from './world/events.ts';
import type { Message } from './world/platform/message.ts';
import type { World } from './world/world.ts';
import type { JournalEntry } from './journal.ts';

const messageName = ({ actor, number }: Message): string =>
  `${tenantName(actor.account.tenant)}/${actor.truth}#${number}`;

const caseName = (work: Case): string => {
  switch (work.kind) {
    case 'listing':
      return `listing on ${work.register.name}`;
    case 'account':
      return `account of ${tenantName(work.account.tenant)}`;
    case 'block':
      return `block of ${work.address} at receiver ${work.receiver}`;
    case 'address':
      return `address ${work.address}`;
    case 'report':
    case 'appeal':
    case 'alert':
    case 'queue':
    case 'ticket':
    case 'held':
      return `${work.kind} of ${tenantName(work.account.tenant)}`;
    default:
      return work satisfies never;
  }
};

const about = (world: World, event: WorldEvent): { readonly subject: string; readonly note: string } => {
  const ip = (address: number): string => world.ips[address]!;
  switch (event.kind) {
    case 'submission':
      return {
        subject: tenantName(event.actor.account.tenant),
        note: `${event.actor.truth} #${event.actor.count}`,
      };
    case 'resubmission':
    case 'release':
      return { subject: messageName(event.message), note: `after ${event.message.tries} deferrals` };
    case 'exchange':
    case 'late-replies':
    case 'queue-run': {
      const { message, recipients, receiver, tries, address } = event.envelope;
      const name = world.receivers[receiver]!.name;
      const to = recipients
        .map((key) => `${addressText(key, name)} (${world.addresses.kindOf(key)})`)
        .join(' ');
      return { subject: messageName(message), note: `try ${tries + 1} from ${ip(address)} to ${to}` };
    }
    case 'button':
      return {
        subject: tenantName(event.account.tenant),
        note: `complained of at ${world.receivers[event.receiver]!.name}`,
      };
    case 'complaint':
      return {
        subject: tenantName(event.account.tenant),
        note: `by way of ${world.receivers[event.receiver]!.name}`,
      };
    case 'register-decision':
    case 'register-publication':
      return {
        subject: event.register.name,
        note: `${event.list ? 'lists' : 'drops'} ${ip(event.address)}: ${event.why}`,
      };
    case 'register-expiry':
    case 'delist-answer':
    case 'removal-bought':
      return { subject: event.register.name, note: ip(event.address) };
    case 'unblock-answer':
      return { subject: world.receivers[event.receiver]!.name, note: ip(event.address) };
    case 'signal':
      return { subject: event.signal.kind, note: '' };
    case 'evidence':
      return { subject: event.register.name, note: `${event.evidence.kind} against ${ip(event.address)}` };
    case 'register-look':
      return { subject: event.register.name, note: ip(event.address) };
    case 'attacker':
    case 'appeal':
      return { subject: tenantName(event.account.tenant), note: '' };
    case 'desk-mail':
      return { subject: event.mail.kind, note: '' };
    case 'late-bounce':
      return { subject: world.receivers[event.receiver]!.name, note: `about account ${event.account}` };
    case 'neighbour-hit':
    case 'incident-over':
      return { subject: world.plan.incidents[event.index]!.kind, note: '' };
    case 'incident':
      return { subject: world.plan.incidents[event.index]!.kind, note: '' };
    case 'case-worked':
    case 'follow-up':
      return { subject: caseName(event.work), note: '' };
    case 'recovery':
      return { subject: tenantName(event.account.tenant), note: '' };
    case 'poll':
    case 'day':
    case 'desk-opens':
    case 'end-of-warmup':
    case 'end':
      return { subject: '-', note: '' };
    default:
      return event satisfies never;
  }
};

/** Whose event it is: the tenant it concerns; null where it concerns none, or several. */
export const tenantOf = (world: World, event: WorldEvent): string | null => {
  switch (event.kind) {
    case 'submission':
      return tenantName(event.actor.account.tenant);
    case 'resubmission':
    case 'release':
      return tenantName(event.message.actor.account.tenant);
    case 'exchange':
    case 'late-replies':
    case 'queue-run':
      return tenantName(event.envelope.message.actor.account.tenant);
    case 'button':
    case 'complaint':
    case 'attacker':
    case 'appeal':
    case 'recovery':
      return tenantName(event.account.tenant);
    case 'late-bounce':
      return tenantName(world.tenants[event.tenant]!);
    case 'signal':
      return 'tenant' in event.signal ? tenantName(world.tenants[event.signal.tenant]!) : null;
    case 'case-worked':
    case 'follow-up':
      return 'account' in event.work ? tenantName(event.work.account.tenant) : null;
    case 'desk-mail':
      return 'account' in event.mail ? tenantName(event.mail.account.tenant) : null;
    default:
      return null;
  }
};

export const journalEntry = (world: World, event: WorldEvent): JournalEntry =>
  ({ at: world.agenda.now, kind: event.kind, ...about(world, event) });
