// Hears every rule of a policy, and not only the gravest whose word is carried out: a rule that is never the
// gravest may do no work, and one that is always may do what another would have done as well. Each module is
// asked once, as ever, and the engine tells what it said; mail that passes leaves no note.

import type { Reason, Verdict } from '../../../policy/index.ts';
import type { HeardRules } from '../../result-measured.ts';
import type { Message } from '../platform/message.ts';
import type { World } from '../world.ts';

/** Rules that are told apart; a policy has some dozen. What further rules say is not counted. */
const mostRules = 32;

/** How often a rule spoke on messages when they were first handed in. */
interface Voice {
  readonly module: string;
  readonly rule: string;
  abusive: number;
  innocent: number;
  /** Messages on which it spoke and no other rule did. */
  abusiveAlone: number;
  innocentAlone: number;
}

export interface Ears {
  readonly voices: Voice[];
  /** By pair of rules, `first * mostRules + second` with first < second: abusive messages both spoke on. */
  readonly pairs: Int32Array;
  /** The rules that have spoken since the last message was counted, by place, and how many. */
  readonly spoke: Int32Array;
  count: number;
  /** Messages that the rules were asked about when first handed in: no account was shut. */
  abusive: number;
  innocent: number;
}

export const makeEars = (): Ears => ({
  voices: [], pairs: new Int32Array(mostRules * mostRules), spoke: new Int32Array(mostRules), count: 0,
  abusive: 0, innocent: 0,
});

/** To be given to the engine: notes what each module says. */
export const listener = (ears: Ears) => (said: Exclude<Verdict, { readonly kind: 'pass' }>): void =>
  note(ears, said.reason);

const note = (ears: Ears, { module, rule }: Reason): void => {
  const { voices, spoke } = ears;
  let place = 0;
  for (; place < voices.length; place += 1)
    if (voices[place]!.rule === rule && voices[place]!.module === module) break;
  if (place === mostRules) return;
  if (place === voices.length)
    voices.push({ module, rule, abusive: 0, innocent: 0, abusiveAlone: 0, innocentAlone: 0 });
  // A rule that judges each receiver of a message by itself may say the same of several.
  for (let index = 0; index < ears.count; index += 1) if (spoke[index] === place) return;
  spoke[ears.count] = place;
  ears.count += 1;
};

/**
 * Counts what was said of a message that has just been judged. `shutOut`: its account is shut, and no rule
 * was asked. A message that comes again after a deferral was counted before.
 */
export const countVoices = (world: World, message: Message, shutOut: boolean): void => {
  const { ears, counting } = world.tally;
  const { count, spoke, voices, pairs } = ears;
  ears.count = 0;
  if (!counting || shutOut || message.tries > 0) return;
  const isAbuse = message.abuse >= 0;
  if (!isAbuse && (message.nature !== 'wanted' || isAtFault(world, message))) return;
  if (isAbuse) ears.abusive += 1;
  else ears.innocent += 1;
  for (let index = 0; index < count; index += 1) {
    const one = spoke[index]!;
    const voice = voices[one]!;
    if (isAbuse) voice.abusive += 1;
    else voice.innocent += 1;
    if (count === 1 && isAbuse) voice.abusiveAlone += 1;
    else if (count === 1) voice.innocentAlone += 1;
    if (!isAbuse) continue;
    for (let other = index + 1; other < count; other += 1) {
      const two = spoke[other]!;
      pairs[Math.min(one, two) * mostRules + Math.max(one, two)]! += 1;
    }
  }
};

const isAtFault = (world: World, { actor }: Message): boolean =>
  world.notable[actor.tenant] === 1 && actor.account.tenant.culprit !== null;

export const heardOf = ({ tally: { ears } }: World): HeardRules => ({
  abusive: ears.abusive,
  innocent: ears.innocent,
  rules: ears.voices.map(({ module, rule, ...counts }) => ({ rule: `${module} ${rule}`, ...counts })),
  pairs: ears.voices.flatMap((one, first) =>
    ears.voices.slice(first + 1).map((two, index) => ({
      one: `${one.module} ${one.rule}`,
      two: `${two.module} ${two.rule}`,
      abusive: ears.pairs[first * mostRules + first + 1 + index]!,
    })).filter(({ abusive }) => abusive > 0)),
});
