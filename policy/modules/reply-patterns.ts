// Patterns over the texts of replies, as operators write them down. A pattern is data, so it is checked when
// the policy is made: that it can be read, and that no text, however hostile, keeps it busy.

/** Of a reply's text so much is looked at; what a receiver wants to be read stands in front. */
export const mostText = 256;
/** Characters of a pattern. */
const longest = 200;
/**
 * Quantifiers that may take more than 16 characters each, in one pattern: with two, a text of 256 characters
 * costs at most 256 cubed steps, some 50 ms, and hardly any text more than a microsecond.
 */
const mostWide = 2;
const wide = 16;

/**
 * A pattern that is sought without regard to case. Throws a RangeError, which names the rule, for one that is
 * empty, too long or no regular expression, that refers back, or that repeats a group which itself repeats or
 * chooses (such as `(a+)+`), since such ones can take years.
 */
export const patternOf = (rule: string, source: unknown): RegExp => {
  if (typeof source !== 'string' || source === '' || source.length > longest) {
    throw new RangeError(`${rule}: match is ${JSON.stringify(source)}; it is 1 to ${longest} characters.`);
  }
  const fault = faultIn(source);
  if (fault !== '') throw new RangeError(`${rule}: match is ${JSON.stringify(source)}; ${fault}.`);
  try {
    return new RegExp(source, 'i');
  } catch {
    throw new RangeError(`${rule}: match is ${JSON.stringify(source)}; it is no regular expression.`);
  }
};

/** What a group holds so far: anything that repeats, or a choice. */
interface Group {
  isLoose: boolean;
}

const ahead = 'it looks ahead, behind or names a group; leave that out';
const loose = 'it repeats what itself repeats or chooses, which can take too long';
const tooWide = `it has more than ${mostWide} parts that may repeat more than ${wide} times`;

const faultIn = (source: string): string => {
  const groups: Group[] = [{ isLoose: false }];
  let closed: Group | undefined;
  let count = 0;
  for (let at = 0; at < source.length; at++) {
    const group = groups.at(-1)!;
    const one = source[at]!;
    const most = repeatsAt(source, at);
    if (one === '\\') {
      at += 1;
      if (/[1-9k]/.test(source[at] ?? '')) return 'it refers back, which can take too long';
      closed = undefined;
    } else if (one === '[') {
      at = endOfClass(source, at);
      closed = undefined;
    } else if (one === '(') {
      if (/^\(\?[=!<]/.test(source.slice(at))) return ahead;
      groups.push({ isLoose: false });
    } else if (one === ')') {
      closed = groups.length > 1 ? groups.pop() : undefined;
      if (closed?.isLoose === true) groups.at(-1)!.isLoose = true;
    } else if (one === '|') {
      group.isLoose = true;
    } else if (most > 1) {
      if (closed?.isLoose === true) return loose;
      group.isLoose = true;
      if (most > wide) count += 1;
      if (count > mostWide) return tooWide;
      if (one === '{') at = source.indexOf('}', at);
      closed = undefined;
    } else {
      closed = undefined;
    }
  }
  return '';
};

/** How often a quantifier at that place lets a thing come at most; 0 where there is none. */
const repeatsAt = (source: string, at: number): number => {
  if (source[at] === '*' || source[at] === '+') return Infinity;
  const braces = /^\{(\d+)(,?)(\d*)\}/.exec(source.slice(at));
  if (braces === null) return 0;
  const [, least, comma, most] = braces;
  return comma === '' ? Number(least) : most === '' ? Infinity : Number(most);
};

const endOfClass = (source: string, from: number): number => {
  let at = from + 1;
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at;
};
