// Which registers a receiver's preset asks, and what a listing on each weighs there. `spamhaus-zen*3` counts
// 3, a bare name 1; a composite list stands for its members.

import { type ReceiverPreset, registerIds, registerPreset } from './index.ts';

/** What a listing on a register counts at a receiver; 0 where the receiver does not ask there. */
export const listingWeight = (preset: ReceiverPreset, registerId: string): number => {
  let most = 0;
  for (const entry of preset.dnsbls) {
    // Outlook asks about the domain of the sender, not about the address it comes from.
    if (entry.includes('domain')) continue;
    const found = /^([a-z0-9-]+)(?:\*([\d.]+))?/.exec(entry);
    if (found === null || !registerIds.includes(found[1]!)) continue;
    const members = registerPreset(found[1]!).params['members'];
    const speaks = found[1] === registerId || (Array.isArray(members) && members.includes(registerId));
    if (speaks) most = Math.max(most, found[2] === undefined ? 1 : Number(found[2]));
  }
  return most;
};
