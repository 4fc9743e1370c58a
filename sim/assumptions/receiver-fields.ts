// Which numbers of a receiver's preset the world reads; what a plan says otherwise counts for nothing here.

import type { ReceiverPreset } from '../presets/index.ts';
import { answers, type Cast } from './cast.ts';

type Plan = Cast['receivers'][number]['plan'];

/** Paths of the numbers read, such as `rate.perIpPerHour`. */
export const receiverFieldsRead = (preset: ReceiverPreset, plan: Plan, hasRegisters: boolean) => [
  'connection.maxPerIp',
  ...(preset.connection.maxMessagesPerConnection === null ? [] : ['connection.maxMessagesPerConnection']),
  'rate.perIpPerHour',
  ...(preset.rate.newIpPerDay !== null || answers(preset, 'newIpThrottle') ? ['rate.newIpPerDay'] : []),
  ...(preset.rate.throttledRecipientsPerHour === undefined ? [] : ['rate.throttledRecipientsPerHour']),
  ...(preset.internalReputation ? ['thresholds.complaintWarn', 'thresholds.complaintAct'] : []),
  ...(preset.thresholds.unknownUserAct === null ? [] : ['thresholds.unknownUserAct']),
  ...(preset.deferral.suspendS === null ? [] : ['deferral.suspendS']),
  ...(preset.internalReputation && preset.block.typicalS !== null ? ['block.typicalS'] : []),
  ...(preset.greylistS === null || plan.greylist !== undefined ? [] : ['greylistS']),
  ...(hasRegisters && preset.dnsbls.length > 0 ? ['dnsbls'] : []),
  'replies',
];
