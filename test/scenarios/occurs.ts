// Which incident each scenario is about, as part of an incident in its plan; and the entry of the timeline by
// which a run shows that it happened.

import type { IncidentPlan } from '../../sim/index.ts';

type Part<Each> =
  Each extends { readonly kind: infer Kind } ? { readonly kind: Kind } & Partial<Each> : never;

/** Something that is so from the start, and no incident: what is said of a pool's addresses. */
interface Given {
  readonly kind: 'pool';
  readonly special: 'dynamic' | 'nameless';
}

/** By name of the scenario's file. The lengths and times of an incident are its own business. */
export const about: Readonly<Record<string, Part<IncidentPlan> | Given>> = {
  'any-answer-counts': { kind: 'register-fault', fault: 'any-A-is-listed' },
  'attacker-moves': { kind: 'compromised', whenBlocked: 'move' },
  'attacker-pauses': { kind: 'compromised', whenBlocked: 'pause' },
  backscatter: { kind: 'backscatter' },
  'blocked-resolver': { kind: 'register-fault', fault: 'resolver-blocked' },
  'bounces-ignored': { kind: 'careless', bounces: 'ignored', rounds: 6 },
  'clean-list-spammer': { kind: 'spammer', tactic: 'blast' },
  'cold-spare': { kind: 'careless' },
  'compromised-account': { kind: 'compromised', how: 'weak-password', whenBlocked: 'keep' },
  'dead-name-servers': { kind: 'register-fault', fault: 'ns-blackhole' },
  'deliberate-spammer': { kind: 'spammer', tactic: 'blast' },
  'drip-spammer': { kind: 'spammer', tactic: 'drip', whenBlocked: 'stop' },
  'duplicated-list': { kind: 'careless', duplicates: 0.8 },
  'emptied-register': { kind: 'register-fault', fault: 'graceful-empty' },
  enron: { kind: 'compromised', how: 'weak-password' },
  'expired-register': { kind: 'register-fault', fault: 'domain-expired-wildcard' },
  'infected-pc': { kind: 'infected', accounts: 3 },
  'list-the-world': { kind: 'register-fault', fault: 'list-world-127.0.0.2' },
  'mailing-list-one-provider': { kind: 'careless', provider: 'gmx-webde' },
  'mixed-platform': { kind: 'spammer' },
  'moved-address': { kind: 'pool', special: 'dynamic' },
  'neighbour-range': { kind: 'neighbour' },
  'outdated-script': { kind: 'compromised', how: 'outdated-script' },
  'over-limit-pool': { kind: 'careless' },
  'purchased-list': { kind: 'careless' },
  'receiver-upgrade': { kind: 'receiver-upgrade' },
  'register-lists-provider': { kind: 'register-fault', fault: 'lists-big-provider' },
  'register-quota': { kind: 'register-fault', fault: 'quota-exceeded' },
  'register-refuses': { kind: 'register-fault', fault: 'refused' },
  'register-upgrade': { kind: 'register-upgrade' },
  'spammer-many-accounts': { kind: 'spammer', tactic: 'accounts', spread: 20 },
  'spammer-many-tenants': { kind: 'spammer', tactic: 'tenants', spread: 8 },
  'stale-list': { kind: 'careless', bounces: 'removed' },
  'stale-mirror': { kind: 'register-fault', fault: 'stale-mirror' },
  'unreachable-operator': { kind: 'register-fault', fault: 'operator-unreachable' },
};

/** What a run's timeline says once the incident has begun. */
export const shownAs = (incident: IncidentPlan): RegExp => {
  switch (incident.kind) {
    case 'compromised':
      return new RegExp(`^${incident.who.group}-\\d+ .*(password|script)`);
    case 'infected':
      return new RegExp(`^${incident.who.group}-\\d+ has a PC infected`);
    case 'careless':
      return new RegExp(`^${incident.who.group}-\\d+ mails a ${incident.list.kind} list`);
    case 'spammer':
      return new RegExp(`^${incident.who.group}-\\d+ signs up and warms up`);
    case 'backscatter':
      return new RegExp(`^${incident.who.group}-\\d+ has an autoresponder`);
    case 'register-upgrade':
      return new RegExp(`^${incident.register} changes its rule`);
    case 'receiver-upgrade':
      return new RegExp(`^${incident.receiver} changes its settings`);
    case 'register-fault':
      return new RegExp(`^${incident.register} fails: ${incident.fault}$`);
    case 'neighbour':
      return /^spam leaves from neighbours of ours/;
    default:
      return incident satisfies never;
  }
};
