// Every preset by the name that `--policy preset:<name>` takes.

import { acceptEverything } from '../accept-everything.ts';
import { defaultPolicy } from '../default-policy.ts';
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
};
