// What of a policy does nothing behind a policy server as it is set up: modules that shape attempts, which
// Postfix does not ask about, and modules that wait for news which nobody brings.

import type { Policy, SignalKind } from '../../policy/index.ts';

export interface Sources {
  readonly mailLog?: string;
  readonly complaints?: string;
  readonly desk?: string;
  readonly register: readonly string[];
}

/** What brings each kind of news, as an option; undefined for what always comes, empty for what never can. */
const optionFor = (kind: SignalKind): string | undefined => {
  switch (kind) {
    case 'submitted':
    case 'suspended':
    case 'released': return undefined;
    case 'delivered':
    case 'deferred':
    case 'bounced': return '--mail-log';
    case 'complained': return '--complaints';
    case 'listed':
    case 'delisted': return '--register';
    default: return '';
  }
};

/** One line for each kind of silence; none where all of the policy is at work. */
export const silentParts = ({ modules }: Policy, given: Sources): readonly string[] => {
  const has = (option: string): boolean =>
    option === '--mail-log' ? given.mailLog !== undefined
    : option === '--complaints' ? given.complaints !== undefined : given.register.length > 0;
  const waiting = new Map<string, string[]>();
  for (const { hears, name } of modules) {
    const options = new Set((hears ?? []).map(optionFor).filter((option) => option !== undefined));
    for (const option of options) {
      if (option !== '' && has(option)) continue;
      const names = waiting.get(option) ?? [];
      waiting.set(option, [...names, name]);
    }
  }
  const lines = [...waiting].map(([option, names]) =>
    option === '' ? `${names.join(', ')}: hears of things that no mail system tells us (docs/SERVING.md).`
    : `${names.join(', ')}: waits for news that only ${option} brings.`);
  const shaping = modules.filter(({ dispatch }) => dispatch !== undefined).map(({ name }) => name);
  if (shaping.length === 0) return lines;
  return [...lines, `${shaping.join(', ')}: also shapes attempts, about which Postfix asks nobody.`];
};
