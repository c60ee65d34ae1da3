import { didYouMean, nearestTo } from '../../base/nearest';

/*
 * The fields of a record of CloudTrail, as its user guide lists them up to event version 1.11, and those within the fields
 * whose own are the same in every record. `eventContext` is in event data stores only, and in no log file.
 */

const TOP = [
  'addendum',
  'additionalEventData',
  'apiVersion',
  'awsRegion',
  'edgeDeviceDetails',
  'errorCode',
  'errorMessage',
  'eventCategory',
  'eventID',
  'eventName',
  'eventSource',
  'eventTime',
  'eventType',
  'eventVersion',
  'managementEvent',
  'readOnly',
  'recipientAccountId',
  'requestID',
  'requestParameters',
  'resources',
  'responseElements',
  'serviceEventDetails',
  'sessionCredentialFromConsole',
  'sharedEventID',
  'sourceIPAddress',
  'tlsDetails',
  'userAgent',
  'userIdentity',
  'vpcEndpointAccountId',
  'vpcEndpointId',
] as const;

export const RECORD_FIELDS: readonly string[] = TOP;

const WITHIN: Readonly<Record<string, readonly string[]>> = {
  userIdentity: [
    'accessKeyId',
    'accountId',
    'arn',
    'credentialId',
    'identityProvider',
    'inScopeOf',
    'invokedBy',
    'invokedByDelegate',
    'onBehalfOf',
    'principalId',
    'sessionContext',
    'type',
    'userName',
  ],
  'userIdentity.sessionContext': [
    'assumedRoot',
    'attributes',
    'ec2RoleDelivery',
    'sessionIssuer',
    'signInSessionArn',
    'sourceIdentity',
    'webIdFederationData',
  ],
  'userIdentity.sessionContext.attributes': ['creationDate', 'mfaAuthenticated'],
  'userIdentity.sessionContext.sessionIssuer': ['accountId', 'arn', 'principalId', 'type', 'userName'],
  tlsDetails: ['cipherSuite', 'clientProvidedHostHeader', 'keyExchange', 'tlsVersion'],
};

/** The parameters of a call, whose names CloudTrail begins with a small letter. */
const PARAMETERS = ['requestParameters', 'responseElements'];

/**
 * What is wrong with a path of a pattern, its names joined with dots, as the end of a sentence that begins with the path. A
 * new field within another one is let be unless it looks like an old one; there are new ones every year.
 */
export function fieldProblem(path: string): string | undefined {
  const [top = '', ...within] = path.split('.');
  if (!RECORD_FIELDS.includes(top)) return `which no record has${didYouMean(top, TOP)}`;
  const [parameter] = within;
  if (PARAMETERS.includes(top) && parameter !== undefined && /^[A-Z]/.test(parameter)) {
    const small = parameter.charAt(0).toLowerCase() + parameter.slice(1);
    return `which no record has: CloudTrail begins parameters with a small letter; did you mean ${top}.${small}?`;
  }
  return within.map((name, at) => misspeltWithin([top, ...within.slice(0, at)].join('.'), name)).find(Boolean);
}

function misspeltWithin(outer: string, name: string): string | undefined {
  const known = WITHIN[outer];
  if (!known || known.includes(name)) return undefined;
  const [nearest] = nearestTo(name, known);
  return nearest === undefined ? undefined : `which no record has; did you mean ${outer}.${nearest}?`;
}
