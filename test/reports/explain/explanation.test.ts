// Explanations as people read them, against the texts beside this file: a culprit that was stopped, one that
// was missed, an innocent that paid, and what would have happened. Where one moves, read the diff; if it is
// right, write it anew with `GOLDEN=write npx vitest run test/reports/explain`.

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { acceptEverything, type Policy } from '../../../policy/index.ts';
import { compareTales, renderComparison } from '../../../reports/explain/counterfactual.ts';
import { renderExplanation, type Setting } from '../../../reports/explain/explanation.ts';
import type { SeedResult } from '../../../sim/result.ts';
import { runSeed } from '../../../sim/run.ts';
import type { Tale } from '../../../sim/telling/tale.ts';
import { culprit, looseRules, stolenPlan, tell, usualRules } from '../../sim/telling/stolen.ts';

const settingFor = ({ listings, seed }: SeedResult, { name }: Policy): Setting => ({
  title: stolenPlan.title, seed, policy: name, epoch: Date.parse(stolenPlan.epoch), length: stolenPlan.length,
  listings,
});

const explained = (tenant: string, rules: Policy): string => {
  const { result, tale } = tell(tenant, rules);
  return renderExplanation(tale, settingFor(result, rules), { columns: 100 });
};

const without: Policy =
  { ...usualRules, modules: usualRules.modules.filter(({ name }) => name !== 'hard-bounce-ratio') };

const compared = (): string => {
  const was = tell(culprit, usualRules);
  const comparison = compareTales(was, tell(culprit, without), 'Without hard-bounce-ratio');
  return renderComparison(comparison, settingFor(was.result, usualRules), { columns: 100 });
};

const texts: Readonly<Record<string, () => string>> = {
  'a stolen account that was stopped': () => explained(culprit, usualRules),
  'a stolen account that was missed': () => explained(culprit, looseRules),
  'one under a policy without rules': () => explained(culprit, acceptEverything),
  'an innocent that paid for it': () => explained('offices-1', usualRules),
  'the same without the rule that stopped it': compared,
};

describe('an explanation', () => {
  for (const [title, text] of Object.entries(texts)) {
    test(`of ${title} is the one on file, and within its width`, () => {
      const file = new URL(`${title.replaceAll(' ', '-')}.txt`, import.meta.url);
      const said = text();
      if (process.env['GOLDEN'] === 'write') writeFileSync(file, said);
      expect(said.split('\n')).toEqual(readFileSync(file, 'utf8').split('\n'));
      for (const line of said.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    });
  }

  test('keeps names and replies from outside harmless to a terminal', () => {
    const { result, tale } = tell(culprit, usualRules);
    const evil = '\u001b[31mred\u202e';
    const said = renderExplanation(
      JSON.parse(JSON.stringify(tale).replaceAll('"watch"', JSON.stringify(evil)).replaceAll('plain', evil
        .replace('\u001b', '\\u001b'))) as Tale,
      { ...settingFor(result, usualRules), title: evil, policy: evil },
    );
    expect(said).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('what would have happened', () => {
  test('without a rule has the figures of a run without it', () => {
    const was = tell(culprit, usualRules);
    const would = tell(culprit, without);
    const plain = runSeed({ plan: stolenPlan, seed: 'tale-3', policy: without, traces: new Map() });
    expect(would.result).toEqual(plain);
    const { own } = compareTales(was, would, 'Without hard-bounce-ratio');
    const escaped = own.find(({ what }) => what === 'of these got out')!;
    expect(escaped).toEqual({
      what: 'of these got out', was: String(was.result.culprits[0]!.escaped),
      would: String(plain.culprits[0]!.escaped),
    });
    expect(Number(escaped.would)).toBeGreaterThan(Number(escaped.was));
  });

  test('without a rule that had no part is nothing, and is said so', () => {
    const was = tell(culprit, looseRules);
    const comparison = compareTales(was, tell(culprit, acceptEverything), 'Without rules');
    expect(comparison).toMatchObject({ same: true, all: [] });
    expect(comparison.sentences)
      .toEqual(['Without rules nothing would have been different: it had no part in this seed.']);
  });

  test('without its incident a culprit would have done nothing wrong', () => {
    const plan = { ...stolenPlan, incidents: [] };
    const would = tell(culprit, usualRules, plan);
    const { sentences } = compareTales(tell(culprit), would, 'Without the incident');
    expect(sentences[0]).toBe(`Without the incident ${culprit} would have done nothing wrong.`);
  });
});
