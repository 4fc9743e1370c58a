// The names that the world's accounts and tenants go by in mail.

/** The address an account writes from; none for a bounce or an automatic answer (RFC 5321, 4.5.5). */
export const senderText = (account: number, domain: number): string =>
  domain < 0 ? '' : `a${account}@${tenantDomain(domain)}`;

export const tenantDomain = (tenant: number): string => `t${tenant}.test`;

/** The tenant whose domain a sender is of; -1 for none. Throws a TypeError for any other. */
export const domainIn = (sender: string): number => {
  if (sender === '') return -1;
  const found = /@t(\d+)\.test$/.exec(sender);
  if (found === null) throw new TypeError(`${sender} is not a sender of this world.`);
  return Number(found[1]);
};
