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
/** Ends that a wide part has in a text, taken over all places where it may begin. */
const wideWays = mostText / 2;
/**
 * Ways through a pattern from one place of a text, at most: its choices and the lengths its parts may have,
 * multiplied. Two wide parts and sixteen ways besides: two seconds at worst, in a text made for the pattern.
 * Thirty parts that may be left out (`a?a?...`) would take hours.
 */
const mostWays = wideWays * wideWays * 16;

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
  branches: number;
}

const ahead = 'it looks ahead, behind or names a group; leave that out';
const loose = 'it repeats what itself repeats or chooses, which can take too long';
const tooWide = `it has more than ${mostWide} parts that may repeat more than ${wide} times`;
const tooMany = 'it has too many parts that may be chosen, left out or repeated, which can take too long';

const faultIn = (source: string): string => {
  const groups: Group[] = [{ isLoose: false, branches: 1 }];
  let closed: Group | undefined;
  let count = 0;
  let ways = 1;
  for (let at = 0; at < source.length; at++) {
    const group = groups.at(-1)!;
    const one = source[at]!;
    const repeats = repeatsAt(source, at);
    if (repeats !== undefined) {
      const { least, length, most } = repeats;
      if (most > 1 && closed?.isLoose === true) return loose;
      if (most > 1 || most > least) group.isLoose = true;
      if (most > wide) count += 1;
      if (count > mostWide) return tooWide;
      ways *= Math.min(most - least + 1, wideWays);
      at += length - 1;
      closed = undefined;
    } else if (one === '\\') {
      at += 1;
      if (/[1-9k]/.test(source[at] ?? '')) return 'it refers back, which can take too long';
      closed = undefined;
    } else if (one === '[') {
      at = endOfClass(source, at);
      closed = undefined;
    } else if (one === '(') {
      if (/^\(\?[=!<]/.test(source.slice(at))) return ahead;
      groups.push({ isLoose: false, branches: 1 });
      // What follows is no part that may be left out.
      if (source[at + 1] === '?') at += 1;
    } else if (one === ')') {
      closed = groups.length > 1 ? groups.pop() : undefined;
      ways *= closed?.branches ?? 1;
      if (closed?.isLoose === true) groups.at(-1)!.isLoose = true;
    } else if (one === '|') {
      group.isLoose = true;
      group.branches += 1;
    } else {
      closed = undefined;
    }
    if (ways > mostWays) return tooMany;
  }
  return '';
};

/** A quantifier: how often a thing comes, and its characters, with the one that makes it lazy. */
interface Repeats {
  readonly least: number;
  readonly most: number;
  readonly length: number;
}

/** The quantifier at that place; undefined where there is none. */
const repeatsAt = (source: string, at: number): Repeats | undefined => {
  const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(source.slice(at));
  if (found === null) return undefined;
  const [text, from, comma, to] = found;
  const least = from === undefined ? (text[0] === '+' ? 1 : 0) : Number(from);
  const most = from === undefined ? (text[0] === '?' ? 1 : Infinity)
    : comma === '' ? least : to === '' ? Infinity : Number(to);
  return { least, most, length: text.length };
};

const endOfClass = (source: string, from: number): number => {
  let at = from + 1;
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at;
};
