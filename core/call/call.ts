import { createHash } from 'node:crypto';
import { toCaller, type Caller } from './caller';
import { accessOf, operationOf, type Access, type Operation } from './catalogue';
import { deniedResource, domainOf, type Domain } from './domain';
import { EVENT_SOURCE } from '../base/event-source';
import { flagOf, isAbsent, isObject, memberOf, optional, textOf } from '../base/members';
import { answerUnderCurrentNames, underCurrentNames } from './generations';
import { isRefusedAsBusy, outcomeOf, type Outcome } from './outcome';

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
  /** `requestParameters` as recorded, renamed members under their current names; absent ones mean "unchanged" on an update. */
  readonly request: unknown;
  /** `responseElements`, likewise. Its presence does not mean success. */
  readonly response: unknown;
  /** The whole record, for watch patterns and to find what must be redacted. It holds secrets: never shown, logged or sent. */
  readonly record: unknown;
  /** CloudTrail left the request out, as above 100 KB, wrote it in a shape that cannot be read, or has none of a change. */
  readonly parametersOmitted: boolean;
}

/**
 * The configuration call in a record of `es.amazonaws.com`, `undefined` for a record that is none: one of another
 * source, or a copy outside the management events. Never throws.
 */
export function toCall(record: unknown): Call | undefined {
  if (!isObject(record) || record['eventSource'] !== EVENT_SOURCE) return undefined;
  if (!isManagementEvent(record)) return undefined;

  const text = (name: string): string | undefined => textOf(memberOf(record, name));
  const eventName = (text('eventName') ?? '').replace(VERSION_SUFFIX, '');
  const operation = operationOf(eventName);
  const caller = toCaller(record);
  const accountId = text('recipientAccountId') ?? caller.accountId ?? '';
  const region = text('awsRegion') ?? '';
  const isLegacy = operation !== undefined && operation !== eventName;
  const request = underCurrentNames(memberOf(record, 'requestParameters'), isLegacy);
  const response = answerUnderCurrentNames(memberOf(record, 'responseElements'), isLegacy);
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
    ...optional('operation', operation),
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
