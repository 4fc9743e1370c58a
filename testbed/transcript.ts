// What a server said during one transaction, reply by reply, listened to on the socket itself. nodemailer
// handles the replies to a pipelined envelope one per turn of the event loop, and forgets those it has not
// come to when the server hangs up behind a 421; here they are all kept.

import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { readReply, type WireReply } from './read-reply.ts';

const wholeReply = /(?:\d{3}-.*\r?\n)*\d{3}(?: .*)?\r?\n/g;

export class Transcript {
  #text = '';

  constructor(socket: Socket) {
    const decoder = new StringDecoder('utf8');
    // Before nodemailer hears of it: what it concludes must be in here already.
    socket.prependListener('data', (chunk: Buffer) => {
      this.#text += decoder.write(chunk);
    });
  }

  /** Forgets what was said; a new transaction begins. */
  begin(): void {
    this.#text = '';
  }

  /** The whole replies since then, in order. */
  replies(): WireReply[] {
    return (this.#text.match(wholeReply) ?? []).map((reply) => readReply(reply.replace(/\r?\n$/, '')));
  }
}
