// Our own side of a plan for people: pools, queue, desk, and what we see of our own mail.

import type { Plan } from '../../sim/index.ts';
import { plural, printable, share } from '../format.ts';
import type { Entry } from './layout.ts';
import { sentences, spanText } from './words.ts';

/** A pool's addresses, and what is special about some of them. */
export const poolEntries = (plan: Plan): readonly Entry[] =>
  plan.pools.map((pool) => [
    printable(pool.name),
    pool.addresses.map((address) => address + specialText(pool, address)).join(', ') +
      (pool.cold.length === 0 ? ''
      : pool.warmup === 'none' ? '; no warm-up'
      : `; the cold take on mail by ${pool.warmup}`),
  ]);

/** ` (cold, in a dynamic range)`; empty for most. */
const specialText = ({ cold, dynamic, nameless }: Plan['pools'][number], address: string): string => {
  const words = [
    cold.includes(address) ? 'cold' : '',
    dynamic?.includes(address) === true ? 'in a dynamic range' : '',
    nameless?.includes(address) === true ? 'without a reverse name' : '',
  ].filter((word) => word !== '');
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
};

/** Our queue, the desk and what we see of our own mail. */
export const platformEntries = ({ desk, outbound, signals }: Plan): readonly Entry[] => [
  [
    'queue',
    sentences([
      `${plural(outbound.connections, 'connection')} at once to one receiver; tried again after ` +
        `${spanText(outbound.firstRetry)}, doubling to ${spanText(outbound.longestRetry)}; given up after ` +
        spanText(outbound.giveUp),
    ]),
  ],
  [
    'desk',
    sentences([
      desk.staff === 0 ? 'nobody' : (
        `${desk.staff === 1 ? '1 person' : `${desk.staff} people`} from ${clock(desk.opens)} to ` +
        `${clock(desk.closes)} UTC, ${desk.weekends ? 'weekends too' : 'no weekends'}`
      ),
      `${spanText(desk.caseWork)} a case, ${spanText(desk.appealWork)} an appeal` +
        `${desk.workSpread === 0 ? '' : ` (means; spread of the logarithm ${desk.workSpread})`}, right in ` +
        share(desk.rightly),
      `our addresses are looked up every ${spanText(desk.poll)}`,
      desk.paysForRemoval === true ? 'it pays registers that take addresses off for money' : '',
      desk.urgentRoute === 'none' ? 'refused urgent mail has no other way'
      : desk.urgentRoute === 'alternative' ? 'refused urgent mail goes through pool alternative'
      : 'refused urgent mail goes by freemail accounts',
    ]),
  ],
  [
    'signals',
    sentences([
      `our content scan calls ${share(signals.contentCaught)} of abuse spam, and ` +
        `${share(signals.contentWrong)} of other mail; ${share(signals.contentByText)} of the messages of ` +
        `one text fare alike, and an attacker keeps to one for ${spanText(signals.newText)}; ` +
        `${share(signals.loginSeen)} of break-ins show as a login from a new place; ` +
        `${share(signals.ownTraps)} of traps are our own`,
    ]),
  ],
];

/** A time of day: `08:00`. */
const clock = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
};
