// A spammer signs up, behaves for a while, and spams: all at once, slowly, over several accounts, or as one
// customer after another.

import { type Milliseconds, hours, later, milliseconds } from '../../../policy/index.ts';
import type { IncidentPlan } from '../../plan/schema.ts';
import { exponentialFrom } from '../../samplers.ts';
import { luckNumber } from '../luck-number.ts';
import { tell } from '../measures/tally.ts';
import { purpose } from '../purposes.ts';
import { type Account, tenantName } from '../senders/cast.ts';
import type { World } from '../world.ts';
import { attack, type Attacker, makeAttacker, personNotices, spareAccounts } from './attacker.ts';
import { accountOf, accuse, choose, incidentName } from './culprits.ts';

type Spammer = Extract<IncidentPlan, { kind: 'spammer' }>;

/** Mean time from one sign-up to the next of a spammer who comes as several customers; an assumption. */
const meanSignUpGap = hours(8);

export const signUpSpammer = (world: World, incident: Spammer, index: number): void => {
  const first = accountOf(world, incident.who, index);
  const fronts = frontsOf(world, incident, index, first);
  const attacker = makeAttacker(
    world,
    incident,
    index,
    { cause: 'spammer', noticesAfter: personNotices, logsIn: false, signsUp: true, source: 'tenant' },
    spareAccounts(world, incident, index, fronts.flatMap(({ accounts }) => accounts)),
  );
  const used = fronts.reduce((sum, { accounts }) => sum + accounts.length, 0);
  for (const front of fronts) putUp(world, incident, attacker, front, used);
};

/** One customer whom a spammer poses as: the accounts he uses of it, and when he signs up. */
interface Front {
  readonly accounts: readonly Account[];
  readonly signUp: Milliseconds;
}

const frontsOf = (world: World, incident: Spammer, index: number, first: Account): readonly Front[] => {
  const signUp = world.agenda.now;
  const { tenant } = first;
  switch (incident.tactic) {
    case 'blast':
    case 'drip':
      return [{ accounts: [first], signUp }];
    case 'accounts': {
      const others = tenant.accounts.filter((account) => account !== first);
      return [{ accounts: [first, ...others].slice(0, incident.spread), signUp }];
    }
    case 'tenants': {
      const name = incidentName(world, index);
      const others = choose(world, tenant.group, name, incident.spread + 1)
        .filter((one) => one !== tenant && one.culprit === null)
        .slice(0, incident.spread - 1);
      let at: Milliseconds = signUp;
      return [first, ...others.map((one) => one.accounts[0]!)].map((account, number) => {
        const drawn = world.luck.draw(luckNumber(name), number, purpose.attackerNotices);
        if (number > 0) at = later(at, milliseconds(Math.round(meanSignUpGap * exponentialFrom(drawn))));
        return { accounts: [account], signUp: at };
      });
    }
    default:
      return incident.tactic satisfies never;
  }
};

const putUp = (
  world: World, incident: Spammer, attacker: Attacker, { accounts, signUp }: Front, used: number,
): void => {
  const { warmup, warmupRate, rate, length, list, tactic } = incident;
  const { tenant } = accounts[0]!;
  tenant.since = signUp;
  const blast = later(signUp, warmup);
  const culprit = accuse(world, accounts[0]!, 'spammer', blast);
  culprit.accounts.push(...accounts.slice(1));
  for (const account of accounts) {
    if (warmupRate > 0) {
      const warming = { start: signUp, end: blast, perHour: warmupRate / used };
      attack(world, attacker, warming, {
        account, culprit: null, truth: 'feigned', list: { kind: 'opt-in' },
      });
    }
    const blasting = { start: blast, end: later(blast, length), perHour: rate / used };
    const evenly = tactic === 'drip';
    attack(world, attacker, { ...blasting, evenly }, { account, culprit, truth: 'abusive', list });
  }
  tell(world, 'tenant', tenantName(tenant), `${tenantName(tenant)} signs up and warms up`);
};
