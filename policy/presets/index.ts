// Every preset by the name that `--policy preset:<name>` takes.

import { acceptEverything } from '../accept-everything.ts';
import { defaultPolicy } from '../default-policy.ts';
import { amazonSes } from './amazon-ses.ts';
import { cpanel } from './cpanel.ts';
import { csf } from './csf.ts';
import { blockCracking, directadmin } from './directadmin.ts';
import { harakaLimit } from './haraka-limit.ts';
import { kumomta } from './kumomta.ts';
import { microsoft365, microsoft365In2021 } from './microsoft-365.ts';
import { momentum } from './momentum.ts';
import { mox } from './mox.ts';
import { plesk } from './plesk.ts';
import { policydRateLimit } from './policyd-rate-limit.ts';
import { postal } from './postal.ts';
import { postfwd } from './postfwd.ts';
import { rspamdRatelimit } from './rspamd-ratelimit.ts';
import { spot } from './spot.ts';
import { uwumail } from './uwumail.ts';
import { zonemta } from './zonemta.ts';
import type { Preset } from './preset.ts';

export type { Preset } from './preset.ts';

export const presets: Readonly<Record<string, Preset>> = {
  'default': {
    policy: defaultPolicy,
    product: 'sharedfate',
    source: 'each number beside its setting, in policy/default-policy.ts',
    read: '2026-11-21',
    leavesOut: '',
  },
  'accept-everything': {
    policy: acceptEverything,
    product: 'no rule at all',
    source: 'what most mail servers do as they are installed',
    read: '2026-11-21',
    leavesOut: '',
  },
  cpanel,
  plesk,
  directadmin,
  blockcracking: blockCracking,
  csf,
  'policyd-rate-limit': policydRateLimit,
  postfwd,
  mox,
  'rspamd-ratelimit': rspamdRatelimit,
  'haraka-limit': harakaLimit,
  'microsoft-365-2021': microsoft365In2021,
  'microsoft-365': microsoft365,
  uwumail,
  postal,
  zonemta,
  kumomta,
  momentum,
  'amazon-ses': amazonSes,
  spot,
};
