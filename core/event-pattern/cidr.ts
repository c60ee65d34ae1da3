import { readAddressBlock, type AddressBlock } from '../base/address';
import { mistake } from './mistake';

/** An address as EventBridge reads one: an IPv4 address mapped into IPv6 is that IPv4 address. */
interface Address {
  readonly isIPv4: boolean;
  readonly bits: bigint;
}

const LONGEST = 45;

/** The address that the whole text is, `undefined` for any other text. Octets are decimal whatever zeros they begin with. */
export function readAddress(text: string): Address | undefined {
  if (text.length > LONGEST) return undefined;
  const isQuad = /^\d+\.\d+\.\d+\.\d+$/.test(text);
  if (!isQuad && (!text.includes(':') || !/^[\da-f:]+$/i.test(text))) return undefined;
  const bits = readAddressBlock(isQuad ? text.split('.').map(Number).join('.') : text)?.[0];
  return bits === undefined ? undefined : { isIPv4: bits >> 32n === 0xffffn, bits };
}

const CIDR = 'a CIDR block, as in "10.0.0.0/8" or "2001:db8::/32"';

/**
 * The claim that a text is an address within the block `operand`.
 * @throws Error for what is no block; EventBridge takes no block of one address
 */
export function readCidr(operand: unknown, at: string): (text: string) => boolean {
  if (typeof operand !== 'string') throw mistake(at, operand, CIDR);
  const [text = '', prefix = '', ...rest] = operand.split('/');
  const address = readAddress(text);
  if (!address || rest.length > 0 || !/^\+?\d{1,3}$/.test(prefix)) throw mistake(at, operand, CIDR);
  const longest = address.isIPv4 ? 31 : 127;
  if (Number(prefix) > longest) {
    throw mistake(at, operand, `a prefix length from 0 to ${longest}; for one address write ["${text}"]`);
  }
  const [first, last] = blockOf(address, Number(prefix));
  return (candidate) => {
    const found = readAddress(candidate);
    return found?.isIPv4 === address.isIPv4 && first <= found.bits && found.bits <= last;
  };
}

function blockOf(address: Address, prefix: number): AddressBlock {
  const hostBits = BigInt((address.isIPv4 ? 32 : 128) - prefix);
  const first = (address.bits >> hostBits) << hostBits;
  return [first, first + (1n << hostBits) - 1n];
}
