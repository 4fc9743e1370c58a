// Time, queue and people: what can be seen from the records alone.

import type { Law } from './law.ts';

/** Time stands still or goes on; it never goes back. */
export const timeGoesOn: Law = {
  says: 'time never goes back',
  watch(world, fail) {
    let last: number = world.agenda.now;
    return {
      after() {
        if (world.agenda.now < last) fail(`it went from ${last} to ${world.agenda.now} ms`);
        last = world.agenda.now;
      },
    };
  },
};

/** Delivered, bounced, refused, or still alive (queued, held, paced): each submission is in one place. */
export const census: Law = {
  says: 'every submission is in exactly one place',
  watch(world, fail) {
    const look = (): void => {
      const { submitted, ended, live } = world.tally.census;
      const placed = ended.delivered + ended.bounced + ended.refused;
      if (live < 0 || placed + live !== submitted) {
        const { delivered, bounced, refused } = ended;
        const parts = `${delivered} delivered, ${bounced} bounced, ${refused} refused, ${live} alive`;
        fail(`${submitted} submissions are ${parts}`);
      }
    };
    return { after: look, end: look };
  },
};

/** Connections in use are counted rightly, and never more than the receiver allows or the plan says. */
export const connections: Law = {
  says: 'no more connections are open than allowed',
  watch(world, fail) {
    return {
      after(event) {
        if (event.kind !== 'exchange' && event.kind !== 'submission') return;
        for (const [index, lane] of world.outbound.lanes.entries()) {
          const { open, name, preset } = world.receivers[index]!;
          if (lane.busy < 0 || lane.busy > lane.most) fail(`${lane.busy} of ${lane.most} to ${name} are`);
          const most = preset.connection.maxPerIp ?? Number.POSITIVE_INFINITY;
          for (const [address, many] of open.entries()) {
            if (many < 0 || many > most) fail(`${many} of ${most} from address ${address} to ${name} are`);
          }
        }
      },
    };
  },
};

/** Nobody works more hours than have passed. */
export const workingHours: Law = {
  says: 'the desk works no more hours than its people have',
  watch(world, fail) {
    return {
      end() {
        const { workedMs, freeAt } = world.desk;
        if (workedMs > freeAt.length * world.agenda.now) {
          fail(`${freeAt.length} people worked ${workedMs} ms in ${world.agenda.now}`);
        }
      },
    };
  },
};

/** Without a culprit all trap hits are background. */
export const noPhantomCulprit: Law = {
  says: 'where nobody is at fault, all trap hits are background',
  watch(world, fail) {
    return {
      end() {
        const { trapHits, backgroundTrapHits } = world.tally;
        if (world.culprits.length > 0 || trapHits === backgroundTrapHits) return;
        fail(`${trapHits - backgroundTrapHits} of ${trapHits} count as a culprit's`);
      },
    };
  },
};
