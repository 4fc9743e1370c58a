// What a bench reports: rows of figures, some with a bound to be met, and the table they are printed as.

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The figure may be at most this. */
  readonly bound?: number;
}

/** A section of the bench. `print` tells of progress, and why a part was left out. */
export type Section = (print: (line: string) => void) => Promise<readonly Row[]>;

const shown = (value: number): string => value.toPrecision(value >= 1_000 ? 4 : 3).replace(/e\+(\d)$/, 'e$1');

/** The rows as lines of text, with the bound and whether it was met. */
export const table = (rows: readonly Row[]): string[] => {
  const cells = rows.map((row) => [
    row.name,
    `${shown(row.value)} ${row.unit}`.trimEnd(),
    row.bound === undefined ? '' : `at most ${row.bound}`,
    row.bound === undefined ? '' : isMet(row) ? 'met' : 'NOT MET',
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
};

export const isMet = (row: Row): boolean => row.bound === undefined || row.value <= row.bound;

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, two) => one - two);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Of several rounds of the same work: what else runs on a machine only ever adds to its time. */
export const fastest = (times: readonly number[]): number => Math.min(...times);

/**
 * CPU nanoseconds that the work took, all threads of this process together: what a busy machine disturbs
 * least.
 */
export const cpuNs = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) * 1_000;
};
