// A run as text: one line an event, with what it is about and how the world stands just before it.

import { formatEntry } from '../../sim/journal.ts';
import { journalEntry } from '../../sim/journal-entry.ts';
import type { WorldEvent } from '../../sim/world/events.ts';
import type { World } from '../../sim/world/world.ts';

export const journalLine = (world: World, event: WorldEvent): string =>
  formatEntry(journalEntry(world, event));
