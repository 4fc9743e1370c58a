// What a policy leaves behind when it has answered, a promise or a timer, may throw once the run is over. It
// is to be heard while it is still known whose it is.

/** One round of the event loop. */
const turn = (): Promise<void> => new Promise((resume) => void setImmediate(resume));

/** Two rounds of the event loop: then timers that are due have had their turn. */
export const letLateErrorsCome = async (): Promise<void> => {
  await turn();
  await turn();
};
