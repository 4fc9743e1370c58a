// What Postfix's log says of the messages in its queue: which came in, and each recipient's fate.

import type { Status } from './mta.ts';

export type LogLine =
  | { readonly kind: 'status'; readonly id: string; readonly status: Status }
  /** A message has come in, be it handed in or Postfix's own. */
  | { readonly kind: 'begun'; readonly id: string; readonly messageId: string }
  | { readonly kind: 'trouble'; readonly text: string };

const statusLine =
  /^([0-9A-Za-z]+): to=<([^>]*)>, (?:orig_to=<[^>]*>, )?relay=[^,]+,.* status=(\w+) \((.*)\)$/;
const ofExpired = /^([0-9A-Za-z]+): from=<[^>]*>, status=(?:force-)?expired, returned to sender$/;
const begun = /^([0-9A-Za-z]+): message-id=<?([^>]*)>?$/;

/** One line of the log; undefined where it says nothing of the kind. */
export const readLogLine = (line: string): LogLine | undefined => {
  const found = /^\w{3} [ \d]\d [\d:]{8} \S+ [^[\s]+\/(\w+)\[\d+\]: (.*)$/.exec(line);
  if (found === null) return undefined;
  const [, program, text] = found as unknown as [string, string, string];
  if (/^(?:panic|fatal|error): /.test(text)) return { kind: 'trouble', text: `${program}: ${text}` };
  const come = begun.exec(text);
  if (come !== null) return { kind: 'begun', id: come[1]!, messageId: come[2]! };
  const old = ofExpired.exec(text);
  const never = { recipient: '', fate: 'expired', said: '', untried: true } as const;
  if (old !== null) return { kind: 'status', id: old[1]!, status: never };
  const told = statusLine.exec(text);
  if (told === null) return undefined;
  const [, id, recipient, fate, why] = told as unknown as [string, string, string, string, string];
  if (fate !== 'sent' && fate !== 'deferred' && fate !== 'bounced') return undefined;
  return { kind: 'status', id, status: { recipient, fate, said: replyIn(why), untried: isUntried(why) } };
};

const isUntried = (why: string): boolean => why.startsWith('delivery temporarily suspended:');

/**
 * The receiver's own words: `host h[a] said: 550 5.1.1 text (in reply to RCPT TO command)`, or `host h[a]
 * refused to talk to me: 421 text`, or, where it took the message, the whole.
 */
const replyIn = (why: string): string =>
  (/ (?:said|refused to talk to me): (.*?)(?: \(in reply to [^()]*\))?$/.exec(why)?.[1]
  ?? (/^\d{3}[ -]/.test(why) ? why : '')).trim();
