// What the parts of a plan say of one another: shares that sum to a whole, names that exist, instants within
// the run, incidents that can be true together. Works on a draft too, whose unreadable parts are undefined,
// so that one reading tells of every mistake.

import { checkGroups } from './check-groups.ts';
import { checkDesk, checkOutbound, checkSignals } from './check-platform.ts';
import { checkPools } from './check-pools.ts';
import { checkReceivers } from './check-receivers.ts';
import { checkRegister } from './check-registers.ts';
import { checkContradictions } from './contradictions.ts';
import { checkAboveZero, type Draft, namesIn, type Section, timeText } from './draft.ts';
import { checkGate } from './gates.ts';
import { checkIncident } from './incidents.ts';
import { type Mistake, shownValue } from './problems.ts';

export const checkPlan = (draft: Draft): readonly Mistake[] => [
  ...checkTimes(draft),
  ...(['pools', 'registers', 'receivers', 'tenants'] as const).flatMap((section) =>
    checkUnique(draft, section),
  ),
  ...checkPools(draft),
  ...draft.registers.flatMap(checkRegister),
  ...checkReceivers(draft),
  ...checkGroups(draft),
  ...draft.incidents.flatMap((incident, index) =>
    incident === undefined ? [] : checkIncident(draft, incident, `incidents[${index}]`),
  ),
  ...checkContradictions(draft),
  ...checkOutbound(draft.outbound),
  ...checkDesk(draft),
  ...checkSignals(draft),
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
