// Reads source without a parser: its import lines, and its code with comments and strings blanked out. Good
// enough for house rules, as the code is written in one style; a template literal counts as code, since code
// may stand in it.

export interface Source {
  /** From the root of the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly line: number;
  readonly from: string;
  readonly typeOnly: boolean;
  /** Names imported as values; `*` for a namespace, a dynamic or a bare import. */
  readonly values: readonly string[];
}

const statement = /^[ \t]*(?:import|export)\s+(type\s+)?([\w*${}\s,]*?)\s*from\s*['"]([^'"]+)['"]/gm;
const bare = /^[ \t]*import\s*['"]([^'"]+)['"]/gm;
const called = /\b(?:import|require|require\.resolve|import\.meta\.resolve)\(\s*['"]([^'"]+)['"]/g;

/** Every import, export-from, dynamic import and resolve of a file, in its order. */
export const importsOf = (text: string): readonly Import[] => {
  const visible = blank(text, { strings: false });
  const found: Import[] = [];
  for (const match of visible.matchAll(statement)) {
    const values = match[1] === undefined ? valueNames(match[2]!) : [];
    const line = lineAt(visible, match.index);
    found.push({ line, from: match[3]!, typeOnly: values.length === 0, values });
  }
  for (const pattern of [bare, called]) {
    for (const match of visible.matchAll(pattern)) {
      found.push({ line: lineAt(visible, match.index), from: match[1]!, typeOnly: false, values: ['*'] });
    }
  }
  return found.sort((left, right) => left.line - right.line);
};

/** The same text with comments, and strings where asked, turned into spaces: places stay, words go. */
export const blank = (text: string, { strings }: { readonly strings: boolean }): string =>
  text.replace(
    /\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g,
    (piece) => (piece.startsWith('/') || strings ? piece.replace(/[^\n]/g, ' ') : piece),
  );

/** The package of a specifier: `preact` of `preact/hooks`, `@types/node` as it is; undefined for a path. */
export const packageOf = (specifier: string): string | undefined => {
  if (/^(?:[./]|node:)/.test(specifier)) return undefined;
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
};

const valueNames = (clause: string): readonly string[] => {
  const braces = /\{([^}]*)\}/.exec(clause);
  const outside = listed(clause.replace(/\{[^}]*\}/, ''));
  const inside = listed(braces?.[1] ?? '')
    .filter((name) => !name.startsWith('type '))
    .map((name) => name.split(/\s+as\s+/)[0]!);
  return [...outside.map((name) => (name.startsWith('*') ? '*' : name)), ...inside];
};

const listed = (names: string): string[] =>
  names.split(',').map((name) => name.trim()).filter((name) => name !== '');

export const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;
