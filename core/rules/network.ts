import { flagOf, textOf, textsOf } from '../base/members';
import { technique } from './kit/attack';
import { asked, evidenceIf, given, isCreation, isTurnedOff, isUpdate } from './kit/reading';
import { defineRule, type Rule } from './kit/rule';

const DESCRIBE = 'aws opensearch describe-domain-config --region {region} --domain-name {domain}';

export const networkRules: readonly Rule[] = [
  defineRule({
    id: 'public-endpoint-created',
    title: 'A domain with a public endpoint was created',
    severities: { MEDIUM: 'always' },
    why: 'A public endpoint answers the whole internet, and a domain cannot be moved into a VPC later: only its policy and its sign-in stand between strangers and the data.',
    remediation: {
      text: 'If the domain should be private, create it anew with VPC options and move the data before it is used.',
    },
    attack: [technique('T1133')],
    operations: ['CreateDomain'],
    evidence: (situation) =>
      evidenceIf(
        isCreation(situation) && situation.posture.endpoint.value === 'public',
        'MEDIUM',
        'the domain is created outside a VPC, with an endpoint on the internet',
      ),
  }),
  defineRule({
    id: 'network-changed',
    title: 'The network of a domain was changed',
    severities: { MEDIUM: 'always' },
    why: 'Security groups and subnets are the only network filter of a domain in a VPC; egress off the VPC escapes the filters there.',
    remediation: {
      text: 'Check that subnets, security groups and egress are as planned, and what the groups admit.',
      command: DESCRIBE,
    },
    attack: [technique('T1686.001'), technique('T1578.005')],
    operations: ['UpdateDomainConfig'],
    evidence: (situation) => {
      const subnets = textsOf(asked(situation, 'vPCOptions', 'subnetIds'));
      const groups = textsOf(asked(situation, 'vPCOptions', 'securityGroupIds'));
      const isEgressOff = flagOf(asked(situation, 'vPCOptions', 'egressEnabled')) === false;
      const says = [
        isEgressOff && 'egress no longer goes through the VPC',
        groups.length > 0 && `the security groups are set to ${groups.join(', ')}`,
        subnets.length > 0 && `the subnets are set to ${subnets.join(', ')}`,
      ].filter((clause) => clause !== false);
      return evidenceIf(isUpdate(situation) && says.length > 0, 'MEDIUM', says.join(' and '));
    },
  }),
  defineRule({
    id: 'custom-endpoint-changed',
    title: 'A custom endpoint or its certificate was changed',
    severities: { MEDIUM: 'always' },
    why: 'Clients follow the custom endpoint: whoever controls its name or certificate can stand between them and the domain, and without it they find nothing.',
    remediation: { text: 'Check that the name and the certificate are yours.', command: DESCRIBE },
    attack: [technique('T1557')],
    operations: ['CreateDomain', 'UpdateDomainConfig'],
    compares: true,
    evidence: (situation) => {
      const name = textOf(given(situation, 'domainEndpointOptions', 'customEndpoint'));
      const certificate = textOf(given(situation, 'domainEndpointOptions', 'customEndpointCertificateArn'));
      const isNamed = name !== undefined || certificate !== undefined;
      const flag = flagOf(given(situation, 'domainEndpointOptions', 'customEndpointEnabled'));
      // Tools send the flag turned off with every change: alone it tells something only where the endpoint was on.
      const isOff = isTurnedOff(situation, 'domainEndpointOptions', 'customEndpointEnabled');
      if (isOff || (isUpdate(situation) && flag === false && isNamed)) {
        return evidenceIf(true, 'MEDIUM', `the custom endpoint${name ? ` ${name}` : ''} is turned off`);
      }
      return evidenceIf(
        isNamed || flag === true,
        'MEDIUM',
        [
          `the custom endpoint is set${name ? ` to ${name}` : ''}`,
          certificate ? ` with certificate ${certificate}` : '',
        ].join(''),
      );
    },
  }),
  defineRule({
    id: 'dual-stack-enabled',
    title: 'The domain became reachable over IPv6',
    severities: { LOW: 'always' },
    why: 'Conditions that list only IPv4 ranges say nothing about callers over IPv6, and a domain cannot leave dual stack again.',
    remediation: {
      text: 'This cannot be undone. Check the address conditions of the access policy and the security groups for IPv6.',
    },
    attack: [technique('T1133')],
    operations: ['CreateDomain', 'UpdateDomainConfig'],
    evidence: (situation) =>
      evidenceIf(
        textOf(given(situation, 'iPAddressType'))?.toLowerCase() === 'dualstack',
        'LOW',
        'the address type becomes dualstack',
      ),
  }),
  defineRule({
    id: 'explicit-index-bypass',
    title: 'Requests may name indexes in their body',
    severities: { LOW: 'always' },
    why: 'With rest.action.multi.allow_explicit_index on, a caller who may use one index can name others in the body of a bulk or multi-search request, past a policy written on paths.',
    remediation: {
      text: 'If the access policy distinguishes indexes, turn the option off again.',
      command:
        'aws opensearch update-domain-config --region {region} --domain-name {domain} --advanced-options rest.action.multi.allow_explicit_index=false',
    },
    attack: [technique('T1686.001')],
    operations: ['UpdateDomainConfig'],
    evidence: (situation) =>
      evidenceIf(
        isUpdate(situation) && flagOf(asked(situation, 'advancedOptions', ALLOW_EXPLICIT_INDEX)) === true,
        'LOW',
        `${ALLOW_EXPLICIT_INDEX} is set to true`,
      ),
  }),
];

const ALLOW_EXPLICIT_INDEX = 'rest.action.multi.allow_explicit_index';
