// Sources that break one rule each, and near misses that break none. A rule that nobody has seen fail is
// worth nothing.

export interface Sample {
  readonly path: string;
  readonly text: string;
  /** How many findings are right, and part of what the first must say. */
  readonly finds: number;
  readonly says: string;
}

const bad = (path: string, text: string, says: string, finds = 1): Sample => ({ path, text, finds, says });
const good = (path: string, text: string): Sample => ({ path, text, finds: 0, says: '' });
const opened = '// A sample.\n';
// Put together here, so that this file does not itself name such a path or host.
const machine = ['', 'work', 'main'].join('/');
const host = ['registry', 'example', 'org'].join('.');

/** By the title of the rule. */
export const samples: Readonly<Record<string, readonly Sample[]>> = {
  'no folder imports against the import table': [
    bad('policy/a.ts', "import { x } from '../sim/index.ts';", 'policy may not import sim'),
    bad('policy/a.ts', "import type { X } from '../sim/index.ts';", 'policy may not import sim'),
    bad('policy/modules/a.ts', "import fs from 'node:fs';", 'nothing that Node brings'),
    bad('policy/a.ts', "import * as z from 'zod';", 'may not use this package'),
    bad('policy/a.ts', "const x = await import('../sim/luck.ts');", 'policy may not import sim'),
    bad('policy/a.ts', "export { x } from '../mocks/index.ts';", 'policy may not import mocks'),
    bad('sim/a.ts', "import { readFile } from 'node:fs/promises';", 'nothing that Node brings'),
    bad('sim/world/a.ts', "import { createServer } from '../../mocks/index.ts';", 'sim may not import mocks'),
    bad('sim/a.ts', "import {\n  mean,\n} from 'simple-statistics';", 'may not use this package'),
    bad('scenarios/a.ts', "import { x } from '../sim/plan/schema.ts';", 'only index.ts'),
    bad('scenarios/a.ts', "import { metric } from '../reports/index.ts';", 'may not import reports'),
    bad('mocks/a.ts', "import { pass, type Verdict } from '../policy/index.ts';", 'not pass'),
    bad('reports/a.ts', "import { Agenda } from '../sim/index.ts';", 'not Agenda'),
    bad('reports/a.ts', "import * as sim from '../sim/index.ts';", 'not *'),
    bad('testbed/a.ts', "import { page } from '../reports/index.ts';", 'testbed may not import reports'),
    bad('cli/a.ts', "import '../test/setup.ts';", 'cli may not import test'),
    bad('cli/a.ts', "import { oracle } from '../bench/index.ts';", 'cli may not import bench'),
    bad('spare-room/a.ts', '', 'not in the import table'),
    good('policy/modules/a.ts', "import { pass } from '../verdict.ts';\n// import fs from 'node:fs';"),
    good('mocks/a.ts', "import type { Reply } from '../policy/index.ts';\nimport net from 'node:net';"),
    good('mocks/a.ts', "import { type Reply, type Signal } from '../policy/index.ts';"),
    good('reports/a.ts', "import { metricUnits, type RunResult } from '../sim/result.ts';"),
    good('scenarios/a.ts', "import { scenario } from '../sim/index.ts';"),
  ],
  'no clock, chance or input and output reaches a folder that must not have them': [
    bad('sim/a.ts', 'const x = Math.random();', 'named streams'),
    bad('mocks/a.ts', 'const x = Math.random();', 'named streams'),
    bad('policy/a.ts', 'const x = Date.now();', 'an argument'),
    bad('sim/a.ts', 'const x = new Date(0);', 'an argument'),
    bad('reports/a.ts', 'const x = new Date();', 'the date they are given'),
    bad('sim/a.ts', 'const x = performance.now();', 'an argument'),
    bad('policy/a.ts', 'setTimeout(() => 1, 5);', 'agenda'),
    bad('sim/a.ts', 'console.log(1);', 'no input or output'),
    bad('policy/a.ts', "const x = 'a'.localeCompare('b');", 'depend on the machine'),
    good('policy/a.ts', "// Never Math.random() here.\nconst x = 'Date.now()';"),
    good('reports/a.ts', 'const x = new Date(made);'),
    good('cli/a.ts', 'const x = Date.now(); console.log(x);'),
  ],
  'no type says any, and there is no enum, namespace or silenced error': [
    bad('sim/a.ts', 'const f = (x: any) => x;', 'any'),
    bad('sim/a.ts', 'const x = y as any;', 'any'),
    bad('test/a.ts', 'const x: Map<string, any> = new Map();', 'any'),
    bad('sim/a.ts', 'export enum Kind { one }', 'enum'),
    bad('sim/a.ts', 'namespace Kind { }', 'namespace'),
    bad('sim/a.ts', `// @ts-${'ignore'}\nconst x = 1;`, 'silenced'),
    good('sim/a.ts', "const x: 'any' | number = 'any'; // as any of us\nz.any();"),
  ],
  'only scenarios and policies are default exports': [
    bad('sim/a.ts', 'export default 1;', 'give it a name'),
    bad('sim/a.ts', 'const a = 1;\nexport { a as default };', 'give it a name'),
    good('scenarios/a.ts', 'export default scenario({});'),
    good('test/cli/fixtures/a.ts', 'export default scenario({});'),
  ],
  'every export is named, and none is a star': [
    bad('sim/index.ts', "export * from './agenda.ts';", 'export *'),
    bad('sim/index.ts', "export * as agenda from './agenda.ts';", 'export *'),
    good('sim/index.ts', "export { Agenda } from './agenda.ts';"),
  ],
  'a file has at most 250 lines': [
    bad('sim/a.ts', '//\n'.repeat(251), '251 lines'),
    good('sim/a.ts', '//\n'.repeat(250)),
    good('sim/a.json', '\n1'.repeat(300)),
  ],
  'every file opens with a comment that says what it is': [
    bad('sim/a.ts', 'const x = 1;\n// Late.', 'without a comment'),
    bad('cli/a.mjs', '#!/usr/bin/env node\nconst x = 1;', 'without a comment'),
    good('cli/a.mjs', '#!/usr/bin/env node\n// The command.\nconst x = 1;'),
    good('sim/a.ts', '/** The agenda. */'),
  ],
  'a line has at most 110 columns': [
    bad('sim/a.ts', `${opened}// ${'x'.repeat(108)}`, 'the longest 111'),
    good('sim/a.ts', `${opened}// ${'ü'.repeat(107)}`),
  ],
  'nothing names a path of one machine or the host of a package registry': [
    bad('README.md', `Look in ${machine}.`, 'of one machine'),
    bad('sim/a.ts', `// See ${machine}/x.`, 'of one machine'),
    bad('package-lock.json', `"resolved": "https://${host}/zod"`, 'of one machine'),
    good('sim/a.ts', "import { x } from '../home/a.ts'; // spam.example.org/tmp, ~/work/x"),
  ],
};
