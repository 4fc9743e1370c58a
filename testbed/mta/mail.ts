// A message of the world as mail, and what a mail server says of it as a reply of the world.

import type { Reply } from '../../policy/index.ts';
import { classify, type Message, type Receiver, type World } from '../../sim/index.ts';
import { buildMessage } from '../message.ts';
import { readReply } from '../read-reply.ts';
import type { Status } from './mta.ts';
import { senderText, tenantDomain } from '../names.ts';

/** In the place of the client's own: 127.64 to 127.95 for tenants, 127.96 to 127.127 for strangers. */
export const clientOf = (source: number): string => {
  const host = source % 2 ** 21;
  return `127.${(source < 2 ** 32 ? 64 : 96) + (host >>> 16)}.${(host >>> 8) & 255}.${host & 255}`;
};

/** A message handed in again after it was refused is another one to the mail server. */
export const messageIdOf = ({ submission: { id }, tries }: Message): string =>
  `${id}.${tries}@out.platform.test`;

/** The message as its account's mail program writes it, to these recipients. */
export const writtenBy = (world: World, message: Message, recipients: readonly string[]): Buffer => {
  const { domain, nature, luck, number, submission: { account, bytes, id, tenant } } = message;
  return buildMessage({
    from: senderText(account, domain) || `mailer-daemon@${tenantDomain(tenant)}`,
    to: recipients,
    subject: `Message ${id}`,
    date: Date.parse(world.plan.epoch) + world.agenda.now,
    messageId: messageIdOf(message),
    content: { nature, luck, number }, bytes,
  });
};

const expired: Reply = Object.freeze({
  code: 554, enhanced: '5.4.7', text: 'delivery time expired', class: 'expired',
});

/** What a receiver said, as the mail server tells it. */
export const replyOf = ({ preset }: Receiver, { fate, said }: Status): Reply => {
  if (fate === 'expired') return expired;
  if (said === '') {
    const isFinal = fate === 'bounced';
    return { code: isFinal ? 550 : 450, enhanced: '', text: '', class: isFinal ? 'policy' : 'transient' };
  }
  const { code, enhanced, text } = readReply(said);
  return { code, enhanced, text, class: classify(preset, code, enhanced, text) };
};
