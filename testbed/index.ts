// The testbed's promise: the transport on the wire and the clients it is made of, and the foreign software
// that a policy may be.

export { DnsClient, DnsClientError, type DnsClientOptions, type DnsClientProblem } from './dns-client.ts';
export { clockEnvironment } from './clock/cell-clock.ts';
export { hostModule, hostPolicy, type Profile, startHosts } from './hosts/host.ts';
export { type Limiter, npmLimiter, type NpmLimiter, type Taken } from './hosts/npm-limiter.ts';
export { HostNameError, MissingProgramError, policyOfHost, profiles } from './hosts/profiles.ts';
export { buildMessage, type MessageParts } from './message.ts';
export { MtaError } from './mta/mta.ts';
export type { Comparison as MtaComparison } from './mta/differences.ts';
export { type MtaName, mtaNames, type MtaRun, runThroughMta } from './mta/run.ts';
export { readReply, type WireReply } from './read-reply.ts';
export { type Ends, SendingAddresses } from './sending-addresses.ts';
export {
  type Delivery, SmtpClient, SmtpClientError, type SmtpClientOptions, type SmtpClientProblem,
} from './smtp-client.ts';
export { startWire, type Wire } from './wire.ts';
