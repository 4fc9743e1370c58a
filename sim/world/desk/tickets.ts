// Tenants whose mail is refused write in, some of them, after a while; fewer where the desk has told them how
// it stands. What they write of their own accord is news to a desk that has not looked at its logs.

import { milliseconds } from '../../../policy/index.ts';
import { tell } from '../measures/tally.ts';
import { delayOf, drawDelay } from '../platform/delays.ts';
import type { Message } from '../platform/message.ts';
import type { Envelope } from '../platform/outbound.ts';
import { purpose } from '../purposes.ts';
import { type Account, tenantName } from '../senders/cast.ts';
import type { World } from '../world.ts';
import { assign } from './caseload.ts';

/** Share of bounced messages whose writer turns to the platform's support; an assumption. */
const writesIn = 0.1;
/** Of those who would, the share that does although a notice says that it is known; an assumption. */
const writesAllTheSame = 0.25;
/** A notice or an answer counts for so long; an assumption. */
const newsMs = 3 * 86_400_000;

const ticketDelay = delayOf('tenant-ticket');

/** A copy bounced for the address' sake. Bulk mail has no writer who would notice. */
export const noticeBounce = (world: World, { message, address }: Envelope): void => {
  const { submission, actor, luck, number } = message;
  if (submission.list !== 0 || submission.nullSender || message.nature !== 'wanted') return;
  const drawn = world.luck.draw(luck, number, purpose.ticket);
  if (drawn >= writesIn) return;
  const { tickets, toldAt } = world.desk;
  const told = Math.max(toldAt[address]!, tickets.get(submission.tenant)?.answeredAt ?? -newsMs);
  if (world.agenda.now - told < newsMs && drawn >= writesIn * writesAllTheSame) return;
  const known = tickets.get(submission.tenant);
  if (known?.open === true) return;
  if (known === undefined) tickets.set(submission.tenant, { open: true, answeredAt: -newsMs });
  else known.open = true;
  const one = world.luck.draw(luck, number, purpose.ticketDelay, 0);
  const two = world.luck.draw(luck, number, purpose.ticketDelay, 1);
  world.agenda.after(drawDelay(ticketDelay, one, two), {
    kind: 'desk-mail', mail: { kind: 'ticket', account: actor.account },
  });
};

/** A ticket has come in. */
export const hearTicket = (world: World, account: Account): void => {
  if (world.tally.counting) world.tally.labour.tickets += 1;
  assign(world, { kind: 'ticket', account });
};

/** Somebody answers it, and looks into the addresses of the tenant's pool that its mail is refused from. */
export const answerTicket = (world: World, { tenant }: Account): void => {
  const { desk, agenda } = world;
  desk.tickets.set(tenant.id, { open: false, answeredAt: agenda.now });
  tell(world, 'desk', tenantName(tenant), `tells ${tenantName(tenant)} how it stands`);
  for (const address of world.pools.get(tenant.pool)!.addresses) {
    const { loud, known, addresses } = desk.refusals;
    const isNews = world.receivers.some(({ id }) => {
      const place = id * addresses + address;
      return loud[place]! > 0 && known[place] === 0;
    });
    if (isNews) assign(world, { kind: 'address', address });
  }
};

/** The owner of a shut account notices when its mail is refused, and writes in about as soon. */
export const noticeShut = (world: World, { actor, luck, number, submission }: Message): void => {
  const { account } = actor;
  // A thief's mail is not the owner's, and nobody misses an autoreply; a spammer appeals like any other.
  const cause = actor.culprit?.cause;
  if (cause === 'compromised' || cause === 'infected' || submission.nullSender) return;
  if (world.desk.appealing.has(account.id) || world.desk.closed.has(account.tenant.id)) return;
  world.desk.appealing.add(account.id);
  const one = world.luck.draw(luck, number, purpose.appealDelay, 0);
  const two = world.luck.draw(luck, number, purpose.appealDelay, 1);
  world.agenda.after(milliseconds(drawDelay(ticketDelay, one, two)), { kind: 'appeal', account });
};
