// Compares the fingerprints in the results of the same run made under different Node versions or over
// different transports: the seeds that all have must be there, and agree. Usage: node same-fingerprint.mjs
// RESULT.json RESULT.json ...

import { readFileSync } from 'node:fs';

const files = process.argv.slice(2);
const prints = files.map((file) => {
  const { seeds } = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(seeds.map((result) => [result.seed, result.fingerprint]));
});
const [first, ...others] = prints;
const shared = [...first.keys()].filter((seed) => others.every((other) => other.has(seed)));
let wrong = files.length < 2 || shared.length === 0;
if (wrong) console.error(`nothing to compare: ${files.length} results share ${shared.length} seeds`);
for (const seed of shared) {
  const seen = prints.map((of) => of.get(seed));
  const same = seen.every((print) => typeof print === 'string' && print !== '' && print === seen[0]);
  console.log(`seed ${seed}: ${same ? 'same' : 'DIFFERENT'}: ${seen.join(' ')}`);
  if (!same) wrong = true;
}
process.exitCode = wrong ? 1 : 0;
