// What a policy register lists an address for: a property that it has from the start, whatever it sends.

import type { RegisterPreset } from './index.ts';

/** Named as a pool of a plan says it of its addresses. */
export type Property = 'dynamic' | 'nameless';

/**
 * PBL: "end-user/dynamic range"; SpamRATS Dyna: "dynamic-looking PTR"; NoPtr: "no PTR record"
 * (registers.json, property). Null for registers that list for what was sent, and for Abusix NOIP, which
 * goes by silence.
 */
export const propertyListedBy = ({ id }: Pick<RegisterPreset, 'id'>): Property | null =>
  listedFor[id] ?? null;

const listedFor: Readonly<Record<string, Property>> = {
  'spamhaus-pbl': 'dynamic', 'spamrats-dyna': 'dynamic', 'spamrats-noptr': 'nameless',
};
