import { recordOf } from '../../../support/records';
import { casesOf, type RuleCase } from './rule-case';

const ENDPOINT = 'requestParameters/domainEndpointOptions';
const CUSTOM = 'es_UpdateDomainConfig_custom_endpoint';

export const networkCases: readonly RuleCase[] = [
  ...casesOf(
    'custom-endpoint-changed',
    [
      'one that was on is turned off',
      'MEDIUM',
      recordOf(CUSTOM, { [ENDPOINT]: { customEndpointEnabled: false } }),
      recordOf(CUSTOM),
    ],
    [
      'one that is named is turned off',
      'MEDIUM',
      recordOf(CUSTOM, { [ENDPOINT]: { customEndpointEnabled: false, customEndpoint: 'search.example.com' } }),
    ],
    [
      'it is sent as off, and nobody knows whether it was on',
      'none',
      recordOf(CUSTOM, { [ENDPOINT]: { customEndpointEnabled: false, enforceHTTPS: true } }),
    ],
    [
      'it is sent as off, and was off',
      'none',
      recordOf(CUSTOM, { [ENDPOINT]: { customEndpointEnabled: false, enforceHTTPS: true } }),
      recordOf(CUSTOM, { [ENDPOINT]: { customEndpointEnabled: false } }),
    ],
  ),
];
