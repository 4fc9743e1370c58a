// House style as an ordinary test: every file is held against the rules of test/tidy, and every rule is shown
// to catch what it is for. No parser: TypeScript 7 offers none, and tools built on the old one pass without
// reading a file.

import { describe, expect, test } from 'vitest';
import { readProject } from './tidy/files.ts';
import { type Project, projectRules } from './tidy/project.ts';
import { bannedNames, type Finding, rules } from './tidy/rules.ts';
import { samples } from './tidy/samples.ts';

const project = readProject();
const print = (findings: readonly Finding[]): string[] =>
  findings.map((finding) => `${finding.path}:${finding.line} ${finding.what}`);

describe('the house', () => {
  for (const rule of rules) {
    test(rule.title, () => {
      expect(print(project.files.flatMap(rule.check))).toEqual([]);
    });
  }
  for (const rule of projectRules) {
    test(rule.title, () => {
      expect(print(rule.check(project))).toEqual([]);
    });
  }
  test('the files were found: the rules above did not pass for want of any', () => {
    const paths = project.files.map((file) => file.path);
    for (const path of ['policy/engine.ts', 'sim/result.ts', 'README.md', '.ci/run', '.oxlintrc.json']) {
      expect(paths).toContain(path);
    }
  });
});

describe('each rule catches what it is for, and nothing near it', () => {
  for (const rule of rules) {
    const known = samples[rule.title] ?? [];
    test(rule.title, () => {
      expect(known.filter((sample) => sample.finds > 0)).not.toEqual([]);
      expect(known.filter((sample) => sample.finds === 0)).not.toEqual([]);
      for (const sample of known) {
        const found = rule.check(sample);
        expect(found.length, sample.text).toBe(sample.finds);
        expect(found[0]?.what ?? '').toContain(sample.says);
      }
    });
  }
  test('no banned name is without a sample that it catches', () => {
    const tried = Object.values(samples).flat().filter((sample) => sample.finds > 0);
    const silent = bannedNames.filter((name) =>
      !tried.some((sample) => name.rooms.test(sample.path) && name.pattern.test(sample.text)));
    expect(silent).toEqual([]);
  });
});

describe('each rule about the whole project catches what it is for', () => {
  const whole: Project = {
    files: [
      { path: 'sim/index.ts', text: "import seedrandom from 'seedrandom';" },
      { path: 'docs/DEPENDENCIES.md', text: '| `seedrandom` | luck |' },
      { path: 'README.md', text: '[all](docs/DEPENDENCIES.md) [sim](sim/) [web](https://example.org)' },
    ],
    manifest: { name: 'sharedfate', dependencies: { seedrandom: '3.0.5' }, devDependencies: {}, scripts: {} },
  };
  const having = (path: string, text: string): Project =>
    ({ ...whole, files: [...whole.files.filter((file) => file.path !== path), { path, text }] });
  const dependingOn = (field: 'dependencies' | 'devDependencies', name: string, version: string): Project =>
    ({ ...whole, manifest: { ...whole.manifest, [field]: { ...whole.manifest[field], [name]: version } } });
  const broken: readonly (readonly [title: string, project: Project, says: string])[] = [
    ['every package imported is', having('sim/b.ts', "import { x } from 'left-pad';"), 'left-pad is not in'],
    ['every package imported is', {
      ...dependingOn('devDependencies', 'fast-check', '4.0.0'),
      files: [{ path: 'sim/b.ts', text: "import fc from 'fast-check';" }],
    }, 'only a development dependency'],
    ['every dependency is pinned', dependingOn('dependencies', 'zod', '^4.0.0'), 'pinned as ^4.0.0'],
    ['every dependency has its entry', dependingOn('dependencies', 'zod', '4.0.0'), 'zod has no entry'],
    ['every dependency has its entry', having('docs/DEPENDENCIES.md', '| `seedrandom` |\n| `zod` |'),
      'is no dependency'],
    ['every dependency is used', dependingOn('dependencies', 'zod', '4.0.0'), 'zod is used nowhere'],
    ['every folder that others import', having('policy/pass.ts', ''), 'is missing'],
    ['every link', having('README.md', '[gone](docs/GONE.md)'), 'docs/GONE.md'],
  ];
  test('a project in order passes them all', () => {
    expect(projectRules.flatMap((rule) => print(rule.check(whole)))).toEqual([]);
  });
  for (const [title, spoilt, says] of broken) {
    test(`${title}: ${says}`, () => {
      const rule = projectRules.find((candidate) => candidate.title.startsWith(title))!;
      expect(print(rule.check(spoilt))).toEqual([expect.stringContaining(says)]);
    });
  }
  test('no rule about the project is without a sample', () => {
    const untried = projectRules.filter((rule) => !broken.some(([title]) => rule.title.startsWith(title)));
    expect(untried).toEqual([]);
  });
});
