// SPOT, the best known detector of the literature: Wald's sequential test on the spam verdicts of an
// account's messages.

import { suspend } from '../actions.ts';
import { policy } from '../module.ts';
import { contentShare } from '../modules/content-share.ts';
import { never } from '../units.ts';
import type { Preset } from './preset.ts';

export const spot: Preset = {
  product: 'SPOT (Duan, Chen, Sanchez, Dong, Stephenson and Barker, IEEE TDSC 2012)',
  source: 'the paper: theta1 0.9, theta0 0.2, alpha and beta 0.01, one test an internal address',
  read: '2026-11-22',
  leavesOut: 'it tests addresses of machines, here accounts; it only finds, here the account is shut until '
    + 'the desk has looked; its filter sees all content, ours what the scenario says',
  policy: policy('spot', {
    theta1: { default: 0.9, min: 0.51, max: 0.999, unit: 'share', help: 'spam verdicts of a zombie' },
    theta0: { default: 0.2, min: 0.001, max: 0.5, unit: 'share', help: 'spam verdicts of a sound account' },
    alpha: { default: 0.01, min: 0.000001, max: 0.4, unit: 'share', help: 'sound taken for zombies' },
    beta: { default: 0.01, min: 0.000001, max: 0.4, unit: 'share', help: 'zombies taken for sound ones' },
  }, ({ alpha, beta, theta0, theta1 }) => [
    contentShare({
      name: 'spot', theta0, theta1, alpha, beta, hamBy: 'submission', action: suspend('account'),
      standsFor: never,
    }),
  ]),
};
