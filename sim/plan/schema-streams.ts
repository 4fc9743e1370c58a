// How tenants send: one schema a kind of stream, read by sim/world/senders/.

import * as z from 'zod';
import { count, duration, list, rate, share } from './schema-fields.ts';

const zone = z.number().min(-12).max(14).default(0).describe('hours its clock is ahead of UTC');

export const stream = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('office'),
    perDay: z.number().positive().max(100_000).describe('messages an account writes on a working day'),
    book: z.int().min(1).max(100_000).default(150).describe('addresses an account writes to again and again'),
    newcomers: share.prefault('6%').describe('share of recipients never written to before'),
    recipients: z.number().min(1).max(100).default(1.3).describe('mean recipients a message'),
    zone,
    list: list.default({ kind: 'opt-in' }),
  }),
  z.strictObject({
    kind: z.literal('newsletter'),
    size: count.describe('addresses on the list'),
    every: duration.prefault('7d'),
    first: duration.describe('when the first campaign starts, within one period'),
    pace: rate.describe('how fast the list is handed over'),
    duplicates: share.prefault('0%').describe('share of the list that is on it a second time'),
    bounces: z
      .enum(['removed', 'ignored'])
      .default('removed')
      .describe('whether an address that bounced hard is left out of the next campaign'),
    list: list.default({ kind: 'opt-in' }),
  }),
  z.strictObject({
    kind: z.literal('shop'),
    perDay: z.number().positive().max(1_000_000).describe('orders, resets and receipts on an average day'),
    returning: share.prefault('25%').describe('share of mail to somebody written to before'),
    zone,
    list: list.default({ kind: 'typed-in' }),
  }),
  z.strictObject({
    kind: z.literal('script'),
    every: duration.describe('period of the cron job'),
    messages: z.int().min(1).max(10_000).default(1).describe('messages of one run of it'),
    book: z.int().min(1).max(100_000).default(3).describe('addresses it writes to, in turn'),
    list: list.default({ kind: 'opt-in' }),
  }),
  z.strictObject({
    kind: z.literal('trace'),
    file: z.string().min(1).describe('a CSV file of unix_time,sender,recipients beside the scenario'),
    speed: z.number().positive().max(10_000).default(1).describe('2 plays the trace in half its time'),
    list: list.default({ kind: 'opt-in' }),
  }),
  z.strictObject({
    kind: z.literal('quiet').describe('sends nothing of its own; a tenant that an incident gives a voice'),
  }),
]);
