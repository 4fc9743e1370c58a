// Tables and folded sections in GitHub's Markdown, and how a page is kept under a number of bytes: rows
// that do not fit are counted and named as left out, never cut in the middle.

/** A table as rows of cells that are Markdown already. */
export interface Table {
  /** Headings; one that begins with `#` is of a column of figures. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows in all, where not all of them are given. */
  readonly total?: number;
}

export interface Section {
  /** Shown folded under these words, which are Markdown and HTML-free; empty: shown openly. */
  readonly fold: string;
  readonly table: Table;
}

export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Of the room that is left, what one section may take at most, so that none starves those after it. */
const mostOfTheRest = 0.6;

/** The sections one after the other, within so many bytes; one that has more says how much it leaves out. */
export const fitSections = (sections: readonly Section[], bytes: number): string => {
  let left = bytes;
  const parts: string[] = [];
  for (const section of sections.filter(({ table }) => table.rows.length > 0)) {
    const part = fitSection(section, Math.floor(left * mostOfTheRest));
    parts.push(part);
    left -= bytesOf(part);
  }
  return parts.join('');
};

const fitSection = ({ fold, table }: Section, bytes: number): string => {
  const open = fold === '' ? '' : `<details><summary>${fold}</summary>\n\n`;
  const close = fold === '' ? '\n' : '\n</details>\n\n';
  const lines = [
    `| ${table.head.map((each) => each.replace(/^#/, '')).join(' | ')} |`,
    `|${table.head.map((each) => (each.startsWith('#') ? '--:' : '---')).join('|')}|`,
  ];
  // Room for the frame and for the line that counts what is left out.
  let left = bytes - bytesOf(open + close + lines.join('\n')) - 100;
  let shown = 0;
  for (const row of table.rows) {
    const line = `| ${row.join(' | ')} |`;
    left -= bytesOf(line) + 1;
    if (left < 0) break;
    lines.push(line);
    shown += 1;
  }
  const total = table.total ?? table.rows.length;
  const rest = total > shown ? `\n${total - shown} more rows are in report.html and result.json.\n` : '';
  if (shown === 0) return bytes < 200 ? '' : `${rest.trimStart()}\n`;
  return `${open}${lines.join('\n')}\n${rest}${close}`;
};
