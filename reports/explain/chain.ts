// The steps of a tale as its reader is shown them: those that say nothing new left out, the rest in order,
// each with when, in which event, and what.

import type { Step, StepOf, Tale } from '../../sim/telling/tale.ts';
import { type DateOf, stepText } from './step-text.ts';

export interface Line {
  readonly at: number;
  readonly event: string;
  readonly text: string;
}

/** In order of time. */
export const chainOf = (tale: Tale, dateOf: DateOf): readonly Line[] =>
  joined(
    counted(tale.steps.filter((step) => isTold(step, tale)))
      .map((step) => ({ step, text: stepText(step, tale, dateOf) }))
      .filter(({ text }) => text !== ''),
  );

/** Held mail is looked at for minutes at a time: of a day's looks the first is told, the others counted. */
const counted = (steps: readonly Step[]): readonly Step[] => {
  const told: Step[] = [];
  let place = -1;
  for (const step of steps) {
    const first = told[place];
    if (step.kind !== 'case' || step.took === null || step.about !== 'the held') told.push(step);
    else if (first !== undefined && step.at - first.at < dayMs)
      told[place] = { ...first, count: first.count + 1, last: step.at };
    else place = told.push(step) - 1;
  }
  return told;
};

const dayMs = 86_400_000;

interface Told {
  readonly step: Step;
  readonly text: string;
}

/** What the desk did in one event is one line: the work, what came of it, and what it went by. */
const joined = (told: readonly Told[]): readonly Line[] => {
  const lines: { at: number; event: string; text: string; isDesk: boolean; isOpen: boolean }[] = [];
  for (const { step, text } of told) {
    const isDesk = step.event === 'case-worked' && (step.kind === 'case' || step.kind === 'told' ||
      step.kind === 'evidence');
    const before = lines.at(-1);
    if (isDesk && before?.isDesk === true && before.at === step.at) {
      before.text += ` ${text}`;
      before.isOpen = false;
    } else {
      const isOpen = step.kind === 'case' && /account|appeal/.test(step.about) && step.took !== null;
      lines.push({ at: step.at, event: step.event, text, isDesk, isOpen });
    }
  }
  // Somebody found the account at fault, or nothing would have been left to say.
  return lines.map(({ at, event, isOpen, text }) =>
    ({ at, event, text: isOpen ? `${text} It stays shut until the cause is removed.` : text }));
};

const isTold = (step: Step, tale: Tale): boolean => {
  switch (step.kind) {
    case 'told':
      return !isSaidBetter(step, tale);
    case 'signal':
      // What came of an innocent tenant's mail is told with what was made of it.
      return tale.role !== 'innocent' && step.last >= tale.onset! && !isAfter(step, tale);
    case 'case':
      return step.took !== null || tale.role !== 'innocent';
    case 'dispatch':
      return tale.role === 'innocent' || step.last >= tale.onset!;
    default:
      return true;
  }
};

/** What its owner's mail brings once the fault is over. */
const isAfter = ({ at, signal }: StepOf<'signal'>, { steps, culprit }: Tale): boolean =>
  signal !== 'complained' && at > culprit!.ended &&
  steps.some((step) => step.kind === 'signal' && step.signal === signal && step.at < at);

/** The policy's own word is told with its numbers, which the timeline's sentence only repeats. */
const isSaidBetter = ({ at, lane, what }: StepOf<'told'>, { steps }: Tale): boolean =>
  lane === 'policy' &&
  (what.startsWith('first notices') ||
    steps.some((step) => step.kind === 'verdict' && step.verdict === 'suspend' && step.at === at));
