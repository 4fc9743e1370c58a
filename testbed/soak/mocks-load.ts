// The third load: mocks as servers, one a scenario's (`sharedfate mocks`), one bare with a book of its own.
// Correct clients work while others flood them; in the end every message that got 250 is in the books once.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import type { Child } from './children.ts';
import { addressOf, isListed, lookUpOn, zone } from './dns-clients.ts';
import { floodOn } from './flood.ts';
import { comesTrue, type Context, type Load } from './load.ts';
import { quietPlan } from './quiet-world.ts';
import { type Fate, reconcile } from './reconcile.ts';
import { command } from './served.ts';
import { mailOn } from './smtp-clients.ts';

interface Place {
  readonly child: Child;
  readonly smtp: readonly number[];
  readonly dns: number;
}

/** Longest that a program takes to say where it listens, in milliseconds. */
const patienceMs = 300_000;
/** What is no leak: buffers of half an hour of floods, and files of connections not yet closed. */
const bounds = { megabytes: 120, files: 10 };

export const mocksLoad: Load = {
  name: 'mocks',
  missing: () => '',
  async run(context) {
    const { chance, figures, folder, span, stop, tamper, watch } = context;
    const book = join(folder, 'book');
    writeFileSync(book, '');
    const bare = await startBare(context, book);
    const living = await startLiving(context);
    await context.ready();
    watch.begin('bare mocks', bare.child.pid);
    watch.begin('living mocks', living.child.pid);
    const ports = [...bare.smtp, ...living.smtp];
    const fates = new Map(ports.map((port) => [port, new Map<number, Fate>()]));
    const flooding = { smtp: ports, dns: [bare.dns, living.dns], figures, stop, everyMs: 400 };
    await Promise.all([
      ...ports.flatMap((port) => [0, 1, 2].map((number) => mailOn({
        port, fates: fates.get(port)!, figures, stop, everyMs: 400, chance: chance('smtp', port, number),
      }))),
      ...[bare, living].map(({ dns }, place) => lookUpOn({
        port: dns, zone: place === 0 ? zone : 'psbl.rbl.test', figures, stop, everyMs: 120,
        chance: chance('dns', place),
      })),
      ...[0, 1].map((number) =>
        floodOn({ ...flooding, everyMs: Math.max(50, span(400)), chance: chance('flood', number) })),
    ]);
    await closing(context, bare, living);
    tamper?.(folder);
    const counted = readFileSync(book, 'utf8').split('\n').filter((line) => line !== '').map(Number);
    reconcile('bare receiver: message', fates.get(bare.smtp[0]!)!, counted, figures);
    await auditLiving(context, living, fates);
    await Promise.all([bare.child.kill(), living.child.kill()]);
  },
};

const startBare = async ({ children }: Context, book: string): Promise<Place> => {
  const script = fileURLToPath(new URL('mock-server.ts', import.meta.url));
  const child = children.start('bare-mocks',
    [process.execPath, '--import', import.meta.resolve('tsx'), script, book]);
  const { dns, smtp } = await firstLine(child) as { readonly smtp: number; readonly dns: number };
  return { child, smtp: [smtp], dns };
};

interface LivingPlace extends Place {
  readonly control: string;
}

const startLiving = async ({ children, folder }: Context): Promise<LivingPlace> => {
  const plan = join(folder, 'plan.json');
  writeFileSync(plan, JSON.stringify(quietPlan));
  const child = children.start('living-mocks',
    [process.execPath, command, 'mocks', plan, '--quiet', '--json']);
  const said = await firstLine(child) as {
    readonly control: string; readonly dns: { readonly port: number };
    readonly receivers: readonly { readonly port: number }[];
  };
  for (let place = 0; place < 250; place += 1) {
    if (!isListed(addressOf(place))) continue;
    await fetch(`${said.control}/list`, {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ register: 'psbl', address: addressOf(place) }),
    });
  }
  return { child, smtp: said.receivers.map(({ port }) => port), dns: said.dns.port, control: said.control };
};

const firstLine = (child: Child): Promise<unknown> => new Promise((done, fail) => {
  const late = setTimeout(() => fail(new Error('the mocks do not say where they are')), patienceMs);
  createInterface({ input: child.process.stdout! }).once('line', (line) => {
    clearTimeout(late);
    done(JSON.parse(line));
  });
  void child.ended.then((code) => fail(new Error(`the mocks ended with ${code}`)));
});

interface State {
  readonly receivers: readonly { readonly port: number; readonly messages: number; readonly open: number }[];
}

const stateOf = async ({ control }: LivingPlace): Promise<State> =>
  await (await fetch(control)).json() as State;

/** All clients have gone: the servers live, and let go of what they held for them. */
const closing = async ({ figures, watch }: Context, bare: Place, living: LivingPlace): Promise<void> => {
  for (const [name, { child }] of [['bare mocks', bare], ['living mocks', living]] as const) {
    if (!child.isAlive) figures.fail(`${name} ended by themselves`);
  }
  const isLeft = await comesTrue(10_000, async () =>
    (await stateOf(living)).receivers.every(({ open }) => open === 0));
  if (!isLeft) figures.fail('living mocks hold connections of clients that have gone');
  for (const name of ['bare mocks', 'living mocks']) {
    await comesTrue(10_000, () => watch.account(name, bounds).isKept);
    const { isKept, text } = watch.account(name, bounds);
    figures.growth.push(text);
    if (!isKept) figures.fail(`grew beyond ${bounds.megabytes} MB or ${bounds.files} files: ${text}`);
  }
};

/** The scenario's receivers count messages and name none: those answered, and any number of those unknown. */
const auditLiving = async (
  { figures }: Context, living: LivingPlace, fates: ReadonlyMap<number, ReadonlyMap<number, Fate>>,
): Promise<void> => {
  for (const { messages, port } of (await stateOf(living)).receivers) {
    const all = [...fates.get(port)!.values()];
    const answered = all.filter((fate) => fate === 'answered').length;
    const unknown = all.filter((fate) => fate === 'unknown').length;
    figures.unknown += unknown;
    figures.lost += Math.max(0, answered - messages);
    figures.twice += Math.max(0, messages - answered - unknown);
    if (messages < answered || messages > answered + unknown) {
      figures.example(`receiver at ${port} took ${messages}; answered ${answered}, unknown ${unknown}`);
    }
  }
};
