// What a draw of luck is for. Each purpose has its own number, so that adding a draw never moves another's
// luck. Numbers are never reused and never renumbered: fingerprints of old runs rest on them.

export const purpose = {
  slip: 1,
  addressKind: 3,
  addressReceiver: 4,
  recipients: 5,
  newcomer: 6,
  rank: 7,
  bytes: 8,
  exchangeTime: 9,
  complaint: 10,
  complaintDelay: 11,
  complaintDelayTwin: 12,
  trapSeen: 13,
  publication: 14,
  delistAnswer: 15,
  member: 16,
  recovery: 17,
  recoveryTwin: 18,
  judgement: 19,
  pollPhase: 20,
} as const;
