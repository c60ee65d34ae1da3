import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ACCOUNT } from './plan';

/** A log file as a trail delivers it. */
export interface DemoLogFile {
  readonly key: string;
  readonly body: Uint8Array;
  readonly records: readonly DemoRecord[];
  /** The calls that change a domain. */
  readonly calls: readonly DemoRecord[];
  /** The one that lets everyone in. */
  readonly risky: DemoRecord;
}

export interface DemoRecord {
  readonly eventSource: string;
  readonly eventName: string;
  readonly eventID: string;
  readonly [member: string]: unknown;
}

const REGION = 'us-west-1';
const DOMAIN = 'test-domain';
const DOMAIN_ARN = `arn:aws:es:${REGION}:${ACCOUNT}:domain/${DOMAIN}`;

/**
 * Nine records of a quarter of an hour before `now`: a domain is created, looked at and opened to the world, among
 * calls of services whose names end or read like Amazon ES.
 */
export function toDemoLogFile(now: Date): DemoLogFile {
  const minutesAgo = (minutes: number): string => timeOf(new Date(now.getTime() - minutes * 60_000));
  const creation = createDomain(minutesAgo(12));
  const risky = updateDomain(minutesAgo(6));
  const records = [
    otherService(minutesAgo(14), 'ec2.amazonaws.com', 'DescribeVpcs', { vpcSet: {} }),
    createServiceRole(minutesAgo(13)),
    creation,
    otherService(minutesAgo(11), 'ses.amazonaws.com', 'VerifyDomainIdentity', { domain: 'test-domain.example' }),
    describeDomain(minutesAgo(10)),
    otherService(minutesAgo(9), 'states.amazonaws.com', 'CreateStateMachine', { name: 'test-domain-snapshots' }),
    risky,
    otherService(minutesAgo(5), 's3.amazonaws.com', 'PutBucketTagging', { bucketName: 'es.amazonaws.com-notes' }),
    otherService(minutesAgo(4), 'sts.amazonaws.com', 'GetCallerIdentity', null),
  ];
  const stamp = timeOf(now).replaceAll(/[-:]/g, '');
  const folder = `AWSLogs/${ACCOUNT}/CloudTrail/${REGION}/${stamp.slice(0, 4)}/${stamp.slice(4, 6)}/${stamp.slice(6, 8)}`;
  return {
    key: `${folder}/${ACCOUNT}_CloudTrail_${REGION}_${stamp.slice(0, 13)}Z_Zk3vDemo9QxTb2Lw.json.gz`,
    body: gzipSync(JSON.stringify({ Records: records })),
    records,
    calls: [creation, risky],
    risky,
  };
}

/** ISO 8601 without fractions of a second, as CloudTrail writes it. */
const timeOf = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** What all records of one caller share. */
function record(eventTime: string, eventSource: string, eventName: string): DemoRecord {
  return {
    eventVersion: '1.05',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLEUSERID1234',
      arn: `arn:aws:iam::${ACCOUNT}:user/test-user`,
      accountId: ACCOUNT,
      accessKeyId: 'ASIAEXAMPLEKEYID1234',
      userName: 'test-user',
      sessionContext: { attributes: { mfaAuthenticated: 'false', creationDate: eventTime } },
      invokedBy: 'signin.amazonaws.com',
    },
    eventTime,
    eventSource,
    eventName,
    awsRegion: REGION,
    sourceIPAddress: '203.0.113.47',
    userAgent: 'signin.amazonaws.com',
    requestID: randomUUID(),
    eventID: randomUUID(),
    eventType: 'AwsApiCall',
    recipientAccountId: ACCOUNT,
  };
}

function otherService(
  eventTime: string,
  eventSource: string,
  eventName: string,
  requestParameters: object | null,
): DemoRecord {
  return { ...record(eventTime, eventSource, eventName), requestParameters, responseElements: null };
}

/** Names the service in its request; the call is one of IAM. */
function createServiceRole(eventTime: string): DemoRecord {
  return otherService(eventTime, 'iam.amazonaws.com', 'CreateServiceLinkedRole', {
    aWSServiceName: 'es.amazonaws.com',
  });
}

function createDomain(eventTime: string): DemoRecord {
  const cluster = { instanceType: 'm5.large.elasticsearch', instanceCount: 2 };
  const storage = { eBSEnabled: true, volumeSize: 20, volumeType: 'gp3' };
  const advancedOptions = { 'rest.action.multi.allow_explicit_index': 'true' };
  return {
    ...record(eventTime, 'es.amazonaws.com', 'CreateElasticsearchDomain'),
    requestParameters: {
      elasticsearchVersion: '7.10',
      elasticsearchClusterConfig: cluster,
      snapshotOptions: { automatedSnapshotStartHour: 0 },
      domainName: DOMAIN,
      encryptionAtRestOptions: {},
      eBSOptions: storage,
      accessPolicies: policy({ AWS: [ACCOUNT] }),
      advancedOptions,
    },
    responseElements: {
      domainStatus: {
        created: true,
        elasticsearchClusterConfig: { zoneAwarenessEnabled: false, dedicatedMasterEnabled: false, ...cluster },
        cognitoOptions: { enabled: false },
        encryptionAtRestOptions: { enabled: false },
        advancedOptions,
        upgradeProcessing: false,
        snapshotOptions: { automatedSnapshotStartHour: 0 },
        eBSOptions: storage,
        elasticsearchVersion: '7.10',
        processing: true,
        aRN: DOMAIN_ARN,
        domainId: `${ACCOUNT}/${DOMAIN}`,
        deleted: false,
        domainName: DOMAIN,
        accessPolicies: policy({ AWS: `arn:aws:iam::${ACCOUNT}:root` }),
      },
    },
  };
}

function describeDomain(eventTime: string): DemoRecord {
  return {
    ...otherService(eventTime, 'es.amazonaws.com', 'DescribeElasticsearchDomain', { domainName: DOMAIN }),
    readOnly: true,
  };
}

/** The endpoint is public, nobody has to sign in, and from now on everyone may do everything. */
function updateDomain(eventTime: string): DemoRecord {
  return {
    ...record(eventTime, 'es.amazonaws.com', 'UpdateElasticsearchDomainConfig'),
    requestParameters: { domainName: DOMAIN, accessPolicies: policy({ AWS: ['*'] }) },
    responseElements: {
      domainConfig: {
        accessPolicies: { options: policy({ AWS: '*' }), status: { state: 'Processing', pendingDeletion: false } },
        vPCOptions: { options: {}, status: { state: 'Active', pendingDeletion: false } },
        advancedSecurityOptions: {
          options: { enabled: false, internalUserDatabaseEnabled: false },
          status: { state: 'Active', pendingDeletion: false },
        },
      },
    },
  };
}

const policy = (principal: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: ['es:*'], Resource: `${DOMAIN_ARN}/*` }],
  });
