// What people say to the policy, a line each in a file that is followed: who is to be shut, and who may send
// again.

import type { Ledger } from '../ledger.ts';

/** Takes `release <login>` or `suspend <login>`; empty lines and those that begin with # are passed over. */
export const takeDeskLine = (line: string, ledger: Ledger): void => {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return;
  const [, does, login] = /^(release|suspend)\s+(\S+)$/.exec(text) ?? [];
  if (does === undefined || login === undefined) {
    const shown = JSON.stringify(text.slice(0, 80));
    return ledger.tell(`${shown} is no word for the policy; expected release <login> or suspend <login>.`);
  }
  const known = ledger.knownAccount(login);
  if (known === undefined && does === 'release') {
    return ledger.tell(`${login} is no account that was ever seen; nobody is released.`);
  }
  const account = known ?? ledger.account(login.toLowerCase());
  ledger.note({ kind: 'desk', does: does as 'suspend' | 'release', account });
  ledger.tell(`${login} is ${does === 'release' ? 'released' : 'suspended'}.`);
};
