// Assumed constants of those who take addresses off registers: their people, the owner of our network, money.

import { feeOf } from '../world/registers/prices.ts';
import { all, canBeAsked, hasDesk, hasModel, hasRegister, isSelfService, type When } from './cast.ts';
import { constantsIn } from './constant.ts';

const asked = all(hasDesk, hasRegister(canBeAsked));
const askedByHand = all(hasDesk, hasRegister((preset) =>
  canBeAsked(preset) && !isSelfService(preset) && preset.id !== 'spamhaus-sbl'));
const rations = all(hasDesk, hasRegister((preset) =>
  isSelfService(preset) && preset.id !== 'psbl' && preset.id !== 'tqmcube'));
/** Only the owner of the network is heard, or written to. */
const throughOwner = all(hasDesk, hasRegister((preset) =>
  canBeAsked(preset) && preset.delist.who === 'isp'));
const pays: When = (cast) =>
  hasDesk(cast) && cast.plan.desk.paysForRemoval === true
  && hasRegister((preset) => feeOf(preset) !== null)(cast);

export const delistingConstants = [
  ...constantsIn('registers/delisting.ts',
    ['rationed', '3', 3, rations, 'removals in 30 days that a self-service page grants'],
    ['quotaOf', 'most: free ? Number.POSITIVE_INFINITY : rationed', 2, rations,
      'who rations removals: self-service pages other than that of PSBL'],
    ['remindedAfterS', '3 * 86_400', 3, throughOwner,
      'seconds of silence of the owner of the network after which the desk asks again'],
    ['otherwiseTimes', '4', 2, all(hasDesk, hasRegister((preset) =>
      canBeAsked(preset) && (preset.delist.minS === null || preset.delist.maxS === null))),
      'least and most time to an answer against the typical, where a preset states none'],
    ['otherwiseTypicalS', '43_200', 3, all(hasDesk, hasRegister((preset) =>
      canBeAsked(preset) && preset.delist.typicalS === null)),
      'typical seconds to an answer where a preset states none']),
  ...constantsIn('registers/upstream.ts',
    ['forwarding', '{ leastS: 4 * 3_600, mostS: 48 * 3_600 }', 3,
      (cast) => throughOwner(cast) || all(hasDesk, hasModel('policy+abuse'))(cast),
      'seconds until the owner of the network passes a letter on, or sets a reverse name'],
    ['leftLying', '0.2', 3, throughOwner, 'share of letters that the owner of the network leaves lying']),
  ...constantsIn('registers/answering-hours.ts',
    ['office', '{ opens: 9 * hourMs, closes: 17 * hourMs }', 3,
      (cast) => askedByHand(cast) || throughOwner(cast),
      'hours in UTC in which people outside answer, Monday to Friday']),
  ...constantsIn('registers/prices.ts',
    ['expressEUR', '90', 1, pays, 'euros for an express removal', 'from memory 89 Swiss francs']),
  ...constantsIn('registers/fees.ts',
    ['paysAgainMs', '7 * dayMs', 2, pays, 'milliseconds until money is paid again for the same address']),
  ...constantsIn('registers/trust.ts',
    ['relapseMs', '30 * 86_400_000', 3, asked, 'time after a delisting in which a hit is a relapse'],
    ['mostTimes', '4', 2, asked, 'most by which relapses lengthen answers and listings'],
    ['patience', '3', 3, asked, 'relapses after which only a cause shown helps']),
];
