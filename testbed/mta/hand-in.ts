// Hands one message in as an account's mail program does: logs in, and says each recipient.

import { createTransport } from 'nodemailer';
import type { Handed } from './mta.ts';

export interface SaidAtTheWayIn {
  readonly code: number;
  /** The whole reply, its code included. */
  readonly text: string;
}

/** What the mail server said at last. Rejects where it said nothing. */
export const handIn = async (port: number, handed: Handed): Promise<SaidAtTheWayIn> => {
  const { client, login, sender, recipients, message } = handed;
  const transport = createTransport({
    host: '127.0.0.1', port, localAddress: client, secure: false, ignoreTLS: true,
    auth: { type: 'login', user: login, pass: 'any' },
    authMethod: 'PLAIN',
  });
  try {
    const { response } = await transport.sendMail({
      envelope: { from: sender, to: [...recipients] }, raw: message,
    });
    return { code: Number(response.slice(0, 3)), text: response };
  } catch (error) {
    const { response, responseCode } = error as { response?: string; responseCode?: number };
    if (response === undefined || responseCode === undefined) throw error;
    return { code: responseCode, text: response };
  } finally {
    transport.close();
  }
};
