// What receivers tell registers of the mail they see: each register of the ratio, reputation and score models
// counts what the receivers that ask it have looked at.

import type { Receiver } from '../receivers/receiver.ts';
import type { World } from '../world.ts';

/** A receiver has looked at the content of a copy, and took it for spam or not. */
export const mailSeen = (_world: World, _receiver: Receiver, _address: number, _spam: boolean): void => {};

/** A receiver was asked for somebody it does not have. */
export const errorSeen = (_world: World, _receiver: Receiver, _address: number): void => {};
