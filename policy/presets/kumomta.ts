// KumoMTA's shaping: what receivers say in their replies slows mail to them down, or stops it for hours. It
// judges no tenant.

import { policy } from '../module.ts';
import { replyRules } from '../modules/reply-rules.ts';
import { hours, minutes } from '../units.ts';
import type { Preset } from './preset.ts';

/** What receivers say of an address with a bad name. */
const badName = [
  'messages from \\S{1,45} temporarily deferred',
  'all messages from \\S{1,45} .{0,20}permanently deferred',
  'temporarily rate limited due to ip reputation',
  'messages from \\S{1,45} weren.t sent',
  'server busy.{1,3}(please )?try again later from',
];

export const kumomta: Preset = {
  product: 'KumoMTA, default and community traffic shaping',
  source: 'its shaping files: five replies on an address\' reputation, 1 message a minute over 1 connection '
    + 'for 90 m; Gmail\'s unusual rate twice an hour, 10 a minute for 30 m; Yahoo TSS04 twice an hour, stop '
    + 'for 2 h, TSS05 4 h; a Spamhaus block five times an hour, stop for 2 h',
  read: '2026-11-20',
  leavesOut: 'rules by provider stand here for whoever says the same; the per-tenant stop, which ships '
    + 'commented out as too blunt',
  policy: policy('kumomta', {
    slowedTo: {
      default: 60, min: 1, max: 100_000, unit: 'messages/h',
      help: 'rate to a receiver that says the address has a bad name',
    },
    slowFor: {
      default: minutes(90), min: minutes(1), max: hours(48), unit: 'span',
      help: 'how long it is slowed',
    },
    stopFor: {
      default: hours(2), min: minutes(1), max: hours(48), unit: 'span',
      help: 'how long a stop lasts',
    },
  }, (p) => [
    replyRules({
      name: 'traffic-shaping',
      rules: [
        ...badName.map((match) => ({
          match, action: { kind: 'slow', rate: p.slowedTo, connections: 1 } as const, during: p.slowFor,
        })),
        {
          match: 'unusual rate of unsolicited mail', after: { replies: 2, within: hours(1) },
          action: { kind: 'slow', rate: 600 }, during: minutes(30),
        },
        {
          match: 'TSS04', after: { replies: 2, within: hours(1) },
          action: { kind: 'suspend' }, during: p.stopFor,
        },
        {
          match: 'TSS05', after: { replies: 2, within: hours(1) },
          action: { kind: 'suspend' }, during: hours(4),
        },
        {
          match: 'blocked using .{0,20}spamhaus', after: { replies: 5, within: hours(1) },
          action: { kind: 'suspend' }, during: p.stopFor,
        },
      ],
    }),
  ]),
};
