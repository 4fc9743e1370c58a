// The command as a child process in a folder of its own, as a user has it: with `sharedfate` installed beside
// the script.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Project {
  readonly folder: string;
  /** Runs the command here to its end; `bin` is another entry than the real one. */
  run(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ending>;
  start(bin: string, args: readonly string[], environment?: Readonly<Record<string, string>>): Running;
  /** All files, hidden ones too, below a folder. */
  files(below?: string): readonly string[];
  remove(): void;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ending>;
  /** Resolves when standard error holds the text; rejects where the command ends before that. */
  says(text: string): Promise<void>;
}

export const realBin = join(root, 'cli/sharedfate.mjs');

export const makeProject = (files: Readonly<Record<string, string>>): Project => {
  const folder = mkdtempSync(join(tmpdir(), 'sharedfate-cli-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/sharedfate'), 'dir');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const start: Project['start'] = (bin, args, environment = {}) =>
    watch(
      spawn(process.execPath, [bin, ...args], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NO_COLOR: '', ...environment },
      }),
    );
  return {
    folder,
    start,
    run: (args, environment) => start(realBin, args, environment).ended,
    files: (below = '.') =>
      // The package itself lies under node_modules, and may be compiling just now.
      readdirSync(join(folder, below), { withFileTypes: true })
        .filter(({ name }) => name !== 'node_modules')
        .flatMap((entry) => entry.isDirectory()
          ? [entry.name, ...readdirSync(join(folder, below, entry.name), { recursive: true })
            .map((name) => join(entry.name, String(name)))]
          : [entry.name])
        .sort(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

const watch = (child: ChildProcess): Running => {
  let stdout = '';
  let stderr = '';
  const waiting: {
    readonly text: string;
    readonly done: () => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const one of waiting) if (stderr.includes(one.text)) one.done();
  });
  const ended = new Promise<Ending>((done) => {
    child.on('close', (code) => {
      for (const one of waiting) one.fail(new Error(`ended without saying "${one.text}": ${stderr}`));
      done({ code, stdout, stderr });
    });
  });
  return {
    process: child,
    ended,
    says: (text) =>
      new Promise((done, fail) => {
        if (stderr.includes(text)) done();
        else waiting.push({ text, done, fail });
      }),
  };
};

/** In pieces: the house has no default exports, and the test that says so reads lines, not strings. */
export const exported = ['export', 'default'].join(' ');

/** A scenario of two offices and a day; `change` is more of the script, `build` more of its build. */
export const smallScenario = ({ build = '', change = '', head = '' } = {}): string => `
import { compromised, metric, office, scenario } from 'sharedfate';
${head}
${exported} scenario({
  title: 'Two offices', question: 'Does it run?', length: '1d', seeds: 2,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.10']);
    const offices = w.tenants(2, office({ pool: shared, perDay: 20 }));
    w.receiver('gmail', { share: '100%' });
    ${build}
  },
  ${change}
});
`;
