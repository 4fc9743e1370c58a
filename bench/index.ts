// `npm run bench [section...]`: runs the sections named, or all, and prints their figures with the bounds
// they should meet. Timings depend on the machine; that is why no test runs this, and why most bounds are
// ratios within one run.

import * as agenda from './agenda.ts';
import * as comparison from './comparison.ts';
import * as cores from './cores.ts';
import * as daemons from './daemons.ts';
import * as enron from './enron.ts';
import * as falseAlarms from './false-alarms.ts';
import * as floor from './floor.ts';
import * as limiters from './limiters.ts';
import * as mocks from './mocks.ts';
import * as npmLimiters from './npm-limiters.ts';
import * as policy from './policy.ts';
import { isMet, type Row, type Section, table } from './row.ts';
import * as run from './run.ts';
import * as scale from './scale.ts';
import * as startUp from './start-up.ts';
import * as streams from './streams.ts';
import * as world from './world.ts';

const sections: Readonly<Record<string, { readonly run: Section }>> = {
  agenda, streams, policy, limiters, 'npm-limiters': npmLimiters, floor, run, world, enron, scale,
  comparison, 'false-alarms': falseAlarms, 'start-up': startUp, cores, mocks, daemons,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => sections[name] === undefined);
if (unknown.length > 0) {
  const known = Object.keys(sections).join(', ');
  console.error(`bench: there is no section ${unknown.join(', ')}; sections are ${known}.`);
  process.exit(2);
}

const missed: Row[] = [];
for (const [name, section] of Object.entries(sections)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const rows = await section.run((line) => console.error(line));
  console.log(`\n${name}\n${table(rows).map((line) => `  ${line}`).join('\n')}`);
  missed.push(...rows.filter((row) => !isMet(row)));
}
console.log(missed.length === 0 ? '\nevery bound is met' : `\n${missed.length} bounds are NOT MET`);
