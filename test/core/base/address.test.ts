import { array, assert, boolean, constant, integer, oneof, pre, property } from 'fast-check';
import { readAddressBlock } from '../../../core/base/address';

/** Where IPv4 lives among the addresses of IPv6. */
const MAPPED = 0xffff_0000_0000n;

const colons = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':');
const whole = (groups: readonly number[], bits: number): bigint =>
  groups.reduce((all, group) => (all << BigInt(bits)) | BigInt(group), 0n);

/** The block that begins at an address once the bits behind the prefix are cut off. */
function blockOf(address: bigint, hostBits: number): readonly [bigint, bigint] {
  const size = 1n << BigInt(hostBits);
  const first = address - (address % size);
  return [first, first + size - 1n];
}

const group = oneof(integer({ min: 0, max: 0xffff }), constant(0));

test('every address of IPv6 is read with every prefix', () => {
  assert(
    property(
      array(group, { minLength: 8, maxLength: 8 }),
      integer({ min: 0, max: 128 }),
      boolean(),
      (groups, length, isUpper) => {
        const text = `${colons(groups)}/${length}`;
        expect(readAddressBlock(isUpper ? text.toUpperCase() : text)).toEqual(blockOf(whole(groups, 16), 128 - length));
      },
    ),
  );
});

test('two colons stand for as many groups of zeros as are missing, wherever they stand', () => {
  assert(
    property(
      array(group, { maxLength: 7 }),
      array(group, { maxLength: 7 }),
      integer({ min: 0, max: 128 }),
      (before, after, length) => {
        pre(before.length + after.length < 8);
        const groups = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
        expect(readAddressBlock(`${colons(before)}::${colons(after)}/${length}`)).toEqual(
          blockOf(whole(groups, 16), 128 - length),
        );
      },
    ),
  );
});

test('every address of IPv4 is read with every prefix, bare or at the end of one of IPv6', () => {
  const octets = array(integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 });
  assert(
    property(octets, integer({ min: 0, max: 32 }), (quad, length) => {
      const block = blockOf(MAPPED + whole(quad, 8), 32 - length);
      expect(readAddressBlock(`${quad.join('.')}/${length}`)).toEqual(block);
      expect(readAddressBlock(`::ffff:${quad.join('.')}/${96 + length}`)).toEqual(block);
      expect(readAddressBlock(quad.join('.'))).toEqual(blockOf(MAPPED + whole(quad, 8), 0));
    }),
  );
});

test.each([
  '',
  '/',
  '/8',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0.0/8/8',
  '10.0.0.0/-1',
  '10.0.0.0/ 8',
  '10.0.0/8',
  '10.0.0.0.0/8',
  '010.0.0.0/8',
  '256.0.0.0/8',
  '::/129',
  '2001:db8::1::/32',
  '2001:db8:::/32',
  'fe80::1%eth0',
  'fe80::1%eth0/64',
  '1:2:3:4:5:6:7',
  '::10.0.0',
  'a name',
  ':',
])('"%s" is no block', (text) => {
  expect(readAddressBlock(text)).toBeUndefined();
});
