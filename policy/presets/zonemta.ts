// ZoneMTA: an address that a receiver turns away as listed is not used there for six hours; the pool's other
// addresses are. It judges no tenant.

import { policy } from '../module.ts';
import { addressRest } from '../modules/shaping/address-rest.ts';
import { days, hours, minutes } from '../units.ts';
import type { Preset } from './preset.ts';

export const zonemta: Preset = {
  product: 'ZoneMTA',
  source: 'its sources and README: an address found on a blacklist by a receiver is disabled there for 6 h',
  read: '2026-11-20',
  leavesOut: 'zones by trust, and the share of a pool that a fresh address gets; where a pool has one '
    + 'address, nothing changes',
  policy: policy('zonemta', {
    restFor: {
      default: hours(6), min: minutes(1), max: days(7), unit: 'span',
      help: 'how long an address is not used at a receiver that calls it listed',
    },
  }, (p) => [addressRest({ name: 'disabled-addresses', restFor: p.restFor })]),
};
