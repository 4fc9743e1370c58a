// SMTP clients at work, who speak the protocol as they should, some pipelined, and now and then hang up where
// it hurts. Each message has a number, and its fate is kept: 250 after DATA, refused, or not known.

import { connect, type Socket } from 'node:net';
import type { Chance } from './chance.ts';
import type { Figures } from './figures.ts';
import { pause } from './load.ts';
import type { Fate } from './reconcile.ts';

export interface SmtpOptions {
  readonly port: number;
  readonly fates: Map<number, Fate>;
  readonly figures: Figures;
  readonly chance: Chance;
  readonly everyMs: number;
  readonly stop: AbortSignal;
}

/** Hands messages in until it is stopped, one to three a connection. */
export const mailOn = async (options: SmtpOptions): Promise<void> => {
  const { chance, everyMs, figures, port, stop } = options;
  while (!stop.aborted) {
    const line = new SmtpLine(port);
    try {
      if (await line.reply() !== 220) figures.did('greeted with a refusal');
      else await conversation(line, options);
    } catch (error) {
      figures.fail(`SMTP at port ${port}: ${(error as Error).message}`);
    }
    line.end();
    await pause(chance.around(everyMs), stop);
  }
};

const conversation = async (line: SmtpLine, options: SmtpOptions): Promise<void> => {
  const { chance, fates, figures } = options;
  await line.ask('EHLO client.soak.test');
  for (let left = 1 + chance.below(3); left > 0; left -= 1) {
    const id = fates.size + 1;
    fates.set(id, 'refused');
    const recipients = Array.from({ length: 1 + chance.below(3) }, (_, at) => `r${id}-${at}@plain.test`);
    const named = recipients.map((one) => `RCPT TO:<${one}>`);
    const commands = [`MAIL FROM:<a${id % 50}@t0.test>`, ...named, 'DATA'];
    const text = `X-Soak: ${id}\r\nMessage-ID: <${id}@soak.test>\r\nSubject: ${id}\r\n\r\n` +
      `${'A line of a message.\r\n'.repeat(1 + chance.below(40))}..stuffed\r\n`;
    if (chance.is(0.04)) return void figures.did('left before DATA');
    const codes = chance.is(0.4) ? await line.askAll(commands) : await inTurn(line, commands);
    if (codes.at(-1) !== 354) {
      figures.did('refused before DATA');
      await line.ask('RSET');
      continue;
    }
    if (chance.is(0.04)) {
      line.write(text.slice(0, text.length / 2));
      return void figures.did('left in the middle of DATA');
    }
    fates.set(id, 'unknown');
    line.write(`${text}.\r\n`);
    if (chance.is(0.04)) return void figures.did('left before the reply to DATA');
    const code = await line.reply();
    fates.set(id, code === 250 ? 'answered' : 'refused');
    figures.did(code === 250 ? 'messages: 250 after DATA' : `messages: ${code} after DATA`);
  }
  await line.ask('QUIT');
};

const inTurn = async (line: SmtpLine, commands: readonly string[]): Promise<readonly number[]> => {
  const codes: number[] = [];
  for (const command of commands) {
    codes.push(await line.ask(command));
    if (codes.at(-1)! >= 400) break;
  }
  return codes;
};

/** Longest wait for a reply, in milliseconds: what RFC 5321, 4.5.3.2 has clients wait for most of them. */
const patienceMs = 300_000;

class SmtpLine {
  readonly #socket: Socket;
  readonly #codes: number[] = [];
  readonly #waiting: { resolve(code: number): void; reject(error: Error): void }[] = [];
  #rest = '';
  #why = '';

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.setTimeout(patienceMs, () => this.#socket.destroy(new Error(`silent for ${patienceMs} ms`)));
    this.#socket.on('error', (error) => (this.#why = error.message));
    this.#socket.on('close', () => {
      const error = new Error(`closed before its reply ${this.#why}`);
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
    this.#socket.on('data', (bytes: Buffer) => {
      const lines = (this.#rest + bytes.toString('latin1')).split('\r\n');
      this.#rest = lines.pop()!;
      for (const line of lines) if (line[3] !== '-') this.#hear(Number(line.slice(0, 3)));
    });
  }

  write(text: string): void {
    this.#socket.write(text);
  }

  /** The code of the next reply. */
  reply(): Promise<number> {
    return new Promise((resolve, reject) => {
      const code = this.#codes.shift();
      if (code !== undefined) resolve(code);
      else if (this.#socket.destroyed) reject(new Error(`closed ${this.#why}`));
      else this.#waiting.push({ resolve, reject });
    });
  }

  ask(command: string): Promise<number> {
    this.write(`${command}\r\n`);
    return this.reply();
  }

  /** All at once (RFC 2920); their codes in order. */
  askAll(commands: readonly string[]): Promise<readonly number[]> {
    this.write(commands.map((command) => `${command}\r\n`).join(''));
    return Promise.all(commands.map(() => this.reply()));
  }

  end(): void {
    this.#socket.destroy();
  }

  #hear(code: number): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#codes.push(code);
    else waiting.resolve(code);
  }
}
