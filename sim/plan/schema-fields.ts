// The atoms of a plan: text of one form read into a number, names, counts, and lists of recipients.

import * as z from 'zod';
import type { Milliseconds } from '../../policy/index.ts';
import { lists, type ListKind } from '../presets/lists.ts';
import {
  type Duration, type Rate, readDuration, readRate, readShare, type Reading, type Share,
} from './quantities.ts';

/**
 * Text of one form, read into a number. A wrong text's issue carries what is wrong and what is allowed as
 * `params`.
 */
const quantity = <Text extends string, Value>(
  read: (text: string) => Reading<Value>,
  what: string,
  example: string,
  pattern: RegExp,
) => {
  const nothing = read('');
  // A plain string to JSON Schema and at run time; the narrower type is for scripts, and `read` holds others
  // to it.
  const text = z.string({ error: nothing.ok ? what : nothing.allowed }) as unknown as z.ZodType<Text, Text>;
  return text
    .transform((given, context) => {
      const reading = read(given);
      if (reading.ok) return reading.value;
      const { wrong, allowed } = reading;
      context.issues.push({
        code: 'custom',
        input: given,
        message: `${wrong}; expected ${allowed}`,
        params: { wrong, allowed },
      });
      return z.NEVER;
    })
    .meta({ description: what, examples: [example], pattern: pattern.source });
};

export const duration = quantity<Duration, Milliseconds>(
  readDuration,
  'a span of time',
  '1d20h',
  /^(\d+(\.\d+)?(ms|[wdhms]))+$/,
);
export const rate = quantity<Rate, number>(readRate, 'a rate', '4000/h', /^\d+(\.\d+)?\/[smhdw]$/);
export const share = quantity<Share, number>(readShare, 'a share', '0.5%', /^\d+(\.\d+)?%$/);

export const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'a name of lower-case letters, digits and hyphens');
export const ipv4 = z.ipv4({ error: 'an IPv4 address such as 192.0.2.10' });
export const count = z.int().min(1).max(10_000_000);

/** How good a recipient list is: a kind from presets/lists.ts, any share of it changed. */
export const list = z.strictObject({
  kind: z.enum(Object.keys(lists) as [ListKind, ...ListKind[]]),
  unknown: share.optional(),
  full: share.optional(),
  pristine: share.optional(),
  recycled: share.optional(),
  typo: share.optional(),
});

/** Which tenant something befalls. */
export const who = z.strictObject({
  group: name.describe('a name among tenants'),
  member: z
    .union([z.int().min(0), z.literal('any')])
    .default('any')
    .describe("0 is the first; 'any' is drawn per seed"),
});
