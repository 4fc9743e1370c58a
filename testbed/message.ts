// Builds the message that goes over the wire: a small, real RFC 5322 text, the same bytes for the same input.
// Dots are left as they are; whoever sends it stuffs them.

export interface MessageParts {
  /** Addresses without display names. */
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Milliseconds since 1970, UTC. */
  readonly date: number;
  /** Without the angle brackets: `1.2@out.platform.test`. */
  readonly messageId: string;
  /** RFC 2919, without the angle brackets; left out where the message is not of a list. */
  readonly listId?: string;
  /** What a content filter is to find in it, and what its luck goes by; in headers of our own. */
  readonly content?: Content;
  /** Bytes to fill the message up to, with lines of text; no effect on one that is longer already. */
  readonly bytes?: number;
}

/** What the content of a message is like, in place of a content. */
export interface Content {
  readonly nature: string;
  readonly luck: number;
  readonly number: number;
}

/** 77 bytes a line with its CRLF, near the 78 characters that RFC 5322, 2.1.1 asks for. */
const filler = 'The weather is fine, and the minutes of the meeting are attached as agreed.\r\n';

/**
 * The message, lines ended by CRLF. Throws a TypeError where a header would hold anything but printable
 * ASCII.
 */
export const buildMessage = (parts: MessageParts): Buffer => {
  const { from, to, subject, date, messageId, listId, content, bytes = 0 } = parts;
  const headers = [
    header('From', `<${from}>`),
    // One recipient a line, so that no line grows past the 998 characters of RFC 5322, 2.1.1.
    header('To', to.map((address) => `<${address}>`).join(',\r\n ')),
    header('Subject', subject),
    header('Date', new Date(date).toUTCString().replace('GMT', '+0000')),
    header('Message-ID', `<${messageId}>`),
    ...(listId === undefined ? [] : [header('List-Id', `<${listId}>`)]),
    ...(content === undefined ? [] : [header(contentHeader, written(content))]),
    header('MIME-Version', '1.0'),
    header('Content-Type', 'text/plain; charset=us-ascii'),
  ];
  const text = `${headers.join('\r\n')}\r\n\r\nHello.\r\n`;
  const lines = Math.max(0, Math.ceil((bytes - text.length) / filler.length));
  return Buffer.from(text + filler.repeat(lines), 'latin1');
};

const contentHeader = 'X-Sharedfate-Content';

const written = ({ nature, luck, number }: Content): string => `${nature} ${luck} ${number}`;

/** The content that `buildMessage` wrote into a message; undefined where there is none. */
export const readContent = (message: Buffer): Content | undefined => {
  const end = message.indexOf('\r\n\r\n');
  const headers = message.toString('latin1', 0, end < 0 ? message.length : end);
  const found = /^X-Sharedfate-Content: ([a-z]+) (-?\d+) (\d+)$/m.exec(headers.replaceAll('\r\n', '\n'));
  if (found === null) return undefined;
  return { nature: found[1]!, luck: Number(found[2]), number: Number(found[3]) };
};

const header = (name: string, value: string): string => {
  if (!/^[\x20-\x7e]*$/.test(value.replaceAll(',\r\n ', ', '))) {
    throw new TypeError(`header ${name}: ${JSON.stringify(value)} holds more than printable ASCII.`);
  }
  return `${name}: ${value}`;
};
