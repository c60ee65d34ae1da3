import { OWN, PARTNER, recordOf, STRANGER } from '../../../support/records';
import { casesOf, type RuleCase } from './rule-case';

const MODE = 'requestParameters/encryptionAtRestOptions/encryptionMode';
const KEY = 'requestParameters/encryptionAtRestOptions/kmsKeyId';
const REQUEST_ENDPOINT = 'requestParameters/domainEndpointOptions';
const TLS_POLICY = `${REQUEST_ENDPOINT}/tLSSecurityPolicy`;
const STATUS = 'responseElements/domainStatus';
const TLS_1_2 = 'Policy-Min-TLS-1-2-2019-07';
const keyOf = (accountId: string): string =>
  `arn:aws:kms:eu-west-1:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** A protection that is a flag: turned off by an update, or left off by a creation. */
function flagCases(rule: string, update: string, block: string, flag: string): readonly RuleCase[] {
  const asked = `requestParameters/${block}/${flag}`;
  const succeeded = { errorCode: undefined, errorMessage: undefined };
  const off = recordOf(update);
  const turnedOff = 'errorCode' in off ? recordOf(update, succeeded) : off;
  return casesOf(
    rule,
    ['turned off', 'HIGH', turnedOff],
    ['turned off in the name of the 2015 API', 'HIGH', { ...turnedOff, eventName: 'UpdateElasticsearchDomainConfig' }],
    ['turned off, as text', 'HIGH', recordOf(update, { [asked]: 'false', ...('errorCode' in off && succeeded) })],
    ['turned on', 'none', recordOf(update, { [asked]: true })],
    ['turned on, as text', 'none', recordOf(update, { [asked]: 'TRUE' })],
    ['an update with an empty block', 'none', recordOf(update, { [`requestParameters/${block}`]: {} })],
    ['an update without the block', 'none', recordOf(update, { [`requestParameters/${block}`]: undefined })],
    ['a domain created without it', 'MEDIUM', recordOf('es_CreateDomain_public')],
    ['a domain created without it through the 2015 API', 'MEDIUM', recordOf('es_CreateElasticsearchDomain_public')],
    ['the domain of the AWS page', 'MEDIUM', recordOf('es_CreateElasticsearchDomain_console')],
    ['a domain created with it', 'none', recordOf('es_CreateDomain_hardened')],
    ['a domain created with it through the 2015 API', 'none', recordOf('es_CreateElasticsearchDomain_hardened')],
    [
      'a domain created with it by default, as the response shows',
      'none',
      recordOf('es_CreateDomain_hardened', { [`requestParameters/${block}`]: {} }),
    ],
    [
      'a domain whose creation answers that it is off, though it was asked for',
      'MEDIUM',
      recordOf('es_CreateDomain_hardened', { [`${STATUS}/${block}/${flag}`]: false }),
    ],
    [
      'a domain asked for with it, whose creation answers nothing of it',
      'none',
      recordOf('es_CreateDomain_hardened', { [`${STATUS}/${block}`]: undefined }),
    ],
    [
      'a domain asked for without it, and no answer',
      'MEDIUM',
      recordOf('es_CreateDomain_hardened', { [`requestParameters/${block}`]: undefined, responseElements: null }),
    ],
    ['a denied creation, of which nothing is known', 'none', recordOf('es_CreateDomain_denied')],
  );
}

export const encryptionCases: readonly RuleCase[] = [
  ...flagCases('https-not-enforced', 'es_UpdateDomainConfig_https_off', 'domainEndpointOptions', 'enforceHTTPS'),
  ...flagCases(
    'encryption-at-rest-off',
    'es_UpdateDomainConfig_encryption_at_rest_off',
    'encryptionAtRestOptions',
    'enabled',
  ),
  ...casesOf('encryption-at-rest-off', [
    'a refused attempt to turn it off',
    'MEDIUM',
    recordOf('es_UpdateDomainConfig_encryption_at_rest_off'),
  ]),
  ...flagCases(
    'node-to-node-encryption-off',
    'es_UpdateDomainConfig_node_to_node_encryption_off',
    'nodeToNodeEncryptionOptions',
    'enabled',
  ),
  ...casesOf(
    'weak-tls-policy',
    ['TLS 1.0 is allowed', 'HIGH', recordOf('es_UpdateDomainConfig_weak_tls')],
    ['TLS 1.0 is allowed through the 2015 API', 'HIGH', recordOf('es_UpdateElasticsearchDomainConfig_weak_tls')],
    [
      'TLS 1.2 is the least',
      'none',
      recordOf('es_UpdateDomainConfig_weak_tls', {
        [`${REQUEST_ENDPOINT}/tLSSecurityPolicy`]: 'Policy-Min-TLS-1-2-2019-07',
      }),
    ],
    [
      'the policy with forward secrecy',
      'none',
      recordOf('es_UpdateDomainConfig_weak_tls', {
        [`${REQUEST_ENDPOINT}/tLSSecurityPolicy`]: 'Policy-Min-TLS-1-2-PFS-2023-10',
      }),
    ],
    [
      'the FIPS policy',
      'none',
      recordOf('es_UpdateDomainConfig_weak_tls', {
        [`${REQUEST_ENDPOINT}/tLSSecurityPolicy`]: 'Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08',
      }),
    ],
    [
      'the FIPS policy with post-quantum ciphers',
      'none',
      recordOf('es_UpdateDomainConfig_weak_tls', { [TLS_POLICY]: 'Policy-Min-TLS-1-2-FIPS-PQ-2026-10' }),
    ],
    [
      'a domain that goes from forward secrecy to post-quantum ciphers',
      'none',
      recordOf('es_UpdateDomainConfig_weak_tls', { [TLS_POLICY]: 'Policy-Min-TLS-1-2-FIPS-PQ-2026-10' }),
      recordOf('es_UpdateDomainConfig_volume'),
    ],
    [
      'a domain that goes from post-quantum ciphers to a policy that promises none',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_weak_tls', { [TLS_POLICY]: TLS_1_2 }),
      recordOf('es_UpdateDomainConfig_weak_tls', { [TLS_POLICY]: 'Policy-Min-TLS-1-2-FIPS-PQ-2026-10' }),
    ],
    [
      'a domain that goes from forward secrecy to a policy of a later name',
      'none',
      recordOf('es_UpdateDomainConfig_weak_tls', { [TLS_POLICY]: 'Policy-Min-TLS-1-3-Strict-2028-01' }),
      recordOf('es_UpdateDomainConfig_volume'),
    ],
    [
      'TLS 1.0 under a newer name',
      'HIGH',
      recordOf('es_UpdateDomainConfig_weak_tls', { [TLS_POLICY]: 'Policy-Min-TLS-1-0-FIPS-PQ-2026-10' }),
    ],
    ['TLS 1.1', 'HIGH', recordOf('es_UpdateDomainConfig_weak_tls', { [TLS_POLICY]: 'Policy-Min-TLS-1-1-2019-07' })],
    [
      'a policy whose name tells a year for a version',
      'HIGH',
      recordOf('es_UpdateDomainConfig_weak_tls', { [TLS_POLICY]: 'Policy-Min-TLS-2026-10' }),
    ],
    [
      'a policy whose name tells a version elsewhere',
      'HIGH',
      recordOf('es_UpdateDomainConfig_weak_tls', { [TLS_POLICY]: 'Policy-Compatible-Not-Min-TLS-1-2' }),
    ],
    [
      'a policy whose name tells no version',
      'HIGH',
      recordOf('es_UpdateDomainConfig_weak_tls', { [`${REQUEST_ENDPOINT}/tLSSecurityPolicy`]: 'Policy-Of-Tomorrow' }),
    ],
    [
      'a policy of TLS 1.3',
      'none',
      recordOf('es_UpdateDomainConfig_weak_tls', {
        [`${REQUEST_ENDPOINT}/tLSSecurityPolicy`]: 'Policy-Min-TLS-1-3-2027-01',
      }),
    ],
    [
      'forward secrecy is given up',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_weak_tls', { [`${REQUEST_ENDPOINT}/tLSSecurityPolicy`]: TLS_1_2 }),
      recordOf('es_UpdateDomainConfig_volume'),
    ],
    [
      'forward secrecy that was not there is not given up',
      'none',
      recordOf('es_UpdateDomainConfig_weak_tls', { [`${REQUEST_ENDPOINT}/tLSSecurityPolicy`]: TLS_1_2 }),
      recordOf('es_UpdateElasticsearchDomainConfig_weak_tls'),
    ],
    ['another endpoint option changes', 'none', recordOf('es_UpdateDomainConfig_https_off')],
    ['a domain is created with TLS 1.0, by default', 'MEDIUM', recordOf('es_CreateDomain_public')],
    ['a domain is created with TLS 1.2', 'none', recordOf('es_CreateDomain_hardened')],
  ),
  ...casesOf(
    'native-encryption-enabled',
    ['the engine encrypts from now on', 'LOW', recordOf('es_UpdateDomainConfig_kms_key', { [MODE]: 'NATIVE' })],
    ['the volumes are encrypted', 'none', recordOf('es_UpdateDomainConfig_kms_key', { [MODE]: 'DISK' })],
    ['nothing is said of the mode', 'none', recordOf('es_UpdateDomainConfig_kms_key')],
    [
      'a domain is created so, which nothing was lost by',
      'none',
      recordOf('es_CreateDomain_hardened', { [MODE]: 'NATIVE' }),
    ],
  ),
  ...casesOf(
    'foreign-kms-key',
    ['a key of an account nobody trusts', 'HIGH', recordOf('es_UpdateDomainConfig_kms_key')],
    ['a key of the own account', 'none', recordOf('es_UpdateDomainConfig_kms_key', { [KEY]: keyOf(OWN) })],
    ['a key of a trusted account', 'none', recordOf('es_UpdateDomainConfig_kms_key', { [KEY]: keyOf(PARTNER) })],
    ['a bare key id', 'none', recordOf('es_UpdateDomainConfig_kms_key', { [KEY]: '1234abcd-12ab-34cd-56ef-123456' })],
    [
      'an alias, which is of the own account',
      'none',
      recordOf('es_UpdateDomainConfig_kms_key', { [KEY]: 'alias/logs' }),
    ],
    ['the alias of AWS itself', 'none', recordOf('es_UpdateDomainConfig_kms_key', { [KEY]: 'alias/aws/es' })],
    [
      'the ARN of an alias of the own account',
      'none',
      recordOf('es_UpdateDomainConfig_kms_key', { [KEY]: `arn:aws:kms:eu-west-1:${OWN}:alias/logs` }),
    ],
    [
      'the ARN of an alias of another account',
      'HIGH',
      recordOf('es_UpdateDomainConfig_kms_key', { [KEY]: `arn:aws:kms:eu-west-1:${STRANGER}:alias/logs` }),
    ],
    [
      'a key of another account, in another partition',
      'HIGH',
      recordOf('es_UpdateDomainConfig_kms_key', { [KEY]: `arn:aws-cn:kms:cn-north-1:${STRANGER}:key/mrk-1234` }),
    ],
    ['a block without a key', 'none', recordOf('es_UpdateDomainConfig_kms_key', { [KEY]: undefined })],
    [
      'a domain is created with one',
      'HIGH',
      recordOf('es_CreateDomain_hardened', {
        [`${STATUS}/encryptionAtRestOptions/kmsKeyId`]: keyOf(STRANGER),
      }),
    ],
    [
      'a package is encrypted with one',
      'HIGH',
      recordOf('es_CreatePackage', {
        'requestParameters/packageEncryptionOptions': { encryptionEnabled: true, kmsKeyIdentifier: keyOf(STRANGER) },
      }),
    ],
    [
      'an application is encrypted with one',
      'HIGH',
      recordOf('es_CreateApplication', { 'requestParameters/kmsKeyArn': keyOf(STRANGER) }),
    ],
    ['an application is encrypted with a key of the own account', 'none', recordOf('es_CreateApplication')],
  ),
];
