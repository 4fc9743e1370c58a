// Cuts a constant out of a source without a parser: our house style ends each at the end of a line.

/** `name = value` without comments and spaces; empty where a file has no such constant or field. */
export const declarationOf = (text: string, name: string): string => {
  const lines = text.split('\n');
  const constant = lines.findIndex((line) => new RegExp(`^(?:export )?const ${name}\\b`).test(line));
  const field = lines.findIndex((line) => new RegExp(`^ {2}readonly ${name}\\??:`).test(line));
  const start = constant >= 0 ? constant : field;
  if (start < 0) return '';
  const isField = lines[start]!.startsWith('  ');
  const isLong = isBlock(lines[start]!);
  const length = lines.slice(start).findIndex((line, index) =>
    isField || (line.endsWith(';') && (index === 0 || !isLong || !line.startsWith('  '))));
  return lines
    .slice(start, start + length + 1)
    .filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line))
    .join('\n')
    .replace(/\/\/.*$/gm, '')
    .replace(/^\s*(?:export )?(?:const|readonly) /, '')
    .replace(/\s+/g, '')
    .replace(/;$/, '')
    .replace(/,([\]}])/g, '$1');
};

/** A body in braces goes on to the line that closes it. */
const isBlock = (line: string): boolean => /[{[]$/.test(line);
