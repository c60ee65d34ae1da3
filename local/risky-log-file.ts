import { gzipSync } from 'node:zlib';
import { RECORD_DETAIL_TYPE, type RECORD_EVENT_SOURCES } from '../core/notification';
import { ACCOUNT } from './plan';

const REGION = 'eu-central-1';

/** A record of CloudTrail about a configuration call that succeeded, unless `more` says otherwise. */
export interface RiskyRecord {
  readonly eventID: string;
  readonly [member: string]: unknown;
}

/** What tells one call from another. */
export interface RiskyCall {
  readonly eventID: string;
  /** ISO 8601, UTC, in seconds. */
  readonly eventTime: string;
  readonly domain: string;
}

/** An update of the settings in `request`; the response shows them as the domain has them from then on. */
export function updateOf(call: RiskyCall, request: object, more: object = {}): RiskyRecord {
  const blocks = Object.entries(request).map(([name, options]) => [name, { options, status: { state: 'Processing' } }]);
  return {
    ...recordOf(call, 'UpdateElasticsearchDomainConfig'),
    requestParameters: { domainName: call.domain, ...request },
    responseElements: { domainConfig: Object.fromEntries(blocks) as object },
    ...more,
  };
}

/** A call that was denied: the domain is only in the message. */
export function denialOf(call: RiskyCall, caller: string): RiskyRecord {
  const user = `arn:aws:iam::${ACCOUNT}:user/${caller}`;
  const domain = `arn:aws:es:${REGION}:${ACCOUNT}:domain/${call.domain}`;
  return {
    ...recordOf(call, 'DeleteElasticsearchDomain'),
    userIdentity: { type: 'IAMUser', principalId: `AIDA${caller}`, arn: user, accountId: ACCOUNT, userName: caller },
    errorCode: 'AccessDenied',
    errorMessage: `User: ${user} is not authorized to perform: es:DeleteElasticsearchDomain on resource: ${domain}`,
    requestParameters: null,
    responseElements: null,
  };
}

/** A policy that lets everyone in. */
export const OPEN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'es:*', Resource: '*' }],
});

function recordOf({ eventID, eventTime }: RiskyCall, eventName: string): RiskyRecord {
  return {
    eventVersion: '1.08',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLEUSERID1234',
      arn: `arn:aws:iam::${ACCOUNT}:user/gardener`,
      accountId: ACCOUNT,
      userName: 'gardener',
    },
    eventTime,
    eventSource: 'es.amazonaws.com',
    eventName,
    awsRegion: REGION,
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.31',
    requestID: eventID.replace(/^./, 'f'),
    eventID,
    eventType: 'AwsApiCall',
    recipientAccountId: ACCOUNT,
  };
}

/** `records` as a trail delivers them. */
export const logFileOf = (records: readonly object[]): Uint8Array => gzipSync(JSON.stringify({ Records: records }));

/** Where a trail of `account` puts the log file `name`. */
export const keyOf = (name: string, account = ACCOUNT): string =>
  `AWSLogs/${account}/CloudTrail/${REGION}/2026/11/24/${account}_CloudTrail_${REGION}_20261124T1005Z_${name}.json.gz`;

/** `record` as EventBridge has it. */
export const eventOf = (record: RiskyRecord, source: (typeof RECORD_EVENT_SOURCES)[number] = 'aws.es'): object => ({
  source,
  'detail-type': RECORD_DETAIL_TYPE,
  account: ACCOUNT,
  detail: record,
});
