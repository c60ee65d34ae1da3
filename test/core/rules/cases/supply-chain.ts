import { OWN, PARTNER, recordOf, STRANGER } from '../../../support/records';
import { casesOf, type RuleCase } from './rule-case';

const USERS = 'requestParameters/packageUserList';
const KEY_STORE = 'requestParameters/packageList';

const VENDING = 'requestParameters/packageVendingOptions';
const VOLUME = 'es_UpdateDomainConfig_volume';
const ML = 'requestParameters/aIMLOptions';

const capability = (eventName: string): unknown =>
  recordOf('es_DeleteApplication', {
    eventName,
    requestParameters: { applicationId: 'a1b2c3d4e5f6', capabilityName: 'ai-capability' },
  });

export const supplyChainCases: readonly RuleCase[] = [
  ...casesOf(
    'plugin-package',
    ['a plugin is created', 'HIGH', recordOf('es_CreatePackage')],
    [
      'a dictionary is created',
      'none',
      recordOf('es_CreatePackage', { 'requestParameters/packageType': 'TXT-DICTIONARY' }),
    ],
    ['a plugin is updated, as the response shows', 'HIGH', recordOf('es_UpdatePackage')],
    [
      'a dictionary is updated',
      'none',
      recordOf('es_UpdatePackage', { 'responseElements/packageDetails/packageType': 'TXT-DICTIONARY' }),
    ],
    ['a package is associated', 'none', recordOf('es_AssociatePackage')],
  ),
  ...casesOf(
    'package-associated',
    ['one package', 'MEDIUM', recordOf('es_AssociatePackage')],
    ['several packages', 'MEDIUM', recordOf('es_AssociatePackages')],
    ['dissociated', 'none', recordOf('es_DissociatePackage')],
  ),
  ...casesOf(
    'keystore-access-granted',
    ['one of several packages may read the keystore', 'HIGH', recordOf('es_AssociatePackages')],
    [
      'one package may read the keystore',
      'HIGH',
      recordOf('es_AssociatePackage', {
        'requestParameters/associationConfiguration': { keyStoreAccessOption: { keyStoreAccessEnabled: 'true' } },
      }),
    ],
    [
      'no package may read the keystore',
      'none',
      recordOf('es_AssociatePackages', {
        [KEY_STORE]: [
          {
            packageID: 'F123456789',
            associationConfiguration: { keyStoreAccessOption: { keyStoreAccessEnabled: false } },
          },
        ],
      }),
    ],
    ['nothing is said of the keystore', 'none', recordOf('es_AssociatePackage')],
  ),
  ...casesOf(
    'package-shared',
    ['with an account nobody trusts', 'HIGH', recordOf('es_UpdatePackageScope')],
    ['with a trusted account', 'LOW', recordOf('es_UpdatePackageScope', { [USERS]: [PARTNER] })],
    ['with a trusted account and another', 'HIGH', recordOf('es_UpdatePackageScope', { [USERS]: [PARTNER, STRANGER] })],
    [
      'with a list that replaces the one before',
      'HIGH',
      recordOf('es_UpdatePackageScope', { 'requestParameters/operation': 'OVERRIDE' }),
    ],
    [
      'an account is taken off the list',
      'none',
      recordOf('es_UpdatePackageScope', { 'requestParameters/operation': 'REMOVE' }),
    ],
    [
      'an account is taken off the list, in lower case',
      'none',
      recordOf('es_UpdatePackageScope', { 'requestParameters/operation': 'remove' }),
    ],
    ['with nobody', 'none', recordOf('es_UpdatePackageScope', { [USERS]: [] })],
    ['with the own account', 'none', recordOf('es_UpdatePackageScope', { [USERS]: [OWN] })],
    [
      'in a way that is not told',
      'HIGH',
      recordOf('es_UpdatePackageScope', { 'requestParameters/operation': undefined }),
    ],
    ['created as one that can be', 'LOW', recordOf('es_CreatePackage', { [VENDING]: { vendingEnabled: true } })],
    ['created as one that cannot be', 'none', recordOf('es_CreatePackage', { [VENDING]: { vendingEnabled: false } })],
    ['created with nothing said of it', 'none', recordOf('es_CreatePackage')],
  ),
  ...casesOf(
    'reserved-instances-purchased',
    ['a purchase', 'HIGH', recordOf('es_PurchaseReservedInstanceOffering')],
    ['a purchase through the 2015 API', 'HIGH', recordOf('es_PurchaseReservedElasticsearchInstanceOffering')],
    ['an upgrade', 'none', recordOf('es_UpgradeDomain')],
  ),
  ...casesOf(
    'machine-learning-enabled',
    [
      'queries are written from natural language',
      'LOW',
      recordOf(VOLUME, { [ML]: { naturalLanguageQueryGenerationOptions: { desiredState: 'ENABLED' } } }),
    ],
    [
      'they no longer are',
      'none',
      recordOf(VOLUME, { [ML]: { naturalLanguageQueryGenerationOptions: { desiredState: 'DISABLED' } } }),
    ],
    ['vectors are kept in S3', 'LOW', recordOf(VOLUME, { [ML]: { s3VectorsEngine: { enabled: 'true' } } })],
    ['they no longer are kept there', 'none', recordOf(VOLUME, { [ML]: { s3VectorsEngine: { enabled: false } } })],
    [
      'vectors are indexed elsewhere',
      'LOW',
      recordOf(VOLUME, { [ML]: { serverlessVectorAcceleration: { enabled: true } } }),
    ],
    [
      'a domain is created with one of them',
      'LOW',
      recordOf('es_CreateDomain_hardened', { [ML]: { serverlessVectorAcceleration: { enabled: true } } }),
    ],
    ['a domain is created with none of them', 'none', recordOf('es_CreateDomain_hardened')],
    ['an application is given a capability', 'LOW', capability('RegisterCapability')],
    ['a capability is taken away', 'none', capability('DeregisterCapability')],
  ),
  ...casesOf(
    'warnings-overridden',
    ['warnings are accepted', 'LOW', recordOf('es_UpdateDomainConfig_accepted_warnings')],
    [
      'none is accepted',
      'none',
      recordOf('es_UpdateDomainConfig_accepted_warnings', { 'requestParameters/acceptedWarnings': [] }),
    ],
    ['the update says nothing of warnings', 'none', recordOf('es_UpdateDomainConfig_volume')],
  ),
];
