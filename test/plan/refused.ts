// A change that spoils the good plan in one way, and the one line in which that is told.

import { expect, test } from 'vitest';
import { spoilt } from './sample.ts';

export type Change = Parameters<typeof spoilt>[0];
type Row = readonly [what: string, change: Change, line: string];

export const holds = (rows: readonly Row[]): void => {
  test.each(rows)('%s', (_what, change, line) => {
    const lines = spoilt(change);
    expect(lines.join('\n')).toContain(`x.ts: ${line}`);
    expect(lines).toHaveLength(1);
  });
};
