// Reads Markdown as far as the tests need: what is code and what is not, and whether a table's rows have the
// cells of its head. After CommonMark 6.1 (code spans, backslash escapes) and GFM 4.10 (tables).

/** The text with its code spans taken out. */
export const outsideCode = (page: string): string => page.split('\n').map(outsideCodeOf).join('\n');

const outsideCodeOf = (line: string): string => {
  let rest = '';
  for (let at = 0; at < line.length; ) {
    const fence = /^`+/.exec(line.slice(at))?.[0];
    if (fence === undefined) {
      const step = line[at] === '\\' ? 2 : 1;
      rest += line.slice(at, at + step);
      at += step;
      continue;
    }
    const end = endOfCode(line, at + fence.length, fence.length);
    if (end === -1) rest += fence;
    at = end === -1 ? at + fence.length : end;
  }
  return rest;
};

/** A code span ends at a run of just as many backticks; a backslash in it is a backslash. */
const endOfCode = (line: string, from: number, length: number): number => {
  for (const run of line.slice(from).matchAll(/`+/g)) {
    if (run[0].length === length) return from + run.index + length;
  }
  return -1;
};

/** Rows of tables that have not as many cells as the table's head. A pipe ends a cell also within code. */
export const brokenRows = (page: string): readonly string[] => {
  let cells = 0;
  const broken: string[] = [];
  for (const line of page.split('\n')) {
    if (!line.startsWith('|')) cells = 0;
    else if (cells === 0) cells = cellsOf(line);
    else if (cellsOf(line) !== cells) broken.push(line);
  }
  return broken;
};

const cellsOf = (line: string): number => line.replace(/\\[\s\S]/g, '').split('|').length;
