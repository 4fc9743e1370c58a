// What a module that keeps a state by receiver is shown of a message: the part that goes to that receiver, as
// if nobody else had got it.

import type { Signal } from './signal.ts';
import type { Submission } from './submission.ts';
import type { ReceiverId } from './words.ts';

/** Whether a message goes to more than one receiver; most go to one. */
export const isForSeveral = ({ receivers }: Submission): boolean => {
  for (let at = 1; at < receivers.length; at++) if (receivers[at] !== receivers[0]) return true;
  return false;
};

/**
 * The message with the recipients at one receiver alone; size and all else as they are. Of one that is frozen
 * it is frozen, too.
 */
export const partFor = (submission: Submission, receiver: ReceiverId): Submission => {
  const { receivers } = submission;
  const part = {
    ...submission,
    recipients: submission.recipients.filter((_, at) => receivers[at] === receiver),
    receivers: receivers.filter((one) => one === receiver),
  };
  if (!Object.isFrozen(submission)) return part;
  Object.freeze(part.recipients);
  Object.freeze(part.receivers);
  return Object.freeze(part);
};

/** The same of the signal that it was judged. */
export const signalFor = (
  signal: Signal & { readonly kind: 'submitted' }, receiver: ReceiverId,
): Signal & { readonly kind: 'submitted' } => {
  const part = { ...signal, submission: partFor(signal.submission, receiver) };
  return Object.isFrozen(signal) ? Object.freeze(part) : part;
};
