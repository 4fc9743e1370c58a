// The limiters: how much may pass, and when to come back.

export { fixedWindow, type FixedWindowState, type WindowParameters } from './fixed-window.ts';
export { gcra, type GcraParameters, type GcraState } from './gcra.ts';
export { leakyBucket, type LeakyBucketParameters, type LeakyBucketState } from './leaky-bucket.ts';
export type { Limiter, Taking } from './limiter.ts';
export { slidingWindow, type SlidingWindowParameters, type SlidingWindowState } from './sliding-window.ts';
export { type BucketParameters, type BucketState, tokenBucket } from './token-bucket.ts';
