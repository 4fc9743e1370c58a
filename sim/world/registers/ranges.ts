// Ranges of IPv4 addresses: which of our addresses a register takes together.

/** An IPv4 address as a number of 32 bits. */
export const ipNumber = (ip: string): number =>
  ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** Addresses of a range; prefixes from 1 to 32. */
const sizeOf = (prefix: number): number => (1 << (32 - prefix)) >>> 0;

export const inSameRange = (one: number, two: number, prefix: number): boolean =>
  Math.floor(one / sizeOf(prefix)) === Math.floor(two / sizeOf(prefix));

/** For each of our addresses, those that lie in its range of this size, itself among them, in their order. */
export const rangesOf = (ips: readonly number[], prefix: number): readonly (readonly number[])[] => {
  const ranges = new Map<number, number[]>();
  return ips.map((ip, address) => {
    const number = Math.floor(ip / sizeOf(prefix));
    const range = ranges.get(number) ?? [];
    range.push(address);
    ranges.set(number, range);
    return range;
  });
};

/** A range as people write it, such as 192.0.2.0/24. */
export const rangeText = (ip: number, prefix: number): string => {
  const first = Math.floor(ip / sizeOf(prefix)) * sizeOf(prefix);
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(first / (1 << shift)) % 256);
  return `${parts.join('.')}/${prefix}`;
};
