// The few numbers the main thread and the workers share while seeds run: a stop sign, and how far each worker
// is.

const stopSlot = 0;

export interface Board {
  readonly memory: SharedArrayBuffer;
  stop(): void;
  isStopped(): boolean;
  /** A worker's virtual time in milliseconds, and the events it has handled in this seed. */
  tell(worker: number, now: number, events: number): void;
  now(worker: number): number;
  events(worker: number): number;
}

/**
 * Bytes for the stop sign and two numbers a worker; times are floats, for they pass 2^32 milliseconds after
 * 50 days.
 */
export const boardSize = (workers: number): number => 8 + workers * 16;

export const boardOn = (memory: SharedArrayBuffer): Board => {
  const sign = new Int32Array(memory, 0, 2);
  const numbers = new Float64Array(memory, 8);
  return {
    memory,
    stop: () => void Atomics.store(sign, stopSlot, 1),
    isStopped: () => Atomics.load(sign, stopSlot) === 1,
    tell(worker, now, events) {
      numbers[worker * 2] = now;
      numbers[worker * 2 + 1] = events;
    },
    now: (worker) => numbers[worker * 2] ?? 0,
    events: (worker) => numbers[worker * 2 + 1] ?? 0,
  };
};
