// Plain text within a width: words wrapped, and entries of a label and what is said of it. No column is ever
// cut: what is too long for its place goes on below.

/** Label and text of one entry. */
export type Entry = readonly [label: string, text: string];

/** Entries under a title; the title stands alone where there is nothing to say. */
export const section = (title: string, entries: readonly Entry[], width: number): readonly string[] => {
  const longest = Math.max(0, ...entries.map(([label]) => label.length));
  const room = Math.min(longest, Math.floor(width / 3));
  return [title, ...entries.flatMap((entry) => entryLines(entry, room, width))];
};

const entryLines = ([label, text]: Entry, room: number, width: number): readonly string[] => {
  const start = room + 4;
  const lines = wrap(text, width - start);
  const [first = '', ...rest] = lines;
  const below = rest.map((line) => `${' '.repeat(start)}${line}`);
  if (label.length <= room) return [`  ${label.padEnd(room)}  ${first}`.trimEnd(), ...below];
  return [...wrap(label, width - 2).map((line) => `  ${line}`), `${' '.repeat(start)}${first}`, ...below];
};

/** A number keeps its unit: `97 %`, `1 d 20 h`. */
const breakable = / (?!(?:%|d|h|m|s)(?:[ ,.;:)]|$))/;

/** Lines no longer than the width; a word longer than that is broken. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(breakable).flatMap((each) => pieces(each, width))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
};

const pieces = (word: string, width: number): readonly string[] =>
  word.length <= width ? [word] : [word.slice(0, width), ...pieces(word.slice(width), width)];
