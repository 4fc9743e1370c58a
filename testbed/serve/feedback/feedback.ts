// What comes back to a served policy, put together: the mail system's log, complaints, registers, and the
// desk's own words. Each is looked at on its own, one look after the other.

import type { Ledger } from '../ledger.ts';
import type { Tell } from '../state-files.ts';
import { Complaints } from './complaints.ts';
import { takeDeskLine } from './desk-lines.ts';
import { Follow } from './follow.ts';
import { Outcomes, type OutcomeSettings } from './outcomes.ts';
import { RegisterPolls, type RegisterSource } from './register-polls.ts';

export interface FeedbackOptions extends OutcomeSettings {
  /** The header that says whose a message is. */
  readonly mark: string;
  readonly registers: readonly RegisterSource[];
  readonly registerEveryMs: number;
  readonly mailLog?: string;
  /** A maildir, or an mbox file. */
  readonly complaints?: string;
  readonly desk?: string;
}

interface Source {
  look(): Promise<void>;
  close?(): void | Promise<void>;
}

export interface Feedback {
  /** Looks at all of it now. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

/** How often files are looked at. */
const everyMs = 1_000;

/** Begins to look; `settle` writes down what was noted. */
export const startFeedback = (
  { ledger, settle }: { readonly ledger: Ledger; settle(): void }, options: FeedbackOptions, tell: Tell,
): Feedback => {
  const followed = (path: string, take: (line: string) => void): Follow =>
    new Follow({
      path, tell, from: ledger.memory.places.get(path),
      take(lines, place) {
        for (const line of lines) take(line);
        ledger.note({ kind: 'read', file: path, place });
        settle();
      },
    });
  const files: Source[] = [];
  if (options.mailLog !== undefined) {
    const outcomes = new Outcomes(ledger, options);
    files.push(followed(options.mailLog, (line) => outcomes.take(line)));
  }
  if (options.desk !== undefined) files.push(followed(options.desk, (line) => takeDeskLine(line, ledger)));
  if (options.complaints !== undefined) {
    files.push(new Complaints(options.complaints, options, ledger, settle));
  }
  const registers = new RegisterPolls(options.registers, options.addresses, ledger);
  const polls: Source = {
    async look() {
      await registers.look();
      settle();
    },
    close: () => registers.close(),
  };
  const looks = [
    ...files.map((source) => new Looks(source, everyMs)),
    ...(options.registers.length === 0 ? [] : [new Looks(polls, options.registerEveryMs)]),
  ];
  return {
    async look() {
      for (const one of looks) await one.now();
    },
    async stop() {
      await Promise.all(looks.map((one) => one.stop()));
      if (options.registers.length === 0) await registers.close();
    },
  };
};

/** Looks again and again, never twice at once. */
class Looks {
  readonly #source: Source;
  readonly #timer: NodeJS.Timeout;
  #underWay: Promise<void> | undefined;

  constructor(source: Source, pauseMs: number) {
    this.#source = source;
    this.#timer = setInterval(() => void this.now(), pauseMs);
    void this.now();
  }

  now(): Promise<void> {
    this.#underWay ??= this.#source.look().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#underWay;
    await this.#source.close?.();
  }
}
