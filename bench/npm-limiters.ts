// The token bucket against the limiters most used from npm, in the same run: each take is one question about
// one key, half of them refused, asked as their users ask (one of them by a promise).

import { TokenBucket } from 'limiter';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { tokenBucket } from '../policy/limiters/index.ts';
import { type Milliseconds, zero } from '../policy/units.ts';
import { median, type Row, type Section } from './row.ts';

const takes = 400_000;
const rounds = 5;
const keyCounts = [1, 100_000] as const;
/** Ours is to be at least three times as fast. */
const bound = 1 / 3;
const dayMs = 86_400_000;

/** One round over fresh limiters: how many takes were let through. */
type Round = (order: Int32Array, keys: number, burst: number) => Promise<number> | number;

const contenders: Readonly<Record<string, Round>> = {
  tokenBucket(order, keys, burst) {
    // A day's refill is one token: in the moment that a round lasts, the burst is all there is.
    const limiter = tokenBucket({ rate: 1 / 24, burst });
    const states = Array.from({ length: keys }, () => limiter.fresh(zero));
    let allowed = 0;
    for (let i = 0; i < takes; i += 1) {
      const now = Math.floor(i / 1_000) as Milliseconds;
      if (limiter.take(states[order[i]!]!, 1, now).allowed) allowed += 1;
    }
    return allowed;
  },
  limiter(order, keys, burst) {
    const buckets = Array.from({ length: keys }, () => {
      const bucket = new TokenBucket({ bucketSize: burst, tokensPerInterval: 1, interval: dayMs });
      bucket.content = burst;
      return bucket;
    });
    let allowed = 0;
    let wait = 0;
    for (let i = 0; i < takes; i += 1) {
      const bucket = buckets[order[i]!]!;
      if (bucket.tryRemoveTokens(1)) allowed += 1;
      // Ours, and the other one, say with a refusal when to come back.
      else wait = Math.max(wait, bucket.getWaitTime(1));
    }
    if (wait === 0) throw new Error('bench: limiter let nobody wait');
    return allowed;
  },
  async 'rate-limiter-flexible'(order, keys, burst) {
    const limiter = new RateLimiterMemory({ points: burst, duration: 600 });
    const names = Array.from({ length: keys }, (_, key) => String(key));
    let allowed = 0;
    for (let i = 0; i < takes; i += 1) {
      try {
        await limiter.consume(names[order[i]!]!);
        allowed += 1;
      } catch {
        // Refused.
      }
    }
    await Promise.all(names.map((name) => limiter.delete(name)));
    return allowed;
  },
};

export const run: Section = async (print) => {
  const rows: Row[] = [];
  for (const keys of keyCounts) {
    const order = Int32Array.from({ length: takes }, (_, i) => (Math.imul(i, 48_271) >>> 0) % keys);
    const burst = Math.max(1, Math.floor(takes / keys / 2));
    const times = new Map<string, number[]>(Object.keys(contenders).map((name) => [name, []]));
    // In turn, so that a busy moment of the machine hits all.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, contender] of Object.entries(contenders)) {
        const before = process.cpuUsage();
        const allowed = await contender(order, keys, burst);
        const { system, user } = process.cpuUsage(before);
        if (allowed < takes / 4 || allowed > (takes * 3) / 4) {
          throw new Error(`bench: ${name} let ${allowed} of ${takes} takes through`);
        }
        if (round > 0) times.get(name)!.push(((user + system) * 1_000) / takes);
      }
    }
    print(`npm's limiters: ${keys} keys`);
    const ours = median(times.get('tokenBucket')!);
    rows.push({ name: `${keys} keys: tokenBucket`, value: ours, unit: 'ns/take' });
    for (const [name, list] of times) {
      if (name === 'tokenBucket') continue;
      rows.push({ name: `${keys} keys: ${name}`, value: median(list), unit: 'ns/take' });
      const ratio = ours / median(list);
      rows.push({ name: `${keys} keys: tokenBucket over ${name}`, value: ratio, unit: '', bound });
    }
  }
  return rows;
};
