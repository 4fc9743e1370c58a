// What the table of presets keeps of one run: a few figures, each null where it does not apply.

import type { SeedResult } from '../sim/index.ts';

/** Figures of one run. Times in milliseconds; a block that never came has `blocked: false` and no time. */
export interface Values {
  readonly blocked: boolean | null;
  readonly timeToBlock: number | null;
  readonly escaped: number;
  /** Share of innocent tenants refused, held or shut at least once. */
  readonly tenantsHit: number | null;
  /** Share of wanted mail that policy or desk refused, held or deferred. */
  readonly mailHit: number | null;
  /** Share of wanted mail that receivers turned away for the address. */
  readonly bounced: number | null;
  readonly listedHours: number;
  /** Wanted messages lost, whoever lost them. */
  readonly lost: number;
  readonly deskHours: number;
}

export interface Cell {
  readonly scenario: string;
  /** Hash of the plan: a figure of an older plan is not taken for one of this. */
  readonly plan: string;
  readonly preset: string;
  readonly seed: string;
  readonly values: Values;
}

export type Kept = Map<string, Cell>;

export const measured = ({ metrics }: SeedResult): Values => {
  const value = (name: keyof typeof metrics): number | null => metrics[name].value;
  const mail = ['fp.messages.rejected', 'fp.messages.held', 'fp.messages.deferred'] as const;
  const parts = mail.map(value);
  const block = metrics['time_to_block'];
  return {
    blocked: block.value === null ? null : block.observed,
    timeToBlock: block.observed ? block.value : null,
    escaped: value('escaped') ?? 0,
    tenantsHit: value('fp.tenants'),
    mailHit: parts.includes(null) ? null : parts.reduce<number>((sum, part) => sum + part!, 0),
    bounced: value('collateral.bounced.share'),
    listedHours: value('listed_hours') ?? 0,
    lost: value('wanted.lost') ?? 0,
    deskHours: value('desk.hours') ?? 0,
  };
};
