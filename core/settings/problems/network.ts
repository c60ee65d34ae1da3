import { readAddressBlock, type AddressBlock } from '../../base/address';
import { isBroad, unionOf } from '../../base/address-ranges';
import { listOf } from '../../base/members';
import { listOfTexts, type Check } from './check';

const ofTexts = listOfTexts('trustedNetworks', networkProblem);

export const trustedNetworksProblems: Check = (value, known) => [...ofTexts(value, known), ...unionProblems(value)];

function networkProblem(text: string): string | undefined {
  if (/^vpce?-[0-9a-f]{8,17}$/.test(text)) return undefined;
  const block = readAddressBlock(text);
  if (!block) return 'is no network; allowed: a CIDR block, a VPC id (vpc-…), a VPC endpoint id (vpce-…)';
  return isBroad(unionOf([block]))
    ? 'is most of the internet; allowed: ranges no broader than /8, or /32 of IPv6'
    : undefined;
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
