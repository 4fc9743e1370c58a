// What comes back in a simulated run, written as a mail system writes it (Postfix's log, reports by mail, the
// desk's lines), is heard by a served policy as the simulated one heard it: field by field.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acceptEverything, type Signal } from '../../../../policy/index.ts';
import { Complaints } from '../../../../testbed/serve/feedback/complaints.ts';
import { takeDeskLine } from '../../../../testbed/serve/feedback/desk-lines.ts';
import { Outcomes } from '../../../../testbed/serve/feedback/outcomes.ts';
import { atWork } from '../at-work.ts';
import { grave, heardIn, login } from '../simulated.ts';
import { fate, hearing, line } from './listening.ts';
import { arf, bounceReport } from './reports.ts';

type Told = Extract<Signal, { readonly account: unknown; readonly receiver: unknown }>;

const settings = { mark: 'X-Whose', usualPool: 'shared', addresses: new Map([['shared', '192.0.2.10']]) };
const nameOf = (receiver: number): string => grave.receivers[receiver]!.name;
const isTold = (signal: Signal): boolean =>
  ['delivered', 'deferred', 'bounced', 'complained', 'suspended', 'released'].includes(signal.kind);
const isLate = (signal: Signal): signal is Signal & { readonly sent: number } => 'sent' in signal;
/** One message a delivery, named so that what comes later of it is told to be of it. */
const messageId = ({ account, receiver }: Told, sent: number): string =>
  `${account}.${receiver}.${sent}@platform.test`;

test('a served policy hears what a simulated one hears, from log, reports and desk', async () => {
  // In few runs does somebody complain; in this one, two do.
  const heard = heardIn(acceptEverything, grave, '39').filter(({ signal }) => isTold(signal));
  const served: Signal[] = [];
  const names = new Map(grave.receivers.map(({ name }) => [`mx.${name}.test`, name]));
  const at = await atWork(hearing(served), { receiverOf: (domain) => names.get(domain) ?? domain });
  const { ledger } = at.served;
  const outcomes = new Outcomes(ledger, settings);
  const folder = mkdtempSync(join(tmpdir(), 'sharedfate-feedback-'));
  for (const name of ['new', 'cur']) mkdirSync(join(folder, name));
  const reports = new Complaints(folder, settings, ledger, () => {});
  const take = (text: string): void => outcomes.take(text.trimEnd());
  const expected: Signal[] = [];
  for (const [index, { at: now, signal }] of heard.entries()) {
    const whose = login((signal as Told).tenant, (signal as Told).account);
    if (signal.kind === 'suspended' || signal.kind === 'released') {
      at.time.at = now;
      takeDeskLine(`${signal.kind === 'suspended' ? 'suspend' : 'release'} ${whose}`, ledger);
    } else {
      const told = signal as Told;
      const queue = `Q${String(index).padStart(6, '0')}`;
      const to = `b@mx.${nameOf(told.receiver)}.test`;
      const said = 'reply' in told ? told.reply : { code: 0, enhanced: '', text: '' };
      if (isLate(told)) {
        const original = `From: <${whose}>\r\nMessage-ID: <${messageId(told, told.sent)}>`;
        const words = `${said.code} ${said.enhanced} <b@mx>: Recipient address rejected: User unknown`;
        const report = told.kind === 'complained' ? arf(original, `Original-Rcpt-To: <${to}>`)
          : bounceReport(original, to, said.enhanced, words);
        at.time.at = now;
        writeFileSync(join(folder, 'new', String(index)), report);
        await reports.look();
      } else {
        // It came in some time before: what counts is when it was taken.
        take(line('smtpd', `${queue}: client=u[192.0.2.7], sasl_method=PLAIN, sasl_username=${whose}`));
        take(line('cleanup', `${queue}: message-id=<${messageId(told, now)}>`));
        at.time.at = now;
        const status = told.kind === 'delivered' ? 'sent' : told.kind;
        const words = told.kind === 'delivered' ? '250 2.0.0 Ok'
          : `host mx[192.0.2.9] said: ${said.code} ${said.enhanced} ${said.text} (in reply to DATA command)`;
        const dsn = said.enhanced === '' ? `${told.kind === 'bounced' ? 5 : 4}.0.0` : said.enhanced;
        take(fate(queue, to, told.kind === 'delivered' ? '2.0.0' : dsn, `${status} (${words})`));
      }
    }
    expected.push(signal);
  }
  const comparable = (signal: Signal, mine: boolean): unknown => {
    const { tenant, account, copies, reply, receiver, ...others } = signal as Told & Partial<
      Extract<Signal, { readonly kind: 'bounced' }>>;
    return {
      ...others, whose: mine ? ledger.memory.accounts.nameOf(account) : login(tenant, account),
      at: receiver === undefined ? '' : mine ? ledger.memory.receivers.nameOf(receiver) : nameOf(receiver),
      class: reply?.class,
    };
  };
  expect(served.map((signal) => comparable(signal, true)))
    .toEqual(expected.map((signal) => comparable(signal, false)));
  for (const kind of ['delivered', 'bounced', 'complained']) {
    expect(expected.filter((signal) => signal.kind === kind).length).toBeGreaterThan(0);
  }
  expect(expected.filter((signal) => signal.kind === 'bounced' && isLate(signal)).length).toBeGreaterThan(0);
  rmSync(folder, { recursive: true });
  await at.served.close();
});
