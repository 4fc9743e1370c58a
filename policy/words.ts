// The nouns that policy, simulator, mocks and reports share. Identities are small whole numbers which the
// host hands out, from 0 up and without gaps, so that states can lie in arrays; the host alone knows the
// names behind them.

declare const identity: unique symbol;
type Identity<Name extends string> = number & { readonly [identity]: Name };

/** A customer of the platform. */
export type TenantId = Identity<'tenant'>;
/** One mailbox, script or device of a tenant that submits mail. */
export type AccountId = Identity<'account'>;
/** A recipient domain's mail system. */
export type ReceiverId = Identity<'receiver'>;
/**
 * A recipient address as a policy sees it: a fingerprint of the lower-cased address, a safe integer. Equal
 * addresses have equal keys; the address cannot be read back, so a policy's state and its reasons hold no
 * personal data.
 */
export type AddressKey = Identity<'address'>;

/** Outgoing addresses that share one reputation. `shared` is where everyone starts. */
export type PoolName = string;
/** What the platform calls a receiver, such as `gmail`: for rules that an operator writes by name. */
export type ReceiverName = string;
/** The name of a register (DNSBL) on this platform, as its operator calls it. */
export type RegisterName = string;
/** An outgoing IPv4 address in dotted form, such as `192.0.2.10`. */
export type IpAddress = string;
