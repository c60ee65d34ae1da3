import { flagOf, textOf } from '../base/members';
import { technique } from './kit/attack';
import { asked, evidenceIf, given } from './kit/reading';
import { defineRule, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';
import { whenCalled } from './kit/when-called';

const DESCRIBE_REPLICATION = 'aws opensearch describe-domain-replication --region {region} --domain-name {domain}';

/** The domain on the other side of the replication. */
const peerOf = (situation: Situation): string => textOf(asked(situation, 'peerDomainArn')) ?? 'an unknown domain';

export const destructionRules: readonly Rule[] = [
  whenCalled({
    id: 'domain-deleted',
    title: 'A domain was deleted',
    severity: 'CRITICAL',
    why: 'The indexes and the automated snapshots are gone with it and AWS cannot bring them back; only manual snapshots in a bucket of your own remain.',
    remediation: {
      text: 'Find out whether it was planned. If not, secure the credentials of the caller first, then restore the last manual snapshot into a new domain.',
      command:
        'aws cloudtrail lookup-events --region {region} --lookup-attributes AttributeKey=ResourceName,AttributeValue={domain}',
    },
    attack: [technique('T1485')],
    operations: ['DeleteDomain'],
    says: () => 'the domain is deleted with everything it holds',
  }),
  whenCalled({
    id: 'index-deleted',
    title: 'An index was deleted',
    severity: 'HIGH',
    why: 'The documents of the index are gone for good, unless a snapshot holds them.',
    remediation: {
      text: 'If it was not planned, restore the index from the last snapshot that holds it, before that snapshot is removed.',
    },
    attack: [technique('T1485')],
    operations: ['DeleteIndex'],
    says: (situation) => `the index ${textOf(asked(situation, 'indexName')) ?? '(unknown)'} is deleted`,
  }),
  defineRule({
    id: 'snapshots-paused',
    title: 'Automated snapshots were paused',
    severities: { HIGH: 'always' },
    why: 'What is lost or encrypted while snapshots are paused cannot be brought back; a pause is the step before destruction.',
    remediation: {
      text: 'If the pause was not planned, end it and check what else the caller did.',
      command:
        'aws opensearch update-domain-config --region {region} --domain-name {domain} --automated-snapshot-pause-options Enabled=false',
    },
    attack: [technique('T1490')],
    operations: ['CreateDomain', 'UpdateDomainConfig'],
    evidence: (situation) =>
      evidenceIf(
        flagOf(given(situation, 'automatedSnapshotPauseOptions', 'enabled')) === true,
        'HIGH',
        'automated snapshots are paused',
      ),
  }),
  whenCalled({
    id: 'service-role-deleted',
    title: 'The service-linked role was deleted',
    severity: 'HIGH',
    why: 'Without the role the service manages no network interface in a VPC, so no domain can be created in one; the service refuses the deletion while one uses the role.',
    remediation: {
      text: 'Create the role again.',
      command: 'aws iam create-service-linked-role --aws-service-name es.amazonaws.com',
    },
    attack: [technique('T1489')],
    operations: ['DeleteElasticsearchServiceRole'],
    says: () => 'the service-linked role of the account is deleted',
  }),
  defineRule({
    id: 'replication-failover',
    title: 'A domain was promoted without its primary',
    severities: { HIGH: 'always' },
    why: 'What the primary had taken and not yet copied is lost; and where the primary was well, two domains now take writes.',
    remediation: {
      text: 'Find out whether the primary was out of reach. If it was not, stop the writers and compare the two domains before either is written to again.',
      command: DESCRIBE_REPLICATION,
    },
    attack: [technique('T1485'), technique('T1489')],
    operations: ['FailoverReplication'],
    evidence: (situation) =>
      evidenceIf(
        flagOf(asked(situation, 'allowDataLoss')) !== false,
        'HIGH',
        `the domain takes over from ${peerOf(situation)}, and writes that were not copied yet are given up`,
      ),
  }),
  whenCalled({
    id: 'replication-changed',
    title: 'Replication to another Region was changed',
    severity: 'MEDIUM',
    why: 'A domain without its peer has no copy to fall back to; a domain that became the secondary takes no writes.',
    remediation: {
      text: 'Check that it was planned, and that the clients write to the domain that is the primary now.',
      command: DESCRIBE_REPLICATION,
    },
    attack: [technique('T1490'), technique('T1489')],
    operations: ['RemoveReplicationPeer', 'SwitchoverReplication'],
    says: (situation) =>
      situation.call.operation === 'RemoveReplicationPeer'
        ? `replication with ${peerOf(situation)} is ended`
        : `the domain takes over from ${peerOf(situation)}, which becomes the secondary`,
  }),
  defineRule({
    id: 'primary-cluster-deleted',
    title: 'The cluster before an upgrade was deleted',
    severities: { HIGH: 'always' },
    why: 'The cluster that was kept after the cutover is the way back from the upgrade; it is gone, with what only it holds.',
    remediation: {
      text: 'Check that the upgraded cluster works and holds all data. If it does not, restore the last snapshot.',
      command: 'aws opensearch describe-domain-change-progress --region {region} --domain-name {domain}',
    },
    attack: [technique('T1485'), technique('T1490')],
    operations: ['UpdateClone', 'UpgradeDomain'],
    evidence: (situation) => {
      const actions = [
        asked(situation, 'retentionOptions', 'retentionAction'),
        asked(situation, 'deploymentStrategyOptions', 'clonedBlueGreenOptions', 'retentionOptions', 'retentionAction'),
      ].flatMap((action) => textOf(action) ?? []);
      return evidenceIf(
        actions.some((action) => /^DeletePrimaryCluster$/i.test(action)),
        'HIGH',
        'the primary cluster, kept since the cutover, is deleted now',
      );
    },
  }),
  whenCalled({
    id: 'application-deleted',
    title: 'An OpenSearch UI application was deleted',
    severity: 'MEDIUM',
    why: 'The workspaces and dashboards people work with are gone.',
    remediation: { text: 'If it was not planned, create the application again and check what else the caller did.' },
    attack: [technique('T1485')],
    operations: ['DeleteApplication'],
    says: (situation) => `the application ${textOf(asked(situation, 'id')) ?? '(unknown)'} is deleted`,
  }),
  whenCalled({
    id: 'data-source-deleted',
    title: 'A data source was deleted',
    severity: 'MEDIUM',
    why: 'Queries and dashboards on the source stop working.',
    remediation: { text: 'If it was not planned, add the source again and check what else the caller did.' },
    attack: [technique('T1485')],
    operations: ['DeleteDataSource', 'DeleteDirectQueryDataSource'],
    says: (situation) => {
      const name = textOf(asked(situation, 'name')) ?? textOf(asked(situation, 'dataSourceName'));
      return `the data source ${name ?? '(unknown)'} is deleted`;
    },
  }),
];
