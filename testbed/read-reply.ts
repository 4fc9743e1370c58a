// Takes a reply off the wire apart: code, enhanced code, text. The inverse of how a receiver puts it
// together.

/** A reply as it was on the wire, not yet judged. */
export interface WireReply {
  readonly code: number;
  /** RFC 3463; empty where the reply has none. */
  readonly enhanced: string;
  /** The lines of a reply of several lines are joined by a line feed, without their codes. */
  readonly text: string;
}

const enhancedCode = /^([245]\.\d{1,3}\.\d{1,3})(?: |$)/;

/** Reads a reply of one or more lines. Throws a TypeError where it does not begin with a three-digit code. */
export const readReply = (response: string): WireReply => {
  const code = /^\d{3}(?=[ -]|$)/.exec(response)?.[0];
  if (code === undefined) throw new TypeError(`${JSON.stringify(response)} is not an SMTP reply.`);
  const lines = response.split(/\r?\n/).map((line) => line.slice(4));
  const enhanced = enhancedCode.exec(lines[0]!)?.[1] ?? '';
  const bare = (line: string): string =>
    enhancedCode.exec(line)?.[1] === enhanced ? line.slice(enhanced.length + 1) : line;
  return { code: Number(code), enhanced, text: lines.map(bare).join('\n') };
};
