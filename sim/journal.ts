// The journal: one printable line for each event of a run, and the search for the first line at which two
// journals part. Journals are read as they come, line by line, and never held whole.

export interface JournalEntry {
  /** Milliseconds since the run began. */
  readonly at: number;
  /** Order among events of one millisecond, printed where given. */
  readonly phase?: number;
  readonly kind: string;
  /** Whom it concerns: a name or a number. */
  readonly subject: string | number;
  readonly note: string;
}

/** A time of the run, as `1d 04:05:06.789`; days count from 0. */
export const formatTime = (ms: number): string => {
  const two = (count: number): string => String(Math.floor(count)).padStart(2, '0');
  const clock = `${two((ms / 3_600_000) % 24)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}`;
  return `${Math.floor(ms / 86_400_000)}d ${clock}.${String(ms % 1_000).padStart(3, '0')}`;
};

/** One entry as one line, without its line end; control characters within it are written as escapes. */
export const formatEntry = (entry: JournalEntry): string => {
  const phase = entry.phase === undefined ? '' : ` /${entry.phase}`;
  const note = entry.note === '' ? '' : ` ${entry.note}`;
  return escaped(`${formatTime(entry.at)}${phase} ${entry.kind} ${entry.subject}${note}`);
};

/**
 * Control characters, line ends and marks that turn the direction of writing as escapes: whatever a text
 * holds, it stays one harmless line.
 */
export const escaped = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Where two journals part. */
export interface Divergence {
  /** How many lines are the same before it. */
  readonly index: number;
  /** The first line that differs; null where that journal had ended. */
  readonly left: string | null;
  readonly right: string | null;
  /** The last lines that both have, oldest first. */
  readonly before: readonly string[];
}

/**
 * The first difference of two journals, with up to `context` lines before it; null where they are the same.
 */
export const firstDivergence = (
  left: Iterable<string>,
  right: Iterable<string>,
  context = 5,
): Divergence | null => {
  const before: string[] = [];
  const others = right[Symbol.iterator]();
  let index = 0;
  let ended = false;
  try {
    for (const line of left) {
      const other = others.next();
      ended = other.done === true;
      if (ended || other.value !== line)
        return { index, left: line, right: ended ? null : other.value, before };
      index += 1;
      before.push(line);
      if (before.length > context) before.shift();
    }
    const other = others.next();
    ended = other.done === true;
    return ended ? null : { index, left: null, right: other.value, before };
  } finally {
    if (!ended) others.return?.();
  }
};

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');

/**
 * The divergence as a message for people: where, what was seen on either side, what led up to it, what to do.
 */
export const describeDivergence = (divergence: Divergence, left = 'left', right = 'right'): string => {
  const width = Math.max(left.length, right.length);
  const side = (name: string, line: string | null): string =>
    `  ${name.padEnd(width)}  ${line ?? '(the journal ends here)'}`;
  return [
    `sim: the journals part after event ${grouped(divergence.index)}:`,
    ...divergence.before.map((line) => side('', line)),
    side(left, divergence.left),
    side(right, divergence.right),
    'The same plan, policy and seed give the same journal. Look for a clock, for chance or for an order of',
    "insertion that is not the simulator's own, in what this event or the one before it runs.",
  ].join('\n');
};
