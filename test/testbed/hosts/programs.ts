// Whether a host can be started here; where not, one line says what is missing and how to install it.

import type { Program } from '../../../testbed/hosts/host.ts';

export const canRun = (what: string, { missing }: { missing(): readonly Program[] }): boolean => {
  const lacking = missing();
  if (lacking.length === 0) return true;
  const list = lacking.map(({ name, install }) => `${name} (${install})`).join(', ');
  console.log(`skipped: ${what} needs ${list}`);
  return false;
};
