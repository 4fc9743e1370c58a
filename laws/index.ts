// What whoever writes a policy module tests it with: the laws that every module keeps, and short ways to
// write down mail and signals. It takes fast-check, which the user's own project installs.

export {
  addresses, attempted, attemptOf, complaint, login, outcome, poll, released, scanned, submissionOf,
  submitted, telemetry, trapped,
} from './build.ts';
export { anHourAndMore, assertModuleLaws, type LawOptions } from './module-laws.ts';
export { assertStricterLetsLessThrough } from './stricter.ts';
