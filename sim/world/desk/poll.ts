// The desk looks all our addresses up on all registers. An error of the query is no news: neither a listing
// nor the end of one.

import { assign } from './caseload.ts';
import type { ZoneAnswer } from '../ports.ts';
import type { Register } from '../registers/register.ts';
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
 * What an answer says: a code within 127/8 is a listing and no record is none; but 127.255.255.0/24 is an error
 * of the query (registers.json, protocol, error-range), and anything outside 127/8 a domain that somebody else
 * owns by now. Of those, of timeouts and of refusals nothing follows.
 */
export const reading = ({ codes, failure }: ZoneAnswer): 'listed' | 'not listed' | 'unknown' => {
  if (failure !== 'none') return 'unknown';
  if (codes.length === 0) return 'not listed';
  return codes.some((code) => code.startsWith('127.') && !code.startsWith('127.255.255.'))
    ? 'listed'
    : 'unknown';
};

const believe = (world: World, register: Register, address: number, answer: ZoneAnswer): void => {
  const { until, listed } = world.desk.believes[register.id]!;
  const said = reading(answer);
  // No answer is nothing to keep: the next poll asks again.
  if (answer.failure === 'none') until[address] = world.agenda.now + answer.ttlS * 1_000;
  if (said === 'unknown') return;
  const now = said === 'listed' ? 1 : 0;
  if (listed[address] === now) return;
  listed[address] = now;
  const kind = now === 1 ? 'listed' : 'delisted';
  world.engine.learn(
    { kind, pool: world.poolOf[address]!, address: world.ips[address]!, register: register.name },
    world.agenda.now,
  );
  tell(world, 'desk', register.name, `sees ${world.ips[address]!} ${kind} on ${register.name}`);
  if (now === 1) assign(world, { kind: 'listing', register, address, looks: 0 });
};
