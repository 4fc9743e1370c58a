// The mocks' promise: SMTP receivers and DNSBL registers as real servers, on loopback only.

export { isLoopback, MockServerError, type MockServerProblem } from './loopback.ts';
export type { RegisterZone } from './register-answers.ts';
export { type RegisterServer, type RegisterServerOptions, startRegisterServer } from './register-server.ts';
export {
  type Answer, type Peer, type ReceivedMessage, type ReceiverBehaviour, type ReceiverPhase, type SmtpReceiver,
  type SmtpReceiverOptions, startSmtpReceiver,
} from './smtp-receiver.ts';
export { zoneName } from './zone-name.ts';
