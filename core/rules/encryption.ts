import { valueIn } from '../domain';
import { textOf } from '../base/members';
import { technique } from './kit/attack';
import { asked, evidenceIf, foreignAccountOf, given, isCreation, isOff } from './kit/reading';
import { defineRule, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';

const SET_ENDPOINT =
  'aws opensearch update-domain-config --region {region} --domain-name {domain} --domain-endpoint-options';

/** Evidence of a protection left off at creation, or asked to be turned off later. */
const turnedOff = (block: string, flag: string, what: string) => (situation: Situation) => {
  const when = isOff(situation, block, flag);
  if (when === undefined) return [];
  return when === 'at creation'
    ? evidenceIf(true, 'MEDIUM', `the domain is created without ${what}`)
    : evidenceIf(true, 'HIGH', `${what} is turned off`);
};

export const encryptionRules: readonly Rule[] = [
  defineRule({
    id: 'https-not-enforced',
    title: 'HTTPS is not enforced',
    severities: { HIGH: 'enforcement is turned off', MEDIUM: 'a domain is created without it' },
    why: 'Requests over plain HTTP carry passwords and data that everyone on the way can read and change.',
    remediation: { text: 'Enforce HTTPS.', command: `${SET_ENDPOINT} EnforceHTTPS=true` },
    attack: [technique('T1689'), technique('T1040')],
    operations: ['CreateDomain', 'UpdateDomainConfig'],
    evidence: turnedOff('domainEndpointOptions', 'enforceHTTPS', 'enforcement of HTTPS'),
  }),
  defineRule({
    id: 'weak-tls-policy',
    title: 'The TLS policy allows an outdated version',
    severities: {
      HIGH: 'a policy that allows TLS 1.0 or 1.1, or is unknown, is set on an existing domain',
      MEDIUM: 'a domain is created with it, or a policy with forward secrecy is known to be given up',
    },
    why: 'TLS 1.0 and 1.1 have known attacks, and clients that are kept up to date do not need them.',
    remediation: {
      text: 'Set a policy with TLS 1.2 at least.',
      command: `${SET_ENDPOINT} TLSSecurityPolicy=Policy-Min-TLS-1-2-PFS-2023-10`,
    },
    attack: [technique('T1689'), technique('T1557')],
    operations: ['CreateDomain', 'UpdateDomainConfig'],
    compares: true,
    evidence: (situation) => {
      const policy = textOf(given(situation, 'domainEndpointOptions', 'tLSSecurityPolicy'));
      if (policy === undefined) return [];
      if (!isStrong(policy)) {
        return evidenceIf(true, isCreation(situation) ? 'MEDIUM' : 'HIGH', `the TLS policy is ${policy}`);
      }
      const was = textOf(valueIn(situation.before, 'domainEndpointOptions', 'tLSSecurityPolicy')) ?? '';
      const isLowered = WITH_FORWARD_SECRECY.test(was) && PLAIN_POLICY.test(policy.trim());
      return evidenceIf(isLowered, 'MEDIUM', `the TLS policy is lowered from ${was} to ${policy}`);
    },
  }),
  defineRule({
    id: 'encryption-at-rest-off',
    title: 'Encryption at rest is off',
    severities: { HIGH: 'it is asked to be disabled', MEDIUM: 'a domain is created without it' },
    why: 'Indexes, logs and automated snapshots lie in the clear on the disks.',
    remediation: {
      text: 'Turn encryption at rest on; on an old engine version, create the domain anew with it and move the data.',
      command:
        'aws opensearch update-domain-config --region {region} --domain-name {domain} --encryption-at-rest-options Enabled=true',
    },
    attack: [technique('T1685')],
    operations: ['CreateDomain', 'UpdateDomainConfig'],
    evidence: turnedOff('encryptionAtRestOptions', 'enabled', 'encryption at rest'),
  }),
  defineRule({
    id: 'native-encryption-enabled',
    title: 'Encryption at rest moved into the engine for good',
    severities: { LOW: 'an existing domain' },
    why: 'Once the engine encrypts its indexes, the domain cannot go back to encrypted volumes, nor to a version of the engine that cannot read them.',
    remediation: { text: 'If it was not planned, create the domain anew from the last snapshot before the change.' },
    attack: [technique('T1578.005')],
    operations: ['UpdateDomainConfig'],
    evidence: (situation) =>
      evidenceIf(
        /^NATIVE$/i.test(textOf(asked(situation, 'encryptionAtRestOptions', 'encryptionMode')) ?? ''),
        'LOW',
        'the encryption mode becomes NATIVE',
      ),
  }),
  defineRule({
    id: 'node-to-node-encryption-off',
    title: 'Node-to-node encryption is off',
    severities: { HIGH: 'it is asked to be disabled', MEDIUM: 'a domain is created without it' },
    why: 'Data moves between the nodes of the cluster in the clear, and fine-grained access control cannot be turned on.',
    remediation: {
      text: 'Turn node-to-node encryption on; an old engine version has to be upgraded first.',
      command:
        'aws opensearch update-domain-config --region {region} --domain-name {domain} --node-to-node-encryption-options Enabled=true',
    },
    attack: [technique('T1685'), technique('T1040')],
    operations: ['CreateDomain', 'UpdateDomainConfig'],
    evidence: turnedOff('nodeToNodeEncryptionOptions', 'enabled', 'node-to-node encryption'),
  }),
  defineRule({
    id: 'foreign-kms-key',
    title: 'Data is encrypted with a key of another account',
    severities: { HIGH: 'always' },
    why: 'Whoever owns the key can make the data unreadable for good by disabling it, the way ransom is taken in the cloud.',
    remediation: {
      text: 'Find out whose account it is. If it is yours, list it as a trusted account; if not, have a key of your own set, or move the data to a domain under one, before the key is disabled.',
    },
    attack: [technique('T1486')],
    operations: ['CreateDomain', 'UpdateDomainConfig', 'CreatePackage', 'UpdatePackage', 'CreateApplication'],
    evidence: (situation) => {
      const keys = [
        given(situation, 'encryptionAtRestOptions', 'kmsKeyId'),
        asked(situation, 'packageEncryptionOptions', 'kmsKeyIdentifier'),
        asked(situation, 'kmsKeyArn'),
      ];
      return keys.map(textOf).flatMap((key) => {
        const owner = foreignAccountOf(situation, key);
        return evidenceIf(owner !== undefined, 'HIGH', `the key ${key ?? ''} belongs to account ${owner ?? ''}`);
      });
    },
  }),
];

/** Every cipher of these policies keeps recorded traffic secret even if the key is lost later. */
const WITH_FORWARD_SECRECY = /-(PFS|RFC9151|FIPS-PQ)-/i;

/** The names of policies that promise nothing but the least version: `Policy-Min-TLS-1-2-2019-07`. */
const PLAIN_POLICY = /^Policy-Min-TLS-\d-\d-\d{4}-\d{2}$/i;

/** `Policy-Min-TLS-1-2-PFS-2023-10` names the least version it allows. A name that does not is doubted. */
function isStrong(policy: string): boolean {
  const [, major, minor] = /^Policy-Min-TLS-(\d)-(\d)(?!\d)/i.exec(policy.trim()) ?? [];
  return major !== undefined && minor !== undefined && (Number(major) > 1 || Number(minor) >= 2);
}
