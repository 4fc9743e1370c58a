// The testbed's promise: the transport on the wire, and the clients it is made of.

export { DnsClient, DnsClientError, type DnsClientOptions, type DnsClientProblem } from './dns-client.ts';
export { buildMessage, type MessageParts } from './message.ts';
export { readReply, type WireReply } from './read-reply.ts';
export { type Ends, SendingAddresses } from './sending-addresses.ts';
export {
  type Delivery, SmtpClient, SmtpClientError, type SmtpClientOptions, type SmtpClientProblem,
} from './smtp-client.ts';
export { startWire, type Wire } from './wire.ts';
