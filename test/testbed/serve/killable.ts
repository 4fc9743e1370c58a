// A server in a process of its own, to be killed: serves with its state in the folder that it is given, and
// prints its port.

import { hours, policy, recipientWindow } from '../../../policy/index.ts';
import { atWork } from './at-work.ts';

const judged = policy('tight', [recipientWindow({ name: 'recipients', limit: 1_000_000, window: hours(1) })]);
const { place } = await atWork(judged, { state: process.argv[2]! });
if (place.kind === 'tcp') process.stdout.write(`${place.port}\n`);
