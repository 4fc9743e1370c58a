// The record of one culprit's abusive mail, a few bytes a message: when it was submitted, how far it
// came, and what the policy last said of it.

/** How far a message came: stopped, left the platform, or accepted by a receiver. */
export type Far = 0 | 1 | 2;

export interface AbuseRecord {
  /** Messages on record; what lies beyond in the columns is room to grow. */
  count: number;
  /** By message, in the order of their submission: milliseconds since the run began. */
  times: Float64Array;
  far: Uint8Array;
  /** Place among `names` of what stopped it last; 0 where nothing did. */
  stoppers: Uint16Array;
  readonly names: string[];
  /** Place of the latest message turned back while all of the culprit's accounts were shut; -1 for none. */
  shutOut: number;
}

const firstRoom = 64;

export const emptyRecord = (): AbuseRecord => ({
  count: 0,
  times: new Float64Array(firstRoom),
  far: new Uint8Array(firstRoom),
  stoppers: new Uint16Array(firstRoom),
  names: [''],
  shutOut: -1,
});

/** A message was submitted at a time, not before any other of the record; returns its place. */
export const addAbuse = (record: AbuseRecord, time: number): number => {
  const place = record.count;
  if (place === record.times.length) grow(record);
  record.times[place] = time;
  record.count += 1;
  return place;
};

const grow = (record: AbuseRecord): void => {
  const room = 2 * record.count;
  const { times, far, stoppers } = record;
  record.times = new Float64Array(room);
  record.times.set(times);
  record.far = new Uint8Array(room);
  record.far.set(far);
  record.stoppers = new Uint16Array(room);
  record.stoppers.set(stoppers);
};

/** The policy has stopped a message, or made it wait. A policy has a handful of rules: looking is quick. */
export const noteStopper = (record: AbuseRecord, place: number, name: string): void => {
  let known = record.names.indexOf(name);
  if (known < 0) known = record.names.push(name) - 1;
  record.stoppers[place] = known;
};

/** A message came back from an account that is shut, as are all others of its culprit. */
export const noteShutOut = (record: AbuseRecord, place: number): void => {
  record.shutOut = Math.max(record.shutOut, place);
};

/** Whether the last message on record came back so; with it the culprit has nowhere left to send from. */
export const endsShutOut = ({ shutOut, count }: AbuseRecord): boolean => count > 0 && shutOut === count - 1;

/** The times of all messages on record; good until the next one is added. */
export const timesOf = ({ times, count }: AbuseRecord): Float64Array => times.subarray(0, count);

/** How far each of them came; good until the next one is added. */
export const farOf = ({ far, count }: AbuseRecord): Uint8Array => far.subarray(0, count);

/** What stopped the first message from a place on that anything stopped; empty for none. */
export const stopperFrom = ({ stoppers, names, count }: AbuseRecord, from: number): string => {
  for (let place = Math.max(0, from); place < count; place += 1)
    if (stoppers[place]! > 0) return names[stoppers[place]!]!;
  return '';
};
