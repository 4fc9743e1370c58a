// The mocks' promise: SMTP receivers and DNSBL registers as real servers, on loopback only.

export {
  cannotListen, demandLoopback, isLoopback, MockServerError, type MockServerProblem,
} from './loopback.ts';
export type { RegisterZone } from './register-answers.ts';
export { type RegisterServer, type RegisterServerOptions, startRegisterServer } from './register-server.ts';
export type {
  Answer, Peer, ReceivedMessage, ReceiverBehaviour, ReceiverPhase,
} from './receiver-behaviour.ts';
export { type SmtpReceiver, type SmtpReceiverOptions, startSmtpReceiver } from './smtp-receiver.ts';
export { zoneName } from './zone-name.ts';
