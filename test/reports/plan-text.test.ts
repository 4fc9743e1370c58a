// A plan shown to people: every part in words, within the terminal's width, and nothing that steers it.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type PlanTextOptions, renderPlan } from '../../reports/index.ts';
import { type Plan, planFacts } from '../../sim/index.ts';
import { registerIds } from '../../sim/presets/index.ts';
import { goodPlan } from '../plan/sample.ts';
import { readPlan } from '../../sim/plan/read.ts';
import { fullPlan } from './plan-fixture.ts';

const show = (plan: Plan, options: PlanTextOptions = {}): string =>
  renderPlan(plan, planFacts(plan), options);
const traced = new Map([['log.csv', 400]]);

test('a plan that says everything reads as the stored text does', () => {
  const stored = join(import.meta.dirname, 'plan-text.txt');
  // What follows is as the presets have it, and changes with them.
  const text = show(fullPlan(), { columns: 80, traced }).split('\nPresets, their sources')[0]!;
  if (process.env['GOLDEN'] === 'write') writeFileSync(stored, text);
  expect(text).toBe(readFileSync(stored, 'utf8'));
});

test('no line is wider than the terminal, and at no width is a word lost', () => {
  const words = (text: string): string => text.replace(/\s+/g, '');
  const plan = fullPlan();
  const wide = show(plan, { columns: 200, traced });
  for (const columns of [60, 61, 80, 100, 140, 200]) {
    const text = show(plan, { columns, traced });
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(columns);
    expect(words(text)).toBe(words(wide));
  }
});

test('colours come only when asked for, and change no word', () => {
  const plain = show(fullPlan());
  expect(plain).not.toContain('\u001b');
  expect(show(fullPlan(), { colours: true }).replace(/\u001b\[\d+m/g, '')).toBe(plain);
});

test('a title that holds terminal escapes cannot recolour or clear the screen', () => {
  const title = 'evil\u001b[2J\u0007\r';
  expect(show(readPlan({ ...goodPlan(), title, question: title }, 'x.ts'))).not.toMatch(/[\u001b\u0007\r]/);
});

test('the rule of each register preset is said in words, none by the name of its model', () => {
  const registers = registerIds.map((preset) => ({ name: preset, preset }));
  const receivers = [{ name: 'gmail', preset: 'gmail', share: '100%' as const }];
  const plan = readPlan({ ...goodPlan(), registers, receivers }, 'x.ts');
  const text = show(plan, { columns: 200 });
  expect(text).not.toMatch(/undefined|null|NaN|its own data|lists by "/);
  for (const preset of registerIds) expect(text).toContain(`\n  ${preset}`);
});

test('each preset is named once with what is assumed in it, however often the plan uses it', () => {
  const registers = [{ name: 'one', preset: 'psbl' }, { name: 'two', preset: 'psbl' }];
  const receivers = [{ name: 'gmail', preset: 'gmail', share: '100%' as const }];
  const text = show(readPlan({ ...goodPlan(), registers, receivers }, 'x.ts'), { columns: 200 });
  const presets = text.slice(text.indexOf('Presets, their sources'));
  expect(presets.match(/^ {2}psbl /gm)).toHaveLength(1);
  expect(presets).toMatch(/^ {2}psbl +assumed: expiry\.seconds, .*ttl.*Source: https:\/\/psbl\.org/m);
  expect(show(fullPlan(), { columns: 200 })).toMatch(/invaluement-ivmsip +every number assumed\./);
});

test('a day of mail is expected by stream: per account, campaign, run of a script, and row of a log', () => {
  const text = show(fullPlan(), { columns: 200, traced });
  for (const line of [
    /offices +20 tenants of 3 accounts each .*about 2,400 messages a working day/,
    /letters +2 tenants .*about 2,040 messages a day/,
    /shops +4 tenants .*about 1,200 messages a day/,
    /jobs +5 tenants .*about 480 messages a day/,
    /people +2 tenants .*about 10 messages a day/,
    /in all +42 tenants, about 6,130 messages on a working day/,
  ])
    expect(text).toMatch(line);
});
