import type { Exposure, PolicyContext } from '../../core/access-policy';
import type { IamRequest, Requester } from './iam-evaluator';

/**
 * A small world around one domain: everyone who may request, from everywhere, each with the condition keys that IAM gives
 * to requests like theirs.
 */

export const OWN = '111122223333';
export const TRUSTED = '444455556666';
export const FOREIGN = '999988887777';
/** A foreign account, of the organization that is trusted. */
export const COUSIN = '888877776666';
/** Accounts that no policy names, and that no pattern in one tells from all others. */
const UNHEARD_OF = ['123123123123', '909090909090'] as const;
export const DOMAIN = `arn:aws:es:us-east-1:${OWN}:domain/logs`;

export const CONTEXT: PolicyContext = {
  accountId: OWN,
  domainArn: DOMAIN,
  trustedAccounts: [TRUSTED],
  trustedOrganizations: ['o-trusted1'],
  trustedNetworks: ['198.51.100.0/24', 'vpc-0trusted'],
};

type Context = Readonly<Record<string, readonly string[]>>;

/** How far a requester is from the domain's account; foreign is one that policies name. */
type Distance = 'unsigned' | 'stranger' | 'foreign' | 'own';

interface Somebody {
  readonly name: string;
  readonly distance: Distance;
  readonly requester: Requester;
  readonly context: Context;
}

const everyRequest: Context = {
  'aws:securetransport': ['true'],
  'aws:currenttime': ['2026-11-28T12:00:00Z'],
  'aws:requestedregion': ['us-east-1'],
  'aws:resourceaccount': [OWN],
  'aws:useragent': ['curl/8'],
};

function principal(name: string, distance: Distance, account: string, resource: string, more: Context = {}): Somebody {
  const uniqueId = `${resource.startsWith('user') ? 'AIDA' : 'AROA'}EXAMPLE${account}`;
  const isRole = resource.startsWith('role');
  const isRoot = resource === 'root';
  return {
    name,
    distance,
    requester: { kind: 'principal', account, arn: `arn:aws:iam::${account}:${resource}`, uniqueId },
    context: {
      'aws:principalarn': [`arn:aws:iam::${account}:${resource}`],
      'aws:principalaccount': [account],
      'aws:principaltype': [isRole ? 'AssumedRole' : isRoot ? 'Account' : 'User'],
      'aws:userid': [isRoot ? account : isRole ? `${uniqueId}:session` : uniqueId],
      'aws:principalisawsservice': ['false'],
      'aws:viaawsservice': ['false'],
      ...(isRole && { 'aws:multifactorauthpresent': ['false'], 'aws:tokenissuetime': ['2026-11-28T11:00:00Z'] }),
      ...(resource.startsWith('user') && { 'aws:username': [resource.slice('user/'.length)] }),
      ...more,
    },
  };
}

const inOrganization = (id: string): Context => ({
  'aws:principalorgid': [id],
  'aws:principalorgpaths': [`${id}/r-1/`],
});

const service = (distance: Distance, account: string, organization?: string): Somebody => ({
  name: `lambda for ${account}`,
  distance,
  requester: { kind: 'service', name: 'lambda.amazonaws.com' },
  context: {
    'aws:principalisawsservice': ['true'],
    'aws:principalservicename': ['lambda.amazonaws.com'],
    'aws:principalservicenameslist': ['lambda.amazonaws.com', 'lambda.us-east-1.amazonaws.com'],
    'aws:viaawsservice': ['false'],
    'aws:sourceaccount': [account],
    'aws:sourcearn': [`arn:aws:lambda:us-east-1:${account}:function:x`],
    ...(organization && { 'aws:sourceorgid': [organization], 'aws:sourceorgpaths': [`${organization}/r-1/`] }),
  },
});

/** Principals that differ in their account and organization alone, so that only naming these tells them apart. */
const rolesAndUsers = (
  whose: string,
  distance: Distance,
  account: string,
  organization: string,
): readonly Somebody[] => [
  principal(`${whose} role`, distance, account, 'role/reader', inOrganization(organization)),
  principal(`${whose} user with a second factor`, distance, account, 'user/reader', {
    ...inOrganization(organization),
    'aws:multifactorauthpresent': ['true'],
    'aws:multifactorauthage': ['60'],
    'aws:principaltag/team': ['search'],
  }),
];

const FOREIGNERS = rolesAndUsers('a foreign', 'foreign', FOREIGN, 'o-foreign1');
const THEIR_TWINS = UNHEARD_OF.map((account) =>
  rolesAndUsers(`the stranger ${account}'s`, 'stranger', account, 'o-unheard1'),
);

const EVERYBODY: readonly Somebody[] = [
  {
    name: 'anyone',
    distance: 'unsigned',
    requester: { kind: 'anonymous' },
    context: {
      'aws:principaltype': ['Anonymous'],
      'aws:principalaccount': ['anonymous'],
      'aws:userid': ['anonymous'],
      'aws:viaawsservice': ['false'],
    },
  },
  principal('a role of the own account', 'own', OWN, 'role/reader', inOrganization('o-own12345')),
  principal('the root user of the own account', 'own', OWN, 'root', inOrganization('o-own12345')),
  principal('a role of a trusted account', 'own', TRUSTED, 'role/reader', inOrganization('o-trusted1')),
  principal(
    'a role of an account that its organization makes trusted',
    'own',
    COUSIN,
    'role/reader',
    inOrganization('o-trusted1'),
  ),
  ...FOREIGNERS,
  ...THEIR_TWINS.flat(),
  principal(
    "a stranger's user with an old second factor, in no organization",
    'stranger',
    UNHEARD_OF[0],
    'user/search',
    {
      'aws:multifactorauthpresent': ['true'],
      'aws:multifactorauthage': ['7200'],
      'aws:tokenissuetime': ['2026-11-28T10:00:00Z'],
      'aws:principaltag/team': ['Search'],
    },
  ),
  principal("a stranger's role, through a service", 'stranger', UNHEARD_OF[1], 'role/reader', {
    'aws:principaltag/team': ['search'],
    'aws:viaawsservice': ['true'],
    'aws:calledvia': ['athena.amazonaws.com', 'lambda.amazonaws.com'],
  }),
  service('own', OWN, 'o-own12345'),
  service('foreign', FOREIGN, 'o-foreign1'),
  service('stranger', UNHEARD_OF[0], 'o-unheard1'),
];

interface Place {
  readonly name: string;
  /** Anyone may be there, few may, or only those who are trusted. */
  readonly holds: 'anyone' | 'few' | 'trusted';
  readonly endpoint: 'public' | 'vpc';
  readonly context: Context;
}

const address = (text: string, holds: Place['holds'], endpoint: Place['endpoint'] = 'public'): Place => ({
  name: text,
  holds,
  endpoint,
  context: { 'aws:sourceip': [text] },
});

const vpc = (id: string, holds: Place['holds'], more: Context = {}): Place => ({
  name: id,
  holds,
  endpoint: 'vpc',
  context: { 'aws:sourcevpc': [id], 'aws:sourcevpce': [`vpce-of-${id}`], 'aws:vpcsourceip': ['10.1.1.1'], ...more },
});

/**
 * No policy that is made up names 8.8.8.8, 150.1.1.1 or 2a00::1 but in a range that is broad, nor the VPC that was never
 * heard of or an address within it.
 */
const PLACES: readonly Place[] = [
  address('8.8.8.8', 'anyone'),
  address('150.1.1.1', 'anyone'),
  address('2a00::1', 'anyone'),
  address('52.1.1.1', 'few'),
  address('203.0.113.7', 'few'),
  address('198.51.100.9', 'trusted'),
  address('10.1.1.1', 'few', 'vpc'),
  vpc('vpc-0abc123', 'few'),
  vpc('vpc-0abc123', 'few', { 'aws:sourceip': ['10.1.1.1'] }),
  vpc('vpc-0unheard', 'anyone', { 'aws:vpcsourceip': ['172.31.9.9'] }),
  vpc('vpc-0trusted', 'trusted'),
  // What is told of a network is left out of what a service does as itself.
  { name: 'AWS', holds: 'anyone', endpoint: 'vpc', context: {} },
];

/** A request, and how bad it is that it is let in. */
export interface Attempt {
  readonly name: string;
  readonly request: IamRequest;
  readonly does: 'canRead' | 'canWrite';
  /** At least this must be announced where nothing but the requester's account and place counts. */
  readonly announces: Exposure;
  /** The same request by strangers who are alike: in a trusted place a foreign account counts only where an Allow tells it from them. */
  readonly byStrangers: readonly IamRequest[];
}

const ORDERS = `${DOMAIN}/orders/_doc/1`;
const USERS = `${DOMAIN}/users/_search`;

/** A search is a POST, which reads and writes; here it is asked whether it writes. */
const ACTIONS = [
  { action: 'es:ESHttpGet', does: 'canRead', resources: [ORDERS, USERS] },
  { action: 'es:ESHttpHead', does: 'canRead', resources: [ORDERS, USERS] },
  { action: 'es:ESHttpPost', does: 'canWrite', resources: [USERS] },
  { action: 'es:ESHttpPut', does: 'canWrite', resources: [ORDERS, USERS] },
  { action: 'es:ESHttpDelete', does: 'canWrite', resources: [ORDERS, USERS] },
  { action: 'es:ESHttpPatch', does: 'canWrite', resources: [ORDERS] },
  { action: 'es:ESCrossClusterGet', does: 'canRead', resources: [DOMAIN] },
] as const;

const BY_PLACE: Readonly<Record<Place['holds'], Readonly<Record<Distance, Exposure>>>> = {
  anyone: { unsigned: 'public', stranger: 'any-account', foreign: 'cross-account', own: 'same-account' },
  few: { unsigned: 'anonymous-network', stranger: 'cross-account', foreign: 'cross-account', own: 'same-account' },
  trusted: { unsigned: 'same-account', stranger: 'same-account', foreign: 'cross-account', own: 'same-account' },
};

/** Every request there may be, to a domain with an endpoint of that kind. */
export function attemptsOn(endpoint: 'public' | 'vpc' | 'unknown'): readonly Attempt[] {
  const places = PLACES.filter((place) => endpoint === 'unknown' || place.endpoint === endpoint);
  return places.flatMap((place) =>
    EVERYBODY.filter(({ requester }) => canBeIn(requester, place)).flatMap((somebody) =>
      ACTIONS.flatMap(({ action, does, resources }) =>
        resources.map((resource) => attempt(somebody, place, action, does, resource)),
      ),
    ),
  );
}

/** Services act from networks of AWS: over the internet from an address of AWS, and from no VPC of anybody. */
function canBeIn({ kind }: Requester, { name, endpoint, holds }: Place): boolean {
  const isOfAws = name === 'AWS';
  return kind === 'service' ? isOfAws || (endpoint === 'public' && holds === 'anyone') : !isOfAws;
}

function attempt(somebody: Somebody, place: Place, action: string, does: Attempt['does'], resource: string): Attempt {
  const requestOf = ({ requester, context }: Somebody): IamRequest => ({
    requester,
    action,
    resource,
    context: { ...everyRequest, ...place.context, ...context },
  });
  // Searching across clusters asks for a signature, so that who does not sign is whoever has an account.
  const isSigned = action === 'es:ESCrossClusterGet' && somebody.distance === 'unsigned';
  const twins = THEIR_TWINS.flatMap((principals) => principals[FOREIGNERS.indexOf(somebody)] ?? []);
  return {
    name: `${somebody.name} from ${place.name}: ${action} ${resource.slice(DOMAIN.length)}`,
    request: requestOf(somebody),
    does,
    announces: BY_PLACE[place.holds][isSigned ? 'stranger' : somebody.distance],
    byStrangers: place.holds === 'trusted' ? twins.map(requestOf) : [],
  };
}
