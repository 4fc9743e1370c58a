// What can be wrong with a group of tenants: its pool, its contract, where its recipients are, how it sends.

import { checkWhole } from './check-receivers.ts';
import { checkAboveZero, checkReference, type Draft, timeText } from './draft.ts';
import type { Mistake } from './problems.ts';

type Group = NonNullable<Draft['tenants'][number]>;

/** More accounts than this would not fit in memory: an account's state takes some hundred bytes. */
const mostAccounts = 20_000_000;

export const checkGroups = (draft: Draft): readonly Mistake[] => [
  ...draft.tenants.flatMap((group, index) =>
    group === undefined ? [] : checkGroup(draft, group, `tenants[${index}]`),
  ),
  ...checkAccounts(draft),
];

const checkGroup = (draft: Draft, group: Group, path: string): readonly Mistake[] => {
  const about = ` (group "${group.name}")`;
  const none = 'Leave it out where the contract grants none.';
  return [
    ...checkReference(draft, 'pools', group.pool, `${path}.pool${about}`),
    ...(group.allowance === undefined ?
      []
    : checkAboveZero(group.allowance, `${path}.allowance${about}`, none)),
    ...checkMix(draft, group, `${path}.mix`, about),
    ...checkStream(group.stream, `${path}.stream`, about),
  ];
};

const checkMix = (draft: Draft, { mix }: Group, path: string, about: string): readonly Mistake[] => {
  if (mix === undefined) return [];
  const strangers = Object.keys(mix).flatMap((name) =>
    checkReference(draft, 'receivers', name, `${path}.${name}${about}`).map((mistake) => ({
      ...mistake,
      saw: 'is no receiver here',
      allowed: 'a mix names receivers of this plan',
    })),
  );
  const allowed = 'they share 100 % of its recipients';
  return [...strangers, ...checkWhole(Object.values(mix), `${path}${about}`, 'has shares of', allowed)];
};

const mute = 'Take quiet() for tenants that send nothing.';

const checkStream = (stream: Group['stream'], path: string, about: string): readonly Mistake[] => {
  switch (stream.kind) {
    case 'newsletter': {
      const { every, first, pace } = stream;
      const late = every > 0 && first >= every;
      const allowed = `it falls within one period, before ${timeText(every)}`;
      return [
        ...checkAboveZero(pace, `${path}.pace${about}`, mute),
        ...checkAboveZero(every, `${path}.every${about}`, ''),
        ...(late ?
          [{ path: `${path}.first${about}`, saw: `is ${timeText(first)}`, allowed, advice: '' }]
        : []),
      ];
    }
    case 'script':
      return checkAboveZero(stream.every, `${path}.every${about}`, mute);
    default:
      return [];
  }
};

const checkAccounts = ({ tenants }: Draft): readonly Mistake[] => {
  const accounts = tenants.reduce(
    (sum, group) => sum + (group === undefined ? 0 : group.count * group.accounts),
    0,
  );
  if (accounts <= mostAccounts) return [];
  return [
    {
      path: 'tenants',
      saw: `have ${accounts} accounts in all`,
      allowed: `a run holds ${mostAccounts}`,
      advice: '',
    },
  ];
};
