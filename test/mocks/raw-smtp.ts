// A bare SMTP client for tests: sends bytes as they are and hands back replies as they came, line breaks and
// all.

import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

export class RawSmtp {
  readonly socket: Socket;
  readonly #chunks: AsyncIterator<Buffer>;
  #rest = '';

  private constructor(socket: Socket) {
    this.socket = socket;
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  static async open(port: number): Promise<RawSmtp> {
    const socket = connect({ host: '127.0.0.1', port });
    await once(socket, 'connect');
    return new RawSmtp(socket);
  }

  write(text: string): void {
    this.socket.write(text);
  }

  /** The next whole reply, lines joined by a line feed; empty once the server has closed. */
  async reply(): Promise<string> {
    for (;;) {
      const whole = /^(?:\d{3}-.*\r\n)*\d{3}(?: .*)?\r\n/.exec(this.#rest)?.[0];
      if (whole !== undefined) {
        this.#rest = this.#rest.slice(whole.length);
        return whole.trimEnd().replaceAll('\r\n', '\n');
      }
      const { done, value } = await this.#chunks.next();
      if (done === true) return '';
      this.#rest += value.toString();
    }
  }

  /** Sends a line and returns its reply. */
  ask(line: string): Promise<string> {
    this.write(`${line}\r\n`);
    return this.reply();
  }

  /** Greeting and EHLO, done. */
  static async ready(port: number): Promise<RawSmtp> {
    const raw = await RawSmtp.open(port);
    await raw.reply();
    await raw.ask('EHLO Out.Platform.test');
    return raw;
  }

  end(): void {
    this.socket.destroy();
  }
}
