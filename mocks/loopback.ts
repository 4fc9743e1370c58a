// Where the mocks may listen and what they say when they cannot: only a literal loopback address will do,
// since a host name could be made to mean any machine.

import { isIPv4 } from 'node:net';

export type MockServerProblem = 'not-loopback' | 'port-busy' | 'cannot-listen' | 'bad-zone';

/** Why a mock server could not be started: `code` for programs, the message for people. */
export class MockServerError extends Error {
  override readonly name = 'MockServerError';
  readonly code: MockServerProblem;

  constructor(code: MockServerProblem, message: string) {
    super(message);
    this.code = code;
  }
}

/** True for an address of 127.0.0.0/8 and for ::1, as literals; a host name is never taken for loopback. */
export const isLoopback = (host: string): boolean =>
  host === '::1' || (isIPv4(host) && host.startsWith('127.'));

/** Throws a MockServerError (`not-loopback`) that names the server unless the host is loopback. */
export const demandLoopback = (who: string, host: string): void => {
  if (isLoopback(host)) return;
  throw new MockServerError(
    'not-loopback',
    `${who}: ${host} is not a loopback address; mocks listen on 127.0.0.0/8 or ::1 only. Leave the host out.`,
  );
};

/** The error of a server that could not listen, in words. */
export const cannotListen = (
  who: string, host: string, port: number, error: NodeJS.ErrnoException,
): MockServerError =>
  error.code === 'EADDRINUSE'
    ? new MockServerError(
        'port-busy',
        `${who}: port ${port} of ${host} is busy. ` +
          'Stop the program that has it, or give port 0 to get a free one.',
      )
    : new MockServerError('cannot-listen', `${who}: cannot listen on ${host}:${port}: ${error.message}.`);
