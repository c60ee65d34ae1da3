import {
  ARN_OF_DOMAIN,
  NESTED,
  asked,
  called,
  filled,
  listOf,
  membersOf,
  numbered,
  sessionOf,
  spelled,
  type Members,
  type Tricks,
} from './record';

/** Requests and responses that are slow to look through. */
export const MEMBERS: Tricks = {
  'members by the thousand': (bytes) => asked(membersOf(bytes / 20, (at) => [`m${at}`, at])),
  'secrets by the thousand': (bytes) => asked({ ...manySecrets('x', bytes), ...quoting('x', bytes) }),
  'secrets that begin alike': (bytes) =>
    asked({ ...manySecrets('aaaaaaaaaaaa', bytes), ...quoting('aaaaaaaaaaaa', bytes) }),
  'secrets that are one letter, longer and longer': (bytes) =>
    asked({ grants: listOf(bytes / 500, (at) => 'a'.repeat(at + 6)), ...quoting('aaaaaaaaaaaa', bytes) }),
  'lists in lists': () => asked({ a: NESTED }),
  'a wide list': (bytes) => asked({ a: listOf(bytes / 2, () => 0) }),
  'log types by the thousand': (bytes) =>
    asked({ logPublishingOptions: membersOf(bytes / 40, (at) => [`TYPE_${at}`, { enabled: false }]) }),
  'accounts by the thousand': (bytes) => ({
    ...called('UpdatePackageScope', { packageUserList: numbered('7', bytes / 20), operation: 'ADD' }),
  }),
  'warnings by the thousand': (bytes) => asked({ acceptedWarnings: numbered('w', bytes / 20) }),
  'administrators by the thousand': (bytes) =>
    called('UpdateApplication', {
      appConfigs: numbered('9', bytes / 20).map((value) => ({ key: 'dashboardAdmin.users', value })),
    }),
  'subnets by the thousand': (bytes) => asked({ vPCOptions: { subnetIds: numbered('subnet-', bytes / 20) } }),
  'advanced options by the thousand': (bytes) =>
    asked({ advancedOptions: membersOf(bytes / 40, (at) => [`rest.action.${at}`, 'true']) }),
  'blocks by the thousand': (bytes) => asked(membersOf(bytes / 50, (at) => [`block${at}Options`, { enabled: true }])),
  'a block that nests': () => asked({ domainEndpointOptions: nestedObject(90) }),
  'blocks in blocks': (bytes) => asked({ a: nestedObject(bytes / 125) }),
  'lists of lists': (bytes) => asked({ advancedSecurityOptions: listOf(bytes / 20, () => [[[['x']]]]) }),
  'tags by the thousand': (bytes) =>
    called('AddTags', {
      arn: ARN_OF_DOMAIN,
      tagList: listOf(bytes / 45, (at) => ({ key: `k${at}`, value: `v${at}` })),
    }),
  'tags taken by the thousand': (bytes) =>
    called('RemoveTags', { arn: ARN_OF_DOMAIN, tagKeys: numbered('t', bytes / 20) }),
  'one long tag': (bytes) =>
    called('AddTags', {
      arn: ARN_OF_DOMAIN,
      tagList: [{ key: filled('\u00e9', bytes / 4), value: filled('\ud83d\ude00', bytes / 8) }],
    }),
  'an addendum without end': (bytes) =>
    asked(
      {},
      {
        addendum: {
          reason: 'UPDATED_DATA',
          updatedFields: numbered('f', bytes / 20),
          originalRequestID: filled('r', bytes / 3),
          originalEventID: filled('e', bytes / 3),
        },
      },
    ),
  'a session without end': (bytes) =>
    asked(
      {},
      {
        userIdentity: {
          ...sessionOf('role/s'),
          sessionContext: {
            attributes: membersOf(bytes / 50, (at) => [`a${at}`, 'x']),
            sessionIssuer: { arn: filled('arn:', bytes / 2), userName: filled('u', bytes / 3) },
          },
        },
      },
    ),
  'somebody behind somebody': (bytes) => asked({}, { userIdentity: nestedIdentity(bytes / 160) }),
  'a domain by an ARN without end': (bytes) =>
    called('DeleteDomain', { arn: filled('arn:aws:es:eu-west-1:111122223333:domain/', bytes) }),
  'members of the record by the thousand': (bytes) =>
    asked(
      {},
      membersOf(bytes / 25, (at) => [`m${at}`, 'x']),
    ),
  'members that differ in letter case': (bytes) =>
    asked(membersOf(bytes / 60, (at) => [spelled('accesspolicies', at), '*'])),
  'a response of everything': (bytes) =>
    asked(
      {},
      { responseElements: { domainConfig: membersOf(bytes / 50, (at) => [`b${at}`, { options: { x: at } }]) } },
    ),
  'a response of secrets': (bytes) =>
    asked(
      { masterUserPassword: 'abcdefgh' },
      {
        responseElements: {
          domainConfig: membersOf(bytes / 60, (at) => [`b${at}`, { options: `abcdefg${at}abcdefgh` }]),
        },
      },
    ),
  'packages by the thousand': (bytes) =>
    called('AssociatePackages', {
      domainName: 'logs',
      packageList: listOf(bytes / 30, (at) => ({ packageID: `p${at}` })),
    }),
  'metadata without end': (bytes) =>
    asked({
      advancedSecurityOptions: {
        sAMLOptions: {
          enabled: true,
          idp: { entityId: filled('e', bytes / 4), metadataContent: filled('<a>', bytes / 2) },
        },
      },
    }),
  'a key without end': (bytes) =>
    asked({
      advancedSecurityOptions: {
        jWTOptions: { enabled: true, publicKey: filled('-----BEGIN PUBLIC KEY-----', bytes / 2) },
      },
    }),
  'numbers without end': (bytes) => asked({ clusterConfig: { instanceCount: '9'.repeat(bytes) } }),
  'flags without end': (bytes) => asked({ domainEndpointOptions: { enforceHTTPS: `${' '.repeat(bytes)}false` } }),
  'long names on the way to many leaves': (bytes) =>
    asked({ a: { [filled('n', bytes / 2)]: membersOf(bytes / 40, (at) => [`leaf${at}`, at]) } }),
  'members of every prototype': (bytes) =>
    asked({
      constructor: { prototype: { polluted: 'yes' } },
      hasOwnProperty: 1,
      toString: 2,
      ...membersOf(bytes / 40, (at) => [`__proto__${at}`, {}]),
    }),
  'an audit log without end': (bytes) =>
    asked({ logPublishingOptions: { AUDIT_LOGS: { cloudWatchLogsLogGroupArn: filled('arn:aws:logs:', bytes / 2) } } }),
};

const manySecrets = (prefix: string, bytes: number): Members =>
  membersOf(bytes / 60, (at) => [`password${at}`, `${prefix}${String(at).padStart(6, '0')}`]);

/** What rules quote at length. */
const quoting = (text: string, bytes: number): Members => ({
  acceptedWarnings: [filled(text, bytes / 4)],
  domainEndpointOptions: { customEndpoint: filled(text, bytes / 4) },
});

const nestedObject = (depth: number): Members =>
  listOf(depth, (at) => `m${at}`).reduce<Members>((inner, name) => ({ [name]: inner, enabled: false }), {});

const nestedIdentity = (depth: number): Members =>
  listOf(depth, () => SESSION).reduce<Members>(
    (inner, session) => ({ ...session, sessionContext: { sessionIssuer: inner } }),
    {},
  );

const SESSION = sessionOf('role/session');
