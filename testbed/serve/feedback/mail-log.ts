// What Postfix's log says of messages: whose they are, what receivers answered, and that they are gone. Lines
// of Postfix 3.7 in the traditional or the RFC 3339 form of syslog; all others are passed over.

export type LogLine =
  /** A client handed it in; its login. */
  | { readonly kind: 'client'; readonly queue: string; readonly login: string }
  | { readonly kind: 'title'; readonly queue: string; readonly messageId: string }
  /** A recipient's fate: once for each try. */
  | {
      readonly kind: 'fate';
      readonly queue: string;
      readonly recipient: string;
      readonly status: 'sent' | 'deferred' | 'bounced';
      /** RFC 3463. */
      readonly dsn: string;
      readonly text: string;
      /** Whether a receiver was tried; the queue manager may put off what it has not tried. */
      readonly tried: boolean;
    }
  /** The queue gave up. */
  | { readonly kind: 'expired'; readonly queue: string }
  | { readonly kind: 'removed'; readonly queue: string };

/** From the line's beginning, since what follows the queue id may be a stranger's words. */
const frame = new RegExp(
  '^(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d|\\d{4}-\\d\\d-\\d\\dT\\S{1,40}) \\S{1,255} ' +
  '[\\w.-]{1,64}/(?:[\\w.-]{1,64}/)?([\\w-]{1,32})\\[\\d{1,10}\\]: ([0-9A-Za-z]{5,20}): (.*)$',
);
const fate = new RegExp(
  '^to=<([^>]{0,512})>,(?: orig_to=<[^>]{0,512}>,)? relay=.{1,512}?, dsn=([245]\\.\\d{1,3}\\.\\d{1,3}), ' +
  'status=(sent|deferred|bounced) \\((.*)\\)$',
);
const handedIn = /^client=.{1,512}?, sasl_method=[\w-]{1,40}, sasl_username=([^,\s]{1,512})/;

/** Undefined for a line that says nothing of this. */
export const readLogLine = (line: string): LogLine | undefined => {
  const [, program, queue, rest] = frame.exec(line.length > 4_096 ? line.slice(0, 4_096) : line) ?? [];
  if (queue === undefined || rest === undefined || queue === 'NOQUEUE') return undefined;
  switch (program) {
    case 'smtpd': {
      const login = handedIn.exec(rest)?.[1];
      return login === undefined ? undefined : { kind: 'client', queue, login };
    }
    case 'cleanup': {
      const messageId = /^message-id=<(.{1,998})>$/.exec(rest)?.[1];
      return messageId === undefined ? undefined : { kind: 'title', queue, messageId };
    }
    case 'smtp':
    case 'error': {
      const [, recipient, dsn, status, text] = fate.exec(rest) ?? [];
      if (recipient === undefined || dsn === undefined || text === undefined) return undefined;
      const said = status as 'sent' | 'deferred' | 'bounced';
      return { kind: 'fate', queue, recipient, status: said, dsn, text, tried: program === 'smtp' };
    }
    case 'qmgr':
      if (rest === 'removed') return { kind: 'removed', queue };
      return /^from=<.{0,512}>, status=(?:force-)?expired, returned to sender$/.test(rest)
        ? { kind: 'expired', queue } : undefined;
    default: return undefined;
  }
};

/** A receiver's reply as it stands in the log, or what Postfix itself has to say. */
export const readSaid = (
  text: string, dsn: string,
): { readonly code: number; readonly enhanced: string; readonly text: string } => {
  const said = /(?:^| said: )([245]\d\d)[ -](?:([245]\.\d{1,3}\.\d{1,3})[ -]?)?(.*)$/s.exec(text);
  if (said === null) return { code: Number(dsn[0]) * 100 + 50, enhanced: dsn, text };
  const words = said[3]!.replace(/ \(in reply to [A-Za-z -]{1,60} command\)$/, '');
  return { code: Number(said[1]), enhanced: said[2] ?? '', text: words };
};
