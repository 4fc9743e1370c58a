// Registers, receivers, replies and signals as they are in public, read from the files beside this one. Every
// number there names its source; `unverifiedFields` names the ones that are recalled or assumed ('*' is all
// of them).

import receiversFile from './receivers.json' with { type: 'json' };
import registersFile from './registers.json' with { type: 'json' };
import signalsFile from './signals.json' with { type: 'json' };
import repliesFile from './smtp-replies.json' with { type: 'json' };

export interface RegisterPreset {
  readonly id: string;
  readonly name: string;
  /** Zone on loopback, `<id>.rbl.test`. */
  readonly zone: string;
  readonly kind: string;
  readonly codes: readonly { readonly code: string; readonly meaning: string; readonly class: string }[];
  readonly txt: string;
  readonly ttl: { readonly positiveS: number; readonly negativeS: number };
  readonly publish: { readonly minS: number; readonly maxS: number };
  readonly model: string;
  /** 1 mild .. 5 hardliner; our own grading. */
  readonly aggressiveness: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly timeToListS: {
    readonly p10: number | null;
    readonly p50: number | null;
    readonly p90: number | null;
  };
  readonly expiry: { readonly seconds: number | null; readonly fromEvent: string };
  readonly delist: {
    readonly channel: string;
    readonly who: string;
    readonly minS: number | null;
    readonly typicalS: number | null;
    readonly maxS: number | null;
  };
  readonly source: string;
  readonly unverifiedFields: readonly string[];
}

export interface ReceiverPreset {
  readonly id: string;
  readonly name: string;
  readonly market: string;
  readonly connection: {
    readonly maxPerIp: number | null;
    readonly maxMessagesPerConnection: number | null;
  };
  readonly rate: {
    readonly perIpPerHour: number | null;
    /** Messages a day that it takes from an address it does not know. */
    readonly newIpPerDay: number | null;
    readonly throttledRecipientsPerHour?: number;
  };
  readonly internalReputation: boolean;
  readonly thresholds: {
    readonly complaintWarn: number | null;
    readonly complaintAct: number | null;
    readonly unknownUserAct: number | null;
  };
  readonly deferral: { readonly typicalS: number | null; readonly suspendS: number | null };
  readonly block: {
    readonly typicalS: number | null;
    readonly maxS?: number;
    /** How to ask that a block be lifted, and how long the answer takes; null where there is no way. */
    readonly delistChannel: string | null;
    readonly delistTypicalS: number | null;
  };
  readonly greylistS: number | null;
  /** Ids of registers, `id*weight` where it scores; free text where the provider names none of ours. */
  readonly dnsbls: readonly string[];
  readonly dnsblPhase: string | null;
  readonly fbl: { readonly type: string; readonly perMessage: boolean } | null;
  readonly telemetry: readonly string[] | null;
  readonly replies: readonly string[];
  readonly source: string;
  readonly unverifiedFields: readonly string[];
}

export interface ReplyPreset {
  readonly id: string;
  readonly receiver: string;
  readonly condition: string;
  readonly phase: string;
  readonly code: number;
  readonly enhanced: string | null;
  readonly text: string;
  readonly token: string;
  readonly bounceClass: string;
  readonly subject: string;
  readonly note: string | null;
}

export interface TrapType {
  readonly id: string;
  readonly feeds: readonly string[];
  readonly severity: number;
}

// Widened on purpose: the compiler's literal types of 80 KB of data help nobody, and test/sim/presets.test.ts
// checks the shape.
export const registerPresets = registersFile.registers as readonly object[] as readonly RegisterPreset[];
export const receiverPresets = receiversFile.receivers as readonly object[] as readonly ReceiverPreset[];
export const replyPresets = repliesFile.replies as readonly object[] as readonly ReplyPreset[];
export const trapTypes = registersFile.trapTypes as readonly object[] as readonly TrapType[];

/** Messages a day that a cold address may take on; `ses-auto-45d`, which has its end only, is left out. */
export interface WarmupSchedule {
  readonly id: string;
  readonly perDay: readonly number[];
}
export const warmupSchedules = (signalsFile.warmupSchedules as readonly object[]).filter(
  (schedule) => 'perDay' in schedule,
) as readonly object[] as readonly WarmupSchedule[];

/** A signal of signals.json; delays in seconds, -1 for never. */
export interface SignalPreset {
  readonly id: string;
  readonly delayS: { readonly min: number; readonly p50: number; readonly p95: number };
  readonly coverage: number | null;
}
export const signalPresets = signalsFile.signals as readonly object[] as readonly SignalPreset[];

/** Greylisting as software does it; seconds. */
export interface GreylistPreset {
  readonly id: string;
  readonly delayS: number;
  readonly retryWindowS?: number;
  readonly expireS?: number;
  readonly autoWhitelistAfter?: number;
  readonly maxAgeS?: number;
}
export const greylistPresets = signalsFile.greylisting as readonly object[] as readonly GreylistPreset[];

type Ids = [string, ...string[]];
export const warmupIds = warmupSchedules.map((schedule) => schedule.id) as Ids;
export const registerIds = registerPresets.map((preset) => preset.id) as Ids;
export const receiverIds = receiverPresets.map((preset) => preset.id) as Ids;

const byId = <Preset extends { readonly id: string }>(presets: readonly Preset[], what: string) => {
  const index = new Map(presets.map((preset) => [preset.id, preset]));
  return (id: string): Preset => {
    const found = index.get(id);
    if (found === undefined) throw new RangeError(`no ${what} preset is called "${id}"`);
    return found;
  };
};

export const registerPreset = byId(registerPresets, 'register');
export const receiverPreset = byId(receiverPresets, 'receiver');
export const replyPreset = byId(replyPresets, 'reply');
