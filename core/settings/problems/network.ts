import { isIPv4 } from 'node:net';
import { readAddressBlock, type AddressBlock } from '../../base/address';
import { isBroad, unionOf } from '../../base/address-ranges';
import { listOf } from '../../base/members';
import { listOfTexts, type Check } from './check';

/** The id of a VPC, or of an endpoint in one. */
export const VPC_OR_ENDPOINT = /^vpce?-[0-9a-f]{8,17}$/;

const ofTexts = listOfTexts('trustedNetworks', networkProblem);

export const trustedNetworksProblems: Check = (value, known) => [...ofTexts(value, known), ...unionProblems(value)];

function networkProblem(text: string): string | undefined {
  if (VPC_OR_ENDPOINT.test(text)) return undefined;
  const block = readAddressBlock(text);
  if (!block) return 'is no network; allowed: a CIDR block, a VPC id (vpc-…), a VPC endpoint id (vpce-…)';
  if (isBroad(unionOf([block]))) return 'is most of the internet; allowed: ranges no broader than /8, or /32 of IPv6';
  return hostBitsProblem(text, block);
}

/** Whether somebody meant one address or the whole block, nobody can know. */
function hostBitsProblem(text: string, [first]: AddressBlock): string | undefined {
  const [address = '', length = ''] = text.split('/');
  const [given] = readAddressBlock(address) ?? [];
  if (given === undefined || given === first) return undefined;
  const meant = isIPv4(address)
    ? `did you mean ${dotted(first)}/${length}, or ${address} alone?`
    : `allowed: the first address of a block, or ${address} alone`;
  return `is one address and the block around it; ${meant}`;
}

function dotted(bits: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 255n)).join('.');
}

/** Many ranges can be most of the internet together. */
function unionProblems(networks: unknown): readonly string[] {
  const blocks = listOf(networks).flatMap((text): readonly AddressBlock[] => {
    const block = typeof text === 'string' ? readAddressBlock(text) : undefined;
    return block ? [block] : [];
  });
  return blocks.length > 1 && isBroad(unionOf(blocks))
    ? ['trustedNetworks are most of the internet together; allowed: no more addresses than one /8, or one /32 of IPv6']
    : [];
}
