import { flagOf, isObject, memberOf, textOf } from '../base/members';
import { technique } from './kit/attack';
import { asked, evidenceIf, foreignAccountOf, given, isCreation, isOff, isSpecified, isUpdate } from './kit/reading';
import { defineRule, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';

const DESCRIBE =
  'aws opensearch describe-domain-config --region {region} --domain-name {domain} --query DomainConfig.AdvancedSecurityOptions';

const SET_MASTER_USER = `aws opensearch update-domain-config --region {region} --domain-name {domain} --advanced-security-options '{"MasterUserOptions":{"MasterUserARN":"{MASTER_USER_ARN}"}}'`;

const security = (...path: readonly string[]): readonly [string, ...string[]] => ['advancedSecurityOptions', ...path];

export const authenticationRules: readonly Rule[] = [
  defineRule({
    id: 'fine-grained-access-off',
    title: 'Fine-grained access control is off',
    severities: {
      HIGH: 'it is asked to be disabled, or a domain with a public endpoint is created without it',
      MEDIUM: 'a domain in a VPC is created without it',
    },
    why: 'Without it the access policy alone decides who gets in, there are no users or roles inside the cluster, and nothing can be audited.',
    remediation: {
      text: 'Turn fine-grained access control on, but first what it asks for: HTTPS, encryption at rest, node-to-node encryption, and an engine that is not too old. Callers without a role in the cluster are shut out then.',
      command: `aws opensearch update-domain-config --region {region} --domain-name {domain} --advanced-security-options '{"Enabled":true,"MasterUserOptions":{"MasterUserARN":"{MASTER_USER_ARN}"}}'`,
    },
    attack: [technique('T1685'), technique('T1556')],
    operations: ['CreateDomain', 'UpdateDomainConfig'],
    evidence: (situation) => {
      const when = isOff(situation, 'advancedSecurityOptions', 'enabled');
      if (when === undefined) return [];
      if (when === 'on request') {
        return evidenceIf(true, 'HIGH', 'fine-grained access control is turned off');
      }
      const isPrivate = situation.posture.endpoint.value === 'vpc';
      return evidenceIf(
        true,
        isPrivate ? 'MEDIUM' : 'HIGH',
        `the domain is created without fine-grained access control, ${isPrivate ? 'in a VPC' : 'on a public endpoint'}`,
      );
    },
  }),
  defineRule({
    id: 'anonymous-access-enabled',
    title: 'Anonymous access is on',
    severities: { CRITICAL: 'public or unknown endpoint', HIGH: 'the endpoint is in a VPC' },
    why: 'For thirty days callers who do not sign in pass fine-grained access control: with an open access policy, everyone can read and write.',
    remediation: {
      text: 'Restrict the access policy while clients are left that do not sign in. If there are none, or nobody planned this, end the migration period: who does not sign in is shut out then.',
      command:
        'aws opensearch update-domain-config --region {region} --domain-name {domain} --advanced-security-options AnonymousAuthEnabled=false',
    },
    attack: [technique('T1556'), technique('T1190')],
    operations: ['CreateDomain', 'UpdateDomainConfig'],
    evidence: (situation) => {
      const isPrivate = situation.posture.endpoint.value === 'vpc';
      return evidenceIf(
        flagOf(given(situation, ...security('anonymousAuthEnabled'))) === true,
        isPrivate ? 'HIGH' : 'CRITICAL',
        `anonymous access is turned on, ${
          { vpc: 'in a VPC', public: 'on a public endpoint', unknown: 'and whether the endpoint is public is unknown' }[
            situation.posture.endpoint.value
          ]
        }`,
      );
    },
  }),
  defineRule({
    id: 'master-user-changed',
    title: 'The master user was changed',
    severities: {
      CRITICAL: 'its ARN is of another account that is not trusted',
      HIGH: 'otherwise, on an existing domain',
    },
    why: 'The master user can read, change and delete everything in the domain and hand that power on.',
    remediation: {
      text: 'Check that the master user is yours. If the change was not planned, set one of your own (with the internal user database on, by name and password instead) and review the users and roles inside the cluster.',
      command: SET_MASTER_USER,
    },
    attack: [technique('T1098'), technique('T1556')],
    operations: ['UpdateDomainConfig'],
    evidence: (situation) => {
      const options = asked(situation, ...security('masterUserOptions'));
      if (!isUpdate(situation) || !isSpecified(options)) return [];
      const owner = foreignMasterOf(situation);
      return owner
        ? [{ severity: 'CRITICAL', says: `the master user is now a principal of account ${owner}` }]
        : [{ severity: 'HIGH', says: 'the master user is set anew' }];
    },
  }),
  defineRule({
    id: 'foreign-master-user',
    title: 'The master user belongs to another account',
    severities: { HIGH: 'a domain is created with it' },
    why: 'The master user can read, change and delete everything in the domain; this one answers to another account.',
    remediation: {
      text: 'Find out whose account it is. If it is yours, list it as a trusted account; if not, set a master user of your own.',
      command: SET_MASTER_USER,
    },
    attack: [technique('T1098'), technique('T1199')],
    operations: ['CreateDomain'],
    evidence: (situation) => {
      const owner = isCreation(situation) ? foreignMasterOf(situation) : undefined;
      return evidenceIf(
        owner !== undefined,
        'HIGH',
        `the domain is created with a principal of account ${owner ?? ''} as its master user`,
      );
    },
  }),
  defineRule({
    id: 'internal-user-database-enabled',
    title: 'The internal user database is on',
    severities: { MEDIUM: 'always' },
    why: 'Users with passwords live inside the cluster then: IAM does not see them, does not rotate their passwords and cannot ask them for a second factor.',
    remediation: {
      text: 'Prefer IAM, SAML or JWT sign-in; if the database is wanted, choose strong passwords and audit its users.',
      command: DESCRIBE,
    },
    attack: [technique('T1556')],
    operations: ['CreateDomain', 'UpdateDomainConfig'],
    evidence: (situation) =>
      evidenceIf(
        flagOf(given(situation, ...security('internalUserDatabaseEnabled'))) === true,
        'MEDIUM',
        'the internal user database is turned on',
      ),
  }),
  changedInUpdate('saml-changed', 'SAML', 'sAMLOptions'),
  changedInUpdate('jwt-changed', 'JWT', 'jWTOptions'),
  defineRule({
    id: 'identity-provider-changed',
    title: 'An identity provider was set or changed',
    severities: { MEDIUM: 'always' },
    why: 'An identity provider decides who may sign in and with which roles; whoever controls it controls the door.',
    remediation: {
      text: 'Check that the provider, with any pool and role it comes with, is yours and that the change was planned.',
    },
    attack: [technique('T1484.002'), technique('T1556')],
    operations: ['CreateDomain', 'UpdateDomainConfig', 'CreateApplication', 'UpdateApplication'],
    evidence: (situation) => providersIn(situation).map((says) => ({ severity: 'MEDIUM', says })),
  }),
  defineRule({
    id: 'cognito-disabled',
    title: 'Sign-in to Dashboards through Cognito was turned off',
    severities: { HIGH: 'always' },
    why: 'Without Cognito, Dashboards is as open as the access policy makes it, unless another sign-in takes its place.',
    remediation: {
      text: 'If the change was not planned, turn Cognito authentication on again with its pools and role.',
      command: `aws opensearch update-domain-config --region {region} --domain-name {domain} --cognito-options '{"Enabled":true,"UserPoolId":"{USER_POOL_ID}","IdentityPoolId":"{IDENTITY_POOL_ID}","RoleArn":"{ROLE_ARN}"}'`,
    },
    attack: [technique('T1556')],
    operations: ['UpdateDomainConfig'],
    evidence: (situation) =>
      evidenceIf(
        isUpdate(situation) && flagOf(asked(situation, 'cognitoOptions', 'enabled')) === false,
        'HIGH',
        'Cognito authentication for Dashboards is turned off',
      ),
  }),
];

/** The untrusted account of the master user's ARN. Of the master user nothing else is ever shown. */
function foreignMasterOf(situation: Situation): string | undefined {
  return foreignAccountOf(situation, textOf(asked(situation, ...security('masterUserOptions', 'masterUserARN'))));
}

function changedInUpdate(id: 'saml-changed' | 'jwt-changed', name: string, block: string): Rule {
  return {
    id,
    title: `${name} authentication was changed`,
    severities: { HIGH: 'always' },
    why: `Whoever can present a valid ${name} token signs in with the roles it names: a new issuer or key is a new door.`,
    remediation: {
      text: 'Check that the issuer and its keys are yours and that the change was planned; if not, set them back.',
      command: DESCRIBE,
    },
    attack: [technique('T1556'), technique('T1484.002')],
    operations: ['UpdateDomainConfig'],
    evidence: (situation) => {
      const options = asked(situation, ...security(block));
      if (!isUpdate(situation) || !isSpecified(options)) return [];
      const isTurnedOff = flagOf(memberOf(options, 'enabled')) === false;
      return evidenceIf(true, 'HIGH', `${name} authentication is ${isTurnedOff ? 'turned off' : 'set anew'}`);
    },
  };
}

/** What a call does to identity providers. One that a creation names only to leave it off is none. */
function providersIn(situation: Situation): readonly string[] {
  const providers: readonly (readonly [name: string, block: unknown, flag: string])[] = [
    ['IAM federation', given(situation, ...security('iAMFederationOptions')), 'enabled'],
    ['Identity Center', given(situation, 'identityCenterOptions'), 'enabledAPIAccess'],
    ['Identity Center for the application', asked(situation, 'iamIdentityCenterOptions'), 'enabled'],
  ];
  const isNew = isCreation(situation) || situation.call.operation === 'CreateApplication';
  // On a domain that exists, these have rules of their own.
  const ofNewDomain: typeof providers = [
    ['SAML', given(situation, ...security('sAMLOptions')), 'enabled'],
    ['JWT', given(situation, ...security('jWTOptions')), 'enabled'],
  ];
  const set = [...providers, ...(isCreation(situation) ? ofNewDomain : [])]
    .filter(([, block, flag]) => isSpecified(block) && !(isNew && flagOf(memberOf(block, flag)) !== true))
    .map(([name, block, flag]) => `${name} is ${flagOf(memberOf(block, flag)) === false ? 'turned off' : 'set'}`);
  const cognito = given(situation, 'cognitoOptions');
  const namesPool = ['userPoolId', 'identityPoolId', 'roleArn'].some((member) => textOf(memberOf(cognito, member)));
  const isOn = flagOf(memberOf(cognito, 'enabled'));
  const setsCognito = isObject(cognito) && isOn !== false && (isOn === true || namesPool);
  return setsCognito ? [...set, 'a Cognito pool or role is set'] : set;
}
