// Counts the tests in vitest's JSON reports, one report a Node version, and prints the result line. A test
// counts once: as failed where it failed on any version, as skipped where it was skipped on any. A file that
// did not load, a report that cannot be read, and a step that failed without a failing test count as failures
// too. A skipped test is a failure of the run: everything tests need is installed here. Usage: node tally.mjs
// REPORTS-FOLDER [NAME-OF-THE-FAILED-STEP]

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, failedStep = ''] = process.argv.slice(2);
const worse = ['passed', 'skipped', 'failed'];
/** Of vitest's words; any other counts as a failure. */
const outcome = {
  passed: 'passed', failed: 'failed', skipped: 'skipped',
  pending: 'skipped', todo: 'skipped', disabled: 'skipped',
};
/** By file, title and how many of that title came before it. */
const tests = new Map();

for (const name of readdirSync(folder)) {
  let report;
  try {
    report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch {
    note(`${name} cannot be read`, 'failed');
    continue;
  }
  for (const file of report.testResults) {
    const path = file.name.replace(/^.*?\/(?=test\/)/, '');
    const times = new Map();
    for (const test of file.assertionResults) {
      const time = (times.get(test.fullName) ?? 0) + 1;
      times.set(test.fullName, time);
      note(`${path}: ${test.fullName}${time > 1 ? ` (${time})` : ''}`, outcome[test.status] ?? 'failed');
    }
    const told = file.assertionResults.some((test) => test.status === 'failed');
    if (file.status === 'failed' && !told) note(`${path} did not load`, 'failed');
  }
}

const count = (what) => [...tests.values()].filter((status) => status === what).length;
if (failedStep !== '' && count('failed') === 0) note(`step: ${failedStep}`, 'failed');
if (failedStep === '' && count('passed') === 0) note('no test ran', 'failed');

console.log();
for (const [name, status] of tests) if (status !== 'passed') console.log(`${status}: ${name}`);
const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
console.log(`${count('passed')} passed, ${count('failed')} failed${skipped}`);
process.exitCode = count('failed') > 0 || count('skipped') > 0 ? 1 : 0;

function note(name, status) {
  const before = tests.get(name);
  if (before === undefined || worse.indexOf(status) > worse.indexOf(before)) tests.set(name, status);
}
