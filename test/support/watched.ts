import { OWN, type JsonObject } from './records';

/** What a stack in the account of the tests stands on, as it tells the function. */
export const STACK = 'EsConfigMonitor';
export const BUCKET = 'esconfigmonitor-trailbucket-1a2b3c4d5e6f';
export const QUEUE = 'EsConfigMonitor-LogFiles1A2B3C4D-AbCdEfGhIjKl';
export const DEAD_LETTERS = 'EsConfigMonitor-FailedLogFiles1A2B3C4D-AbCdEfGhIjKl';
export const FUNCTION = 'EsConfigMonitor-Monitor1A2B3C4D-AbCdEfGhIjKl';
export const TOPIC = 'EsConfigMonitor-CriticalAlerts1A2B3C4D-AbCdEfGhIjKl';
export const OPERATIONS = 'EsConfigMonitor-Operations1A2B3C4D-AbCdEfGhIjKl';
export const TABLE = 'EsConfigMonitor-AlertTable1A2B3C4D-AbCdEfGhIjKl';
export const ROLE = 'EsConfigMonitor-MonitorServiceRole1A2B3C4D-AbCdEfGhIjKl';
export const ALARM = 'EsConfigMonitor-DeadLetterAlarm1A2B3C4D-AbCdEfGhIjKl';
export const RULE = 'EsConfigMonitor-StoppedRule1A2B3C4D-AbCdEfGhIjKl';
export const PIPE = 'EsConfigMonitor-AlertBusPipe-AbCdEfGhIjKl';
export const BUS = 'EsConfigMonitorAlertBus6F0FAD70';
export const SCHEDULE = 'EsConfigMonitor-MailDigestSchedule-AbCdEfGhIjKl';
export const KEY = '0aaaaaaa-1111-4222-8333-444444444444';
export const TRAIL = 'EsConfigMonitor-Trail1A2B3C4D-AbCdEfGhIjKl';

const HERE = `eu-west-1:${OWN}`;
export const topicArn = (name: string): string => `arn:aws:sns:${HERE}:${name}`;
export const queueArn = (name: string): string => `arn:aws:sqs:${HERE}:${name}`;
export const queueUrl = (name: string): string => `https://sqs.eu-west-1.amazonaws.com/${OWN}/${name}`;
export const functionArn = (name: string): string => `arn:aws:lambda:${HERE}:function:${name}`;
export const roleArn = (name: string): string => `arn:aws:iam::${OWN}:role/${name}`;
export const tableArn = (name: string): string => `arn:aws:dynamodb:${HERE}:table/${name}`;
export const keyArn = (id: string): string => `arn:aws:kms:${HERE}:key/${id}`;
export const stackId = (name: string, account = OWN): string =>
  `arn:aws:cloudformation:eu-west-1:${account}:stack/${name}/11111111-2222-4333-8444-555555555555`;

export const WATCHED_NAMES: readonly string[] = [
  BUCKET,
  QUEUE,
  DEAD_LETTERS,
  FUNCTION,
  TOPIC,
  OPERATIONS,
  TABLE,
  roleArn(ROLE),
  RULE,
  KEY,
  PIPE,
  `arn:aws:events:${HERE}:event-bus/${BUS}`,
  `arn:aws:scheduler:${HERE}:schedule/default/EsConfigMonitor-MailDigestSchedule*`,
  `arn:aws:cloudwatch:${HERE}:alarm:EsConfigMonitor-*Alarm*`,
  `arn:aws:cloudtrail:${HERE}:trail/${TRAIL}`,
  stackId(STACK),
];

/** Whom a record says that called. */
const CALLERS = {
  person: {
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEROLEID0002:ann',
      arn: `arn:aws:sts::${OWN}:assumed-role/operator/ann`,
      accountId: OWN,
      accessKeyId: 'ASIAEXAMPLEKEY000002',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLEROLEID0002',
          arn: `arn:aws:iam::${OWN}:role/operator`,
          accountId: OWN,
          userName: 'operator',
        },
        attributes: { creationDate: '2026-11-20T08:00:00Z', mfaAuthenticated: 'true' },
      },
    },
    sourceIPAddress: '203.0.113.24',
    userAgent: 'aws-cli/2.31.8',
  },
  deployment: {
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEROLEID0003:AWSCloudFormation',
      arn: `arn:aws:sts::${OWN}:assumed-role/cdk-exec/AWSCloudFormation`,
      accountId: OWN,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLEROLEID0003',
          arn: `arn:aws:iam::${OWN}:role/cdk-exec`,
          accountId: OWN,
          userName: 'cdk-exec',
        },
        attributes: { creationDate: '2026-11-20T08:00:00Z', mfaAuthenticated: 'false' },
      },
      invokedBy: 'cloudformation.amazonaws.com',
    },
    sourceIPAddress: 'cloudformation.amazonaws.com',
    userAgent: 'cloudformation.amazonaws.com',
  },
  monitor: {
    userIdentity: sessionOf(roleArn(ROLE)),
    sourceIPAddress: '203.0.113.80',
    userAgent: 'aws-sdk-js/3.1169.0',
  },
  cloudtrail: {
    userIdentity: { type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' },
    sourceIPAddress: 'cloudtrail.amazonaws.com',
    userAgent: 'cloudtrail.amazonaws.com',
  },
} as const;

/** The identity of a function with a role. */
export function sessionOf(arn: string): JsonObject {
  const [, , , , accountId = '', path = ''] = arn.split(':');
  const userName = path.split('/').at(-1) ?? '';
  return {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLEROLEID0004:function',
    arn: `arn:aws:sts::${accountId}:assumed-role/${userName}/function`,
    accountId,
    accessKeyId: 'ASIAEXAMPLEKEY000004',
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: 'AROAEXAMPLEROLEID0004', arn, accountId, userName },
      attributes: { creationDate: '2026-11-20T08:00:00Z', mfaAuthenticated: 'false' },
    },
  };
}

export type RecordChanges = JsonObject & { readonly by?: keyof typeof CALLERS };

/** A whole record of a call of another service, in the form and order in which CloudTrail writes it. */
export function otherRecord(
  service: string,
  eventName: string,
  requestParameters: unknown,
  changes: RecordChanges = {},
): JsonObject {
  const { by = 'person', ...more } = changes;
  const { userIdentity, ...from } = CALLERS[by];
  return {
    eventVersion: '1.11',
    userIdentity,
    eventTime: '2026-11-20T09:15:30Z',
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: service === 'iam' ? 'us-east-1' : 'eu-west-1',
    ...from,
    requestParameters,
    responseElements: null,
    requestID: '6a6a6a6a-0001-4000-8000-000000000001',
    eventID: `6a6a6a6a-0002-4000-8000-${String(eventName.length).padStart(12, '0')}`,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: OWN,
    eventCategory: 'Management',
    ...more,
  };
}

const OF_DATA = { managementEvent: false, eventCategory: 'Data' } as const;

/** A data event of an object of a bucket, with the members that requests have in it. */
export function objectRecord(
  eventName: string,
  request: JsonObject & { readonly bucketName: string; readonly key?: string },
  changes: RecordChanges = {},
): JsonObject {
  const { bucketName, key } = request;
  const object =
    key === undefined ? { ARNPrefix: `arn:aws:s3:::${bucketName}/` } : { ARN: `arn:aws:s3:::${bucketName}/${key}` };
  return otherRecord(
    's3',
    eventName,
    { Host: `${bucketName}.s3.eu-west-1.amazonaws.com`, ...request },
    {
      resources: [
        { type: 'AWS::S3::Object', ...object },
        { accountId: OWN, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` },
      ],
      ...OF_DATA,
      ...changes,
    },
  );
}

/** A data event of a table, which is named among its resources whatever the request is. */
export const itemRecord = (
  eventName: string,
  tableName: string,
  request: JsonObject,
  changes: RecordChanges = {},
): JsonObject =>
  otherRecord('dynamodb', eventName, request, {
    resources: [{ accountId: OWN, type: 'AWS::DynamoDB::Table', ARN: tableArn(tableName) }],
    apiVersion: '2012-08-10',
    ...OF_DATA,
    ...changes,
  });

export const byDeployment = { by: 'deployment' } as const;
