// What the sensitivity page moves: each knob makes of a plan one with a single assumption moved, and the same
// plan where it has nothing to move.

import { lists } from '../sim/presets/lists.ts';
import type { Plan } from '../sim/index.ts';

export interface Knob {
  readonly name: string;
  readonly turn: (plan: Plan) => Plan;
}

type Share = 'unknown' | 'pristine' | 'recycled' | 'typo';
type Listed = { readonly kind: keyof typeof lists } & { readonly [share in Share]?: number | undefined };

const each = <Part>(parts: readonly Part[], change: (part: Part) => Part): Part[] => parts.map(change);

const listBy = <Own extends Listed>(list: Own, factor: number, shares: readonly Share[]): Own => {
  const base = lists[list.kind];
  const moved = shares.map((share) => [share, Math.min(0.9, (list[share] ?? base[share]) * factor)]);
  return { ...list, ...Object.fromEntries(moved) };
};

/** Lists of culprits: traps and unknown users, as they are assumed and then twice or half of it. */
const culpritsBy = (plan: Plan, factor: number, shares: readonly Share[]): Plan => ({
  ...plan,
  incidents: each(plan.incidents, (incident) =>
    'list' in incident ? { ...incident, list: listBy(incident.list, factor, shares) } : incident),
});

/** What honest mail meets by typing errors and old addresses. */
const honestBy = (plan: Plan, factor: number): Plan => ({
  ...plan,
  tenants: each(plan.tenants, (group) =>
    'list' in group.stream
      ? {
        ...group,
        stream: {
          ...group.stream, list: listBy(group.stream.list, factor, ['pristine', 'recycled', 'typo']),
        },
      }
      : group),
});

/** Troubles that others make: registers, receivers, neighbours. What culprits do keeps its length. */
const othersLast = (plan: Plan, factor: number): Plan => ({
  ...plan,
  incidents: each(plan.incidents, (incident) => {
    const isOthers = ['register-fault', 'register-upgrade', 'receiver-upgrade', 'neighbour']
      .includes(incident.kind);
    return isOthers && 'length' in incident && incident.length !== undefined
      ? { ...incident, length: Math.round(incident.length * factor) as typeof incident.length }
      : incident;
  }),
});

const refuses = ({ consults, onListing }: Plan['receivers'][number]): boolean =>
  consults !== undefined && consults.length > 0 && onListing !== 'score';

/** Receivers that ask registers have so many times their share of the mail; the others make up for it. */
const askersBy = (plan: Plan, factor: number): Plan => {
  const sum = (parts: Plan['receivers']): number => parts.reduce((total, { share }) => total + share, 0);
  const asking = sum(plan.receivers.filter(refuses));
  const rest = sum(plan.receivers) - asking;
  if (asking === 0 || rest === 0) return plan;
  const others = (rest + asking * (1 - factor)) / rest;
  return {
    ...plan,
    receivers: each(plan.receivers, (one) => {
      const times = refuses(one) ? factor : others;
      return { ...one, share: one.share * times };
    }),
  };
};

const halfAndTwice = (name: string, turn: (plan: Plan, factor: number) => Plan): readonly Knob[] =>
  [0.5, 2].map((factor) => ({ name: `${name} x ${factor}`, turn: (plan) => turn(plan, factor) }));

export const knobs: readonly Knob[] = [
  ...halfAndTwice('coverage of traps', (plan, by) => ({
    ...plan,
    registers: each(plan.registers, (one) => ({ ...one, coverage: Math.min(1, one.coverage * by) })),
  })),
  ...halfAndTwice("traps on the culprit's list", (plan, by) =>
    culpritsBy(plan, by, ['pristine', 'recycled', 'typo'])),
  ...halfAndTwice('unknown users on it', (plan, by) => culpritsBy(plan, by, ['unknown'])),
  { name: 'traps that honest mail meets x 5', turn: (plan) => honestBy(plan, 5) },
  {
    name: 'receivers recognise half as much spam',
    turn: (plan) => ({ ...plan, receivers: each(plan.receivers, (one) => ({ ...one, caught: 0.35 })) }),
  },
  {
    name: 'our own scan recognises half as much',
    turn: (plan) => ({
      ...plan, signals: { ...plan.signals, contentCaught: plan.signals.contentCaught / 2 },
    }),
  },
  {
    name: 'our own scan judges each message by itself',
    turn: (plan) => ({ ...plan, signals: { ...plan.signals, contentByText: 0 } }),
  },
  { name: 'no traps of our own', turn: (plan) => ({ ...plan, signals: { ...plan.signals, ownTraps: 0 } }) },
  {
    name: 'one person at the desk',
    turn: (plan) => ({ ...plan, desk: { ...plan.desk, staff: Math.min(1, plan.desk.staff) } }),
  },
  {
    name: 'each case takes the desk its mean',
    turn: (plan) => ({ ...plan, desk: { ...plan.desk, workSpread: 0 } }),
  },
  {
    name: 'people judge 90 % rightly',
    turn: (plan) => ({ ...plan, desk: { ...plan.desk, rightly: 0.9 } }),
  },
  ...halfAndTwice("others' trouble lasts", othersLast),
  { name: 'receivers that ask registers have half their share', turn: (plan) => askersBy(plan, 0.5) },
  {
    name: 'receivers put off whom they would refuse for a listing',
    turn: (plan) => ({
      ...plan, receivers: each(plan.receivers, (one) => refuses(one) ? { ...one, onListing: 'defer' } : one),
    }),
  },
];
