import { readArn } from '../base/arn';
import { readAddressBlock } from '../base/address';
import { differenceOf, IPV4, isBroad, TOLD_ADDRESSES, unionOf, UNTOLD_ADDRESS } from '../base/address-ranges';
import type { ConditionTest } from './condition';
import { reachOfAccount, isUniqueId } from './principal';
import {
  ANY_ACCOUNT,
  either,
  EVERYONE,
  FOREIGN_ACCOUNT,
  fromAddresses,
  NAMED_NETWORK,
  NOBODY,
  OWN_ACCOUNT,
  type Reach,
} from './reach';
import type { Trusted } from './trusted';
import { hasVariable, hasWildcard } from '../base/iam-wildcard';

/** Whom the values of a condition key stand for. Each reach is the most it can be. */
export interface Meaning {
  /** Callers whose key has one of the values. */
  readonly within: Reach;
  /** Callers whose key has none of them. */
  readonly outside: Reach;
  readonly withoutKey: Reach;
}

/** A test that says nothing about who calls. */
const SAYS_NOTHING: Meaning = { within: EVERYONE, outside: EVERYONE, withoutKey: EVERYONE };

/** Who meets the test, at most. */
export function whoMeets(test: ConditionTest, trusted: Trusted): Reach {
  const { within, outside, withoutKey } = meaningOf(test, trusted);
  return either(test.isNegated ? outside : within, test.holdsWithoutKey ? withoutKey : NOBODY);
}

/** Who fails the test, at most. Of a test without values it cannot be told. */
export function whoFails(test: ConditionTest, trusted: Trusted): Reach {
  if (test.values.length === 0) return EVERYONE;
  const { within, outside, withoutKey } = meaningOf(test, trusted);
  return either(test.isNegated ? within : outside, test.holdsWithoutKey ? NOBODY : withoutKey);
}

/** Whom the test's values stand for; a key or comparison that is not known limits nobody. */
function meaningOf(test: ConditionTest, trusted: Trusted): Meaning {
  return KEYS.get(test.key.toLowerCase())?.(test, trusted) ?? SAYS_NOTHING;
}

/** Whether the key may name a principal by a unique id. */
export const isUserIdKey = (key: string): boolean => key.toLowerCase() === USER_ID;

const USER_ID = 'aws:userid';

/** Whether a test names a principal by a unique id. */
export const namesUniqueId = ({ key, values }: ConditionTest): boolean =>
  isUserIdKey(key) && values.some((value) => isUniqueId(idOf(value)));

/** A user id without the name of the session. */
const idOf = (userId: string): string => userId.split(':')[0] ?? '';

/** Whether the key says from which network a request comes. */
export const isNetworkKey = (key: string): boolean => NETWORK_KEYS.includes(key.toLowerCase());

const NETWORK_KEYS = ['aws:sourceip', 'aws:vpcsourceip', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:sourcevpcarn'];

type Key = (test: ConditionTest, trusted: Trusted) => Meaning | undefined;

/** A value that holds a wildcard or a variable is no fixed value under any operator, as Amazon S3 has it too. */
const isFixed = (text: string): boolean => text !== '' && !hasWildcard(text) && !hasVariable(text);

/** A key that anonymous callers do not have, each of whose values stands for some callers. */
function ofEach(reachOfValue: (value: string, trusted: Trusted, test: ConditionTest) => Reach): Key {
  return (test, trusted) =>
    test.compares === 'text' || test.compares === 'arn'
      ? {
          ...SAYS_NOTHING,
          within: test.values.map((value) => reachOfValue(value, trusted, test)).reduce(either, NOBODY),
        }
      : undefined;
}

/** A key that is true or false. Only those for whom it is true can be told. */
function ofTruth(whereTrue: Reach): Key {
  return ({ compares, values }) => {
    if (compares !== 'truth' && compares !== 'text') return undefined;
    const isEach = values.map((value) => value.toLowerCase());
    if (!isEach.every((value) => value === 'true' || value === 'false')) return undefined;
    const isTrueWithin = isEach.includes('true');
    const isFalseWithin = isEach.includes('false');
    return {
      within: isFalseWithin ? EVERYONE : isTrueWithin ? whereTrue : NOBODY,
      outside: isFalseWithin ? (isTrueWithin ? NOBODY : whereTrue) : EVERYONE,
      withoutKey: EVERYONE,
    };
  };
}

/** A fixed value that is not of the kind expected, a typing error perhaps, stands for one stranger at most. */
const reachOfStrange = (text: string): Reach => (isFixed(text) ? FOREIGN_ACCOUNT : EVERYONE);

function reachOfAccountText(text: string, trusted: Trusted): Reach {
  // What unsigned callers have in place of an account.
  if (text.toLowerCase() === 'anonymous') return EVERYONE;
  return /^\d{12}$/.test(text) ? reachOfAccount(text, trusted) : reachOfStrange(text);
}

function reachOfOrganization(text: string, trusted: Trusted): Reach {
  const id = text.toLowerCase();
  if (!/^o-[a-z0-9]+$/.test(id)) return reachOfStrange(text);
  return trusted.organizations.has(id) ? OWN_ACCOUNT : FOREIGN_ACCOUNT;
}

/** `o-…/r-…/ou-…/*`: only the organization must be fixed. */
const reachOfPath = (text: string, trusted: Trusted): Reach => reachOfOrganization(text.split('/')[0] ?? '', trusted);

/**
 * An ARN is judged by its account. Compared as text, a wildcard before the account also matches colons, and the path of
 * a stranger's role may spell the rest of the pattern: then the account is not fixed.
 */
function reachOfArn(text: string, trusted: Trusted, { compares }: ConditionTest): Reach {
  const arn = readArn(text);
  if (arn === undefined) return reachOfStrange(text);
  const head = [arn.partition, arn.service, arn.region].join(':');
  if (hasVariable(head) || (compares === 'text' && hasWildcard(head))) return EVERYONE;
  // An S3 bucket's ARN has no account, but there is only one such bucket.
  if (arn.accountId === '') return reachOfStrange(text);
  return reachOfAccountText(arn.accountId, trusted);
}

/**
 * `AIDA…`, `AROA…:session`, or an account. A unique id is one principal, whoever chooses the session's name. It does not
 * tell the account: a condition on it is how a policy that lets everyone in names its own roles.
 */
function reachOfUserId(text: string, trusted: Trusted): Reach {
  const id = idOf(text);
  if (!isUniqueId(id)) return reachOfAccountText(id, trusted);
  return trusted.ownsUniqueIds ? OWN_ACCOUNT : FOREIGN_ACCOUNT;
}

/** A user name is unique within one account only: whoever has an account can have a user of that name. */
const reachOfUserName = (text: string): Reach => (isFixed(text) ? ANY_ACCOUNT : EVERYONE);

function reachOfNetwork(text: string, trusted: Trusted): Reach {
  if (!isFixed(text)) return EVERYONE;
  return trusted.networks.has(text) ? OWN_ACCOUNT : NAMED_NETWORK;
}

function reachOfNetworkArn(text: string, trusted: Trusted): Reach {
  const arn = readArn(text);
  if (arn === undefined || !isFixed(arn.accountId)) return isFixed(text) ? NAMED_NETWORK : EVERYONE;
  const isTrusted = trusted.networks.has(text) || trusted.networks.has(arn.resource.replace(/^vpc\//, ''));
  return isTrusted ? OWN_ACCOUNT : NAMED_NETWORK;
}

/**
 * The addresses that values stand for: at most, where what is no address may stand for any, and at least. A range of IPv6
 * is not known to hold callers over IPv4, however it is spelled.
 */
function addressesOf(values: readonly string[]) {
  const blocks = values.map((text) => ({ block: readAddressBlock(text), isIPv6: text.includes(':') }));
  const of = (isIPv6: boolean) =>
    unionOf(blocks.flatMap((each) => (each.isIPv6 === isIPv6 && each.block ? [each.block] : [])));
  const [ipv4, ipv6] = [of(false), of(true)];
  const isTold = blocks.every(({ block }) => block !== undefined);
  return {
    least: unionOf([...ipv4, ...differenceOf(ipv6, IPV4)]),
    most: isTold ? unionOf([...ipv4, ...ipv6]) : TOLD_ADDRESSES,
  };
}

const ofSourceIp: Key = ({ compares, values }) => {
  if (compares !== 'address') return undefined;
  const { least, most } = addressesOf(values);
  return {
    within: fromAddresses(most),
    outside: fromAddresses(differenceOf(TOLD_ADDRESSES, least)),
    withoutKey: fromAddresses(UNTOLD_ADDRESS),
  };
};

/** An address inside a VPC, of which every VPC may have the same; so a VPC is named only by few of them. */
const ofVpcSourceIp: Key = ({ compares, values }, trusted) => {
  if (compares !== 'address') return undefined;
  const { most } = addressesOf(values);
  if (most.length === 0) return { ...SAYS_NOTHING, within: NOBODY };
  const foreign = differenceOf(most, trusted.addresses);
  const within = foreign.length === 0 ? OWN_ACCOUNT : NAMED_NETWORK;
  return { ...SAYS_NOTHING, within: isBroad(most) ? EVERYONE : within };
};

/**
 * The keys that say who calls. `aws:SecureTransport`, `aws:PrincipalTag` and the like are not among them: the service
 * does not support them, or anyone can choose their value.
 */
const KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['aws:sourceip', ofSourceIp],
  ['aws:vpcsourceip', ofVpcSourceIp],
  ['aws:sourcevpc', ofEach(reachOfNetwork)],
  ['aws:sourcevpce', ofEach(reachOfNetwork)],
  ['aws:sourcevpcarn', ofEach(reachOfNetworkArn)],
  ['aws:principalaccount', ofEach(reachOfAccountText)],
  ['aws:principalorgid', ofEach(reachOfOrganization)],
  ['aws:principalorgpaths', ofEach(reachOfPath)],
  ['aws:principalarn', ofEach(reachOfArn)],
  [USER_ID, ofEach(reachOfUserId)],
  ['aws:username', ofEach(reachOfUserName)],
  ['aws:sourceaccount', ofEach(reachOfAccountText)],
  ['aws:sourceowner', ofEach(reachOfAccountText)],
  ['aws:sourceorgid', ofEach(reachOfOrganization)],
  ['aws:sourceorgpaths', ofEach(reachOfPath)],
  ['aws:sourcearn', ofEach(reachOfArn)],
  ['aws:principalisawsservice', ofTruth(FOREIGN_ACCOUNT)],
  ['aws:viaawsservice', ofTruth(ANY_ACCOUNT)],
]);
