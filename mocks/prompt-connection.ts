// One connection of smtp-server, changed in two ways: it greets at once, and it can send a reply of several
// lines. The library holds back every greeting by 100 ms to catch peers that talk too soon, and has no option
// against it.

import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js';

export class PromptConnection extends SMTPConnection {
  override init(): void {
    this._setListeners(() => this.connectionReady());
  }

  /** Line breaks in a text make a reply of several lines (RFC 5321, 4.2.1). */
  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    super.send(code, typeof data === 'string' && data.includes('\n') ? data.split('\n') : data, context);
  }
}
