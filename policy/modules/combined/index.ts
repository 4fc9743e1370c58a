// Rules made of other rules: on trial, for some of the mail, while another is raised, between two limits, and
// with a say in the queue.

export { holdsQueue } from './holds-queue.ts';
export { hysteresis } from './hysteresis.ts';
export { onTrial } from './on-trial.ts';
export { forBulk, forNewTenants } from './only-for.ts';
export { whileRaised } from './while-raised.ts';
