// How text is laid out on a terminal: colours where they are asked for, lines of a bounded width, columns as
// wide as what stands in them.

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
export type Paint = (style: Style, text: string) => string;
const codes: Readonly<Record<Style, string>> = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33' };

/** ANSI colours, or none. */
export const paintOf = (colours: boolean | undefined): Paint => (style, text) =>
  colours === true ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;

/** From 60 to 200 columns; 100 where the terminal does not say. */
export const widthOf = (columns: number | undefined): number => Math.min(200, Math.max(60, columns ?? 100));

/**
 * Rows in columns as wide as their widest cell, indented by two; the last column wraps within what is left.
 */
export const columns = (rows: readonly (readonly string[])[], width: number, indent = 2): string[] => {
  const last = Math.max(...rows.map((row) => row.length)) - 1;
  const widths = Array.from(
    { length: last },
    (_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)) + 2,
  );
  const start = indent + widths.reduce((sum, each) => sum + each, 0);
  const room = Math.max(12, width - start);
  return rows.flatMap((row) => {
    const cells = widths.map((each, index) => (row[index] ?? '').padEnd(each));
    const head = `${' '.repeat(indent)}${cells.join('')}`;
    return wrap(row[last] ?? '', room).map((line, index) =>
      clip(`${index === 0 ? head : ' '.repeat(start)}${line}`.trimEnd(), width),
    );
  });
};

export const clip = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 1)}…`;

export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
};
