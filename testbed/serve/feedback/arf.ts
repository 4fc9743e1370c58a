// Complaints as receivers send them: Abuse Reporting Format (RFC 5965). Taken from a report is who it may be
// about; whether that is an account of ours is for others to find.

import PostalMime, { type Email } from 'postal-mime';

/** What a report tells of the message that somebody complained of; empty where it does not. */
export interface Complaint {
  /** Of our own header. */
  readonly mark: string;
  readonly messageId: string;
  /** The sender on its envelope. */
  readonly mailFrom: string;
  /** The recipient, or a domain that is the receiver's. */
  readonly recipient: string;
}

/** Kinds of feedback that say a person did not want it (RFC 5965, 7.3). */
const complaining = new Set(['abuse', 'fraud']);

/** The complaint in a report, or why it is none. Rejects never. */
export const readReport = async (message: Buffer, markHeader: string): Promise<Complaint | string> => {
  try {
    const options = { forceRfc822Attachments: true, attachmentEncoding: 'utf8' } as const;
    const report = await PostalMime.parse(message, options);
    const part = (pattern: RegExp): string | undefined => {
      const found = report.attachments.find(({ mimeType }) => pattern.test(mimeType.toLowerCase()));
      return found === undefined ? undefined : String(found.content);
    };
    const fields = part(/^message\/feedback-report$/);
    if (fields === undefined) return 'it has no part of type message/feedback-report';
    const facts = await headersIn(fields);
    const type = facts('feedback-type').toLowerCase();
    if (!complaining.has(type)) return `its type is ${JSON.stringify(type.slice(0, 40))}, no complaint`;
    const original = await headersIn(part(/^(?:message\/rfc822(?:-headers)?|text\/rfc822-headers)$/) ?? '');
    return {
      mark: original(markHeader),
      messageId: bare(original('message-id')),
      mailFrom: bare(facts('original-mail-from')) || bare(original('return-path')),
      recipient: bare(facts('original-rcpt-to')) || receiverIn(facts('reporting-mta')) ||
        report.from?.address || '',
    };
  } catch (error) {
    return `it cannot be read: ${(error as Error).message.slice(0, 100)}`;
  }
};

/** A header's first value by its name, empty where there is none. */
const headersIn = async (text: string): Promise<(name: string) => string> => {
  const { headers }: Email = await PostalMime.parse(`${text.trim()}\n\n`);
  return (name) => headers.find(({ key }) => key === name.toLowerCase())?.value.trim() ?? '';
};

const bare = (text: string): string => /^\s*<?([^<>\s]*)>?/.exec(text)?.[1] ?? '';

/** `dns; mx.example.com` is of example.com. */
const receiverIn = (mta: string): string => {
  const host = /^dns\s*;\s*([\w.-]+)$/i.exec(mta)?.[1] ?? '';
  return host.split('.').slice(-2).join('.');
};
