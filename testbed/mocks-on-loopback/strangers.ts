// How real mail is read into a world: whose address it comes from, which domain wrote it, who is behind a
// recipient, what the content is like. What the world itself wrote is read as it was meant; all else goes by
// rules that whoever sends can choose by (docs/MOCKS.md).

import type { ReceivedMessage } from '../../mocks/index.ts';
import type { AddressKey } from '../../policy/index.ts';
import { type Mail, readAddress, type World } from '../../sim/index.ts';
import { lists, type ListKind } from '../../sim/presets/lists.ts';
import { luckNumber } from '../../sim/world/luck-number.ts';
import type { SpaceId } from '../../sim/world/senders/addresses.ts';
import type { Truth } from '../../sim/world/senders/cast.ts';
import { readContent } from '../message.ts';

/** Words that a local part may begin with, to say who is behind it. */
export const fates = ['unknown', 'full', 'pristine', 'recycled', 'typo', 'parked', 'backscatter'] as const;
type Fate = (typeof fates)[number];

/** What recipients are like that no rule tells of: all people, or as on a list, by luck. */
export type Recipients = 'people' | ListKind;
export const recipientKinds: readonly Recipients[] = ['people', ...(Object.keys(lists) as ListKind[])];

const fateOf = new RegExp(`^(${fates.join('|')}|complains)(?![a-z])`);

/** Nobody but those the word names. */
const nobody = { unknown: 0, full: 0, pristine: 0, recycled: 0, typo: 0, parked: 0, backscatter: 0 };

/** Mailboxes that a name can stand for; two names share one with a chance of 1 in 268 million. */
const mailboxes = 268_435_456;

/** Sending domains of strangers have numbers from here on, past those of any tenant. */
const firstDomain = 100_000_000;
const domains = 1_000_000_000;

const natures: readonly Truth[] = ['wanted', 'unwanted', 'abusive', 'feigned'];

/** SpamAssassin's test string, by which filters show that they work: "generic test for unsolicited bulk". */
const gtube = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X';

export class Strangers {
  readonly #world: World;
  readonly #spaces: Readonly<Record<Fate | 'person', SpaceId>>;
  readonly #indices: ReadonlyMap<string, number>;

  constructor(world: World, recipients: Recipients) {
    const open = (fate: Fate): [Fate, SpaceId] =>
      [fate, world.addresses.open('mixed', { kind: 'clean', ...nobody, [fate]: 1 }, -1, luckNumber(fate))];
    const person = recipients === 'people' ?
        world.addresses.open('sound', { kind: 'clean' }, -1, luckNumber('strangers'))
      : world.addresses.open('mixed', { kind: recipients }, -1, luckNumber('strangers'));
    this.#world = world;
    this.#spaces = { ...(Object.fromEntries(fates.map(open)) as Record<Fate, SpaceId>), person };
    this.#indices = new Map(world.ips.map((ip, index) => [ip, index]));
  }

  /**
   * The index of the world's address that a peer stands for: itself, where it says that it is one of ours; by
   * 127.0.1.1, 127.0.1.2 and so on the first, the second and so on; else the first. Undefined for others.
   */
  addressOf(ip: string): number | undefined {
    const own = this.#indices.get(ip);
    if (own !== undefined) return own;
    const [one, two, three, four] = ip.split('.').map(Number);
    if (ip === '::1' || ip === '127.0.0.1') return 0;
    if (one !== 127 || two !== 0) return undefined;
    const number = (three! - 1) * 256 + four!;
    return number >= 1 && number <= this.#world.ips.length ? number - 1 : undefined;
  }

  /** The number of a sender's domain; -1 for none. */
  domainOf(sender: string): number {
    if (sender === '') return -1;
    const domain = sender.slice(sender.lastIndexOf('@') + 1).toLowerCase();
    const ours = /^t(\d{1,8})\.test$/.exec(domain);
    if (ours !== null && Number(ours[1]) < this.#world.tenants.length) return Number(ours[1]);
    return firstDomain + (luckNumber('domain', domain) % domains);
  }

  /** Who a recipient is. */
  keyOf(recipient: string): AddressKey {
    const known = readAddress(recipient);
    if (known !== undefined && this.#isOfWorld(known)) return known;
    const address = recipient.toLowerCase();
    const word = fateOf.exec(address)?.[1];
    const space = this.#spaces[word === undefined || word === 'complains' ? 'person' : (word as Fate)];
    return this.#world.addresses.key(space, luckNumber('mailbox', address) % mailboxes);
  }

  /** Whether a recipient has chosen to complain of whatever comes. */
  isComplaining(recipient: string): boolean {
    return fateOf.exec(recipient.toLowerCase())?.[1] === 'complains';
  }

  /** What a receiver sees of a message: its sender, and its content by our header, by GTUBE, else wanted. */
  mailOf({ sender, content }: ReceivedMessage): Mail {
    const domain = this.domainOf(sender);
    const said = readContent(content);
    if (said !== undefined) return { domain, ...said, nature: natureIn(said.nature) };
    const text = content.toString('latin1', 0, Math.min(content.length, mostRead));
    const end = text.search(/\r?\n\r?\n/);
    const headers = end < 0 ? text : text.slice(0, end);
    const nature = /^x-sharedfate-content:\s*(\w+)/im.exec(headers)?.[1];
    const id = /^message-id:\s*(\S+)/im.exec(headers)?.[1] ?? text;
    return {
      domain,
      nature: nature === undefined ? (text.includes(gtube) ? 'abusive' : 'wanted') : natureIn(nature),
      // The same message tried again meets the same luck.
      luck: luckNumber('content', sender), number: luckNumber('message', id),
    };
  }

  /** An address of a space that the world has; the luck of any other is no number. */
  #isOfWorld(key: AddressKey): boolean {
    return !Number.isNaN(this.#world.addresses.lotOf(key));
  }
}

/** Bytes of a message that are looked at for what it is: a large one costs no more than this. */
const mostRead = 65_536;

const natureIn = (word: string): Truth => natures.find((nature) => nature === word.toLowerCase()) ?? 'wanted';
