// cPanel and WHM, the most used hosting panel: an hourly limit a domain with a buffer that is queued, a stop
// for who fails too often, and a notice of who writes to too many people.

import { alert, paceBy, reject } from '../actions.ts';
import { policy } from '../module.ts';
import { outcomeRatio } from '../modules/outcome-ratio.ts';
import { uniqueRecipients } from '../modules/unique-recipients.ts';
import { volume } from '../modules/volume.ts';
import { hours } from '../units.ts';
import type { Preset } from './preset.ts';

export const cpanel: Preset = {
  product: 'cPanel & WHM, mail limiting features',
  source: 'docs.cpanel.net, how to prevent spam with mail limiting features; its support pages on the '
    + 'buffer of 125 %. It ships without an hourly limit and without a share of failures: 300 an hour is '
    + 'what many hosts set, 50 % is ours; the count of 5 failures is its default',
  read: '2026-11-22',
  leavesOut: 'what waits is not counted again in the hour it leaves in; Mailman is not counted apart; the '
    + 'notice of unique recipients only tells somebody, as by default',
  policy: policy('cpanel', {
    perHour: {
      default: 300, min: 1, max: 1_000_000, unit: 'messages', whole: true,
      help: 'messages all accounts of a tenant may send in a clock hour; more wait for the next',
    },
    cutoff: {
      default: 1.25, min: 1, max: 100, unit: 'times the limit',
      help: 'messages in an hour, those that wait with them, beyond which all are discarded',
    },
    failed: {
      default: 0.5, min: 0.0001, max: 1, unit: 'share',
      help: 'share of failed and deferred messages of the last hour at which a tenant is stopped',
    },
    failures: {
      default: 5, min: 1, max: 1_000_000, unit: 'messages', whole: true,
      help: 'failed and deferred messages below which their share is not looked at',
    },
    uniquePerHour: {
      default: 500, min: 1, max: 5_000, unit: 'recipients', whole: true,
      help: 'different recipients of an account within an hour at which somebody is told',
    },
  }, (p) => [
    volume({
      name: 'queued-for-the-next-hour', key: 'tenant', of: 'messages', limit: p.perHour, window: hours(1),
      byTheClock: true, action: paceBy(hours(1)),
    }),
    volume({
      name: 'discarded', key: 'tenant', of: 'messages', limit: Math.floor(p.perHour * p.cutoff),
      window: hours(1), byTheClock: true, action: reject,
    }),
    outcomeRatio({
      name: 'failed-and-deferred', key: 'tenant', of: 'failures', ratio: p.failed, minimum: p.failures,
      window: hours(1), action: reject,
    }),
    uniqueRecipients({
      name: 'potential-spammer', limit: p.uniquePerHour, window: hours(1), action: alert,
    }),
  ]),
};
