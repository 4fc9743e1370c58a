// The way in: a message is handed to the platform, the policy judges it, and the verdict is carried out.

import { minutes, ModuleFault, type PoolName, type Verdict } from '../../../policy/index.ts';
import type { Actor } from '../senders/cast.ts';
import { isShut, shut } from '../desk/accounts.ts';
import { alertAbout } from '../desk/alerts.ts';
import { keepForReading } from '../desk/held-mail.ts';
import { noticeShut } from '../desk/tickets.ts';
import { noticeRefusal } from '../incidents/attacker.ts';
import type { PolicyHost } from '../ports.ts';
import type { Message } from './message.ts';
import { enqueue } from './outbound.ts';
import { hasPool } from './pools.ts';
import { waitUntil } from './putting-off.ts';
import { scan } from './signals.ts';
import { addAbuse, noteShutOut } from '../measures/abuse-record.ts';
import { countRefused, countSubmitted, finish } from '../measures/tally.ts';
import { countVerdict } from '../measures/verdict-tally.ts';
import type { World } from '../world.ts';
import { natureOf } from '../senders/habits/campaign.ts';
import { compose } from '../senders/arrivals.ts';

/**
 * A deferred client tries again a quarter of an hour later (mail programs and small relays do so between 5
 * and 30 minutes).
 */
const clientRetry = minutes(15);

/**
 * An actor's message is due: it is written and handed in. A promise comes back only where a host of foreign
 * software is asked first.
 */
export const submitNew = (world: World, actor: Actor): void | Promise<void> => {
  const number = actor.count;
  const submission = compose(world, actor);
  const now = world.agenda.now;
  const { culprit, habit, truth } = actor;
  const nature = truth === 'unwanted' && habit.kind === 'campaign' ? natureOf(habit, number) : truth;
  const isAbuse = culprit !== null && nature !== 'wanted';
  const message: Message = {
    domain: submission.nullSender ? -1 : submission.tenant, nature, luck: actor.id, number,
    submission, actor, since: now, abuse: isAbuse ? addAbuse(culprit.abuse, now) : -1,
    tries: 0, open: 0, delivered: 0, held: false, kept: false, pool: submission.pool, delayed: false,
    left: false, counted: world.tally.counting, putOff: false, turnedAway: false, rerouted: false,
  };
  world.ledger.addSent(submission.account, now, submission.recipients.length);
  countSubmitted(world, message);
  return judge(world, message);
};

/**
 * Asks the policy and does as it says, once its host and the mail server, where there are such, have their
 * answers.
 */
export const judge = (world: World, message: Message): void | Promise<void> => {
  if (world.host !== null || world.transport.handIn !== undefined) return askOthers(world, message);
  judgeNow(world, message);
};

/** Who is shut cannot log in to submit, so nobody is asked about it. */
const askOthers = async (world: World, message: Message): Promise<void> => {
  if (!isShut(world, message.actor.account)) {
    if (world.host !== null) await askHost(world, world.host, message);
    await world.transport.handIn?.(message);
  }
  judgeNow(world, message);
};

const askHost = (world: World, host: PolicyHost, message: Message): Promise<void> =>
  host.ask(message.submission, world.agenda.now).catch((cause: unknown) => {
    throw new ModuleFault(host.name, 'decide', cause);
  });

const judgeNow = (world: World, message: Message): void => {
  const { submission } = message;
  const now = world.agenda.now;
  const verdict = world.engine.decide(submission, now);
  const { tenant, account } = submission;
  world.engine.learn({ kind: 'submitted', tenant, account, submission, verdict }, now);
  countVerdict(world, message, verdict);
  if (isLetIn(verdict)) scan(world, message);
  carryOut(world, message, verdict);
  if (verdict.kind !== 'pass' && hasAlert(verdict)) alertAbout(world, message.actor.account);
};

/** Its content is handed over: the verdict does not refuse it before that. */
const isLetIn = ({ kind }: Verdict): boolean => kind !== 'defer' && kind !== 'reject' && kind !== 'suspend';

const carryOut = (world: World, message: Message, verdict: Verdict): void => {
  const { submission, actor } = message;
  switch (verdict.kind) {
    case 'pass':
    case 'shadow':
    case 'alert':
      return enqueue(world, message, submission.pool);
    case 'divert':
      divert(world, message, verdict.pool);
      return enqueue(world, message, message.pool);
    case 'pace':
      if (verdict.pool !== undefined) divert(world, message, verdict.pool);
      world.agenda.after(waitUntil(world, verdict.until), { kind: 'release', message });
      return;
    case 'defer':
      if (message.tries >= actor.patience) return refuse(world, message);
      message.tries += 1;
      world.agenda.after(clientRetry, { kind: 'resubmission', message });
      return;
    case 'hold':
      message.held = true;
      if (verdict.pool !== undefined) divert(world, message, verdict.pool);
      keepForReading(world, message);
      return;
    case 'reject':
      return refuse(world, message);
    case 'suspend':
      refuse(world, message);
      for (const account of verdict.scope === 'account' ? [actor.account] : actor.account.tenant.accounts) {
        shut(world, account, verdict.reason, 'policy');
      }
      return;
    default:
      return verdict satisfies never;
  }
};

const divert = (world: World, message: Message, pool: PoolName): void => {
  if (hasPool(world, pool)) message.pool = pool;
};

/** Whether any rule of the policy asks the desk to look at the account. */
const hasAlert = (verdict: Exclude<Verdict, { readonly kind: 'pass' }>): boolean =>
  verdict.kind === 'alert' ||
  (verdict.also !== undefined && verdict.also.some(({ kind }) => kind === 'alert'));

/** The message goes back to whoever wrote it. */
const refuse = (world: World, message: Message): void => {
  countRefused(world, message);
  noticeRefusal(world, message);
  if (isShut(world, message.actor.account)) {
    noticeShut(world, message);
    noticeShutOut(world, message);
  }
  finish(world, message, 'refused');
};

/** Where a culprit has no account left that is open, its mail stays away from now on, by more than luck. */
const noticeShutOut = (world: World, { abuse, actor: { culprit } }: Message): void => {
  if (culprit === null || abuse < 0) return;
  if (culprit.accounts.every((account) => isShut(world, account))) noteShutOut(culprit.abuse, abuse);
};

/** A paced or held message may go; the account may have been shut meanwhile, and then it waits for that. */
export const release = (world: World, message: Message): void => {
  message.held = false;
  enqueue(world, message, message.pool);
};
