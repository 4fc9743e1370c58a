// JSON as we write and print it: nothing in it that a terminal or a runner acts on, and no number that JSON
// cannot hold, which JSON.stringify would quietly turn into null: "does not apply", in a result.

/**
 * JSON on one line. Control characters, writing-direction marks and `##[` are written as escapes, which
 * read back as the same text. Throws a RangeError that says where a number is NaN or infinite.
 */
export const plainJson = (value: unknown): string => {
  const text = JSON.stringify(value, function (this: unknown, key: string, field: unknown): unknown {
    if (typeof field === 'number' && !Number.isFinite(field)) {
      throw new RangeError(`${pathTo(value, this, key)} is ${field}, which JSON cannot hold`);
    }
    return field;
  });
  return harmlessJson(text);
};

/** The same of JSON that is text already; for lines of which there are many. */
export const harmlessJson = (json: string): string =>
  json
    .replace(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escaped)
    .replaceAll('##[', '#\\u0023[');

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** `seeds[0].metrics.escaped.value`: found by looking again, since it is wanted only when all is lost. */
const pathTo = (root: unknown, holder: unknown, key: string): string => {
  const steps = search(root, holder, key, []) ?? [key];
  return steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('').replace(/^\./, '');
};

const search = (
  at: unknown,
  holder: unknown,
  key: string,
  path: readonly string[],
): readonly string[] | undefined => {
  if (at === holder) return [...path, key];
  if (typeof at !== 'object' || at === null) return undefined;
  for (const [step, inner] of Object.entries(at)) {
    const found = search(inner, holder, key, [...path, step]);
    if (found !== undefined) return found;
  }
  return undefined;
};
