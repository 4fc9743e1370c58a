// Which IPv4 addresses cannot be a platform's outgoing ones: private and special ranges (RFC 6890).

/**
 * [first address, prefix length]; the documentation ranges are special too, but stand for public ones here.
 */
const special: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Whether mail from this dotted IPv4 address could not have come over the public internet. */
export const isPrivate = (address: string): boolean =>
  special.some(
    ([first, prefix]) =>
      Math.floor(number(address) / 2 ** (32 - prefix)) === Math.floor(number(first) / 2 ** (32 - prefix)),
  );

const number = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
