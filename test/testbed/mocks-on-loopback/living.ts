// A small world as living mocks, for tests: started, closed after each test, asked over HTTP and DNS.

import { request } from 'node:http';
import packet, { type DecodedPacket } from 'dns-packet';
import { afterEach } from 'vitest';
import { zoneName } from '../../../mocks/index.ts';
import { acceptEverything } from '../../../policy/index.ts';
import { readPlan } from '../../../sim/index.ts';
import type { PlanInput } from '../../../sim/plan/schema.ts';
import { type Mocks, type MocksOptions, startMocks } from '../../../testbed/mocks-on-loopback/start.ts';
import { overUdp, query } from '../../mocks/raw-dns.ts';

export const input: PlanInput = {
  title: 'living mocks', question: 'do they live?', length: '10d',
  pools: [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.11'] }],
  registers: [
    { name: 'psbl', preset: 'psbl', coverage: '100%' },
    { name: 'css', preset: 'spamhaus-css', coverage: '100%' },
    { name: 'dbl', preset: 'spamhaus-dbl', coverage: '100%' },
  ],
  receivers: [
    { name: 'small', preset: 'small-postfix', share: '50%', consults: ['psbl'] },
    { name: 'gmail', preset: 'gmail', share: '50%' },
  ],
  tenants: [{ name: 'offices', count: 4, pool: 'shared', stream: { kind: 'office', perDay: 40 } }],
  incidents: [
    { kind: 'register-upgrade', at: '2d', register: 'psbl', to: { expiry: '1d' } },
    { kind: 'register-fault', at: '3d', register: 'css', fault: 'refused', length: '2h' },
  ],
};

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

export const alsoClose = <One extends { close(): unknown }>(one: One): One => {
  opened.push(one);
  return one;
};

export const startLiving = async (options: Partial<MocksOptions> = {}): Promise<Mocks> =>
  alsoClose(await startMocks({
    plan: readPlan(options.input ?? input, 'living'), input: options.input ?? input, seed: '1',
    policy: acceptEverything, traces: new Map(), recipients: 'people', quiet: true, speed: 0,
    onError: (error) => {
      throw error;
    },
    ...options,
  }));

export const portOf = ({ receivers }: Mocks, name: string): number =>
  receivers.find((one) => one.name === name)!.port;

/** What a register's zone says of an address over DNS: its codes, or the response code. */
export const lookUp = async ({ dnsPort }: Mocks, register: string, address: string) => {
  const name = zoneName(address, `${register}.rbl.test`);
  const reply: DecodedPacket = packet.decode(await overUdp(dnsPort, query(name, 'A')));
  const codes = (reply.answers ?? []).flatMap((one) => (one.type === 'A' ? [one.data] : []));
  return codes.length > 0 ? codes : (reply.flags ?? 0) & 0xf;
};

export interface Said {
  readonly status: number;
  // Tests read it as they know it to be.
  readonly body: Record<string, never> & { readonly error?: string };
}

/** One request to the control; headers may be ones that `fetch` would not send. */
export const control = (
  { control: url }: Mocks, path: string, body?: unknown,
  { method = body === undefined ? 'GET' : 'POST', headers = {} as Record<string, string> } = {},
): Promise<Said> =>
  new Promise((resolve, reject) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const asked = request(`${url}${path}`, {
      method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    }, (response) => {
      let heard = '';
      response.on('data', (chunk) => (heard += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, body: JSON.parse(heard || '{}') }));
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : text);
  });

/** A request that must succeed. */
export const done = async (mocks: Mocks, path: string, body?: unknown): Promise<Said['body']> => {
  const { status, body: said } = await control(mocks, path, body);
  if (status !== 200) throw new Error(`${path}: ${status} ${said.error}`);
  return said;
};

interface State {
  readonly clock: { readonly ms: number };
  readonly registers: readonly {
    readonly name: string; readonly listed: readonly string[]; readonly queries: number;
    readonly faults: readonly string[]; readonly rule: { readonly expiry: number };
  }[];
  readonly receivers: readonly {
    readonly name: string; readonly messages: number; readonly copies: number; readonly open: number;
    readonly connections: number; readonly replies: Readonly<Record<string, number>>;
  }[];
}

export const stateOf = async (mocks: Mocks): Promise<State> =>
  (await done(mocks, '/')) as unknown as State;
