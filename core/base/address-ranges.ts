import { readAddressBlock, type AddressBlock } from './address';
import { once } from './once';

/** A set of addresses: blocks in ascending order that neither overlap nor touch. */
export type AddressSet = readonly AddressBlock[];

/** One past the last address stands for callers whose address the service does not tell. */
const UNTOLD = 1n << 128n;

export const EVERY_ADDRESS: AddressSet = [[0n, UNTOLD]];
const NO_ADDRESS: AddressSet = [];
export const UNTOLD_ADDRESS: AddressSet = [[UNTOLD, UNTOLD]];
export const TOLD_ADDRESSES: AddressSet = [[0n, UNTOLD - 1n]];

/** The addresses in any of the blocks, which may come in any order and overlap. */
export function unionOf(blocks: readonly AddressBlock[]): AddressSet {
  if (blocks.length < 2) return blocks;
  const merged: [bigint, bigint][] = [];
  for (const [first, last] of blocks.toSorted(byFirst)) {
    const open = merged.at(-1);
    if (open === undefined || first > open[1] + 1n) merged.push([first, last]);
    else if (last > open[1]) open[1] = last;
  }
  return merged;
}

/** The addresses in any of the sets. Often all but one are empty, or the same. */
export function togetherOf(sets: readonly AddressSet[]): AddressSet {
  const only = sets.find((set) => set.length > 0) ?? NO_ADDRESS;
  if (sets.every((set) => set === only || set.length === 0)) return only;
  return sets.includes(EVERY_ADDRESS) ? EVERY_ADDRESS : unionOf([...new Set(sets)].flat());
}

const byFirst = ([a]: AddressBlock, [b]: AddressBlock): number => (a < b ? -1 : a > b ? 1 : 0);

/** The addresses that are in both sets. */
export function intersectionOf(a: AddressSet, b: AddressSet): AddressSet {
  if (a === b || b === EVERY_ADDRESS) return a;
  if (a === EVERY_ADDRESS) return b;
  const shared: AddressBlock[] = [];
  let [i, j] = [firstMeeting(a, b[0]), firstMeeting(b, a[0])];
  for (let [x, y] = [a[i], b[j]]; x && y; x = a[i], y = b[j]) {
    const first = x[0] > y[0] ? x[0] : y[0];
    const last = x[1] < y[1] ? x[1] : y[1];
    if (first <= last) shared.push([first, last]);
    if (x[1] < y[1]) i += 1;
    else j += 1;
  }
  return shared;
}

/** Where the first block stands that does not end before `block` begins: of two sets one is often much the longer. */
function firstMeeting(set: AddressSet, block: AddressBlock | undefined): number {
  if (block === undefined) return 0;
  let [low, high] = [0, set.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [, last] = set[middle] ?? block;
    if (last < block[0]) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The addresses of `a` that are not in `b`. */
export function differenceOf(a: AddressSet, b: AddressSet): AddressSet {
  return a.length === 0 || b.length === 0 ? a : intersectionOf(a, complementOf(b));
}

const complementOf = once((set: AddressSet): AddressSet => {
  const firsts = [0n, ...set.map(([, last]) => last + 1n)];
  const lasts = [...set.map(([first]) => first - 1n), UNTOLD];
  return firsts.flatMap((first, at) => {
    const last = lasts[at];
    return last !== undefined && first <= last ? [[first, last] as const] : [];
  });
});

/** Where IPv4 lives among the addresses of IPv6. */
export const IPV4: AddressSet = [[0xffff_0000_0000n, 0xffff_ffff_ffffn]];

/**
 * Blocks nobody on the internet has: private use (RFC 1918, RFC 4193, the site-local ones of RFC 3879), shared
 * (RFC 6598), loopback, link-local, and those that stand for no address (`0.0.0.0/8`, `::`).
 */
const PRIVATE =
  '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 0.0.0.0/8 ::/127 fc00::/7 fe80::/10 fec0::/10';

interface PublicAddresses {
  /** Every address somebody on the internet may have. */
  readonly internet: AddressSet;
  readonly ipv4: AddressSet;
  readonly ipv6: AddressSet;
}

let known: PublicAddresses | undefined;

/** Worked out when the first set is measured: that takes longer than to read most log files. */
function publicAddresses(): PublicAddresses {
  if (known) return known;
  const others = unionOf(
    PRIVATE.split(' ')
      .map(readAddressBlock)
      .filter((block) => block !== undefined),
  );
  const internet = differenceOf(TOLD_ADDRESSES, others);
  known = { internet, ipv4: intersectionOf(IPV4, internet), ipv6: differenceOf(internet, IPV4) };
  return known;
}

/** Every address somebody on the internet may have. */
export const internet = (): AddressSet => publicAddresses().internet;

/** One /8 of IPv4 and one /32 of IPv6: where Amazon S3 draws the line of what it calls public. */
const MOST_IPV4 = 1n << 24n;
const MOST_IPV6 = 1n << 96n;

/**
 * Whether the set, taken together, holds more public addresses than one /8 of IPv4 or one /32 of IPv6. A block of IPv6
 * that includes the IPv4-mapped addresses holds all of IPv4. A caller whose address is not told may be anywhere.
 */
export const isBroad = once((set: AddressSet): boolean => {
  if (set === EVERY_ADDRESS || set.at(-1)?.[1] === UNTOLD) return true;
  if (sizeOf(set) <= MOST_IPV4) return false;
  const { ipv4, ipv6 } = publicAddresses();
  return sizeOf(intersectionOf(set, ipv4)) > MOST_IPV4 || sizeOf(intersectionOf(set, ipv6)) > MOST_IPV6;
});

function sizeOf(set: AddressSet): bigint {
  return set.reduce((size, [first, last]) => size + last - first + 1n, 0n);
}
