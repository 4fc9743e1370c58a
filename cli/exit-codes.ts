// What the command's exit code says. Node itself ends with 1 on a crash, so a failed gate must be something
// else.

export const exitCodes = {
  /** All gates passed, or there were none. */
  passed: 0,
  /** A fault of ours. */
  crash: 1,
  /** A mistake in the command, a plan, a trace or a file's place. */
  mistake: 2,
  /** A scenario script or a policy threw. */
  scriptThrew: 3,
  gateFailed: 20,
  /** A gate had no data, or could not be settled with so few seeds. */
  noData: 21,
  /** What to compare with is missing, or of another plan. */
  otherPlan: 22,
  /** The same seed gave another result. */
  notRepeatable: 23,
  /** Stopped by control-C; what was done is kept. */
  interrupted: 130,
} as const;
