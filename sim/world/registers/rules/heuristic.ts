// Registers that know a bot by its handwriting (XBL, DroneBL, and the DBL by the domains it names): content
// that honest mail does not have, so that honest mail in a trap counts for nothing. The XBL's neighbour CBL
// refused 14 of 8,475,031 good messages (registers.json, spamhaus-xbl).

import { plain, type RuleModel } from '../model.ts';
import { trapHit } from './trap-hit.ts';

export const heuristic: RuleModel = {
  ...plain,
  takes: (_world, _register, hit) => hit.botContent,
  reason: trapHit.reason,
  endsAt: trapHit.endsAt,
};
