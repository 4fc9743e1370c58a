// The control endpoint of living mocks: HTTP and JSON on loopback. Requests are carried out one after the
// other. It serves programs and people on this machine, never web pages: a page that some browser here shows
// cannot reach it, whatever name it makes loopback go by.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopback } from '../../mocks/index.ts';
import { nearest } from '../../sim/index.ts';
import { offer, shownValue } from '../../sim/plan/problems.ts';
import { ControlMistake, type Fields } from './mistakes.ts';

/** Carries a request out. What it returns is sent as JSON; a ControlMistake is told with its status. */
export interface ControlDesk {
  /** What `GET /` says. */
  state(): object;
  /** Verbs of `POST`, by path without the slash. */
  readonly verbs: readonly string[];
  carryOut(verb: string, fields: Fields): object | Promise<object>;
  /** Hears of a fault of ours; the asker is told 500. */
  onError(error: unknown): void;
}

export interface Control {
  readonly port: number;
  close(): Promise<void>;
}

/** Bytes of a request; any that makes sense is far shorter. */
const longestRequest = 65_536;

/** A request that takes longer than this to arrive is cut off. */
const slowestMs = 10_000;

/** Starts it on a loopback address; rejects with the system's error where the port cannot be had. */
export const startControl = async (host: string, port: number, desk: ControlDesk): Promise<Control> => {
  let last: Promise<unknown> = Promise.resolve();
  const patience = { requestTimeout: slowestMs, headersTimeout: slowestMs };
  const server = createServer(patience, (request, response) => {
    last = last.then(() => answer(request, response, desk)).catch(() => undefined);
  });
  // Askers that break off or speak no HTTP are no concern of ours.
  server.on('clientError', (_error, socket) => socket.destroy());
  server.listen(port, host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) };
};

const closed = async (server: Server): Promise<void> => {
  const end = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await end;
};

const answer = async (
  request: IncomingMessage, response: ServerResponse, desk: ControlDesk,
): Promise<void> => {
  let status = 200;
  let body: object;
  try {
    demandLocal(request);
    body = await carryOut(request, desk);
  } catch (error) {
    if (!(error instanceof ControlMistake)) desk.onError(error);
    status = error instanceof ControlMistake ? error.status : 500;
    body = { error: error instanceof Error ? error.message : String(error) };
  }
  const text = `${JSON.stringify(body, null, 2)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store', 'x-content-type-options': 'nosniff',
    ...(status === 405 ? { allow: 'GET, POST' } : {}), ...(status === 413 ? { connection: 'close' } : {}),
  });
  response.end(request.method === 'HEAD' ? '' : text);
};

/**
 * Refuses what a web page may have sent: it comes with an Origin, or by a name that was made to mean this
 * machine. Throws a ControlMistake.
 */
const demandLocal = ({ headers }: IncomingMessage): void => {
  const host = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  if (host !== 'localhost' && !isLoopback(host)) {
    const asked = shownValue(headers.host ?? '');
    throw new ControlMistake(403, `Host is ${asked}; it is a loopback address or localhost.`);
  }
  const { origin } = headers;
  if (origin !== undefined)
    throw new ControlMistake(403, `Origin is ${shownValue(origin)}; web pages are not let in.`);
};

const carryOut = async (request: IncomingMessage, desk: ControlDesk): Promise<object> => {
  const path = (request.url ?? '/').split('?')[0]!;
  const verb = path.slice(1);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (path === '/' && isRead) return desk.state();
  if (!desk.verbs.includes(verb)) {
    const known = desk.verbs.map((one) => `/${one}`);
    const advice = path === '/' ? 'GET reads it.' : offer(nearest(path, known), ['/', ...known], 'path');
    const status = path === '/' ? 405 : 404;
    throw new ControlMistake(status, `${request.method} ${shownValue(path)} is nothing here. ${advice}`);
  }
  if (request.method !== 'POST')
    throw new ControlMistake(405, `${request.method} is not for ${path}; POST it, with JSON.`);
  return desk.carryOut(verb, await fieldsOf(request));
};

const fieldsOf = async (request: IncomingMessage): Promise<Fields> => {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim();
  if (type !== 'application/json') {
    const seen = shownValue(type);
    throw new ControlMistake(400, `content-type is ${seen}; it is application/json (curl --json '{...}').`);
  }
  let text = '';
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestRequest)
      throw new ControlMistake(413, `the request is longer than ${longestRequest} bytes.`);
    text += chunk.toString('latin1');
  }
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(text, 'latin1').toString());
  } catch (error) {
    throw new ControlMistake(400, `the request is not JSON: ${(error as Error).message}.`);
  }
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Fields;
  throw new ControlMistake(400, `the request is ${shownValue(read)}; it is a record such as {"by":"1h"}.`);
};
