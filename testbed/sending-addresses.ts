// Which simulated address a connection on loopback stands for. The client enters its own port as soon as it
// has one; the mock at the other end looks it up by the ports it sees, on any system, even before the
// greeting.

/**
 * What a connection is known by at both ends. The client's port alone is not enough: two servers may see the
 * same one.
 */
export interface Ends {
  /** The port the client connects from. */
  readonly port: number;
  /** The port it connects to. */
  readonly serverPort: number;
}

/**
 * A server may hear of a connection before the client itself does, but not by this much, however busy the
 * machine.
 */
const longestWaitMs = 30_000;

export class SendingAddresses {
  readonly #known = new Map<string, { readonly address: string }>();
  readonly #waiting = new Map<string, ((address: string) => void)[]>();

  /** Enters a connection; call what is returned when it closes. */
  enter(ends: Ends, address: string): () => void {
    const name = nameOf(ends);
    const entry = { address };
    this.#known.set(name, entry);
    for (const tell of this.#waiting.get(name) ?? []) tell(address);
    this.#waiting.delete(name);
    return () => {
      // A later connection may have got the same port already.
      if (this.#known.get(name) === entry) this.#known.delete(name);
    };
  }

  /**
   * The simulated address; waits where the client has yet to enter it, and rejects where it does not in half
   * a minute.
   */
  of(ends: Ends): string | Promise<string> {
    const name = nameOf(ends);
    const entry = this.#known.get(name);
    if (entry !== undefined) return entry.address;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(name);
        reject(new Error(`port ${ends.port}, connected to ${ends.serverPort}, stands for no known address.`));
      }, longestWaitMs);
      const tell = (address: string) => {
        clearTimeout(timer);
        resolve(address);
      };
      this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), tell]);
    });
  }
}

const nameOf = ({ port, serverPort }: Ends): string => `${port}>${serverPort}`;
