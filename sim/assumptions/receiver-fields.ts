// Which numbers of a receiver's preset the world reads; what a plan says otherwise counts for nothing here.

import type { Plan } from '../plan/schema.ts';
import type { ReceiverPreset } from '../presets/index.ts';
import { answers, liftsBlocks } from './cast.ts';

type ReceiverPlan = Plan['receivers'][number];

/** Paths of the numbers read, such as `rate.perIpPerHour`. */
export const receiverFieldsRead = (preset: ReceiverPreset, receiver: ReceiverPlan, plan: Plan) => [
  'connection.maxPerIp',
  ...(preset.connection.maxMessagesPerConnection === null ? [] : ['connection.maxMessagesPerConnection']),
  'rate.perIpPerHour',
  ...(preset.rate.newIpPerDay !== null || answers(preset, 'newIpThrottle') ? ['rate.newIpPerDay'] : []),
  ...(preset.rate.throttledRecipientsPerHour === undefined ? [] : ['rate.throttledRecipientsPerHour']),
  ...(preset.internalReputation ? ['thresholds.complaintWarn', 'thresholds.complaintAct'] : []),
  ...(preset.thresholds.unknownUserAct === null ? [] : ['thresholds.unknownUserAct']),
  ...(preset.deferral.suspendS === null ? [] : ['deferral.suspendS']),
  ...(preset.internalReputation && preset.block.typicalS !== null ? ['block.typicalS'] : []),
  // A desk asks it to lift its blocks.
  ...(plan.desk.staff > 0 && liftsBlocks(preset) ? ['block.delistTypicalS'] : []),
  ...(preset.greylistS === null || receiver.greylist !== undefined ? [] : ['greylistS']),
  ...(plan.registers.length > 0 && preset.dnsbls.length > 0 ? ['dnsbls'] : []),
  'replies',
];
