// What is answered for each verdict: the actions of Postfix's access(5).

import { type Milliseconds, type Reason, valueText, type Verdict } from '../../policy/index.ts';
import type { Action } from '../delegation/action.ts';

export type OnFault = 'pass' | 'defer';

export interface Answering {
  /** Where mail of a pool goes, as `transport:next-hop`; a pool that is not here leaves as all mail does. */
  readonly pools: ReadonlyMap<string, string>;
  /** Whether somebody lets go what is held until a time. */
  readonly canRelease: boolean;
}

export const goOn: Action = { verb: 'DUNNO', text: '' };

/**
 * The action for a verdict on a message in the queue under that name; without a name nothing can be let go
 * later. `DEFER_IF_PERMIT` leaves a refusal for good of another restriction its way.
 */
export const actionFor = (verdict: Verdict, queue: string, { canRelease, pools }: Answering): Action => {
  switch (verdict.kind) {
    case 'pass':
    case 'shadow':
    case 'alert': return goOn;
    case 'divert': {
      const target = pools.get(verdict.pool);
      return target === undefined ? goOn : { verb: 'FILTER', text: target };
    }
    case 'pace':
      return canRelease && queue !== ''
        ? { verb: 'HOLD', text: textOf(verdict.reason) }
        : { verb: 'DEFER_IF_PERMIT', text: `4.7.1 ${textOf(verdict.reason)}` };
    case 'defer': return { verb: 'DEFER_IF_PERMIT', text: `4.7.1 ${textOf(verdict.reason)}` };
    case 'hold': return { verb: 'HOLD', text: textOf(verdict.reason) };
    case 'reject':
    case 'suspend': return { verb: 'REJECT', text: `5.7.1 ${textOf(verdict.reason)}` };
    default: return verdict satisfies never;
  }
};

/** Where there is no verdict: the policy failed, or the request was none. */
export const actionOnFault = (onFault: OnFault): Action =>
  onFault === 'pass' ? goOn
  : { verb: 'DEFER_IF_PERMIT', text: '4.3.5 Server configuration problem, try again later' };

/** A reason in one line of print. A policy's own words may hold anything. */
const textOf = ({ limit, module, rule, seen }: Reason): string =>
  `${rule} is ${rounded(seen)}, limit ${rounded(limit)} (${module})`
    .replace(/[^\x20-\x7e]+/g, '?').slice(0, 200);

const rounded = (value: number): string =>
  valueText(Number.isInteger(value) ? value : Number(value.toPrecision(4)), '');

/** Policy time as the calendar has it. */
export const dateOf = (time: Milliseconds, epoch: number): string => new Date(epoch + time).toISOString();
