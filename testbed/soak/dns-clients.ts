// DNS clients at work: they ask registers about addresses of which they know what is due.

import { DnsClient, DnsClientError } from '../dns-client.ts';
import type { Chance } from './chance.ts';
import type { Figures } from './figures.ts';
import { pause } from './load.ts';

export const zone = 'soak.rbl.test';

/** Every third address of a documentation range (RFC 5737) is listed. */
export const isListed = (address: string): boolean => Number(address.split('.')[3]) % 3 === 0;

export const addressOf = (place: number): string => `198.51.100.${1 + (place % 250)}`;

export interface DnsOptions {
  readonly port: number;
  readonly zone: string;
  readonly figures: Figures;
  readonly chance: Chance;
  readonly everyMs: number;
  readonly stop: AbortSignal;
}

/** Asks until it is stopped. */
export const lookUpOn = async ({ port, zone: asked, ...options }: DnsOptions): Promise<void> => {
  const { chance, everyMs, figures, stop } = options;
  const client = new DnsClient({ timeoutMs: 2_000, tries: 60 });
  while (!stop.aborted) {
    const address = addressOf(chance.below(250));
    try {
      const { codes } = await client.lookup(port, asked, address);
      figures.did('DNS answers');
      if ((codes.length > 0) !== isListed(address) || codes.some((code) => code !== '127.0.0.2')) {
        figures.fail(`${asked}: ${address} is answered [${codes.join()}]`);
      }
    } catch (error) {
      if (!(error instanceof DnsClientError)) throw error;
      // Two minutes in which nobody answers are no flood any more.
      figures.fail(error.message);
    }
    await pause(chance.around(everyMs), stop);
  }
  await client.close();
};
