// How the tests run. `--mode deep` is for `npm run check:deep`: many more invented inputs, from a seed that
// is the commit, so that tomorrow's run explores elsewhere and today's can be repeated.

import { execFileSync } from 'node:child_process';
import { defineConfig } from 'vitest/config';

/** First 31 bits of the commit hash; DEEP_SEED repeats another day's run. */
const seedOfTheDay = (): number => {
  const given = process.env['DEEP_SEED'];
  if (given !== undefined) return Number(given);
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  return Number.parseInt(commit.slice(0, 8), 16) >>> 1;
};

/**
 * Left out where the suite runs again on another Node (`TEST_AGAIN`): the longest files, which ask a browser,
 * a daemon or Redis, or start whole comparisons, and hang on the version of Node no more than the rest does.
 */
const once = [
  'test/reports/browser{,-speed}.test.ts',
  'test/cli/{accept,compare,explain,resume-comparison,serve,sweep}.test.ts',
  'test/{clients,sweep}/**', 'test/testbed/{hosts,mta,serve,mocks-on-loopback,soak}/**',
];

/**
 * Files that leave nothing behind them in their process share one a worker, which spares each the reading of
 * all our modules. Whoever fakes a clock, starts a process or renders a page is kept apart.
 */
const together = [
  'test/{oracles,plan,policy,properties,run,sim}/**/*.test.ts', 'test/reports/statistics/*.test.ts',
];

export default defineConfig(({ mode }) => {
  const deep = mode === 'deep';
  const isAgain = process.env['TEST_AGAIN'] === '1';
  const seed = deep ? seedOfTheDay() : 1;
  if (deep) console.log(`deep check with seed ${seed}; DEEP_SEED=${seed} npm run check:deep repeats it`);
  const jsonFile = process.env['TEST_JSON'];
  const exclude = isAgain ? once : [];
  return {
    test: {
      setupFiles: ['test/setup.ts'],
      pool: 'forks',
      // One a core: by itself it leaves a core free, which of two is half the machine.
      maxWorkers: '100%',
      // Whole runs and a browser are among the tests; two slow cores still finish each well inside this.
      testTimeout: deep ? 600_000 : 60_000,
      hookTimeout: 60_000,
      env: { PROPERTY_SEED: String(seed), PROPERTY_RUNS: deep ? '1000' : isAgain ? '25' : '100' },
      // .ci/run counts from this file; people read the default reporter.
      reporters: jsonFile === undefined ? ['default'] : ['default', ['json', { outputFile: jsonFile }]],
      projects: [
        {
          extends: true,
          test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: [...exclude, ...together] },
        },
        { extends: true, test: { name: 'together', isolate: false, include: together, exclude } },
      ],
    },
  };
});
