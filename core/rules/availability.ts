import { connectionOf, type Operation } from '../call';
import { valueIn } from '../domain';
import { flagOf, listOf, memberOf, numberOf, textOf } from '../base/members';
import { firstOf } from '../base/plain-text';
import { technique } from './kit/attack';
import { asked, evidenceIf, isTurnedOff, isUpdate } from './kit/reading';
import { defineRule, type Evidence, type Rule } from './kit/rule';
import type { Compared } from './kit/situation';
import { whenCalled } from './kit/when-called';

/** Names are cut when they are told, once secrets in them are found. */
const UNCUT = Infinity;

/** What keeps a cluster alive when a zone or a node is lost. */
const RESILIENCE = [
  ['zoneAwarenessEnabled', 'zone awareness'],
  ['multiAZWithStandbyEnabled', 'Multi-AZ with standby'],
  ['dedicatedMasterEnabled', 'dedicated masters'],
] as const;

/** Tiers of older data. Tools send them turned off with every change, so they count only where they are known to be on. */
const TIERS = [
  [['warmEnabled'], 'UltraWarm storage'],
  [['coldStorageOptions', 'enabled'], 'cold storage'],
] as const;

export const availabilityRules: readonly Rule[] = [
  defineRule({
    id: 'resilience-reduced',
    title: 'The domain lost resilience',
    severities: { MEDIUM: 'always' },
    why: 'The loss of one zone or of a few nodes now takes the domain down, or its data with it.',
    remediation: {
      text: 'If it was not planned, set the cluster back.',
      command: `aws opensearch update-domain-config --region {region} --domain-name {domain} --cluster-config '{"ZoneAwarenessEnabled":true}'`,
    },
    attack: [technique('T1578.005'), technique('T1489')],
    operations: ['UpdateDomainConfig'],
    compares: true,
    evidence: (situation) => {
      if (!isUpdate(situation)) return [];
      const lost = [
        ...RESILIENCE.filter(([flag]) => flagOf(asked(situation, 'clusterConfig', flag)) === false),
        ...TIERS.filter(([path]) => isTurnedOff(situation, 'clusterConfig', ...path)),
      ].map(([, name]) => name);
      return [
        ...evidenceIf(lost.length > 0, 'MEDIUM', `the domain is set to go without ${lost.join(', ')}`),
        ...nodesRemoved(situation),
      ];
    },
  }),
  whenCalled({
    id: 'upgrade-started',
    title: 'An upgrade of the engine was started',
    severity: 'MEDIUM',
    why: 'An upgrade cannot be undone in place and can break clients.',
    remediation: {
      text: 'Check that it was planned, and follow it.',
      command: 'aws opensearch get-upgrade-status --region {region} --domain-name {domain}',
    },
    attack: [technique('T1578.005')],
    operations: ['UpgradeDomain'],
    says: (situation) => `an upgrade to ${textOf(asked(situation, 'targetVersion')) ?? 'another version'} is started`,
  }),
  defineRule({
    id: 'clone-cutover',
    title: 'The domain was cut over to another cluster',
    severities: { MEDIUM: 'always' },
    why: 'In the midst of an upgrade that runs beside the old cluster, clients now reach the other of the two; what only one of them holds is out of sight.',
    remediation: {
      text: 'Check that it was planned, and that the cluster which serves the domain now is well and whole.',
      command: 'aws opensearch describe-domain-change-progress --region {region} --domain-name {domain}',
    },
    attack: [technique('T1578.005'), technique('T1489')],
    operations: ['UpdateClone'],
    evidence: (situation) => {
      const target = textOf(asked(situation, 'cutoverOptions', 'target'));
      const action = textOf(asked(situation, 'retentionOptions', 'retentionAction'));
      const isAway = action !== undefined && !/^DeletePrimaryCluster$/i.test(action);
      return [
        ...evidenceIf(target !== undefined, 'MEDIUM', `the domain is cut over: ${target ?? ''}`),
        ...evidenceIf(isAway, 'MEDIUM', `the time in which both clusters are kept ends: ${action ?? ''}`),
      ];
    },
  }),
  defineRule({
    id: 'software-update-held-back',
    title: 'A software update was held back or moved',
    severities: { MEDIUM: 'always' },
    why: 'Service software updates carry security fixes; a domain held back stays open to what they close.',
    remediation: {
      text: 'If it was not planned, have the update made: at once, at its old time, or by turning automatic updates on again.',
      command: 'aws opensearch start-service-software-update --region {region} --domain-name {domain}',
      commands: {
        UpdateScheduledAction: 'aws opensearch list-scheduled-actions --region {region} --domain-name {domain}',
        UpdateDomainConfig:
          'aws opensearch update-domain-config --region {region} --domain-name {domain} --software-update-options AutoSoftwareUpdateEnabled=true',
      },
    },
    attack: [technique('T1685')],
    operations: [
      'CancelServiceSoftwareUpdate',
      'RollbackServiceSoftwareUpdate',
      'UpdateScheduledAction',
      'UpdateDomainConfig',
    ],
    compares: true,
    evidence: (situation) => {
      const { operation } = situation.call;
      if (operation === 'CancelServiceSoftwareUpdate') {
        return evidenceIf(true, 'MEDIUM', 'a service software update is cancelled');
      }
      if (operation === 'RollbackServiceSoftwareUpdate') {
        return evidenceIf(true, 'MEDIUM', 'a service software update is rolled back');
      }
      if (operation === 'UpdateScheduledAction') {
        const time = timeOf(asked(situation, 'desiredStartTime')) ?? textOf(asked(situation, 'scheduleAt'));
        const isUpdateOf = textOf(asked(situation, 'actionType'))?.toUpperCase() === 'SERVICE_SOFTWARE_UPDATE';
        const what = isUpdateOf ? 'a scheduled update of the service software' : 'a scheduled action';
        return evidenceIf(true, 'MEDIUM', `${what} is moved${time ? ` to ${time}` : ''}`);
      }
      if (!isUpdate(situation)) return [];
      const isManual = flagOf(asked(situation, 'softwareUpdateOptions', 'autoSoftwareUpdateEnabled')) === false;
      const isKept = isTurnedOff(situation, 'softwareUpdateOptions', 'useLatestServiceSoftwareForBlueGreen');
      return [
        ...evidenceIf(isManual, 'MEDIUM', 'automatic service software updates are turned off'),
        ...evidenceIf(isKept, 'MEDIUM', 'deployments no longer bring the latest service software'),
      ];
    },
  }),
  whenCalled({
    id: 'config-change-cancelled',
    title: 'A configuration change was cancelled',
    severity: 'MEDIUM',
    why: 'The change under way may have been one that closes a hole; cancelled, the hole stays.',
    remediation: {
      text: 'Find out whether the change has to be made again.',
      command: 'aws opensearch describe-domain-config --region {region} --domain-name {domain}',
    },
    attack: [technique('T1578.005')],
    operations: ['CancelDomainConfigChange'],
    says: ({ call }) => {
      const changes = listOf(memberOf(call.response, 'cancelledChangeProperties')).flatMap((property) => {
        const name = textOf(memberOf(property, 'propertyName'));
        const value = textOf(memberOf(property, 'cancelledValue')) ?? '';
        // Of other values it is not known what they hold: a password is one.
        const isPlain = /^(true|false|\d{1,9})$/i.test(value);
        return name === undefined ? [] : [isPlain ? `${name} to ${value}` : name];
      });
      const which = changes.length > 0 ? `: ${firstOf(changes, ', ', UNCUT)}` : '';
      return `a configuration change under way is cancelled${which}`;
    },
  }),
  whenCalled({
    id: 'domain-maintenance-started',
    title: 'Nodes or processes are restarted',
    severity: 'MEDIUM',
    why: 'A restart interrupts searches and writes, and several in a row take a domain down.',
    remediation: {
      text: 'Check that it was planned.',
      command: 'aws opensearch list-domain-maintenances --region {region} --domain-name {domain}',
    },
    attack: [technique('T1489')],
    operations: ['StartDomainMaintenance'],
    says: (situation) => {
      const action = textOf(asked(situation, 'action')) ?? 'maintenance';
      const node = textOf(asked(situation, 'nodeId'));
      return `${action} is started${node ? ` on node ${node}` : ''}`;
    },
  }),
  whenCalled({
    id: 'connectivity-removed',
    title: 'A way to reach the domain was removed',
    severity: 'LOW',
    why: 'Whoever reached the data this way, or was about to, cannot any more.',
    remediation: {
      text: 'If clients fail and it was not planned, give them back what was removed: the endpoint, the connection or the right to it.',
    },
    attack: [technique('T1489')],
    operations: [
      'DeleteVpcEndpoint',
      'RevokeVpcEndpointAccess',
      'DeleteInboundConnection',
      'DeleteOutboundConnection',
      'RejectInboundConnection',
    ],
    says: (situation) => {
      const { operation } = situation.call;
      const removed = REMOVED.get(operation) ?? 'a connection between clusters is deleted';
      const which = connectionOf(situation.call) ?? textOf(asked(situation, 'vpcEndpointId'));
      return which === undefined ? removed : `${removed}: ${which}`;
    },
  }),
];

const REMOVED: ReadonlyMap<Operation | undefined, string> = new Map([
  ['DeleteVpcEndpoint', 'a VPC endpoint is deleted'],
  ['RevokeVpcEndpointAccess', 'the right to create VPC endpoints to the domain is revoked'],
  ['RejectInboundConnection', 'a connection from another cluster is rejected'],
]);

/** A time in milliseconds since 1970, as the API takes it, in ISO 8601. */
function timeOf(value: unknown): string | undefined {
  const time = new Date(numberOf(value) ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

const COUNTS = [
  [['instanceCount'], 'data nodes'],
  [['dedicatedMasterCount'], 'dedicated masters'],
  [['warmCount'], 'warm nodes'],
  [['zoneAwarenessConfig', 'availabilityZoneCount'], 'availability zones'],
] as const;

/** Fewer nodes or zones than before, where that is known. */
function nodesRemoved(situation: Compared): readonly Evidence<'MEDIUM'>[] {
  return COUNTS.flatMap(([path, name]) => {
    const now = numberOf(asked(situation, 'clusterConfig', ...path));
    const was = numberOf(valueIn(situation.before, 'clusterConfig', ...path));
    if (now === undefined || was === undefined) return [];
    return evidenceIf(now < was, 'MEDIUM', `${name} are reduced from ${was} to ${now}`);
  });
}
