import { readArn } from '../base/arn';
import { listOf, memberOf, textOf, textsOf } from '../base/members';
import { isReadableRequest } from '../domain';
import { technique } from './kit/attack';
import { SHOW_DATA_SOURCE } from './kit/data-source';
import { asked, evidenceIf, foreignAccountOf, isForeignAccount, isSpecified } from './kit/reading';
import { defineRule, type Evidence, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';
import { whenCalled } from './kit/when-called';

export const sharingRules: readonly Rule[] = [
  defineRule({
    id: 'vpc-endpoint-access-authorized',
    title: 'An account or service may create VPC endpoints to the domain',
    severities: { HIGH: 'a service, or an account that is not trusted', LOW: "a trusted account, or the domain's own" },
    why: 'A domain in a VPC is now one endpoint away from networks of somebody else.',
    remediation: {
      text: 'Revoke the access of whom you do not expect. If it is an account of yours, list it as a trusted account.',
      command: 'aws opensearch revoke-vpc-endpoint-access --region {region} --domain-name {domain} {grantee}',
    },
    attack: [technique('T1199'), technique('T1537')],
    operations: ['AuthorizeVpcEndpointAccess'],
    evidence: (situation) => {
      const account = textOf(asked(situation, 'account'));
      const service = textOf(asked(situation, 'service'));
      const isTrusted = account !== undefined && service === undefined && !isForeignAccount(situation, account);
      const who = [account && `account ${account}`, service && `the service ${service}`].filter(Boolean).join(' and ');
      return evidenceIf(
        true,
        isTrusted ? 'LOW' : 'HIGH',
        `${who || 'somebody unknown'} may create VPC endpoints to the domain`,
      );
    },
  }),
  defineRule({
    id: 'vpc-endpoint-created',
    title: 'A VPC endpoint to a domain was created or changed',
    severities: { HIGH: "the domain's account is not the caller's", MEDIUM: 'otherwise' },
    why: 'The domain can be reached from another network through it, and the security groups there decide who gets to it.',
    remediation: {
      text: 'Check the VPC and the security groups of the endpoint. Delete it if nobody planned it; if only the change was not planned, set that back.',
      command: 'aws opensearch delete-vpc-endpoint --region {region} --vpc-endpoint-id {endpoint}',
      commands: {
        UpdateVpcEndpoint: 'aws opensearch describe-vpc-endpoints --region {region} --vpc-endpoint-ids {endpoint}',
      },
    },
    attack: [technique('T1133'), technique('T1199')],
    operations: ['CreateVpcEndpoint', 'UpdateVpcEndpoint'],
    evidence: (situation) => {
      const { call } = situation;
      const arn = textOf(asked(situation, 'domainArn')) ?? textOf(memberOf(call.response, 'vpcEndpoint', 'domainArn'));
      const owner = readArn(arn)?.accountId;
      const caller = call.caller.accountId ?? call.accountId;
      const isForeign = Boolean(owner) && owner !== caller;
      const verb = call.operation === 'CreateVpcEndpoint' ? 'created' : 'changed';
      const whose = isForeign ? ` of account ${owner ?? ''}` : '';
      const vpc = textOf(memberOf(call.response, 'vpcEndpoint', 'vpcOptions', 'vPCId'));
      const where = vpc === undefined ? '' : ` in ${vpc}`;
      return evidenceIf(true, isForeign ? 'HIGH' : 'MEDIUM', `a VPC endpoint to a domain${whose} is ${verb}${where}`);
    },
  }),
  defineRule({
    id: 'cross-cluster-connection-requested',
    title: 'A connection to another cluster was requested',
    severities: { HIGH: "the other domain's owner is not trusted", MEDIUM: 'otherwise' },
    why: 'Once accepted, searches and replication cross over to the other cluster, and data with them.',
    remediation: {
      text: 'If the other domain is not yours, delete the connection.',
      command: 'aws opensearch delete-outbound-connection --region {region} --connection-id {connection}',
    },
    attack: [technique('T1199'), technique('T1537')],
    operations: ['CreateOutboundConnection'],
    evidence: (situation) => {
      const { request, response } = situation.call;
      const [wanted, answered] = [request, response].map((side) =>
        domainIn(side, 'remoteDomainInfo', 'destinationDomainInfo'),
      );
      const owner = wanted?.owner ?? answered?.owner;
      // The owner may be left out for a domain of the own account, so its absence says something only where it can be read.
      const whose = owner
        ? `account ${owner}`
        : isReadableRequest(situation.call)
          ? 'the own account'
          : 'an unknown account';
      return evidenceIf(
        true,
        isForeignAccount(situation, owner) ? 'HIGH' : 'MEDIUM',
        `a connection to ${nameOf(wanted?.name ?? answered?.name)} of ${whose} is requested`,
      );
    },
  }),
  defineRule({
    id: 'cross-cluster-connection-accepted',
    title: 'Another cluster may now read this domain',
    severities: {
      HIGH: 'the other owner is not trusted, or the response does not tell',
      LOW: 'the response names an owner that is trusted, or the own account',
    },
    why: 'Searches from the other cluster now read the indexes of this one.',
    remediation: {
      text: 'If the other domain is not yours, delete the inbound connection at once.',
      command: 'aws opensearch delete-inbound-connection --region {region} --connection-id {connection}',
    },
    attack: [technique('T1537'), technique('T1199')],
    operations: ['AcceptInboundConnection'],
    evidence: (situation) => {
      const requester = requesterOf(situation);
      const isTrusted = requester.owner !== undefined && !isForeignAccount(situation, requester.owner);
      return evidenceIf(
        true,
        isTrusted ? 'LOW' : 'HIGH',
        `${nameOf(requester.name)} of ${requester.owner ? `account ${requester.owner}` : 'an unknown account'} may now search ${nameOf(ownSideOf(situation).name)} of this account`,
      );
    },
  }),
  whenCalled({
    id: 'replication-peer-added',
    title: 'The indexes are copied to another Region',
    severity: 'HIGH',
    why: 'Every index of the domain is copied from now on, into a domain with an access policy, users and roles of its own, maybe under other laws.',
    remediation: {
      text: 'Check who reaches the peer: replication copies no security role and no access policy. If it was not planned, remove the peer; what was copied stays there until its indexes are deleted.',
      command: 'aws opensearch describe-domain-replication --region {region} --domain-name {domain}',
    },
    attack: [technique('T1537'), technique('T1020')],
    operations: ['AddReplicationPeer'],
    says: (situation) => {
      const arn = textOf(asked(situation, 'peerDomainArn'));
      const owner = foreignAccountOf(situation, arn);
      return `every index of the domain is copied to ${arn ?? 'an unknown domain'}${owner ? `, of account ${owner}` : ''}`;
    },
  }),
  defineRule({
    id: 'data-source-attached',
    title: 'A data source was attached or changed',
    severities: { MEDIUM: 'always' },
    why: 'Queries on the domain or application now reach further data with the rights of a role, for everyone who may query.',
    remediation: {
      text: 'Check the source, its role and who may query it. Take away one that nobody planned; if only a change was not planned, set that back.',
      commands: {
        AddDataSource: 'aws opensearch delete-data-source --region {region} --domain-name {domain} --name {source}',
        UpdateDataSource: 'aws opensearch get-data-source --region {region} --domain-name {domain} --name {source}',
        AddDirectQueryDataSource:
          'aws opensearch delete-direct-query-data-source --region {region} --data-source-name {source}',
        UpdateDirectQueryDataSource: SHOW_DATA_SOURCE,
      },
    },
    attack: [technique('T1530'), technique('T1213.006')],
    operations: [
      'AddDataSource',
      'UpdateDataSource',
      'AddDirectQueryDataSource',
      'UpdateDirectQueryDataSource',
      'AttachDataSource',
      'CreateApplication',
      'UpdateApplication',
    ],
    evidence: (situation) => {
      const { operation } = situation.call;
      const isApplication = operation === 'CreateApplication' || operation === 'UpdateApplication';
      const arns = listOf(asked(situation, 'dataSources')).flatMap((source) =>
        textsOf(memberOf(source, 'dataSourceArn')),
      );
      if (isApplication) {
        return evidenceIf(
          listOf(asked(situation, 'dataSources')).some(isSpecified),
          'MEDIUM',
          `data sources of the application: ${arns.join(', ') || '(unknown)'}`,
        );
      }
      const name = ['name', 'dataSourceName', 'dataSourceArn']
        .map((member) => textOf(asked(situation, member)))
        .find((text) => text !== undefined);
      const application = operation === 'AttachDataSource' ? textOf(asked(situation, 'id')) : undefined;
      const verb = operation?.startsWith('Update') === true ? 'changed' : 'attached';
      const where = application === undefined ? '' : `, to the application ${application}`;
      return evidenceIf(true, 'MEDIUM', `a data source is ${verb}: ${name ?? '(unknown)'}${where}`);
    },
  }),
  defineRule({
    id: 'dashboard-admin-changed',
    title: 'Administrators of dashboards were named',
    severities: { HIGH: 'always' },
    why: 'An administrator of an application reads and changes every workspace in it, with the data sources behind.',
    remediation: { text: 'Check every user and group named. If the change was not planned, set the list back.' },
    attack: [technique('T1098')],
    operations: ['CreateApplication', 'UpdateApplication'],
    evidence: (situation): readonly Evidence<'HIGH'>[] => {
      const named = listOf(asked(situation, 'appConfigs')).flatMap((config) => {
        const kind = /dashboardAdmin\.?(users|groups)?/i.exec(textOf(memberOf(config, 'key')) ?? '');
        const who = textOf(memberOf(config, 'value')) ?? 'unknown';
        return kind ? [`${kind[1]?.toLowerCase() ?? 'users'} ${who}`] : [];
      });
      return evidenceIf(named.length > 0, 'HIGH', `administrators of dashboards are set: ${named.join(', ')}`);
    },
  }),
];

/** One side of a connection. */
interface Side {
  readonly owner?: string;
  readonly name?: string;
}

const nameOf = (name: string | undefined): string => (name === undefined ? 'a domain' : `the domain ${name}`);

/** A domain as a connection names it: inside `aWSDomainInformation` today, flat in the 2015 API. */
function domainIn(parent: unknown, ...blocks: readonly string[]): Side {
  for (const block of blocks) {
    const container = memberOf(parent, block);
    const domain = memberOf(container, 'aWSDomainInformation') ?? container;
    const owner = textOf(memberOf(domain, 'ownerId'));
    const name = textOf(memberOf(domain, 'domainName'));
    if (owner ?? name) return { ...(owner && { owner }), ...(name && { name }) };
  }
  return {};
}

const connectionIn = (response: unknown): unknown =>
  memberOf(response, 'connection') ?? memberOf(response, 'crossClusterSearchConnection');

/** The side of this account, where the response tells one. */
function ownSideOf({ call: { response, domain } }: Situation): Side {
  const connection = connectionIn(response);
  const sides = ['remoteDomainInfo', 'destinationDomainInfo', 'localDomainInfo'].map((side) =>
    domainIn(connection, side),
  );
  return sides.find(({ owner }) => owner === domain?.accountId) ?? {};
}

/**
 * Who asked for the connection that is accepted. The 2015 API calls it the source, the 2021 API the local side, at least
 * in its documentation: so an account that is not the own one is taken for the one that asked, on whichever side it
 * stands, and the own side alone tells nothing.
 */
function requesterOf(situation: Situation): Side {
  const { response, domain } = situation.call;
  const connection = connectionIn(response);
  const source = domainIn(connection, 'sourceDomainInfo');
  if (source.owner) return source;
  const sides = [domainIn(connection, 'localDomainInfo'), domainIn(connection, 'remoteDomainInfo')] as const;
  const [local, remote] = sides;
  const other =
    sides.find(({ owner }) => isForeignAccount(situation, owner)) ??
    sides.find(({ owner }) => owner !== undefined && owner !== domain?.accountId);
  return other ?? (local.owner && remote.owner ? local : {});
}
