// The name of a plan: two plans that run alike have the same hash, whatever the order of their fields or the
// spelling of their times. It guards against mixing results by mistake; it is no seal against someone who
// means to deceive.

import type { Plan } from './schema.ts';

/** 32 hexadecimal digits over the plan as it is read (defaults filled in, `'1d'` and `'24h'` alike). */
export const planHash = (plan: Plan): string => fnv1a128(canonicalJson(plan));

/** JSON with the keys of every record in code unit order and absent fields left out. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    fields.sort(([one], [two]) => (one < two ? -1 : 1));
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
  }
  return JSON.stringify(value);
};

/**
 * Offset basis and prime of FNV-1a at 128 bits: draft-eastlake-fnv, "The FNV Non-Cryptographic Hash
 * Algorithm".
 */
const basis = 0x6c62272e07bb014262b821756295c58dn;
const prime = (1n << 88n) + 0x13bn;
const mask = (1n << 128n) - 1n;

/**
 * FNV-1a, 128 bits, over the text's UTF-8 bytes. Pure, since the simulator may not import a cryptographic
 * one.
 */
export const fnv1a128 = (text: string): string => {
  let hash = basis;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * prime) & mask;
  return hash.toString(16).padStart(32, '0');
};
