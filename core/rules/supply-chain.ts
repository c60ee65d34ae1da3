import { listOf, memberOf, textOf, flagOf, textsOf } from '../base/members';
import { technique } from './kit/attack';
import { asked, evidenceIf, given, isForeignAccount, isUpdate } from './kit/reading';
import { defineRule, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';
import { whenCalled } from './kit/when-called';

const PACKAGES = 'aws opensearch describe-packages --region {region}';

/** The type of the package: asked for when it is created, told by the response when it is updated. */
function packageTypeOf(situation: Situation): string | undefined {
  return (
    textOf(asked(situation, 'packageType')) ??
    textOf(memberOf(situation.call.response, 'packageDetails', 'packageType'))
  )?.toUpperCase();
}

export const supplyChainRules: readonly Rule[] = [
  defineRule({
    id: 'plugin-package',
    title: 'A plugin package was created or updated',
    severities: { HIGH: 'always' },
    why: 'A plugin is code that runs inside the cluster, next to the data and with the rights of the engine.',
    remediation: {
      text: 'Check who built the package and from which bucket it came, and which domains it is associated with.',
      command: PACKAGES,
    },
    attack: [technique('T1505'), technique('T1195.002')],
    operations: ['CreatePackage', 'UpdatePackage'],
    evidence: (situation) => {
      const bucket = textOf(asked(situation, 'packageSource', 's3BucketName'));
      const verb = situation.call.operation === 'CreatePackage' ? 'created' : 'updated';
      return evidenceIf(
        packageTypeOf(situation) === 'ZIP-PLUGIN',
        'HIGH',
        `a plugin package is ${verb}: ${packageIn(situation)}${bucket ? `, from bucket ${bucket}` : ''}`,
      );
    },
  }),
  whenCalled({
    id: 'package-associated',
    title: 'A package was associated with a domain',
    severity: 'MEDIUM',
    why: 'The contents of the package, dictionaries or code, now act on the domain.',
    remediation: {
      text: 'Check the package; dissociate it if it is not yours.',
      command: 'aws opensearch dissociate-package --region {region} --domain-name {domain} --package-id {package}',
      commands: {
        AssociatePackages:
          'aws opensearch dissociate-packages --region {region} --domain-name {domain} --package-list {packages}',
      },
    },
    attack: [technique('T1505')],
    operations: ['AssociatePackage', 'AssociatePackages'],
    says: (situation) => {
      const ids = [asked(situation, 'packageID'), ...listOf(asked(situation, 'packageList')).map(packageIdOf)];
      return `the package ${ids.flatMap((id) => textsOf(id)).join(', ') || '(unknown)'} is associated with the domain`;
    },
  }),
  defineRule({
    id: 'keystore-access-granted',
    title: 'A package was given access to the keystore',
    severities: { HIGH: 'always' },
    why: 'The keystore holds the secrets of the cluster; a package that reads it can use them elsewhere.',
    remediation: { text: 'Check the package and the role it was given; dissociate it if it is not yours.' },
    attack: [technique('T1505'), technique('T1556')],
    operations: ['AssociatePackage', 'AssociatePackages'],
    evidence: (situation) => {
      const holders = [situation.call.request, ...listOf(asked(situation, 'packageList'))];
      const granted = holders.some(
        (holder) =>
          flagOf(memberOf(holder, 'associationConfiguration', 'keyStoreAccessOption', 'keyStoreAccessEnabled')) ===
          true,
      );
      return evidenceIf(granted, 'HIGH', 'the package can now read the keystore of the domain');
    },
  }),
  defineRule({
    id: 'package-shared',
    title: 'A package was shared with other accounts',
    severities: {
      HIGH: 'with an account that is not trusted',
      LOW: 'with trusted accounts only, or a package is created that can be shared',
    },
    why: 'Other accounts can now use the package and what is packed into it, such as dictionaries, configuration or code.',
    remediation: {
      text: 'If an account is not yours, take it off the list. If it is, list it as a trusted account.',
      command:
        'aws opensearch update-package-scope --region {region} --package-id {package} --operation REMOVE --package-user-list {users}',
      commands: { CreatePackage: PACKAGES },
    },
    attack: [technique('T1537'), technique('T1199')],
    operations: ['UpdatePackageScope', 'CreatePackage'],
    evidence: (situation) => {
      const { accountId, operation } = situation.call;
      if (operation === 'CreatePackage') {
        const isOffered = flagOf(asked(situation, 'packageVendingOptions', 'vendingEnabled')) === true;
        return evidenceIf(
          isOffered,
          'LOW',
          `a package is created as one that other accounts can be let use: ${packageIn(situation)}`,
        );
      }
      const accounts = textsOf(asked(situation, 'packageUserList')).filter((account) => account !== accountId);
      const adds = !/^REMOVE$/i.test(textOf(asked(situation, 'operation')) ?? '');
      // The first few are told.
      const foreign = new Set(accounts.filter((account) => isForeignAccount(situation, account)));
      return evidenceIf(
        adds && accounts.length > 0,
        foreign.size > 0 ? 'HIGH' : 'LOW',
        `a package is shared with ${[...foreign, ...accounts.filter((account) => !foreign.has(account))].join(', ')}: ${packageIn(situation)}`,
      );
    },
  }),
  whenCalled({
    id: 'reserved-instances-purchased',
    title: 'Reserved instances were purchased',
    severity: 'HIGH',
    why: 'The purchase cannot be cancelled and is paid for one or three years.',
    remediation: {
      text: 'If it was not planned, contact AWS Support at once and secure the credentials of the caller.',
      command: 'aws opensearch describe-reserved-instances --region {region}',
    },
    attack: [technique('T1496')],
    operations: ['PurchaseReservedInstanceOffering'],
    says: (situation) => {
      const count = asked(situation, 'instanceCount');
      const number = typeof count === 'number' || typeof count === 'string' ? String(count) : '1';
      return number === '1' ? 'a reserved instance is purchased' : `${number} reserved instances are purchased`;
    },
  }),
  defineRule({
    id: 'machine-learning-enabled',
    title: 'Machine learning was given access to data',
    severities: { LOW: 'always' },
    why: 'What is asked of the domain, or its data, is now worked on by other services of AWS, whose use costs and whose access nobody may have planned.',
    remediation: { text: 'Check that the feature was planned, and what it may see.' },
    attack: [technique('T1530'), technique('T1496')],
    operations: ['CreateDomain', 'UpdateDomainConfig', 'RegisterCapability'],
    evidence: (situation) => {
      if (situation.call.operation === 'RegisterCapability') {
        const name = textOf(asked(situation, 'capabilityName'));
        return evidenceIf(true, 'LOW', `the application is given the capability ${name ?? '(unknown)'}`);
      }
      const enabled = ML_FEATURES.filter(([path]) => isEnabled(given(situation, 'aIMLOptions', ...path)));
      return evidenceIf(enabled.length > 0, 'LOW', `turned on: ${enabled.map(([, name]) => name).join(', ')}`);
    },
  }),
  defineRule({
    id: 'warnings-overridden',
    title: 'Warnings of the service were overridden',
    severities: { LOW: 'always' },
    why: 'The service advised against this change and the caller accepted the warnings.',
    remediation: { text: 'Read the warnings that were accepted and check that they were understood.' },
    attack: [technique('T1578.005')],
    operations: ['UpdateDomainConfig'],
    evidence: (situation) => {
      const warnings = listOf(asked(situation, 'acceptedWarnings'));
      const names = warnings.map((warning) => textOf(warning) ?? textOf(memberOf(warning, 'name')) ?? 'a warning');
      return evidenceIf(
        isUpdate(situation) && warnings.length > 0,
        'LOW',
        `warnings of the service are accepted: ${names.join(', ')}`,
      );
    },
  }),
];

const ML_FEATURES = [
  [['naturalLanguageQueryGenerationOptions', 'desiredState'], 'queries written from natural language'],
  [['s3VectorsEngine', 'enabled'], 'vectors kept in S3'],
  [['serverlessVectorAcceleration', 'enabled'], 'vectors indexed on other machines'],
] as const;

const isEnabled = (value: unknown): boolean => flagOf(value) === true || /^ENABLED$/i.test(textOf(value) ?? '');

/** Its name where that is told, or its id. */
function packageIn(situation: Situation): string {
  const details = memberOf(situation.call.response, 'packageDetails');
  const names = [asked(situation, 'packageName'), memberOf(details, 'packageName'), asked(situation, 'packageID')];
  return names.flatMap((name) => textOf(name) ?? []).at(0) ?? '(unknown)';
}

const packageIdOf = (item: unknown): unknown => memberOf(item, 'packageID');
