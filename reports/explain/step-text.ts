// One step of a tale as a sentence or two: what happened, to whose account, and for what reason.

import type { Step, StepOf, Tale } from '../../sim/telling/tale.ts';
import { count, listed, plural, printable, span } from '../format.ts';
import { buildUpText, limitText, ruleText, seenText } from './numbers.ts';

/** How an instant is said within a sentence: its clock alone where it is of the same day as another. */
export type DateOf = (at: number, near?: number) => string;

const until = (step: Step, dateOf: DateOf): string =>
  step.last - step.at < 1_000 ? '' : `, the last at ${dateOf(step.last, step.at)}`;

/** May be empty: then the step says nothing that others do not. */
export const stepText = (step: Step, tale: Tale, dateOf: DateOf): string => {
  switch (step.kind) {
    case 'told':
      return toldText(step, dateOf);
    case 'abuse':
      return 'Its first abusive message is handed in; ' +
        `${plural(step.count - 1, 'more follows', 'more follow')}${until(step, dateOf)}.`;
    case 'verdict':
      return verdictText(step, tale, dateOf);
    case 'dispatch':
      return dispatchText(step, dateOf);
    case 'escaped':
      return `Abuse gets out: ${plural(step.count, 'copy is', 'copies are')} accepted by ` +
        `${receiversText(step.receivers)}${until(step, dateOf)}.`;
    case 'signal':
      return signalText(step, dateOf);
    case 'trap':
      return `Its mail from ${step.address} hits ${plural(step.count, 'trap')} that ` +
        `${printable(step.register)} hears of${until(step, dateOf)}.`;
    case 'decision':
      return decisionText(step, tale);
    case 'refused':
      return refusedText(step, tale, dateOf);
    case 'case':
      return caseText(step, dateOf);
    case 'evidence':
      return evidenceText(step);
    case 'again':
      return 'Its own mail is let in again.';
    default:
      return step satisfies never;
  }
};

const caseText = (step: StepOf<'case'>, dateOf: DateOf): string => {
  if (step.took === null) return 'The desk has a case about it.';
  const about = step.about === 'the held' ? 'its held mail' : printable(step.about);
  const more = step.count === 1 ? '' : `, ${times(step.count)}${until(step, dateOf)}`;
  return `Somebody at the desk has worked ${span(step.took)} on ${about}${more}.`;
};

const receiversText = (names: readonly string[]): string =>
  names.length <= 3 ? listed(names.map(printable)) : `${names.slice(0, 2).map(printable).join(', ')} and ${
    count(names.length - 2)} other receivers`;

const toldText = (step: StepOf<'told'>, dateOf: DateOf): string => {
  const { lane, count: many } = step;
  const said = readable(printable(step.what));
  const more = many === 1 ? '' : `, ${times(many)}${until(step, dateOf)}`;
  if (lane === 'desk') return `The desk ${said}${more}.`;
  return lane === 'policy' ? `The policy ${said}${more}.` : `${said}${more}.`;
};

/** Numbers as people write them, where the timeline has `2.24e+4` or `30000`. */
const readable = (what: string): string =>
  what.replace(/(?<![\w.:/-])(?:\d(?:\.\d+)?e\+\d+|\d{5,9})(?![\w.:/-]*\w)/g, (number) =>
    count(Number(number)));

const verdictText = (step: StepOf<'verdict'>, tale: Tale, dateOf: DateOf): string => {
  const { abusive, rule, verdict, wanted } = step;
  const whose = abusive > 0 && wanted > 0 ? `${count(abusive)} abusive, ${count(wanted)} wanted` :
    wanted > 0 && tale.role !== 'innocent' ? 'wanted mail' : '';
  if (step.shut) {
    return `While it is shut, ${plural(step.count, 'message is', 'messages are')} turned back` +
      `${whose === '' ? '' : ` (${whose})`}${until(step, dateOf)}.`;
  }
  const does = deeds[verdict];
  const seen = seenText(rule, step.seen, step.limit);
  const most = step.most > step.seen * 1.05 ? `, having seen up to ${limitText(step.most, step.limit)}` : '';
  const again = step.count === 1 ? '' :
    ` It speaks on ${plural(step.count, 'message')}${whose === '' ? '' : ` (${whose})`}` +
    `${until(step, dateOf)}${most}.`;
  // Of abuse it goes without saying what it is made of, but for the rules that shut.
  const isOwn = step.goesBy === 'account' || step.goesBy === 'tenant';
  const isTold = wanted > 0 || verdict === 'suspend' || verdict === 'reject' || tale.role === 'careless';
  const madeOf = isOwn && isTold ? ` ${buildUpText(step.from, rule, (at) => dateOf(at, step.at))}` : '';
  const goes = isOwn ? '' : goesText[step.goesBy];
  const notices = step === firstWord(tale) ? 'The policy notices: ' : '';
  return `${notices}${ruleText(rule)} ${does}: ${seen}.${madeOf}${goes}${again}`;
};

/** The first verdict on abuse that was more than a count, and by what this tenant did. */
const firstWord = ({ onset, steps }: Tale): Step | undefined =>
  steps.find((step) => step.kind === 'verdict' && step.abusive > 0 && step.verdict !== 'shadow' &&
    step.at >= (onset ?? 0) && goesText[step.goesBy] === '');

/** Said of a rule that does not go by the account or tenant alone. */
const goesText: Readonly<Record<StepOf<'verdict'>['goesBy'], string>> = {
  'account': '', 'tenant': '', 'unknown': '',
  'tenant+receiver': " That goes by this tenant's mail to one receiver.",
  'receiver': ' That goes by the receiver, and not by this tenant alone.',
  'pool': ' That goes by the pool of addresses, and not by this tenant alone.',
  'platform': ' That goes by the whole platform, and not by this tenant alone.',
};

const deeds: Readonly<Record<StepOf<'verdict'>['verdict'], string>> = {
  pass: 'lets a message pass',
  shadow: 'would have spoken, being on trial (shadow)',
  alert: 'tells the desk, and lets the message go (alert)',
  divert: 'sends by another pool (divert)',
  pace: 'makes a message wait (pace)',
  defer: 'tells the account to come back later (defer)',
  hold: 'keeps a message for a person to look at (hold)',
  reject: 'refuses a message (reject)',
  suspend: 'shuts the account (suspend)',
};

const dispatchText = (step: StepOf<'dispatch'>, dateOf: DateOf): string =>
  `${ruleText(step.rule)} ${dispatches[step.said] ?? printable(step.said)} at dispatch, ` +
  `${times(step.count)}${until(step, dateOf)}.`;

const dispatches: Readonly<Record<string, string>> = {
  wait: 'lets mail wait in the queue', pool: 'sends mail by another pool', hold: 'holds its queue',
  avoid: 'avoids an address',
};

const times = (many: number): string => (many === 1 ? 'once' : `${count(many)} times`);

const signalWords: Readonly<Record<StepOf<'signal'>['signal'], readonly [one: string, many: string]>> = {
  'complained': ['complaint comes back', 'complaints come back'],
  'scanned': ['message is called spam by our own scan', 'messages are called spam by our own scan'],
  'trapped': ['message hits a trap of our own', 'messages hit traps of our own'],
  'login': ['login comes from a new place', 'logins come from new places'],
  'unknown user': ['copy bounces for an unknown user', 'copies bounce for unknown users'],
};

const signalText = (step: StepOf<'signal'>, dateOf: DateOf): string => {
  const [one, many] = signalWords[step.signal];
  return `The platform learns: ${plural(step.count, one, many)}${until(step, dateOf)}.`;
};

/** `14 hits: 12 its own and 2 by offices-12`; `3 hits, all by offices-109`. */
const partsText = (
  parts: StepOf<'decision'>['by'], [one, many]: readonly [string, string], tenant: string,
): string => {
  const all = parts.reduce((sum, part) => sum + part.count, 0);
  const whose = (part: (typeof parts)[number]): string =>
    part.tenant === '' ? 'reported by recipients'
    : part.tenant === tenant ? 'its own' : `by ${printable(part.tenant)}`;
  const total = plural(all, one, many);
  if (parts.length === 1) return `${total}, ${all === 1 ? '' : 'all '}${whose(parts[0]!)}`;
  return `${total}: ${listed(parts.map((part) => `${count(part.count)} ${whose(part)}`))}`;
};

const decisionText = (step: StepOf<'decision'>, { tenant }: Tale): string =>
  `${printable(step.register)} decides to list ${step.address}: ${printable(step.why)}. ` +
  whoseText(step, tenant);

/** Whose doing a listing was, where it is told for another's sake. */
export const whoseText = (step: StepOf<'decision'> | StepOf<'refused'>, tenant: string): string => {
  if (step.kind === 'decision' && step.by.length > 0) {
    return `Evidence against the address: ${partsText(step.by, ['hit', 'hits'], tenant)}.`;
  }
  return step.mail.length === 0 ? ''
    : `Bad mail from the address of late: ${partsText(step.mail, ['copy', 'copies'], tenant)}.`;
};

const refusedText = (step: StepOf<'refused'>, tale: Tale, dateOf: DateOf): string => {
  const why = step.register === '' ? 'by its own judgement of the address' : `for its listing on ${
    printable(step.register)}`;
  const { abusive, wanted } = step.own;
  const parts = [
    abusive > 0 ? `${count(abusive)} of its abuse` : '',
    wanted > 0 ? `${count(wanted)} of its own${tale.role === 'innocent' ? '' : ' wanted ones'}` : '',
    step.others > 0 ? `${count(step.others)} of ${plural(step.tenants, 'innocent tenant')}` : '',
  ].filter((part) => part !== '');
  const whose = step.register === '' && tale.role === 'innocent' ? ` ${whoseText(step, tale.tenant)}` : '';
  const messages = plural(abusive + wanted + step.others, 'message');
  const isRepeated = step.count > abusive + wanted + step.others;
  const tries = isRepeated ? ` in ${plural(step.count, 'try', 'tries')}` : '';
  return `${printable(step.receiver)} turns mail from ${step.address} away ${why}: ${messages}${tries} ` +
    `(${parts.join(', ')})${until(step, dateOf)}.${whose} It says: ${replyText(step.reply)}`;
};

const longestReply = 160;
/** Where a reply has no enhanced code, two spaces stand in its place. */
const replyText = (reply: string): string => {
  const text = printable(reply).replaceAll(/ {2,}/g, ' ');
  return text.length <= longestReply ? text : `${text.slice(0, longestReply - 1)}…`;
};

const evidenceText = (step: StepOf<'evidence'>): string => {
  const parts = [
    plural(step.copies, 'copy sent', 'copies sent'),
    step.unknownUsers > 0 ? plural(step.unknownUsers, 'unknown user') : '',
    step.complaints > 0 ? plural(step.complaints, 'complaint') : '',
    step.reports > 0 ? plural(step.reports, 'letter') : '',
    step.trapped > 0 ? plural(step.trapped, 'hit', 'hits').concat(' on our own traps') : '',
    step.scanned > 0 ? `${plural(step.scanned, 'message')} called spam` : '',
    step.logins > 0 ? `${plural(step.logins, 'login')} from new places` : '',
  ].filter((part) => part !== '');
  const over = step.over === '' ? '' : `It was looking into ${printable(step.over)}. `;
  return `${over}On record against it, of two days: ${listed(parts)}.`;
};
