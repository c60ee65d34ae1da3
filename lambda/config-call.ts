import { createHash } from 'node:crypto';
import { partitionOf, readArn } from './arn';
import { toCaller, type Caller } from './caller';
import { accessOf, operationOf, type Access, type Operation } from './catalogue';
import { flagOf, isObject, memberOf, textOf } from './members';

/** The one event source of both API generations. `ses.` and `states.amazonaws.com` end the same way and are not it. */
export const EVENT_SOURCE = 'es.amazonaws.com';

/** A call of the configuration API, as one CloudTrail record tells it. Texts are as recorded: written by strangers. */
export interface ConfigCall {
  /** As recorded, of either API generation. */
  readonly eventName: string;
  /** The current name of the operation; `undefined` where the catalogue does not know `eventName`. */
  readonly operation?: Operation;
  /** An operation the catalogue does not know reads only if it is called `Describe…`, `List…` or `Get…`. */
  readonly access: Access;
  readonly outcome: Outcome;
  /** A dry run or an eligibility check: it changes nothing, whatever else it holds. */
  readonly isRehearsal: boolean;
  /** Refused because an earlier change is still being applied: a retry will do. */
  readonly isRefusedAsBusy: boolean;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly caller: Caller;
  readonly domain: Domain;
  readonly region: string;
  /** The account whose trail recorded the call. */
  readonly accountId: string;
  readonly sourceIPAddress?: string;
  readonly userAgent?: string;
  /** ISO 8601, UTC, as recorded. */
  readonly eventTime: string;
  readonly eventID?: string;
  readonly requestID?: string;
  /** The same for every copy of this call that any trail delivers: `sharedEventID`, else `eventID`, else a digest. */
  readonly uid: string;
  /** `requestParameters` as recorded; absent members mean "unchanged" on an update. */
  readonly request: unknown;
  /** `responseElements` as recorded. Its presence does not mean success. */
  readonly response: unknown;
  /** The whole record, for watch patterns alone. It holds secrets: never shown, logged or sent. */
  readonly record: unknown;
  /** CloudTrail left the request out, as it does above 100 KB, or wrote it in a shape that cannot be read. */
  readonly parametersOmitted: boolean;
}

export type Outcome = 'succeeded' | 'denied' | 'failed';

export interface Domain {
  readonly name?: string;
  readonly arn?: string;
  /** The account that owns the domain: its ARN's, else the one whose trail recorded the call. */
  readonly accountId: string;
}

/**
 * The configuration call in a record of `es.amazonaws.com`, `undefined` for a record that is none: one of another
 * source, or a copy outside the management events. Never throws.
 */
export function toConfigCall(record: unknown): ConfigCall | undefined {
  if (!isObject(record) || record['eventSource'] !== EVENT_SOURCE) return undefined;
  if (!isManagementEvent(record)) return undefined;

  const text = (name: string): string | undefined => textOf(memberOf(record, name));
  const eventName = (text('eventName') ?? '').replace(VERSION_SUFFIX, '');
  const operation = operationOf(eventName);
  const caller = toCaller(record);
  const accountId = text('recipientAccountId') ?? caller.accountId ?? '';
  const region = text('awsRegion') ?? '';
  const request = memberOf(record, 'requestParameters');
  const response = memberOf(record, 'responseElements');
  const outcome = outcomeOf(text('errorCode'));
  return {
    eventName,
    access: operation ? accessOf(operation) : /^(Describe|List|Get)/.test(eventName) ? 'read' : 'change',
    outcome,
    isRehearsal: isRehearsal(request),
    isRefusedAsBusy: outcome === 'failed' && isBusy(text('errorCode'), text('errorMessage')),
    caller,
    domain: domainOf(request, response, text('errorMessage'), region, accountId),
    region,
    accountId,
    eventTime: text('eventTime') ?? '',
    uid: text('sharedEventID') ?? text('eventID') ?? digestOf(record, eventName, accountId),
    request,
    response,
    record,
    parametersOmitted: isOmitted(request) || (outcome === 'succeeded' && isMissing(request, response, operation)),
    ...(operation && { operation }),
    ...optional('errorCode', text('errorCode')),
    ...optional('errorMessage', text('errorMessage')),
    ...optional('sourceIPAddress', text('sourceIPAddress')),
    ...optional('userAgent', text('userAgent')),
    ...optional('eventID', text('eventID')),
    ...optional('requestID', text('requestID')),
  };
}

/** Older records have none of the three members: then it is one. Copies on the network path and of data are not. */
function isManagementEvent(record: unknown): boolean {
  const category = textOf(memberOf(record, 'eventCategory'));
  if (category !== undefined) return !/^(data|networkactivity|insight|aggregated)$/i.test(category);
  const isVpceCopy = /^AwsVpceEvents?$/i.test(textOf(memberOf(record, 'eventType')) ?? '');
  return flagOf(memberOf(record, 'managementEvent')) !== false && !isVpceCopy;
}

/** Some services append an API version to the name, as in `CreateFunction20150331`; none was ever seen here. */
const VERSION_SUFFIX = /(\d{8}|\d{4}_\d{2}_\d{2})(v\d+)?$/;

/** A request in no shape the API has is one nobody can read, too. */
function isOmitted(request: unknown): boolean {
  if (!isAbsent(request) && !isObject(request)) return true;
  const omitted = flagOf(memberOf(request, 'omitted'));
  return (
    omitted ?? [memberOf(request, 'reason'), memberOf(request, 'originalSize')].every((member) => !isAbsent(member))
  );
}

const isAbsent = (request: unknown): boolean => request === undefined || request === null;

/**
 * Every change names what it changes, but for one; of an operation that is not known it cannot be told. Where the response
 * shows the domain as it is now, nothing is missing.
 */
function isMissing(request: unknown, response: unknown, operation: Operation | undefined): boolean {
  if (!isAbsent(request) || isObject(memberOf(response, 'domainStatus'))) return false;
  return operation !== undefined && accessOf(operation) === 'change' && operation !== 'DeleteElasticsearchServiceRole';
}

function outcomeOf(errorCode: string | undefined): Outcome {
  if (errorCode === undefined) return 'succeeded';
  return /AccessDenied|Unauthorized/i.test(errorCode) ? 'denied' : 'failed';
}

/** `dryRun: false` says outright that the change is meant, whatever `dryRunMode` holds. */
function isRehearsal(request: unknown): boolean {
  const dryRun = flagOf(memberOf(request, 'dryRun'));
  if (flagOf(memberOf(request, 'performCheckOnly')) === true || dryRun === true) return true;
  return dryRun === undefined && textOf(memberOf(request, 'dryRunMode')) !== undefined;
}

/** Seen: "A change/update is in progress. Please wait for it to complete before requesting another change." */
const BUSY =
  /\b(changes?|updates?|upgrades?)( [\w-]+){0,8} in progress\b|\b(currently|already|still) being (changed|updated|upgraded|modified|processed)\b/i;
const NOT_BUSY =
  /\b(no|without)( \w+){0,3} ([\w]+\/)?(changes?|updates?|upgrades?)( \w+){0,3} in progress\b|\bnot( \w+)? in progress\b/i;

/** What a message quotes was written by the caller, and so may be what it says of a value that is refused. */
const QUOTED = /(?<!\w)'[^']*'(?!\w)|"[^"]*"/g;
const REFUSES_A_VALUE = /\bvalidation errors? detected\b|\bfailed to satisfy\b|\binvalid value\b/i;

function isBusy(errorCode = '', errorMessage = ''): boolean {
  if (!/ValidationException/i.test(errorCode) || REFUSES_A_VALUE.test(errorMessage)) return false;
  const said = errorMessage.replace(QUOTED, '');
  return BUSY.test(said) && !NOT_BUSY.test(said);
}

function domainOf(
  request: unknown,
  response: unknown,
  errorMessage: string | undefined,
  region: string,
  recipient: string,
): Domain {
  const status = memberOf(response, 'domainStatus');
  const local = memberOf(request, 'localDomainInfo', 'aWSDomainInformation') ?? memberOf(request, 'sourceDomainInfo');
  const arn = [
    memberOf(status, 'aRN'),
    memberOf(request, 'aRN'),
    memberOf(request, 'domainArn'),
    memberOf(request, 'dataSourceArn'),
    memberOf(response, 'vpcEndpoint', 'domainArn'),
  ]
    .map(textOf)
    .find(isDomainArn);
  const named = [memberOf(request, 'domainName'), memberOf(status, 'domainName'), memberOf(local, 'domainName')]
    .map(textOf)
    .find((text) => text !== undefined);
  // A denied call has null parameters: the domain is then only in `[User: … on resource: arn:… with …]`.
  const told = arn ?? (named === undefined ? DENIED_RESOURCE.exec(errorMessage ?? '')?.[1] : undefined);
  const name = named ?? readArn(told)?.resource.split('/')[1];
  const accountId = readArn(told)?.accountId || recipient;
  const built =
    name && region && accountId ? `arn:${partitionOf(region)}:es:${region}:${accountId}:domain/${name}` : undefined;
  return { ...optional('name', name), ...optional('arn', told ?? built), accountId };
}

/** Only here: the name of the user stands before it, and the path of a user may spell an ARN. */
const DENIED_RESOURCE = / on resource: (arn:[a-z0-9-]+:es:[a-z0-9-]+:\d{12}:domain\/[a-z0-9-]+)/;
const DOMAIN_ARN = /arn:[a-z0-9-]+:es:[a-z0-9-]+:\d{12}:domain\/[a-z0-9-]+/;

function isDomainArn(text: string | undefined): text is string {
  return text !== undefined && DOMAIN_ARN.test(text);
}

/** Stands in for an event id: two deliveries of one record have the same digest, two calls do not. */
function digestOf(record: unknown, eventName: string, accountId: string): string {
  const parts = [
    memberOf(record, 'requestID'),
    eventName,
    memberOf(record, 'eventTime'),
    accountId,
    memberOf(record, 'requestParameters'),
  ];
  const hash = createHash('sha256');
  // A list instead of recursion: a record may be nested deeper than the stack is.
  const left: unknown[] = [parts];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null) {
      hash.update(`${JSON.stringify(value)},`);
      continue;
    }
    const members = Object.entries(value);
    hash.update(`${Array.isArray(value) ? 'list' : 'object'} of ${members.length},`);
    for (const [name, member] of members) left.push(member, name);
  }
  return hash.digest('hex');
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}
