// Takes reports in, complaints and bounces that come by mail: from a maildir, where each is a file of its
// own, or from an mbox file that grows. Finds whose message each is about.

import {
  closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, renameSync, statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { AccountId, Milliseconds, PoolName } from '../../../policy/index.ts';
import type { Ledger } from '../ledger.ts';
import { type Original, readReport, type Report } from './arf.ts';
import { replyIn } from './reply-words.ts';

/** Reports taken in one look, so that who serves gets its turn. */
const mostAtOnce = 100;
/** Bytes of a report; what is larger is none. */
const mostBytes = 16 * 1_048_576;

export class Complaints {
  readonly #path: string;
  readonly #markHeader: string;
  readonly #usualPool: PoolName;
  readonly #ledger: Ledger;
  readonly #settle: () => void;
  #missed = false;
  /** Of an mbox: how large it was at the last look. What still grows is being written. */
  #size = -1;

  constructor(path: string, { mark, usualPool }: ReportSettings, ledger: Ledger, settle: () => void) {
    [this.#path, this.#markHeader, this.#usualPool] = [path, mark, usualPool];
    [this.#ledger, this.#settle] = [ledger, settle];
  }

  /** Takes in what has come. Throws nothing: what is not there may come yet. */
  async look(): Promise<void> {
    try {
      if (statSync(this.#path).isDirectory()) await this.#lookInMaildir();
      else await this.#lookInMbox();
      this.#missed = false;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (!this.#missed) this.#ledger.tell(`${this.#path} cannot be read (${code ?? message}); tried again.`);
      this.#missed = true;
    }
  }

  /** A report was read once it lies in `cur`, as in any maildir. */
  async #lookInMaildir(): Promise<void> {
    const { reports } = this.#ledger.memory;
    for (const name of readdirSync(join(this.#path, 'new')).sort().slice(0, mostAtOnce)) {
      const from = join(this.#path, 'new', name);
      if (!statSync(from).isFile()) continue;
      // Read before a kill came between the record and the move.
      if (!reports.has(name)) {
        await this.#take(readFileSync(from), name);
        this.#ledger.note({ kind: 'report', name });
        this.#settle();
      }
      renameSync(from, join(this.#path, 'cur', `${name.split(':')[0]}:2,S`));
    }
  }

  async #lookInMbox(): Promise<void> {
    const file = openSync(this.#path, 'r');
    try {
      const { ino: inode, size } = fstatSync(file);
      const known = this.#ledger.memory.places.get(this.#path);
      const isSettled = size === this.#size;
      this.#size = size;
      if (known === undefined) return this.#read(inode, size);
      if (!isSettled || (known.inode === inode && known.offset === size)) return;
      const from = known.inode === inode && known.offset < size ? known.offset : 0;
      const bytes = Buffer.alloc(Math.min(size - from, 4 * mostBytes));
      readSync(file, bytes, 0, bytes.length, from);
      for (const message of messagesIn(bytes)) await this.#take(message, this.#path);
      this.#read(inode, from + bytes.length);
      this.#settle();
    } finally {
      closeSync(file);
    }
  }

  #read(inode: number, offset: number): void {
    this.#ledger.note({ kind: 'read', file: this.#path, place: { inode, offset, head: '' } });
  }

  async #take(message: Buffer, where: string): Promise<void> {
    const report = message.length > mostBytes ? 'it is too large'
      : await readReport(message, this.#markHeader);
    if (typeof report === 'string') {
      return this.#ledger.tell(`${where}: no complaint is taken: ${report}.`);
    }
    const found = this.#messageOf(report);
    if (found === undefined) {
      return this.#ledger.tell(`${where}: nobody is known whose message it is about.`);
    }
    this.#hear(report, found);
  }

  #hear(report: Report, { account, at }: Whose): void {
    const tenant = this.#ledger.tenant(account);
    const sent = at === undefined ? {} : { sent: at };
    if (report.kind === 'complained') {
      const receiver = this.#ledger.receiver(report.recipient);
      return this.#ledger.hear({ kind: 'complained', tenant, account, receiver, ...sent });
    }
    for (const { recipient, said, status } of report.failed) {
      this.#ledger.hear({
        kind: 'bounced', tenant, account, pool: this.#usualPool, address: '', copies: 1, ...sent,
        receiver: this.#ledger.receiver(recipient), receiverName: this.#ledger.receiverName(recipient),
        reply: replyIn(said, status),
      });
    }
  }

  /** By our mark, by the Message-ID that the log told of, by a sender that is a login, or one's last. */
  #messageOf({ mailFrom, mark, messageId }: Original): Whose | undefined {
    const { memory, prints } = this.#ledger;
    const marked = this.#ledger.marked(mark);
    const titled = messageId === '' ? undefined : memory.titles.get(prints.of(messageId));
    // The mark was put in when the message came; when it was taken stands in the log.
    if (marked !== undefined) return titled?.account === marked.account ? titled : marked;
    if (titled !== undefined || mailFrom === '') return titled;
    const account = this.#ledger.knownAccount(mailFrom) ?? memory.senders.get(prints.of(mailFrom));
    return account === undefined ? undefined : { account, at: undefined };
  }
}

interface ReportSettings {
  /** The header that says whose a message is. */
  readonly mark: string;
  /** The pool that mail is taken to have left by. */
  readonly usualPool: PoolName;
}

/** An account, and when the message was sent, where that is known. */
interface Whose {
  readonly account: AccountId;
  readonly at: Milliseconds | undefined;
}

/** The messages of an mbox: each begins with a line `From ` behind an empty one (RFC 4155). */
const messagesIn = (bytes: Buffer): readonly Buffer[] => {
  const starts: number[] = [];
  for (let at = bytes.indexOf('From '); at >= 0; at = bytes.indexOf('From ', at + 1)) {
    if (at === 0 || (bytes[at - 1] === 10 && (at === 1 || bytes[at - 2] === 10))) starts.push(at);
  }
  return starts.map((start, at) => {
    const body = bytes.indexOf(10, start) + 1;
    return bytes.subarray(body === 0 ? bytes.length : body, starts[at + 1] ?? bytes.length);
  });
};
