import { isIPv4, isIPv6 } from 'node:net';

/** First and last address of a block, both included, on one line of 128 bits where IPv4 lives at `::ffff:0:0/96`. */
export type AddressBlock = readonly [first: bigint, last: bigint];

const MAPPED = 0xffff_0000_0000;

/** The addresses of a CIDR block or of one bare address; `undefined` where the text is neither. */
export function readAddressBlock(text: string): AddressBlock | undefined {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const prefix = slash < 0 ? undefined : text.slice(slash + 1);
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return undefined;
  const width = address.includes(':') ? 128 : 32;
  if (width === 32 ? !isIPv4(address) : address.includes('%') || !isIPv6(address)) return undefined;
  const length = prefix === undefined ? width : Number(prefix);
  if (length > width) return undefined;
  return width === 32 ? ipv4Block(address, 32 - length) : ipv6Block(address, length);
}

/** In numbers, which are exact so far and much quicker: the lists of a policy may be long. */
function ipv4Block(address: string, hostBits: number): AddressBlock {
  const size = 2 ** hostBits;
  const first = MAPPED + Math.floor(ipv4Bits(address) / size) * size;
  return [BigInt(first), BigInt(first + size - 1)];
}

function ipv4Bits(address: string): number {
  let bits = 0;
  let octet = 0;
  for (let at = 0; at < address.length; at += 1) {
    const code = address.charCodeAt(at);
    if (code === DOT) {
      bits = bits * 256 + octet;
      octet = 0;
    } else octet = octet * 10 + code - ZERO;
  }
  return bits * 256 + octet;
}

const DOT = 46;
const ZERO = 48;

/** In groups of 16 bits, for the same reason: a large number is made only when it is whole. */
function ipv6Block(address: string, length: number): AddressBlock {
  const [head = '', tail = ''] = address.split('::');
  const [groups, last] = [groupsOf(head), groupsOf(tail)];
  while (groups.length + last.length < GROUPS) groups.push(0);
  groups.push(...last);
  const hosts = groups.map((_, at) => 0xffff >> Math.max(0, Math.min(16, length - 16 * at)));
  return [
    whole(groups, (group, at) => group & ~(hosts[at] ?? 0)),
    whole(groups, (group, at) => group | (hosts[at] ?? 0)),
  ];
}

const GROUPS = 8;

/** A dotted quad at the end is two groups. */
function groupsOf(part: string): number[] {
  const groups: number[] = [];
  for (const group of part === '' ? [] : part.split(':')) {
    if (group.includes('.')) groups.push(ipv4Bits(group) >>> 16, ipv4Bits(group) & 0xffff);
    else groups.push(Number.parseInt(group, 16));
  }
  return groups;
}

/** The 128 bits of one address at a time. */
const BITS = new DataView(new ArrayBuffer(2 * GROUPS));

function whole(groups: readonly number[], as: (group: number, at: number) => number): bigint {
  for (const [at, group] of groups.entries()) BITS.setUint16(2 * at, as(group, at));
  return (BITS.getBigUint64(0) << 64n) | BITS.getBigUint64(8);
}
