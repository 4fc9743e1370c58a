// The answer to a request of policy delegation: an action of Postfix's access(5), in one attribute.

import { type Attributes, carried, DelegationError } from './attributes.ts';

/** An action, such as `DEFER_IF_PERMIT` with the text `4.7.1 too much mail`. */
export interface Action {
  /** In upper case, as `450` or `DUNNO`. */
  readonly verb: string;
  /** What follows it; empty where nothing does. */
  readonly text: string;
}

/** A whole reply, with its empty line. Throws a DelegationError for text that the protocol cannot carry. */
export const writeAction = ({ verb, text }: Action): string =>
  `action=${verb}${text === '' ? '' : ` ${carried('action', text)}`}\n\n`;

/** The action of a reply. Throws a DelegationError where it has none. */
export const readAction = (attributes: Attributes): Action => {
  const said = attributes.get('action')?.trim();
  if (said === undefined || said === '') {
    const names = [...attributes.keys()].map((name) => JSON.stringify(name)).join(', ');
    throw new DelegationError(`policy delegation: the reply holds ${names} and no action.`);
  }
  const gap = said.search(/\s/);
  return gap < 0
    ? { verb: said.toUpperCase(), text: '' }
    : { verb: said.slice(0, gap).toUpperCase(), text: said.slice(gap).trim() };
};
