// What a receiver takes from one address: messages an hour, a minute, a day, on one connection; what it takes
// from an address that is new; how many people it is asked for whom it does not have; and how fast mail may
// come in for one of its own.

import { type ReceiverPreset, type ReplyPreset } from '../../presets/index.ts';
import type { Replies } from './replies.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** How many messages of one address in a minute, an hour, a day; more bars it for minutes, hours, the day. */
export interface Frequency {
  readonly perMinute: number;
  readonly perHour: number;
  readonly perDay: number;
}

export interface Limits {
  readonly perIpPerHour: number | null;
  /** On one connection; only of those that say so (others just close it, and a client opens another). */
  readonly perConnection: number | null;
  readonly frequency: Frequency | null;
  /** From an address it does not know, on the first day; null where it makes no difference. */
  readonly newPerDay: number | null;
  /** It takes nothing from an address it does not know, for so long from the first try; 0 for none. */
  readonly newWaitMs: number;
  /** Share of unknown users in an hour from which an address is put off, for `suspendMs`. */
  readonly unknownUserAct: number | null;
  readonly suspendMs: number;
  /** Complaint shares from which it slows an address down, and from which it acts. */
  readonly complaintWarn: number;
  readonly complaintAct: number;
  /** Recipients an hour from an address in a throttled score band. */
  readonly throttledPerHour: number;
}

/** Fewer recipients in an hour than this tell a receiver nothing about a sender's list; an assumption. */
const leastAsked = 50;

/**
 * Tencent keeps its figures secret and only says what follows: exceeding the minute's bars for minutes, the
 * hour's for hours, the day's for the rest of the day (receivers.json, qq). NetEase's HL:ITC is one by
 * the day. All of these figures are assumptions.
 */
const frequencies: Readonly<Record<string, Frequency>> = {
  qq: { perMinute: 60, perHour: 1_000, perDay: 10_000 },
  'netease-163': { perMinute: Infinity, perHour: Infinity, perDay: 10_000 },
};
/** What "minutes" and "hours" are: an assumption. */
const barredMinutes = 10 * minuteMs;
const barredHours = 2 * hourMs;
/** Days end at midnight in China. */
const chinaMs = 8 * hourMs;

/** Outlook's allowance, the smallest known, where a provider throttles new addresses and states no figure. */
const newPerDay = 200;
/** Providers whose codes speak of errors, without a share: that of Gmail and GMX, itself an assumption. */
const countErrors: readonly string[] = ['orange', 'sfr', 'free'];
const unknownUserAct = 0.1;
/** Gmail's and Yahoo's published ceiling, and the level they ask senders to stay below. */
const complaintAct = 0.003;
const complaintWarn = 0.001;

export const limitsOf = (preset: ReceiverPreset, replies: Replies): Limits => {
  const { rate, thresholds, connection, deferral } = preset;
  const speaksOfNew = replies.newIpThrottle.condition === 'newIpThrottle';
  return {
    perIpPerHour: rate.perIpPerHour,
    perConnection: replies.own.has('connectionLimit') && replies.connectionLimit.phase === 'mail' ?
      connection.maxMessagesPerConnection : null,
    frequency: frequencies[preset.id] ?? null,
    newPerDay: rate.newIpPerDay
      ?? (preset.greylistS === null && speaksOfNew ? newPerDay : null),
    // T-Online refuses addresses it does not know until somebody has written to its postmaster; an answer
    // takes block.delistTypicalS, a day (recalled).
    newWaitMs: preset.id === 't-online' ? dayMs
      : speaksOfNew ? (preset.greylistS ?? 0) * 1_000 : 0,
    unknownUserAct: thresholds.unknownUserAct ?? (countErrors.includes(preset.id) ? unknownUserAct : null),
    suspendMs: (deferral.suspendS ?? 3_600) * 1_000,
    complaintWarn: thresholds.complaintWarn ?? complaintWarn,
    complaintAct: thresholds.complaintAct ?? complaintAct,
    throttledPerHour: rate.throttledRecipientsPerHour ?? Number.POSITIVE_INFINITY,
  };
};

/** What a receiver counts of one address. */
export interface Sender {
  /** The hour it counts in; messages taken, recipients asked for, and those it does not have. */
  hour: number;
  inHour: number;
  asked: number;
  unknown: number;
  /** Shut out until then, with this reply; and how often before within a week. */
  shutUntil: number;
  shutBy: ReplyPreset | null;
  /** Nobody knows it: when it first came, the days on which it sent since, and messages of today (UTC). */
  cold: boolean;
  firstSeen: number;
  newDay: number;
  days: number;
  newInDay: number;
  /** For its frequency: messages of today, in China's time, and of this minute. */
  day: number;
  inDay: number;
  minute: number;
  inMinute: number;
  /** Messages one after the other on its connections, and when the last came. */
  run: number;
  lastAt: number;
}

export const newSender = (cold: boolean): Sender => ({
  hour: -1, inHour: 0, asked: 0, unknown: 0, shutUntil: -1, shutBy: null, cold, firstSeen: -1,
  newDay: -1, days: 0, newInDay: 0, day: -1, inDay: 0, minute: -1, inMinute: 0, run: 0, lastAt: -1,
});

/** An address unused for 30 days counts as cold again (signals.json, warmupSchedules, cold-after-idle). */
const idleHours = 720;
/** Doubled each day on which it sends, an allowance is past every limit after so many; an assumption. */
const warmDays = 10;

/** A new hour: what was counted in the last one is over. */
export const beginHour = (sender: Sender, hour: number): void => {
  if (sender.hour >= 0 && hour - sender.hour > idleHours) {
    sender.cold = true;
    sender.firstSeen = -1;
    sender.days = sender.newInDay = 0;
  }
  sender.hour = hour;
  sender.inHour = sender.asked = sender.unknown = 0;
};

/** Shuts an address out for a time, unless it is shut out for longer already. */
export const shutOut = (sender: Sender, until: number, reply: ReplyPreset): void => {
  if (until <= sender.shutUntil) return;
  sender.shutUntil = until;
  sender.shutBy = reply;
};

/** Whether an address that it does not know has had what it takes from such; it learns to know it by this. */
export const isTooNew = (limits: Limits, sender: Sender, now: number): boolean => {
  if (limits.newPerDay === null && limits.newWaitMs === 0) return false;
  if (sender.firstSeen < 0) sender.firstSeen = now;
  if (now < sender.firstSeen + limits.newWaitMs) return true;
  if (limits.newPerDay === null) {
    sender.cold = false;
    return false;
  }
  const day = Math.floor(now / dayMs);
  if (day !== sender.newDay) {
    if (sender.newInDay > 0) sender.days += 1;
    sender.newDay = day;
    sender.newInDay = 0;
  }
  if (sender.days >= warmDays) sender.cold = false;
  return sender.newInDay >= limits.newPerDay * (1 << Math.min(sender.days, warmDays));
};

/** Counts a message against its frequency; one too many bars the address, for longer the longer the span. */
export const isTooFrequent = (
  { perMinute, perHour, perDay }: Frequency, sender: Sender, now: number, reply: ReplyPreset,
): boolean => {
  const minute = Math.floor(now / minuteMs);
  if (minute !== sender.minute) {
    sender.minute = minute;
    sender.inMinute = 0;
  }
  const day = Math.floor((now + chinaMs) / dayMs);
  if (day !== sender.day) {
    sender.day = day;
    sender.inDay = 0;
  }
  sender.inMinute += 1;
  sender.inDay += 1;
  if (sender.inDay > perDay) shutOut(sender, (day + 1) * dayMs - chinaMs, reply);
  else if (sender.inHour > perHour) shutOut(sender, now + barredHours, reply);
  else if (sender.inMinute > perMinute) shutOut(sender, now + barredMinutes, reply);
  return sender.shutUntil > now;
};

/** Postfix' smtp_connection_cache_time_limit: a connection idle for longer is closed by the client. */
const idleConnectionMs = 2_000;

/** Whether a message is one too many on its connection, if `open` of them share the load. */
export const endsConnection = (sender: Sender, most: number, open: number, now: number): boolean => {
  sender.run = now - sender.lastAt <= idleConnectionMs ? sender.run + 1 : 1;
  sender.lastAt = now;
  if (sender.run <= most * Math.max(1, open)) return false;
  sender.run = 0;
  return true;
};

/**
 * A sender that asks for too many who are not there is put off for the preset's suspension time (an hour
 * where it states none). True at the moment that it is.
 */
export const hasAskedTooOften = (limits: Limits, sender: Sender, now: number): boolean => {
  const most = limits.unknownUserAct;
  if (most === null || sender.asked < leastAsked || now < sender.shutUntil) return false;
  return sender.unknown > most * sender.asked;
};

/**
 * Finds recipients who get too much within an hour, with the memory of a few hundred: those who get most keep
 * their place against all others (a counter that others wear down; Misra and Gries 1982, with a hash).
 */
export class RecipientWatch {
  readonly #keys = new Float64Array(places);
  readonly #counts = new Int32Array(places);
  #hour = -1;

  /** Counts a message for this recipient; true where it is more than an hour allows. */
  isTooMany(key: number, now: number): boolean {
    const hour = Math.floor(now / hourMs);
    if (hour !== this.#hour) {
      this.#hour = hour;
      this.#counts.fill(0);
    }
    const place = key % places;
    if (this.#keys[place] === key) return (this.#counts[place]! += 1) > mostForOne;
    if (this.#counts[place]! > 0) {
      this.#counts[place]! -= 1;
      return false;
    }
    this.#keys[place] = key;
    this.#counts[place] = 1;
    return false;
  }
}

const places = 256;
/** Messages an hour to one mailbox: Exchange Online's receiving limit, and Gmail's (both recalled). */
const mostForOne = 3_600;
