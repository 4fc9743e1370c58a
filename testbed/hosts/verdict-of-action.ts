// What an action of Postfix's access(5) means for a submission of the simulated world. docs/DAEMONS.md has
// the table.

import { pass, type Reason, severity, type Verdict } from '../../policy/index.ts';
import type { Action } from '../delegation/action.ts';

/** A daemon answered with an action that has no meaning here. */
export class UnknownActionError extends Error {
  override readonly name = 'UnknownActionError';
}

/** Rules that are told apart by their text; what a daemon says beyond goes by its action alone. */
const mostTexts = 64;

/** Puts the answers of one daemon into our words. */
export class ActionReader {
  readonly #module: string;
  readonly #texts = new Set<string>();

  /** `module` is the name that speaks for the daemon. */
  constructor(module: string) {
    this.#module = module;
  }

  /** Throws an UnknownActionError. */
  verdictOf({ verb, text }: Action): Verdict {
    const code = /^[45]\d\d$/.exec(verb)?.[0];
    if (code !== undefined) {
      return { kind: code.startsWith('4') ? 'defer' : 'reject', ...this.#why(verb, text) };
    }
    // A text of digits only is OK, says access(5).
    if (/^\d+$/.test(verb) && text === '') return pass;
    switch (verb) {
      // DEFER_IF_REJECT refuses only where a later restriction would, and there is none behind it.
      case 'OK': case 'DUNNO': case 'PERMIT': case 'PREPEND': case 'INFO': case 'BCC': case 'DEFER_IF_REJECT':
        return pass;
      case 'WARN':
        return { kind: 'alert', ...this.#why(verb, text) };
      case 'DEFER': case 'DEFER_IF_PERMIT':
        return { kind: 'defer', ...this.#why(verb, text) };
      // DISCARD tells the sender that all is well, and nobody gets it: for all others it is a refusal.
      case 'REJECT': case 'DISCARD':
        return { kind: 'reject', ...this.#why(verb, text) };
      // What is redirected goes to somebody else, who is to look at it.
      case 'HOLD': case 'REDIRECT':
        return { kind: 'hold', ...this.#why(verb, text) };
      case 'FILTER':
        return { kind: 'divert', pool: poolIn(text), ...this.#why(verb, text) };
      default:
        throw new UnknownActionError(
          `${this.#module} answered ${JSON.stringify(`${verb} ${text}`.trim().slice(0, 80))}, which is no ` +
            'action of access(5) that has a meaning here (docs/DAEMONS.md lists them)',
        );
    }
  }

  #why(verb: string, text: string): { readonly reason: Reason } {
    const words = text === '' ? verb : `${verb} ${text.slice(0, 80)}`;
    const isTold = this.#texts.has(words) || this.#texts.size < mostTexts;
    if (isTold) this.#texts.add(words);
    return { reason: { module: this.#module, rule: isTold ? words : verb, seen: 1, limit: 0 } };
  }
}

/** `smtp:high-risk`, `high-risk:` and `smtp:[high-risk]:25` all name the pool `high-risk`. */
const poolIn = (text: string): string => {
  const [transport = '', nextHop = ''] = text.split(/:(.*)/s);
  const name = /^\[?([^\]:]*)/.exec(nextHop)?.[1] ?? '';
  return name === '' ? transport : name;
};

/** The graver of two; the first where they are alike. */
export const graver = (one: Verdict, two: Verdict): Verdict =>
  severity.indexOf(two.kind) > severity.indexOf(one.kind) ? two : one;

/** Whether the client is refused, for now or for good. */
export const isRefusal = ({ kind }: Verdict): boolean =>
  kind === 'defer' || kind === 'reject' || kind === 'suspend';
