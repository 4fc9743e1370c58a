// Runs before every test file. The laws of the world are looked after in every run; and one place says how
// many inputs a property invents, and from which seed: a property that sets its own `numRuns` or `seed` is
// not deepened by `npm run check:deep`, so it should set neither.

import fc from 'fast-check';
import { watchAllRuns } from '../sim/world/laws/watch.ts';

fc.configureGlobal({
  seed: Number(process.env['PROPERTY_SEED'] ?? 1),
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 100),
  // Without this a list of at most 60 has at most 10: hardly any limit would be reached.
  defaultSizeToMaxWhenMaxSpecified: true,
});

watchAllRuns();
