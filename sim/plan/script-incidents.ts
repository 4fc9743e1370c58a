// The words a script has for what goes wrong: one a kind of incident. Each still lacks its instant; `w.at`
// gives it one. What the fields mean is said in schema-incidents.ts.

import type { Duration, Rate } from './quantities.ts';
import {
  type IncidentInput, type ListOption, listOf, nameOf, type ReceiverRef, type RegisterRef, type TenantRef,
} from './script-parts.ts';

type Of<Kind extends IncidentInput['kind']> = Extract<IncidentInput, { readonly kind: Kind }>;
type Options<Kind extends IncidentInput['kind']> = Omit<Of<Kind>, 'kind' | 'at' | 'who' | 'list'>;
type WithList = { readonly list?: ListOption };
/** For so long; until the run ends, if left out. */
type Lasting<Kind extends IncidentInput['kind']> = Omit<Options<Kind>, 'length'> & {
  readonly length?: Duration;
};
/** For so long; for good, if left out. */
type Passing = { readonly length?: Duration };

/** Something that befalls the world, still without an instant; its length may be the rest of the run. */
export type IncidentDraft =
  IncidentInput extends infer Each ?
    Each extends IncidentInput ?
      Omit<Each, 'at' | 'length'> & { readonly length?: Duration | undefined }
    : never
  : never;

/** Incidents that go on until the run ends where their script says no length. */
export const goOn: readonly IncidentInput['kind'][] = ['compromised', 'infected', 'backscatter'];

/** A stolen account sends spam at `rate`; for `length`, or until the run ends. */
export const compromised = (who: TenantRef, options: Lasting<'compromised'> & WithList): IncidentDraft => {
  const { list, ...rest } = options;
  return { kind: 'compromised', who: whoOf(who), ...rest, ...listOf(list) };
};

/** Malware on a PC sends at `rate` through the accounts whose passwords it found. */
export const infected = (who: TenantRef, options: Lasting<'infected'> & WithList): IncidentDraft => {
  const { list, ...rest } = options;
  return { kind: 'infected', who: whoOf(who), ...rest, ...listOf(list) };
};

/**
 * A tenant mails a list it should not have, in one round or several; `provider` is the one receiver that all
 * of it is at.
 */
export const careless = (
  who: TenantRef,
  options: Omit<Options<'careless'>, 'provider'> & WithList & { readonly provider?: ReceiverRef },
): IncidentDraft => {
  const { list, provider, ...rest } = options;
  const at = provider === undefined ? {} : { provider: nameOf(provider) };
  return { kind: 'careless', who: whoOf(who), ...rest, ...at, ...listOf(list) };
};

/**
 * A tenant signs up to spam: behaves for `warmup` at `warmupRate`, then sends at `rate` for `length`, by one
 * of the tactics.
 */
export const spammer = (who: TenantRef, options: Options<'spammer'> & WithList): IncidentDraft => {
  const { list, ...rest } = options;
  return { kind: 'spammer', who: whoOf(who), ...rest, ...listOf(list) };
};

/** A tenant's autoresponder answers forged mail, to people and traps that never wrote. */
export const backscatter = (who: TenantRef, options: Lasting<'backscatter'>): IncidentDraft => ({
  kind: 'backscatter',
  who: whoOf(who),
  ...options,
});

/** A register changes its rule, from that instant on; for `length`, or for good. */
export const registerUpgrade = (
  register: RegisterRef,
  to: Of<'register-upgrade'>['to'],
  options: Passing = {},
): IncidentDraft => ({ kind: 'register-upgrade', register: nameOf(register), to, ...options });

/** A receiver changes its settings, from that instant on; for `length`, or for good. */
export const receiverUpgrade = (
  receiver: ReceiverRef,
  to: Omit<Of<'receiver-upgrade'>['to'], 'consults'> & { readonly consults?: readonly RegisterRef[] },
  options: Passing = {},
): IncidentDraft => {
  const { consults, ...rest } = to;
  const asked = consults === undefined ? {} : { consults: consults.map(nameOf) };
  return { kind: 'receiver-upgrade', receiver: nameOf(receiver), to: { ...rest, ...asked }, ...options };
};

/**
 * Something is wrong with a register, or with how it is asked; `receiver` is the one whose resolver or
 * settings suffer, all of them if left out.
 */
export const registerFault = (
  register: RegisterRef,
  fault: Of<'register-fault'>['fault'],
  options: { readonly length: Duration; readonly receiver?: ReceiverRef },
): IncidentDraft => {
  const { length, receiver } = options;
  const at = receiver === undefined ? {} : { receiver: nameOf(receiver) };
  return { kind: 'register-fault', register: nameOf(register), fault, length, ...at };
};

/** Addresses near ours, of somebody else, hit traps: a register that lists ranges may list ours with them. */
export const neighbour = (
  addresses: readonly string[],
  options: { readonly rate: Rate; readonly length: Duration },
): IncidentDraft => ({ kind: 'neighbour', addresses: [...addresses], ...options });

const whoOf = ({ group, member }: TenantRef) => ({ group, member });
