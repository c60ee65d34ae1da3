import { readAddressBlock, type AddressBlock } from '../base/address';
import {
  differenceOf,
  IPV4,
  isBroad,
  TOLD_ADDRESSES,
  togetherOf,
  unionOf,
  UNTOLD_ADDRESS,
} from '../base/address-ranges';
import { readArn } from '../base/arn';
import type { ConditionTest } from './condition';
import {
  isFixed,
  ofAccount,
  ofEach,
  ofNetwork,
  ofOrganization,
  type ByDistance,
  type Compare,
  type ConditionKey,
  type KeyContext,
} from './key';
import {
  ANY_ACCOUNT,
  EVERYONE,
  fromAddresses,
  NAMED_NETWORK,
  NOBODY,
  TRUSTED_NETWORK,
  unite,
  UNSIGNED,
} from './requesters';

/*
 * The keys that say from which network a request comes.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-network-properties
 */

/**
 * The addresses that values stand for: at most, where what is no address may stand for any, and at least. A range of IPv6
 * is not known to hold requesters over IPv4, however it is spelled.
 */
function addressesIn(values: readonly string[]) {
  const blocks: Readonly<Record<'ipv4' | 'ipv6', AddressBlock[]>> = { ipv4: [], ipv6: [] };
  let isTold = true;
  for (const text of values) {
    const block = readAddressBlock(text);
    if (block === undefined) isTold = false;
    else blocks[text.includes(':') ? 'ipv6' : 'ipv4'].push(block);
  }
  const [ipv4, ipv6] = [unionOf(blocks.ipv4), unionOf(blocks.ipv6)];
  return {
    least: togetherOf([ipv4, differenceOf(ipv6, IPV4)]),
    most: isTold ? togetherOf([ipv4, ipv6]) : TOLD_ADDRESSES,
  };
}

const compareSourceIp: Compare = ({ compares, values }) => {
  if (compares !== 'address') return undefined;
  const { least, most } = addressesIn(values);
  return {
    within: fromAddresses(most),
    // Mostly one of the two is asked for, and lists of addresses may be long.
    get outside() {
      return fromAddresses(differenceOf(TOLD_ADDRESSES, least));
    },
  };
};

/** Whoever may come through a VPC endpoint. Services act from networks of their own. */
const IN_A_VPC = unite(UNSIGNED, ANY_ACCOUNT);
const NETWORKS: ByDistance = { own: TRUSTED_NETWORK, foreign: NAMED_NETWORK, any: IN_A_VPC };

/** An address inside a VPC, of which every VPC may have the same; so a VPC is named only by few of them. */
const compareVpcSourceIp: Compare = ({ compares, values }, { trusted }) => {
  if (compares !== 'address') return undefined;
  const { most } = addressesIn(values);
  if (most.length === 0) return { within: NOBODY, outside: IN_A_VPC };
  const named = differenceOf(most, trusted.addresses).length === 0 ? TRUSTED_NETWORK : NAMED_NETWORK;
  return { within: isBroad(most) ? IN_A_VPC : named, outside: IN_A_VPC };
};

/** The ARN of a VPC, which counts only with its account. */
const ofNetworkArn: Parameters<typeof ofEach>[1] = (value, test, context) => {
  const arn = readArn(value);
  if (arn === undefined) return ofNetwork(NETWORKS)(value, test, context);
  if (!isFixed(arn.accountId)) return IN_A_VPC;
  const { networks } = context.trusted;
  return networks.has(value) || networks.has(arn.resource.replace(/^vpc\//, '')) ? TRUSTED_NETWORK : NAMED_NETWORK;
};

const ofVpc = (compare: Compare): ConditionKey => ({ having: IN_A_VPC, lacking: EVERYONE, compare });

const VPC_KEYS: ReadonlyMap<string, ConditionKey> = new Map<string, ConditionKey>([
  ['aws:sourcevpc', ofVpc(ofEach(IN_A_VPC, ofNetwork(NETWORKS)))],
  ['aws:sourcevpce', ofVpc(ofEach(IN_A_VPC, ofNetwork(NETWORKS)))],
  ['aws:sourcevpcarn', ofVpc(ofEach(IN_A_VPC, ofNetworkArn))],
  ['aws:vpcsourceip', ofVpc(compareVpcSourceIp)],
  ['aws:vpceaccount', ofVpc(ofEach(IN_A_VPC, ofAccount(NETWORKS)))],
  ['aws:vpceorgid', ofVpc(ofEach(IN_A_VPC, ofOrganization(NETWORKS)))],
  ['aws:vpceorgpaths', ofVpc(ofEach(IN_A_VPC, ofOrganization(NETWORKS)))],
]);

/** A request through a VPC endpoint does not tell its address. */
const SOURCE_IP: ConditionKey = {
  having: fromAddresses(TOLD_ADDRESSES),
  lacking: fromAddresses(UNTOLD_ADDRESS),
  compare: compareSourceIp,
};

const NOT_ON_A_PUBLIC_ENDPOINT: ConditionKey = {
  having: NOBODY,
  lacking: EVERYONE,
  readAs: 'which no request to a public endpoint has',
};

const isSourceIp = (key: string): boolean => key === 'aws:sourceip';

/** @param key in lower case */
export function networkKeyOf(key: string, { endpoint }: KeyContext): ConditionKey | undefined {
  if (isSourceIp(key)) return SOURCE_IP;
  const vpcKey = VPC_KEYS.get(key);
  return vpcKey && endpoint === 'public' ? NOT_ON_A_PUBLIC_ENDPOINT : vpcKey;
}

/** Whether the key says from which network a request comes. */
export const isNetworkKey = ({ name }: ConditionTest): boolean =>
  /^aws:(source|vpc)/.test(name) && (isSourceIp(name) || VPC_KEYS.has(name));
