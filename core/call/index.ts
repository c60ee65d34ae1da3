import { createHash } from 'node:crypto';
import { toCaller, type Caller } from './caller';
import { accessOf, operationOf, type Access, type Operation } from './catalogue';
import { deniedResource, domainOf, type Domain } from './domain';
import { flagOf, isAbsent, isObject, memberOf, textOf } from '../base/members';
import { isRefusedAsBusy, outcomeOf, type Outcome } from './outcome';

/** The event source of both API generations. `ses.` and `states.amazonaws.com` end the same way and are not it. */
export const EVENT_SOURCE = 'es.amazonaws.com';

/** All that a configuration call may name: EventBridge's reference has a second, which no record was seen with yet. */
export const EVENT_SOURCES = [EVENT_SOURCE, 'opensearchservice.amazonaws.com'] as const;

/** A call of the configuration API, as one CloudTrail record tells it. Texts are as recorded: written by strangers. */
export interface Call {
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
  /** CloudTrail left the request out, as above 100 KB, wrote it in a shape that cannot be read, or has none of a change. */
  readonly parametersOmitted: boolean;
}

/** Whether `record` is of the service, by its event source alone. */
export function isOfService(record: unknown): record is Readonly<Record<string, unknown>> {
  return isObject(record) && EVENT_SOURCES.some((source) => source === record['eventSource']);
}

/**
 * The configuration call in a record of the service, `undefined` for a record that is none: one of another source, or
 * a copy outside the management events. Never throws.
 */
export function toCall(record: unknown): Call | undefined {
  if (!isOfService(record)) return undefined;
  if (!isManagementEvent(record)) return undefined;

  const text = (name: string): string | undefined => textOf(memberOf(record, name));
  const eventName = withoutVersion(text('eventName') ?? '');
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
    isRefusedAsBusy: outcome === 'failed' && isRefusedAsBusy(text('errorCode'), text('errorMessage')),
    caller,
    domain: domainOf(request, response, deniedResource(text('errorMessage'), caller.arn), region, accountId),
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

/** The name of an operation: some services append an API version, as in `CreateFunction20150331`; none was ever seen here. */
export function withoutVersion(eventName: string): string {
  return eventName.replace(/(\d{8}|\d{4}_\d{2}_\d{2})(v\d+)?$/, '');
}

/** Said outright, or by the size it had. A request in no shape the API has is one nobody can read, too. */
function isOmitted(request: unknown): boolean {
  if (!isAbsent(request) && !isObject(request)) return true;
  const omitted = flagOf(memberOf(request, 'omitted'));
  return (
    omitted ?? [memberOf(request, 'reason'), memberOf(request, 'originalSize')].every((member) => !isAbsent(member))
  );
}

/**
 * Every change names what it changes, but for the deletion of the service-linked role; of an operation that is not known
 * it cannot be told. Where the response shows the domain as it is now, nothing is missing.
 */
function isMissing(request: unknown, response: unknown, operation: Operation | undefined): boolean {
  if (!isAbsent(request) || isObject(memberOf(response, 'domainStatus'))) return false;
  return operation !== undefined && accessOf(operation) === 'change' && operation !== 'DeleteElasticsearchServiceRole';
}

/** `dryRun: false` says outright that the change is meant, whatever `dryRunMode` holds. */
function isRehearsal(request: unknown): boolean {
  const dryRun = flagOf(memberOf(request, 'dryRun'));
  if (flagOf(memberOf(request, 'performCheckOnly')) === true || dryRun === true) return true;
  return dryRun === undefined && textOf(memberOf(request, 'dryRunMode')) !== undefined;
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
