// Asks registers about our addresses, now and then, and tells the policy when an address is listed or no
// longer is. What is no clear answer changes nothing: an error code of a register is never a listing.

import { DnsClient } from '../../dns-client.ts';
import type { Ledger } from '../ledger.ts';

export interface RegisterSource {
  readonly zone: string;
  /** Loopback: a register's own server here, or a resolver of this machine. */
  readonly host: string;
  readonly port: number;
}

export class RegisterPolls {
  readonly #registers: readonly (RegisterSource & { readonly client: DnsClient })[];
  readonly #addresses: ReadonlyMap<string, string>;
  readonly #ledger: Ledger;
  /** What was said of a register that does not answer soundly, so that it is said once. */
  readonly #trouble = new Map<string, string>();

  /** `addresses` are by pool. */
  constructor(registers: readonly RegisterSource[], addresses: ReadonlyMap<string, string>, ledger: Ledger) {
    this.#registers = registers.map((register) =>
      ({ ...register, client: new DnsClient({ host: register.host, recursion: true }) }));
    [this.#addresses, this.#ledger] = [addresses, ledger];
  }

  /** Asks each register about each address. Rejects never. */
  async look(): Promise<void> {
    for (const { client, port, zone } of this.#registers) {
      const trouble = await this.#ask(client, port, zone);
      if (trouble !== undefined && this.#trouble.get(zone) !== trouble) {
        this.#ledger.tell(`register ${zone}: ${trouble}; nothing is believed of it meanwhile.`);
      }
      if (trouble === undefined) this.#trouble.delete(zone);
      else this.#trouble.set(zone, trouble);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#registers.map(({ client }) => client.close()));
  }

  async #ask(client: DnsClient, port: number, zone: string): Promise<string | undefined> {
    try {
      // A register that lists this one lists the world (RFC 5782, 5).
      const { codes: probed } = await client.lookup(port, zone, '127.0.0.1');
      if (isListed(probed)) return 'it lists 127.0.0.1, so it lists everything';
      for (const [pool, address] of this.#addresses) {
        const { codes } = await client.lookup(port, zone, address);
        const strange = codes.find((code) => !isListed([code]));
        if (strange !== undefined) return `it answers ${strange}, which is no listing`;
        const before = this.#ledger.memory.listed.has(`${zone} ${address}`);
        if (codes.length > 0 === before) continue;
        this.#ledger.hear({ kind: before ? 'delisted' : 'listed', pool, address, register: zone });
      }
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }
}

/** In 127.0.0.0/8 (RFC 5782, 2.1), but not in 127.255.255.0/24, Spamhaus's word to askers it refuses. */
const isListed = (codes: readonly string[]): boolean =>
  codes.some((code) => code.startsWith('127.') && !code.startsWith('127.255.255.'));
