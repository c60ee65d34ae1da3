import { isIPv4, isIPv6 } from 'node:net';

/** First and last address of a block, both included, on one line of 128 bits where IPv4 lives at `::ffff:0:0/96`. */
export type AddressBlock = readonly [first: bigint, last: bigint];

const MAPPED = 0xffff_0000_0000;

/** The addresses of a CIDR block or of one bare address; `undefined` where the text is neither. */
export function readAddressBlock(text: string): AddressBlock | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  if (rest.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return undefined;
  const width = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : undefined;
  if (width === undefined) return undefined;
  const length = prefix === undefined ? width : Number(prefix);
  if (length > width) return undefined;
  return width === 32 ? ipv4Block(address, 32 - length) : ipv6Block(address, BigInt(128 - length));
}

/** In numbers, which are exact so far and much quicker: the lists of a policy may be long. */
function ipv4Block(address: string, hostBits: number): AddressBlock {
  const size = 2 ** hostBits;
  const first = MAPPED + Math.floor(ipv4Bits(address) / size) * size;
  return [BigInt(first), BigInt(first + size - 1)];
}

function ipv4Bits(address: string): number {
  return address.split('.').reduce((bits, octet) => bits * 256 + Number(octet), 0);
}

function ipv6Block(address: string, hostBits: bigint): AddressBlock {
  const [head = '', tail = ''] = address.split('::');
  const after = digitsOf(tail);
  const first = (BigInt(`0x${digitsOf(head).padEnd(32 - after.length, '0')}${after}`) >> hostBits) << hostBits;
  return [first, first + (1n << hostBits) - 1n];
}

/** Four hexadecimal digits for each group of 16 bits; a dotted quad at the end is two of them. */
function digitsOf(part: string): string {
  if (part === '') return '';
  const groups = part.split(':');
  return groups
    .map((group) => (group.includes('.') ? ipv4Bits(group).toString(16).padStart(8, '0') : group.padStart(4, '0')))
    .join('');
}
