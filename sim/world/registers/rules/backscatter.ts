// Backscatter registers: mail without a sender (a bounce, an autoreply, a callout) to somebody who never
// wrote. One is enough; four weeks at Backscatterer, fifteen days at Spam Eating Monkey.

import { plain, type RuleModel } from '../model.ts';
import { trapHit } from './trap-hit.ts';

export const backscatter: RuleModel = {
  ...plain,
  takes: (_world, _register, hit) => hit.trap === 'backscatter' || hit.nullSender,
  reason: trapHit.reason,
  endsAt: trapHit.endsAt,
};
