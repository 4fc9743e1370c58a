// The law of limits as wholes: who is stricter lets less through, message by message.

import fc from 'fast-check';
import { type Milliseconds, type Module, type PolicyEngine, severity } from '../policy/index.ts';
import { submissionOf, submitted } from './build.ts';
import { check, holds } from './judging.ts';
import { engineOf, gap, rankOf } from './traffic.ts';

/**
 * A stricter module lets no more through in all than a looser one does of the same single-recipient messages.
 * (With messages of many recipients it can: who refuses a large one has room for several small ones.)
 */
export const assertStricterLetsLessThrough = (
  loose: () => Module<object>, strict: () => Module<object>,
): void => {
  const traffic = fc.array(fc.tuple(gap, fc.nat({ max: 30 })), { maxLength: 80, size: 'max' });
  const wave = (engine: PolicyEngine, sent: readonly (readonly [number, number])[]): number[] => {
    let now = 0;
    let passed = 0;
    return sent.map(([wait, recipient]) => {
      now += wait;
      const submission = submissionOf({ recipients: [recipient] });
      const verdict = engine.decide(submission, now as Milliseconds);
      engine.learn(submitted(submission, verdict), now as Milliseconds);
      return passed += rankOf(verdict) <= severity.indexOf('pace') ? 1 : 0;
    });
  };
  check(fc.property(traffic, (sent) => {
    const more = wave(engineOf(loose()), sent);
    wave(engineOf(strict()), sent).forEach((passed, at) =>
      holds(`a stricter limit lets no more through: ${passed} and ${more[at]!}`, passed <= more[at]!));
  }));
};
