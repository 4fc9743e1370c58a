// Where a daemon listens: a Unix socket, or a port of loopback. Nothing here connects anywhere else.

import { createConnection, type Socket } from 'node:net';

export type Endpoint =
  | { readonly path: string }
  | { readonly host: string; readonly port: number };

export const endpointText = (endpoint: Endpoint): string =>
  'path' in endpoint ? `unix:${endpoint.path}`
  : endpoint.host.includes(':') ? `[${endpoint.host}]:${endpoint.port}`
  : `${endpoint.host}:${endpoint.port}`;

/**
 * What `127.0.0.1:10040`, `[::1]:10040` or `unix:/path` says. Throws a RangeError for anything else, and for
 * an address that is not loopback.
 */
export const readEndpoint = (text: string): Endpoint => {
  const path = /^(?:unix:)?(\/.+)$/.exec(text)?.[1];
  if (path !== undefined) return { path };
  const found = /^(?:\[([\da-f:]+)\]|([\d.]+|localhost)):(\d{1,5})$/i.exec(text);
  const port = Number(found?.[3]);
  if (found === null || port < 1 || port > 65_535) {
    const shown = JSON.stringify(text);
    throw new RangeError(`${shown} is no place; expected 127.0.0.1:10040 or unix:/path/to/socket`);
  }
  const name = found[1] ?? found[2]!;
  const host = name.toLowerCase() === 'localhost' ? '127.0.0.1' : name;
  if (host !== '::1' && !/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)) {
    throw new RangeError(`${host} is not a loopback address (127.0.0.0/8 or ::1); nothing else is asked`);
  }
  return { host, port };
};

export const connectTo = (endpoint: Endpoint): Socket => createConnection({ ...endpoint });
