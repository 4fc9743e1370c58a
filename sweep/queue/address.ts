// What `--redis` names, read before anybody connects; and how it is shown, since it may hold a password.

import { QueueMistake } from './packages.ts';

export interface Address {
  /** Without its password. */
  readonly shown: string;
  /** Undefined where it names none. */
  readonly database: number | undefined;
}

/** Throws a QueueMistake for what is no address of a Redis. */
export const addressOf = (url: string): Address => {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new QueueMistake(
      `--redis is ${JSON.stringify(url)}; it is an address such as redis://localhost:6379.`);
  }
  if (parsed.protocol !== 'redis:' && parsed.protocol !== 'rediss:')
    throw new QueueMistake(`--redis is a ${parsed.protocol} address; it begins with redis: or rediss:.`);
  if (parsed.password !== '') parsed.password = '***';
  const shown = parsed.href;
  const path = parsed.pathname.replace(/^\//, '');
  if (path === '') return { shown, database: undefined };
  if (/^\d{1,6}$/.test(path)) return { shown, database: Number(path) };
  throw new QueueMistake(
    `--redis ${shown} ends in ${JSON.stringify(path)}; there stands the number of a database, or nothing.`);
};
