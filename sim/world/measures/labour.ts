// What the desk was asked and did, and whom it took for a cause.

import type { Tenant } from '../senders/cast.ts';

export interface Labour {
  appeals: number;
  tickets: number;
  /** Urgent messages that left another way because a receiver refused the address. */
  diverted: number;
  withoutCause: number;
  refusedRequests: number;
  /** Euros paid to registers. */
  fees: number;
  /** Most cases that lay waiting at once. */
  backlog: number;
}

export const noLabour = (): Labour => ({
  appeals: 0, tickets: 0, diverted: 0, withoutCause: 0, refusedRequests: 0, fees: 0, backlog: 0,
});

/** Somebody whom the desk took for a cause. */
export interface Accusation {
  readonly at: number;
  readonly tenant: Tenant;
  readonly right: boolean;
}
