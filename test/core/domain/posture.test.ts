import { toCall } from '../../../core/call';
import { resultingBlock, toPosture, type Posture } from '../../../core/domain';
import { recordOf, type Changes } from '../../support/records';

function postureOf(fixture: string, changes: Changes = {}): Posture {
  const call = toCall(recordOf(fixture, changes));
  if (!call) throw new Error(`${fixture} is no configuration call`);
  return toPosture(call);
}

const inWords = (posture: Posture): readonly string[] =>
  [posture.endpoint, posture.fineGrainedAccess, posture.anonymousAccess].map(
    ({ value, from }) => `${value} from ${from}`,
  );

const UPDATED = 'responseElements/domainConfig';
const CREATED = 'responseElements/domainStatus';
const SECURITY = 'requestParameters/advancedSecurityOptions';

test.each([
  ['a creation in a VPC', 'es_CreateDomain_hardened', {}, ['vpc from request', 'on from request', 'off from response']],
  [
    'a creation outside',
    'es_CreateDomain_public',
    {},
    ['public from response', 'off from response', 'off from response'],
  ],
  [
    'a creation outside through the 2015 API',
    'es_CreateElasticsearchDomain_public',
    {},
    ['public from response', 'off from response', 'off from response'],
  ],
  [
    'the AWS page, whose response has no such blocks',
    'es_CreateElasticsearchDomain_console',
    {},
    ['public from response', 'off from response', 'off from response'],
  ],
  [
    'a creation in a VPC that the response alone shows',
    'es_CreateDomain_public',
    { [`${CREATED}/vPCOptions`]: { vPCId: 'vpc-0a1b2c3d', subnetIds: [] } },
    ['vpc from response', 'off from response', 'off from response'],
  ],
  [
    'a refused creation, by what it asked for',
    'es_CreateDomain_refused_open_policy',
    {},
    ['public from request', 'off from request', 'off from request'],
  ],
  [
    'a denied creation',
    'es_CreateDomain_denied',
    {},
    ['unknown from nowhere', 'unknown from nowhere', 'unknown from nowhere'],
  ],
  [
    'an update, by its whole response',
    'es_UpdateDomainConfig_https_off',
    {},
    ['vpc from response', 'on from response', 'off from response'],
  ],
  [
    'an update of a public domain, whose VPC options are empty',
    'es_UpdateDomainConfig_open_policy',
    {},
    ['public from response', 'off from response', 'off from response'],
  ],
  [
    'an update of a public domain through the 2015 API',
    'es_UpdateElasticsearchDomainConfig_open_policy',
    {},
    ['public from response', 'off from response', 'off from response'],
  ],
  [
    'an update that sets what the response shows otherwise',
    'es_UpdateDomainConfig_open_policy',
    { [SECURITY]: { enabled: 'true', anonymousAuthEnabled: 'TRUE' } },
    ['public from response', 'on from request', 'on from request'],
  ],
  [
    'an update that turns off what the response still shows on',
    'es_UpdateDomainConfig_https_off',
    { [SECURITY]: { enabled: false, anonymousAuthEnabled: 'false' } },
    ['vpc from response', 'off from request', 'off from request'],
  ],
  [
    'an update with empty blocks, which ask for nothing',
    'es_UpdateDomainConfig_https_off',
    { [SECURITY]: {}, 'requestParameters/vPCOptions': {} },
    ['vpc from response', 'on from response', 'off from response'],
  ],
  [
    'a failed update, of which nothing is known',
    'es_UpdateDomainConfig_busy',
    {},
    ['unknown from nowhere', 'unknown from nowhere', 'unknown from nowhere'],
  ],
  [
    'a failed update of the subnets, which is of a domain in a VPC',
    'es_UpdateDomainConfig_subnets',
    { responseElements: null },
    ['vpc from request', 'unknown from nowhere', 'unknown from nowhere'],
  ],
  [
    'an update without its parameters and response',
    'es_UpdateDomainConfig_omitted',
    {},
    ['unknown from nowhere', 'unknown from nowhere', 'unknown from nowhere'],
  ],
  [
    'a creation without its parameters and response',
    'es_CreateDomain_public',
    { requestParameters: { omitted: 'true', reason: 'requestParameters too large' }, responseElements: null },
    ['unknown from nowhere', 'unknown from nowhere', 'unknown from nowhere'],
  ],
  [
    'a deletion, by the last state',
    'es_DeleteDomain',
    {},
    ['vpc from response', 'on from response', 'off from response'],
  ],
  ['tags', 'es_AddTags', {}, ['unknown from nowhere', 'unknown from nowhere', 'unknown from nowhere']],
] as const)('the posture of %s', (_, fixture, changes, expected) => {
  expect(inWords(postureOf(fixture, changes))).toEqual(expected);
});

test('an update whose response leaves the VPC options out does not claim a public endpoint', () => {
  expect(postureOf('es_UpdateDomainConfig_https_off', { [`${UPDATED}/vPCOptions`]: undefined }).endpoint).toEqual({
    value: 'unknown',
    from: 'nowhere',
  });
});

test('anonymous access is off where a response knows the block and not the member', () => {
  const without = { [`${UPDATED}/advancedSecurityOptions/options`]: { enabled: true } };
  expect(postureOf('es_UpdateDomainConfig_https_off', without).anonymousAccess).toEqual({
    value: 'off',
    from: 'response',
  });
});

test('a block of the configuration is read from the flat and from the nested response alike', () => {
  const nested = toCall(recordOf('es_UpdateDomainConfig_volume'));
  const flat = toCall(recordOf('es_CreateDomain_hardened'));
  expect(nested && resultingBlock(nested, 'nodeToNodeEncryptionOptions')).toEqual({ enabled: true });
  expect(flat && resultingBlock(flat, 'nodeToNodeEncryptionOptions')).toEqual({ enabled: true });
});
