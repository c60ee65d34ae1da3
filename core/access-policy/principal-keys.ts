import { readArn } from '../base/arn';
import { hasVariable, matchesWildcard } from '../base/iam-wildcard';
import type { ConditionTest } from './condition';
import {
  isFixed,
  ofAccount,
  ofArn,
  ofEach,
  ofNetwork,
  ofOrganization,
  ofTruth,
  type ByDistance,
  type ConditionKey,
  type KeyContext,
} from './key';
import { isUniqueId } from './principal';
import {
  ANY_ACCOUNT,
  EVERYONE,
  FOREIGN_ACCOUNT,
  OWN_ACCOUNT,
  SERVICES,
  unite,
  UNSIGNED,
  type Requesters,
} from './requesters';

/*
 * The keys that say who signed a request: properties of the principal and of its session.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 */

const SIGNED = unite(ANY_ACCOUNT, SERVICES);
const ACCOUNTS: ByDistance = { own: OWN_ACCOUNT, foreign: FOREIGN_ACCOUNT, any: ANY_ACCOUNT };
const SIGNERS: ByDistance = { ...ACCOUNTS, any: SIGNED };

/** Only principals of accounts have it, not all of them, and any account may have one with whatever value. */
const OF_ANY_ACCOUNT: ConditionKey = { having: ANY_ACCOUNT, lacking: EVERYONE };

const ofSession = (compare: NonNullable<ConditionKey['compare']>): ConditionKey => ({ ...OF_ANY_ACCOUNT, compare });

/**
 * A key that every request has, unsigned ones with a value of their own. That it is there is documented, and not relied
 * on: a test that holds without the key may hold for everyone.
 */
const withAnonymous = (ofValue: Parameters<typeof ofEach>[1]): ConditionKey => ({
  having: EVERYONE,
  lacking: EVERYONE,
  compare: (test, context) => {
    const compared = ofEach(EVERYONE, (value, ...rest) =>
      isAnonymous(value, test) ? EVERYONE : ofValue(value, ...rest),
    )(test, context);
    return compared && { ...compared, outside: EVERYONE };
  },
});

/** `Anonymous` is how unsigned requests spell their type, `anonymous` their account and user id. */
function isAnonymous(value: string, { foldsCase }: ConditionTest): boolean {
  const spellings = foldsCase ? ['anonymous'] : ['anonymous', 'Anonymous'];
  return hasVariable(value) || spellings.some((spelling) => matchesWildcard(value, spelling));
}

/**
 * `AIDA…`, `AROA…:session`, or an account. A unique id is one principal, whoever chooses the session's name. It does not
 * tell the account: a condition on it is how a policy that lets everyone in names its own roles.
 */
function ofUserId(value: string, test: ConditionTest, context: KeyContext): Requesters {
  const id = idOf(value, test);
  if (!isUniqueId(id)) return ofAccount(SIGNERS)(value.split(':')[0] ?? '', test, context);
  const arn = context.arnsOfIds.get(id);
  if (arn !== undefined) return ofArn(ACCOUNTS)(arn, test, context);
  return context.assumesOwnIds ? OWN_ACCOUNT : ANY_ACCOUNT;
}

/** A user id without the name of the session, in the letter case of unique ids where letter case does not matter. */
function idOf(userId: string, { foldsCase }: ConditionTest): string {
  const [id = ''] = userId.split(':');
  return foldsCase ? id.toUpperCase() : id;
}

const USER_ID = 'aws:userid';

/** Whether the key may name a principal by a unique id. */
export const isUserIdKey = ({ name }: ConditionTest): boolean => name === USER_ID;

/** Whether a test names a principal by a unique id whose account is not told. */
export const namesUntoldId = (test: ConditionTest, { arnsOfIds }: KeyContext): boolean =>
  isUserIdKey(test) && test.values.map((value) => idOf(value, test)).some((id) => isUniqueId(id) && !arnsOfIds.has(id));

/** Built-in identity providers have a name, others an ARN in the account of the role that trusts them. */
const ofProvider: Parameters<typeof ofEach>[1] = (value, test, context) =>
  isFixed(value) && readArn(value) === undefined ? ANY_ACCOUNT : ofArn(ACCOUNTS)(value, test, context);

const PRINCIPAL_KEYS: ReadonlyMap<string, ConditionKey> = new Map<string, ConditionKey>([
  ['aws:principalarn', { having: SIGNED, lacking: unite(UNSIGNED, SERVICES), compare: ofEach(SIGNED, ofArn(SIGNERS)) }],
  ['aws:principalaccount', withAnonymous(ofAccount(SIGNERS))],
  ['aws:principaltype', withAnonymous(() => SIGNED)],
  [USER_ID, withAnonymous(ofUserId)],
  ['aws:principalorgid', ofSession(ofEach(ANY_ACCOUNT, ofOrganization(ACCOUNTS)))],
  ['aws:principalorgpaths', ofSession(ofEach(ANY_ACCOUNT, ofOrganization(ACCOUNTS)))],
  ['aws:principalisawsservice', { having: SIGNED, lacking: UNSIGNED, compare: ofTruth(SERVICES, ANY_ACCOUNT) }],
  // A user name is unique within one account only: whoever has an account can have a user of that name.
  ['aws:username', OF_ANY_ACCOUNT],
  ['aws:multifactorauthpresent', OF_ANY_ACCOUNT],
  ['aws:multifactorauthage', OF_ANY_ACCOUNT],
  ['aws:tokenissuetime', OF_ANY_ACCOUNT],
  ['aws:sourceidentity', OF_ANY_ACCOUNT],
  ['aws:assumedroot', OF_ANY_ACCOUNT],
  ['aws:chatbotsourcearn', OF_ANY_ACCOUNT],
  ['aws:federatedprovider', ofSession(ofEach(ANY_ACCOUNT, ofProvider))],
  ['aws:signinsessionarn', ofSession(ofEach(ANY_ACCOUNT, ofArn(ACCOUNTS)))],
  ['aws:ec2instancesourcevpc', ofSession(ofEach(ANY_ACCOUNT, ofNetwork(ACCOUNTS)))],
  ['aws:ec2instancesourceprivateipv4', OF_ANY_ACCOUNT],
  ['aws:calledvia', OF_ANY_ACCOUNT],
  ['aws:calledviafirst', OF_ANY_ACCOUNT],
  ['aws:calledvialast', OF_ANY_ACCOUNT],
  ['aws:calledviaawsmcp', OF_ANY_ACCOUNT],
  ['aws:viaawsservice', { having: EVERYONE, lacking: EVERYONE, compare: ofTruth(ANY_ACCOUNT, EVERYONE) }],
  ['aws:viaawsmcpservice', { having: EVERYONE, lacking: EVERYONE, compare: ofTruth(ANY_ACCOUNT, EVERYONE) }],
  // Keys of services that a role session carries into requests to all of them.
  ['ec2:roledelivery', OF_ANY_ACCOUNT],
  ['ec2:sourceinstancearn', ofSession(ofEach(ANY_ACCOUNT, ofArn(ACCOUNTS)))],
  ['lambda:sourcefunctionarn', ofSession(ofEach(ANY_ACCOUNT, ofArn(ACCOUNTS)))],
  ['ssm:sourceinstancearn', ofSession(ofEach(ANY_ACCOUNT, ofArn(ACCOUNTS)))],
  ['codebuild:buildarn', ofSession(ofEach(ANY_ACCOUNT, ofArn(ACCOUNTS)))],
  ['codebuild:projectarn', ofSession(ofEach(ANY_ACCOUNT, ofArn(ACCOUNTS)))],
  ['glue:roleassumedby', OF_ANY_ACCOUNT],
  ['glue:credentialissuingservice', OF_ANY_ACCOUNT],
  ['identitystore:userid', OF_ANY_ACCOUNT],
]);

/** Keys of which there is one for each tag of the principal, and those an identity provider gives to a session. */
export function principalKeyOf(key: string): ConditionKey | undefined {
  const prefix = key.slice(0, Math.max(0, key.indexOf(':')));
  const isTag = key.startsWith('aws:principaltag/');
  const isOfProvider = prefix === 'saml' || prefix.includes('.');
  return isTag || isOfProvider ? OF_ANY_ACCOUNT : PRINCIPAL_KEYS.get(key);
}
