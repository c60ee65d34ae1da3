import { OWN, PARTNER, recordOf, STRANGER } from '../../../support/records';
import { casesOf, type RuleCase } from './rule-case';

const USERS = 'requestParameters/packageUserList';
const KEY_STORE = 'requestParameters/packageList';

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
  ),
  ...casesOf(
    'reserved-instances-purchased',
    ['a purchase', 'HIGH', recordOf('es_PurchaseReservedInstanceOffering')],
    ['a purchase through the 2015 API', 'HIGH', recordOf('es_PurchaseReservedElasticsearchInstanceOffering')],
    ['an upgrade', 'none', recordOf('es_UpgradeDomain')],
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
