// Reads a real log, rows of `unix_time,sender,recipients`, into arrays a run can replay. A broken row is
// never skipped: all of them are reported by line, for a trace with holes would quietly be another trace.

import { type Mistake, PlanMistakes, shownValue } from './plan/problems.ts';
import type { Plan } from './plan/schema.ts';
import { nearest } from './plan/nearest.ts';

export interface Trace {
  /** As errors name it: the file. */
  readonly name: string;
  readonly rows: number;
  /** Distinct senders, numbered from 0 in the order of their labels (as numbers, where all are). */
  readonly senders: number;
  /** The file's own label of each sender. */
  readonly labels: readonly string[];
  /** Distinct recipients, numbered from 0 likewise. */
  readonly recipients: number;
  /** Unix time of each row in milliseconds, never falling; rows of one second keep the file's order. */
  readonly times: Float64Array;
  /** The sender of each row. */
  readonly from: Uint32Array;
  /** Recipients of row i are `to[starts[i]]` up to, not including, `to[starts[i + 1]]`. */
  readonly starts: Uint32Array;
  readonly to: Uint32Array;
}

const header = 'unix_time,sender,recipients';
/** Broken rows shown; the rest are counted. */
const shownRows = 10;
/** 3000-01-01; beyond it a time is surely not in seconds. */
const latest = 32_503_680_000;

interface Row {
  readonly time: number;
  readonly sender: string;
  readonly recipients: readonly string[];
}

/**
 * A trace from its text: CSV with a header, times in seconds, recipients separated by spaces, senders and
 * recipients any label without comma or space. Throws PlanMistakes with the first ten broken rows by line and
 * the count of all.
 */
export const parseTrace = (text: string, name: string): Trace => {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.trimEnd());
  if (lines[0]?.replaceAll(' ', '') !== header) {
    const saw = `line 1 is ${shownValue(lines[0] ?? '')}`;
    throw new PlanMistakes(name, [{ path: '', saw, allowed: `it is the header ${header}`, advice: '' }]);
  }
  const rows: Row[] = [];
  const broken: Mistake[] = [];
  let brokenRows = 0;
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index]!;
    if (line === '') continue;
    const row = readRow(line);
    if ('time' in row) {
      rows.push(row);
      continue;
    }
    brokenRows += 1;
    if (broken.length < shownRows) broken.push({ path: `line ${index + 1}`, ...row });
  }
  if (brokenRows > 0) throw new PlanMistakes(name, broken, brokenRows);
  if (rows.length === 0) {
    throw new PlanMistakes(name, [
      { path: '', saw: 'has no rows', allowed: 'a trace has at least one', advice: '' },
    ]);
  }
  return traceOf(name, rows);
};

/** Mistakes between a plan and its traces, which are keyed by the plan's `file`. */
export const checkTraces = (plan: Plan, traces: ReadonlyMap<string, Trace>): readonly Mistake[] =>
  plan.tenants.flatMap((group, index) => {
    if (group.stream.kind !== 'trace') return [];
    const { file, speed } = group.stream;
    const path = `tenants[${index}]`;
    const trace = traces.get(file);
    if (trace === undefined) {
      const near = nearest(file, [...traces.keys()]);
      const advice = near === undefined ? '' : `Did you mean "${near}"?`;
      return [
        {
          path: `${path}.stream.file`,
          saw: `is ${shownValue(file)}`,
          allowed: 'it is a trace that was read',
          advice,
        },
      ];
    }
    const mistakes: Mistake[] = [];
    if (trace.senders !== group.count) {
      const saw = `is ${group.count}`;
      const allowed = `${file} has ${trace.senders} senders, each a tenant`;
      mistakes.push({
        path: `${path}.count (group "${group.name}")`,
        saw,
        allowed,
        advice: `Say ${trace.senders}.`,
      });
    }
    const { before, within } = playedRows(trace, Date.parse(plan.epoch), speed, plan.length);
    if (within === 0) {
      const saw = `plays none of its ${trace.rows} rows: ${before} before the epoch, the rest after the end`;
      const allowed = `its first row is at unix_time ${trace.times[0]! / 1_000}`;
      mistakes.push({
        path: `${path}.stream (${file})`,
        saw,
        allowed,
        advice: 'Set epoch and length so that the run covers it.',
      });
    }
    return mistakes;
  });

/** How many rows fall before time 0 and within the run, at this speed. */
export const playedRows = (
  trace: Trace,
  epoch: number,
  speed: number,
  length: number,
): { readonly before: number; readonly within: number } => {
  let before = 0;
  let within = 0;
  for (const time of trace.times) {
    const at = (time - epoch) / speed;
    if (at < 0) before += 1;
    else if (at < length) within += 1;
  }
  return { before, within };
};

const readRow = (line: string): Row | Omit<Mistake, 'path'> => {
  const fields = line.split(',');
  if (fields.length !== 3) {
    return {
      saw: `has ${fields.length} fields`,
      allowed: `a row is ${header}`,
      advice: 'Recipients are separated by spaces.',
    };
  }
  const [time, sender, recipients] = fields.map((field) => field.trim()) as [string, string, string];
  if (!/^\d+(\.\d+)?$/.test(time) || Number(time) > latest) {
    return {
      saw: `has the time ${shownValue(time)}`,
      allowed: 'a time is in seconds since 1970',
      advice: '',
    };
  }
  if (sender === '' || /\s/.test(sender)) {
    return { saw: `has the sender ${shownValue(sender)}`, allowed: 'a sender is one label', advice: '' };
  }
  if (recipients === '')
    return { saw: 'has no recipients', allowed: 'a message has at least one', advice: '' };
  return { time: Math.round(Number(time) * 1_000), sender, recipients: recipients.split(/\s+/) };
};

const traceOf = (name: string, rows: Row[]): Trace => {
  rows.sort((one, two) => one.time - two.time);
  const senderNumber = numbered(rows.map((row) => row.sender));
  const recipientNumber = numbered(rows.flatMap((row) => row.recipients));
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, index) => {
    starts[index + 1] = starts[index]! + row.recipients.length;
  });
  return {
    name,
    rows: rows.length,
    senders: senderNumber.size,
    labels: [...senderNumber.keys()],
    recipients: recipientNumber.size,
    times: Float64Array.from(rows, (row) => row.time),
    from: Uint32Array.from(rows, (row) => senderNumber.get(row.sender)!),
    starts,
    to: Uint32Array.from(
      rows.flatMap((row) => row.recipients),
      (label) => recipientNumber.get(label)!,
    ),
  };
};

/** Labels to numbers from 0, in an order that does not hang on the order of the rows. */
const numbered = (labels: readonly string[]): ReadonlyMap<string, number> => {
  const distinct = [...new Set(labels)];
  const numeric = distinct.every((label) => /^\d{1,15}$/.test(label));
  distinct.sort((one, two) =>
    numeric && Number(one) !== Number(two) ? Number(one) - Number(two)
    : one < two ? -1
    : 1,
  );
  return new Map(distinct.map((label, index) => [label, index]));
};
