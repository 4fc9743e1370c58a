// The first load: a served policy under many delegation clients, killed and started again with its state,
// connections cut in the middle of requests and replies. In the end its state is read and must hold every
// answered decision once.

import { load } from '../serve/state-files.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import counting, { limit, receipts } from './fixtures/counting.ts';
import { type Context, type Load, pause } from './load.ts';
import { reconcile } from './reconcile.ts';
import { askOn, Books } from './serve-clients.ts';
import { Served } from './served.ts';

const clients = 12;
/** Each asks so often: 12 of them some 25 a second in all. */
const everyMs = 480;

export const serveLoad: Load = {
  name: 'serve',
  missing: () => '',
  async run(context) {
    const { chance, figures, stop, tamper } = context;
    const served = await Served.start(context);
    const books = new Books(figures);
    const proxy = new CuttingProxy(() => ({ host: '127.0.0.1', port: served.port }),
      chance('serve', 'cuts'), (cut) => figures.fault(`cut: ${cut}`));
    await proxy.listen({ port: 0 });
    await context.ready();
    const asking = Array.from({ length: clients }, (_, number) =>
      askOn({ port: proxy.port, books, chance: chance('serve', 'client', number), stop, everyMs }));
    await Promise.all([...asking, cutting(context, proxy), disturbing(context, served, books)]);
    await proxy.close();
    await served.end();
    tamper?.(context.folder);
    audit(context, served, books);
  },
};

const cutting = async ({ chance, span, stop }: Context, proxy: CuttingProxy): Promise<void> => {
  const luck = chance('serve', 'when cut');
  while (!stop.aborted) {
    await pause(luck.around(span(4_000)), stop);
    proxy.arm(luck.oneOf(['request', 'reply', 'before the reply']));
  }
};

const disturbing = async (context: Context, served: Served, books: Books): Promise<void> => {
  const { figures, span, stop } = context;
  const luck = context.chance('serve', 'faults');
  for (;;) {
    await pause(luck.around(span(20_000)), stop);
    if (stop.aborted) return;
    const kind = luck.oneOf(['killed', 'killed', 'killed', 'told to end', 'told to read again'] as const);
    figures.fault(`serve ${kind}`);
    if (kind === 'told to read again') {
      served.toldToReadAgain();
      continue;
    }
    books.faultBegins();
    await (kind === 'killed' ? served.killed() : served.toldToEnd());
  }
};

/** Reads the state that is left as the next start would. */
const audit = ({ figures, watch }: Context, served: Served, books: Books): void => {
  const { memory } = load(served.state, counting, (text) => figures.did(`told: ${kindOf(text)}`));
  const { states } = memory.engine.snapshot();
  const counted: number[] = [];
  for (const [, state] of states[receipts.name] ?? []) {
    for (const id of (state as ReturnType<typeof receipts.fresh>).seen) counted.push(id);
  }
  reconcile('message', books.fates, counted, figures);
  const asked = new Map<number, { all: number; unknown: number }>();
  for (const [id, fate] of books.fates) {
    const account = books.accountOf(id);
    const sum = asked.get(account) ?? { all: 0, unknown: 0 };
    asked.set(account, { all: sum.all + 1, unknown: sum.unknown + (fate === 'unknown' ? 1 : 0) });
  }
  for (const [account, { all, unknown }] of asked) {
    const passed = books.passed.get(account) ?? 0;
    const isRight = passed <= limit && passed + unknown >= Math.min(limit, all);
    if (isRight) continue;
    figures.fail(`account ${account}: ${passed} of ${all} passed, ${unknown} unknown, limit ${limit}`);
  }
  const { isKept, text } = watch.account('serve', { megabytes: 150, files: 60 });
  figures.growth.push(text);
  if (!isKept) figures.fail(`serve grew: ${text}`);
};

const kindOf = (text: string): string =>
  (/torn|last line/.test(text) ? 'a torn last line' : text.slice(0, 80));
