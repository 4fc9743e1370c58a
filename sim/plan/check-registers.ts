// What can be wrong with a register's rule: fields its model knows nothing of, a version nobody published,
// spans of no length.

import { type RegisterPreset, registerPreset } from '../presets/index.ts';
import { checkAboveZero, type Draft, timeText } from './draft.ts';
import { nearest } from './nearest.ts';
import { type Mistake, offer, shownValue } from './problems.ts';
import { heededBy, type RuleChange, type RuleField, versionsOf } from './rules.ts';

export const checkRegister = (register: Draft['registers'][number], index: number): readonly Mistake[] =>
  register === undefined ? [] : (
    checkRule(registerPreset(register.preset), register.rule, `registers[${index}].rule`)
  );

/** A rule, or the change of one, held against what this register can do. */
export const checkRule = (preset: RegisterPreset, rule: RuleChange, path: string): readonly Mistake[] => {
  const known = heededBy(preset);
  const fields = Object.entries(rule).filter(([, value]) => value !== undefined) as [RuleField, unknown][];
  return fields.flatMap(([field, value]) => {
    const at = `${path}.${field}`;
    if (!known.includes(field)) return [unheeded(preset, known, at)];
    if (field === 'version') return checkVersion(preset, String(value), at);
    if (field === 'window' || field === 'expiry') return checkAboveZero(Number(value), at, '');
    return [];
  });
};

const unheeded = (preset: RegisterPreset, known: readonly RuleField[], path: string): Mistake => ({
  path,
  saw: `means nothing to "${preset.id}", which decides by "${preset.model}"`,
  allowed: known.length === 0 ? 'its rule has nothing to set' : `its rule has ${known.join(', ')}`,
  advice: preset.model === 'union' ? 'Change the rules of its members.' : '',
});

const checkVersion = (preset: RegisterPreset, version: string, path: string): readonly Mistake[] => {
  const known = versionsOf(preset);
  if (known.includes(version)) return [];
  const allowed = `it is one of ${known.map((one) => `"${one}"`).join(', ')}`;
  const near = nearest(version, known);
  const advice = near === undefined ? '' : offer(near, known, 'version');
  return [{ path, saw: `is ${shownValue(version)}`, allowed, advice }];
};

/** A field as a plan would write it, for errors that name what is in force already. */
export const fieldText = (field: string, value: unknown): string => {
  if (['window', 'expiry', 'greylist'].includes(field)) return `${field} ${timeText(Number(value))}`;
  const shares = ['coverage', 'minRatio', 'caught', 'wrong', 'unknownUsers', 'complaints'];
  if (shares.includes(field)) return `${field} ${Number((Number(value) * 100).toFixed(6))}%`;
  return `${field} ${Array.isArray(value) ? value.join(' and ') : String(value)}`;
};
