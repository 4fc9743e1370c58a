// Looks at processes from outside, as Linux shows them: memory and open files, when they had warmed up, at
// the end, and at most.

import { readdirSync, readFileSync } from 'node:fs';

interface Sight {
  readonly megabytes: number;
  readonly files: number;
}

/** What a process holds now; undefined where it has gone, or where there is no /proc. */
const sightOf = (pid: number): Sight | undefined => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const found = /^VmRSS:\s+(\d+) kB/m.exec(status);
    // A process that has ended and was not waited for yet holds nothing, which is no sight of it.
    if (found === null) return undefined;
    return { megabytes: Math.round(Number(found[1]) / 1_024), files: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return undefined;
  }
};

interface Watched {
  readonly begun: number;
  readonly warmUpMs: number;
  readonly pid: number;
  first?: Sight;
  last?: Sight;
  /** Of all processes of that name. */
  most: Sight;
}

export class Watch {
  readonly #watched = new Map<string, Watched>();
  readonly #warmUpMs: number;

  /** Code is compiled and caches are filled until then; what is held afterwards is the beginning. */
  constructor(warmUpMs: number) {
    this.#warmUpMs = warmUpMs;
  }

  /** The process of that name from now on. */
  begin(name: string, pid: number, warmUpMs = this.#warmUpMs): void {
    const most = this.#watched.get(name)?.most ?? { megabytes: 0, files: 0 };
    this.#watched.set(name, { pid, begun: performance.now(), warmUpMs, most });
  }

  look(): void {
    for (const one of this.#watched.values()) {
      const sight = sightOf(one.pid);
      if (sight === undefined) continue;
      one.most = {
        megabytes: Math.max(one.most.megabytes, sight.megabytes),
        files: Math.max(one.most.files, sight.files),
      };
      if (performance.now() - one.begun < one.warmUpMs) continue;
      one.first ??= sight;
      one.last = sight;
    }
  }

  /** A line of what it held first, last and at most; and whether it has grown by no more than that. */
  account(name: string, bounds: Sight): { readonly text: string; readonly isKept: boolean } {
    this.look();
    const found = this.#watched.get(name);
    if (found === undefined) return { text: `${name}: not seen`, isKept: true };
    const { first = found.most, last = found.most, most } = found;
    const [megabytes, files] = [last.megabytes - first.megabytes, last.files - first.files];
    return {
      text: `${name}: ${shown(first)} at first, ${shown(last)} at the end, ${shown(most)} at most`,
      isKept: megabytes <= bounds.megabytes && files <= bounds.files,
    };
  }
}

const shown = ({ files, megabytes }: Sight): string => `${megabytes} MB and ${files} files`;
