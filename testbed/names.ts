// The names that the world's accounts and tenants go by in mail, and what a receiver sees of a message.

import type { Mail } from '../sim/index.ts';
import { readContent } from './message.ts';

/** The address an account writes from; none for a bounce or an automatic answer (RFC 5321, 4.5.5). */
export const senderText = (account: number, domain: number): string =>
  domain < 0 ? '' : `a${account}@${tenantDomain(domain)}`;

/** The name an account logs in by. */
export const accountLogin = (
  { account, tenant }: { readonly account: number; readonly tenant: number },
): string => senderText(account, tenant);

export const tenantDomain = (tenant: number): string => `t${tenant}.test`;

/** The tenant whose domain a sender is of; -1 for none. Throws a TypeError for any other. */
export const domainIn = (sender: string): number => {
  if (sender === '') return -1;
  const found = /@t(\d+)\.test$/.exec(sender);
  if (found === null) throw new TypeError(`${sender} is not a sender of this world.`);
  return Number(found[1]);
};

/**
 * What a receiver sees of a message: its sender's domain, and its content by our own header. Throws a
 * TypeError where it has none.
 */
export const mailIn = ({ sender, content }: { readonly sender: string; readonly content: Buffer }): Mail => {
  const found = readContent(content);
  if (found === undefined) throw new TypeError('a message of this world says what its content is like.');
  return { ...found, nature: found.nature as Mail['nature'], domain: domainIn(sender) };
};
