// The sequential tests: from yes and no, counts or levels to an alarm, as soon as the evidence suffices.

export {
  bernoulliCusum, type BernoulliCusumParameters, type BernoulliCusumState,
} from './bernoulli-cusum.ts';
export { bernoulliSprt, type BernoulliSprtParameters, type BernoulliSprtState } from './bernoulli-sprt.ts';
export { cusum, type CusumParameters, type CusumState } from './cusum.ts';
export { ewma, type EwmaParameters, type EwmaState } from './ewma.ts';
export { poissonSprt, type PoissonSprtParameters, type PoissonSprtState } from './poisson-sprt.ts';
export type { Outcome, SequentialTest, Sides } from './sequential-test.ts';
export type { Risks } from './wald.ts';
