// The desk looks all our addresses up on all registers. An error of the query is no news: neither a listing
// nor the end of one.

import { assign } from './caseload.ts';
import type { ZoneAnswer } from '../ports.ts';
import type { Register } from '../registers/register.ts';
import { meaningOf } from '../registers/zone.ts';
import { tell } from '../measures/tally.ts';
import type { World } from '../world.ts';

/** Asks about every address and register, through our resolver's cache. */
export const poll = (world: World): void | Promise<void> => {
  const due: { register: Register; address: number }[] = [];
  for (const register of world.registers) {
    const { until } = world.desk.believes[register.id]!;
    for (let address = 0; address < world.ips.length; address += 1) {
      if (until[address]! <= world.agenda.now) due.push({ register, address });
    }
  }
  world.agenda.after(world.plan.desk.poll, { kind: 'poll' }, 3);
  const answers = due.map(({ register, address }) => world.transport.ask(register, address));
  const take = (said: readonly ZoneAnswer[]): void => {
    for (const [index, { register, address }] of due.entries())
      believe(world, register, address, said[index]!);
  };
  return answers.some((answer) => answer instanceof Promise)
    ? Promise.all(answers).then(take)
    : take(answers as ZoneAnswer[]);
};

/**
 * What an answer says by the register's own account of its codes: praise and neutral words are no listing,
 * and no record is none. Of errors of the query, of answers from outside 127/8 (a domain that somebody else
 * owns by now), of timeouts and of refusals nothing follows.
 */
export const reading = (
  register: Register, { codes, failure }: ZoneAnswer,
): 'listed' | 'not listed' | 'unknown' => {
  if (failure !== 'none') return 'unknown';
  const meanings = codes.map((code) => meaningOf(register, code));
  if (meanings.includes('listed')) return 'listed';
  const isSense = meanings.every((meaning) => meaning !== 'error' && meaning !== 'foreign');
  return isSense ? 'not listed' : 'unknown';
};

/** An address that is back so soon after it came off is no new case, only more of the old; an assumption. */
const sameCase = 12 * 3_600_000;

const believe = (world: World, register: Register, address: number, answer: ZoneAnswer): void => {
  const { until, listed, since, freed } = world.desk.believes[register.id]!;
  const said = reading(register, answer);
  // No answer is nothing to keep: the next poll asks again.
  if (answer.failure === 'none') until[address] = world.agenda.now + answer.ttlS * 1_000;
  if (said === 'unknown') return;
  const now = said === 'listed' ? 1 : 0;
  if (listed[address] === now) return;
  listed[address] = now;
  if (now === 0) freed[address] = world.agenda.now;
  else {
    since[address] = world.agenda.now;
    if (world.agenda.now - freed[address]! > sameCase) world.desk.told[address]!.clear();
  }
  const kind = now === 1 ? 'listed' : 'delisted';
  world.engine.learn(
    { kind, pool: world.poolOf[address]!, address: world.ips[address]!, register: register.name },
    world.agenda.now,
  );
  tell(world, 'desk', register.name, `sees ${world.ips[address]!} ${kind} on ${register.name}`);
  if (now === 1) assign(world, { kind: 'listing', register, address, looks: 0 });
};
