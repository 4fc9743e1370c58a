// What a seed measured beside its metrics, for the report: days of each address, groups of tenants, and every
// word of the rules. Plain JSON; part of SeedResult.

/**
 * What the outside saw of one of our addresses, day by day (UTC), all receivers together; one number a day,
 * for at most 90 days. The warm-up is in it.
 */
export interface AddressDays {
  readonly address: string;
  readonly pool: string;
  /** Copies that receivers gave any reply to, tries after a deferral among them; and those accepted. */
  readonly tries: readonly number[];
  readonly accepted: readonly number[];
  /** Copies whose content a receiver looked at, and those of them it took for spam. */
  readonly looked: readonly number[];
  readonly spam: readonly number[];
  /** Presses of the button, on the day they were made, whether or not the receiver tells us of them. */
  readonly complaints: readonly number[];
  /** Copies that traps took, whoever watches them. */
  readonly traps: readonly number[];
}

/** How one group of tenants fared. Messages are wanted ones of innocents, but for the last two. */
export interface GroupRow {
  readonly group: string;
  /** Tenants without any fault; of these, refused, held or suspended by policy or desk; only slowed by it. */
  readonly innocents: number;
  readonly stopped: number;
  readonly slowed: number;
  /** Innocents of whose mail a receiver put off or refused anything for the address' sake. */
  readonly turnedAway: number;
  /** Tenants at fault in any way, and those of them that were blocked. */
  readonly guilty: number;
  readonly guiltyStopped: number;
  /** Those at fault without meaning harm, and those of them refused, held or suspended. */
  readonly careless: number;
  readonly carelessStopped: number;
  readonly submitted: number;
  readonly refused: number;
  readonly held: number;
  readonly deferred: number;
  readonly paced: number;
  /** Bounced for the address' sake. */
  readonly bounced: number;
  /** Abusive messages of faults that began in this group, and those of them a receiver accepted. */
  readonly abusive: number;
  readonly escaped: number;
}

/**
 * What every rule said of messages when they were first handed in, heard or not: the engine carries out the
 * gravest word alone. Messages of accounts that were shut are left out: no rule was asked. A rule on trial
 * (`shadow`) counts as having spoken.
 */
export interface HeardRules {
  /** Messages that the rules were asked about: abusive ones, and wanted ones of innocents. */
  readonly abusive: number;
  readonly innocent: number;
  readonly rules: readonly {
    /** `module rule`, as in RuleRow. */
    readonly rule: string;
    readonly abusive: number;
    readonly innocent: number;
    /** Those on which no other rule spoke. */
    readonly abusiveAlone: number;
    readonly innocentAlone: number;
  }[];
  /** Abusive messages on which both of two rules spoke. */
  readonly pairs: readonly { readonly one: string; readonly two: string; readonly abusive: number }[];
}
