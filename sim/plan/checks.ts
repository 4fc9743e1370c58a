// What the parts of a plan say of one another: shares that sum to a whole, names that exist, instants within
// the run. Works on a draft too, whose unreadable parts are undefined, so that one reading tells of every
// mistake.

import { registerPreset, registerPresets } from '../presets/index.ts';
import { isPrivate } from './addresses.ts';
import { checkAboveZero, checkReference, day, type Draft, namesIn, type Section, timeText } from './draft.ts';
import { checkGate } from './gates.ts';
import { checkIncident } from './incidents.ts';
import { type Mistake, shownValue } from './problems.ts';

/** Shares may miss 100 % by this much, so that thirds can be written as 33.3 %. */
const shareTolerance = 0.001;
/** More accounts than this would not fit in memory: an account's state takes some hundred bytes. */
const mostAccounts = 20_000_000;

export const checkPlan = (draft: Draft): readonly Mistake[] => [
  ...checkTimes(draft),
  ...(['pools', 'registers', 'receivers', 'tenants'] as const).flatMap((section) =>
    checkUnique(draft, section),
  ),
  ...draft.pools.flatMap(checkAddresses),
  ...checkSharedAddresses(draft),
  ...draft.registers.flatMap(checkRegister),
  ...checkReceivers(draft),
  ...draft.tenants.flatMap((group, index) => checkGroup(draft, group, index)),
  ...checkAccounts(draft),
  ...draft.incidents.flatMap((incident, index) =>
    incident === undefined ? [] : checkIncident(draft, incident, `incidents[${index}]`),
  ),
  ...checkOutbound(draft.outbound),
  ...checkDesk(draft.desk),
  ...draft.gates.flatMap((gate, index) => (gate === undefined ? [] : checkGate(gate, `gates[${index}]`))),
];

const checkTimes = ({ length, warmup }: Draft): readonly Mistake[] => {
  if (length === undefined) return [];
  if (length === 0) return checkAboveZero(length, 'length', '');
  if (warmup === undefined || warmup < length) return [];
  const allowed = `it ends before the run does, at ${timeText(length)}`;
  return [
    { path: 'warmup', saw: `is ${timeText(warmup)}`, allowed, advice: 'Shorten it, or lengthen the run.' },
  ];
};

const checkUnique = (draft: Draft, section: Section): readonly Mistake[] => {
  const names = namesIn(draft, section);
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (first === index || name === '') return [];
    const saw = `is ${shownValue(name)}, as is ${section}[${first}].name`;
    return [
      {
        path: `${section}[${index}].name`,
        saw,
        allowed: 'names are unique',
        advice: 'Give one another name.',
      },
    ];
  });
};

const checkAddresses = (pool: Draft['pools'][number], index: number): readonly Mistake[] =>
  (pool?.addresses ?? []).flatMap((address, place) =>
    isPrivate(address) ?
      [
        {
          path: `pools[${index}].addresses[${place}]`,
          saw: `is "${address}"`,
          allowed:
            'it is an address that the internet could see, and receivers and registers skip private ones',
          advice: 'Take one that is kept for examples: 192.0.2.x, 198.51.100.x or 203.0.113.x.',
        },
      ]
    : [],
  );

const checkSharedAddresses = ({ pools }: Draft): readonly Mistake[] => {
  const seen = new Map<string, string>();
  return pools.flatMap((pool, index) =>
    (pool?.addresses ?? []).flatMap((address, place) => {
      const path = `pools[${index}].addresses[${place}]`;
      const first = seen.get(address);
      if (first === undefined) seen.set(address, path);
      const saw = `is "${address}", as is ${first}`;
      return first === undefined ?
          []
        : [{ path, saw, allowed: 'an address is in one pool, once', advice: '' }];
    }),
  );
};

/** This version models the trap-hit rule; a register of another rule would silently never list. */
const modelled = registerPresets.filter((preset) => preset.model === 'trapHit').map((preset) => preset.id);

const checkRegister = (register: Draft['registers'][number], index: number): readonly Mistake[] => {
  if (register === undefined) return [];
  const { model } = registerPreset(register.preset);
  const { trapThreshold, window, expiry } = register.rule;
  if (model === 'trapHit' || (trapThreshold !== undefined && window !== undefined && expiry !== undefined))
    return [];
  return [
    {
      path: `registers[${index}].preset`,
      saw: `is "${register.preset}", which decides by "${model}"`,
      allowed: `this version models the trap-hit rule: ${modelled.join(', ')}`,
      advice:
        'Take one of these, or give it a rule of trapThreshold, window and expiry to stand in for its own.',
    },
  ];
};

const checkReceivers = (draft: Draft): readonly Mistake[] => {
  const mistakes = draft.receivers.flatMap((receiver, index) =>
    (receiver?.consults ?? []).flatMap((name, place) =>
      checkReference(draft, 'registers', name, `receivers[${index}].consults[${place}]`),
    ),
  );
  const shares = draft.receivers.map((receiver) => receiver?.share);
  if (shares.length === 0 || shares.includes(undefined)) return mistakes;
  const sum = shares.reduce<number>((total, share) => total + (share ?? 0), 0);
  if (Math.abs(sum - 1) <= shareTolerance + Number.EPSILON) return mistakes;
  const gap = percent(Math.abs(1 - sum));
  return [
    ...mistakes,
    {
      path: 'receivers',
      saw: `have shares of ${percent(sum)} in all`,
      allowed: 'they share 100 % of all recipients',
      advice: sum < 1 ? `Give out the missing ${gap}.` : `Take ${gap} away.`,
    },
  ];
};

const percent = (share: number): string => `${Number((share * 100).toFixed(3))} %`;

const checkGroup = (draft: Draft, group: Draft['tenants'][number], index: number): readonly Mistake[] => {
  if (group === undefined) return [];
  const path = `tenants[${index}]`;
  const about = ` (group "${group.name}")`;
  const mistakes = [...checkReference(draft, 'pools', group.pool, `${path}.pool${about}`)];
  if (group.allowance !== undefined) {
    mistakes.push(
      ...checkAboveZero(
        group.allowance,
        `${path}.allowance${about}`,
        'Leave it out where the contract grants none.',
      ),
    );
  }
  if (group.stream.kind === 'newsletter') {
    const { every, first, pace } = group.stream;
    mistakes.push(
      ...checkAboveZero(pace, `${path}.stream.pace${about}`, 'Take quiet() for tenants that send nothing.'),
    );
    mistakes.push(...checkAboveZero(every, `${path}.stream.every${about}`, ''));
    if (every > 0 && first >= every) {
      mistakes.push({
        path: `${path}.stream.first${about}`,
        saw: `is ${timeText(first)}`,
        allowed: `it falls within one period, before ${timeText(every)}`,
        advice: '',
      });
    }
  }
  return mistakes;
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

const checkOutbound = (outbound: Draft['outbound']): readonly Mistake[] => {
  if (outbound === undefined) return [];
  const { firstRetry, longestRetry, scan, giveUp } = outbound;
  const mistakes = Object.entries({ firstRetry, scan, giveUp }).flatMap(([field, span]) =>
    checkAboveZero(span, `outbound.${field}`, ''),
  );
  if (longestRetry < firstRetry) {
    const allowed = `it is no shorter than firstRetry, ${timeText(firstRetry)}`;
    mistakes.push({
      path: 'outbound.longestRetry',
      saw: `is ${timeText(longestRetry)}`,
      allowed,
      advice: '',
    });
  }
  return mistakes;
};

const checkDesk = (desk: Draft['desk']): readonly Mistake[] => {
  if (desk === undefined) return [];
  const { opens, closes, poll } = desk;
  const mistakes = [...checkAboveZero(poll, 'desk.poll', '')];
  if (closes > day) {
    mistakes.push({
      path: 'desk.closes',
      saw: `is ${timeText(closes)}`,
      allowed: 'it is a time of day, 24h at most',
      advice: '',
    });
  } else if (opens >= closes) {
    const allowed = `it is before closes, ${timeText(closes)}`;
    const advice = "A desk that never closes opens at '0h' and closes at '24h'.";
    mistakes.push({ path: 'desk.opens', saw: `is ${timeText(opens)}`, allowed, advice });
  }
  return mistakes;
};
