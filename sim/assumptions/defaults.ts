// Numbers of a plan that stand at our defaults, which nobody published. A plan that means them says so by
// another number; one that says the very default cannot be told from one that says nothing.

import type { IncidentPlan, Plan, StreamPlan } from '../plan/schema.ts';
import type { Assumption, Sway } from './assumption.ts';
import { type Cast, takesTraps } from './cast.ts';

interface Default {
  readonly where: string;
  readonly what: string;
  readonly sway: Sway;
  readonly value: number;
  /** For people, with its unit. */
  readonly text: string;
  /** All values of it in a plan that matter to a result. */
  readonly found: (cast: Cast) => readonly number[];
}

const hour = 3_600_000;
const minute = 60_000;

const ofStreams = <Kind extends StreamPlan['kind']>(
  kind: Kind, get: (stream: Extract<StreamPlan, { readonly kind: Kind }>) => number,
) => ({ plan }: Cast): readonly number[] =>
  plan.tenants.flatMap(({ stream }) =>
    stream.kind === kind ? [get(stream as Extract<StreamPlan, { readonly kind: Kind }>)] : []);

const ofIncidents = <Kind extends IncidentPlan['kind']>(
  kinds: readonly Kind[],
  get: (incident: Extract<IncidentPlan, { readonly kind: Kind }>) => readonly number[],
) => ({ plan }: Cast): readonly number[] =>
  plan.incidents.flatMap((incident) =>
    (kinds as readonly string[]).includes(incident.kind)
      ? get(incident as Extract<IncidentPlan, { readonly kind: Kind }>) : []);

const ofDesk = (get: (desk: Plan['desk']) => number) => ({ plan }: Cast): readonly number[] =>
  plan.desk.staff > 0 ? [get(plan.desk)] : [];
const ofSignals = (get: (signals: Plan['signals']) => number) => ({ plan }: Cast): readonly number[] =>
  [get(plan.signals)];

export const defaults: readonly Default[] = [
  {
    where: 'registers.coverage', what: 'share of traps that report to a register', sway: 5,
    value: 0.25, text: '25 %',
    found: ({ plan, registers }) =>
      registers.some(({ preset }) => takesTraps(preset))
        ? plan.registers.map(({ coverage }) => coverage) : [],
  },
  {
    where: 'signals.contentCaught', what: 'share of abuse that our own scan recognises', sway: 5,
    value: 0.7, text: '70 %', found: ofSignals(({ contentCaught }) => contentCaught),
  },
  {
    where: 'signals.contentWrong', what: 'share of other mail that our own scan calls spam', sway: 4,
    value: 0.002, text: '0.2 %', found: ofSignals(({ contentWrong }) => contentWrong),
  },
  {
    where: 'signals.contentByText', what: 'share of the messages of one text that our own scan judges alike',
    sway: 4, value: 0.9, text: '90 %', found: ofSignals(({ contentByText }) => contentByText),
  },
  {
    where: 'signals.newText', what: 'how long an attacker keeps to one text', sway: 3, value: 24 * hour,
    text: '1 day', found: ofSignals(({ newText }) => newText),
  },
  {
    where: 'signals.loginSeen', what: 'share of break-ins that show as a login from a new place', sway: 4,
    value: 0.6, text: '60 %',
    found: (cast) => ofIncidents(['compromised'], ({ how }) =>
      how === 'weak-password' ? [cast.plan.signals.loginSeen] : [])(cast),
  },
  {
    where: 'signals.ownTraps', what: 'share of traps that are our own', sway: 4,
    value: 0.05, text: '5 %', found: ofSignals(({ ownTraps }) => ownTraps),
  },
  {
    where: 'desk.staff', what: 'people at the desk', sway: 3, value: 2, text: '2',
    found: ofDesk(({ staff }) => staff),
  },
  {
    where: 'desk.opens', what: 'hour at which the desk opens', sway: 3, value: 8 * hour, text: '08:00 UTC',
    found: ofDesk(({ opens }) => opens),
  },
  {
    where: 'desk.closes', what: 'hour at which the desk closes', sway: 3, value: 18 * hour, text: '18:00 UTC',
    found: ofDesk(({ closes }) => closes),
  },
  {
    where: 'desk.poll', what: 'time between looks at the registers', sway: 3,
    value: 15 * minute, text: '15 min',
    found: (cast) => cast.plan.registers.length === 0 ? [] : ofDesk(({ poll }) => poll)(cast),
  },
  {
    where: 'desk.caseWork', what: 'mean work on a case', sway: 3, value: 40 * minute, text: '40 min',
    found: ofDesk(({ caseWork }) => caseWork),
  },
  {
    where: 'desk.appealWork', what: 'mean work on an appeal', sway: 2, value: 20 * minute, text: '20 min',
    found: ofDesk(({ appealWork }) => appealWork),
  },
  {
    where: 'desk.workSpread', what: 'spread (log) of the work on a case', sway: 2, value: 1, text: '1',
    found: ofDesk(({ workSpread }) => workSpread),
  },
  {
    where: 'desk.rightly', what: 'share of accounts that a person judges rightly', sway: 3,
    value: 0.97, text: '97 %', found: ofDesk(({ rightly }) => rightly),
  },
  {
    where: 'tenants.stream.book', what: 'addresses an office account writes to again and again', sway: 2,
    value: 150, text: '150', found: ofStreams('office', ({ book }) => book),
  },
  {
    where: 'tenants.stream.newcomers', what: 'share of recipients new to an office account', sway: 3,
    value: 0.06, text: '6 %', found: ofStreams('office', ({ newcomers }) => newcomers),
  },
  {
    where: 'tenants.stream.recipients', what: 'mean recipients of an office message', sway: 2,
    value: 1.3, text: '1.3', found: ofStreams('office', ({ recipients }) => recipients),
  },
  {
    where: 'tenants.stream.returning', what: 'share of shop mail to somebody written to before', sway: 2,
    value: 0.25, text: '25 %', found: ofStreams('shop', ({ returning }) => returning),
  },
  {
    where: 'incidents.ramp', what: 'time in which an attack reaches its rate', sway: 3,
    value: 15 * minute, text: '15 min', found: ofIncidents(['compromised'], ({ ramp }) => [ramp]),
  },
  {
    where: 'incidents.pause', what: 'time that an attacker who pauses stays away', sway: 3,
    value: 12 * hour, text: '12 h',
    found: ofIncidents(['compromised', 'infected', 'spammer'], ({ pause, whenBlocked }) =>
      whenBlocked === 'pause' ? [pause] : []),
  },
  {
    where: 'incidents.warmup', what: 'time that a spammer behaves after his sign-up', sway: 3,
    value: 72 * hour, text: '3 d', found: ofIncidents(['spammer'], ({ warmup }) => [warmup]),
  },
  {
    where: 'incidents.traps', what: 'share of forged senders that are backscatter traps', sway: 4,
    value: 0.02, text: '2 %', found: ofIncidents(['backscatter'], ({ traps }) => [traps]),
  },
];

export const assumedOfPlan = (cast: Cast): readonly Assumption[] =>
  defaults
    .filter(({ found, value }) => found(cast).includes(value))
    .map(({ sway, text, what, where }) =>
      ({ part: 'plan', sway, name: where, what, value: text, where: 'our default', why: '' }));
