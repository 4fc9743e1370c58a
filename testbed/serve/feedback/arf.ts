// Reports as receivers send them: complaints (Abuse Reporting Format, RFC 5965), and bounces of what they had
// taken (RFC 3464). Read is who one may be about; whether that is an account of ours is for others to find.

import PostalMime, { type Email } from 'postal-mime';

/** What a report tells of the message that it is about; empty where it does not. */
export interface Original {
  /** Of our own header. */
  readonly mark: string;
  readonly messageId: string;
  /** The sender on its envelope. */
  readonly mailFrom: string;
}

/** A recipient whom it did not reach. */
export interface Failed {
  readonly recipient: string;
  /** RFC 3463. */
  readonly status: string;
  /** The reply of an SMTP server, or what else was the matter; empty where that is not told. */
  readonly said: string;
}

export type Report =
  /** `recipient`: who complained, or a domain that is the receiver's. */
  | (Original & { readonly kind: 'complained'; readonly recipient: string })
  | (Original & { readonly kind: 'bounced'; readonly failed: readonly Failed[] });

/** Kinds of feedback that say a person did not want it (RFC 5965, 7.3). */
const complaining = new Set(['abuse', 'fraud']);

/** What a report says, or why it says nothing. Rejects never. */
export const readReport = async (message: Buffer, markHeader: string): Promise<Report | string> => {
  try {
    const options = { forceRfc822Attachments: true, attachmentEncoding: 'utf8' } as const;
    const report = await PostalMime.parse(message, options);
    const part = (pattern: RegExp): string | undefined => {
      const found = report.attachments.find(({ mimeType }) => pattern.test(mimeType.toLowerCase()));
      return found === undefined ? undefined : String(found.content);
    };
    const original = await headersIn(part(/^(?:message\/rfc822(?:-headers)?|text\/rfc822-headers)$/) ?? '');
    const about = { mark: original(markHeader), messageId: bare(original('message-id')) };
    const statuses = part(/^message\/(?:global-)?delivery-status$/);
    if (statuses !== undefined) {
      const failed = await failedIn(statuses);
      // It comes back to whom it was sent by.
      const mailFrom = bare(original('return-path')) || (report.to?.[0]?.address ?? '');
      if (failed.length === 0) return 'it tells of no failure for good';
      return { kind: 'bounced', ...about, mailFrom, failed };
    }
    const fields = part(/^message\/feedback-report$/);
    if (fields === undefined) return 'it has no part of type message/feedback-report or delivery-status';
    const facts = await headersIn(fields);
    const type = facts('feedback-type').toLowerCase();
    if (!complaining.has(type)) return `its type is ${JSON.stringify(type.slice(0, 40))}, no complaint`;
    return {
      kind: 'complained', ...about,
      mailFrom: bare(facts('original-mail-from')) || bare(original('return-path')),
      recipient: bare(facts('original-rcpt-to')) || receiverIn(facts('reporting-mta')) ||
        report.from?.address || '',
    };
  } catch (error) {
    return `it cannot be read: ${(error as Error).message.slice(0, 100)}`;
  }
};

/** One block of fields a recipient, behind that of the report as a whole (RFC 3464, 2.1). */
const failedIn = async (statuses: string): Promise<readonly Failed[]> => {
  const failed: Failed[] = [];
  for (const block of statuses.split(/\r?\n[ \t]*\r?\n/).slice(0, mostBlocks)) {
    const fields = await headersIn(block);
    const recipient = typed(fields('original-recipient')) || typed(fields('final-recipient'));
    const status = /^5\.\d{1,3}\.\d{1,3}/.exec(fields('status'))?.[0];
    if (recipient === '' || status === undefined || fields('action').toLowerCase() !== 'failed') continue;
    failed.push({ recipient, status, said: typed(fields('diagnostic-code')) });
  }
  return failed;
};

/** Recipients of one message that a report is believed to tell of. */
const mostBlocks = 1_000;

/** What stands behind the type: `rfc822; b@x.test`. */
const typed = (field: string): string => /^[\w-]*\s*;\s*(.*)$/s.exec(field)?.[1]?.trim() ?? '';

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
