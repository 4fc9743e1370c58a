// A well-known product's outbound rules as one of our policies: what it is, where that was read, and what the
// likeness leaves out.

import type { Policy } from '../module.ts';

export interface Preset {
  readonly policy: Policy;
  /** The product or service, as its makers write it. */
  readonly product: string;
  /** Where its rules were read: documents, sources, mailing lists; and how sure each number is. */
  readonly source: string;
  /** The day they were read, as `2026-11-20`. */
  readonly read: string;
  /** What of the product is left out or had to be assumed; empty where nothing was. */
  readonly leavesOut: string;
}
