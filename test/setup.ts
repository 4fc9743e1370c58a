// Runs before every test file: one place for how many inputs a property invents, and from which seed. A
// property that sets its own `numRuns` or `seed` is not deepened by `npm run check:deep`, so it should set
// neither.

import fc from 'fast-check';

fc.configureGlobal({
  seed: Number(process.env['PROPERTY_SEED'] ?? 1),
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 100),
});
