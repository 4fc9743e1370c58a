// What commander lets pass and a person would not have meant: an option given twice, of which the last would
// silently win, and an option that takes the next one for its value.

import type { Command } from 'commander';
import { UserMistake } from './faults.ts';

/** Has every command refuse both, before anything is done. */
export const assertOneValueEach = (program: Command): void => {
  for (const command of program.commands) {
    const given = new Map<string, string>();
    for (const { long, name, parseArg, required } of command.options.map(factsOf)) {
      if (!required) continue;
      command.on(`option:${name}`, (value: string) => {
        if (command.options.some((other) => other.long === value)) {
          throw new UserMistake(`${long} has ${value} for its value. Say what ${long} is to be, or drop it.`);
        }
        // One that gathers its values may be given again.
        if (parseArg !== undefined) return;
        const before = given.get(name);
        if (before !== undefined && before !== value) {
          throw new UserMistake(`${long} is given twice, as ${before} and ${value}; it takes one value.`);
        }
        given.set(name, value);
      });
    }
  }
};

const factsOf = (option: Command['options'][number]) => ({
  long: option.long ?? option.flags, name: option.name(), parseArg: option.parseArg,
  required: option.required,
});
