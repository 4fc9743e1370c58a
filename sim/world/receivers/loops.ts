// Complaint loops: which receivers tell a platform of each complaint (ARF, RFC 5965), and how long they take
// about it once the button was pressed. Gmail, for one, tells nobody of a single message.

import { type Milliseconds, milliseconds } from '../../../policy/index.ts';
import type { ReceiverPreset } from '../../presets/index.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * Handling times, within the "seconds to minutes, or a daily batch" of signals.json, arf-complaint; which
 * provider takes how many minutes is an assumption. Signal Spam (Orange, SFR, La Poste) sends its reports by
 * the day: fbl-signal-spam has half of them within 12 h, as a batch at midnight would.
 */
const handlingMs: Readonly<Record<string, number | 'daily'>> = {
  'outlook-consumer': 5 * minuteMs,
  yahoo: 2 * minuteMs,
  comcast: 10 * minuteMs,
  mailru: 10 * minuteMs,
  orange: 'daily',
  sfr: 'daily',
  laposte: 'daily',
};

export const hasLoop = (preset: ReceiverPreset): boolean => preset.fbl?.perMessage === true;

/** Time from the button to the report at the platform. */
export const handlingTime = (preset: ReceiverPreset, now: Milliseconds): Milliseconds => {
  const handling = handlingMs[preset.id] ?? minuteMs;
  return milliseconds(handling === 'daily' ? dayMs - (now % dayMs) : handling);
};
