import { isIPv4, isIPv6 } from 'node:net';

/** First and last address of a block, both included, on one line of 128 bits where IPv4 lives at `::ffff:0:0/96`. */
export type AddressBlock = readonly [first: bigint, last: bigint];

const MAPPED = 0xffffn << 32n;

/** The addresses of a CIDR block or of one bare address; `undefined` where the text is neither. */
export function readAddressBlock(text: string): AddressBlock | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  if (rest.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return undefined;
  const width = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : undefined;
  if (width === undefined) return undefined;
  const length = prefix === undefined ? width : Number(prefix);
  if (length > width) return undefined;
  const hostBits = BigInt(width - length);
  const first = ((width === 32 ? MAPPED | ipv4Bits(address) : ipv6Bits(address)) >> hostBits) << hostBits;
  return [first, first + (1n << hostBits) - 1n];
}

function ipv4Bits(address: string): bigint {
  return BigInt(address.split('.').reduce((bits, octet) => bits * 256 + Number(octet), 0));
}

function ipv6Bits(address: string): bigint {
  const [head = '', tail] = address.split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const omitted = tail === undefined ? 0 : 8 - before.length - after.length;
  return BigInt(`0x${[...before, ...Array<string>(omitted).fill('0000'), ...after].join('')}`);
}

/** Four hexadecimal digits for each group of 16 bits; a dotted quad at the end is two of them. */
function groupsOf(part: string): readonly string[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [group.padStart(4, '0')];
    const hex = ipv4Bits(group).toString(16).padStart(8, '0');
    return [hex.slice(0, 4), hex.slice(4)];
  });
}
