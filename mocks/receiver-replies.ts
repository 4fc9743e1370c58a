// How a receiver's answers become what smtp-server sends: a refusal is an error with a code, and a text
// carries the one enhanced code that is meant.

import type { Reply } from '../policy/index.ts';

/** What a peer is told where the behaviour has thrown. */
export const broken: Reply = {
  code: 451, enhanced: '4.3.0', text: 'local error in processing', class: 'transient',
};

export const refuses = (reply: Reply | null): reply is Reply => reply !== null && reply.code >= 400;

/**
 * The error by which smtp-server sends a refusal: its code, and its text with the one enhanced code in front.
 */
export const refusal = (reply: Reply | null): Error | null =>
  refuses(reply) ? Object.assign(new Error(spoken(reply)), { responseCode: reply.code }) : null;

/**
 * A reply's text as it goes out. smtp-server adds an enhanced code of its own only where it is told to
 * advertise ENHANCEDSTATUSCODES, which we leave off, so that the code sent is ours; a text that already
 * begins with it keeps one.
 */
export const spoken = ({ enhanced, text }: Reply): string =>
  enhanced === '' ? text
  : text
      .split('\n')
      .map((line) => (`${line} `.startsWith(`${enhanced} `) ? line : `${enhanced} ${line}`.trimEnd()))
      .join('\n');
